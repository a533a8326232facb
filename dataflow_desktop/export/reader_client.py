"""The owner's end of the reader process: starts it, takes its chunks, ends it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from dataflow_desktop.domain.chunk import EncodedChunk
from dataflow_desktop.domain.keyset import Keyset
from dataflow_desktop.domain.reading import ReadingTask
from dataflow_desktop.export.reader_protocol import HEADER, READER_ARGUMENT
from dataflow_desktop.pacing import Stopped, StopRequest
from dataflow_desktop.records.stored_form import from_json, to_json

PIPE_BYTES = 1 << 20
"""Linux gives a pipe 64 KB, and so wakes both ends sixteen times as often."""


LARGE_BYTES = 20_000_000
"""A database file below that is exported before a reader process is ready."""


def is_large(source: str) -> bool:
    """Whether the file at `source` is so large that a reader process is likely to be worth its start."""
    try:
        return Path(source).stat().st_size >= LARGE_BYTES
    except (OSError, ValueError):
        return False


class ReaderFailedError(Exception):
    """The reader process ended before its task did; why, another way of reading finds out."""


class ReaderProcess:
    """A reader process, started at once and ready after half a second; good for one task.

    It ends with this object, with a wish to stop, and with our own process however that ends.
    """

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            _command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            # Readers are threads already; Polars' own would only wait for one another.
            env={**os.environ, "POLARS_MAX_THREADS": "1"},
        )
        _widen(self._output)

    def chunks(self, task: ReadingTask, stop: StopRequest) -> Iterator[EncodedChunk]:
        """Yield the chunks of `task` in order; raises ReaderFailedError, and Stopped once `stop` is asked."""
        with stop.calling(self.end):
            try:
                self._input.write(to_json(task).encode() + b"\n")
                while (chunk := self._next_chunk()) is not None:
                    yield chunk
            except (OSError, ReaderFailedError) as error:
                if stop.is_asked():
                    raise Stopped from error
                raise ReaderFailedError(str(error)) from error

    def end(self) -> None:
        """End the process, whatever it is doing; from any thread."""
        self._process.kill()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()
        self._process.wait()
        with closing(self._output), suppress(OSError):
            self._input.close()

    def _next_chunk(self) -> EncodedChunk | None:
        described_length, length = HEADER.unpack(self._read(HEADER.size))
        if not described_length:
            return None
        described = json.loads(self._read(described_length))
        if isinstance(described, str):
            raise ReaderFailedError(described)
        rows, keyset = described
        last: Keyset = from_json(keyset, Keyset)
        return EncodedChunk(self._read(length), rows, last)

    def _read(self, length: int) -> bytearray:
        data = bytearray(length)
        rest = memoryview(data)
        while rest:
            count = self._output.readinto(rest)  # type: ignore[attr-defined]  # unbuffered, it is a FileIO
            if not count:
                raise ReaderFailedError("it is gone")
            rest = rest[count:]
        return data

    @property
    def _input(self) -> IO[bytes]:
        return _there(self._process.stdin)

    @property
    def _output(self) -> IO[bytes]:
        return _there(self._process.stdout)


def _there(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise TypeError
    return stream


def _command() -> list[str]:
    if getattr(sys, "frozen", False):  # the executable is the program itself
        return [sys.executable, READER_ARGUMENT]
    # -P: what lies in the folder where the user happens to be is not to be imported.
    return [sys.executable, "-P", "-m", "dataflow_desktop", READER_ARGUMENT]


def _widen(pipe: IO[bytes]) -> None:
    if sys.platform == "linux":
        import fcntl

        with suppress(OSError):  # the system may allow less
            fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, PIPE_BYTES)

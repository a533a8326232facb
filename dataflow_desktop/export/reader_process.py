"""The reader process as its owner holds it. Small, so that it can be started before all else is imported."""

import os
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from dataflow_desktop.destination.writing import write_all
from dataflow_desktop.export.reader_protocol import FILE, READER_ARGUMENT, SERVER
from dataflow_desktop.export.shared_slots import SharedSlots

LARGE_BYTES = 20_000_000
"""A database file below that is exported before a reader process is ready."""

_SERVERS = ("postgresql:", "postgresql+")

_ENVIRONMENT = {
    # Readers are threads already; Polars' own would only wait for one another.
    "POLARS_MAX_THREADS": "1",
    # Each chunk takes and frees the same few megabytes. Unless told to keep them, glibc hands them back to
    # the system each time, which clears them again: 6 % of an export
    # (https://www.gnu.org/software/libc/manual/html_node/Memory-Allocation-Tunables.html).
    # 32 MB is the most that every version takes.
    "MALLOC_MMAP_THRESHOLD_": "33554432",
    "MALLOC_TRIM_THRESHOLD_": "1000000000",
}


def reads_columns(source: str) -> bool:
    """Whether `source` is the URL of a server whose rows the columnar lane reads: how many, only it knows."""
    return source.startswith(_SERVERS)


def is_large(source: str) -> bool:
    """Whether the file at `source` is so large that a reader process is likely to be worth its start."""
    try:
        return Path(source).stat().st_size >= LARGE_BYTES
    except (OSError, ValueError):
        return False


class ReaderProcess:
    """A reader process, started at once and ready after half a second; good for one task.

    It ends with this object, and with our own process however that ends. What is said over `input` and
    `output`, and stands in `slots`, `reader_protocol` says.
    """

    def __init__(self, source: str = "") -> None:
        """`source` tells what to load before the task is there; the process can then read any other too."""
        self.slots = SharedSlots.create()
        shared = () if self.slots is None else (self.slots.descriptor,)
        try:
            likely = SERVER if reads_columns(source) else FILE
            self._process = subprocess.Popen(
                [*program_command(), READER_ARGUMENT, likely, *map(str, shared)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                env={**os.environ, **_ENVIRONMENT},
                pass_fds=shared,
            )
        finally:
            if self.slots is not None:
                self.slots.close_file()
        self._task: bytes | None = None

    def begin(self, task: bytes) -> None:
        """Let it read for `task`, a line of JSON and one of its secret.

        Raises OSError, ValueError when it has another one.
        """
        if self._task is None:
            self._task = task
            write_all(self.input.fileno(), task)
        if self._task != task:
            raise ValueError(task)

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
        with closing(self.output), suppress(OSError):
            self.input.close()

    @property
    def input(self) -> IO[bytes]:
        """What the process reads."""
        return _there(self._process.stdin)

    @property
    def output(self) -> IO[bytes]:
        """What the process writes."""
        return _there(self._process.stdout)


def _there(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise TypeError
    return stream


def program_command() -> list[str]:
    """Return what starts this very program: the executable, or Python with the package."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    # -P: what lies in the folder where the user happens to be is not to be imported.
    return [sys.executable, "-P", "-m", "dataflow_desktop"]

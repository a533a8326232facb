"""The owner's side of the talk with a reader process: hands it a task, takes its chunks."""

import json
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from dataflow_desktop import passwords
from dataflow_desktop.domain.chunk import EncodedChunk
from dataflow_desktop.domain.keyset import Keyset
from dataflow_desktop.domain.reading import ReadingTask
from dataflow_desktop.domain.writing import WritingTask
from dataflow_desktop.export.reader_process import ReaderProcess
from dataflow_desktop.export.reader_protocol import HEADER
from dataflow_desktop.pacing import Stopped, StopRequest
from dataflow_desktop.records.stored_form import from_json, to_json

SILENT_SECONDS = 120.0
"""A chunk takes a second, on a slow disk or server a few; a server that swallows all that is sent to it is
found out by the exact lane, which asks whether it is still there."""


class ReaderFailedError(Exception):
    """The reader process ended before its task did; why, another way of reading finds out."""


def begin_reading(process: ReaderProcess, reading: ReadingTask, writing: WritingTask) -> None:
    """Let `process` read ahead until somebody takes the chunks of the same tasks.

    Raises ReaderFailedError when it is gone, or has another task.
    """
    try:
        # A password goes this way only: others can see a process's arguments and environment.
        password = json.dumps(passwords.known_password(reading.source))
        process.begin(f"{to_json(reading)}\n{to_json(writing)}\n{password}\n".encode())
    except (OSError, ValueError) as error:
        raise ReaderFailedError(type(error).__name__) from error


def read_chunks(
    process: ReaderProcess, reading: ReadingTask, writing: WritingTask, stop: StopRequest
) -> Iterator[EncodedChunk]:
    """Yield the chunks of `reading` in order; the data of each is gone when the next is asked for.

    Raises ReaderFailedError, and Stopped once `stop` is asked, which ends the process.
    """
    with stop.calling(process.end):
        try:
            begin_reading(process, reading, writing)
            while (message := _next_in_time(process)) is not None:
                yield message.chunk
                message.release(process)
        except (OSError, ReaderFailedError) as error:
            if stop.is_asked():
                raise Stopped from error
            raise ReaderFailedError(str(error)) from error


@dataclass(frozen=True)
class _Message:
    chunk: EncodedChunk
    slot: int | None

    def release(self, process: ReaderProcess) -> None:
        if self.slot is not None and isinstance(self.chunk.data, memoryview):
            self.chunk.data.release()  # whoever still uses this view gets an error, not other bytes
            with suppress(OSError):  # what it sent is there even if it is gone by now
                process.input.write(bytes([self.slot]))


def _next_in_time(process: ReaderProcess) -> _Message | None:
    """Return the next message, None at the end; whoever says nothing for too long is ended."""
    timer = threading.Timer(SILENT_SECONDS, process.end)
    timer.daemon = True
    timer.start()
    try:
        return _next_message(process)
    finally:
        timer.cancel()


def _next_message(process: ReaderProcess) -> _Message | None:
    (described_length,) = HEADER.unpack(_read(process, HEADER.size))
    if not described_length:
        return None
    described = json.loads(_read(process, described_length))
    if isinstance(described, str):
        raise ReaderFailedError(described)
    rows, keyset, slot, length = described
    last: Keyset = from_json(keyset, Keyset)
    if slot is None or process.slots is None:
        return _Message(EncodedChunk(_read(process, length), rows, last), None)
    return _Message(EncodedChunk(process.slots.view(slot, length), rows, last), slot)


def _read(process: ReaderProcess, length: int) -> bytearray:
    data = bytearray(length)
    rest = memoryview(data)
    while rest:
        count = process.output.readinto(rest)  # type: ignore[attr-defined]  # unbuffered, it is a FileIO
        if not count:
            raise ReaderFailedError("it is gone")
        rest = rest[count:]
    return data

"""What runs in the reader process: reads and encodes the chunks of one export, and hands them over.

Why a process: the columnar lane's SQLite library must not share one with Python's (see
`source.sqlite.arrow_connection`); a read that takes long is cut short by ending its process; and the window
keeps Python's lock to itself, and outlives whatever a native library does.
"""

import gc
import io
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from dataflow_desktop import passwords
from dataflow_desktop.destination.writing import write_all
from dataflow_desktop.domain.chunk import EncodedChunk
from dataflow_desktop.domain.keyset import Keyset
from dataflow_desktop.domain.reading import ReadingTask
from dataflow_desktop.domain.schema import DatabaseSystem
from dataflow_desktop.domain.writing import WritingTask
from dataflow_desktop.export.frames_ahead import FramesAhead
from dataflow_desktop.export.reader_protocol import HEADER, SERVER
from dataflow_desktop.export.shared_slots import SLOT_BYTES, SLOTS, SharedSlots
from dataflow_desktop.formats.encoders import text_encoder_for
from dataflow_desktop.formats.encoding import TextEncoder
from dataflow_desktop.records.stored_form import from_json, to_json
from dataflow_desktop.source.read_ahead import CHUNKS_AHEAD, ReadAhead, ReadChunk, readers_of

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

NICENESS = 5
"""Whoever looks at the window goes first: with as many readers as cores, painting would have to wait."""


def main(arguments: Sequence[str]) -> int:
    """Serve one task; the modules above are loaded before it arrives, while its sender makes it.

    `arguments` say what it will read, and the descriptor of the shared slots, if there are any.
    """
    likely, *descriptors = arguments
    _load_readers(DatabaseSystem.POSTGRESQL if likely == SERVER else DatabaseSystem.SQLITE)
    gc.enable()
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches us too, but it is our owner who answers it
    output = _keep_output()
    reading_line, writing_line, secret = (sys.stdin.buffer.readline() for _ in range(3))
    if not reading_line:
        return 0
    reading: ReadingTask = from_json(reading_line.decode(), ReadingTask)
    writing: WritingTask = from_json(writing_line.decode(), WritingTask)
    if (password := json.loads(secret)) is not None:
        passwords.remember(reading.source, password, is_kept=False)
    slots = SharedSlots(int(descriptors[0])) if descriptors else None
    chunks, free = _chunks(reading, writing, slots)
    listening = threading.Thread(target=_listen, args=[free], daemon=True)
    listening.start()
    try:
        _send_all(output, chunks)
    except Exception as error:  # noqa: BLE001 - the process's edge: its owner logs it and reads in another way
        _send(output, f"{type(error).__name__}: {error}")
    listening.join()  # until the owner wants no more: it may be far behind
    return 0


def _chunks(
    reading: ReadingTask, writing: WritingTask, slots: SharedSlots | None
) -> "tuple[Iterator[_Chunk], Callable[[int], None]]":
    """Return all chunks, plain text in slots where there are any, and what frees a slot."""
    if writing.layout is not None:
        return FramesAhead(reading, writing).chunks(), _ignore
    encoder = text_encoder_for(writing)
    width = len(writing.columns)
    if slots is None:
        return ReadAhead(reading, lambda frame: encoder.encode(_shown(frame, width), 0)).chunks(), _ignore
    filler = _SlotFiller(encoder, width, slots, room_for(reading.table.system))
    return ReadAhead(reading, filler.encode).chunks(), filler.free


def _shown(frame: pl.DataFrame, width: int) -> pl.DataFrame:
    """Return the columns of the file, without those of the keysets behind them."""
    return frame if frame.width == width else pl.DataFrame(frame.get_columns()[:width])


def room_for(system: DatabaseSystem) -> int:
    """Return the bytes of a slot that a chunk of `system` may take: half as many again as are aimed at."""
    return min(SLOT_BYTES, readers_of(system).CHUNK_BYTES * 3 // 2)


def _load_readers(system: DatabaseSystem) -> None:
    with suppress(ImportError):  # whoever needs what is not there will say so
        readers_of(system)


@dataclass(frozen=True)
class _FilledSlot:
    """Where the first `length` bytes are those of a chunk."""

    number: int
    length: int

    def __len__(self) -> int:
        return self.length


class _SlotFiller:
    """Encodes chunks into slots, and waits before while the owner has enough to do; for many threads."""

    def __init__(self, encoder: TextEncoder, width: int, slots: SharedSlots, room: int) -> None:
        """`width` is how many columns the file has, `room` how much of a slot a chunk may take."""
        self._encoder = encoder
        self._width = width
        self._slots = slots
        self._room = room
        # Bytes that may be encoded and wait for the owner: those read while a checkpoint is made durable, or
        # rows are counted. More than all other chunks that can be encoded but not sent: so the oldest, which
        # those wait for, never waits for them.
        self._most_held_bytes = (CHUNKS_AHEAD - 1) * room + 1
        self._freed = threading.Condition()
        self._free = list(range(SLOTS))
        self._held_bytes: dict[int, int] = {}

    def encode(self, frame: pl.DataFrame) -> _FilledSlot | bytes:
        """Return where the bytes of the rows are, or where no slot holds them, the bytes."""
        number = self._take()
        sink = _SlotSink(self._slots.view(number, self._room))
        try:
            self._encoder.write(_shown(frame, self._width), sink)
        except BaseException:
            self.free(number)
            raise
        if not sink.overflow:
            with self._freed:
                self._held_bytes[number] = sink.length
            return _FilledSlot(number, sink.length)
        data = b"".join([self._slots.view(number, sink.length), *sink.overflow])
        self.free(number)
        return data

    def free(self, number: int) -> None:
        """Note that nobody reads the slot any more."""
        with self._freed:
            del self._held_bytes[number]
            self._free.append(number)
            self._freed.notify()

    def _take(self) -> int:
        with self._freed:
            self._freed.wait_for(
                lambda: self._free and sum(self._held_bytes.values()) < self._most_held_bytes
            )
            number = self._free.pop()  # the one used last, so that few are ever touched
            self._held_bytes[number] = self._room  # until it is known how much of it is needed
            return number


class _SlotSink(io.BytesIO):
    """Writes into a slot, and keeps what has no room there; a BytesIO in name only, as Polars asks for."""

    def __init__(self, room: memoryview) -> None:
        super().__init__()
        self._room = room
        self.length = 0
        self.overflow: list[bytes] = []

    def write(self, piece: "ReadableBuffer", /) -> int:
        data = memoryview(piece)
        end = self.length + len(data)
        if self.overflow or end > len(self._room):
            self.overflow.append(bytes(data))
        else:
            self._room[self.length : end] = data
            self.length = end
        return len(data)


_Chunk = ReadChunk[_FilledSlot] | ReadChunk[bytes] | ReadChunk[_FilledSlot | bytes] | EncodedChunk


def _send_all(output: int, chunks: "Iterator[_Chunk]") -> None:
    for chunk in chunks:
        described = [chunk.rows, to_json(chunk.last, Keyset)]
        if isinstance(chunk.data, _FilledSlot):
            _send(output, [*described, chunk.data.number, chunk.data.length])
        else:
            _send(output, [*described, None, len(chunk.data)], bytes(chunk.data))
    write_all(output, HEADER.pack(0))


def _send(output: int, message: object, data: bytes = b"") -> None:
    described = json.dumps(message).encode()
    write_all(output, HEADER.pack(len(described)) + described)
    write_all(output, data)


def _keep_output() -> int:
    """Return the standard output for chunks alone: whatever else prints, prints to nowhere."""
    output = os.dup(sys.stdout.fileno())
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
    return output


def _listen(free: Callable[[int], None]) -> None:
    """Pass on the slots that the owner frees; end with it."""
    while freed := sys.stdin.buffer.read(1):
        free(freed[0])
    os._exit(0)


def _ignore(_: int) -> None:
    pass

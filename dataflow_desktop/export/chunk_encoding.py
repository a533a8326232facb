"""Chunks that the exact lane reads → encoded chunks, the same bytes as the reader process gives."""

from collections.abc import Callable, Iterator
from typing import Protocol

from dataflow_desktop.domain.chunk import Chunk, EncodedChunk
from dataflow_desktop.domain.file_options import DELIMITED
from dataflow_desktop.domain.reading import ReadingTask
from dataflow_desktop.domain.writing import WritingTask
from dataflow_desktop.export.writable_values import check_values
from dataflow_desktop.formats.encoders import encoder_for, line_encoder_for


class ChunkEncoding(Protocol):
    """Takes chunks in order; raises SourceError for a value that cannot be written, MisfitError.

    `chunk_bytes` is about how many bytes the rows of the last chunk are, before they are compressed.
    """

    chunk_bytes: int

    def encode(self, chunk: Chunk) -> Iterator[EncodedChunk]:
        """Yield what is complete with `chunk`."""

    def rest(self) -> Iterator[EncodedChunk]:
        """Yield what still waits, when all chunks are read."""


def chunk_encoding(reading: ReadingTask, writing: WritingTask) -> ChunkEncoding:
    """Return what encodes the chunks of `reading` for the file of `writing`."""
    if writing.layout is not None:
        return _FramedEncoding(reading, writing)
    # Most exports of this lane are small, and delimited text needs nothing loaded to be made row by row.
    is_delimited = writing.options.file_format in DELIMITED
    encode = line_encoder_for(writing).encode if is_delimited else _by_columns(writing)
    return _TextEncoding(reading, writing, encode)


class _TextEncoding:
    """Text whose bytes do not depend on where it is cut."""

    def __init__(self, reading: ReadingTask, writing: WritingTask, encode: Callable[[Chunk], bytes]) -> None:
        self._reading = reading
        self._writing = writing
        self._encode = encode
        self.chunk_bytes = 0

    def encode(self, chunk: Chunk) -> Iterator[EncodedChunk]:
        check_values(self._reading, self._writing, chunk)
        data = self._encode(Chunk(chunk.columns[: len(self._writing.columns)], chunk.rows, chunk.last))
        self.chunk_bytes = len(data)
        yield EncodedChunk(data, chunk.rows, chunk.last)

    def rest(self) -> Iterator[EncodedChunk]:
        yield from ()


def _by_columns(writing: WritingTask) -> Callable[[Chunk], bytes]:
    from dataflow_desktop.formats.frames import frame_of

    encoder = encoder_for(writing)
    return lambda chunk: encoder.encode(frame_of(chunk, writing.columns), 0)


class _FramedEncoding:
    """What is made frame by frame."""

    def __init__(self, reading: ReadingTask, writing: WritingTask) -> None:
        from dataflow_desktop.formats.framing import FrameCutter

        self._reading = reading
        self._writing = writing
        self._encoder = encoder_for(writing)
        self._cutter = FrameCutter(writing, reading.key_columns)
        self.chunk_bytes = 0

    def encode(self, chunk: Chunk) -> Iterator[EncodedChunk]:
        from dataflow_desktop.formats.frames import frame_of

        check_values(self._reading, self._writing, chunk)
        rows = frame_of(chunk, self._reading.read_columns)
        self.chunk_bytes = int(rows.estimated_size())
        for frame in self._cutter.add(rows, chunk.last):
            yield frame.encoded(self._encoder)

    def rest(self) -> Iterator[EncodedChunk]:
        for frame in self._cutter.rest():
            yield frame.encoded(self._encoder)

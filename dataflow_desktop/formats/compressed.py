"""A file of text whose header and frames are each compressed alone."""

from collections.abc import Iterator

import polars as pl

from dataflow_desktop.domain.file_options import Compression
from dataflow_desktop.formats.compression import compressed
from dataflow_desktop.formats.encoding import FileEncoder, WrittenFile


class CompressedEncoder:
    """Compresses what another encoder of text gives."""

    def __init__(self, encoder: FileEncoder, compression: Compression) -> None:
        self._encoder = encoder
        self._compression = compression

    def header(self) -> bytes:
        """Return the header as a frame of its own; without one still a frame, for no file is of 0 bytes."""
        return compressed(self._encoder.header(), self._compression)

    def encode(self, frame: pl.DataFrame, first_row: int) -> bytes:
        """Return the rows as a frame."""
        return compressed(self._encoder.encode(frame, first_row), self._compression)

    def trailer(self, file: WrittenFile, rows: int) -> Iterator[bytes]:
        """Yield what the encoder does: text ends with its last row."""
        yield from self._encoder.trailer(file, rows)

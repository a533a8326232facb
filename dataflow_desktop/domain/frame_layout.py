"""Where frames end: stretches of rows whose bytes are made as one, and cannot be cut or joined later."""

from dataclasses import dataclass

from dataflow_desktop.domain.file_options import Compression, FileFormat, FileOptions
from dataflow_desktop.domain.sheet_limits import SHEET_ROWS

COMPRESSED_CELLS = 262_144
"""Cells of a frame of text: a few megabytes, which compress nearly as well as the whole would."""

PARQUET_CELLS = 1_048_576
"""Cells of a row group: readers take row groups of 100,000 rows and more for what they are good at."""

LONG_BYTES = 64
"""Only longer values count for the size of a frame: of the others its number of rows tells enough."""

MOST_LONG_BYTES = 16_000_000
"""Bytes of long values after which a frame ends: what is made as one stands in memory several times."""

SPLIT_BYTES_OF_CELL = 128
"""Where files are split by bytes, a frame has one cell for so many bytes of a file: with short values
only, it is half a file at most, and usually a tenth. A file may be smaller than allowed by so much."""

FRAMES_OF_LONG_VALUES = 8
"""The long values of a frame, but for its last row, are at most such a part of a file split by bytes."""


@dataclass(frozen=True)
class FrameLayout:
    """A frame ends after `rows` rows; before, after the row with which its long values reach `long_bytes`.

    It also ends where `section_rows` rows do, the rows of a sheet, and `file_rows`, those of a file. So where
    frames end follows from the rows alone, whatever is read at a time, and a file that goes on from the end
    of one has the same bytes.
    """

    rows: int
    long_bytes: int = MOST_LONG_BYTES
    section_rows: int | None = None
    file_rows: int | None = None

    def row_in_file(self, row: int) -> int:
        """Return which row of its file the row number `row` of all is, both from 0."""
        return row if self.file_rows is None else row % self.file_rows

    def rows_left(self, row: int) -> int:
        """Return how many rows a frame may have that begins with the row number `row` of all, from 0."""
        row = self.row_in_file(row)
        ends = [end - row % end for end in (self.section_rows, self.file_rows) if end is not None]
        return min([self.rows, *ends])


def layout_for(options: FileOptions, columns: int) -> FrameLayout | None:
    """Return the layout of a file with so many columns; None where bytes do not depend on frames."""
    is_parquet, is_workbook = (options.file_format is kind for kind in (FileFormat.PARQUET, FileFormat.XLSX))
    is_framed = is_parquet or is_workbook or options.compression is not Compression.NONE
    if not is_framed and not options.is_split:
        return None
    cells, long_bytes = PARQUET_CELLS if is_parquet else COMPRESSED_CELLS, MOST_LONG_BYTES
    if options.split_bytes is not None:
        cells = min(cells, options.split_bytes // SPLIT_BYTES_OF_CELL)
        long_bytes = min(long_bytes, options.split_bytes // FRAMES_OF_LONG_VALUES)
    return FrameLayout(
        _power_of_two(cells // columns),
        max(long_bytes, 1),
        section_rows=SHEET_ROWS if is_workbook else None,
        file_rows=options.split_rows,
    )


def _power_of_two(most: int) -> int:
    return 1 << max(most.bit_length() - 1, 0)

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


@dataclass(frozen=True)
class FrameLayout:
    """A frame ends after `rows` rows; before, after the row with which its long values reach `long_bytes`.

    It also ends where `section_rows` rows do, the rows of a sheet. So where frames end follows from the rows
    alone, whatever is read at a time, and a file that goes on from the end of one has the same bytes.
    """

    rows: int
    long_bytes: int = MOST_LONG_BYTES
    section_rows: int | None = None

    def rows_left(self, row: int) -> int:
        """Return how many rows a frame may have that begins with the row number `row`, from 0."""
        if self.section_rows is None:
            return self.rows
        return min(self.rows, self.section_rows - row % self.section_rows)


def layout_for(options: FileOptions, columns: int) -> FrameLayout | None:
    """Return the layout of a file with so many columns; None where bytes do not depend on frames."""
    match options.file_format:
        case FileFormat.PARQUET:
            return FrameLayout(_power_of_two(PARQUET_CELLS // columns))
        case FileFormat.XLSX:
            return FrameLayout(_power_of_two(COMPRESSED_CELLS // columns), section_rows=SHEET_ROWS)
        case _ if options.compression is not Compression.NONE:
            return FrameLayout(_power_of_two(COMPRESSED_CELLS // columns))
        case _:
            return None


def _power_of_two(most: int) -> int:
    return 1 << max(most.bit_length() - 1, 0)

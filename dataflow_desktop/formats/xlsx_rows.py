"""Rows of cells as the XML of a sheet."""

from collections.abc import Iterator, Sequence

import polars as pl
from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]  # it has no py.typed

from dataflow_desktop.domain.schema import Column
from dataflow_desktop.formats.xlsx_cells import Cells, ColumnCells
from dataflow_desktop.formats.xlsx_package import CellStyles
from dataflow_desktop.formats.xlsx_text import plain_columns

_STRETCH_ROWS = 2_048
"""Rows whose XML is put together at once, which stands in memory three times meanwhile: a megabyte of seven
columns. Half as many take a tenth longer."""

_Piece = pl.Series | str
"""What is put together to a row: a text for each row, or one for all."""


class RowWriter:
    """Writes the rows of a sheet; every row and cell says where it is."""

    def __init__(self, columns: Sequence[Column], styles: CellStyles) -> None:
        self._cells = [ColumnCells(column, styles) for column in columns]
        self._beginnings = [f'<c r="{xl_col_to_name(number)}' for number in range(len(columns))]

    def rows(self, frame: pl.DataFrame, first_number: int) -> bytearray:
        """Return the rows of `frame`, of which the first is row `first_number` of the sheet, from 1."""
        numbers = pl.int_range(first_number, first_number + frame.height, eager=True).cast(pl.String)
        pieces: list[_Piece] = ['<row r="', numbers, '">']
        plain = plain_columns(frame)
        for cells, begin, series in zip(self._cells, self._beginnings, frame.iter_columns(), strict=True):
            pieces += _pieces(begin, numbers, list(cells.sorts(series, is_plain=series.name in plain)))
        pieces.append("</row>")
        xml = bytearray(sum(_length(piece, frame.height) for piece in pieces))
        end = 0
        for row in range(0, frame.height, _STRETCH_ROWS):
            stretch = _joined(pieces, row)
            xml[end : end + len(stretch)] = stretch
            end += len(stretch)
        return xml


def _length(piece: _Piece, rows: int) -> int:
    return len(piece.encode()) * rows if isinstance(piece, str) else int(piece.str.len_bytes().sum())


def _joined(pieces: Sequence[_Piece], first: int) -> bytes:
    """Return the stretch of rows that begins with row `first` of all `pieces`."""
    parts = [piece if isinstance(piece, str) else piece.slice(first, _STRETCH_ROWS) for piece in pieces]
    rows = pl.select(pl.concat_str([*map(pl.lit, parts)])).to_series()
    # Binary becomes bytes in one copy; a text would be encoded once more.
    xml: bytes = rows.str.join("").cast(pl.Binary).item()
    return xml


def _pieces(begin: str, numbers: pl.Series, sorts: Sequence[Cells]) -> Iterator[_Piece]:
    """Yield what makes the cells of a column: its parts where each row has the same, else the whole."""
    used = [cells for cells in sorts if cells.values.null_count() < len(cells.values)]
    if len(used) == 1 and not used[0].values.has_nulls():
        yield from _parts(begin, numbers, used[0])
    elif used:
        # Where the value is NULL, so is all that is put together with it.
        wholes = (pl.concat_str([*map(pl.lit, _parts(begin, numbers, cells))]) for cells in used)
        yield pl.select(pl.coalesce(*wholes, pl.lit(""))).to_series()


def _parts(begin: str, numbers: pl.Series, cells: Cells) -> Iterator[_Piece]:
    before, after = cells.around
    yield from (begin, numbers, f'"{before}', cells.values.cast(pl.String), after)

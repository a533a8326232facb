"""Workbooks made for a test as the engine makes them, and what openpyxl, which is not ours, reads in them."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

import openpyxl  # type: ignore[import-untyped]  # it has no py.typed
import polars as pl
from openpyxl.cell.cell import Cell  # type: ignore[import-untyped]  # likewise

from dataflow_desktop.domain.schema import Column, ColumnKind
from dataflow_desktop.formats.xlsx import XlsxEncoder

MIXED = pl.Struct({"integer": pl.Int64, "real": pl.Float64, "text": pl.String, "bytes": pl.Binary})
FIELDS: dict[type, str] = {int: "integer", float: "real", str: "text", bytes: "bytes"}


class MemoryFile:
    """Bytes appended so far."""

    def __init__(self, data: bytes = b"") -> None:
        self.data = data

    @property
    def size(self) -> int:
        return len(self.data)

    def read(self, offset: int, length: int, /) -> bytes:
        return self.data[offset : offset + length]

    def append(self, pieces: Iterable[bytes]) -> None:
        for piece in pieces:
            self.data += piece


def column(kind: ColumnKind, name: str = "c", decimals: int | None = None) -> Column:
    return Column(name, "", kind, decimals=decimals)


def mixed(values: Sequence[Any]) -> pl.Series:
    rows = [None if value is None else {FIELDS[type(value)]: value} for value in values]
    return pl.Series(rows, dtype=MIXED)


def begun(encoder: XlsxEncoder) -> MemoryFile:
    return MemoryFile(encoder.header())


def append_rows(
    encoder: XlsxEncoder, file: MemoryFile, frame: pl.DataFrame, cut: int, sheet_rows: int, first: int = 0
) -> None:
    """Append all rows from `first` on, in frames of `cut` rows at most, each within one sheet."""
    row = first
    while row < frame.height:
        if row and row % sheet_rows == 0:
            file.append(encoder.sheet_end(file, row))
            file.append([encoder.sheet_begin(row // sheet_rows + 1)])
        end = min(row + cut, frame.height, (row // sheet_rows + 1) * sheet_rows)
        file.append([encoder.encode(frame[row:end], row)])
        row = end


def book_bytes(
    columns: Sequence[Column],
    frame: pl.DataFrame,
    *,
    cut: int = 1000,
    sheet_rows: int = 1000,
    title: str = "t",
) -> bytes:
    names = [known.name for known in columns]
    encoder = XlsxEncoder(columns, names, title=title, sheet_rows=sheet_rows)
    file = begun(encoder)
    append_rows(encoder, file, frame, cut, sheet_rows)
    file.append(encoder.trailer(file, frame.height))
    return file.data


def opened(data: bytes, *, read_only: bool = False) -> Any:  # noqa: ANN401 - openpyxl has no types
    return openpyxl.load_workbook(io.BytesIO(data), read_only=read_only)


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name).decode()


def cells_of(known: Column, series: pl.Series) -> list[Cell]:
    """Return the cells that openpyxl finds for `series`."""
    data = book_bytes([known], series.to_frame("c"))
    return [row[0] for row in opened(data).active.iter_rows(min_row=2, max_row=len(series) + 1)]


def values_of(known: Column, series: pl.Series) -> list[Any]:
    return [cell.value for cell in cells_of(known, series)]

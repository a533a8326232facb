"""Everything in an XLSX file but its rows, as XlsxWriter has it."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]  # it has no py.typed
from xlsxwriter.utility import xl_range  # type: ignore[import-untyped]  # likewise

from dataflow_desktop.domain.schema import Column, ColumnKind

# The time of writing is in no file of ours.
_WRITTEN_AT = datetime(2000, 1, 1, tzinfo=UTC)

# Excel's formats end at 30 decimals.
_MOST_SHOWN_DECIMALS = 30

# What a number format shows must fit, or Excel shows ### instead: 23 characters for a time with milliseconds,
# 17 for 15 digits with sign and point. Other numbers show fewer digits when there is less room.
_WIDTHS = {
    ColumnKind.INTEGER: 12,
    ColumnKind.FLOAT: 12,
    ColumnKind.DECIMAL: 17,
    ColumnKind.BOOLEAN: 12,
    ColumnKind.DATE: 12,
    ColumnKind.TIMESTAMP: 23,
}
_OTHER_WIDTH = 24
_ROOM_FOR_FILTER_BUTTON = 2
_MOST_WIDTH = 60

_FORBIDDEN_IN_TITLE = re.compile(r"[\[\]:*?/\\]")
_MOST_TITLE_UNITS = 31
_RESERVED_TITLE = "history"

_ROWS_BEGIN, _ROWS_END = "<sheetData>", "</sheetData>"
_DIMENSION = re.compile("<dimension [^>]*/>")
_STYLE = re.compile('<c r="[A-Z]+2" s="([0-9]+)"/>')


@dataclass(frozen=True)
class CellStyles:
    """The numbers by which cells name their look; `fixed` has one for each count of decimals."""

    header: int
    day: int
    second: int
    millisecond: int
    fixed: Mapping[int | None, int]


def sheet_part(number: int) -> str:
    """Return the name in the ZIP of sheet `number`, from 1."""
    return f"xl/worksheets/sheet{number}.xml"


class Package:
    """The parts of a workbook with one sheet for each of `sheet_rows`, the rows below its header."""

    def __init__(
        self, columns: Sequence[Column], names: Sequence[str], title: str, sheet_rows: Sequence[int]
    ) -> None:
        self._columns = columns
        self._names = names
        self._title = title
        self._sheet_rows = sheet_rows

    @cached_property
    def parts(self) -> dict[str, bytes]:
        """The content of each part by its name, in XlsxWriter's order."""
        sink = io.BytesIO()
        with xlsxwriter.Workbook(sink, {"in_memory": True}) as workbook:
            workbook.set_properties({"created": _WRITTEN_AT.replace(tzinfo=None)})
            formats = [workbook.add_format(look) for look in _looks(self._columns)]
            for number, rows in enumerate(self._sheet_rows, 1):
                self._add_sheet(workbook.add_worksheet(sheet_title(self._title, number)), rows, formats)
        with zipfile.ZipFile(sink) as package:
            return {name: package.read(name) for name in package.namelist()}

    def before_rows(self, number: int) -> bytes:
        """Return the XML of sheet `number` up to its header row.

        It does not say how many rows there are, which nobody knows yet.
        """
        xml = self.parts[sheet_part(number)].decode()
        return (_DIMENSION.sub("", xml.partition(_ROWS_BEGIN)[0]) + _ROWS_BEGIN).encode()

    def after_rows(self, number: int) -> bytes:
        """Return the XML of sheet `number` behind its last row."""
        return (_ROWS_END + self.parts[sheet_part(number)].decode().partition(_ROWS_END)[2]).encode()

    @property
    def styles(self) -> CellStyles:
        """The numbers that XlsxWriter gave to the styles: they stand in the cells of its own row 2."""
        found = [int(number) for number in _STYLE.findall(self.parts[sheet_part(1)].decode())]
        header, day, second, millisecond, *fixed = found
        return CellStyles(
            header,
            day,
            second,
            millisecond,
            dict(zip(_counts_of_decimals(self._columns), fixed, strict=True)),
        )

    def _add_sheet(self, sheet: Any, rows: int, formats: Sequence[Any]) -> None:  # noqa: ANN401 - see the import
        sheet.freeze_panes(1, 0)
        for number, (column, name) in enumerate(zip(self._columns, self._names, strict=True)):
            sheet.set_column(number, number, _width(column, name))
        for number, look in enumerate(formats):
            sheet.write_blank(1, number, None, look)
        last = len(self._columns) - 1
        sheet.autofilter(0, 0, rows, last)
        # Or else a green corner in each cell of digits asks to make a number of them.
        sheet.ignore_errors({"number_stored_as_text": xl_range(0, 0, rows, last)})


def sheet_title(title: str, number: int) -> str:
    """Return what the tab of sheet `number` says, as near to `title` as Excel allows."""
    suffix = f" {number}" if number > 1 else ""
    allowed = "".join(
        letter if letter.isprintable() else "_" for letter in _FORBIDDEN_IN_TITLE.sub("_", title)
    )
    cut = _first_units(allowed.strip("' "), _MOST_TITLE_UNITS - len(suffix)).rstrip("' ")
    if not cut or cut.lower() == _RESERVED_TITLE:
        cut = f"{cut}_"
    return cut + suffix


def _first_units(text: str, units: int) -> str:
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", errors="ignore")


def _looks(columns: Sequence[Column]) -> list[dict[str, object]]:
    numbers = ["yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss", "yyyy-mm-dd hh:mm:ss.000"]
    numbers += [f"0.{'0' * decimals}".rstrip(".") for decimals in _counts_of_decimals(columns)]
    shown: list[dict[str, object]] = [{"num_format": number} for number in numbers]
    return [{"bold": True}, *shown]


def _counts_of_decimals(columns: Sequence[Column]) -> list[int]:
    counts = {column.decimals for column in columns if column.decimals is not None}
    return sorted(count for count in counts if count <= _MOST_SHOWN_DECIMALS)


def _width(column: Column, name: str) -> int:
    needed = max(_WIDTHS.get(column.kind, _OTHER_WIDTH), len(name) + _ROOM_FOR_FILTER_BUTTON)
    return min(needed, _MOST_WIDTH)

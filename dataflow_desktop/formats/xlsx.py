"""XLSX as a stream that is only ever appended to, and can go on after a stop behind any frame.

An XLSX file is a ZIP of XML. The sheet's entry comes almost first, and says with bit 3 of its flags that CRC
and sizes follow the data. So rows are written as they come: each frame is a piece of one deflate stream, ends
on a byte and refers to nothing before it. What must know all rows stands behind the last: CRC and sizes,
found by inflating the file, the other parts, and the directory.

```
header()       the parts that no row changes; the first sheet up to its header row
encode()       rows
sheet_end()    the sheet's end, its CRC and sizes      only between two sheets
sheet_begin()  the next sheet up to its header row     only between two sheets
encode() …
trailer()      the last sheet's end, its CRC and sizes; all other parts; the directory
```
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import takewhile
from typing import TYPE_CHECKING

from dataflow_desktop.domain.schema import Column
from dataflow_desktop.domain.sheet_limits import SHEET_ROWS
from dataflow_desktop.formats.encoding import WrittenFile
from dataflow_desktop.formats.xlsx_header import header_row
from dataflow_desktop.formats.xlsx_package import Package, sheet_part
from dataflow_desktop.formats.zip_stream import Entry, deflated, directory, grown, measured, whole_entry

if TYPE_CHECKING:
    import polars as pl

    from dataflow_desktop.formats.xlsx_rows import RowWriter

_LEVEL = 1
"""Of ISA-L's deflate: 3 takes three times as long for one percent less."""

# Parts that no row changes. By these, and xl/ behind them, file(1) and mail filters know a spreadsheet.
_FIRST_PARTS = ("_rels/.rels", "docProps/core.xml", "xl/theme/theme1.xml")


class XlsxEncoder:
    """Encodes rows as a workbook; the XML never depends on where frames begin and end.

    A frame lies within one sheet: `first_row // sheet_rows` is the same for all its rows. `title` is what the
    first tab says, as near as Excel allows; "title 2" and so on follow. Only `encode` may be called by
    several threads.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        names: Sequence[str],
        *,
        title: str = "Sheet",
        sheet_rows: int = SHEET_ROWS,
    ) -> None:
        self._columns = columns
        self._names = names
        self._title = title
        self._sheet_rows = sheet_rows
        package = self._package([0])
        self._styles = package.styles
        self._first_entries, self._first_bytes = self._whole_entries(package, _FIRST_PARTS, 0)
        self._ended: list[Entry] = []

    def header(self) -> bytes:
        """Return the bytes before the first row; raise LongTextError for a name that no cell can hold."""
        return self._first_bytes + self.sheet_begin(1)

    def encode(self, frame: "pl.DataFrame", first_row: int) -> bytes:
        """Return the bytes of all rows of `frame`, the first of which is row `first_row` of the file, from 0.

        Raises LongTextError for a text that no cell can hold.
        """
        row = first_row % self._sheet_rows
        if row + frame.height > self._sheet_rows:
            raise ValueError(f"{frame.height} rows from {first_row} on are in two sheets")
        if not frame.height:
            return b""
        return deflated(self._row_writer.rows(frame, row + 2), _LEVEL, is_last=False)

    def sheet_end(self, file: WrittenFile, rows: int) -> Iterator[bytes]:
        """Yield the bytes that end a full sheet; `file` has all before them, `rows` rows.

        Call it when `rows` is a multiple of the sheet's rows, and a next row is at hand. Append these bytes,
        then those of `sheet_begin(rows // sheet_rows + 1)`, then a frame, before the next checkpoint: a
        position between them cannot be told from one before them. Raises TooLargeError for a sheet whose XML
        has 4 GiB.
        """
        sheets = self._sheets(file)
        if len(sheets) * self._sheet_rows != rows:
            raise ValueError(f"no sheet ends behind {rows} rows in {len(sheets)} sheets")
        yield self._end_of(sheets, self._package([self._sheet_rows] * len(sheets)))[1]

    def sheet_begin(self, number: int) -> bytes:
        """Return the bytes that begin sheet `number`, from 1, up to its header row."""
        xml = self._package([0] * number).before_rows(number)
        xml += header_row(self._columns, self._names, self._styles)
        return _begun(number, 0).local_header() + deflated(xml, _LEVEL, is_last=False)

    def trailer(self, file: WrittenFile, rows: int) -> Iterator[bytes]:
        """Yield the bytes after the last of `rows` rows; `file` has all before.

        Raises TooLargeError for a sheet whose XML has 4 GiB, and for a file of that size.
        """
        sheets = self._sheets(file)
        package = self._package(self._split(rows, len(sheets)))
        last, end = self._end_of(sheets, package)
        yield end
        written = [*self._first_entries, *sheets[:-1], last]
        rest = [name for name in package.parts if name not in {entry.name for entry in written}]
        entries, data = self._whole_entries(package, rest, last.end)
        yield data
        yield directory([*written, *entries])

    @cached_property
    def _row_writer(self) -> "RowWriter":
        """What needs Polars: whoever writes the edges of a file alone does without its 35 MB."""
        from dataflow_desktop.formats.xlsx_rows import RowWriter

        return RowWriter(self._columns, self._styles)

    def _sheets(self, file: WrittenFile) -> list[Entry]:
        """Return all sheets that `file` has, the last as far as it is written.

        Where a sheet begins, nothing but the end of the one before it can tell for sure: the bytes of a local
        header may stand in compressed data too. So all are inflated from the first on, each once: those that
        have ended are known afterwards, as long as the same CRC and sizes stand behind them.
        """
        self._ended = list(takewhile(lambda sheet: _stands_in(file, sheet), self._ended))
        while True:
            offset = [*self._first_entries, *self._ended][-1].end
            sheet, is_ended = measured(file, _begun(len(self._ended) + 1, offset))
            if not sheet.plain:
                raise ValueError(f"no sheet is begun at {offset}")
            if not is_ended:
                return [*self._ended, sheet]
            self._ended.append(sheet)

    def _end_of(self, sheets: Sequence[Entry], package: Package) -> tuple[Entry, bytes]:
        """Return the last of `sheets` as it is when ended, and the bytes that end it."""
        xml = package.after_rows(len(sheets))
        data = deflated(xml, _LEVEL, is_last=True)
        sheet = grown(sheets[-1], xml, sheets[-1].packed + len(data))
        return sheet, data + sheet.descriptor()

    def _split(self, rows: int, sheets: int) -> list[int]:
        """Return how many of the rows each sheet has."""
        if rows > sheets * self._sheet_rows:
            raise ValueError(f"{rows} rows in {sheets} sheets")
        return [min(max(rows - sheet * self._sheet_rows, 0), self._sheet_rows) for sheet in range(sheets)]

    def _package(self, sheet_rows: Sequence[int]) -> Package:
        return Package(self._columns, self._names, self._title, sheet_rows)

    def _whole_entries(
        self, package: Package, names: Sequence[str], offset: int
    ) -> tuple[list[Entry], bytes]:
        """Return the parts called `names` as entries from `offset` on, and all their bytes."""
        entries, pieces = [], []
        for name in names:
            entry, data = whole_entry(name, package.parts[name], offset, _LEVEL)
            entries.append(entry)
            pieces.append(data)
            offset = entry.end
        return entries, b"".join(pieces)


def _begun(number: int, offset: int) -> Entry:
    return Entry(sheet_part(number), offset, has_descriptor=True)


def _stands_in(file: WrittenFile, sheet: Entry) -> bool:
    expected = sheet.descriptor()
    return file.size >= sheet.end and file.read(sheet.end - len(expected), len(expected)) == expected

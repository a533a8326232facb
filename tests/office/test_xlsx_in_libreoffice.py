"""LibreOffice reads what the program writes."""

import csv
import subprocess
from pathlib import Path

import polars as pl
import pytest

from dataflow_desktop.domain.schema import ColumnKind
from tests.unit.formats.xlsx_books import book_bytes, column

pytestmark = pytest.mark.office

COLUMNS = [
    column(ColumnKind.INTEGER, "id"),
    column(ColumnKind.TEXT, "name"),
    column(ColumnKind.DECIMAL, "price", decimals=2),
    column(ColumnKind.DATE, "day"),
    column(ColumnKind.TIMESTAMP, "moment"),
    column(ColumnKind.BOOLEAN, "is_new"),
]
ROWS = {
    "id": [1, 2, 3, 10**15, None],
    "name": ["Größe „ß“ 😀", "007", "=1+1", " <a & b>\r\n_x0041_", None],
    "price": [12.5, 0.0, -19.99, 1234567.5, None],
    "day": ["2024-02-29", "1900-03-01", "2023-02-29", "9999-12-31", None],
    "moment": ["2024-02-29T23:59:59", "2024-01-01 00:00:00.5", "2024-01-01T00:00:00Z", "now", None],
    "is_new": [1, 0, 1, 2, None],
}
# LibreOffice has one sort of line end in cells.
SHOWN = [
    ["id", "name", "price", "day", "moment", "is_new"],
    ["1", "Größe „ß“ 😀", "12.50", "2024-02-29", "2024-02-29 23:59:59", "TRUE"],
    ["2", "007", "0.00", "1900-03-01", "2024-01-01 00:00:00.500", "FALSE"],
    ["3", "=1+1", "-19.99", "2023-02-29", "2024-01-01T00:00:00Z", "TRUE"],
    ["1000000000000000", " <a & b>\n_x0041_", "1234567.50", "9999-12-31", "now", "2"],
]
# UTF-8, quotes where needed, cells as shown, each sheet a file: "Filter Options" in LibreOffice's help.
TO_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1"


def shown_by_libreoffice(book: Path) -> list[list[list[str]]]:
    """Return the rows of each sheet as LibreOffice shows them."""
    profile, folder = book.parent / "profile", book.parent / "shown"
    program = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    command = [*program, "--convert-to", TO_CSV, "--outdir", str(folder), str(book)]
    subprocess.run(command, check=True, capture_output=True, timeout=110)
    sheets = []
    for path in sorted(folder.iterdir(), key=lambda path: len(path.name)):
        with path.open(newline="", encoding="utf-8") as file:
            sheets.append(list(csv.reader(file)))
    return sheets


def test_libreoffice_shows_every_value_as_it_is(tmp_path: Path) -> None:
    book = tmp_path / "book.xlsx"
    book.write_bytes(book_bytes(COLUMNS, pl.DataFrame(ROWS), cut=2, sheet_rows=4))
    first, second = shown_by_libreoffice(book)
    assert first == SHOWN
    assert second == [SHOWN[0]]

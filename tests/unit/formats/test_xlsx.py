"""A workbook written as a stream is read by others; the same rows are the same bytes, after a stop too."""

import io
import zipfile
from datetime import UTC, datetime
from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dataflow_desktop.domain.schema import Column, ColumnKind
from dataflow_desktop.domain.sheet_limits import SHEET_COLUMNS, SHEET_ROWS
from dataflow_desktop.formats import zip_stream
from dataflow_desktop.formats.encoding import FileEncoder
from dataflow_desktop.formats.xlsx import XlsxEncoder
from dataflow_desktop.formats.xlsx_package import sheet_title
from dataflow_desktop.formats.xlsx_rules import LongTextError
from dataflow_desktop.formats.zip_stream import TooLargeError
from tests.campaign import examples
from tests.unit.formats.xlsx_books import (
    MemoryFile,
    append_rows,
    begun,
    book_bytes,
    cells_of,
    column,
    mixed,
    opened,
    part,
)

COLUMNS = [
    column(ColumnKind.INTEGER, "id"),
    column(ColumnKind.TEXT, "name"),
    column(ColumnKind.DECIMAL, "price", decimals=2),
    column(ColumnKind.TIMESTAMP, "created_at"),
    column(ColumnKind.ANY, "any"),
]
NAMES = [known.name for known in COLUMNS]
SHEET = "xl/worksheets/sheet1.xml"


def products(rows: int) -> pl.DataFrame:
    numbers = range(rows)
    anything = [[None, number, number / 2, f"<{number}>", b"\x00"][number % 5] for number in numbers]
    return pl.DataFrame(
        {
            "id": pl.Series(numbers, dtype=pl.Int64),
            "name": pl.Series([f"Größe {number}" for number in numbers], dtype=pl.String),
            "price": pl.Series([number / 4 for number in numbers], dtype=pl.Float64),
            "created_at": pl.Series(
                [f"2024-01-{number % 40:02d}T00:00:00" for number in numbers], dtype=pl.String
            ),
            "any": mixed(anything),
        }
    )


def encoder_of(sheet_rows: int) -> XlsxEncoder:
    return XlsxEncoder(COLUMNS, NAMES, title="t", sheet_rows=sheet_rows)


def sheet_parts(data: bytes) -> list[str]:
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    return [part(data, name) for name in names if name.startswith("xl/worksheets/sheet")]


def as_encoder(encoder: FileEncoder) -> FileEncoder:
    return encoder


def test_it_is_an_encoder_like_any_other() -> None:
    assert as_encoder(encoder_of(10)).header()


def test_the_header_is_bold_and_stays_in_sight() -> None:
    sheet = opened(book_bytes(COLUMNS, products(3))).active
    assert [cell.value for cell in sheet[1]] == NAMES
    assert [cell.font.b for cell in sheet[1]] == [True] * len(NAMES)
    assert not any(cell.font.b for cell in sheet[2])
    assert sheet.freeze_panes == "A2"


def test_the_header_has_the_names_in_the_file_as_they_are() -> None:
    names = ["=1+1", " a\r", "Größe & <x>", "", "=1+1"]
    file = begun(XlsxEncoder(COLUMNS, names))
    file.append(XlsxEncoder(COLUMNS, names).trailer(file, 0))
    assert [cell.value for cell in opened(file.data).active[1]] == ["=1+1", " a_x000D_", *names[2:]]


def test_columns_are_as_wide_as_their_kind_and_name_need() -> None:
    kinds = [
        ColumnKind.TEXT,
        ColumnKind.INTEGER,
        ColumnKind.TIMESTAMP,
        ColumnKind.INTEGER,
        ColumnKind.INTEGER,
    ]
    columns = [
        column(kind, name) for kind, name in zip(kinds, ["a", "b", "c", "d" * 30, "e" * 90], strict=True)
    ]
    rows = pl.DataFrame({known.name: pl.Series([], dtype=pl.Int64) for known in columns})
    sheet = opened(book_bytes(columns, rows)).active
    assert [int(sheet.column_dimensions[letter].width) for letter in "ABCDE"] == [24, 12, 23, 32, 60]


def test_the_filter_reaches_from_the_header_to_the_last_row() -> None:
    assert opened(book_bytes(COLUMNS, products(7))).active.auto_filter.ref == "A1:E8"


def test_no_time_or_place_of_writing_is_in_the_file() -> None:
    data = book_bytes(COLUMNS, products(3))
    properties = opened(data).properties
    written_at = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
    assert (properties.created, properties.modified) == (written_at, written_at)
    assert (properties.creator, properties.lastModifiedBy) == (None, None)
    entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {(entry.create_system, entry.external_attr, entry.extra) for entry in entries} == {(0, 0, b"")}


def test_the_same_rows_are_the_same_bytes() -> None:
    assert book_bytes(COLUMNS, products(50), cut=7) == book_bytes(COLUMNS, products(50), cut=7)


def test_every_part_is_whole() -> None:
    for rows in (0, 1, 25):
        package = zipfile.ZipFile(io.BytesIO(book_bytes(COLUMNS, products(rows), cut=3, sheet_rows=10)))
        assert package.testzip() is None
        for entry, following in pairwise(package.infolist()):
            has_descriptor = entry.flag_bits & 8
            assert has_descriptor == (8 if "sheet" in entry.filename else 0)
            end = entry.header_offset + 30 + len(entry.filename) + entry.compress_size
            assert following.header_offset == end + (16 if has_descriptor else 0)


def test_programs_that_look_at_the_first_entries_see_a_spreadsheet() -> None:
    names = zipfile.ZipFile(io.BytesIO(book_bytes(COLUMNS, products(1)))).namelist()
    assert names[:4] == ["_rels/.rels", "docProps/core.xml", "xl/theme/theme1.xml", SHEET]


def test_a_reader_is_not_told_a_count_of_rows_that_nobody_knew() -> None:
    data = book_bytes(COLUMNS, products(30))
    assert "<dimension" not in part(data, SHEET)
    sheet = opened(data, read_only=True).active
    assert [row[0] for row in sheet.iter_rows(values_only=True)] == ["id", *range(30)]


def test_no_rows_are_a_header_alone() -> None:
    sheet = opened(book_bytes(COLUMNS, products(0))).active
    assert (sheet.max_row, sheet.auto_filter.ref) == (1, "A1:E1")


def test_a_frame_without_rows_is_nothing() -> None:
    assert encoder_of(10).encode(products(0), 3) == b""


@settings(max_examples=examples(20))
@given(st.integers(1, 40), st.integers(1, 40), st.integers(7, 31))
def test_cuts_do_not_show(cut: int, other_cut: int, sheet_rows: int) -> None:
    one, other = (
        book_bytes(COLUMNS, products(30), cut=rows, sheet_rows=sheet_rows) for rows in (cut, other_cut)
    )
    assert sheet_parts(one) == sheet_parts(other)


def test_rows_go_on_in_further_sheets() -> None:
    book = opened(book_bytes(COLUMNS, products(25), cut=4, sheet_rows=10))
    assert book.sheetnames == ["t", "t 2", "t 3"]
    assert [sheet.max_row for sheet in book] == [11, 11, 6]
    assert [cell.value for sheet in book for cell in sheet["A"]] == [
        "id", *range(10), "id", *range(10, 20), "id", *range(20, 25),
    ]  # fmt: skip
    for sheet in book:
        assert (sheet.freeze_panes, sheet["B1"].font.b) == ("A2", True)
        assert sheet.auto_filter.ref == f"A1:E{sheet.max_row}"
        assert sheet["B2"].value == f"Größe {sheet['A2'].value}"
    assert book.active.title == "t"


def test_a_full_sheet_has_no_empty_one_behind_it() -> None:
    assert opened(book_bytes(COLUMNS, products(20), sheet_rows=10)).sheetnames == ["t", "t 2"]


def test_a_sheet_that_was_begun_for_rows_that_never_came_stays_empty() -> None:
    encoder = encoder_of(10)
    file = begun(encoder)
    append_rows(encoder, file, products(10), 10, 10)
    file.append(encoder.sheet_end(file, 10))
    file.append([encoder.sheet_begin(2)])
    file.append(encoder.trailer(file, 10))
    book = opened(file.data)
    assert [(sheet.max_row, sheet.auto_filter.ref) for sheet in book] == [(11, "A1:E11"), (1, "A1:E1")]


@pytest.mark.parametrize("stop", [0, 3, 10, 13, 20, 24])
def test_another_encoder_goes_on_behind_any_frame(stop: int) -> None:
    whole = book_bytes(COLUMNS, products(25), cut=1, sheet_rows=10)
    first, second = encoder_of(10), encoder_of(10)
    file = begun(first)
    append_rows(first, file, products(stop), 1, 10)
    append_rows(second, file, products(25), 1, 10, first=stop)
    file.append(second.trailer(file, 25))
    assert file.data == whole


def test_the_same_encoder_may_write_other_rows_over_those_it_wrote() -> None:
    encoder = encoder_of(10)
    file = begun(encoder)
    start = file.size
    append_rows(encoder, file, products(25), 10, 10)
    assert list(encoder.trailer(file, 25))
    file.data = file.data[:start]
    others = products(60)[35:]
    append_rows(encoder, file, others, 10, 10)
    file.append(encoder.trailer(file, 25))
    assert file.data == book_bytes(COLUMNS, others, cut=10, sheet_rows=10)


def test_a_file_is_read_piece_by_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = book_bytes(COLUMNS, products(60), cut=9, sheet_rows=25)
    monkeypatch.setattr(zip_stream, "_READ_BYTES", 7)
    monkeypatch.setattr(zip_stream, "_INFLATED_BYTES", 11)
    assert book_bytes(COLUMNS, products(60), cut=9, sheet_rows=25) == whole


def test_a_frame_in_two_sheets_is_an_error() -> None:
    with pytest.raises(ValueError, match="2 rows from 9 on are in two sheets"):
        encoder_of(10).encode(products(2), 9)


@pytest.mark.parametrize("rows", [0, 9, 20])
def test_a_sheet_ends_only_at_its_border(rows: int) -> None:
    encoder = encoder_of(10)
    with pytest.raises(ValueError, match=f"no sheet ends behind {rows} rows in 1 sheets"):
        list(encoder.sheet_end(begun(encoder), rows))


def test_the_trailer_needs_all_sheets() -> None:
    encoder = encoder_of(10)
    file = begun(encoder)
    with pytest.raises(ValueError, match="11 rows in 1 sheets"):
        list(encoder.trailer(file, 11))
    append_rows(encoder, file, products(10), 10, 10)
    file.append(encoder.sheet_end(file, 10))
    with pytest.raises(ValueError, match="no sheet is begun"):
        list(encoder.trailer(file, 10))


def test_a_sheet_beyond_4_gib_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = encoder_of(1000)
    file = begun(encoder)
    append_rows(encoder, file, products(500), 500, 1000)
    monkeypatch.setattr(zip_stream, "MOST_BYTES", 50_000)
    with pytest.raises(TooLargeError) as caught:
        list(encoder.trailer(file, 500))
    assert caught.value.name == SHEET
    assert caught.value.size > 50_000


def test_a_file_beyond_4_gib_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = encoder_of(10)
    file = begun(encoder)
    monkeypatch.setattr(zip_stream, "MOST_BYTES", 5_000)
    with pytest.raises(TooLargeError) as caught:
        list(encoder.trailer(file, 0))
    assert caught.value.name is None


def test_a_name_that_no_cell_holds_is_refused() -> None:
    columns = [column(ColumnKind.TEXT, "a"), column(ColumnKind.TEXT, "b")]
    with pytest.raises(LongTextError) as caught:
        XlsxEncoder(columns, ["a", "x" * 40_000]).header()
    assert (caught.value.column, caught.value.row, caught.value.units) == ("b", None, 40_000)


@pytest.mark.parametrize(
    ("title", "number", "shown"),
    [
        ("products", 1, "products"), ("products", 2, "products 2"), ("a/b[c]:*?\\", 1, "a_b_c_____"),
        ("'a'", 1, "a"), ("a\nb\0", 1, "a_b_"), ("", 1, "_"), ("History", 1, "History_"),
        ("x" * 40, 1, "x" * 31), ("x" * 40, 12, "x" * 28 + " 12"), ("😀" * 20, 1, "😀" * 15),
    ],
)  # fmt: skip
def test_a_tab_says_what_excel_allows(title: str, number: int, shown: str) -> None:
    assert sheet_title(title, number) == shown
    assert opened(book_bytes(COLUMNS, products(number), sheet_rows=1, title=title)).sheetnames[-1] == shown


def test_a_sheet_has_as_many_columns_as_excel_has() -> None:
    columns = [Column(f"c{number}", "", ColumnKind.INTEGER) for number in range(SHEET_COLUMNS)]
    rows = pl.DataFrame([pl.Series(known.name, [number]) for number, known in enumerate(columns)])
    assert f'<c r="XFD2"><v>{SHEET_COLUMNS - 1}</v></c></row></sheetData>' in part(
        book_bytes(columns, rows), SHEET
    )


def test_a_sheet_has_as_many_rows_as_excel_has() -> None:
    encoder = XlsxEncoder([column(ColumnKind.INTEGER)], ["c"])
    file = begun(encoder)
    row = pl.DataFrame({"c": [1]})
    file.append([encoder.encode(row, SHEET_ROWS - 1)])
    file.append(encoder.sheet_end(file, SHEET_ROWS))
    file.append([encoder.sheet_begin(2), encoder.encode(row, SHEET_ROWS)])
    file.append(encoder.trailer(file, SHEET_ROWS + 1))
    assert '<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>' in part(file.data, SHEET)
    assert '<row r="2"><c r="A2"><v>1</v></c></row></sheetData>' in sheet_parts(file.data)[1]


def test_the_same_value_is_the_same_cell_in_every_frame() -> None:
    """One frame has integers only and comes as Int64, the next has others beside them."""
    known = column(ColumnKind.DECIMAL, decimals=2)
    for whole in (pl.Series([5, 10**15]), pl.Series([5.0, 1e15]), mixed([5, 10**15])):
        assert [(cell.value, cell.number_format) for cell in cells_of(known, whole)] == [
            (5, "0.00"),
            ("1000000000000000.00", "General"),
        ]


def test_a_file_shorter_than_its_header_is_an_error() -> None:
    encoder = encoder_of(10)
    with pytest.raises(ValueError, match="no sheet is begun"):
        list(encoder.trailer(MemoryFile(encoder.header()[:100]), 0))

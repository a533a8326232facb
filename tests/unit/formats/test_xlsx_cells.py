"""Each value as the cell that a spreadsheet holds, read back by openpyxl."""

import math
import re
from datetime import datetime

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataflow_desktop.domain.schema import Column, ColumnKind
from dataflow_desktop.domain.sheet_limits import CELL_UNITS
from dataflow_desktop.formats.xlsx_rules import LongTextError, escaped_text
from dataflow_desktop.formats.xlsx_text import escaped
from tests.unit.formats.xlsx_books import MIXED, book_bytes, cells_of, column, mixed, part, values_of

TEXT, ANY = column(ColumnKind.TEXT), column(ColumnKind.ANY)
PRICE = column(ColumnKind.DECIMAL, decimals=2)
STAMP, DAY = column(ColumnKind.TIMESTAMP), column(ColumnKind.DATE)
ODD = "_x0041AFaf\0\1\t\n\r\x1f\x7f\x85\u2028\ufeff\ufffe\uffff &<>\"'é😀=+-@"
TEXTS = st.text(st.sampled_from(ODD) | st.characters(exclude_categories=["Cs"]), max_size=12)


def unescaped(text: str) -> str:
    """Return what ECMA-376 says a text of cells means: openpyxl leaves it to its callers."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


def texts_of(*values: str) -> list[str]:
    return [unescaped(value) for value in values_of(TEXT, pl.Series(values, dtype=pl.String))]


@given(st.lists(TEXTS, min_size=1, max_size=20))
def test_any_text_comes_back(texts: list[str]) -> None:
    assert texts_of(*texts) == texts


@given(st.lists(TEXTS, min_size=1, max_size=20))
def test_one_text_is_escaped_as_many_are(texts: list[str]) -> None:
    assert [escaped_text(text) for text in texts] == escaped(pl.Series(texts)).to_list()


@pytest.mark.parametrize(
    "text",
    [
        "007", "1e5", "=1+1", "+49", "@A1", "-1", "true", "2024-01-01", " a ", "a\nb", "\n", "\t", "a\r\nb",
        "&lt;", "</t>", "_x0041_", "_x0041_x0042_", "_x0041\0", "_x005F_x0041_", "\0",
        "\ufffe\uffff", "Größe 😀", "]]>",
    ],
)  # fmt: skip
def test_a_text_is_a_text_whatever_it_looks_like(text: str) -> None:
    (cell,) = cells_of(TEXT, pl.Series([text]))
    assert (unescaped(cell.value), cell.data_type) == (text, "s")


@pytest.mark.parametrize(
    ("text", "xml"),
    [
        ("\1", "_x0001_"), ("a\rb", "a_x000D_b"), ("_x0041_", "_x005F_x0041_"), ("\uffff", "_xFFFF_"),
        ("_x41_", "_x41_"), ("_x00e9_", "_x005F_x00e9_"), ("_x0041\1", "_x005F_x0041_x0001_"),
        ("a&<b>", "a&amp;&lt;b&gt;"),
    ],
)  # fmt: skip
def test_what_xml_cannot_hold_is_escaped_as_ecma_376_says(text: str, xml: str) -> None:
    data = book_bytes([TEXT], pl.DataFrame({"c": [text]}))
    assert f'<c r="A2" t="inlineStr"><is><t>{xml}</t></is></c>' in part(data, "xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("text", [" a", "a ", "\ta", "a\n", " "])
def test_outer_white_space_is_kept(text: str) -> None:
    data = book_bytes([TEXT], pl.DataFrame({"c": [text, "a b"]}))
    sheet = part(data, "xl/worksheets/sheet1.xml")
    assert f'<c r="A2" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>' in sheet
    assert '<c r="A3" t="inlineStr"><is><t>a b</t></is></c>' in sheet


def test_null_has_no_cell_and_an_empty_text_has_one() -> None:
    data = book_bytes([TEXT], pl.DataFrame({"c": [None, ""]}))
    rows = '<row r="2"></row><row r="3"><c r="A3" t="inlineStr"><is><t></t></is></c></row></sheetData>'
    assert rows in part(data, "xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("dtype", [pl.Null(), pl.String(), pl.Int64(), pl.Float64(), pl.Binary(), MIXED])
@pytest.mark.parametrize("kind", ColumnKind)
def test_a_column_of_nulls_has_no_cells(kind: ColumnKind, dtype: pl.DataType) -> None:
    data = book_bytes([column(kind)], pl.DataFrame({"c": pl.Series([None, None], dtype=dtype)}))
    assert '<row r="2"></row><row r="3"></row></sheetData>' in part(data, "xl/worksheets/sheet1.xml")


def test_integers_are_numbers_up_to_15_digits() -> None:
    most = 10**15 - 1
    held = [0, -1, most, -most, most + 1, -most - 1, 2**63 - 1, -(2**63)]
    texts = [str(value) for value in held[4:]]
    assert values_of(column(ColumnKind.INTEGER), pl.Series(held)) == held[:4] + texts


def test_floats_are_numbers_to_the_last_digit() -> None:
    held = [
        0.1 + 0.2,
        1e300,
        -5e-324,
        1.7976931348623157e308,
        2.0,
        1e-7,
        123456789012345678.0,
        math.nan,
        math.inf,
        -math.inf,
    ]
    found = values_of(column(ColumnKind.FLOAT), pl.Series(held))
    assert found == [*held[:7], "nan", "inf", "-inf"]


def test_a_whole_double_is_an_integer_unless_the_column_is_float() -> None:
    held = pl.Series([5.0, -0.0, 2.5, 1e15])
    assert [repr(value) for value in values_of(ANY, held)] == ["5", "0", "2.5", "'1000000000000000'"]
    assert repr(values_of(column(ColumnKind.FLOAT), held)[0]) == "5.0"


def test_decimals_are_numbers_shown_with_their_decimals() -> None:
    cells = cells_of(PRICE, pl.Series([12.5, 0.0, -19.99, None]))
    assert [cell.value for cell in cells] == [12.5, 0, -19.99, None]
    assert {cell.number_format for cell in cells[:3]} == {"0.00"}


@pytest.mark.parametrize(
    "held", [pl.Series([5]), pl.Series([5.0]), pl.Series(["5.00"]), mixed([5]), mixed([5.0]), mixed(["5.00"])]
)
def test_a_decimal_is_the_same_cell_whatever_it_comes_in(held: pl.Series) -> None:
    data = book_bytes([PRICE], held.to_frame("c"))
    assert '<row r="2"><c r="A2" s="5"><v>5.00</v></c></row></sheetData>' in part(
        data, "xl/worksheets/sheet1.xml"
    )


def test_a_double_with_more_decimals_than_declared_is_a_number_all_the_same() -> None:
    cells = cells_of(PRICE, pl.Series([0.1 + 0.2, 12.345, 1e-9, 1e23]))
    assert [cell.value for cell in cells[:3]] == [0.1 + 0.2, 12.345, 1e-9]
    assert {cell.number_format for cell in cells[:3]} == {"General"}
    assert cells[3].value == "99999999999999991611392.00"


@pytest.mark.parametrize(
    ("held", "value", "shown"),
    [
        (0.1 + 0.2, 0.1 + 0.2, "General"),
        (-0.0, 0, "0.00"),
        (1234567890123.45, 1234567890123.45, "0.00"),
        (12345678901234.56, "12345678901234.56", "General"),
    ],
)
def test_a_decimal_alone_in_its_frame_is_the_same_as_among_others(
    held: float, value: object, shown: str
) -> None:
    alone = part(book_bytes([PRICE], pl.DataFrame({"c": [held]})), "xl/worksheets/sheet1.xml")
    together = part(book_bytes([PRICE], pl.DataFrame({"c": [held, 1e23]})), "xl/worksheets/sheet1.xml")
    assert alone[: alone.index("</row></sheetData>")] in together
    (cell,) = cells_of(PRICE, pl.Series([held]))
    assert (cell.value, cell.number_format) == (value, shown)
    assert "<v>-" not in alone


def test_decimals_beyond_15_digits_are_texts() -> None:
    held = [1234567890123.45, 12345678901234.56, 10.0**13, 10.0**15, -12345678901234.5]
    texts = ["12345678901234.56", "1000000000000000.00"]
    found = values_of(PRICE, pl.Series(held))
    assert found == [held[0], texts[0], held[2], texts[1], held[4]]


def test_decimals_of_servers_are_numbers_where_a_double_keeps_them() -> None:
    held = [
        "12.50", "-0.05", "0.00", "7", "123456789012345", "1234567890123456", "1000000000000000.00",
        "12345678901234.50", "12345678901234.56", "0.001", "NaN", "007.00", "1e5", "", " 1", "$1.00",
        "0.000000000000000012",
    ]  # fmt: skip
    numbers = [12.5, -0.05, 0, 7, 123456789012345]
    assert values_of(PRICE, pl.Series(held)) == [
        *numbers, held[5], held[6], 12345678901234.5, held[8], 0.001, "NaN", "007.00", "1e5", "", " 1",
        "$1.00", 1.2e-17,
    ]  # fmt: skip
    formats = [cell.number_format for cell in cells_of(PRICE, pl.Series(["7", "12.5", "0.001"]))]
    assert formats == ["0.00", "0.00", "General"]


@pytest.mark.parametrize(
    ("decimals", "shown"), [(0, "0"), (3, "0.000"), (30, "0." + "0" * 30), (31, "General"), (None, "General")]
)
def test_each_count_of_decimals_has_its_own_format(decimals: int | None, shown: str) -> None:
    (cell,) = cells_of(column(ColumnKind.DECIMAL, decimals=decimals), pl.Series([7]))
    assert (cell.value, cell.number_format) == (7, shown)


def test_booleans_are_booleans() -> None:
    kind = column(ColumnKind.BOOLEAN)
    assert [repr(value) for value in values_of(kind, pl.Series([0, 1, 2, None]))] == [
        "False",
        "True",
        "2",
        "None",
    ]
    assert values_of(kind, pl.Series(["true", "false", "True", "t"])) == [True, False, "True", "t"]
    assert [repr(value) for value in values_of(kind, pl.Series([1.0, 0.5]))] == ["True", "0.5"]
    assert values_of(ANY, pl.Series(["true"])) == ["true"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2024-02-29", "yyyy-mm-dd"),
        ("1900-03-01", "yyyy-mm-dd"),
        ("9999-12-31", "yyyy-mm-dd"),
        ("2024-02-29T23:59:59", "yyyy-mm-dd hh:mm:ss"),
        ("2024-02-29 00:00:00", "yyyy-mm-dd hh:mm:ss"),
        ("2024-02-29 01:02:03.000", "yyyy-mm-dd hh:mm:ss"),
        ("2024-02-29 01:02:03.5", "yyyy-mm-dd hh:mm:ss.000"),
        ("2024-02-29T01:02:03.123", "yyyy-mm-dd hh:mm:ss.000"),
        ("2024-02-29T01:02:03.120000", "yyyy-mm-dd hh:mm:ss.000"),
        ("9999-12-31 23:59:59.999", "yyyy-mm-dd hh:mm:ss.000"),
    ],
)
@pytest.mark.parametrize("known", [DAY, STAMP])
def test_a_proven_time_is_typed(known: Column, text: str, shown: str) -> None:
    for series in (pl.Series([text]), pl.Series([None, "x", text])):
        cell = cells_of(known, series)[-1]
        assert (cell.value, cell.number_format) == (datetime.fromisoformat(text), shown)


@pytest.mark.parametrize(
    "text",
    [
        "2023-02-29", "1900-02-28", "1900-01-01 00:00:00", "0000-00-00", "10000-01-01", "2024-1-1",
        "2024-13-01", "20240101", "2024-01-01 ", "2024-01-01\n", "٢٠٢٤-01-01", "12:00:00", "now", "infinity",
        "2024-01-01T24:00:00", "2024-01-01T23:59:60", "2024-02-30T12:00:00", "2024-01-01t12:00:00",
        "2024-01-01T12:00", "2024-01-01T12:00:00Z", "2024-01-01T12:00:00+01:00", "2024-01-01T12:00:00.",
        "2024-01-01T12:00:00.1234",
    ],
)  # fmt: skip
def test_what_is_no_proven_time_stays_a_text(text: str) -> None:
    for series in (pl.Series([text]), pl.Series(["2024-01-01", "2024-01-01 00:00:00", text])):
        cell = cells_of(STAMP, series)[-1]
        assert (cell.value, cell.data_type) == (text, "s")


def test_other_kinds_make_no_times_of_texts() -> None:
    assert values_of(TEXT, pl.Series(["2024-01-01"])) == ["2024-01-01"]


def test_bytes_are_hex() -> None:
    assert values_of(column(ColumnKind.BYTES), pl.Series([b"\x00\xff", b"", None])) == ["00ff", "", None]


def test_mixed_values_are_what_each_is() -> None:
    held = [1, 2.5, "x & y", b"\x01", None, 10**15, " z"]
    assert values_of(ANY, mixed(held)) == [1, 2.5, "x & y", "01", None, "1000000000000000", " z"]


@pytest.mark.parametrize(
    "held",
    [
        pl.Series(["a", "b" * (CELL_UNITS + 1)]),
        pl.Series(["ü", "😀" * (CELL_UNITS // 2) + "bb"]),
        pl.Series([b"a", b"b" * (CELL_UNITS // 2 + 1)]),
        mixed([1, "b" * (CELL_UNITS + 1)]),
    ],
)
def test_a_text_that_no_cell_holds_is_refused_by_column_and_row(held: pl.Series) -> None:
    with pytest.raises(LongTextError) as caught:
        book_bytes([column(ColumnKind.ANY, "n")], held.to_frame("n"))
    assert (caught.value.column, caught.value.row, caught.value.units) == ("n", 1, CELL_UNITS + 1)


@pytest.mark.parametrize("text", ["b" * CELL_UNITS, "ü" * CELL_UNITS, "😀" * (CELL_UNITS // 2)])
def test_the_longest_text_fits(text: str) -> None:
    assert texts_of(text) == [text]


def test_an_unknown_dtype_is_an_error() -> None:
    with pytest.raises(TypeError, match="Int8"):
        values_of(ANY, pl.Series([1], dtype=pl.Int8))


@given(
    st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=20),
    st.sampled_from([None, 0, 2, 9]),
)
def test_any_real_comes_back(reals: list[float], decimals: int | None) -> None:
    found = values_of(column(ColumnKind.DECIMAL, decimals=decimals), mixed(reals))
    assert [float(value) for value in found] == reals

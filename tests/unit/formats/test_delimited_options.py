"""What each option of delimited text does to a cell, one by one."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dataflow_desktop.domain.chunk import Chunk
from dataflow_desktop.domain.file_options import DelimitedOptions, Encoding, LineEnding, Quoting
from dataflow_desktop.domain.row_query import Value
from dataflow_desktop.domain.schema import Column, ColumnKind
from dataflow_desktop.formats.delimited import DelimitedEncoder, unencodable
from tests.campaign import examples
from tests.unit.databases import column_of
from tests.unit.formats.delimited_choices import TEXTS

PLAIN = column_of(ColumnKind.ANY)
PRICE = column_of(ColumnKind.DECIMAL, "DECIMAL(10,2)", 2)
SERVER_PRICE = Column("c", "numeric(10,2)", ColumnKind.DECIMAL, decimals=2, base_type="numeric")
ALL = Quoting.ALL


def cell(
    value: Value, options: DelimitedOptions, column: Column = PLAIN, *, is_replacing: bool = False
) -> str:
    encoder = DelimitedEncoder([column], options, is_replacing=is_replacing)
    line = encoder.encode(Chunk([[value]], 1, (0,))).decode(options.encoding.codec)
    assert line.endswith(options.line_ending.text)
    return line.removesuffix(options.line_ending.text)


def header(options: DelimitedOptions, *names: str) -> bytes:
    return DelimitedEncoder([PLAIN] * len(names), options, names).header()


@pytest.mark.parametrize(
    ("value", "options", "found"),
    [
        ("a;b", DelimitedOptions(";"), '"a;b"'),
        ("a,b", DelimitedOptions(";"), "a,b"),
        ("a§b", DelimitedOptions("§"), '"a§b"'),
        (1.5, DelimitedOptions("."), '"1.5"'),
        (-5, DelimitedOptions("-"), '"-5"'),
        (b"\xab", DelimitedOptions("b"), '"ab"'),
        (None, DelimitedOptions(null_text="NULL"), "NULL"),
        ("NULL", DelimitedOptions(null_text="NULL"), '"NULL"'),
        ("null", DelimitedOptions(null_text="NULL"), "null"),
        ("NULL\n", DelimitedOptions(null_text="NULL"), '"NULL\n"'),
        ("", DelimitedOptions(null_text="NULL"), '""'),
        (-1, DelimitedOptions(null_text="-1"), '"-1"'),
        (10, DelimitedOptions(null_text="-1"), "10"),
        (1.0, DelimitedOptions(null_text="1,0", delimiter=";", decimal_mark=","), '"1,0"'),
        (b"\xff", DelimitedOptions(null_text="ff"), '"ff"'),
        ("=1", DelimitedOptions(null_text="'=1", has_formula_guard=True), '"\'=1"'),
        (None, DelimitedOptions(quoting=ALL), ""),
        (None, DelimitedOptions(quoting=ALL, null_text="\\N"), "\\N"),
        ("", DelimitedOptions(quoting=ALL), '""'),
        (5, DelimitedOptions(quoting=ALL), '"5"'),
        (0.5, DelimitedOptions(quoting=ALL), '"0.5"'),
        ('"', DelimitedOptions(quoting=ALL), '""""'),
        (b"", DelimitedOptions(quoting=ALL), '""'),
        ("a\nb", DelimitedOptions(line_ending=LineEnding.CRLF), '"a\nb"'),
        ("a\r\nb", DelimitedOptions(), '"a\r\nb"'),
    ],
)
def test_a_value_is_quoted_to_be_told_from_all_else(
    value: Value, options: DelimitedOptions, found: str
) -> None:
    assert cell(value, options) == found


@pytest.mark.parametrize(
    ("value", "column", "found"),
    [
        (1.5, PLAIN, "1,5"),
        (-0.25, PLAIN, "-0,25"),
        (1e16, PLAIN, "1e+16"),
        (1.5e-07, PLAIN, "1,5e-07"),
        (float("inf"), PLAIN, "inf"),
        (5, PLAIN, "5"),
        (5, PRICE, "5,00"),
        (19.9, PRICE, "19,90"),
        (0.005, PRICE, "0,005"),
        ("12.50", PRICE, "12.50"),
        ("12.50", PLAIN, "12.50"),
        ("12.50", SERVER_PRICE, "12,50"),
        ("-0.001", SERVER_PRICE, "-0,001"),
        ("1.5e-07", SERVER_PRICE, "1,5e-07"),
        ("7", SERVER_PRICE, "7"),
        ("NaN", SERVER_PRICE, "NaN"),
        ("$12.50", SERVER_PRICE, "$12.50"),
        ("1.2.3", SERVER_PRICE, "1.2.3"),
        ("12.50", Column("c", "text", ColumnKind.TEXT, base_type="text"), "12.50"),
    ],
)
def test_a_decimal_comma_is_for_numbers_alone(value: Value, column: Column, found: str) -> None:
    assert cell(value, DelimitedOptions(";", decimal_mark=","), column) == found
    is_quoted = "," in found
    assert cell(value, DelimitedOptions(",", decimal_mark=","), column) == (
        f'"{found}"' if is_quoted else found
    )


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "+a", "-", "-1-1", "--5", "@SUM(A1)", "\t=1", "\uff1d1", "\uff0b1", "\uff0d1", "\uff20a",
        "=5", "-5 ", "-5\n", "-1.", "-.5", "-1.5.5", "-1e", "-\u0661", "+49 30 1", "-inf",
    ],
)  # fmt: skip
def test_a_text_that_a_spreadsheet_may_run_gets_an_apostrophe(text: str) -> None:
    options = DelimitedOptions(has_formula_guard=True)
    guarded = "'" + text
    assert cell(text, options) == (f'"{guarded}"' if "\n" in text else guarded)
    assert cell(text, DelimitedOptions()).strip('"') == text
    assert header(options, text) == (f'"{guarded}"\n' if "\n" in text else f"{guarded}\n").encode()


@pytest.mark.parametrize("text", ["\r=1", "\n=1", "=a,b", '=HYPERLINK("x")'])
def test_a_guarded_text_is_quoted_as_any_other(text: str) -> None:
    quoted = text.replace('"', '""')
    assert cell(text, DelimitedOptions(has_formula_guard=True)) == f'"\'{quoted}"'


@pytest.mark.parametrize("text", ["-5", "+1.50", "-1,5", "-1e5", "+1.5E-07", "a=1", "'=1", " =1", "5-3", "1"])
def test_numbers_and_harmless_texts_are_not_guarded(text: str) -> None:
    assert cell(text, DelimitedOptions(";", has_formula_guard=True)) == text


@pytest.mark.parametrize(
    ("value", "found"), [(-5, "-5"), (-0.5, "-0.5"), (float("-inf"), "-inf"), (b"=", "3d")]
)
def test_what_is_no_text_is_not_guarded(value: Value, found: str) -> None:
    assert cell(value, DelimitedOptions(has_formula_guard=True)) == found


@settings(max_examples=examples(300))
@given(TEXTS, st.sampled_from(Quoting))
def test_no_cell_begins_like_a_formula_when_guarded(text: str, quoting: Quoting) -> None:
    line = cell(text, DelimitedOptions("|", quoting, has_formula_guard=True))
    [[found]] = csv.reader(io.StringIO(line, newline=""), delimiter="|")
    assert found in {text, "'" + text}
    assert (found == text) is (text[:1] not in set("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20") or is_a_number(text))


def is_a_number(text: str) -> bool:
    """Say without a pattern whether a text is plainly a number."""
    number, _, exponent = text.lower().partition("e")
    whole, mark, decimals = (
        number.removeprefix(text[:1] if text[:1] in "+-" else "").replace(",", ".").partition(".")
    )
    parts = [whole, decimals if mark else "0"]
    if "e" in text.lower():
        parts.append(exponent[1:] if exponent[:1] in {"+", "-"} else exponent)
    return all(part.isascii() and part.isdigit() for part in parts)


@pytest.mark.parametrize(
    ("options", "names", "found"),
    [
        (DelimitedOptions(), ["a", ""], b'a,""\n'),
        (DelimitedOptions(";", line_ending=LineEnding.CRLF), ["a", "b;"], b'a;"b;"\r\n'),
        (DelimitedOptions(quoting=ALL), ["a", "b"], b'"a","b"\n'),
        (DelimitedOptions(has_bom=True), ["ä"], b"\xef\xbb\xbf\xc3\xa4\n"),
        (DelimitedOptions(has_bom=True, has_header=False), ["a"], b"\xef\xbb\xbf"),
        (DelimitedOptions(has_header=False), ["a"], b""),
        (DelimitedOptions(encoding=Encoding.UTF_16), ["a"], b"\xff\xfea\0\n\0"),
        (DelimitedOptions(encoding=Encoding.UTF_16, has_bom=True), ["a"], b"\xff\xfea\0\n\0"),
        (DelimitedOptions(encoding=Encoding.UTF_16, has_header=False), ["a"], b"\xff\xfe"),
        (DelimitedOptions("§", encoding=Encoding.CP1252), ["€", "ä"], b"\x80\xa7\xe4\n"),
        (DelimitedOptions(decimal_mark=","), ["1.5"], b"1.5\n"),
        (DelimitedOptions(null_text="id"), ["id"], b'"id"\n'),
    ],
)
def test_the_header_follows_the_options(options: DelimitedOptions, names: list[str], found: bytes) -> None:
    assert header(options, *names) == found


def test_columns_have_their_own_names_unless_others_are_given() -> None:
    assert DelimitedEncoder([PLAIN]).header() == b"c\n"
    assert DelimitedEncoder([PLAIN], names=["other"]).header() == b"other\n"


def test_a_character_that_does_not_fit_is_an_error_unless_it_may_be_replaced() -> None:
    options = DelimitedOptions(encoding=Encoding.CP1252)
    assert cell("€", options) == "€"
    for unfit in ("ń", "😀", "\x81", "\u2028"):
        with pytest.raises(UnicodeEncodeError):
            cell(unfit, options)
        with pytest.raises(UnicodeEncodeError):
            header(options, unfit)
        assert cell(unfit + "a", options, is_replacing=True) == "?a"
    assert DelimitedEncoder([PLAIN], options, ["ń"], is_replacing=True).header() == b"?\n"


def test_a_question_mark_for_another_character_is_quoted_like_any_other() -> None:
    assert cell("ń", DelimitedOptions("?", encoding=Encoding.CP1252), is_replacing=True) == '"?"'
    options = DelimitedOptions(null_text="?", encoding=Encoding.CP1252)
    assert cell("ń", options, is_replacing=True) == '"?"'


def test_half_a_character_fits_nowhere() -> None:
    for encoding in Encoding:
        with pytest.raises(UnicodeEncodeError):
            cell("\ud800", DelimitedOptions(encoding=encoding))
        assert cell("\ud800", DelimitedOptions(encoding=encoding), is_replacing=True) == "?"


@pytest.mark.parametrize(
    ("columns", "encoding", "found"),
    [
        ([["a", "ń"], ["b", "c"]], Encoding.CP1252, (1, 0)),
        ([["a", "ń"], ["ń", "c"]], Encoding.CP1252, (0, 1)),
        ([[None, 1, 0.5, b"\xff", "ń", "ń"]], Encoding.CP1252, (4, 0)),
        ([["a", "ń"]], Encoding.UTF_8, None),
        ([["a", "\ud800"]], Encoding.UTF_8, (1, 0)),
        ([["😀", "\ud800"]], Encoding.UTF_16, (1, 0)),
        ([[], []], Encoding.CP1252, None),
    ],
)
def test_the_first_text_that_does_not_fit_is_found(
    columns: list[list[Value]], encoding: Encoding, found: tuple[int, int] | None
) -> None:
    assert unencodable(Chunk(columns, len(columns[0]), (0,)), encoding) == found

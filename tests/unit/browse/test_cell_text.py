"""How values look to the eye and on the clipboard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataflow_desktop.browse.cell_text import (
    CUT_MARK,
    LONGEST_TEXT,
    cell_makers,
    cell_text,
    decimal_text,
    format_row,
)
from dataflow_desktop.domain.schema import Column, ColumnKind

NAME = Column("name", "TEXT", ColumnKind.TEXT)
PRICE = Column("price", "DECIMAL(10,2)", ColumnKind.DECIMAL, decimals=2)


def test_null_differs_from_an_empty_text() -> None:
    assert cell_text(None) is None
    assert cell_text("") == ""


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (5, "5.00"),
        (5.5, "5.50"),
        (0.1 + 0.2, "0.30000000000000004"),
        (2**62, "4611686018427387904.00"),
        (-0.0, "-0.00"),
        (float("inf"), "inf"),
    ],
)
def test_decimals_are_padded_only_where_that_loses_nothing(value: float, text: str) -> None:
    assert decimal_text(value, 2) == text


@given(st.floats(allow_nan=False), st.integers(0, 12))
def test_a_decimal_reads_back_as_the_same_number(value: float, decimals: int) -> None:
    assert float(decimal_text(value, decimals)) == value


@given(st.text())
def test_a_text_stays_on_one_line_and_short(text: str) -> None:
    shown = cell_text(text)
    assert shown is not None
    assert len(shown) <= LONGEST_TEXT + len(CUT_MARK)
    assert len(shown.splitlines()) <= 1


def test_control_characters_are_made_visible() -> None:
    assert cell_text("a\nb\tc\x00d\u202ee") == "a↵b⇥c␀d�e"


def test_bytes_are_cut_hex() -> None:
    assert cell_text(b"\x00\xff") == "00ff"
    assert cell_text(bytes(100)) == "00" * 32 + "… (100 B)"


def test_a_row_follows_its_columns() -> None:
    assert format_row(cell_makers([NAME, PRICE]), ["x", 1]) == ("x", "1.00")
    assert format_row(cell_makers([NAME, PRICE]), [1, "x"]) == ("1", "x")

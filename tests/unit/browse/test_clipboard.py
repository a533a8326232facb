"""Rows on the clipboard, read back by an independent reader of each form."""

import csv
import io
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataflow_desktop.browse.clipboard import ClipboardForm, body_of, end_of, head_of, joint_of
from dataflow_desktop.domain.row_query import Value
from dataflow_desktop.domain.schema import ColumnKind
from tests.unit.databases import column_of

NAME = replace(column_of(ColumnKind.TEXT), name="name")
PRICE = replace(column_of(ColumnKind.DECIMAL, "DECIMAL(10,2)", 2), name="price")
VALUES = st.none() | st.text() | st.integers(-(2**63), 2**63 - 1) | st.floats() | st.binary(max_size=20)
ROWS: list[tuple[Value, ...]] = [("x", 1), (None, None), ("", 0.1), ('a,"b"\n|\\', 20.5), ("\t", -0.0)]


def copied(form: ClipboardForm, rows: list[tuple[Value, ...]]) -> str:
    columns = (NAME, PRICE)
    parts = [body_of(form, columns, rows[:2]), body_of(form, columns, rows[2:])]
    return head_of(form, columns) + joint_of(form).join(filter(None, parts)) + end_of(form)


def test_a_spreadsheet_reads_tabs() -> None:
    text = copied(ClipboardForm.TSV, ROWS)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t"))
    assert rows == [["x", "1.00"], ["", ""], ["", "0.10"], ['a,"b"\n|\\', "20.50"], ["\t", "-0.00"]]
    assert copied(ClipboardForm.TSV_WITH_HEADERS, ROWS) == f"{NAME.name}\t{PRICE.name}\n{text}"


def test_csv_is_that_of_an_export() -> None:
    lines = copied(ClipboardForm.CSV, ROWS)
    assert lines.startswith(f'{NAME.name},{PRICE.name}\nx,1.00\n,\n"",0.10\n"a,""b""\n|\\",20.50\n')


def test_json_tells_null_from_an_empty_text_and_keeps_numbers() -> None:
    rows = json.loads(copied(ClipboardForm.JSON, ROWS))
    assert [row[NAME.name] for row in rows] == ["x", None, "", 'a,"b"\n|\\', "\t"]
    assert [row[PRICE.name] for row in rows] == [1, None, 0.1, 20.5, 0]


def test_markdown_is_a_table() -> None:
    lines = copied(ClipboardForm.MARKDOWN, ROWS).split("\n")
    assert lines[1] == "| --- | ---: |"
    assert lines[5] == '| a,"b"<br>\\|\\\\ | 20.50 |'


@pytest.mark.parametrize("form", ClipboardForm)
def test_no_rows_are_no_rows(form: ClipboardForm) -> None:
    assert copied(form, []) == head_of(form, (NAME, PRICE)) + end_of(form)


@given(st.lists(st.tuples(VALUES, VALUES), min_size=1, max_size=5))
def test_any_value_is_valid_json_and_reads_back(rows: list[tuple[Value, ...]]) -> None:
    read = json.loads(copied(ClipboardForm.JSON, rows))
    assert [row[NAME.name] is None for row in read] == [row[0] is None for row in rows]
    for row, back in zip(rows, read, strict=True):
        if isinstance(row[0], str | int):
            assert back[NAME.name] == row[0]


@given(st.lists(st.tuples(st.text(alphabet='ab"\t\n\r,|'), st.text(alphabet="ab")), min_size=1))
@pytest.mark.parametrize(
    ("form", "delimiter"), [(ClipboardForm.TSV_WITH_HEADERS, "\t"), (ClipboardForm.CSV, ",")]
)
def test_any_text_comes_back_as_it_was(
    form: ClipboardForm, delimiter: str, rows: list[tuple[str, str]]
) -> None:
    text = copied(form, list[tuple[Value, ...]](rows))
    header, *read = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, lineterminator="\n")
    assert header == ["name", "price"]
    assert [tuple(row) for row in read] == rows

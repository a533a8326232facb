"""Every cell can be read back, by Python's reader and by one that tells NULL from ''."""

import csv
import io
import math
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dataflow_desktop.domain.chunk import Chunk
from dataflow_desktop.domain.file_options import DelimitedOptions, Quoting
from dataflow_desktop.domain.row_query import Value
from dataflow_desktop.domain.schema import Column, ColumnKind
from dataflow_desktop.formats.delimited import DelimitedEncoder
from dataflow_desktop.formats.delimited_rules import DEFAULT_OPTIONS
from tests.campaign import examples
from tests.unit.databases import column_of
from tests.unit.formats.delimited_choices import TEXTS, reversible_options

INTEGERS = st.integers(-(2**63), 2**63 - 1)
FLOATS = st.floats(allow_nan=False)
VALUES: st.SearchStrategy[Value] = st.none() | TEXTS | INTEGERS | FLOATS | st.binary(max_size=20)
ROWS = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(VALUES, min_size=width, max_size=width), min_size=1, max_size=6)
)
PLAIN = column_of(ColumnKind.ANY)


def read_rfc_4180(text: str, options: DelimitedOptions = DEFAULT_OPTIONS) -> list[list[str | None]]:
    """Read CSV as RFC 4180 has it, to the options; a field without quotes that is NULL's text is None."""
    rows: list[list[str | None]] = []
    row: list[str | None] = []
    at = 0
    while at < len(text):
        field, at = read_field(text, at, options)
        row.append(field)
        if text.startswith(options.line_ending.text, at):
            at += len(options.line_ending.text)
            rows.append(row)
            row = []
        else:
            assert text[at] == options.delimiter
            at += 1
    assert row == []
    return rows


def read_field(text: str, at: int, options: DelimitedOptions) -> tuple[str | None, int]:
    if text[at] != '"':
        ends = (text.find(options.delimiter, at), text.find(options.line_ending.text, at))
        end = min(found for found in ends if found >= 0)
        field = text[at:end]
        assert field == options.null_text or options.quoting is Quoting.NEEDED
        assert not set(field) & set('"\r\n')
        return (None if field == options.null_text else field), end
    pieces = []
    while True:
        end = text.index('"', at + 1)
        pieces.append(text[at + 1 : end])
        if text[end + 1] != '"':
            return "".join(pieces), end + 1
        pieces.append('"')
        at = end + 1


def encoded(
    rows: list[list[Value]], column: Column = PLAIN, options: DelimitedOptions = DEFAULT_OPTIONS
) -> str:
    width = len(rows[0])
    encoder = DelimitedEncoder([column] * width, options)
    return encoder.encode(chunk_of(rows)).decode(options.encoding.codec)


def chunk_of(rows: list[list[Value]]) -> Chunk:
    return Chunk([[row[number] for row in rows] for number in range(len(rows[0]))], len(rows), (0,))


def read_back(cell: str | None, like: Value, decimal_mark: str = ".") -> Value:
    """Turn a cell into the type that its reader knows it has."""
    match like:
        case int():
            return int(cell or "")
        case float():
            return float((cell or "").replace(decimal_mark, "."))
        case bytes():
            return None if cell is None else bytes.fromhex(cell)
        case _:
            return cell


@settings(max_examples=examples(500))
@given(ROWS, reversible_options())
def test_every_cell_reads_back_to_the_same_value(rows: list[list[Value]], options: DelimitedOptions) -> None:
    cells = read_rfc_4180(encoded(rows, options=options), options)
    found = [
        [read_back(cell, value, options.decimal_mark) for cell, value in zip(*pair, strict=True)]
        for pair in zip(cells, rows, strict=True)
    ]
    assert found == rows
    assert [[type(value) for value in row] for row in found] == [
        [type(value) for value in row] for row in rows
    ]


@settings(max_examples=examples(500))
@given(ROWS, reversible_options())
def test_pythons_reader_finds_the_same_cells(rows: list[list[Value]], options: DelimitedOptions) -> None:
    text = encoded(rows, options=options)
    found = [
        [options.null_text if cell is None else cell for cell in row] for row in read_rfc_4180(text, options)
    ]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=options.delimiter)
    # It takes an empty line for a row without cells, not for one NULL.
    assert [row or [""] for row in reader] == found


@given(FLOATS)
@example(-0.0)
@example(0.1 + 0.2)
@example(math.inf)
def test_a_float_keeps_every_bit(number: float) -> None:
    cell = float(encoded([[number]]))
    assert cell == number
    assert math.copysign(1, cell) == math.copysign(1, number)


@settings(max_examples=examples(200))
@given(number=FLOATS | INTEGERS, decimals=st.integers(0, 6))
@example(number=20, decimals=2)
@example(number=0.005, decimals=2)
@example(number=2.675, decimals=2)
def test_a_decimal_has_its_decimals_unless_that_loses_something(number: float, decimals: int) -> None:
    column = column_of(ColumnKind.DECIMAL, f"DECIMAL(10,{decimals})", decimals)
    cell = encoded([[number]], column).rstrip("\n")
    if type(number) is int:
        assert Decimal(cell) == number
        assert len(cell.partition(".")[2]) == decimals
    else:
        assert float(cell) == number
        loses_something = float(f"{number:.{decimals}f}") != number or not math.isfinite(number)
        assert loses_something or len(cell.partition(".")[2]) == decimals


@pytest.mark.parametrize(
    ("number", "cell"),
    [
        (20, "20.00"),
        (19.9, "19.90"),
        (0.005, "0.005"),
        (-0.1, "-0.10"),
        (1e-7, "1e-07"),
        (2**63 - 1, "9223372036854775807.00"),
    ],
)
def test_prices_leave_with_two_decimals(number: float, cell: str) -> None:
    column = column_of(ColumnKind.DECIMAL, "DECIMAL(10,2)", 2)
    assert encoded([[number]], column) == cell + "\n"


@settings(max_examples=examples(100))
@given(rows=ROWS, data=st.data())
def test_bytes_do_not_depend_on_where_chunks_begin(rows: list[list[Value]], data: st.DataObject) -> None:
    border = data.draw(st.integers(1, len(rows)))
    joined = encoded(rows[:border]) + (encoded(rows[border:]) if rows[border:] else "")
    assert joined == encoded(rows)


@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_the_header_reads_back_to_the_names(names: list[str]) -> None:
    columns = [Column(name, "", ColumnKind.ANY) for name in names]
    header = DelimitedEncoder(columns).header().decode("utf-8")
    assert read_rfc_4180(header) == [names]
    assert [row or [""] for row in csv.reader(io.StringIO(header, newline=""))] == [names]


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        ("", '""'),
        (b"", '""'),
        (b"\xff", "ff"),
        ("a b", "a b"),
        ("a,b", '"a,b"'),
        ('"', '""""'),
        (0, "0"),
    ],
)
def test_a_cell_is_quoted_only_where_needed(value: Value, cell: str) -> None:
    assert encoded([[value]]) == cell + "\n"

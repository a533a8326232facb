"""Whole columns give the bytes of the row-wise encoder, which is the law."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dataflow_desktop.domain.chunk import Chunk
from dataflow_desktop.domain.file_options import DelimitedOptions, Quoting
from dataflow_desktop.domain.row_query import Value
from dataflow_desktop.domain.schema import Column, ColumnKind
from dataflow_desktop.formats import text_cells
from dataflow_desktop.formats.delimited import DelimitedEncoder
from dataflow_desktop.formats.delimited_columns import ColumnarEncoder
from dataflow_desktop.formats.delimited_rules import DEFAULT_OPTIONS
from dataflow_desktop.formats.encoding import FileEncoder
from tests.campaign import examples
from tests.unit.databases import column_of
from tests.unit.formats.delimited_choices import TEXTS, any_options

MIXED = pl.Struct({"integer": pl.Int64, "real": pl.Float64, "text": pl.String, "bytes": pl.Binary})
DTYPES = [pl.Int64(), pl.Float64(), pl.String(), pl.Binary(), pl.Null(), MIXED]
FIELDS: dict[type, str] = {int: "integer", float: "real", str: "text", bytes: "bytes"}
DECIMALS = [None, 0, 1, 2, 5, 15, 16, 19, 20, 22, 23, 38, 40]
HIGHEST = 2**63 - 1
SPECIAL = ',"\r\n \t;aé😀\u2028\ufeff\0\x85'
INTEGERS = st.integers(-(2**63), HIGHEST) | st.sampled_from([0, -1, 2**53, 2**53 + 1, -(2**63), HIGHEST])
BORDERS = [
    0.0, 0.5, 1.5, 2.5, 0.005, 0.125, 1.005, 2.675, 19.9, 0.1 + 0.2, 1e23, 1e36, 1e37, 1e38, 1e39, 1e308,
    5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, math.inf, math.nan,
    *(2.0**exponent for exponent in (31, 49, 50, 51, 52, 53, 62, 63, 64, 126, 127, 128)),
    *(10.0**exponent for exponent in range(-24, 23)),
    *(2.0**51 / 10**decimals for decimals in range(23)),
]  # fmt: skip
NEAR_BORDERS = [
    sign * number
    for border in BORDERS
    for number in (border, math.nextafter(border, math.inf), math.nextafter(border, 0))
    for sign in (1, -1)
]
PRICES = st.builds(
    lambda units, decimals: units / 10**decimals, st.integers(-(10**7), 10**7), st.integers(0, 5)
)
LONG_PRICES = st.builds(lambda units, decimals: units / 10**decimals, INTEGERS, st.integers(0, 22))
REALS = st.floats() | st.sampled_from(NEAR_BORDERS) | PRICES | LONG_PRICES
PLAIN = column_of(ColumnKind.ANY)


@dataclass(frozen=True)
class Cells:
    """A column, a series for it, and the values that the row-wise encoder would get."""

    column: Column
    series: pl.Series
    values: Sequence[Value]


def cells_of(column: Column, dtype: pl.DataType, held: Sequence[Any]) -> Cells:
    if dtype == MIXED:
        rows = [None if value is None else {FIELDS[type(value)]: value} for value in held]
        return Cells(column, pl.Series(rows, dtype=MIXED), held)
    values = [meant(column, value) for value in held] if dtype == pl.Float64 else held
    return Cells(column, pl.Series(held, dtype=dtype), values)


def meant(column: Column, number: float | None) -> Value:
    """Return what a Float64 stands for: SQLite keeps a whole real in FLOAT columns only."""
    if number is None or column.kind is ColumnKind.FLOAT or not number.is_integer():
        return number
    return int(number)


def is_promised(number: float) -> bool:
    """Tell whether a Float64 of a column that is not FLOAT may hold the number."""
    return not number.is_integer() or abs(number) < 2**53


def values_of(dtype: pl.DataType, kind: ColumnKind) -> st.SearchStrategy[Any]:
    by_type: dict[pl.DataType, st.SearchStrategy[Any]] = {
        pl.Int64(): INTEGERS,
        pl.Float64(): REALS if kind is ColumnKind.FLOAT else REALS.filter(is_promised),
        pl.String(): TEXTS,
        pl.Binary(): st.binary(max_size=20),
        pl.Null(): st.none(),
        MIXED: INTEGERS | REALS | TEXTS | st.binary(max_size=20),
    }
    return st.none() | by_type[dtype]


@st.composite
def some_cells(draw: st.DrawFn, rows: int) -> Cells:
    column = column_of(draw(st.sampled_from(ColumnKind)), "", draw(st.sampled_from(DECIMALS)))
    column = replace(column, base_type=draw(st.sampled_from(["", "numeric"])))
    dtype = draw(st.sampled_from(DTYPES))
    held = draw(st.lists(values_of(dtype, column.kind), min_size=rows, max_size=rows))
    return cells_of(column, dtype, held)


def tables(rows: st.SearchStrategy[int]) -> st.SearchStrategy[list[Cells]]:
    return rows.flatmap(lambda count: st.lists(some_cells(count), min_size=1, max_size=4))


@dataclass(frozen=True)
class Way:
    """How text is written; what does not fit the encoding gives no bytes at all, or question marks."""

    options: DelimitedOptions = DEFAULT_OPTIONS
    is_replacing: bool = False


PLAINLY = Way()
WAYS = st.builds(Way, any_options(), st.booleans())


def by_column(
    table: Sequence[Cells], begin: int = 0, end: int | None = None, way: Way = PLAINLY
) -> bytes | None:
    frame = pl.DataFrame([cells.series.alias(str(number)) for number, cells in enumerate(table)])
    columns = [cells.column for cells in table]
    encoder = ColumnarEncoder(columns, way.options, is_replacing=way.is_replacing)
    try:
        return encoder.encode(frame[begin:end])
    except UnicodeEncodeError:
        return None


def by_row(
    table: Sequence[Cells], begin: int = 0, end: int | None = None, way: Way = PLAINLY
) -> bytes | None:
    values = [cells.values[begin:end] for cells in table]
    columns = [cells.column for cells in table]
    encoder = DelimitedEncoder(columns, way.options, is_replacing=way.is_replacing)
    try:
        return encoder.encode(Chunk(values, len(values[0]), (0,)))
    except UnicodeEncodeError:
        return None


@settings(max_examples=examples(300))
@given(tables(st.integers(0, 8)))
def test_a_frame_gives_the_bytes_of_its_rows(table: list[Cells]) -> None:
    assert by_column(table) == by_row(table)


@settings(max_examples=examples(150))
@given(tables(st.integers(1, 4)))
def test_a_cell_alone_gives_the_bytes_of_its_value(table: list[Cells]) -> None:
    for cells in table:
        for row in range(len(cells.values)):
            assert by_column([cells], row, row + 1) == by_row([cells], row, row + 1)


@settings(max_examples=examples(500))
@given(tables(st.integers(0, 8)), WAYS)
def test_a_frame_gives_the_bytes_of_its_rows_with_any_options(table: list[Cells], way: Way) -> None:
    assert by_column(table, way=way) == by_row(table, way=way)


@settings(max_examples=examples(200))
@given(table=tables(st.integers(0, 8)), way=WAYS, data=st.data())
def test_bytes_do_not_depend_on_where_frames_begin(table: list[Cells], way: Way, data: st.DataObject) -> None:
    border = data.draw(st.integers(0, len(table[0].values)))
    parts = [by_column(table, 0, border, way), by_column(table, border, way=way)]
    whole = by_column(table, way=way)
    assert whole == (None if None in parts else b"".join(filter(None, parts)))


@pytest.mark.parametrize("delimiter", [chr(code) for code in range(1, 128) if chr(code) not in '"\r\n'])
def test_every_delimiter_stands_between_the_same_cells(delimiter: str) -> None:
    texts = [None, "", *(chr(code) for code in range(128)), f"a{delimiter}b", "=1"]
    numbers = [0.5, -1e-7, 1e16, math.inf, math.nan, *(float(number) for number in range(len(texts) - 5))]
    table = [
        cells_of(PLAIN, pl.String(), texts),
        cells_of(column_of(ColumnKind.FLOAT), pl.Float64(), numbers),
        cells_of(PLAIN, pl.Int64(), range(len(texts))),
        cells_of(PLAIN, pl.Binary(), [bytes([number]) for number in range(len(texts))]),
    ]
    for options in (
        DelimitedOptions(delimiter),
        DelimitedOptions(delimiter, null_text="~" if delimiter != "~" else "|"),
        DelimitedOptions(delimiter, Quoting.ALL, decimal_mark=",", has_formula_guard=True),
    ):
        assert by_column(table, way=Way(options)) == by_row(table, way=Way(options))


@pytest.mark.parametrize("has_header", [True, False])
def test_a_frame_has_the_header_of_its_rows_and_nothing_after_them(has_header: bool) -> None:
    options = DelimitedOptions(";", has_header=has_header, has_bom=True)
    encoder: FileEncoder = ColumnarEncoder([PLAIN], options, ["a;b"])
    assert encoder.header() == DelimitedEncoder([PLAIN], options, ["a;b"]).header()
    assert encoder.encode(pl.DataFrame({"c": [1]}), 7) == b"1\n"
    assert list(encoder.trailer(EmptyFile(), 8)) == []


class EmptyFile:
    size = 0

    def read(self, offset: int, length: int) -> bytes:
        return b""


@pytest.mark.parametrize(
    "step",
    [text_cells.guarded, text_cells.with_comma_in_numbers, text_cells.quoted_where_needed(DEFAULT_OPTIONS)],
)
def test_a_step_leaves_its_texts_as_they_were(step: text_cells.Step) -> None:
    texts = pl.Series(["=1", "a,b", "1.5", None])
    assert step(texts).to_list() != texts.to_list()
    assert texts.to_list() == ["=1", "a,b", "1.5", None]


@pytest.mark.parametrize("decimals", DECIMALS)
@pytest.mark.parametrize("kind", [ColumnKind.FLOAT, ColumnKind.DECIMAL])
def test_numbers_near_every_border_are_spelled_alike(kind: ColumnKind, decimals: int | None) -> None:
    column = column_of(kind, "", decimals)
    numbers = [number for number in NEAR_BORDERS if kind is ColumnKind.FLOAT or is_promised(number)]
    for cells in (cells_of(column, pl.Float64(), numbers), cells_of(column, MIXED, numbers)):
        for way in (PLAINLY, Way(DelimitedOptions(decimal_mark=","))):
            assert lines_of(by_column([cells], way=way)) == lines_of(by_row([cells], way=way))


@settings(max_examples=examples(100))
@given(decimals=st.integers(0, 22), data=st.data())
def test_a_decimal_and_its_neighbours_are_told_apart(decimals: int, data: st.DataObject) -> None:
    units = data.draw(st.lists(st.integers(0, 2**53).map(lambda units: units >> units % 50), min_size=20))
    numbers = [unit / 10**decimals for unit in units]
    neighbours = [math.nextafter(number, math.inf) for number in numbers]
    halves = [(unit + 0.5) / 10**decimals for unit in units]
    cells = cells_of(column_of(ColumnKind.FLOAT, "", decimals), pl.Float64(), numbers + neighbours + halves)
    assert lines_of(by_column([cells])) == lines_of(by_row([cells]))


def lines_of(text: bytes | None) -> list[bytes]:
    assert text is not None
    return text.split()


@pytest.mark.parametrize(
    ("kind", "number", "cell"),
    [
        (ColumnKind.FLOAT, 5.0, b"5.0"),
        (ColumnKind.ANY, 5.0, b"5"),
        (ColumnKind.FLOAT, -0.0, b"-0.0"),
        (ColumnKind.ANY, -0.0, b"0"),
        (ColumnKind.FLOAT, 1e16, b"1e+16"),
        (ColumnKind.ANY, 1e17, b"1e+17"),
        (ColumnKind.FLOAT, 1e-5, b"1e-05"),
        (ColumnKind.INTEGER, 0.0001, b"0.0001"),
        (ColumnKind.INTEGER, math.nan, b"nan"),
        (ColumnKind.INTEGER, -math.inf, b"-inf"),
    ],
)
def test_a_number_is_spelled_by_its_columns_kind(kind: ColumnKind, number: float, cell: bytes) -> None:
    column = column_of(kind)
    assert by_column([cells_of(column, pl.Float64(), [number])]) == cell + b"\n"
    assert by_column([cells_of(column, pl.Float64(), [number, 0.5, None])]) == cell + b"\n0.5\n\n"


def test_an_integer_among_other_types_keeps_every_digit() -> None:
    cells = cells_of(PLAIN, MIXED, [HIGHEST, 5.0, "", b"", None, 2**53 + 1, "a,b"])
    assert by_column([cells]) == b'9223372036854775807\n5.0\n""\n""\n\n9007199254740993\n"a,b"\n'


def test_null_and_empty_stay_apart_in_a_single_column() -> None:
    assert by_column([cells_of(PLAIN, pl.String(), [None, "", "x", None])]) == b'\n""\nx\n\n'
    assert by_column([cells_of(PLAIN, pl.Binary(), [None, b"", b"\xff"])]) == b'\n""\nff\n'
    assert by_column([cells_of(PLAIN, pl.Null(), [None, None])]) == b"\n\n"


@pytest.mark.parametrize("character", SPECIAL + "'\\-#=+@\x00\x0b\x0c\x1c\x7f\xa0\u2029")
@pytest.mark.parametrize("dtype", [pl.String(), MIXED], ids=["text", "mixed"])
def test_every_odd_character_is_quoted_alike_wherever_it_stands(character: str, dtype: pl.DataType) -> None:
    texts = [character, character * 2, "a" + character, character + "a", "a" * 20 + character + "b"]
    table = [cells_of(PLAIN, dtype, texts)]
    assert by_column(table) == by_row(table)


@pytest.mark.parametrize("dtype", DTYPES)
def test_no_rows_give_no_bytes(dtype: pl.DataType) -> None:
    assert by_column([cells_of(PLAIN, dtype, [])] * 3) == b""


def test_two_thousand_columns_keep_their_order() -> None:
    row: list[Value] = ["", 1, 2.5, None]
    table = [cells_of(PLAIN, MIXED, [value, None, value]) for value in row * 500]
    assert by_column(table) == by_row(table)


def test_many_rows_and_long_cells_keep_their_order() -> None:
    long = cells_of(PLAIN, pl.String(), ["x" * 2**20 + '"', None, "é" * 2**20])
    numbers = list(range(150_000))
    assert by_column([long]) == by_row([long])
    many = [cells_of(PLAIN, pl.Int64(), numbers), cells_of(PLAIN, pl.String(), list(map(str, numbers)))]
    assert by_column(many) == by_row(many)


def test_series_in_chunks_of_their_own_stay_beside_each_other() -> None:
    numbers = pl.concat([pl.Series([1, 2]), pl.Series([3])], rechunk=False)
    reals = pl.concat([pl.Series([1e-7]), pl.Series([0.5, None])], rechunk=False)
    frame = pl.DataFrame([numbers.alias("a"), reals.alias("b")])
    encoder = ColumnarEncoder([PLAIN, column_of(ColumnKind.FLOAT)])
    assert encoder.encode(frame) == b"1,1e-07\n2,0.5\n3,\n"


def test_a_series_of_another_type_is_refused() -> None:
    with pytest.raises(TypeError, match="Boolean"):
        ColumnarEncoder([PLAIN]).encode(pl.DataFrame({"a": [True]}))


def test_a_frame_of_another_width_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        ColumnarEncoder([PLAIN, PLAIN]).encode(pl.DataFrame({"a": [1]}))

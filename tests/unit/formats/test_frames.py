"""Frames made of chunks say what the chunks say."""

import math
from collections.abc import Sequence

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dataflow_desktop.domain.chunk import Chunk
from dataflow_desktop.domain.row_query import Value
from dataflow_desktop.domain.schema import Column, ColumnKind
from dataflow_desktop.formats.delimited import DelimitedEncoder
from dataflow_desktop.formats.delimited_columns import ColumnarEncoder
from dataflow_desktop.formats.frames import frame_of
from tests.campaign import examples
from tests.unit.databases import column_of

MIXED = pl.Struct({"integer": pl.Int64, "real": pl.Float64, "text": pl.String, "bytes": pl.Binary})
LOWEST, HIGHEST = -(2**63), 2**63 - 1
BORDERS = [0, 1, LOWEST, LOWEST - 1, HIGHEST, HIGHEST + 1, 2**64 - 1, 2**64, -(2**127) - 1, 2**128, 10**40]
BY_TYPE: list[st.SearchStrategy[Value]] = [
    st.none(),
    st.integers() | st.sampled_from(BORDERS),
    st.floats() | st.sampled_from([0.0, -0.0, 5.0, 1e15, 2.0**53, 1e16, math.inf, math.nan]),
    st.text(st.sampled_from('",\r\n\0é😀\u2028') | st.characters(exclude_categories=["Cs"])),
    st.binary(max_size=20),
]
COLUMNS = st.builds(
    column_of, st.sampled_from(ColumnKind), st.just(""), st.sampled_from([None, 0, 2, 20, 30])
)


def series_of(
    values: Sequence[Value], kind: ColumnKind = ColumnKind.ANY, decimals: int | None = None
) -> pl.Series:
    return frame_of(Chunk([values], len(values), (0,)), [column_of(kind, "", decimals)]).to_series()


def columns_of_values(rows: int) -> st.SearchStrategy[list[Value]]:
    """Return columns of one type, with NULL or without, and of mixtures."""
    types = st.lists(st.sampled_from(BY_TYPE), min_size=1, max_size=3)
    return types.flatmap(lambda some: st.lists(st.one_of(some), min_size=rows, max_size=rows))


TABLES = st.integers(1, 6).flatmap(
    lambda rows: st.lists(st.tuples(COLUMNS, columns_of_values(rows)), min_size=1, max_size=4)
)


@settings(max_examples=examples(300))
@given(TABLES)
def test_a_frame_is_encoded_as_its_chunk(table: list[tuple[Column, list[Value]]]) -> None:
    columns = [column for column, _ in table]
    chunk = Chunk([values for _, values in table], len(table[0][1]), (0,))
    frame = frame_of(chunk, columns)
    assert frame.height == chunk.rows
    assert ColumnarEncoder(columns).encode(frame) == DelimitedEncoder(columns).encode(chunk)


@pytest.mark.parametrize(
    ("kind", "values", "dtype"),
    [
        (ColumnKind.ANY, [1, None, LOWEST, HIGHEST], pl.Int64()),
        (ColumnKind.FLOAT, [1, 2], pl.Int64()),
        (ColumnKind.FLOAT, [1.0, None, math.nan, -0.0], pl.Float64()),
        (ColumnKind.BYTES, ["", None, "x"], pl.String()),
        (ColumnKind.TEXT, [b"", None, b"\xff"], pl.Binary()),
        (ColumnKind.INTEGER, [None, None], pl.String()),
    ],
)
def test_values_of_one_type_are_held_as_they_are(
    kind: ColumnKind, values: list[Value], dtype: pl.DataType
) -> None:
    series = series_of(values, kind)
    assert series.dtype == dtype
    assert list(map(repr, series.to_list())) == list(map(repr, values))


@pytest.mark.parametrize("kind", [kind for kind in ColumnKind if kind is not ColumnKind.FLOAT])
def test_a_whole_real_outside_of_float_columns_stays_a_real(kind: ColumnKind) -> None:
    series = series_of([5.0, None], kind)
    assert series.dtype == MIXED
    assert series.struct.field("real").to_list() == [5.0, None]
    assert series.struct.field("integer").to_list() == [None, None]


def test_every_value_of_a_mixture_has_the_field_of_its_type() -> None:
    series = series_of([1, 2.0, "x", b"y", None], ColumnKind.FLOAT)
    assert series.dtype == MIXED
    fields = [series.struct.field(name).to_list() for name in ("integer", "real", "text", "bytes")]
    assert fields == [
        [1, None, None, None, None],
        [None, 2.0, None, None, None],
        [None, None, "x", None, None],
        [None, None, None, b"y", None],
    ]


@pytest.mark.parametrize("wide", [HIGHEST + 1, LOWEST - 1, 2**64, 2**127, -(2**200)])
def test_an_integer_of_more_than_64_bits_becomes_its_digits(wide: int) -> None:
    series = series_of([LOWEST, HIGHEST, None, wide])
    assert series.struct.field("integer").to_list() == [LOWEST, HIGHEST, None, None]
    assert series.struct.field("text").to_list() == [None, None, None, str(wide)]
    assert series_of([wide, 2.5, 3]).struct.field("text").to_list() == [str(wide), None, None]
    assert series_of([wide, None]).to_list() == [str(wide), None]


def test_a_wide_integer_has_the_decimals_of_its_column() -> None:
    assert series_of([2**64], ColumnKind.DECIMAL, 2).to_list() == [f"{2**64}.00"]
    assert series_of([2**64], ColumnKind.DECIMAL, 0).to_list() == [str(2**64)]


@pytest.mark.parametrize("values", [[True], [1, True], ["x", True, 1.5]])
def test_a_value_of_another_type_is_refused(values: list[Value]) -> None:
    with pytest.raises(TypeError, match="bool"):
        series_of(values)


def test_a_chunk_of_another_width_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        frame_of(Chunk([[1], [2]], 1, (0,)), [column_of(ColumnKind.ANY)])

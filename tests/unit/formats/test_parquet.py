"""Independent readers find in the file what the frames held, and the bytes depend on rows alone."""

import io
import math
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]  # it has no types to tell
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dataflow_desktop.domain.file_options import Compression
from dataflow_desktop.domain.schema import ColumnKind
from dataflow_desktop.formats.encoding import MisfitError
from tests.campaign import examples
from tests.unit.formats.parquet_files import (
    BINARY,
    BOOL,
    DATE,
    DOUBLE,
    INT64,
    TIMESTAMP,
    TIMESTAMP_UTC,
    UTF8,
    Bytes,
    Plan,
    body_of,
    by_duckdb,
    by_pyarrow,
    decimal,
    encoder_of,
    frame_of,
    mixed,
    opened,
    whole_file,
)

KIND = ColumnKind
AT = datetime.fromisoformat

PLANS = [
    Plan("id", KIND.INTEGER, INT64),
    Plan("real", KIND.FLOAT, DOUBLE),
    Plan("price", KIND.DECIMAL, decimal(18, 2)),
    Plan("wide", KIND.DECIMAL, decimal(38, 4)),
    Plan("text", KIND.TEXT, UTF8),
    Plan("bytes", KIND.BYTES, BINARY),
    Plan("flag", KIND.BOOLEAN, BOOL),
    Plan("day", KIND.DATE, DATE),
    Plan("at", KIND.TIMESTAMP, TIMESTAMP),
    Plan("utc", KIND.TIMESTAMP, TIMESTAMP_UTC),
]
HELD: list[tuple[Any, ...]] = [
    (-(2**63), math.inf, 19.9, "9" * 34 + ".9999", "", b"", "true", "0001-01-01", "0001-01-01T00:00:00",
     "0001-01-01T00:00:00Z"),
    (2**63 - 1, -0.0, -0.01, "-" + "9" * 34 + ".9999", "nul\0, 😀 'q' \"", b"\0\xff", "false", "9999-12-31",
     "9999-12-31 23:59:59.999999", "9999-12-31T23:59:59.999999+00:00"),
    (None,) * 10,
    (0, 5e-324, 0.0, "0.0000", "Ünïcødé\n", b"PAR1", "true", "2024-02-29", "1969-12-31 23:59:59.000001",
     "2024-02-29T12:00:00.5Z"),
]  # fmt: skip
READ: list[tuple[Any, ...]] = [
    (-(2**63), math.inf, Decimal("19.90"), Decimal("9" * 34 + ".9999"), "", b"", True, date(1, 1, 1),
     AT("0001-01-01"), AT("0001-01-01T00:00:00+00:00")),
    (2**63 - 1, -0.0, Decimal("-0.01"), Decimal("-" + "9" * 34 + ".9999"), "nul\0, 😀 'q' \"", b"\0\xff",
     False, date(9999, 12, 31), AT("9999-12-31T23:59:59.999999"), AT("9999-12-31T23:59:59.999999+00:00")),
    (None,) * 10,
    (0, 5e-324, Decimal("0.00"), Decimal("0.0000"), "Ünïcødé\n", b"PAR1", True, date(2024, 2, 29),
     AT("1969-12-31T23:59:59.000001"), AT("2024-02-29T12:00:00.500000+00:00")),
]  # fmt: skip
DTYPES = [pl.Int64, pl.Float64, pl.Float64, pl.String, pl.String, pl.Binary, *[pl.String] * 4]


def frame_holding(rows: Sequence[tuple[Any, ...]]) -> pl.DataFrame:
    columns = zip(*rows, strict=True) if rows else [()] * len(DTYPES)
    return frame_of(*(pl.Series(values, dtype=dtype) for values, dtype in zip(columns, DTYPES, strict=True)))


def groups_in(data: bytes) -> list[Any]:
    metadata = opened(data).metadata
    return [metadata.row_group(number) for number in range(metadata.num_row_groups)]


def in_utc(value: object) -> object:
    return value.astimezone(UTC) if isinstance(value, datetime) and value.tzinfo else value


@pytest.mark.parametrize("compression", Compression)
@pytest.mark.parametrize("rows_of_group", [1, 2, 4])
def test_two_readers_find_every_value(tmp_path: Path, compression: Compression, rows_of_group: int) -> None:
    frame = frame_holding(HELD)
    data = whole_file(encoder_of(PLANS, compression), list(frame.iter_slices(rows_of_group)))
    assert by_pyarrow(data) == READ
    assert [tuple(map(in_utc, row)) for row in by_duckdb(data, tmp_path)] == READ
    assert math.copysign(1, by_pyarrow(data)[1][1]) == -1
    assert len(groups_in(data)) == 4 // rows_of_group
    codec = {"none": "UNCOMPRESSED", "gzip": "GZIP", "zstd": "ZSTD"}[compression]
    assert {group.column(0).compression for group in groups_in(data)} == {codec}


def test_a_nan_is_read_and_found(tmp_path: Path) -> None:
    plans = [Plan("f", KIND.FLOAT, DOUBLE)]
    frames = [frame_of(pl.Series([1.0, math.nan, None])), frame_of(pl.Series([2.0, 3.0, None]))]
    data = whole_file(encoder_of(plans), frames)
    assert math.isnan(by_pyarrow(data)[1][0])
    assert len(by_duckdb(data, tmp_path, "isnan(f)")) == 1
    # DuckDB's NaN is above every number; by the highest value alone it would leave the row group out.
    assert len(by_duckdb(data, tmp_path, "f > 2.5")) == 2
    with_nan, without = (group.column(0).statistics for group in groups_in(data))
    assert (with_nan.has_min_max, with_nan.null_count) == (False, 1)
    assert (without.min, without.max, without.null_count) == (2.0, 3.0, 1)


def test_no_rows_are_a_file_with_every_column(tmp_path: Path) -> None:
    for frames in ([], [frame_holding([])]):
        data = whole_file(encoder_of(PLANS), frames)
        assert by_pyarrow(data) == []
        assert by_duckdb(data, tmp_path) == []
        schema = opened(data).schema_arrow
        assert schema.names == [plan.name for plan in PLANS]
        assert schema.field("price").type == pa.decimal128(18, 2)
        assert schema.field("utc").type == pa.timestamp("us", "UTC")
        assert opened(data).metadata.num_row_groups == 0


def test_no_rows_among_row_groups_leave_no_trace() -> None:
    encoder, frame = encoder_of(PLANS), frame_holding(HELD)
    assert encoder.encode(frame_holding([]), 7) == b""
    assert whole_file(encoder, [frame_holding([]), frame, frame_holding([])]) == whole_file(encoder, [frame])


def test_many_row_groups_are_all_found_and_their_statistics_right(tmp_path: Path) -> None:
    plans = [PLANS[0], PLANS[4], PLANS[2]]
    names = [f"{'long ' * 40}{number:06}" for number in range(3_000)]
    frame = frame_of(
        pl.int_range(3_000, eager=True), pl.Series(names), pl.Series([n / 100 for n in range(3_000)])
    )
    data = whole_file(encoder_of(plans), list(frame.iter_slices(10)))
    groups = groups_in(data)
    assert len(groups) == 300
    for number, group in enumerate(groups):
        ids, texts, prices = (group.column(place).statistics for place in range(3))
        assert (ids.min, ids.max) == (number * 10, number * 10 + 9)
        assert texts.min <= names[number * 10] <= names[number * 10 + 9] <= texts.max
        assert (prices.min, prices.max) == (Decimal(number) / 10, Decimal(number * 10 + 9) / 100)
    assert by_duckdb(data, tmp_path, "id BETWEEN 1234 AND 1236") == [
        (number, names[number], Decimal(number) / 100) for number in (1234, 1235, 1236)
    ]
    assert by_duckdb(data, tmp_path, f"text = '{names[2999]}'") == [(2999, names[2999], Decimal("29.99"))]
    assert by_duckdb(data, tmp_path, "price = 29.98") == [(2998, names[2998], Decimal("29.98"))]
    assert opened(data).metadata.num_rows == 3_000


def test_every_type_has_its_lowest_and_highest_value() -> None:
    (group,) = groups_in(whole_file(encoder_of(PLANS), [frame_holding(HELD)]))
    for place, plan in enumerate(PLANS):
        values = [row[place] for row in READ if row[place] is not None]
        statistics = group.column(place).statistics
        assert statistics.null_count == 1
        assert (statistics.min, statistics.max) == (min(values), max(values)), plan.name


@pytest.mark.parametrize(
    ("where", "rows"),
    [
        ("wide < 0", 1),
        ("wide > 9", 1),
        ("price = -0.01", 1),
        ("real = 0", 1),
        ("flag", 2),
        ("day = '2024-02-29'", 1),
        ("\"at\" < '0001-01-02'", 1),
        ("utc >= '9999-12-31'", 1),
        ("bytes = 'PAR1'::blob", 1),
        ("text IS NULL", 1),
    ],
)
def test_conditions_find_their_rows_in_every_row_group(tmp_path: Path, where: str, rows: int) -> None:
    data = whole_file(encoder_of(PLANS), list(frame_holding(HELD).iter_slices(1)))
    assert len(by_duckdb(data, tmp_path, where)) == rows


@pytest.mark.parametrize("text", ["\U0010ffff" * 100, "\x7f" * 100, "é" * 100, "a" * 63 + "😀" * 3])
def test_a_long_text_is_within_its_statistics(tmp_path: Path, text: str) -> None:
    plans = [Plan("t", KIND.TEXT, UTF8), Plan("b", KIND.BYTES, BINARY)]
    frame = frame_of(pl.Series([text]), pl.Series([b"\xff" * 200]))
    data = whole_file(encoder_of(plans), [frame])
    assert by_duckdb(data, tmp_path, f"t = '{text}'") == [(text, b"\xff" * 200)]
    statistics = groups_in(data)[0].column(0).statistics
    assert not statistics.has_min_max or statistics.min <= text <= statistics.max
    statistics = groups_in(data)[0].column(1).statistics
    assert not statistics.has_min_max or statistics.min <= b"\xff" * 200 <= statistics.max


def test_long_values_are_not_repeated_in_the_footer() -> None:
    plans = [Plan("t", KIND.TEXT, UTF8), Plan("b", KIND.BYTES, BINARY)]
    frame = frame_of(pl.Series(["x" * 1_000_000]), pl.Series([b"\x01" * 1_000_000]))
    assert opened(whole_file(encoder_of(plans), [frame])).metadata.serialized_size < 2_000


@pytest.mark.parametrize("name", ["", " ", "a.b", "nul\0", "😀", '"', "x" * 1_000, "schema"])
def test_a_column_may_have_any_name(name: str) -> None:
    plans = [Plan(name, KIND.INTEGER, INT64), Plan("other", KIND.INTEGER, INT64)]
    data = whole_file(encoder_of(plans), [frame_of(pl.Series([1]), pl.Series([2]))])
    assert opened(data).schema_arrow.names == [name, "other"]
    assert by_pyarrow(data) == [(1, 2)]


def test_wide_tables_keep_their_order() -> None:
    plans = [Plan(f"c{number}", KIND.INTEGER, INT64) for number in range(1_000)]
    data = whole_file(encoder_of(plans), [frame_of(*(pl.Series([number]) for number in range(1_000)))] * 2)
    assert by_pyarrow(data) == [tuple(range(1_000))] * 2


def test_misfits_are_named_all_at_once() -> None:
    frame = frame_holding(HELD).with_columns(pl.lit("x").alias("0"), pl.lit(0.001).alias("2"))
    with pytest.raises(MisfitError) as caught:
        encoder_of(PLANS).encode(frame, 0)
    assert caught.value.columns == {"id", "price"}


def test_a_demoted_column_is_text_beside_the_others() -> None:
    plans = [PLANS[0], replace(PLANS[2], planned=UTF8)]
    frame = frame_of(pl.Series([1, 2]), mixed(["free", 5.5]))
    assert by_pyarrow(whole_file(encoder_of(plans), [frame])) == [(1, "free"), (2, "5.5")]


def test_the_writer_is_named_without_version_or_machine() -> None:
    metadata = opened(whole_file(encoder_of(PLANS), [])).metadata
    assert metadata.created_by == "dataflow-desktop version 1 (build 1)"


def test_threads_may_share_an_encoder() -> None:
    encoder, frame = encoder_of(PLANS), frame_holding(HELD * 500)
    expected, found = encoder.encode(frame, 0), list[bytes]()
    threads = [threading.Thread(target=lambda: found.append(encoder.encode(frame, 0))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 4


# How the same rows may lie in memory.


def arrow_rounds(frame: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Yield the frame as drivers would bring it: other string types, bitmaps with every bit set, offsets."""
    table = frame.to_arrow()
    yield pl.DataFrame(table)
    small = {pa.large_string(): pa.string(), pa.string_view(): pa.string(), pa.large_binary(): pa.binary()}
    schema = pa.schema([(field.name, small.get(field.type, field.type)) for field in table.schema])
    yield pl.DataFrame(table.cast(schema))
    padded = pa.concat_tables([table.slice(0, 1), table, table.slice(0, 1)])
    yield pl.DataFrame(padded.combine_chunks().slice(1, table.num_rows))
    with_nulls = pl.concat([frame, frame.clear(3)])
    yield with_nulls[: frame.height]


def cut_at(frame: pl.DataFrame, cuts: Sequence[int]) -> pl.DataFrame:
    edges = sorted({0, frame.height, *cuts})
    pieces = [frame[begin:end] for begin, end in pairwise(edges)]
    return pl.concat([piece.clone() for piece in pieces] or [frame], rechunk=False)


def copied(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame made anew of Python's values."""
    return pl.DataFrame(
        [pl.Series(series.name, series.to_list(), dtype=series.dtype) for series in frame.iter_columns()]
    )


def as_mixed(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame as of columns that hold values of several types."""
    return frame_of(*(mixed(series.to_list()) for series in frame.iter_columns()))


ROWS = st.tuples(
    st.none() | st.integers(-(2**63), 2**63 - 1),
    st.none() | st.floats(),
    st.none() | st.integers(-(10**9), 10**9).map(lambda units: units / 100),
    st.none() | st.integers(-(10**30), 10**30).map(str),
    st.none() | st.text(st.characters(exclude_categories=["Cs"])),
    st.none() | st.binary(),
    st.sampled_from([None, "true", "false"]),
    st.none() | st.dates().map(date.isoformat),
    st.none() | st.datetimes().map(datetime.isoformat),
    st.none() | st.datetimes().map(lambda found: found.isoformat() + "Z"),
)


@settings(max_examples=examples(100))
@given(st.lists(ROWS, min_size=1, max_size=12), st.lists(st.integers(0, 12)), st.integers(1, 20), st.data())
def test_the_same_rows_give_the_same_bytes(
    rows: list[tuple[Any, ...]], cuts: list[int], times: int, data: st.DataObject
) -> None:
    frame = frame_holding(rows * times)
    begin = data.draw(st.integers(0, frame.height - 1))
    end = data.draw(st.integers(begin + 1, frame.height))
    encoder, wanted = encoder_of(PLANS), frame_holding((rows * times)[begin:end])
    expected = encoder.encode(wanted, 0)
    assert encoder.encode(frame[begin:end], begin) == expected
    assert encoder.encode(cut_at(frame, [begin, end, *cuts])[begin:end], begin) == expected
    assert encoder.encode(cut_at(wanted, cuts), 0) == expected
    assert encoder.encode(copied(wanted), 0) == expected
    assert encoder.encode(as_mixed(wanted), 0) == expected
    for brought in arrow_rounds(wanted):
        assert encoder.encode(brought, 0) == expected


def large_frame(rows: int) -> pl.DataFrame:
    numbers = pl.int_range(rows, eager=True)
    return frame_of(
        numbers,
        numbers.cast(pl.Float64) / 7,
        pl.Series([number / 100 for number in range(rows)]),
        numbers.cast(pl.String),
        "a rather long text that lies in a buffer " + numbers.cast(pl.String),
        (numbers // 100).cast(pl.String).cast(pl.Binary),
        (numbers % 2 == 0).cast(pl.String),
        pl.Series(["2024-02-29"]).new_from_index(0, rows),
        (numbers * 1_000_000).cast(pl.Datetime("us")).dt.to_string("%Y-%m-%dT%H:%M:%S"),
        pl.Series(["2024-02-29T00:00:00Z"]).new_from_index(0, rows),
    )


def test_a_large_row_group_is_one_and_the_same_however_it_was_read() -> None:
    frame = large_frame(2 * 131_072 + 99)
    wanted = frame[99 : 99 + 131_072]
    encoder = encoder_of(PLANS)
    expected = encoder.encode(copied(wanted), 0)
    assert encoder.encode(wanted, 99) == expected
    assert encoder.encode(cut_at(wanted, [1, 10_000, 20_000, 130_000]), 99) == expected
    assert encoder.encode(wanted.sort("0"), 99) == expected
    for brought in arrow_rounds(wanted):
        assert encoder.encode(brought, 99) == expected


@pytest.mark.parametrize("threads", ["1", "5"])
def test_the_bytes_are_the_same_with_any_number_of_threads(threads: str) -> None:
    script = (
        "import sys; from tests.unit.formats.test_parquet import PLANS, encoder_of, large_frame\n"
        "sys.stdout.buffer.write(encoder_of(PLANS).encode(large_frame(50_000), 0))"
    )
    environment = os.environ | {"POLARS_MAX_THREADS": threads, "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, check=True)
    assert process.stdout == encoder_of(PLANS).encode(large_frame(50_000), 0)


def test_a_row_group_beyond_the_default_of_the_writer_is_one() -> None:
    frame = large_frame(600_000)
    data = whole_file(encoder_of(PLANS), [frame])
    assert len(groups_in(data)) == 1
    assert pl.read_parquet(io.BytesIO(data))["id"].equals(frame["0"])


def test_few_bytes_are_not_pages_or_footer() -> None:
    encoder = encoder_of(PLANS)
    frame = large_frame(1_000)
    body = body_of(encoder, [frame] * 3)
    data = body + b"".join(encoder.trailer(Bytes(body), 3_000))
    pages = sum(
        group.column(place).total_compressed_size for group in groups_in(data) for place in range(len(PLANS))
    )
    assert len(body) - pages < 3 * 120 * len(PLANS)

"""A value becomes the planned type exactly or not at all, whatever series brings it."""

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dataflow_desktop.domain.schema import Column, ColumnKind
from dataflow_desktop.formats.delimited import _scaled
from dataflow_desktop.formats.parquet_cells import typed_cells
from dataflow_desktop.formats.parquet_types import ParquetKind, ParquetType
from tests.campaign import examples
from tests.unit.databases import column_of
from tests.unit.formats.parquet_files import (
    BINARY,
    BOOL,
    DATE,
    DOUBLE,
    INT64,
    TIMESTAMP,
    TIMESTAMP_UTC,
    UTF8,
    decimal,
    mixed,
)

KIND = ColumnKind
PRICE = decimal(18, 2)
AT = datetime.fromisoformat
LOWEST, HIGHEST = -(2**63), 2**63 - 1
DTYPES: dict[type, Any] = {int: pl.Int64, float: pl.Float64, str: pl.String, bytes: pl.Binary}

# What each type takes: the kind of column, the value, and what it becomes.
FITTING: list[tuple[ParquetType, ColumnKind, Any, Any]] = [
    (INT64, KIND.INTEGER, LOWEST, LOWEST),
    (INT64, KIND.INTEGER, HIGHEST, HIGHEST),
    (INT64, KIND.INTEGER, str(HIGHEST), HIGHEST),
    (INT64, KIND.ANY, "-7", -7),
    (DOUBLE, KIND.FLOAT, 0.1, 0.1),
    (DOUBLE, KIND.FLOAT, 5.0, 5.0),
    (DOUBLE, KIND.FLOAT, math.inf, math.inf),
    (DOUBLE, KIND.FLOAT, 2**53, 2.0**53),
    (DOUBLE, KIND.FLOAT, -(2**53), -(2.0**53)),
    (DOUBLE, KIND.FLOAT, "12", 12.0),
    (DOUBLE, KIND.ANY, 0.5, 0.5),
    (PRICE, KIND.DECIMAL, 19.9, Decimal("19.90")),
    (PRICE, KIND.DECIMAL, 0.07, Decimal("0.07")),
    (PRICE, KIND.DECIMAL, -1.0, Decimal("-1.00")),
    (PRICE, KIND.DECIMAL, 10**16 - 1, Decimal("9999999999999999.00")),
    (PRICE, KIND.DECIMAL, "12.50", Decimal("12.50")),
    (PRICE, KIND.DECIMAL, "-0.5", Decimal("-0.50")),
    (PRICE, KIND.DECIMAL, "9999999999999999.99", Decimal("9999999999999999.99")),
    (decimal(38, 0), KIND.DECIMAL, "-" + "9" * 38, Decimal("-" + "9" * 38)),
    (decimal(38, 38), KIND.DECIMAL, "0." + "1" * 38, Decimal("0." + "1" * 38)),
    (decimal(38, 30), KIND.DECIMAL, 0.5, Decimal("0.5")),
    (BOOL, KIND.BOOLEAN, 0, False),
    (BOOL, KIND.BOOLEAN, 1, True),
    (BOOL, KIND.BOOLEAN, "true", True),
    (BOOL, KIND.BOOLEAN, "false", False),
    (BINARY, KIND.BYTES, b"\x00\xff", b"\x00\xff"),
    (DATE, KIND.DATE, "2024-02-29", date(2024, 2, 29)),
    (DATE, KIND.DATE, "0001-01-01", date(1, 1, 1)),
    (DATE, KIND.DATE, "9999-12-31", date(9999, 12, 31)),
    (TIMESTAMP, KIND.TIMESTAMP, "2024-02-29T23:59:59", AT("2024-02-29T23:59:59")),
    (TIMESTAMP, KIND.TIMESTAMP, "0001-01-01 00:00:00", AT("0001-01-01")),
    (TIMESTAMP, KIND.TIMESTAMP, "9999-12-31 23:59:59.999999", AT("9999-12-31T23:59:59.999999")),
    (TIMESTAMP, KIND.TIMESTAMP, "1969-12-31T23:59:59.5", AT("1969-12-31T23:59:59.500000")),
    (TIMESTAMP_UTC, KIND.TIMESTAMP, "2024-01-01T00:00:00Z", AT("2024-01-01T00:00:00+00:00")),
    (TIMESTAMP_UTC, KIND.TIMESTAMP, "2024-01-01 00:00:00.1+00:00", AT("2024-01-01T00:00:00.100000+00:00")),
]  # fmt: skip

NOT_DATES = [
    "", "2024-1-01", "+2024-1-1", "2023-02-29", "2024-13-01", "2024-00-10", "0000-01-01", "2024-01-01 ",
    "2024-01-01\n", " 2024-1-01", "20240101", "2024-01-01T00:00:00", "-2024-1-1", "12024-01-01", "infinity",
    "2024-01-0٣", "2024-01-01 BC",
]  # fmt: skip
NOT_MOMENTS = [
    "", "2024-01-01", "2024-01-01T24:00:00", "2024-01-01T23:59:60", "2024-01-01T23:60:00",
    "0000-01-01T00:00:00",
    "2024-02-30T00:00:00", "2024-01-01T00:00", "2024-01-01T00:00:00.", "2024-01-01T00:00:00.1234567",
    "+2024-1-01T00:00:00", "2024-01-01t00:00:00", "2024-01-01T 0:00:00", "2024-01-01  00:00:00",
    "2024-01-01T00:00:00\n", "2024-01-01T00:00:00.5\n", "2024-01-01T00:00:00 ", "-infinity",
    "2024-01-01T00:00:00+02:00", "2024-01-01T00:00:00-00:00",
]  # fmt: skip

MISFITS: list[tuple[ParquetType, ColumnKind, Any]] = [
    *((INT64, KIND.INTEGER, v) for v in ("a", "", "007", "-0", "+1", " 1", "1.0", "9223372036854775808")),
    *((INT64, KIND.INTEGER, v) for v in (0.5, b"1", math.nan, math.inf, 2.0**53 + 2, 1e300)),
    *((DOUBLE, KIND.FLOAT, v) for v in (2**53 + 1, -(2**53) - 1, HIGHEST, "1.5", "nan", "abc", b"")),
    *((DOUBLE, KIND.ANY, v) for v in (1, "1", 5.0)),
    *((PRICE, KIND.DECIMAL, v) for v in (0.005, 1e300, math.nan, math.inf, 10**16, LOWEST, 2.0**60, b"1")),
    *((PRICE, KIND.DECIMAL, v) for v in ("1.005", "12.500", "1e3", "NaN", "", ".5", "5.", "+1", " 1")),
    *((PRICE, KIND.DECIMAL, v) for v in ("01.00", "1,5")),
    (PRICE, KIND.DECIMAL, "99999999999999999.99"),
    (decimal(38, 0), KIND.DECIMAL, "1" + "0" * 38),
    (decimal(38, 0), KIND.DECIMAL, "1.0"),
    (decimal(38, 30), KIND.DECIMAL, HIGHEST),
    *((BOOL, KIND.BOOLEAN, v) for v in (2, -1, "t", "TRUE", "", "yes", 0.5, b"\x01")),
    *((BINARY, KIND.BYTES, v) for v in ("a", "", 1, 0.5)),
    *((DATE, KIND.DATE, v) for v in (*NOT_DATES, 20240101, 0.5, b"2024-01-01")),
    *((TIMESTAMP, KIND.TIMESTAMP, v) for v in (*NOT_MOMENTS, "2024-01-01T00:00:00Z", 1_700_000_000, 0.5)),
    *((TIMESTAMP_UTC, KIND.TIMESTAMP, v + "Z") for v in NOT_MOMENTS),
    (TIMESTAMP_UTC, KIND.TIMESTAMP, "2024-01-01T00:00:00"),
    (TIMESTAMP_UTC, KIND.TIMESTAMP, "2024-01-01T00:00:00+02:00"),
]  # fmt: skip


def column_for(planned: ParquetType, kind: ColumnKind) -> Column:
    """Return a column of a server, which writes some numbers as texts."""
    decimals = planned.scale if planned.kind is ParquetKind.DECIMAL else None
    return replace(column_of(kind, "", decimals), base_type="a server's")


def typed(series: pl.Series, column: Column, planned: ParquetType) -> list[Any] | None:
    cells = typed_cells(series, column, planned)
    return None if cells is None else cells.to_list()


def is_meant_as_integer(value: object, kind: ColumnKind) -> bool:
    return isinstance(value, float) and value.is_integer() and kind is not KIND.FLOAT


@pytest.mark.parametrize(
    ("planned", "kind"), [(INT64, KIND.INTEGER), (INT64, KIND.ANY), (DOUBLE, KIND.FLOAT)]
)
def test_a_text_of_digits_is_no_number_in_sqlite(planned: ParquetType, kind: ColumnKind) -> None:
    column = column_of(kind, "")
    assert typed(pl.Series(["12"]), column, planned) is None
    assert typed(mixed([12, "12"]), column, planned) is None


@pytest.mark.parametrize(("planned", "kind", "value", "expected"), FITTING)
def test_a_value_fits(planned: ParquetType, kind: ColumnKind, value: object, expected: object) -> None:
    column = column_for(planned, kind)
    for values in ([value], [None, value, None]):
        wanted = [None if one is None else expected for one in values]
        assert typed(pl.Series(values, dtype=DTYPES[type(value)]), column, planned) == wanted
        if not is_meant_as_integer(value, kind):
            assert typed(mixed(values), column, planned) == wanted


@pytest.mark.parametrize(("planned", "kind", "value"), MISFITS)
def test_a_value_does_not_fit(planned: ParquetType, kind: ColumnKind, value: object) -> None:
    column = column_for(planned, kind)
    for values in ([value], [None, value, None]):
        assert typed(pl.Series(values, dtype=DTYPES[type(value)]), column, planned) is None
        if not is_meant_as_integer(value, kind):
            assert typed(mixed(values), column, planned) is None


def test_one_value_among_fitting_ones_does_not_fit() -> None:
    assert typed(pl.Series(["2024-01-01", "x"]), column_of(KIND.DATE), DATE) is None
    assert typed(mixed([1, 2, "x"]), column_of(KIND.INTEGER), INT64) is None


def test_a_whole_double_in_a_column_of_integers_is_an_integer() -> None:
    series = pl.Series([5.0, -0.0, -(2.0**53) + 1, None])
    assert typed(series, column_of(KIND.INTEGER), INT64) == [5, 0, -(2**53) + 1, None]
    assert typed(pl.Series([1.0, 0.0]), column_of(KIND.BOOLEAN), BOOL) == [True, False]


def test_a_real_that_is_one_is_no_integer() -> None:
    assert typed(mixed([5.0]), column_of(KIND.INTEGER), INT64) is None
    assert typed(mixed([1.0]), column_of(KIND.BOOLEAN), BOOL) is None
    assert typed(mixed([5.0, 0.5]), column_of(KIND.ANY), DOUBLE) == [5.0, 0.5]


def test_nan_and_negative_zero_stay_doubles() -> None:
    for series in (pl.Series([math.nan, -0.0]), mixed([math.nan, -0.0])):
        cells = typed(series, column_of(KIND.FLOAT), DOUBLE)
        assert cells is not None
        assert math.isnan(cells[0])
        assert math.copysign(1, cells[1]) == -1


@pytest.mark.parametrize(
    "planned", [INT64, DOUBLE, PRICE, UTF8, BINARY, BOOL, DATE, TIMESTAMP, TIMESTAMP_UTC]
)
def test_nothing_but_null_fits_every_type(planned: ParquetType) -> None:
    column = column_for(planned, KIND.FLOAT if planned is DOUBLE else KIND.ANY)
    for dtype in (*DTYPES.values(), pl.Null):
        assert typed(pl.Series([None, None], dtype=dtype), column, planned) == [None, None]
    assert typed(mixed([None, None]), column, planned) == [None, None]


def test_mixed_values_of_one_type_come_together() -> None:
    column = column_of(KIND.DECIMAL, "", 2)
    found = typed(mixed([1, 2.5, "3.25", None]), column, PRICE)
    assert found == [Decimal("1.00"), Decimal("2.50"), Decimal("3.25"), None]


@pytest.mark.parametrize(
    ("series", "kind", "decimals", "expected"),
    [
        (pl.Series(["", "a,b", 'q"', None, "x\0\n😀"]), KIND.TEXT, None, ["", "a,b", 'q"', None, "x\0\n😀"]),
        (pl.Series([LOWEST, None]), KIND.INTEGER, None, [str(LOWEST), None]),
        (pl.Series([5.0, 1e16, math.nan, -0.0]), KIND.FLOAT, None, ["5.0", "1e+16", "nan", "-0.0"]),
        (pl.Series([5.0, 0.5, 1e-5]), KIND.INTEGER, None, ["5", "0.5", "1e-05"]),
        (pl.Series([19.9, 0.005, None]), KIND.DECIMAL, 2, ["19.90", "0.005", None]),
        (pl.Series([19.9, 0.5]), KIND.DECIMAL, 2, ["19.90", "0.50"]),
        (pl.Series([7]), KIND.DECIMAL, 2, ["7.00"]),
        (pl.Series([b"\xff", b"", None]), KIND.BYTES, None, ["ff", "", None]),
        (mixed([1, 2.0, "t", b"\x01", None, ""]), KIND.ANY, None, ["1", "2.0", "t", "01", None, ""]),
    ],
)  # fmt: skip
def test_text_is_what_delimited_text_has(
    series: pl.Series, kind: ColumnKind, decimals: int | None, expected: list[str | None]
) -> None:
    assert typed(series, column_of(kind, "", decimals), UTF8) == expected


PRICES = st.builds(
    lambda units, digits: units / 10**digits, st.integers(-(10**15), 10**15), st.integers(0, 5)
)
NEIGHBOURS = PRICES.map(lambda price: math.nextafter(price, math.inf))


def scaled(number: float, scale: int) -> Decimal | None:
    """Return the decimal that format() has for the number, None where it reads back to another."""
    text = _scaled(number, scale)
    return Decimal(text) if re.fullmatch(rf"-?\d+(\.\d{{{scale}}})?", text) else None


@settings(max_examples=examples(300))
@given(st.sampled_from([0, 1, 2, 5, 17, 23]), st.lists(st.floats() | PRICES | NEIGHBOURS, min_size=1))
def test_a_decimal_is_what_format_reads_back(scale: int, numbers: Sequence[float]) -> None:
    column, planned = column_of(KIND.DECIMAL, "", scale), decimal(38, scale)
    wanted = [scaled(number, scale) for number in numbers]
    fitting = [
        (number, one)
        for number, one in zip(numbers, wanted, strict=True)
        if one is not None and abs(one) < Decimal(10) ** (38 - scale)
    ]
    assert typed(pl.Series([n for n, _ in fitting], dtype=pl.Float64), column, planned) == [
        one for _, one in fitting
    ]
    assert (typed(pl.Series(numbers, dtype=pl.Float64), column, planned) is None) == (
        len(fitting) < len(numbers)
    )


def moment(text: str) -> datetime | None:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d{1,6})?", text, re.ASCII):
        return None
    head, _, fraction = text.partition(".")
    try:
        return datetime.fromisoformat(head).replace(microsecond=int(fraction.ljust(6, "0")))
    except ValueError:
        return None


MOMENTS = st.datetimes().flatmap(
    lambda found: st.sampled_from(
        [found.isoformat(), found.isoformat(" "), found.isoformat(timespec="milliseconds"), str(found)[:19]]
    )
)
ODD = st.tuples(MOMENTS, st.integers(0, 25), st.sampled_from("0123456789 T:-+.Z\n")).map(
    lambda given: given[0][: given[1]] + given[2] + given[0][given[1] + 1 :]
)


@settings(max_examples=examples(300))
@given(st.lists(MOMENTS, max_size=5), st.none() | ODD)
def test_a_moment_is_what_python_reads(texts: list[str], odd: str | None) -> None:
    texts = texts if odd is None else [*texts, odd]
    wanted = [moment(text) for text in texts]
    found = typed(pl.Series(texts, dtype=pl.String), column_of(KIND.TIMESTAMP), TIMESTAMP)
    assert found == (None if None in wanted else wanted)


def plain_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII) else None
    except ValueError:
        return None


@given(
    st.lists(st.dates(), max_size=5), st.integers(0, 12), st.sampled_from("0123456789 -+.\n"), st.booleans()
)
def test_a_date_is_what_python_reads(days: list[date], place: int, character: str, is_odd: bool) -> None:
    texts = [day.isoformat() for day in days]
    if is_odd and texts:
        texts[-1] = texts[-1][:place] + character + texts[-1][place + 1 :]
    wanted = [plain_date(text) for text in texts]
    found = typed(pl.Series(texts, dtype=pl.String), column_of(KIND.DATE), DATE)
    assert found == (None if None in wanted else wanted)

"""Each column gets the type that its declaration and its first values speak for."""

import pytest

from dataflow_desktop.domain.row_query import Value
from dataflow_desktop.domain.schema import ColumnKind
from dataflow_desktop.formats.parquet_types import ParquetKind, ParquetType, parsed_type, planned_types
from tests.unit.databases import column_of

KIND = ColumnKind


def planned(
    kind: ColumnKind, declared: str = "", decimals: int | None = None, sample: tuple[Value, ...] = ()
) -> str:
    (found,) = planned_types([column_of(kind, declared, decimals)], {"c": sample}, frozenset())
    return str(found)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (KIND.INTEGER, "int64"),
        (KIND.FLOAT, "double"),
        (KIND.TEXT, "utf8"),
        (KIND.BYTES, "binary"),
        (KIND.BOOLEAN, "bool"),
        (KIND.DATE, "date"),
        (KIND.TIMESTAMP, "timestamp"),
        (KIND.ANY, "utf8"),
        (KIND.DECIMAL, "utf8"),
    ],
)
def test_the_declaration_decides(kind: ColumnKind, expected: str) -> None:
    assert planned(kind) == expected


@pytest.mark.parametrize(
    ("declared", "decimals", "expected"),
    [
        ("DECIMAL(10,2)", 2, "decimal(18,2)"),
        ("NUMERIC( 18 , 2 )", 2, "decimal(18,2)"),
        ("NUMERIC(19,2)", 2, "decimal(38,2)"),
        ("DECIMAL(5)", 0, "decimal(18,0)"),
        ("NUMERIC(3,20)", 20, "decimal(38,20)"),
        ("NUMERIC(40,2)", 2, "decimal(38,2)"),
        ("money", 2, "decimal(38,2)"),
        ("NUMERIC(60,39)", 39, "utf8"),
        ("NUMERIC(3,-2)", -2, "utf8"),
        ("NUMERIC", None, "utf8"),
    ],
)
def test_a_decimal_has_one_of_two_widths(declared: str, decimals: int | None, expected: str) -> None:
    assert planned(KIND.DECIMAL, declared, decimals) == expected


@pytest.mark.parametrize(
    ("sample", "expected"),
    [
        ((None, "2026-01-31"), "date"),
        (("2026-01-31T00:00:00",), "timestamp"),
        (("2026-01-31 00:00:00.5", "2026-01-31"), "timestamp"),
        ((None, "2026-01-31 00:00:00Z"), "timestamp_utc"),
        (("2026-01-31T00:00:00.123456+00:00",), "timestamp_utc"),
        (("2026-01-31T00:00:00+02:00",), "timestamp"),
        ((1_700_000_000,), "timestamp"),
        (("XYZ",), "timestamp"),
    ],
)
def test_the_first_value_tells_dates_and_zones(sample: tuple[Value, ...], expected: str) -> None:
    assert planned(KIND.TIMESTAMP, sample=sample) == expected


@pytest.mark.parametrize(
    ("sample", "expected"),
    [
        ((1, None, 2), "int64"),
        ((0.5, 2.0), "double"),
        ((b"", None), "binary"),
        (("a",), "utf8"),
        ((1, 0.5), "utf8"),
        ((1, "1"), "utf8"),
        ((None,), "utf8"),
    ],
)
def test_values_tell_where_no_type_is_declared(sample: tuple[Value, ...], expected: str) -> None:
    assert planned(KIND.ANY, sample=sample) == expected


def test_a_demoted_column_is_text_whatever_it_was() -> None:
    columns = [column_of(kind, "DECIMAL(10,2)", 2) for kind in KIND]
    types = planned_types(columns, {"c": [1]}, frozenset({"c"}))
    assert set(types) == {ParquetType(ParquetKind.UTF8)}


@pytest.mark.parametrize(
    "planned",
    [*(ParquetType(kind) for kind in ParquetKind), ParquetType(ParquetKind.DECIMAL, 38, 10)],
    ids=str,
)
def test_a_type_reads_back_from_its_text(planned: ParquetType) -> None:
    assert parsed_type(str(planned)) == planned


@pytest.mark.parametrize("text", ["", "int32", "decimal(1)", "decimal(a,b)"])
def test_what_is_no_type_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parsed_type(text)

"""Which type a column gets in a Parquet file, planned before the first row is written."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dataflow_desktop.domain.row_query import TypedValue, Value
from dataflow_desktop.domain.schema import Column, ColumnKind


class ParquetKind(StrEnum):
    """What a column of the file holds."""

    INT64 = "int64"
    DOUBLE = "double"
    DECIMAL = "decimal"
    UTF8 = "utf8"
    BINARY = "binary"
    BOOL = "bool"
    DATE = "date"
    TIMESTAMP = "timestamp"
    """In microseconds, of no zone."""
    TIMESTAMP_UTC = "timestamp_utc"


@dataclass(frozen=True)
class ParquetType:
    """The type of one column; `precision` and `scale` count for decimals only.

    As text, which `parsed_type` reads: `int64`, `decimal(18,2)`.
    """

    kind: ParquetKind
    precision: int = 0
    scale: int = 0

    def __str__(self) -> str:
        digits = f"({self.precision},{self.scale})" if self.kind is ParquetKind.DECIMAL else ""
        return self.kind + digits


def parsed_type(text: str) -> ParquetType:
    """Return the type that `text` says; raises ValueError."""
    kind, _, digits = text.partition("(")
    precision, scale = map(int, digits.rstrip(")").split(",")) if digits else (0, 0)
    return ParquetType(ParquetKind(kind), precision, scale)


def planned_types(
    columns: Sequence[Column], samples: Mapping[str, Sequence[Value]], demoted: frozenset[str]
) -> tuple[ParquetType, ...]:
    """Return the type of each column; `samples` has values for some of them, NULLs among them or not.

    Columns named in `demoted` held what did not fit, and become text.
    """
    return tuple(
        TEXT_TYPE if column.name in demoted else _planned(column, samples.get(column.name, ()))
        for column in columns
    )


TEXT_TYPE = ParquetType(ParquetKind.UTF8)
"""Holds every value: as the text that delimited text has."""

_FEW_DIGITS, _MOST_DIGITS = 18, 38
"""What fits 64 bits, and the most that readers know: decimals are stored in the one width or the other."""

_PRECISION = re.compile(r"\(\s*(\d+)").search
_DATE = re.compile(r"\d{4}-\d\d-\d\d").fullmatch
_HAS_ZONE = re.compile(r"\d{4}-\d\d-\d\d[T ].*(Z|\+00:00)", re.ASCII).fullmatch

_KINDS = {
    ColumnKind.INTEGER: ParquetKind.INT64,
    ColumnKind.FLOAT: ParquetKind.DOUBLE,
    ColumnKind.TEXT: ParquetKind.UTF8,
    ColumnKind.BYTES: ParquetKind.BINARY,
    ColumnKind.BOOLEAN: ParquetKind.BOOL,
    ColumnKind.DATE: ParquetKind.DATE,
}

SAMPLED_KINDS = frozenset({ColumnKind.TIMESTAMP, ColumnKind.ANY})
"""Of columns whose type no declaration tells alone."""

_KINDS_BY_SAMPLE: dict[type, ParquetKind] = {
    int: ParquetKind.INT64,
    float: ParquetKind.DOUBLE,
    bytes: ParquetKind.BINARY,
}


def _planned(column: Column, sample: Sequence[Value]) -> ParquetType:
    values = [value for value in sample if value is not None]
    match column.kind:
        case ColumnKind.DECIMAL:
            return _decimal(column)
        case ColumnKind.TIMESTAMP:
            return ParquetType(_moment_kind(values))
        case ColumnKind.ANY:
            return ParquetType(_kind_of(values))
        case _:
            return ParquetType(_KINDS[column.kind])


def _decimal(column: Column) -> ParquetType:
    scale = column.decimals
    if scale is None or not 0 <= scale <= _MOST_DIGITS:
        return TEXT_TYPE
    declared = _PRECISION(column.declared_type)
    digits = max(scale, int(declared[1]) if declared else _MOST_DIGITS)
    return ParquetType(ParquetKind.DECIMAL, _FEW_DIGITS if digits <= _FEW_DIGITS else _MOST_DIGITS, scale)


def _moment_kind(values: Sequence[TypedValue]) -> ParquetKind:
    first = values[0] if values else None
    if not isinstance(first, str):
        return ParquetKind.TIMESTAMP
    if _DATE(first):
        return ParquetKind.DATE
    return ParquetKind.TIMESTAMP_UTC if _HAS_ZONE(first) else ParquetKind.TIMESTAMP


def _kind_of(values: Sequence[TypedValue]) -> ParquetKind:
    types = {type(value) for value in values}
    return _KINDS_BY_SAMPLE.get(types.pop(), ParquetKind.UTF8) if len(types) == 1 else ParquetKind.UTF8

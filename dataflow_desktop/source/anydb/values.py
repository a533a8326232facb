"""Values as drivers have them ↔ the few types of `domain.row_query`, each in one spelling.

Drivers return whatever Python has for a value. Of it leave int, float, text and bytes; what none of them says
exactly is an error and no guess.
"""

import json
import struct
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from dataflow_desktop.domain.row_query import Value
from dataflow_desktop.domain.schema import Column, ColumnKind

_DIGITS_OF_SINGLE = range(1, 10)
"""Nine digits tell every number of single precision from the others."""

SINGLE = "single"
"""What `Column.base_type` says of floats in 32 bits."""


class UnknownValueError(Exception):
    """A value of a type that nothing here writes."""


class Canonical(sa.types.TypeDecorator[Any]):
    """The type of a column, whose values come and go as the program has them."""

    impl = sa.types.NullType
    cache_ok = True

    def __init__(self, kind: ColumnKind, decimals: int | None = None, base_type: str = "") -> None:
        super().__init__()
        self.kind = kind
        self.decimals = decimals
        self.base_type = base_type

    @classmethod
    def of(cls, column: Column) -> "Canonical":
        """Return the type of a column."""
        return cls(column.kind, column.decimals, column.base_type)

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
        """Let the dialect turn values as it does for a column of the kind."""
        if self.kind is ColumnKind.DECIMAL:  # drivers may give floats, which SQLAlchemy cuts to 10 digits
            return dialect.type_descriptor(sa.Numeric(decimal_return_scale=self.decimals))
        return dialect.type_descriptor(_TYPES.get(self.kind, sa.types.NullType)())

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> Any:  # noqa: ANN401, ARG002 - SQLAlchemy's
        """Return a value of ours as the driver takes it."""
        if value is None or self.kind not in _DRIVERS_OWN:
            return value
        return _DRIVERS_OWN[self.kind](str(value)) if not isinstance(value, bytes) else value

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Value:  # noqa: ANN401, ARG002 - SQLAlchemy's
        """Return a value of the driver's as ours."""
        if isinstance(value, Decimal):
            return _decimal_text(value, self.decimals)
        if isinstance(value, float) and self.base_type == SINGLE:
            return _single(value)
        return value_of(value)


def value_of(value: object) -> Value:
    """Return a driver's value as one of ours; raises UnknownValueError."""
    for known, make in _VALUES.items():
        if isinstance(value, known):
            return make(value)
    raise UnknownValueError(f"values of the type {type(value).__name__} cannot be written exactly")


def _decimal_text(value: Decimal, decimals: int | None) -> str:
    """Return all digits, with so many behind the point where that loses nothing."""
    if not value.is_finite():
        return str(value)
    exponent = value.as_tuple().exponent
    if decimals is None or not isinstance(exponent, int) or -exponent == decimals:
        return format(value, "f")
    scaled = format(value, f".{decimals}f")
    return scaled if Decimal(scaled) == value else format(value, "f")


def _single(value: float) -> float:
    """Return the shortest number that is the same in single precision."""
    try:
        kept = struct.pack("f", value)
        tries = (float(f"{value:.{digits}g}") for digits in _DIGITS_OF_SINGLE)
        return next((number for number in tries if struct.pack("f", number) == kept), value)
    except OverflowError:
        return value


def _moment(value: datetime) -> str:
    return (value.astimezone(UTC) if value.tzinfo is not None else value).isoformat()


def _duration(value: timedelta) -> str:
    """Return ISO 8601 in days and seconds, as the driver has it."""
    sign, value = ("-", -value) if value < timedelta(0) else ("", value)
    seconds = f"{value.seconds}.{value.microseconds:06}" if value.microseconds else str(value.seconds)
    return f"{sign}P{value.days}DT{seconds}S"


def _json(value: object) -> str:
    try:
        return json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError) as error:
        raise UnknownValueError(str(error)) from error


# In this order: a bool is an int to Python, and a datetime a date.
_VALUES: dict[type | tuple[type, ...], Callable[[Any], Value]] = {
    type(None): lambda _: None,
    bool: lambda value: "true" if value else "false",
    int: int,
    float: float,
    str: str,
    (bytes, bytearray, memoryview): bytes,
    Decimal: lambda value: _decimal_text(value, None),
    datetime: _moment,
    (date, time): lambda value: value.isoformat(),
    timedelta: _duration,
    UUID: str,
    (dict, list): _json,
}

_TYPES: dict[ColumnKind, Callable[[], sa.types.TypeEngine[Any]]] = {
    ColumnKind.INTEGER: sa.BigInteger,
    ColumnKind.FLOAT: sa.Double,
    ColumnKind.TEXT: sa.Unicode,
    ColumnKind.DATE: sa.Date,
    ColumnKind.TIMESTAMP: sa.DateTime,
    ColumnKind.BOOLEAN: sa.Boolean,
    ColumnKind.BYTES: sa.LargeBinary,
}

_DRIVERS_OWN: dict[ColumnKind, Callable[[str], Any]] = {
    ColumnKind.INTEGER: int,
    ColumnKind.FLOAT: float,
    ColumnKind.DECIMAL: Decimal,
    ColumnKind.DATE: date.fromisoformat,
    ColumnKind.TIMESTAMP: datetime.fromisoformat,
    ColumnKind.BOOLEAN: lambda text: text.lower() in {"true", "t", "1", "yes"},
}

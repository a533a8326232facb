"""What a person typed as the value of a condition, checked and typed for its column."""

from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal, InvalidOperation
from ipaddress import ip_interface
from uuid import UUID

from dataflow_desktop.domain.row_query import (
    ON_TEXT,
    WITH_LIST,
    WITHOUT_VALUE,
    Condition,
    Operator,
    TypedValue,
)
from dataflow_desktop.domain.schema import Column, ColumnKind
from dataflow_desktop.domain.typed_lists import split_list
from dataflow_desktop.errors import ConfigurationError, ReasonCode
from dataflow_desktop.phrases import Phrase

INTEGER_LIMIT = 2**63
TRUTHS = {"true": 1, "false": 0, "1": 1, "0": 0}


def parse_condition(column: Column, operator: Operator, text: str | None) -> Condition:
    """Return the condition that `column operator text` stands for.

    Lists (`in`, `not-in`, `between`) are separated by commas and quoted as in CSV. Raises ConfigurationError,
    naming the column, when the number of values or one of them does not fit.
    """
    values = _split(column, operator, text)
    if operator in ON_TEXT:
        return Condition(column.name, operator, tuple(values))
    typed = tuple(_typed(column, value) for value in values)
    if column.kind is ColumnKind.ANY and not column.base_type and operator in _BOTH_READINGS:
        return Condition(column.name, _BOTH_READINGS[operator], _distinct((*typed, *values)))
    return Condition(column.name, operator, typed)


# A column without a type, which only SQLite has, may hold 5 and '5': to a person asking for equality they
# are the same.
_BOTH_READINGS = {
    Operator.EQUAL: Operator.IN,
    Operator.IN: Operator.IN,
    Operator.NOT_EQUAL: Operator.NOT_IN,
    Operator.NOT_IN: Operator.NOT_IN,
}


def _distinct(values: Iterable[TypedValue]) -> tuple[TypedValue, ...]:
    return tuple(dict.fromkeys(values))


def _split(column: Column, operator: Operator, text: str | None) -> list[str]:
    if operator in WITHOUT_VALUE:
        if text is not None:
            raise _wrong_count(column, operator, Phrase.NO_VALUE, text)
        return []
    if text is None:
        raise _wrong_count(column, operator, Phrase.ONE_VALUE, Phrase.NOTHING)
    if operator not in WITH_LIST:
        return [text]
    values = _split_list(column, operator, text)
    if operator is Operator.BETWEEN and len(values) != 2:  # noqa: PLR2004 - a range has two ends
        raise _wrong_count(column, operator, Phrase.TWO_VALUES, text)
    return values


def _split_list(column: Column, operator: Operator, text: str) -> list[str]:
    try:
        return split_list(text)
    except ValueError as error:
        raise _wrong_count(column, operator, Phrase.CLOSED_LIST, text) from error


def _wrong_count(column: Column, operator: Operator, expected: str, given: str) -> ConfigurationError:
    return ConfigurationError(
        ReasonCode.VALUE_COUNT_WRONG, operator=operator, column=column.name, expected=expected, given=given
    )


def _typed(column: Column, text: str) -> TypedValue:
    expected, convert = _conversion(column)
    try:
        return convert(text)
    except ValueError as error:
        raise ConfigurationError(
            ReasonCode.VALUE_WRONG,
            value=repr(text),
            column=column.name,
            declared_type=column.declared_type or "any",
            expected=expected,
        ) from error


def _conversion(column: Column) -> "tuple[str, Callable[[str], TypedValue]]":
    """Return what a value for `column` looks like, and what makes one of a text or raises ValueError."""
    if not column.base_type:
        return _CONVERSIONS[column.kind]
    # A server's column holds its own type and nothing else; of a type not named here the server knows more.
    return _OF_BASE_TYPE.get(column.base_type) or _OF_SERVERS.get(column.kind) or _CONVERSIONS[column.kind]


def _number(text: str) -> int | float:
    try:
        number = Decimal(text.strip())
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not number.is_finite():
        raise ValueError(text)
    if number == number.to_integral_value() and abs(number) < INTEGER_LIMIT:
        return int(number)
    return float(number)


def _exact_number(text: str) -> TypedValue:
    number = _number(text)
    exact = Decimal(text.strip())
    return number if Decimal(repr(number)) == exact else str(exact)


def _date(text: str) -> str:
    if text.strip().lower() not in _ENDLESS:
        datetime.fromisoformat(text.strip())
    return text.strip()


def _read_by(read: Callable[[str], object]) -> Callable[[str], str]:
    """Return what checks a text by `read`, and returns it."""

    def checked(text: str) -> str:
        read(text.strip())
        return text.strip()

    return checked


def _date_or_number(text: str) -> TypedValue:
    # SQLite has no date type: a column declared as one may hold ISO 8601 text or a number of seconds or days.
    try:
        return _number(text)
    except ValueError:
        datetime.fromisoformat(text.strip())
        return text.strip()


def _number_or_text(text: str) -> TypedValue:
    try:
        return _number(text)
    except ValueError:
        return text


def _truth(text: str) -> int:
    try:
        return TRUTHS[text.strip().lower()]
    except KeyError as error:
        raise ValueError(text) from error


_CONVERSIONS: dict[ColumnKind, tuple[str, Callable[[str], TypedValue]]] = {
    ColumnKind.INTEGER: (Phrase.NUMBER, _number),
    ColumnKind.FLOAT: (Phrase.NUMBER, _number),
    ColumnKind.DECIMAL: (Phrase.NUMBER, _number),
    ColumnKind.TEXT: (Phrase.TEXT, str),
    ColumnKind.DATE: (Phrase.DATE, _date_or_number),
    ColumnKind.TIMESTAMP: (Phrase.TIME, _date_or_number),
    ColumnKind.BOOLEAN: (Phrase.TRUTH, _truth),
    ColumnKind.BYTES: (Phrase.HEX, bytes.fromhex),
    ColumnKind.ANY: (Phrase.TEXT_OR_NUMBER, _number_or_text),
}

_ENDLESS = frozenset({"infinity", "-infinity"})

_OF_SERVERS: dict[ColumnKind, tuple[str, Callable[[str], TypedValue]]] = {
    ColumnKind.DECIMAL: (Phrase.NUMBER, _exact_number),
    ColumnKind.DATE: (Phrase.DATE, _date),
    ColumnKind.TIMESTAMP: (Phrase.TIME, _date),
    ColumnKind.ANY: (Phrase.TEXT, str),
}

_ADDRESS = (Phrase.ADDRESS, _read_by(ip_interface))
_OF_BASE_TYPE: dict[str, tuple[str, Callable[[str], TypedValue]]] = {
    "uuid": (Phrase.UUID, _read_by(UUID)),
    "inet": _ADDRESS,
    "cidr": _ADDRESS,
}

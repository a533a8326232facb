"""The words of MySQL and MariaDB in statements about rows.

Values leave as the server sends them where that is exact, and come back as values of the column's type: what
is compared with a plain text or number, the server may turn into a double first.

Texts are ordered by their bytes in UTF-8, as everywhere, but for those of a key: these are ordered as their
column is, which tells all of them apart, so that the key's index finds them. A function's result that is
larger than a packet of the network becomes NULL (`max_allowed_packet`): so none is asked for whole values
that may be so large.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from dataflow_desktop.domain.row_query import Operator, SortColumn, Value
from dataflow_desktop.domain.schema import Column, ColumnKind, Table
from dataflow_desktop.source.mysql.column_types import (
    CHOICES,
    GEOMETRIES,
    MOST_SORTED_BYTES,
    TIMES,
    digits_before_point,
    encoding_of,
    has_fixed_decimals,
    is_long,
)
from dataflow_desktop.source.mysql.text_match import BY_LETTERS, matches
from dataflow_desktop.source.relations import columns_by_name, rows_of
from dataflow_desktop.source.values import Given, untyped

_MOST_DIGITS = 65
_MOST_DECIMALS = 30
"""In MySQL; MariaDB allows a few more, and a column may have them."""

_UTC = "+00:00"


class MysqlDialect:
    """Every column has one type, and most of them leave as they are."""

    compares_rows = False
    """Comparisons of rows are worked out for each row of the table: no index answers them."""

    def sqlalchemy_dialect(self) -> sa.Dialect:
        """Return what compiles statements for PyMySQL."""
        # Here, because who reads a SQLite file need not wait for it.
        from dataflow_desktop.source.mysql.compiling import QuotingDialect

        return QuotingDialect(paramstyle="format")

    def shown(self, table: Table, name: str) -> sa.ColumnElement[Any]:
        """Return the column as it leaves: see the module."""
        column, known = rows_of(table).c[name], columns_by_name(table)[name]
        return _SPELLINGS.get(known.base_type, _itself)(column, known)

    def compared(self, table: Table, name: str) -> sa.ColumnElement[Any]:
        """Return the column for an order: texts by their bytes, and of long ones the first."""
        return _ordered(rows_of(table).c[name], table, name)

    def order_by(self, table: Table, by: SortColumn) -> sa.ColumnElement[Any]:
        """Return the column to order by; NULL comes first here too."""
        comparable = self.compared(table, by.column)
        return comparable.desc() if by.is_descending else comparable.asc()

    def placed(self, table: Table, name: str, value: Value) -> sa.ColumnElement[Any]:
        """Return a value of the column's type, texts as bytes."""
        return _ordered(_of_type(columns_by_name(table)[name], value), table, name)

    def same(self, table: Table, name: str, value: Value) -> sa.ColumnElement[Any]:
        """Return the same: equal in the order is as equal as rows can be told apart by."""
        return self.placed(table, name, value)

    def wanted(self, table: Table, name: str, value: Value) -> sa.ColumnElement[Any]:
        """Return a value of the column's type; texts are compared by the column's own rules."""
        column = columns_by_name(table)[name]
        if column.base_type == "timestamp" and isinstance(value, str):
            value = _in_utc(value)
        given = _of_type(column, value)
        encoding = encoding_of(column)
        return _in_encoding(given, encoding) if encoding is not None and _is_beyond_ascii(value) else given

    def ranked(self, table: Table, name: str, value: Value) -> sa.ColumnElement[Any]:
        """Return a value that texts are compared with by their bytes, as SQLite does."""
        return _ordered(self.wanted(table, name, value), table, name)

    def matches(self, table: Table, name: str, operator: Operator, text: str) -> sa.ColumnElement[bool]:
        """Return the condition in a regular expression; bytes are looked through as hex."""
        return matches(self._text(table, name), operator, text)

    def width(self, table: Table, name: str) -> sa.ColumnElement[Any]:
        """Return how many bytes the value has as text, or as hex."""
        is_bytes = columns_by_name(table)[name].kind is ColumnKind.BYTES
        length = sa.func.length(rows_of(table).c[name])
        return sa.func.coalesce(2 * length if is_bytes else length, 0)

    def columnar(self, table: Table, name: str) -> sa.ColumnElement[Any]:
        """Return the column as it leaves: nothing reads it otherwise."""
        return self.shown(table, name)

    def columnar_width(self, table: Table, name: str) -> sa.ColumnElement[Any]:
        """Return how many bytes the value has."""
        return self.width(table, name)

    def beginning(self, table: Table, name: str, characters: int) -> sa.ColumnElement[Any]:
        """Return the beginning of the value as text."""
        return sa.func.left(self.shown(table, name), characters)

    def glanced(self, table: Table, name: str, characters: int) -> sa.ColumnElement[Any]:
        """Return numbers as int or float, bytes as bytes, and all others as text."""
        column, known = rows_of(table).c[name], columns_by_name(table)[name]
        match known.kind:
            case ColumnKind.INTEGER | ColumnKind.FLOAT:
                return self.shown(table, name)
            case ColumnKind.DECIMAL:
                return _double(column)
            case ColumnKind.BYTES:
                return sa.func.substr(column, 1, characters)
            case _:
                # By letters, or else those that are equal to the column would be counted as one.
                return sa.collate(_utf8(sa.func.left(self.shown(table, name), characters)), BY_LETTERS)

    def glanced_ends(
        self, table: Table, name: str, characters: int
    ) -> tuple[sa.ColumnElement[Any], sa.ColumnElement[Any]]:
        """Return the lowest and the highest value, texts by their bytes."""
        value, known = self.glanced(table, name, characters), columns_by_name(table)[name]
        if known.is_numeric or known.kind is ColumnKind.BYTES:
            return sa.func.min(value), sa.func.max(value)
        by_bytes = sa.cast(value, sa.BINARY)
        return _utf8(sa.func.min(by_bytes)), _utf8(sa.func.max(by_bytes))

    def glanced_total(self, table: Table, name: str) -> sa.ColumnElement[Any]:
        """Return the sum of a column of numbers."""
        is_numeric = columns_by_name(table)[name].is_numeric
        return sa.func.sum(_double(self.shown(table, name))) if is_numeric else sa.null()

    def glanced_mixture(
        self, table: Table, name: str
    ) -> tuple[sa.ColumnElement[Any], sa.ColumnElement[Any], sa.ColumnElement[Any]]:
        """Return how many values are empty; no numbers stand among others here."""
        is_empty = sa.func.length(rows_of(table).c[name]) == 0
        return sa.literal(0), sa.null(), sa.func.count(sa.case((is_empty, 1)))

    def drawn(self, mask: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
        """Return whether a random number from 0 to 1 is small enough."""
        return sa.func.rand() * (mask + _number("1e0")) < _number("1e0")

    def _text(self, table: Table, name: str) -> sa.ColumnElement[Any]:
        """Return the column as text in utf8mb4."""
        column, known = rows_of(table).c[name], columns_by_name(table)[name]
        match known.kind:
            case ColumnKind.TEXT:
                return column if encoding_of(known) is None else _utf8(column)
            case ColumnKind.BYTES:
                return _utf8(sa.func.lower(sa.func.hex(column)))
            case _:
                return _utf8(sa.cast(self.shown(table, name), sa.CHAR))


Expression = sa.ColumnElement[Any]


def _ordered(value: Expression, table: Table, name: str) -> Expression:
    """Return a column, or a value for it, as both stand in an order."""
    column = columns_by_name(table)[name]
    if column.base_type in CHOICES | {"json"} or (column.has_language_order and name not in table.key):
        first = sa.func.left(value, MOST_SORTED_BYTES)  # before anything else, for the whole may be huge
        return sa.func.left(sa.cast(_utf8(first), sa.BINARY), MOST_SORTED_BYTES)
    if column.base_type in GEOMETRIES:
        return sa.func.left(sa.func.hex(value), MOST_SORTED_BYTES)
    if name not in table.key and is_long(column):
        return sa.func.left(value, MOST_SORTED_BYTES)
    return value


def _of_type(column: Column, value: Value) -> Expression:
    """Return a value as one of the column's type: NULL where it is none."""
    if column.kind in {ColumnKind.INTEGER, ColumnKind.BYTES} or column.base_type == "double":
        return untyped(value)
    if column.base_type == "float":
        return as_float(untyped(value))
    text = _as_text(value)
    return _TYPED[column.base_type](text, column) if column.base_type in _TYPED else text


def _as_text(value: Value) -> Expression:
    if isinstance(value, int | float) and not isinstance(value, Given):
        return untyped(str(value) if isinstance(value, int) else repr(value))
    return untyped(value)


def _in_utc(text: str) -> str:
    """Return a time that a person has typed in UTC, without a zone."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat() if moment.tzinfo else text


def _is_beyond_ascii(value: Value) -> bool:
    return isinstance(value, str) and not value.isascii()


def _in_encoding(text: Expression, encoding: str) -> Expression:
    """Return a text in another encoding; one that it has no letters for equals none.

    The server does so by itself, but takes a letter that does not fit for an error.
    """
    fitting = text.op("USING")(_number(encoding))
    converted = sa.func.convert(fitting)
    is_whole = sa.cast(_utf8(converted), sa.BINARY) == sa.cast(text, sa.BINARY)
    # Question marks stand for such letters, and a control character behind them for no text of this world.
    return sa.case((is_whole, converted), else_=sa.func.concat(converted, sa.func.char(1)))


def _number(text: str) -> Expression:
    return sa.literal_column(text)


def _double(value: Expression) -> Expression:
    return value.op("+", return_type=sa.Double())(_number("0e0"))  # of texts, SQLAlchemy's own + makes one


class as_float(FunctionElement[Any]):  # noqa: N801 - SQLAlchemy has no word for it that all servers know
    """A value of single precision."""

    name = "as_float"
    inherit_cache = True


class _utf8(FunctionElement[Any]):  # noqa: N801 - as above
    """A text in utf8mb4."""

    name = "utf8"
    inherit_cache = True


@compiles(as_float)
def _write_as_float(element: as_float, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 - SQLAlchemy's
    return f"CAST({compiler.process(element.clauses, **options)} AS FLOAT)"


@compiles(_utf8)
def _write_utf8(element: _utf8, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 - SQLAlchemy's
    return f"CONVERT({compiler.process(element.clauses, **options)} USING utf8mb4)"


def _as_decimal(text: Expression, column: Column) -> Expression:
    # With all digits that there is room for: a person may have typed more than the column has.
    decimals = min(max(_MOST_DECIMALS, column.decimals or 0), _MOST_DIGITS - digits_before_point(column))
    return sa.cast(text, sa.DECIMAL(_MOST_DIGITS, decimals))


def _as_moment(text: Expression, column: Column) -> Expression:
    from sqlalchemy.dialects.mysql import DATETIME

    # Where a value comes later it is one that left before, as below: in UTC.
    plain = sa.func.replace(text, _UTC, "") if column.base_type == "timestamp" else text
    return sa.cast(plain, DATETIME(fsp=6))


def _as_time(text: Expression, _: Column) -> Expression:
    from sqlalchemy.dialects.mysql import TIME

    return sa.cast(text, TIME(fsp=6))


def _as_json(text: Expression, _: Column) -> Expression:
    # Of MySQL's own type; MariaDB's JSON is a text.
    return sa.case((sa.func.json_valid(text) == _number("1"), sa.cast(text, sa.JSON)))


_TYPED: dict[str, Callable[[Expression, Column], Expression]] = {
    "decimal": _as_decimal,
    **dict.fromkeys(("date", *TIMES), _as_moment),
    "time": _as_time,
    "json": _as_json,
}


def _itself(column: Expression, _: Column) -> Expression:
    return column


def _single(column: Expression, _: Column) -> Expression:
    """Return a number of single precision as the shortest double that it is nearest to.

    The server itself shows only six digits of it. Up to nine are tried, and as a last resort the very double.
    """
    wide = _double(column)
    digits_before = sa.func.floor(sa.func.log10(sa.func.abs(wide))) + _number("1")
    six = _double(sa.cast(column, sa.CHAR))
    tries = [six, *(sa.func.round(wide, _number(str(digits)) - digits_before) for digits in (7, 8, 9))]
    return sa.case(*((as_float(number) == column, number) for number in tries), else_=wide)


def _double_of(column: Expression, known: Column) -> Expression:
    return _double(column) if has_fixed_decimals(known) else column


def _decimal(column: Expression, known: Column) -> Expression:
    return column + _number("0") if "zerofill" in known.declared_type else column


def _iso(column: Expression, known: Column) -> Expression:
    """Return a time as ISO 8601 with six decimals or none; zeros for a month or a day in the server's way."""
    pattern = sa.literal("%Y-%m-%dT%H:%i:%s.%f", literal_execute=True)
    text = sa.func.replace(sa.func.date_format(column, pattern), ".000000", "")
    iso = sa.func.concat(text, _UTC) if known.base_type == "timestamp" else text
    is_day = (sa.func.month(column) > _number("0")) & (sa.func.dayofmonth(column) > _number("0"))
    return sa.case((is_day, iso), else_=sa.cast(column, sa.CHAR))


_SPELLINGS: dict[str, Callable[[Expression, Column], Expression]] = {
    "float": _single,
    "double": _double_of,
    "decimal": _decimal,
    "bit": lambda column, _: column + _number("0"),
    **dict.fromkeys(TIMES, _iso),
}

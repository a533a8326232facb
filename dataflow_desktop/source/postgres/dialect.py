"""PostgreSQL's words in statements about rows.

The server itself turns what is no integer, double, text or bytea into text, in the settings that every
session has (see `postgres.connection`), and turns such text back into the column's type where it is compared:
a parameter without a type takes that of its neighbour
(https://www.postgresql.org/docs/current/typeconv-oper.html).
"""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

from dataflow_desktop.domain.row_query import Operator, SortColumn, Value
from dataflow_desktop.domain.schema import ColumnKind, Table
from dataflow_desktop.source.postgres.text_match import matches
from dataflow_desktop.source.relations import columns_by_name, rows_of
from dataflow_desktop.source.values import Given, untyped

BY_BYTES = "C"
"""The collation of bytes: https://www.postgresql.org/docs/current/collation.html."""

AS_THEY_ARE = frozenset({"int2", "int4", "int8", "float8", "text", "varchar", "bpchar", "bytea"})
"""Base types whose values leave as ints, floats, texts and bytes."""

IN_FRAMES = AS_THEY_ARE | {"timestamp", "timestamptz"}
"""Base types that frames have too; see `postgres.arrow_reader`."""

_NUMBERS = frozenset({ColumnKind.INTEGER, ColumnKind.FLOAT})
_FIRST_DAY = "0001-01-01"


class PostgresDialect:
    """Every column has one type, and the server knows how it is written."""

    compares_rows = True

    def sqlalchemy_dialect(self) -> sa.Dialect:
        """Return what compiles statements for psycopg."""
        dialect: sa.Dialect = PGDialect_psycopg(paramstyle="format")  # type: ignore[no-untyped-call]  # SQLAlchemy's
        return dialect

    def shown(self, table: Table, name: str) -> sa.ColumnElement[Any]:
        """Return the column as it leaves: see the module."""
        column = rows_of(table).c[name]
        base_type = columns_by_name(table)[name].base_type
        if base_type in AS_THEY_ARE:
            return column
        return _SPELLINGS.get(base_type, _text)(column)

    def compared(self, table: Table, name: str) -> sa.ColumnElement[Any]:
        """Return the column itself: what it is compared with says how."""
        return rows_of(table).c[name]

    def order_by(self, table: Table, by: SortColumn) -> sa.ColumnElement[Any]:
        """Return the column to order by, NULL as SQLite has it."""
        column = rows_of(table).c[by.column]
        known = columns_by_name(table)[by.column]
        comparable: sa.ColumnElement[Any] = column
        if known.has_language_order:
            comparable = sa.collate(column, BY_BYTES)
        # Where no NULL is, to say where they go would keep an index from being used.
        may_be_null = known.is_nullable and by.column not in table.key
        if by.is_descending:
            return comparable.desc().nulls_last() if may_be_null else comparable.desc()
        return comparable.asc().nulls_first() if may_be_null else comparable.asc()

    def placed(self, table: Table, name: str, value: Value) -> sa.ColumnElement[Any]:
        """Return a value that texts are compared with by their bytes."""
        given = self.wanted(table, name, value)
        return sa.collate(given, BY_BYTES) if columns_by_name(table)[name].has_language_order else given

    def same(self, table: Table, name: str, value: Value) -> sa.ColumnElement[Any]:
        """Return the value as it is: with another collation no index would find it."""
        return self.wanted(table, name, value)

    def wanted(self, table: Table, name: str, value: Value) -> sa.ColumnElement[Any]:
        """Return the value as a number for a column of numbers, else as a text that the server reads."""
        is_number = columns_by_name(table)[name].kind in _NUMBERS
        if isinstance(value, int | float) and not isinstance(value, Given) and not is_number:
            return untyped(str(value) if isinstance(value, int) else repr(value))
        return untyped(value)

    def ranked(self, table: Table, name: str, value: Value) -> sa.ColumnElement[Any]:
        """Return a value that texts are compared with by their bytes, as SQLite does."""
        return self.placed(table, name, value)

    def matches(self, table: Table, name: str, operator: Operator, text: str) -> sa.ColumnElement[bool]:
        """Return the condition in ILIKE or a regular expression."""
        column = rows_of(table).c[name]
        is_text = columns_by_name(table)[name].kind is ColumnKind.TEXT
        return matches(column if is_text else sa.cast(self.shown(table, name), sa.Text), operator, text)

    def width(self, table: Table, name: str) -> sa.ColumnElement[Any]:
        """Return how many bytes the value has as text, or as hex."""
        return sa.func.coalesce(sa.func.octet_length(sa.cast(rows_of(table).c[name], sa.Text)), 0)

    def columnar(self, table: Table, name: str) -> sa.ColumnElement[Any]:
        """Return the column itself where a frame has its type, else as text."""
        if columns_by_name(table)[name].base_type in IN_FRAMES:
            return rows_of(table).c[name]
        return self.shown(table, name)

    def columnar_width(self, table: Table, name: str) -> sa.ColumnElement[Any]:
        """Return the bytes that the server keeps of the value, compressed as they may be."""
        return sa.func.coalesce(sa.func.pg_column_size(rows_of(table).c[name]), 0)

    def beginning(self, table: Table, name: str, characters: int) -> sa.ColumnElement[Any]:
        """Return the beginning of the value as text."""
        return sa.func.left(sa.cast(self.shown(table, name), sa.Text), characters)

    def glanced(self, table: Table, name: str, characters: int) -> sa.ColumnElement[Any]:
        """Return numbers as int or float, bytes as bytes, and all others as text."""
        column = columns_by_name(table)[name]
        if column.kind in _NUMBERS:
            return self.shown(table, name)
        if column.kind is ColumnKind.DECIMAL:
            return sa.cast(rows_of(table).c[name], sa.Double)
        if column.kind is ColumnKind.BYTES:
            return sa.func.substr(rows_of(table).c[name], 1, characters)
        return sa.func.left(_text(self.shown(table, name)), characters)

    def glanced_ends(
        self, table: Table, name: str, characters: int
    ) -> tuple[sa.ColumnElement[Any], sa.ColumnElement[Any]]:
        """Return the lowest and the highest value; of what has no order of its own, by its text."""
        value = self.glanced(table, name, characters)
        if not columns_by_name(table)[name].is_numeric:
            value = sa.collate(_text(value), BY_BYTES)
        return sa.func.min(value), sa.func.max(value)

    def glanced_total(self, table: Table, name: str) -> sa.ColumnElement[Any]:
        """Return the sum of a column of numbers."""
        if not columns_by_name(table)[name].is_numeric:
            return sa.null()
        return sa.func.sum(sa.cast(rows_of(table).c[name], sa.Double))

    def glanced_mixture(
        self, table: Table, name: str
    ) -> tuple[sa.ColumnElement[Any], sa.ColumnElement[Any], sa.ColumnElement[Any]]:
        """Return how many values are empty; no numbers stand among others here."""
        is_empty = sa.func.octet_length(_text(self.glanced(table, name, 1))) == 0
        return sa.literal(0), sa.null(), sa.func.count(sa.case((is_empty, 1)))

    def drawn(self, mask: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
        """Return whether a random number from 0 to 1 is small enough."""
        return sa.func.random() * (sa.cast(mask, sa.Double) + 1.0) < 1.0


def _text(column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    return sa.cast(column, sa.Text)


def _iso(column: sa.ColumnElement[Any], zone: str) -> sa.ColumnElement[Any]:
    """Return a time as ISO 8601 with six decimals or none; what that cannot say in the server's own way."""
    pattern = 'YYYY-MM-DD"T"HH24:MI:SS.US'
    text = sa.func.replace(sa.func.to_char(column, pattern), ".000000", "")
    iso = text.concat(zone) if zone else text
    is_sayable = sa.func.isfinite(column) & (column >= untyped(_FIRST_DAY))
    return sa.case((is_sayable, iso), else_=sa.cast(column, sa.Text))


_SPELLINGS: dict[str, Callable[[sa.ColumnElement[Any]], sa.ColumnElement[Any]]] = {
    # By way of its text: as a double it would have digits that nobody wrote.
    "float4": lambda column: sa.cast(_text(column), sa.Double),
    "timestamp": lambda column: _iso(column, ""),
    "timestamptz": lambda column: _iso(column, "+00:00"),  # the session's time zone is UTC
    # Its own text depends on the server's language.
    "money": lambda column: _text(sa.cast(column, sa.Numeric)),
    # Its cast adds a mask that nobody wrote.
    "inet": lambda column: sa.case((column.is_not(None), sa.func.format("%s", column))),
}

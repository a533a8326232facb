"""SQLite's words in statements about rows."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import dialect

from dataflow_desktop.domain.row_query import Operator, SortColumn, Value
from dataflow_desktop.domain.schema import Table
from dataflow_desktop.source.relations import rows_of
from dataflow_desktop.source.sqlite.text_match import matches
from dataflow_desktop.source.values import untyped


class SqliteDialect:
    """Columns hold any type, so values go in and come out as they are."""

    compares_rows = True

    def sqlalchemy_dialect(self) -> sa.Dialect:
        """Return what compiles statements for Python's sqlite3."""
        return dialect()

    def shown(self, table: Table, name: str) -> sa.ColumnElement[Any]:
        """Return the column itself."""
        return rows_of(table).c[name]

    def compared(self, table: Table, name: str) -> sa.ColumnElement[Any]:
        """Return the column itself: what it is compared with says how."""
        return rows_of(table).c[name]

    def order_by(self, table: Table, by: SortColumn) -> sa.ColumnElement[Any]:
        """Return the column to order by: by bytes, for other collations call different texts equal."""
        column = rows_of(table).c[by.column]
        comparable = column if by.column == table.rowid_name else sa.collate(column, "BINARY")
        return comparable.desc() if by.is_descending else comparable

    def placed(self, table: Table, name: str, value: Value) -> sa.ColumnElement[Any]:  # noqa: ARG002 - the same for all
        """Return a value that is compared by its bytes."""
        # An index finds a row of values only where the columns stand plain: so the value has the collation.
        return sa.collate(untyped(value), "BINARY")

    def same(self, table: Table, name: str, value: Value) -> sa.ColumnElement[Any]:
        """Return a value that is compared by its bytes."""
        return self.placed(table, name, value)

    def wanted(self, table: Table, name: str, value: Value) -> sa.ColumnElement[Any]:  # noqa: ARG002 - the same for all
        """Return a value that the column's own collation compares."""
        return untyped(value)

    def ranked(self, table: Table, name: str, value: Value) -> sa.ColumnElement[Any]:
        """Return a value that the column's own collation compares."""
        return self.wanted(table, name, value)

    def matches(self, table: Table, name: str, operator: Operator, text: str) -> sa.ColumnElement[bool]:
        """Return the condition in SQLite's LIKE or GLOB."""
        return matches(rows_of(table).c[name], operator, text)

    def width(self, table: Table, name: str) -> sa.ColumnElement[Any]:
        """Return how many bytes the value has as text, or as hex."""
        column = rows_of(table).c[name]
        is_blob = sa.func.typeof(column) == "blob"  # which leaves as hex
        # Not octet_length, as the columnar lane asks: Python's SQLite may be older than 3.43.
        length = sa.func.length(sa.cast(column, sa.BLOB))
        return sa.func.coalesce(sa.case((is_blob, 2 * length), else_=length), 0)

    def columnar(self, table: Table, name: str) -> sa.ColumnElement[Any]:
        """Return the column itself."""
        return rows_of(table).c[name]

    def columnar_width(self, table: Table, name: str) -> sa.ColumnElement[Any]:
        """Return the bytes of the value, for which only a row's header is read."""
        # https://www.sqlite.org/lang_corefunc.html#octet_length
        return sa.func.coalesce(sa.func.octet_length(rows_of(table).c[name]), 0)

    def beginning(self, table: Table, name: str, characters: int) -> sa.ColumnElement[Any]:
        """Return texts and blobs cut short, as bytes, and numbers as they are."""
        # As bytes, for text may be invalid. SQLite's texts of numbers change with its version.
        column = rows_of(table).c[name]
        text = sa.cast(sa.func.substr(column, 1, characters), sa.BLOB)
        return sa.case((sa.func.typeof(column).in_(("text", "blob")), text), else_=column)

    def glanced(self, table: Table, name: str, characters: int) -> sa.ColumnElement[Any]:
        """Return the value; as no index has it, none is read for it."""
        return _cut(rows_of(table).c[name], characters)

    def glanced_ends(
        self, table: Table, name: str, characters: int
    ) -> tuple[sa.ColumnElement[Any], sa.ColumnElement[Any]]:
        """Return the lowest and the highest value by bytes."""
        by_bytes = sa.collate(rows_of(table).c[name], "BINARY")
        # Cut at last and not in each row, which would take twice as long.
        return _cut(sa.func.min(by_bytes), characters), _cut(sa.func.max(by_bytes), characters)

    def glanced_total(self, table: Table, name: str) -> sa.ColumnElement[Any]:
        """Return the sum, which never overflows, as sum() would."""
        return sa.func.total(rows_of(table).c[name])

    def glanced_mixture(
        self, table: Table, name: str
    ) -> tuple[sa.ColumnElement[Any], sa.ColumnElement[Any], sa.ColumnElement[Any]]:
        """Return how many numbers there are, their sum, and how many empty texts and blobs."""
        column = rows_of(table).c[name]
        number = sa.case((_is_of_class(column, "integer", "real"), column))
        length = sa.func.length(sa.cast(column, sa.BLOB))  # that of a text ends at its first NUL
        is_empty = sa.case((_is_of_class(column, "text", "blob"), length == _constant(0)))
        return sa.func.count(number), sa.func.total(number), sa.func.total(is_empty)

    def drawn(self, mask: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
        """Return whether so many bits of a random number are 0."""
        return sa.func.random().bitwise_and(mask) == 0


def _cut(value: sa.ColumnElement[Any], characters: int) -> sa.ColumnElement[Any]:
    is_long = sa.func.length(sa.cast(value, sa.BLOB)) > _constant(characters)
    beginning = sa.func.substr(value, _constant(1), _constant(characters))
    return sa.case((_is_of_class(value, "text", "blob") & is_long, beginning), else_=value)


def _is_of_class(value: sa.ColumnElement[Any], *classes: str) -> sa.ColumnElement[bool]:
    return sa.func.typeof(value).in_([_constant(name) for name in classes])


def _constant(value: int | str) -> sa.ColumnElement[Any]:
    return sa.literal(value, literal_execute=True)

"""The words that SQLAlchemy has for every database, in statements about rows.

What a database orders or compares by rules that nobody here knows is refused: a file in some order, or with
some rows, would look like the one that was asked for.
"""

from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ClauseList, UnaryExpression
from sqlalchemy.sql.functions import FunctionElement

from dataflow_desktop.domain.row_query import Operator, SortColumn, Value
from dataflow_desktop.domain.schema import Column, ColumnKind, Table
from dataflow_desktop.errors import ConfigurationError, ReasonCode
from dataflow_desktop.phrases import Phrase
from dataflow_desktop.source.anydb.text_match import matches
from dataflow_desktop.source.anydb.values import Canonical
from dataflow_desktop.source.relations import columns_by_name, rows_of

Expression = sa.ColumnElement[Any]

_BYTES_OF_OTHERS = 16
"""About as many does a number or a date have as text."""

_SEARCHED = frozenset({ColumnKind.TEXT, ColumnKind.INTEGER})


class AnyDialect:
    """Values are turned by their types on the way in and out: see `anydb.values`."""

    compares_rows = False

    def sqlalchemy_dialect(self) -> sa.Dialect:
        """Return SQLAlchemy's own, which no driver takes: a session compiles by that of its database."""
        return DefaultDialect(paramstyle="qmark")

    def shown(self, table: Table, name: str) -> Expression:
        """Return the column, whose values are turned into ours where they arrive."""
        return _column(table, name)

    def compared(self, table: Table, name: str) -> Expression:
        """Return the column itself; raises ConfigurationError where nobody knows what is above what."""
        column = columns_by_name(table)[name]
        if name not in table.key and (column.has_language_order or column.kind is ColumnKind.ANY):
            raise _not_exact(table, column, Phrase.SORTING)
        return _column(table, name)

    def order_by(self, table: Table, by: SortColumn) -> Expression:
        """Return the column to order by; NULL is made the lowest, for databases do not agree on it."""
        column = self.compared(table, by.column)
        term = column.desc() if by.is_descending else column.asc()
        if by.column in table.key:
            return term
        is_filled = sa.case((column.is_(None), _number("0")), else_=_number("1"))
        filled = is_filled.desc() if by.is_descending else is_filled.asc()
        return cast("Expression", ClauseList(filled, term, group=False))

    def placed(self, table: Table, name: str, value: Value) -> Expression:
        """Return a value of the column's type."""
        return self.wanted(table, name, value)

    def same(self, table: Table, name: str, value: Value) -> Expression:
        """Return a value of the column's type."""
        return self.wanted(table, name, value)

    def wanted(self, table: Table, name: str, value: Value) -> Expression:
        """Return a value of the column's type; raises ConfigurationError where that is not known."""
        column = columns_by_name(table)[name]
        if column.kind is ColumnKind.ANY:
            raise _not_exact(table, column, Phrase.COMPARING)
        return sa.literal(value, Canonical.of(column))

    def ranked(self, table: Table, name: str, value: Value) -> Expression:
        """Return a value of the column's type."""
        return self.placed(table, name, value)

    def matches(self, table: Table, name: str, operator: Operator, text: str) -> sa.ColumnElement[bool]:
        """Return the condition by replacing letters; raises ConfigurationError where texts are no bytes."""
        column = columns_by_name(table)[name]
        if column.kind not in _SEARCHED or column.has_language_order:
            raise _not_exact(table, column, Phrase.SEARCHING)
        plain = rows_of(table).c[name]
        is_text = column.kind is ColumnKind.TEXT
        return matches(plain if is_text else sa.cast(plain, sa.String(40)), operator, text)

    def width(self, table: Table, name: str) -> Expression:
        """Return how many letters a text has, and about as many as others may have."""
        column = rows_of(table).c[name]
        if columns_by_name(table)[name].kind is ColumnKind.TEXT:
            return sa.func.coalesce(sa.func.char_length(column), _number("0"))
        return _number(str(_BYTES_OF_OTHERS))

    def columnar(self, table: Table, name: str) -> Expression:
        """Return the column as it leaves: nothing reads it otherwise."""
        return self.shown(table, name)

    def columnar_width(self, table: Table, name: str) -> Expression:
        """Return how long the value is."""
        return self.width(table, name)

    def beginning(self, table: Table, name: str, characters: int) -> Expression:  # noqa: ARG002 - no word all have
        """Return the whole value."""
        return self.shown(table, name)

    def glanced(self, table: Table, name: str, characters: int) -> Expression:  # noqa: ARG002 - as above
        """Return the value; decimals as floats."""
        column = columns_by_name(table)[name]
        return _double(table, column) if column.kind is ColumnKind.DECIMAL else self.shown(table, name)

    def glanced_ends(self, table: Table, name: str, characters: int) -> tuple[Expression, Expression]:
        """Return the lowest and the highest value where their order is known."""
        column = columns_by_name(table)[name]
        if column.has_language_order or column.kind in {
            ColumnKind.ANY,
            ColumnKind.BYTES,
            ColumnKind.BOOLEAN,
        }:
            return sa.null(), sa.null()
        value = self.glanced(table, name, characters)
        return sa.func.min(value, type_=value.type), sa.func.max(value, type_=value.type)

    def glanced_total(self, table: Table, name: str) -> Expression:
        """Return the sum of a column of numbers."""
        column = columns_by_name(table)[name]
        return sa.func.sum(_double(table, column)) if column.is_numeric else sa.null()

    def glanced_mixture(self, table: Table, name: str) -> tuple[Expression, Expression, Expression]:
        """Return how many texts are empty; no numbers stand among others here."""
        if columns_by_name(table)[name].kind is not ColumnKind.TEXT:
            return _number("0"), sa.null(), _number("0")
        is_empty = rows_of(table).c[name] == sa.literal("", sa.Unicode())
        return _number("0"), sa.null(), sa.func.count(sa.case((is_empty, _number("1"))))

    def drawn(self, mask: Expression) -> sa.ColumnElement[bool]:
        """Return whether a random number from 0 to 1 is small enough."""
        return _chance() * (sa.type_coerce(mask, sa.Integer()) + 1) < 1


def is_key_term(term: object) -> bool:
    """Whether a term of an order is a column of the key."""
    return isinstance(term, UnaryExpression)


def _column(table: Table, name: str) -> Expression:
    return sa.type_coerce(rows_of(table).c[name], Canonical.of(columns_by_name(table)[name]))


def _double(table: Table, column: Column) -> Expression:
    double = sa.cast(rows_of(table).c[column.name], sa.Double)
    return sa.type_coerce(double, Canonical(ColumnKind.FLOAT))


def _number(text: str) -> Expression:
    return sa.literal_column(text, sa.Integer())


def _not_exact(table: Table, column: Column, what: str) -> ConfigurationError:
    return ConfigurationError(
        ReasonCode.NOT_EXACT_HERE,
        what=what,
        column=column.name,
        table=table.name,
        declared_type=column.declared_type,
    )


class _chance(FunctionElement[Any]):  # noqa: N801 - SQLAlchemy has no word for it that all databases know
    """A random number from 0 to 1, another one for each row."""

    name = "chance"
    type = sa.Double()
    inherit_cache = True


_CHANCES = {"mssql": "RAND(CHECKSUM(NEWID()))", "oracle": "DBMS_RANDOM.VALUE", "mysql": "RAND()"}


@compiles(_chance)
def _write_chance(element: _chance, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401, ARG001 - SQLAlchemy's
    return _CHANCES.get(compiler.dialect.name, "RANDOM()")

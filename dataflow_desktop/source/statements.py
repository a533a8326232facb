"""Row query and keyset → SQLAlchemy select. No statement is ever put together from strings.

What columns and values look like in it is the table's dialect's affair: see `source.dialects`.
"""

import operator
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from dataflow_desktop.domain.keyset import Keyset
from dataflow_desktop.domain.row_query import (
    Condition,
    Operator,
    RowQuery,
    RowRange,
    Search,
    SortColumn,
    Value,
)
from dataflow_desktop.domain.schema import Table, TableKind
from dataflow_desktop.domain.sort_key import sort_key
from dataflow_desktop.source.balanced import balanced
from dataflow_desktop.source.dialects import dialect_of
from dataflow_desktop.source.relations import rows_of
from dataflow_desktop.source.values import untyped

Predicate = sa.ColumnElement[bool]
Rows = sa.Select[Any]


def select_rows(table: Table, query: RowQuery) -> Rows:
    """Return the rows of `query` in its order, each ending in its keyset."""
    order = sort_key(table, query)
    names = (*query.columns, *(sort.column for sort in order))
    statement = _filtered(sa.select(*shown_columns(table, names)), table, query)
    return statement.order_by(*_ordering(table, order))


def shown_columns(table: Table, names: Iterable[str]) -> list[sa.ColumnElement[Any]]:
    """Return columns, the key's among them, as their values leave."""
    dialect = dialect_of(table)
    return [dialect.shown(table, name) for name in names]


def select_span(table: Table, query: RowQuery, after: Keyset | None, last: Keyset) -> Rows:
    """Return the rows of `query` beyond `after` (None: from the first on), their key not above `last`."""
    statement = select_rows(table, query).where(is_within(table, last))
    return statement if after is None else statement.where(is_after(table, query, after))


def select_key_range(table: Table, query: RowQuery, after: Keyset | None, last: Keyset | None) -> Rows:
    """Return the rows of `query` beyond the key `after`, up to the key `last` (None: no such end), each as 1.

    Only the key finds them. An index of a condition would be read whole again in each of many ranges.
    """
    statement = sa.select(sa.literal(1)).select_from(rows_of(table))
    wanted = _filtered(statement, table, query).whereclause
    if wanted is not None:  # CASE looks no further than it must, and no index answers it
        statement = statement.where(sa.case((wanted, sa.true())))
    if after is not None:
        statement = statement.where(is_after(table, RowQuery(table.name, ()), after))
    return statement if last is None else statement.where(is_within(table, last))


def select_rows_backwards(table: Table, query: RowQuery) -> Rows:
    """Return the same rows from the last to the first."""
    return select_rows(table, query).order_by(None).order_by(*_ordering(table, _reversed(table, query)))


def select_widths(table: Table, query: RowQuery, rows: int, *, is_backwards: bool) -> Rows:
    """Return about how many bytes the query's columns have as text, in each of the first or last rows."""
    select = select_rows_backwards if is_backwards else select_rows
    widths = [dialect_of(table).width(table, name) for name in query.columns]
    width = balanced("+", [sa.literal(0), *widths])
    return select(table, query).limit(rows).with_only_columns(width, maintain_column_froms=True)


def select_long(table: Table, query: RowQuery, after: Keyset | None, length: int) -> Rows:
    """Return the rows of `query` beyond `after` in which a value may have more letters than `length`.

    As text or as hex.
    """
    widths = [dialect_of(table).width(table, name) for name in query.columns]
    statement = select_rows(table, query).where(balanced("OR", [width > length for width in widths]))
    return statement if after is None else statement.where(is_after(table, query, after))


def select_keysets(table: Table, query: RowQuery) -> Rows:
    """Return only the keysets of those rows."""
    return select_rows(table, replace(query, columns=()))


def select_count(table: Table, query: RowQuery) -> Rows:
    """Return the number of rows of `query`."""
    return _filtered(sa.select(sa.func.count()), table, query)


def select_bound(table: Table, rows: RowRange | None = None) -> Rows:
    """Return the highest key in the table, or of the rows in a range of it; no row where there are none."""
    return select_rows_backwards(table, RowQuery(table.name, (), rows=rows)).limit(1)


def select_distinct(table: Table, column: str, most: int) -> Rows:
    """Return the different values of `column`, in their order; of more than `most`, any `most`."""
    # In two steps, for to order what is distinct SQLite would sort all rows: three times as long.
    values = sa.select(dialect_of(table).shown(table, column)).distinct().limit(most).subquery()
    return sa.select(values).order_by(*values.c)


def select_next_value(table: Table, column: str, after: Value) -> Rows:
    """Return the lowest value of `column` above `after`, NULL where none is; for None the lowest of all.

    It goes by the column's own collation, as a condition does that asks for one value.
    """
    values = rows_of(table).c[column]
    statement = sa.select(sa.func.min(values))
    return statement if after is None else statement.where(values > untyped(after))


def select_null(table: Table, column: str) -> Rows:
    """Return NULL if `column` holds one; else no row."""
    values = rows_of(table).c[column]
    return sa.select(values).where(values.is_(None)).limit(1)


def select_ordered(table: Table, column: str, values: Sequence[Value]) -> sa.CompoundSelect[Any]:
    """Return the different ones of `values`, in the order of `column`."""
    given = [sa.select(untyped(value)) for value in values]
    # The first part of a compound gives the collation: https://www.sqlite.org/datatype3.html#collation. Not
    # for a view, which SQLite may work out before it sees that no row is wanted.
    by_column = sa.select(rows_of(table).c[column]).where(sa.false())
    parts = given if table.kind is TableKind.VIEW else [by_column, *given]
    return sa.union(*parts).order_by(sa.literal_column("1"))


def is_after(table: Table, query: RowQuery, keyset: Keyset) -> Predicate:
    """Return the condition that a row comes after `keyset` in the order of `query`."""
    return _comes_after(table, sort_key(table, query), keyset)


def ranges_after(
    table: Table, query: RowQuery, keyset: Keyset, *, is_backwards: bool = False
) -> tuple[Predicate, ...]:
    """Return conditions whose rows, one after the other, are those that come after `keyset`.

    In the order of `query`, or backwards. `is_after` says the same in one condition, but only ranges like
    these let SQLite start in the middle of an index where an order has NULLs or mixed directions.
    """
    order = _reversed(table, query) if is_backwards else sort_key(table, query)
    compared = _compared_as_a_row(table, order, keyset)
    if compared is not None:
        return (compared,)
    places = _places(table, order, keyset)
    return tuple(
        balanced("AND", [*(place.is_same() for place in places[:number]), later])
        for number in reversed(range(len(places)))
        for later in places[number].ranges_later()
    )


def _is_in(table: Table, rows: RowRange) -> list[Predicate]:
    """Return the conditions that a row lies in the range."""
    backwards = _turned(rows.order)
    return [
        _comes_after(table, rows.order, rows.first, or_is_it=True),
        _comes_after(table, backwards, rows.last, or_is_it=True),
    ]


def is_within(table: Table, bound: Keyset) -> Predicate:
    """Return the condition that a row's key does not lie above `bound`."""
    order = _turned(sort_key(table, RowQuery(table.name, ())))
    return _comes_after(table, order, bound, or_is_it=True)


def is_at(table: Table, keyset: Keyset) -> Predicate:
    """Return the condition that a row's key is `keyset`."""
    order = sort_key(table, RowQuery(table.name, ()))
    return balanced("AND", [place.is_same() for place in _places(table, order, keyset)])


def select_null_keys(table: Table) -> Rows:
    """Return 1 if a column of the key is NULL in any row."""
    columns = rows_of(table).c
    is_null = sa.or_(*(columns[name].is_(None) for name in table.key))
    return sa.select(sa.literal_column("1")).select_from(rows_of(table)).where(is_null).limit(1)


def select_equal_keys(table: Table) -> Rows:
    """Return 1 if two rows have the same key."""
    columns = [rows_of(table).c[name] for name in table.key]
    grouped: Rows = sa.select(sa.literal_column("1")).select_from(rows_of(table)).group_by(*columns)
    return grouped.having(sa.func.count() > 1).limit(1)


def select_nothing_where(table: Table, condition: Condition) -> Rows:
    """Return a statement without rows, by which a database reads the values of `condition`."""
    statement: Rows = sa.select(sa.literal_column("1")).select_from(rows_of(table))
    return statement.where(_PREDICATES[condition.operator](table, condition)).limit(0)


def _ordering(table: Table, order: Sequence[SortColumn]) -> list[sa.ColumnElement[Any]]:
    dialect = dialect_of(table)
    return [dialect.order_by(table, sort) for sort in order]


def _reversed(table: Table, query: RowQuery) -> tuple[SortColumn, ...]:
    return _turned(sort_key(table, query))


def _turned(order: Sequence[SortColumn]) -> tuple[SortColumn, ...]:
    return tuple(SortColumn(sort.column, not sort.is_descending) for sort in order)


def _compared(
    compare: Callable[[Any, Any], Predicate], table: Table, names: Sequence[str], keyset: Keyset
) -> Predicate:
    dialect = dialect_of(table)
    columns = [dialect.compared(table, name) for name in names]
    values = [dialect.placed(table, name, value) for name, value in zip(names, keyset, strict=True)]
    if len(columns) == 1:
        return compare(columns[0], values[0])
    return compare(sa.tuple_(*columns), sa.tuple_(*values))


def _comes_after(
    table: Table, order: Sequence[SortColumn], keyset: Keyset, *, or_is_it: bool = False
) -> Predicate:
    compared = _compared_as_a_row(table, order, keyset, or_is_it=or_is_it)
    if compared is not None:
        return compared
    places = _places(table, order, keyset)
    later = _later(places)
    if or_is_it:
        later = sa.or_(later, balanced("AND", [place.is_same() for place in places]))
    # The bound of the first column says nothing new, but an index can use it.
    return sa.and_(places[0].is_not_before(), later)


def _compared_as_a_row(
    table: Table, order: Sequence[SortColumn], keyset: Keyset, *, or_is_it: bool = False
) -> Predicate | None:
    """Return the condition in one comparison of rows of values, None where none says it."""
    if None in keyset or (len(order) > 1 and not dialect_of(table).compares_rows):
        return None
    compared = [sort.column for sort in order]
    directions = {sort.is_descending for sort in order}
    if directions == {False}:  # then all NULL come before, and to compare with NULL leaves them out
        return _compared(operator.ge if or_is_it else operator.gt, table, compared, keyset)
    if directions == {True} and _nullable(table).isdisjoint(sort.column for sort in order):
        return _compared(operator.le if or_is_it else operator.lt, table, compared, keyset)
    return None


def _places(table: Table, order: Sequence[SortColumn], keyset: Keyset) -> list["_Place"]:
    nullable = _nullable(table)
    return [
        _Place(table, sort.column, sort.is_descending, value, sort.column in nullable)
        for sort, value in zip(order, keyset, strict=True)
    ]


def _nullable(table: Table) -> set[str]:
    return {column.name for column in table.columns if column.is_nullable}.difference(table.key)


def _later(places: Sequence["_Place"]) -> Predicate:
    if len(places) == 1:
        return places[0].is_later()
    middle = len(places) // 2  # halves, and not the first and the others: see `balanced`
    first, others = places[:middle], places[middle:]
    is_same = balanced("AND", [place.is_same() for place in first])
    return sa.or_(_later(first), sa.and_(is_same, _later(others)))


@dataclass(frozen=True)
class _Place:
    """One column's part in the place of a row. NULL is lower than everything else."""

    table: Table
    name: str
    is_descending: bool
    value: Value
    may_be_null: bool

    @property
    def column(self) -> sa.ColumnElement[Any]:
        return rows_of(self.table).c[self.name]

    @property
    def compared(self) -> sa.ColumnElement[Any]:
        return dialect_of(self.table).compared(self.table, self.name)

    def _placed(self) -> sa.ColumnElement[Any]:
        return dialect_of(self.table).placed(self.table, self.name, self.value)

    def is_later(self) -> Predicate:
        if self.value is None:
            return sa.false() if self.is_descending else self.column.is_not(None)
        value = self._placed()
        return self._or_null(self.compared < value) if self.is_descending else self.compared > value

    def ranges_later(self) -> tuple[Predicate, ...]:
        """Return the later values as ranges of an index, in their order."""
        if self.value is None:
            return () if self.is_descending else (self.column.is_not(None),)
        value = self._placed()
        if not self.is_descending:
            return (self.compared > value,)
        return (
            (self.compared < value, self.column.is_(None)) if self.may_be_null else (self.compared < value,)
        )

    def is_same(self) -> Predicate:
        if self.value is None:
            return self.column.is_(None)
        return self.compared == dialect_of(self.table).same(self.table, self.name, self.value)

    def is_not_before(self) -> Predicate:
        if self.value is None:
            return self.column.is_(None) if self.is_descending else sa.true()
        value = self._placed()
        return self._or_null(self.compared <= value) if self.is_descending else self.compared >= value

    def _or_null(self, comparison: Predicate) -> Predicate:
        return sa.or_(comparison, self.column.is_(None)) if self.may_be_null else comparison


def _filtered(statement: Rows, table: Table, query: RowQuery) -> Rows:
    predicates = [_PREDICATES[condition.operator](table, condition) for condition in query.conditions]
    if query.search is not None:
        predicates.append(_searched(table, query.search))
    if query.rows is not None:
        predicates += _is_in(table, query.rows)
    if query.beyond is not None:
        predicates.append(is_after(table, RowQuery(table.name, ()), query.beyond))
    statement = statement.select_from(rows_of(table))
    return statement.where(balanced("AND", predicates)) if predicates else statement


def _searched(table: Table, search: Search) -> Predicate:
    names = [search.column] if search.column is not None else [column.name for column in table.text_columns]
    found = [dialect_of(table).matches(table, name, Operator.CONTAINS, search.text) for name in names]
    return balanced("OR", found) if found else sa.false()


Compare = Callable[[Any, Any], Predicate]


def _wanted(table: Table, condition: Condition) -> tuple[sa.ColumnElement[Any], list[sa.ColumnElement[Any]]]:
    column, dialect = condition.column, dialect_of(table)
    return rows_of(table).c[column], [dialect.wanted(table, column, value) for value in condition.values]


def _equals(compare: Compare) -> Callable[[Table, Condition], Predicate]:
    def compared(table: Table, condition: Condition) -> Predicate:
        column, values = _wanted(table, condition)
        return compare(column, values[0])

    return compared


def _is_among(table: Table, condition: Condition) -> Predicate:
    column, values = _wanted(table, condition)
    return column.in_(values) if values else sa.false()


def _is_not_among(table: Table, condition: Condition) -> Predicate:
    column, values = _wanted(table, condition)
    return column.not_in(values) if values else sa.true()


def _ranks(*compares: Compare) -> Callable[[Table, Condition], Predicate]:
    """Compare the column with each of the values; texts by their order in the database, as SQLite does."""

    def compared(table: Table, condition: Condition) -> Predicate:
        dialect = dialect_of(table)
        column = dialect.compared(table, condition.column)
        found = [
            compare(column, dialect.ranked(table, condition.column, value))
            for compare, value in zip(compares, condition.values, strict=True)
        ]
        return balanced("AND", found)

    return compared


def _on_text(table: Table, condition: Condition) -> Predicate:
    text = str(condition.values[0])
    return dialect_of(table).matches(table, condition.column, condition.operator, text)


_PREDICATES: dict[Operator, Callable[[Table, Condition], Predicate]] = {
    Operator.EQUAL: _equals(operator.eq),
    Operator.NOT_EQUAL: _equals(operator.ne),
    Operator.LESS: _ranks(operator.lt),
    Operator.LESS_OR_EQUAL: _ranks(operator.le),
    Operator.GREATER: _ranks(operator.gt),
    Operator.GREATER_OR_EQUAL: _ranks(operator.ge),
    Operator.CONTAINS: _on_text,
    Operator.STARTS: _on_text,
    Operator.ENDS: _on_text,
    Operator.IN: _is_among,
    Operator.NOT_IN: _is_not_among,
    Operator.BETWEEN: _ranks(operator.ge, operator.le),
    Operator.IS_NULL: lambda table, condition: rows_of(table).c[condition.column].is_(None),
    Operator.NOT_NULL: lambda table, condition: rows_of(table).c[condition.column].is_not(None),
}

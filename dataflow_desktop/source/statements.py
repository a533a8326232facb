"""Row query and keyset → SQLAlchemy select. No statement is ever put together from strings."""

import functools
import operator
from collections.abc import Callable, Sequence
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
from dataflow_desktop.source.text_match import matches

Predicate = sa.ColumnElement[bool]
Rows = sa.Select[Any]


def select_rows(table: Table, query: RowQuery) -> Rows:
    """Return the rows of `query` in its order, each ending in its keyset."""
    columns = rows_of(table).c
    keyset = [columns[sort.column] for sort in sort_key(table, query)]
    statement = _filtered(sa.select(*(columns[name] for name in query.columns), *keyset), table, query)
    return statement.order_by(*_ordering(table, sort_key(table, query)))


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
    columns = rows_of(table).c
    widths = [_width(columns[name]) for name in query.columns]
    width = balanced("+", [sa.literal(0), *widths])
    return select(table, query).limit(rows).with_only_columns(width, maintain_column_froms=True)


def _width(column: sa.ColumnClause[Any]) -> sa.ColumnElement[Any]:
    is_blob = sa.func.typeof(column) == "blob"  # which leaves as hex
    # Not octet_length, as the columnar lane asks: Python's SQLite may be older than 3.43.
    length = sa.func.length(sa.cast(column, sa.BLOB))
    return sa.func.coalesce(sa.case((is_blob, 2 * length), else_=length), 0)


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
    values = sa.select(rows_of(table).c[column]).distinct().limit(most).subquery()
    return sa.select(values).order_by(*values.c)


def select_next_value(table: Table, column: str, after: Value) -> Rows:
    """Return the lowest value of `column` above `after`, NULL where none is; for None the lowest of all.

    It goes by the column's own collation, as a condition does that asks for one value.
    """
    values = rows_of(table).c[column]
    statement = sa.select(sa.func.min(values))
    return statement if after is None else statement.where(values > literal(after))


def select_null(table: Table, column: str) -> Rows:
    """Return NULL if `column` holds one; else no row."""
    values = rows_of(table).c[column]
    return sa.select(values).where(values.is_(None)).limit(1)


def select_ordered(table: Table, column: str, values: Sequence[Value]) -> sa.CompoundSelect[Any]:
    """Return the different ones of `values`, in the order of `column`."""
    given = [sa.select(literal(value)) for value in values]
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


def is_before(table: Table, query: RowQuery, keyset: Keyset) -> Predicate:
    """Return the condition that a row comes before `keyset` in the order of `query`."""
    return _comes_after(table, _reversed(table, query), keyset)


def _is_in(table: Table, rows: RowRange) -> list[Predicate]:
    """Return the conditions that a row lies in the range."""
    backwards = _turned(rows.order)
    return [
        _comes_after(table, rows.order, rows.first, or_is_it=True),
        _comes_after(table, backwards, rows.last, or_is_it=True),
    ]


def is_within(table: Table, bound: Keyset) -> Predicate:
    """Return the condition that a row's key does not lie above `bound`."""
    columns = rows_of(table).c
    return _compared(operator.le, [columns[name] for name in table.key], bound)


def is_at(table: Table, keyset: Keyset) -> Predicate:
    """Return the condition that a row's key is `keyset`."""
    return _compared(operator.eq, [rows_of(table).c[name] for name in table.key], keyset)


@functools.lru_cache(maxsize=64)
def rows_of(table: Table) -> sa.TableClause:
    """Return the table for a statement, its rowid included where that is the key.

    Its columns have no type: values go in and come out as the database holds them.
    """
    hidden = [name for name in table.key if name not in table.column_names]
    return sa.table(table.name, *(sa.column(name) for name in (*table.column_names, *hidden)))


def _ordering(table: Table, order: Sequence[SortColumn]) -> list[sa.ColumnElement[Any]]:
    columns = rows_of(table).c
    comparable = [(_comparable(table, columns[sort.column]), sort.is_descending) for sort in order]
    return [column.desc() if is_descending else column for column, is_descending in comparable]


def _reversed(table: Table, query: RowQuery) -> tuple[SortColumn, ...]:
    return _turned(sort_key(table, query))


def _turned(order: Sequence[SortColumn]) -> tuple[SortColumn, ...]:
    return tuple(SortColumn(sort.column, not sort.is_descending) for sort in order)


def _comparable(table: Table, column: sa.ColumnClause[Any]) -> sa.ColumnElement[Any]:
    """Return the column to order by: by bytes, for other collations call different texts equal."""
    return column if column.name == table.rowid_name else sa.collate(column, "BINARY")


def _compared(
    compare: Callable[[Any, Any], Predicate], columns: Sequence[sa.ColumnElement[Any]], keyset: Keyset
) -> Predicate:
    values = [_by_bytes(value) for value in keyset]
    if len(columns) == 1:
        return compare(columns[0], values[0])
    return compare(sa.tuple_(*columns), sa.tuple_(*values))


def _by_bytes(value: Value) -> sa.ColumnElement[Any]:
    # An index finds a row of values only where the columns stand plain: so the value has the collation.
    return sa.collate(literal(value), "BINARY")


def literal(value: Value) -> sa.BindParameter[Any]:
    """Return a value for a statement as it is: without a type nothing is made of it."""
    return sa.literal(value, sa.types.NullType())


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
    if None in keyset:
        return None
    columns = rows_of(table).c
    compared = [columns[sort.column] for sort in order]
    directions = {sort.is_descending for sort in order}
    if directions == {False}:  # then all NULL come before, and to compare with NULL leaves them out
        return _compared(operator.ge if or_is_it else operator.gt, compared, keyset)
    if directions == {True} and _nullable(table).isdisjoint(sort.column for sort in order):
        return _compared(operator.le if or_is_it else operator.lt, compared, keyset)
    return None


def _places(table: Table, order: Sequence[SortColumn], keyset: Keyset) -> list["_Place"]:
    columns, nullable = rows_of(table).c, _nullable(table)
    return [
        _Place(columns[sort.column], sort.is_descending, value, sort.column in nullable)
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

    column: sa.ColumnElement[Any]
    is_descending: bool
    value: Value
    may_be_null: bool

    def is_later(self) -> Predicate:
        if self.value is None:
            return sa.false() if self.is_descending else self.column.is_not(None)
        value = _by_bytes(self.value)
        return self._or_null(self.column < value) if self.is_descending else self.column > value

    def ranges_later(self) -> tuple[Predicate, ...]:
        """Return the later values as ranges of an index, in their order."""
        if self.value is None:
            return () if self.is_descending else (self.column.is_not(None),)
        value = _by_bytes(self.value)
        if not self.is_descending:
            return (self.column > value,)
        return (self.column < value, self.column.is_(None)) if self.may_be_null else (self.column < value,)

    def is_same(self) -> Predicate:
        return self.column.is_(None) if self.value is None else self.column == _by_bytes(self.value)

    def is_not_before(self) -> Predicate:
        if self.value is None:
            return self.column.is_(None) if self.is_descending else sa.true()
        value = _by_bytes(self.value)
        return self._or_null(self.column <= value) if self.is_descending else self.column >= value

    def _or_null(self, comparison: Predicate) -> Predicate:
        return sa.or_(comparison, self.column.is_(None)) if self.may_be_null else comparison


def _filtered(statement: Rows, table: Table, query: RowQuery) -> Rows:
    columns = rows_of(table).c
    predicates = [_predicate(columns[condition.column], condition) for condition in query.conditions]
    if query.search is not None:
        predicates.append(_searched(table, query.search))
    if query.rows is not None:
        predicates += _is_in(table, query.rows)
    statement = statement.select_from(rows_of(table))
    return statement.where(balanced("AND", predicates)) if predicates else statement


def _searched(table: Table, search: Search) -> Predicate:
    names = [search.column] if search.column is not None else [column.name for column in table.text_columns]
    columns = rows_of(table).c
    found = [matches(columns[name], Operator.CONTAINS, search.text) for name in names]
    return balanced("OR", found) if found else sa.false()


def _predicate(column: sa.ColumnClause[Any], condition: Condition) -> Predicate:
    return _PREDICATES[condition.operator](column, condition)


def _on_first(compare: Callable[[Any, Any], Predicate]) -> Callable[[Any, Condition], Predicate]:
    return lambda column, condition: compare(column, condition.values[0])


def _on_text(column: sa.ColumnClause[Any], condition: Condition) -> Predicate:
    return matches(column, condition.operator, str(condition.values[0]))


_PREDICATES: dict[Operator, Callable[[sa.ColumnClause[Any], Condition], Predicate]] = {
    Operator.EQUAL: _on_first(operator.eq),
    Operator.NOT_EQUAL: _on_first(operator.ne),
    Operator.LESS: _on_first(operator.lt),
    Operator.LESS_OR_EQUAL: _on_first(operator.le),
    Operator.GREATER: _on_first(operator.gt),
    Operator.GREATER_OR_EQUAL: _on_first(operator.ge),
    Operator.CONTAINS: _on_text,
    Operator.STARTS: _on_text,
    Operator.ENDS: _on_text,
    Operator.IN: lambda column, condition: column.in_(condition.values),
    Operator.NOT_IN: lambda column, condition: column.not_in(condition.values),
    Operator.BETWEEN: lambda column, condition: column.between(condition.values[0], condition.values[1]),
    Operator.IS_NULL: lambda column, _: column.is_(None),
    Operator.NOT_NULL: lambda column, _: column.is_not(None),
}

"""Row query and keyset → SQLAlchemy select. No statement is ever put together from strings."""

import functools
import operator
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from dataflow_desktop.domain.keyset import Keyset
from dataflow_desktop.domain.row_query import Condition, Operator, RowQuery, Search
from dataflow_desktop.domain.schema import Table
from dataflow_desktop.source.text_match import matches

Predicate = sa.ColumnElement[bool]
Rows = sa.Select[Any]


def select_rows(table: Table, query: RowQuery) -> Rows:
    """Return the rows of `query` in key order, each ending in its keyset."""
    columns = _rows_of(table).c
    wanted = [columns[name] for name in (*query.columns, *table.key)]
    return _filtered(sa.select(*wanted), table, query).order_by(*(columns[name] for name in table.key))


def select_rows_backwards(table: Table, query: RowQuery) -> Rows:
    """Return the same rows from the last to the first."""
    columns = _rows_of(table).c
    return select_rows(table, query).order_by(None).order_by(*(columns[name].desc() for name in table.key))


def select_count(table: Table, query: RowQuery) -> Rows:
    """Return the number of rows of `query`."""
    return _filtered(sa.select(sa.func.count()), table, query)


def select_bound(table: Table) -> Rows:
    """Return the highest keyset in the table; no row when it is empty."""
    key = [_rows_of(table).c[name] for name in table.key]
    return sa.select(*key).order_by(*(column.desc() for column in key)).limit(1)


def select_distinct(table: Table, column: str) -> Rows:
    """Return the different values of `column`, in their order."""
    values = _rows_of(table).c[column]
    return sa.select(values).distinct().order_by(values)


def is_after(table: Table, keyset: Keyset) -> Predicate:
    """Return the condition that a row comes after `keyset`."""
    return _compared(operator.gt, table, keyset)


def is_before(table: Table, keyset: Keyset) -> Predicate:
    """Return the condition that a row comes before `keyset`."""
    return _compared(operator.lt, table, keyset)


def is_within(table: Table, bound: Keyset) -> Predicate:
    """Return the condition that a row does not lie above `bound`."""
    return _compared(operator.le, table, bound)


def _compared(compare: Callable[[Any, Any], Predicate], table: Table, keyset: Keyset) -> Predicate:
    (name,), (value,) = table.key, keyset
    return compare(_rows_of(table).c[name], value)


@functools.lru_cache(maxsize=64)
def _rows_of(table: Table) -> sa.TableClause:
    # Columns without a type: values go in and come out as the database holds them.
    return sa.table(table.name, *(sa.column(column.name) for column in table.columns))


def _filtered(statement: Rows, table: Table, query: RowQuery) -> Rows:
    columns = _rows_of(table).c
    predicates = [_predicate(columns[condition.column], condition) for condition in query.conditions]
    if query.search is not None:
        predicates.append(_searched(table, query.search))
    return statement.select_from(_rows_of(table)).where(*predicates)


def _searched(table: Table, search: Search) -> Predicate:
    names = [search.column] if search.column is not None else [column.name for column in table.text_columns]
    columns = _rows_of(table).c
    return sa.or_(sa.false(), *(matches(columns[name], Operator.CONTAINS, search.text) for name in names))


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

"""Columns with few values, found from the data and not from their names."""

import time
from collections.abc import Iterable, Iterator

import sqlalchemy as sa

from dataflow_desktop.domain.facet import Facet
from dataflow_desktop.domain.row_query import RowQuery, Value
from dataflow_desktop.domain.schema import Column, ColumnKind, DatabaseSystem, Table
from dataflow_desktop.errors import ReasonCode, SourceError
from dataflow_desktop.source.connection import SourceConnection
from dataflow_desktop.source.index_values import has_index_values, read_index_values
from dataflow_desktop.source.ordered_rows import OrderedRows
from dataflow_desktop.source.spread_sample import SpreadSample, sample_values
from dataflow_desktop.source.statements import select_distinct, select_ordered
from dataflow_desktop.source.value_sample import order_of

FACET_VALUES = 40
"""More values than this are no drop-down any more but a search."""

ROWS_FOR_EACH_VALUE = 2
"""In a table so small that all columns have few values, only those that repeat are worth choosing by."""

SMALL_ROWS = 1_000_000
"""All rows of no larger table are read for the values of a column: a fifth of a second for each."""

LOOK_ROWS = 50_000
"""Walked over in one step, 3 to 15 ms, before a look at the clock."""

LOOK_SECONDS = 0.2
"""SMALL_ROWS narrow rows are walked over in less than half of it: rows that take longer are wide, and to read
them all for each column is as bad as in a large table."""

_KINDS = frozenset({ColumnKind.TEXT, ColumnKind.INTEGER, ColumnKind.BOOLEAN, ColumnKind.ANY})


def find_facets(connection: SourceConnection, table: Table) -> Iterator[Facet]:
    """Yield a facet for each column of `table` that has at least two and at most FACET_VALUES values.

    It has all values where an index or a small table gives them at once, and else those of a sample: the
    time does not grow with the table. Raises SourceError, and Stopped when interrupted.
    """
    sample = sample_values(connection, table, _candidates(table), FACET_VALUES)
    columns = [table.column(name) for name in sample.columns if _repeats(sample, name)]
    indexed = {column for column in columns if table.key and has_index_values(connection, table, column)}
    is_small = len(indexed) < len(columns) and bool(table.key) and _is_small(connection, table)
    for column in columns:
        if column in indexed or is_small:
            values = _all_values(connection, table, column, is_indexed=column in indexed)
        else:
            values = _sampled_values(connection, table, column, sample)
        if 1 < len(values) <= FACET_VALUES:
            yield Facet(column.name, values, is_complete=column in indexed or is_small or sample.is_whole)


def _candidates(table: Table) -> list[str]:
    # A column that is the whole key never repeats; one that is only a part of it may.
    return [column.name for column in table.columns if column.kind in _KINDS and table.key != (column.name,)]


def _repeats(sample: SpreadSample, column: str) -> bool:
    return 0 < len(sample.values(column)) * ROWS_FOR_EACH_VALUE <= sample.rows


def _is_small(connection: SourceConnection, table: Table) -> bool:
    ordered = OrderedRows(connection, table, RowQuery(table.name, ()))
    end = time.monotonic() + LOOK_SECONDS
    hop = ordered.hop(None, LOOK_ROWS)
    rows = hop.rows
    while hop.keyset is not None and rows <= SMALL_ROWS and time.monotonic() < end:
        hop = ordered.hop(hop.keyset, LOOK_ROWS)
        rows += hop.rows
    return hop.keyset is None and rows <= SMALL_ROWS


def _all_values(
    connection: SourceConnection, table: Table, column: Column, *, is_indexed: bool
) -> tuple[Value, ...]:
    """Return the values of `column`, one more than FACET_VALUES at most; none if one cannot be read."""
    most = FACET_VALUES + 1
    try:
        if is_indexed:
            return read_index_values(connection, table, column, most)
        values = _flat(connection, select_distinct(table, column.name, most))
        return values if table.system is DatabaseSystem.SQLITE else _in_order(values)
    except SourceError as error:
        if error.reason.code != ReasonCode.TEXT_INVALID.name:
            raise
        return ()


def _sampled_values(
    connection: SourceConnection, table: Table, column: Column, sample: SpreadSample
) -> tuple[Value, ...]:
    values = sample.values(column.name)
    if table.system is not DatabaseSystem.SQLITE:
        return _in_order(values)
    return _flat(connection, select_ordered(table, column.name, list(values)))


def _in_order(values: Iterable[Value]) -> tuple[Value, ...]:
    return tuple(sorted(values, key=order_of))


def _flat(connection: SourceConnection, statement: sa.Executable) -> tuple[Value, ...]:
    return tuple(value for (value,) in connection.rows(statement))

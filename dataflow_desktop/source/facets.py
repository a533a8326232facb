"""Columns with few values, found from the data and not from their names."""

from collections.abc import Iterator, Sequence

from dataflow_desktop.domain.facet import Facet
from dataflow_desktop.domain.row_query import RowQuery
from dataflow_desktop.domain.schema import Column, ColumnKind, Table
from dataflow_desktop.source.connection import Row, SourceConnection
from dataflow_desktop.source.description import require_key
from dataflow_desktop.source.statements import select_distinct, select_rows

FACET_VALUES = 40
"""More values than this are no drop-down any more but a search."""

SAMPLE_ROWS = 2_000
"""Rows looked at first: a column with many values shows it there, and its whole is never read."""

ROWS_FOR_EACH_VALUE = 2
"""In a table so small that all columns have few values, only those that repeat are worth choosing by."""

_KINDS = frozenset({ColumnKind.TEXT, ColumnKind.INTEGER, ColumnKind.BOOLEAN, ColumnKind.ANY})


def find_facets(connection: SourceConnection, table: Table) -> Iterator[Facet]:
    """Yield a facet for each column of `table` that has at least two and at most FACET_VALUES values."""
    require_key(table)
    candidates = [
        # A column that is the whole key never repeats; one that is only a part of it may.
        column
        for column in table.columns
        if column.kind in _KINDS and table.key != (column.name,)
    ]
    if not candidates:
        return
    query = RowQuery(table.name, tuple(column.name for column in candidates))
    sample = connection.rows(select_rows(table, query).limit(SAMPLE_ROWS))
    for number, column in enumerate(candidates):
        if _repeats(sample, number):
            yield from _facet(connection, table, column)


def _repeats(sample: Sequence[Row], number: int) -> bool:
    different = len({row[number] for row in sample})
    return different <= FACET_VALUES and different * ROWS_FOR_EACH_VALUE <= len(sample)


def _facet(connection: SourceConnection, table: Table, column: Column) -> Iterator[Facet]:
    rows = connection.rows(select_distinct(table, column.name).limit(FACET_VALUES + 1))
    values = [value for (value,) in rows]
    if 1 < len(values) <= FACET_VALUES:
        yield Facet(column.name, tuple(values))

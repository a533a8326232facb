"""Looks for values that Excel would change, in a bounded number of rows from all over a table."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dataflow_desktop.domain.excel_changes import ExcelChange, may_be_changed, shown_by_excel
from dataflow_desktop.domain.row_query import RowQuery
from dataflow_desktop.domain.schema import Table
from dataflow_desktop.source.connection import Row, SourceConnection, TextDecoding
from dataflow_desktop.source.spread_sample import look_over
from dataflow_desktop.source.statements import select_rows

FILTERED_ROWS = 1_000
"""Of a filter the first rows are looked at, as for a preview: those from everywhere may not be among its."""


def excel_changes(connection: SourceConnection, table: Table, query: RowQuery) -> tuple[ExcelChange, ...]:
    """Return an example from each column of `query` in which there are such values, in their order.

    Raises SourceError, and Stopped when interrupted.
    """
    look = _Look(column.name for column in table.columns_named(query.columns) if may_be_changed(column))
    if not look.columns:
        return ()
    if query.is_filtered:
        wanted = replace(query, columns=look.columns, order=())
        statement = select_rows(table, wanted).limit(FILTERED_ROWS)
        with connection.decoding(TextDecoding.ESCAPE):
            look.add(wanted.columns, connection.rows(statement))
    else:
        look_over(connection, table, look)
    return look.found(query.columns)


class _Look:
    """The columns in which nothing was found yet, and what was found in the others."""

    is_whole = False

    def __init__(self, columns: Iterable[str]) -> None:
        self._columns = list(columns)
        self._found: dict[str, ExcelChange] = {}

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of which it still wants to know."""
        return tuple(self._columns)

    def add(self, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Look at what `rows` hold in `columns`."""
        for number, column in enumerate(columns):
            for row in rows:
                becomes = shown_by_excel(row[number])
                if becomes is not None:
                    self._found[column] = ExcelChange(column, str(row[number]), becomes)
                    self._columns.remove(column)
                    break

    def found(self, columns: Sequence[str]) -> tuple[ExcelChange, ...]:
        """Return what was found, in the order of `columns`."""
        return tuple(self._found[column] for column in columns if column in self._found)

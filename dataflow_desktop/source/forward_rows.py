"""Rows without a key: there is nothing to jump by, so they are read from the first one on."""

from collections.abc import Iterable

import sqlalchemy as sa

from dataflow_desktop.domain.row_query import RowQuery
from dataflow_desktop.domain.schema import Table
from dataflow_desktop.source.connection import Row, SourceConnection
from dataflow_desktop.source.statements import select_rows

MOST_ROWS_AHEAD = 4_096
"""The source computes a view anew for each read: one read in so many rows, and that is seldom."""

MOST_CELLS_AHEAD = 100_000
MOST_BYTES_AHEAD = 16 << 20
ROWS_IN_FETCH = 256


class ForwardRows:
    """Reads through one connection; for one thread. Raises SourceError, and Stopped when interrupted.

    No statement stays open between two reads: it would hold up writers for as long as the rows are shown.
    """

    def __init__(self, connection: SourceConnection, table: Table, query: RowQuery) -> None:
        self._connection = connection
        statement = select_rows(table, query)
        if not statement.selected_columns:  # a view of something that is gone: let the source say what it is
            statement = statement.add_columns(sa.literal(1))
        self._statement = statement
        self._width = len(query.columns)
        self._most_ahead = min(MOST_ROWS_AHEAD, MOST_CELLS_AHEAD // max(1, self._width))
        self._first = 0
        self._rows: list[Row] = []
        self._is_end = False

    def read(self, first: int, count: int) -> list[Row]:
        """Return `count` rows from row number `first` on, fewer at the end."""
        if not self._has(first, count):
            # At first no more than is asked for, so that it is there at once; then more and more.
            self._fetch(first, count, max(count, min(first, self._most_ahead)))
        begin = first - self._first
        return self._rows[begin : begin + count]

    def _has(self, first: int, count: int) -> bool:
        begin = first - self._first
        return begin >= 0 and (begin + count <= len(self._rows) or (self._is_end and bool(self._rows)))

    def _fetch(self, first: int, least: int, most: int) -> None:
        self._first, self._rows, self._is_end = first, [], False
        held_bytes = 0
        with self._connection.cursor(self._statement.limit(most).offset(first)) as cursor:
            while fetched := cursor.fetch(min(ROWS_IN_FETCH, most - len(self._rows))):
                self._rows += [row[: self._width] for row in fetched]
                held_bytes += sum(map(_size_of, fetched))
                if len(self._rows) == most or (len(self._rows) >= least and held_bytes > MOST_BYTES_AHEAD):
                    return
        self._is_end = True


def _size_of(row: Iterable[object]) -> int:
    return sum(len(value) for value in row if isinstance(value, str | bytes))

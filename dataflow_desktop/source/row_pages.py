"""Pages of rows for the table, by key from the nearest row already seen."""

from bisect import bisect_left
from collections.abc import Sequence

from dataflow_desktop.domain.keyset import Keyset
from dataflow_desktop.domain.row_query import RowQuery
from dataflow_desktop.domain.schema import Table
from dataflow_desktop.source.connection import Row, SourceConnection
from dataflow_desktop.source.description import require_key
from dataflow_desktop.source.statements import (
    is_after,
    is_before,
    select_count,
    select_rows,
    select_rows_backwards,
)


class RowPages:
    """The rows of one query by their number.

    Each page leaves the keysets of its first and last row behind as anchors. A page is read from the nearest
    anchor, upwards or downwards, skipping only the rows in between.
    """

    def __init__(self, connection: SourceConnection, table: Table, query: RowQuery) -> None:
        """Raise ConfigurationError when `table` has no key to page by."""
        require_key(table)
        self._connection = connection
        self._table = table
        self._query = query
        self._anchored_rows: list[int] = []
        self._keysets: dict[int, Keyset] = {}

    def read(self, first: int, count: int) -> list[Row]:
        """Return up to `count` rows from row number `first` (0 is the first row); fewer at the end."""
        below, above = self._nearest_anchors(first, first + count)
        skipped_upwards = first - below - 1
        if above is not None and above - (first + count) < skipped_upwards:
            rows = self._read_downwards(above, above - (first + count), count)
        else:
            rows = self._read_upwards(below, skipped_upwards, count)
        self._remember(first, rows)
        return [row[: len(self._query.columns)] for row in rows]

    def _nearest_anchors(self, first: int, end: int) -> tuple[int, int | None]:
        """Return the last anchored row below `first` (-1: the beginning) and the first one from `end` on."""
        below = bisect_left(self._anchored_rows, first) - 1
        above = bisect_left(self._anchored_rows, end)
        return (
            self._anchored_rows[below] if below >= 0 else -1,
            self._anchored_rows[above] if above < len(self._anchored_rows) else None,
        )

    def _read_upwards(self, anchor: int, skipped: int, count: int) -> Sequence[Row]:
        statement = select_rows(self._table, self._query).limit(count).offset(skipped)
        if anchor >= 0:
            statement = statement.where(is_after(self._table, self._query, self._keysets[anchor]))
        return self._connection.rows(statement)

    def _read_downwards(self, anchor: int, skipped: int, count: int) -> Sequence[Row]:
        statement = select_rows_backwards(self._table, self._query).limit(count).offset(skipped)
        statement = statement.where(is_before(self._table, self._query, self._keysets[anchor]))
        return self._connection.rows(statement)[::-1]

    def _remember(self, first: int, rows: Sequence[Row]) -> None:
        if not rows:
            return
        for number, row in ((first, rows[0]), (first + len(rows) - 1, rows[-1])):
            if number not in self._keysets:
                self._anchored_rows.insert(bisect_left(self._anchored_rows, number), number)
                self._keysets[number] = row[len(self._query.columns) :]


def count_rows(connection: SourceConnection, table: Table, query: RowQuery) -> int:
    """Return how many rows `query` has now."""
    count = connection.scalar(select_count(table, query))
    if not isinstance(count, int):
        raise TypeError(count)
    return count

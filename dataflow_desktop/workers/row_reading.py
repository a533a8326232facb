"""Reads rows of what the table shows, wherever they stand."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from dataflow_desktop.browse.row_window import PageRead, RowSpan
from dataflow_desktop.domain.keyset import Anchor, Keyset
from dataflow_desktop.source.connection import Made, Row, SourceConnection
from dataflow_desktop.source.forward_rows import ForwardRows
from dataflow_desktop.source.ordered_rows import OrderedRows
from dataflow_desktop.source.query_plan import needs_sorting
from dataflow_desktop.source.row_index import keyset_by_share
from dataflow_desktop.source.sorted_keys import RowsByKey, first_keys, keyset_of
from dataflow_desktop.workers.query_wishes import ShownQuery

ROWS_IN_PIECE = 1_000
"""Rows of a copy read at once, a few ms of work; between two, it can be stopped."""


class RowReading:
    """Rows of one query: by anchors, by sorted keys, or forward where there is no key. For one thread.

    A `make` is given the query's columns of one row after the other, so that no two large rows are held at
    once. Raises SourceError, Stopped when interrupted, and what `make` raises.
    """

    def __init__(self, connection: SourceConnection, shown: ShownQuery) -> None:
        self._connection = connection
        self._shown = shown
        self._width = len(shown.query.columns)
        table, query = shown.table, shown.query
        self._forward = None if table.key else ForwardRows(connection, table, query)
        self._by_key = RowsByKey(connection, table, query)
        self._ordered = OrderedRows(connection, table, query) if table.key else None

    def reads(self, connection: SourceConnection) -> bool:
        """Whether it reads through this connection, and not through one that was closed since."""
        return self._connection is connection

    def rows(self, make: Callable[[Row], Made], read: PageRead) -> Sequence[Made | None]:
        """Return what `make` makes of the rows of `read`, fewer at the end; None for one that has gone."""
        span = read.span
        if self._forward is not None:
            return list(map(make, self._forward.read(span.first, span.count)))
        keys = self._keys(span)
        if keys is not None:
            return self._by_key.read_as(make, keys)
        return self._in_order(lambda row: make(row[: self._width]), read)

    def pieces(self, make: Callable[[Row], Row], read: PageRead) -> Iterator[Sequence[Row | None]]:
        """Yield what `make`, which changes no width, makes of the rows of `read`, some at a time."""
        anchor = read.anchor or Anchor()
        end = read.span.first + read.span.count
        for first in range(read.span.first, end, ROWS_IN_PIECE):
            piece = PageRead(RowSpan(first, min(ROWS_IN_PIECE, end - first)), anchor)
            if self._ordered is None or self._shown.sorted_keys is not None:
                yield self.rows(make, piece)
                continue
            rows = self._in_order(make, piece)
            if rows:  # the next piece begins where this one ends, and skips nothing
                anchor = Anchor(first + len(rows), rows[-1][self._width :])
            yield [row[: self._width] for row in rows]

    def keyset(self, read: PageRead) -> Keyset | None:
        """Return the keyset of the first row of `read`; None when it is gone."""
        keys = self._keys(read.span)
        if keys is not None:
            table, query = self._shown.table, self._shown.query
            return keyset_of(self._connection, table, query, keys[0]) if keys else None
        rows = self._in_order(_whole, read)
        return rows[0][self._width :] if rows else None

    def _keys(self, span: RowSpan) -> list[Keyset] | None:
        """Return the keys of the rows where no index has their order; None where one has."""
        if self._shown.sorted_keys is not None:
            return self._shown.sorted_keys.read(span.first, span.count)
        if span.first == 0 and self._needs_sorting:
            return first_keys(self._connection, self._shown.table, self._shown.query, span.count)
        return None

    @cached_property
    def _needs_sorting(self) -> bool:
        query = self._shown.query
        return bool(query.order) and needs_sorting(self._connection, self._shown.table, query)

    def _in_order(self, make: Callable[[Row], Made], read: PageRead) -> list[Made]:
        """Return what `make` makes of the rows with their keysets."""
        span, anchor = read.span, read.anchor
        if self._ordered is None:
            raise TypeError(read)
        if anchor is None:
            guess = keyset_by_share(self._connection, self._shown.table, read.share)
            return self._ordered.read_as(make, guess, span.count)
        skipped = span.first - anchor.row
        return self._ordered.read_as(make, anchor.keyset, span.count, skipped=skipped)


def _whole(row: Row) -> Row:
    return row

"""Reads rows of what the table shows, wherever they stand."""

from collections.abc import Iterator, Sequence

from dataflow_desktop.browse.row_window import PageRead, RowSpan
from dataflow_desktop.domain.keyset import Anchor, Keyset
from dataflow_desktop.source.connection import Row, SourceConnection
from dataflow_desktop.source.forward_rows import ForwardRows
from dataflow_desktop.source.ordered_rows import OrderedRows
from dataflow_desktop.source.row_index import keyset_by_share
from dataflow_desktop.source.sorted_keys import RowsByKey, keyset_of
from dataflow_desktop.workers.query_wishes import ShownQuery

ROWS_IN_PIECE = 1_000
"""Rows of a copy read at once, a few ms of work; between two, it can be stopped."""


class RowReading:
    """Rows of one query: by anchors, by sorted keys, or forward where there is no key. For one thread.

    Raises SourceError, and Stopped when interrupted.
    """

    def __init__(self, connection: SourceConnection, shown: ShownQuery) -> None:
        self._connection = connection
        self._shown = shown
        self._width = len(shown.query.columns)
        table, query = shown.table, shown.query
        self._forward = None if table.key else ForwardRows(connection, table, query)
        self._by_key = RowsByKey(connection, table, query)
        self._ordered = OrderedRows(connection, table, query) if table.key else None

    def rows(self, read: PageRead) -> Sequence[Row | None]:
        """Return the rows of `read`, fewer at the end; None for one that was deleted since it was sorted."""
        span = read.span
        if self._forward is not None:
            return self._forward.read(span.first, span.count)
        if self._shown.sorted_keys is not None:
            keys = self._shown.sorted_keys.read(span.first, span.count)
            return self._by_key.read(keys)
        return [row[: self._width] for row in self._with_keysets(read)]

    def pieces(self, read: PageRead) -> Iterator[Sequence[Row | None]]:
        """Yield the rows of `read`, some at a time."""
        anchor = read.anchor or Anchor()
        end = read.span.first + read.span.count
        for first in range(read.span.first, end, ROWS_IN_PIECE):
            piece = PageRead(RowSpan(first, min(ROWS_IN_PIECE, end - first)), anchor)
            if self._ordered is None or self._shown.sorted_keys is not None:
                yield self.rows(piece)
                continue
            rows = self._with_keysets(piece)
            if rows:  # the next piece begins where this one ends, and skips nothing
                anchor = Anchor(first + len(rows), rows[-1][self._width :])
            yield [row[: self._width] for row in rows]

    def keyset(self, read: PageRead) -> Keyset | None:
        """Return the keyset of the first row of `read`; None when it is gone."""
        if self._shown.sorted_keys is not None:
            (key,) = self._shown.sorted_keys.read(read.span.first, 1) or (None,)
            return key and keyset_of(self._connection, self._shown.table, self._shown.query, key)
        rows = self._with_keysets(read)
        return rows[0][self._width :] if rows else None

    def _with_keysets(self, read: PageRead) -> list[Row]:
        span, anchor = read.span, read.anchor
        if self._ordered is None:
            raise TypeError(read)
        if anchor is not None:
            return self._ordered.read(anchor.keyset, span.count, skipped=span.first - anchor.row)
        guess = keyset_by_share(self._connection, self._shown.table, read.share)
        return self._ordered.read(guess, span.count)

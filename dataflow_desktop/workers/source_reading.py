"""Reads for one lane what was wished of a source; keeps the connection from one wish to the next."""

from collections.abc import Iterator, Sequence

from dataflow_desktop.browse.cell_text import CellMaker, cell_makers, format_row
from dataflow_desktop.browse.clipboard import body_of, end_of, head_of, joint_of
from dataflow_desktop.browse.page_cache import make_page
from dataflow_desktop.browse.row_index import Anchor
from dataflow_desktop.pacing import StopRequest
from dataflow_desktop.source.connection import Row, Source, SourceConnection, open_source
from dataflow_desktop.source.description import list_tables
from dataflow_desktop.source.facets import find_facets
from dataflow_desktop.source.ordered_rows import OrderedRows
from dataflow_desktop.source.query_plan import needs_sorting
from dataflow_desktop.source.row_index import index_rows, keyset_by_share
from dataflow_desktop.source.sorted_keys import rows_at, sort_keys
from dataflow_desktop.workers.query_wishes import (
    Answer,
    CopyWish,
    FacetFound,
    FacetsWish,
    IndexWish,
    PageArrived,
    PageWish,
    RowRead,
    RowsCopied,
    RowsIndexed,
    RowsSorted,
    RowWish,
    TablesListed,
    TablesWish,
    TextReady,
    VersionRead,
    VersionWish,
    Wish,
)

ROWS_IN_PIECE = 1_000
"""Rows of a copy made into text at once, a few ms of work; between two, it can be stopped."""

_GONE = ("",)
"""What is shown of a row that somebody deleted after its key was found."""


class SourceReading:
    """One open source and the pages of the newest query; for one thread."""

    def __init__(self) -> None:
        self._address: str | None = None
        self._source: Source | None = None
        self._connection: SourceConnection | None = None
        self._pages: tuple[int, OrderedRows, tuple[CellMaker, ...]] | None = None

    def answers(self, wish: Wish, stop: StopRequest) -> Iterator[Answer]:
        """Yield the answers to `wish`; raises what the source raises, Stopped when `stop` cuts it short."""
        connection = self._connected(wish)
        connection.obey(stop)
        match wish:
            case TablesWish():
                yield TablesListed(wish, connection.source.address, tuple(list_tables(connection)))
            case PageWish():
                yield self._page(connection, wish)
            case IndexWish():
                yield from _indexed(connection, wish)
            case FacetsWish():
                yield from (FacetFound(wish, facet) for facet in find_facets(connection, wish.table))
            case VersionWish():
                yield VersionRead(wish, connection.data_version())
            case RowWish():
                rows = _rows(connection, OrderedRows(connection, wish.table, wish.query), wish)
                yield RowRead(wish, rows[0] if rows else None)
            case CopyWish():
                yield from _copied(connection, wish)

    def close(self) -> None:
        """Close the connection, if one is open."""
        if self._connection is not None:
            self._connection.close()
        if self._source is not None:
            self._source.close()
        self._address = self._source = self._connection = self._pages = None

    def _connected(self, wish: Wish) -> SourceConnection:
        # A list of tables is asked for when a database is opened, perhaps one that was replaced in its place.
        if self._connection is None or wish.address != self._address or isinstance(wish, TablesWish):
            self.close()
            self._source = open_source(wish.address)
            self._connection = self._source.connect()
            self._address = wish.address
        return self._connection

    def _page(self, connection: SourceConnection, wish: PageWish) -> PageArrived:
        if self._pages is None or self._pages[0] != wish.generation:
            self._pages = (
                wish.generation,
                OrderedRows(connection, wish.table, wish.query),
                cell_makers(wish.table.columns_named(wish.query.columns)),
            )
        _, ordered, makers = self._pages
        span = wish.read.span
        rows = (
            _GONE * len(makers) if row is None else format_row(makers, row)
            for row in _rows(connection, ordered, wish)
        )
        page = make_page(
            wish.generation, span.first, rows, asked_rows=span.count, is_guess=wish.read.is_guess
        )
        return PageArrived(wish, page)


def _rows(
    connection: SourceConnection, ordered: OrderedRows, wish: PageWish | RowWish
) -> Sequence[Row | None]:
    span, anchor = wish.read.span, wish.read.anchor
    if wish.sorted_keys is not None:
        keys = wish.sorted_keys.read(span.first, span.count)
        return rows_at(connection, wish.table, wish.query, keys)
    if anchor is not None:
        rows = ordered.read(anchor.keyset, span.count, skipped=span.first - anchor.row)
    else:
        rows = ordered.read(keyset_by_share(connection, wish.table, wish.read.share), span.count)
    return [row[: len(wish.query.columns)] for row in rows]


def _indexed(connection: SourceConnection, wish: IndexWish) -> Iterator[RowsIndexed | RowsSorted]:
    if needs_sorting(connection, wish.table, wish.query):
        yield RowsSorted(wish, 0)
        for keys, is_last in sort_keys(connection, wish.table, wish.query):
            yield RowsSorted(wish, keys.rows, keys if is_last else None)
        return
    for part in index_rows(OrderedRows(connection, wish.table, wish.query)):
        anchors = tuple(Anchor(row, keyset) for row, keyset in part.anchors)
        yield RowsIndexed(wish, anchors, part.rows, part.is_last)


def _copied(connection: SourceConnection, wish: CopyWish) -> Iterator[RowsCopied | TextReady]:
    columns = wish.table.columns_named(wish.query.columns)
    texts = []
    copied = 0
    for rows in _pieces(connection, wish):
        texts.append(body_of(wish.form, columns, [row for row in rows if row is not None]))
        copied += len(rows)
        yield RowsCopied(wish, copied)
    body = joint_of(wish.form).join(filter(None, texts))
    yield TextReady(wish, head_of(wish.form, columns) + body + end_of(wish.form))


def _pieces(connection: SourceConnection, wish: CopyWish) -> Iterator[Sequence[Row | None]]:
    """Yield all rows of a copy, some at a time."""
    span = wish.read.span
    end = span.first + span.count
    anchor = wish.read.anchor or Anchor()
    ordered = OrderedRows(connection, wish.table, wish.query)
    width = len(wish.query.columns)
    for first in range(span.first, end, ROWS_IN_PIECE):
        count = min(ROWS_IN_PIECE, end - first)
        if wish.sorted_keys is not None:
            yield rows_at(connection, wish.table, wish.query, wish.sorted_keys.read(first, count))
            continue
        rows = ordered.read(anchor.keyset, count, skipped=first - anchor.row)
        if not rows:
            return
        anchor = Anchor(first + len(rows), rows[-1][width:])
        yield [row[:width] for row in rows]

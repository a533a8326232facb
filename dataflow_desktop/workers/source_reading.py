"""Reads for one lane what was wished of a source; keeps the connection from one wish to the next."""

from collections.abc import Iterator

from dataflow_desktop.browse.cell_text import CellMaker, cell_makers, clipboard_text, format_row
from dataflow_desktop.browse.page_cache import make_page
from dataflow_desktop.domain.row_query import RowQuery
from dataflow_desktop.domain.schema import Table
from dataflow_desktop.pacing import StopRequest
from dataflow_desktop.source.connection import Source, SourceConnection, open_source
from dataflow_desktop.source.description import list_tables
from dataflow_desktop.source.facets import find_facets
from dataflow_desktop.source.row_pages import RowPages, count_rows
from dataflow_desktop.workers.query_wishes import (
    Answer,
    CopyWish,
    CountWish,
    FacetFound,
    FacetsWish,
    PageArrived,
    PageWish,
    RowsCounted,
    TablesListed,
    TablesWish,
    TextReady,
    Wish,
)


class SourceReading:
    """One open source and the pages of the newest query; for one thread."""

    def __init__(self) -> None:
        self._address: str | None = None
        self._source: Source | None = None
        self._connection: SourceConnection | None = None
        self._pages: tuple[int, RowPages, tuple[CellMaker, ...]] | None = None

    def answers(self, wish: Wish, stop: StopRequest) -> Iterator[Answer]:
        """Yield the answers to `wish`; raises what the source raises, Stopped when `stop` cuts it short."""
        connection = self._connected(wish)
        connection.obey(stop)
        match wish:
            case TablesWish():
                yield TablesListed(wish, connection.source.address, tuple(list_tables(connection)))
            case PageWish():
                yield self._page(connection, wish)
            case CountWish():
                yield RowsCounted(wish, count_rows(connection, wish.table, wish.query))
            case FacetsWish():
                yield from (FacetFound(wish, facet) for facet in find_facets(connection, wish.table))
            case CopyWish():
                yield _copied(connection, wish)

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
                RowPages(connection, wish.table, wish.query),
                cell_makers(wish.table.columns_named(wish.query.columns)),
            )
        _, pages, makers = self._pages
        rows = (format_row(makers, row) for row in pages.read(wish.first, wish.rows))
        return PageArrived(wish, make_page(wish.generation, wish.first, rows, asked_rows=wish.rows))


def _copied(connection: SourceConnection, wish: CopyWish) -> TextReady:
    query: RowQuery = wish.query
    table: Table = wish.table
    rows = RowPages(connection, table, query).read(wish.first, wish.rows)
    return TextReady(wish, clipboard_text(table.columns_named(query.columns), rows))

"""What the window asks first of a SQLite file, answered before SQLAlchemy is loaded.

To load it takes longer than all the rest of a start. The answers are those of SourceReading, which gives
every other one; the connection stays the same.
"""

from collections.abc import Iterator

from dataflow_desktop import locations
from dataflow_desktop.browse.cell_text import cell_makers
from dataflow_desktop.domain.source_address import is_path
from dataflow_desktop.pacing import StopRequest
from dataflow_desktop.source.connection import SourceConnection
from dataflow_desktop.source.sqlite.description import list_tables
from dataflow_desktop.source.sqlite.plain_statements import has_plain_rows, select_first_rows
from dataflow_desktop.workers.held_source import HeldSource
from dataflow_desktop.workers.query_wishes import (
    Answer,
    PageArrived,
    PageWish,
    TablesListed,
    TablesWish,
    VersionRead,
    VersionWish,
    Wish,
)
from dataflow_desktop.workers.row_pages import formatted_by, page_of


def can_answer(wish: Wish) -> bool:
    """Whether `first_answers` knows what `wish` asks."""
    if not is_path(wish.source.address):
        return False
    match wish:
        case TablesWish():
            return not locations.queries_path().exists()
        case VersionWish():
            return True
        case PageWish():
            return _is_of_first_rows(wish)
        case _:
            return False


def first_answers(held: HeldSource, wish: Wish, stop: StopRequest) -> Iterator[Answer]:
    """Yield the answer to `wish`; raises what the source raises, Stopped when `stop` cuts it short."""
    with held.connected(wish, stop) as connection:
        match wish:
            case TablesWish():
                yield TablesListed(wish, connection.source.address, tuple(list_tables(connection)))
            case VersionWish():
                yield VersionRead(wish, connection.data_version())
            case PageWish():
                yield _first_page(connection, wish)
            case _:
                raise TypeError(wish)


def _is_of_first_rows(wish: PageWish) -> bool:
    query, read = wish.shown.query, wish.read
    asks_for_all = not query.is_filtered and not query.order
    is_first = read.span.first == 0 and read.anchor is not None and read.anchor.keyset is None
    return asks_for_all and is_first and has_plain_rows(wish.shown.table)


def _first_page(connection: SourceConnection, wish: PageWish) -> PageArrived:
    table, names = wish.shown.table, wish.shown.query.columns
    formatted = formatted_by(cell_makers(table.columns_named(names)))
    statement = select_first_rows(table, names, wish.read.span.count)
    return page_of(wish, connection.run_as(statement, formatted))

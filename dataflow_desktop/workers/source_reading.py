"""Reads for one lane what was wished of a source; keeps the connection from one wish to the next."""

from collections.abc import Iterator

from dataflow_desktop.browse.cell_text import CellMaker, cell_makers
from dataflow_desktop.browse.clipboard import body_of, end_of, head_of, joint_of
from dataflow_desktop.domain.row_query import RowRange
from dataflow_desktop.domain.sort_key import sort_key
from dataflow_desktop.pacing import StopRequest
from dataflow_desktop.source.column_profile import profile_column
from dataflow_desktop.source.condition_checks import check_values
from dataflow_desktop.source.connection import Row, SourceConnection
from dataflow_desktop.source.facets import find_facets
from dataflow_desktop.source.ordered_rows import OrderedRows, count_rows
from dataflow_desktop.source.query_plan import needs_sorting
from dataflow_desktop.source.row_index import index_rows
from dataflow_desktop.source.sorted_keys import sort_keys
from dataflow_desktop.workers.copy_allowance import CopyAllowance
from dataflow_desktop.workers.held_source import HeldSource
from dataflow_desktop.workers.own_query_answers import own_query_answer, tables_of
from dataflow_desktop.workers.query_wishes import (
    Answer,
    ColumnProfiled,
    CopyWish,
    DeleteQueryWish,
    FacetFound,
    FacetsWish,
    IndexWish,
    LookAtQueryWish,
    PageArrived,
    PageWish,
    ProfileWish,
    RangeFound,
    RangeWish,
    RowRead,
    RowsCopied,
    RowsCounted,
    RowsIndexed,
    RowsSorted,
    RowWish,
    SaveQueryWish,
    ShownQuery,
    TablesListed,
    TablesWish,
    TextReady,
    VersionRead,
    VersionWish,
    Wish,
)
from dataflow_desktop.workers.row_pages import formatted_by, page_of
from dataflow_desktop.workers.row_reading import RowReading

_GONE = ("",)
"""What is shown of a row that somebody deleted after its key was found."""


class SourceReading:
    """Answers every wish, from the source that the lane holds; for one thread."""

    def __init__(self, held: HeldSource) -> None:
        self._held = held
        self._shown: tuple[ShownQuery, RowReading, tuple[CellMaker, ...]] | None = None

    def answers(self, wish: Wish, stop: StopRequest) -> Iterator[Answer]:
        """Yield the answers to `wish`; raises what the source raises, Stopped when `stop` cuts it short."""
        with self._held.connected(wish, stop) as connection:
            yield from self._answers(connection, wish)

    def _answers(self, connection: SourceConnection, wish: Wish) -> Iterator[Answer]:
        match wish:
            case TablesWish():
                yield TablesListed(wish, connection.source.address, tuple(tables_of(connection)))
            case FacetsWish():
                yield from (FacetFound(wish, facet) for facet in find_facets(connection, wish.table))
            case VersionWish():
                yield VersionRead(wish, connection.data_version())
            case PageWish():
                yield self._page(connection, wish)
            case IndexWish():
                yield from _indexed(connection, wish)
            case LookAtQueryWish() | SaveQueryWish() | DeleteQueryWish():
                yield own_query_answer(connection, wish)
            case _:
                yield from _work_answers(connection, wish)

    def _page(self, connection: SourceConnection, wish: PageWish) -> PageArrived:
        if self._shown is None or self._shown[0] != wish.shown or not self._shown[1].reads(connection):
            columns = wish.shown.table.columns_named(wish.shown.query.columns)
            check_values(connection, wish.shown.table, wish.shown.query)
            self._shown = wish.shown, RowReading(connection, wish.shown), cell_makers(columns)
        _, reading, makers = self._shown
        rows = reading.rows(formatted_by(makers), wish.read)
        return page_of(wish, (row or _GONE * len(makers) for row in rows))


def _work_answers(
    connection: SourceConnection, wish: RowWish | CopyWish | RangeWish | ProfileWish
) -> Iterator[Answer]:
    """Yield the answers to what a person does with rows that are shown."""
    match wish:
        case RowWish():
            rows = RowReading(connection, wish.shown).rows(_whole, wish.read)
            yield RowRead(wish, rows[0] if rows else None)
        case CopyWish():
            yield from _copied(connection, wish)
        case RangeWish():
            yield _range(connection, wish)
        case ProfileWish():
            shown = wish.shown
            for profile in profile_column(connection, shown.table, shown.query, wish.column):
                yield ColumnProfiled(wish, profile)


def _indexed(
    connection: SourceConnection, wish: IndexWish
) -> Iterator[RowsIndexed | RowsSorted | RowsCounted]:
    table, query = wish.shown.table, wish.shown.query
    if not table.key:
        yield RowsCounted(wish, count_rows(connection, table, query))
    elif needs_sorting(connection, table, query):
        yield RowsSorted(wish, 0)
        for keys, is_last in sort_keys(connection, table, query):
            yield RowsSorted(wish, keys.rows, keys if is_last else None)
    else:
        for part in index_rows(OrderedRows(connection, table, query)):
            yield RowsIndexed(wish, part.anchors, part.rows, part.is_last)


def _copied(connection: SourceConnection, wish: CopyWish) -> Iterator[RowsCopied | TextReady]:
    columns = wish.shown.table.columns_named(wish.shown.query.columns)
    texts = []
    copied = 0
    for rows in RowReading(connection, wish.shown).pieces(CopyAllowance().weighed, wish.read):
        texts.append(body_of(wish.form, columns, [row for row in rows if row is not None]))
        copied += len(rows)
        yield RowsCopied(wish, copied)
    body = joint_of(wish.form).join(filter(None, texts))
    yield TextReady(wish, head_of(wish.form, columns) + body + end_of(wish.form))


def _whole(row: Row) -> Row:
    return row


def _range(connection: SourceConnection, wish: RangeWish) -> RangeFound:
    reading = RowReading(connection, wish.shown)
    first, last = reading.keyset(wish.first), reading.keyset(wish.last)
    order = sort_key(wish.shown.table, wish.shown.query)
    return RangeFound(wish, RowRange(order, first, last) if first and last else None)

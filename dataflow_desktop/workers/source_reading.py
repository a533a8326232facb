"""Reads for one lane what was wished of a source; keeps the connection from one wish to the next."""

from collections.abc import Callable, Iterator

from dataflow_desktop.browse.cell_text import CellMaker, CellText, cell_makers, format_row
from dataflow_desktop.browse.clipboard import body_of, end_of, head_of, joint_of
from dataflow_desktop.browse.page_cache import make_page
from dataflow_desktop.domain.row_query import RowRange
from dataflow_desktop.domain.sort_key import sort_key
from dataflow_desktop.errors import ReasonCode, SourceError
from dataflow_desktop.pacing import Stopped, StopRequest, paint_gate
from dataflow_desktop.source.column_profile import profile_column
from dataflow_desktop.source.condition_checks import check_values
from dataflow_desktop.source.connection import Row, Source, SourceConnection
from dataflow_desktop.source.facets import find_facets
from dataflow_desktop.source.opening import open_source
from dataflow_desktop.source.ordered_rows import OrderedRows, count_rows
from dataflow_desktop.source.query_plan import needs_sorting
from dataflow_desktop.source.row_index import index_rows
from dataflow_desktop.source.sorted_keys import sort_keys
from dataflow_desktop.workers.copy_allowance import CopyAllowance
from dataflow_desktop.workers.own_query_answers import own_query_answer, tables_of
from dataflow_desktop.workers.query_wishes import (
    Answer,
    ColumnProfiled,
    CopyWish,
    DeleteQueryWish,
    FacetFound,
    FacetsWish,
    HeldUp,
    IndexWish,
    LookAtQueryWish,
    OpenedSource,
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
from dataflow_desktop.workers.row_reading import RowReading

RETRY_SECONDS = 0.5
"""SQLite itself has waited for a second by then."""

_GONE = ("",)
"""What is shown of a row that somebody deleted after its key was found."""


class SourceReading:
    """One open source and the rows shown of it; for one thread.

    A lock of another program is waited for, and `tell` hears it as HeldUp.
    """

    def __init__(self, tell: Callable[[Answer], None]) -> None:
        self._tell = tell
        self._opened: OpenedSource | None = None
        self._source: Source | None = None
        self._connection: SourceConnection | None = None
        self._shown: tuple[ShownQuery, RowReading, tuple[CellMaker, ...]] | None = None

    def answers(self, wish: Wish, stop: StopRequest) -> Iterator[Answer]:
        """Yield the answers to `wish`; raises what the source raises, Stopped when `stop` cuts it short."""

        def hold_up(error: SourceError) -> None:
            self._tell(HeldUp(wish, error.reason))
            stop.rest(RETRY_SECONDS)
            if stop.is_asked():
                raise Stopped

        connection = self._connected(wish.source, stop, hold_up)
        connection.obey(stop)
        connection.wait_for_locks(hold_up)
        # A look at the wish between steps comes late where one step reads or compares 100 MB.
        with stop.calling(connection.interrupt):
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

    def close(self) -> None:
        """Close the connection, if one is open."""
        if self._connection is not None:
            self._connection.close()
        if self._source is not None:
            self._source.close()
        self._opened = self._source = self._connection = self._shown = None

    def _connected(
        self, opened: OpenedSource, stop: StopRequest, hold_up: Callable[[SourceError], None]
    ) -> SourceConnection:
        while self._connection is None or opened != self._opened:
            self.close()
            try:
                self._source = open_source(opened.address)
                self._connection = self._source.connect(stop)
            except SourceError as error:
                if error.reason.code != ReasonCode.SOURCE_BUSY.name:
                    raise
                hold_up(error)
            else:
                self._opened = opened
        return self._connection

    def _page(self, connection: SourceConnection, wish: PageWish) -> PageArrived:
        if self._shown is None or self._shown[0] != wish.shown:
            columns = wish.shown.table.columns_named(wish.shown.query.columns)
            check_values(connection, wish.shown.table, wish.shown.query)
            self._shown = wish.shown, RowReading(connection, wish.shown), cell_makers(columns)
        _, reading, makers = self._shown
        span = wish.read.span

        def formatted(row: Row) -> tuple[CellText, ...]:
            paint_gate.pass_through()
            return format_row(makers, row)

        rows = (row or _GONE * len(makers) for row in reading.rows(formatted, wish.read))
        page = make_page(
            wish.generation, span.first, rows, asked_rows=span.count, is_guess=wish.read.is_guess
        )
        return PageArrived(wish, page)


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

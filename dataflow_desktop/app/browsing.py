"""The way of browsing: filter bar → row query → generation → wanted rows → page → table."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from dataflow_desktop.app.browsing_words import (
    count_words,
    empty_state,
    error_state,
    estimate_words,
    loading_state,
    no_tables_state,
    sorting_words,
    stopped_state,
)
from dataflow_desktop.app.change_watch import ChangeWatch
from dataflow_desktop.app.copying import Copying
from dataflow_desktop.app.row_details import RowDetails
from dataflow_desktop.browse.row_window import RowSpan, RowWindow, rows_in_page
from dataflow_desktop.domain.row_query import RowQuery, SortColumn
from dataflow_desktop.domain.schema import KeyKind, Table
from dataflow_desktop.domain.source_address import without_secrets
from dataflow_desktop.errors import ConfigurationError, Reason, ReasonCode
from dataflow_desktop.ui.error_texts import describe
from dataflow_desktop.ui.main_window import MainWindow
from dataflow_desktop.ui.row_table_view import CopyArea, ValueWish
from dataflow_desktop.ui.table_states import TableState
from dataflow_desktop.workers.query_wishes import (
    Answer,
    CopyWish,
    FacetFound,
    FacetsWish,
    IndexWish,
    PageArrived,
    PageWish,
    QueryFailed,
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
)
from dataflow_desktop.workers.query_worker import QueryWorker
from dataflow_desktop.workers.worker_thread import WorkerThread

if TYPE_CHECKING:
    from dataflow_desktop.source.sorted_keys import SortedKeys

DIM_MS = 200
"""How long old rows stay as they are: dimming them at once would make every quick search flicker."""


@dataclass(frozen=True)
class ShownRows:
    """Which rows of which source the table shows; `rows` is None while they are not counted."""

    address: str
    query: RowQuery
    rows: int | None


class Browsing(QObject):
    """Joins the window's table to three lanes of queries: pages, counting, facets never wait for each other.

    Lives in the window's thread. Answers of an older generation are dropped.
    """

    def __init__(self, window: MainWindow, rows: RowWindow, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._rows = rows
        self._address = ""
        self._wished_table: str | None = None
        self._opening = 0
        self._facets_generation = 0
        self._step: Callable[[], None] = self.refresh
        self._tables: dict[str, Table] = {}
        self._table: Table | None = None
        self._query: RowQuery | None = None
        self._total_rows: int | None = None
        self._is_count_wanted = False
        self._estimates: dict[str, int] = {}
        self._sorted_keys: SortedKeys | None = None
        self._order: tuple[SortColumn, ...] = ()
        self._dimming = QTimer(self, singleShot=True, interval=DIM_MS)
        self._dimming.timeout.connect(self._on_dim_due)
        self._is_reading = False
        self._copying = Copying(window)
        self._copying.changed.connect(self._follow_running)
        self._details = RowDetails(window)
        self._changes = ChangeWatch(self)
        self._changes.changed.connect(self._on_database_changed)
        self._pages, self._counting, self._facets = QueryWorker(), QueryWorker(), QueryWorker()
        self._lanes = [
            WorkerThread(worker, name)
            for worker, name in (
                (self._pages, "pages"),
                (self._counting, "counting"),
                (self._facets, "facets"),
            )
        ]
        for worker in (self._pages, self._counting, self._facets):
            worker.answered.connect(self._on_answered)
        self._join_window()

    def _join_window(self) -> None:
        window = self._window
        window.filter_bar.query_wanted.connect(self._on_query_wanted)
        window.filter_bar.refresh_wished.connect(self.refresh)
        window.row_view.rows_shown.connect(self._on_rows_shown)
        window.row_view.copy_requested.connect(self._on_copy_requested)
        window.row_view.order_wished.connect(self._on_order_wished)
        window.row_view.row_chosen.connect(self._on_row_chosen)
        window.row_view.value_filter_wished.connect(self._on_value_filter_wished)
        window.menus.details_wished.connect(self._on_details_wished)
        window.menus.refresh_wished.connect(self.refresh)
        window.menus.stop_wished.connect(self._on_stop_wished)
        window.table_states.step_taken.connect(self._on_step_taken)
        window.table_states.open_wished.connect(window.menus.open_wished)
        window.table_chosen.connect(self._on_table_chosen)

    @property
    def threads(self) -> list[WorkerThread]:
        """All threads of browsing, to be joined at the end."""
        others = (self._copying.thread_of_copies, self._details.thread_of_rows, self._changes.thread_of_looks)
        return [*self._lanes, *others]

    @property
    def is_waiting(self) -> bool:
        """Whether the first rows of the newest query are still to come."""
        return self._rows.is_waiting

    @property
    def generation(self) -> int:
        """The number of the current row query."""
        return self._rows.generation

    @property
    def cached_bytes(self) -> int:
        """Memory taken by the rows kept."""
        return self._rows.size_bytes

    @property
    def shown_rows(self) -> ShownRows | None:
        """What is shown, None while no table is or it cannot be exported."""
        if self._query is None or self._table is None or not self._table.key:
            return None
        return ShownRows(
            self._address, self._query, self._rows.row_count if self._rows.is_count_known else None
        )

    def open(self, address: str, table_name: str | None = None) -> None:
        """Open another database; its first table with a key when none is named."""
        for lane in self._lanes:  # the others begin when they are needed first
            lane.start()
        self._leave_table()
        self._address, self._wished_table = address, table_name
        self._opening += 1
        shown = without_secrets(address)
        self._window.show_source("", shown)
        self._show_state(loading_state(shown), self.refresh)
        self._pages.ask(TablesWish(address, self._opening))

    def refresh(self) -> None:
        """Read again what is shown, at the place where it is."""
        if self._query is None or self._table is None:
            self.open(self._address, self._wished_table)
            return
        if not self._query.is_filtered:
            self._total_rows = None
        self._next_generation(keeps_place=True)
        self._ask_facets()
        self._ask_rows()

    def _leave_table(self) -> None:
        for worker in (self._pages, self._counting, self._facets):
            worker.forget()
        self._copying.stop()
        self._details.forget()
        self._changes.end()
        self._window.filter_bar.show_changed(is_changed=False)
        self._table = self._query = None
        self._window.enable_table(is_shown=False, is_exportable=False)
        self._window.filter_bar.leave_table()
        self._window.show_tables([], "")
        self._offer_stop(is_running=False)
        self._rows.restart(1)

    def _on_answered(self, answer: Answer) -> None:
        match answer:
            case TablesListed():
                self._on_tables_listed(answer)
            case PageArrived():
                self._on_page_arrived(answer)
            case RowsIndexed():
                self._on_rows_indexed(answer)
            case RowsSorted():
                self._on_rows_sorted(answer)
            case FacetFound():
                if answer.wish.generation == self._facets_generation and self._table is not None:
                    self._window.filter_bar.show_facet(answer.facet)
            case QueryFailed():
                self._on_failed(answer)
            case RowsCopied() | TextReady() | RowRead() | VersionRead():
                pass  # `Copying`, `RowDetails` and `ChangeWatch` listen to them

    def _on_tables_listed(self, listed: TablesListed) -> None:
        if listed.wish.generation != self._opening:
            return
        self._address = listed.address
        self._tables = {summary.table.name: summary.table for summary in listed.tables}
        self._estimates = {
            summary.table.name: summary.estimated_rows or 0
            for summary in listed.tables
            if summary.table.key_kind is KeyKind.ROWID_ALIAS
        }
        self._window.show_source(listed.address.replace("\\", "/").rsplit("/", 1)[-1], listed.address)
        if not self._tables:
            self._show_state(no_tables_state(), self._window.menus.open_wished.emit)
        elif self._wished_table is not None and self._wished_table not in self._tables:
            known = ", ".join(self._tables)
            error = ConfigurationError(
                ReasonCode.TABLE_UNKNOWN,
                table=self._wished_table,
                source=without_secrets(self._address),
                known=known,
            )
            self._show_reason(error.reason)
        else:
            self._show_table(self._wished_table or self._first_table())

    def _first_table(self) -> str:
        return next((name for name, table in self._tables.items() if table.key), next(iter(self._tables)))

    def _show_table(self, name: str) -> None:
        self._wished_table = name
        table = self._table = self._tables[name]
        window = self._window
        window.show_tables(list(self._tables), name)
        self._order = ()
        window.begin_table(self._address, table)
        # Without a key no row can be shown: then there is nothing to search, to choose or to count.
        if table.key:
            window.filter_bar.show_table(table)
        else:
            window.filter_bar.leave_table()
        window.enable_table(is_shown=bool(table.key), is_exportable=bool(table.key))
        self._show_state(loading_state(name), self.refresh)
        self._total_rows = None
        self._query = RowQuery(table.name, table.column_names)
        self._next_generation()
        self._ask_facets()
        self._ask_rows()

    def _next_generation(self, *, keeps_place: bool = False) -> None:
        columns = len(self._table.columns) if self._table is not None else 1
        self._sorted_keys = None
        self._rows.restart(
            rows_in_page(columns), keeps_place=keeps_place, estimated_rows=self._estimated_rows()
        )
        self._dimming.start()

    def _estimated_rows(self) -> int | None:
        """Return about how many rows there are where they can be read anywhere by their share of the key."""
        if self._query is None or self._query.is_filtered or self._query.order:
            return None
        return self._estimates.get(self._query.table)

    def _on_dim_due(self) -> None:
        if self._rows.starts_over:
            self._window.row_model.dim()

    def _ask_facets(self) -> None:
        self._facets_generation += 1
        if self._table is not None and self._table.key:
            self._facets.ask(FacetsWish(self._address, self._facets_generation, self._table))

    def _ask_rows(self) -> None:
        if self._query is None or self._table is None:
            return
        if self._table.key:
            self._window.filter_bar.show_changed(is_changed=False)
            self._changes.begin(self._address)
            self._is_count_wanted = True
            self._show_count()
            self._counting.ask(IndexWish(self._address, self._rows.generation, self._table, self._query))
        self._ask_page()

    def _ask_page(self) -> None:
        if self._query is None or self._table is None:
            return
        read = self._rows.next_read()
        if read is not None:
            generation = self._rows.generation
            self._pages.ask(
                PageWish(self._address, generation, self._table, self._query, read, self._sorted_keys)
            )

    def _on_query_wanted(self, query: RowQuery) -> None:
        self._query = replace(query, order=self._order)
        self._next_generation()
        self._ask_rows()

    def _on_database_changed(self) -> None:
        self._window.filter_bar.show_changed(is_changed=True)

    def _on_details_wished(self) -> None:
        row = self._window.row_view.chosen_row
        if row is not None:
            self._on_row_chosen(row)

    def _on_row_chosen(self, row: int) -> None:
        if self._window.details_pane.isVisible():
            self._ask_row(row)

    def _on_value_filter_wished(self, wish: ValueWish) -> None:
        self._ask_row(wish.row, wish)

    def _ask_row(self, row: int, value_wish: ValueWish | None = None) -> None:
        if self._query is None or self._table is None:
            return
        read = self._rows.read_of(RowSpan(row, 1))
        generation = self._rows.generation
        wish = RowWish(self._address, generation, self._table, self._query, read, self._sorted_keys)
        self._details.ask(wish, value_wish)

    def _on_order_wished(self, order: tuple[SortColumn, ...]) -> None:
        if self._query is None or order == self._order:
            return
        self._order = order
        self._window.row_model.show_order(order)
        self._query = replace(self._query, order=order)
        self._next_generation()
        self._ask_rows()

    def _on_rows_shown(self, span: RowSpan) -> None:
        self._rows.look_at(span)
        self._ask_page()

    def _on_table_chosen(self, name: str) -> None:
        if name != self._wished_table:
            self._show_table(name)

    def _on_page_arrived(self, arrived: PageArrived) -> None:
        starts_over = self._rows.starts_over
        if not self._window.row_model.accept_page(arrived.page):
            return
        if starts_over:
            self._window.row_view.scrollToTop()
        self._window.row_view.fit_columns()
        self._show_count()
        self._show_rows_or_state()
        self._ask_page()

    def _on_rows_indexed(self, indexed: RowsIndexed) -> None:
        count = indexed.rows if indexed.is_last else None
        generation = indexed.wish.generation
        if not self._is_count_wanted or not self._window.row_model.accept_anchors(
            generation, indexed.anchors, count
        ):
            return
        if count is None:
            self._show_count()
        else:
            self._on_counted(indexed.wish.query, count)
        self._ask_page()

    def _on_rows_sorted(self, found: RowsSorted) -> None:
        generation = found.wish.generation
        if not self._is_count_wanted or not self._rows.accept_sorting(generation):
            return
        if found.keys is None:
            self._window.filter_bar.show_count(sorting_words(found.rows))
            return
        self._sorted_keys = found.keys
        self._window.row_model.accept_anchors(generation, (), found.rows)
        self._on_counted(found.wish.query, found.rows)
        self._ask_page()

    def _on_counted(self, query: RowQuery, rows: int) -> None:
        if not query.is_filtered:
            self._total_rows = rows
        self._show_count(rows)
        self._show_rows_or_state()

    def _show_rows_or_state(self) -> None:
        if self._query is None or self._rows.is_waiting:
            return
        if self._rows.row_count:
            self._window.table_states.show_table()
        else:
            step = self._window.filter_bar.clear if self._query.is_filtered else self.refresh
            self._show_state(empty_state(self._query), step)

    def _show_count(self, rows: int | None = None) -> None:
        is_filtered = self._query is not None and self._query.is_filtered
        is_known = self._rows.is_count_known and not self._rows.is_waiting
        if rows is None and is_known:
            rows = self._rows.row_count
        text = (
            estimate_words(self._rows.row_count)
            if rows is None and self._is_count_wanted and self._rows.is_estimated
            else count_words(
                rows, self._total_rows if is_filtered else None, is_counting=self._is_count_wanted
            )
        )
        self._window.filter_bar.show_count(text)
        is_counting = self._is_count_wanted and not self._rows.is_count_known
        self._offer_stop(is_running=self._query is not None and (self._rows.is_waiting or is_counting))

    def _on_failed(self, failed: QueryFailed) -> None:
        wish, reason = failed.wish, failed.reason
        match wish:
            case TablesWish():
                if wish.generation == self._opening:
                    self._show_reason(reason)
            case PageWish():
                if wish.generation == self._rows.generation:
                    self._on_page_failed(reason)
            case IndexWish():
                if wish.generation == self._rows.generation and self._is_count_wanted:
                    self._is_count_wanted = False
                    self._show_count()
            case FacetsWish() | CopyWish() | RowWish() | VersionWish():
                pass  # what keeps the drop-downs from coming keeps the rows too, and those say it

    def _on_page_failed(self, reason: Reason) -> None:
        is_about_filter = (
            reason.kind == "configuration" and self._query is not None and self._query.is_filtered
        )
        if is_about_filter:
            self._window.filter_bar.show_error(describe(reason).message)
        else:
            self._is_count_wanted = False
            self._window.filter_bar.show_count("")
            self._show_reason(reason)
        self._offer_stop(is_running=False)

    def show_failure(self, reason: Reason, step: Callable[[], None]) -> None:
        """Say in the table's place what went wrong; `step` tries again."""
        self._show_state(error_state(describe(reason)), step)

    def _show_reason(self, reason: Reason) -> None:
        self.show_failure(reason, self.refresh)

    def _show_state(self, state: TableState, step: Callable[[], None]) -> None:
        self._step = step
        self._window.table_states.show_state(state)

    def _offer_stop(self, *, is_running: bool) -> None:
        self._is_reading = is_running
        self._follow_running()

    def _follow_running(self) -> None:
        self._window.menus.action("stop_wished").setEnabled(self._is_reading or self._copying.is_running)

    def _on_stop_wished(self) -> None:
        if self._copying.is_running:
            self._copying.stop()
            return
        is_page_due, is_count_due = self._rows.is_waiting, not self._rows.is_count_known
        if self._query is None or not (is_page_due or is_count_due):
            return
        self._pages.forget()
        self._counting.forget()
        if self._rows.is_being_sorted:  # only its first rows are there, and no others can be read
            self._on_order_wished(())
            return
        self._is_count_wanted = False
        if is_page_due:
            self._next_generation()
            self._show_state(stopped_state(), self.refresh)
        self._show_count()
        self._offer_stop(is_running=False)

    def _on_step_taken(self) -> None:
        self._step()

    def _on_copy_requested(self, area: CopyArea) -> None:
        if self._query is None or self._table is None:
            return
        query = replace(self._query, columns=area.columns)
        read = self._rows.read_of(area.rows)
        self._copying.begin(
            CopyWish(
                self._address, self._rows.generation, self._table, query, area.form, read, self._sorted_keys
            )
        )

"""The way of browsing: filter bar → row query → generation → wanted rows → page → table."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QTimer

from dataflow_desktop.app.browsing_words import (
    count_words,
    empty_state,
    error_state,
    loading_state,
    no_tables_state,
    stopped_state,
)
from dataflow_desktop.browse.row_window import RowSpan, RowWindow, rows_in_page
from dataflow_desktop.domain.row_query import RowQuery
from dataflow_desktop.domain.schema import Table
from dataflow_desktop.domain.source_address import without_secrets
from dataflow_desktop.errors import ConfigurationError, Reason, ReasonCode
from dataflow_desktop.ui.desktop import set_clipboard
from dataflow_desktop.ui.error_texts import describe
from dataflow_desktop.ui.figures import number, rows_text
from dataflow_desktop.ui.main_window import MainWindow
from dataflow_desktop.ui.row_table_view import CopyArea
from dataflow_desktop.ui.table_states import TableState
from dataflow_desktop.workers.query_wishes import (
    Answer,
    CopyWish,
    CountWish,
    FacetFound,
    FacetsWish,
    PageArrived,
    PageWish,
    QueryFailed,
    RowsCounted,
    TablesListed,
    TablesWish,
    TextReady,
)
from dataflow_desktop.workers.query_worker import QueryWorker
from dataflow_desktop.workers.worker_thread import WorkerThread

MOST_CELLS_COPIED = 200_000
"""More than this no spreadsheet likes to be pasted; an export does it better."""


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
        self._dimming = QTimer(self, singleShot=True, interval=DIM_MS)
        self._dimming.timeout.connect(self._on_dim_due)
        self._pages, self._counting, self._facets = QueryWorker(), QueryWorker(), QueryWorker()
        self._threads = [
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
        window.row_view.rows_shown.connect(self._on_rows_shown)
        window.row_view.copy_requested.connect(self._on_copy_requested)
        window.menus.refresh_wished.connect(self.refresh)
        window.menus.stop_wished.connect(self._on_stop_wished)
        window.table_states.step_taken.connect(self._on_step_taken)
        window.table_states.open_wished.connect(window.menus.open_wished)
        window.table_chosen.connect(self._on_table_chosen)

    @property
    def threads(self) -> list[WorkerThread]:
        """The threads of the lanes, to be joined at the end."""
        return self._threads

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
        for thread in self._threads:
            thread.start()
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
            case RowsCounted():
                self._on_rows_counted(answer)
            case FacetFound():
                if answer.wish.generation == self._facets_generation and self._table is not None:
                    self._window.filter_bar.show_facet(answer.facet)
            case TextReady():
                set_clipboard(answer.text)
                self._window.show_note(self.tr("Copied {rows}.").format(rows=rows_text(answer.wish.rows)))
            case QueryFailed():
                self._on_failed(answer)

    def _on_tables_listed(self, listed: TablesListed) -> None:
        if listed.wish.generation != self._opening:
            return
        self._address = listed.address
        self._tables = {summary.table.name: summary.table for summary in listed.tables}
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
        window.row_model.set_columns(table.columns)
        window.row_view.forget_widths()
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
        self._rows.restart(rows_in_page(columns), keeps_place=keeps_place)
        self._dimming.start()

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
            self._is_count_wanted = True
            self._show_count()
            self._counting.ask(CountWish(self._address, self._rows.generation, self._table, self._query))
        self._ask_page()

    def _ask_page(self) -> None:
        if self._query is None or self._table is None:
            return
        span = self._rows.next_span()
        if span is not None:
            generation = self._rows.generation
            self._pages.ask(
                PageWish(self._address, generation, self._table, self._query, span.first, span.count)
            )

    def _on_query_wanted(self, query: RowQuery) -> None:
        self._query = query
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

    def _on_rows_counted(self, counted: RowsCounted) -> None:
        if not self._is_count_wanted or not self._window.row_model.accept_count(
            counted.wish.generation, counted.rows
        ):
            return
        if not counted.wish.query.is_filtered:
            self._total_rows = counted.rows
        self._show_count(counted.rows)
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
        if rows is None and self._rows.is_count_known and not self._rows.is_waiting:
            rows = self._rows.row_count
        is_filtered = self._query is not None and self._query.is_filtered
        text = count_words(rows, self._total_rows if is_filtered else None, is_counting=self._is_count_wanted)
        self._window.filter_bar.show_count(text)
        is_counting = self._is_count_wanted and not self._rows.is_count_known
        self._offer_stop(is_running=self._query is not None and (self._rows.is_waiting or is_counting))
        hidden = self._window.row_model.hidden_rows
        if hidden:
            self._window.show_note(
                self.tr("The last {rows} rows cannot be shown.").format(rows=number(hidden))
            )

    def _on_failed(self, failed: QueryFailed) -> None:
        wish, reason = failed.wish, failed.reason
        match wish:
            case TablesWish():
                if wish.generation == self._opening:
                    self._show_reason(reason)
            case PageWish():
                if wish.generation == self._rows.generation:
                    self._on_page_failed(reason)
            case CountWish():
                if wish.generation == self._rows.generation and self._is_count_wanted:
                    self._is_count_wanted = False
                    self._show_count()
            case CopyWish():
                self._window.show_note(describe(reason).whole)
            case FacetsWish():
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
        self._window.menus.action("stop_wished").setEnabled(is_running)

    def _on_stop_wished(self) -> None:
        is_page_due, is_count_due = self._rows.is_waiting, not self._rows.is_count_known
        if self._query is None or not (is_page_due or is_count_due):
            return
        self._pages.forget()
        self._counting.forget()
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
        cells = area.rows.count * len(area.columns)
        if cells > MOST_CELLS_COPIED:
            text = self.tr("{rows} are too many to copy. Export them with Ctrl+E.")
            self._window.show_note(text.format(rows=rows_text(area.rows.count)))
            return
        query = replace(self._query, columns=area.columns)
        wish = CopyWish(
            self._address, self._rows.generation, self._table, query, area.rows.first, area.rows.count
        )
        self._pages.ask(wish)

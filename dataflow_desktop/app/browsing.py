"""The way of browsing: filter bar → row query → generation → wanted rows → page → table."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from dataflow_desktop.app.browsing_words import (
    columns_changed_words,
    empty_state,
    loading_state,
    locked_note,
    locked_state,
    stopped_state,
)
from dataflow_desktop.app.change_watch import ChangeWatch
from dataflow_desktop.app.opening import OpenedTable, Opening
from dataflow_desktop.app.row_count import RowCount
from dataflow_desktop.app.table_place import TablePlace
from dataflow_desktop.browse.row_window import PageRead, RowSpan, RowWindow, rows_in_page
from dataflow_desktop.domain.row_query import RowQuery, SortColumn
from dataflow_desktop.errors import Reason, ReasonCode
from dataflow_desktop.ui.error_texts import describe
from dataflow_desktop.ui.main_window import MainWindow
from dataflow_desktop.workers.query_wishes import (
    Answer,
    FacetFound,
    FacetsWish,
    HeldUp,
    IndexWish,
    OpenedSource,
    PageArrived,
    PageWish,
    QueryFailed,
    RowsCounted,
    RowsIndexed,
    RowsSorted,
    ShownQuery,
    TablesWish,
    Wish,
)
from dataflow_desktop.workers.query_worker import QueryWorker
from dataflow_desktop.workers.worker_thread import WorkerThread

DIM_MS = 200
"""How long old rows stay as they are: dimming them at once would make every quick search flicker."""

MOST_FIRST_PAINT_MS = 500
"""How long what the first rows do not need waits for their paint at most: a hidden window paints nothing.

Lanes that connect meanwhile doubled the time until then, from 50 ms to 110 ms.
"""


class Browsing(QObject):
    """Joins the window's table to three lanes of queries: pages, counting, facets never wait for each other.

    Lives in the window's thread. Answers of an older generation are dropped. `shown_changed` when other rows
    are shown, `first_rows_painted` when those of a table were, `running_changed` when `is_running` may be
    another; `source_opened` and `login_needed` as Opening says.
    """

    shown_changed = Signal()
    first_rows_painted = Signal()
    running_changed = Signal()
    source_opened = Signal(str)
    login_needed = Signal(object)

    def __init__(self, window: MainWindow, rows: RowWindow, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._rows = rows
        self._shown: ShownQuery | None = None
        self._estimated_rows: int | None = None
        self._is_given_up = False
        self._is_first_page_due = False
        self._held_up: set[type[Wish]] = set()
        self._unanswered: Reason | None = None
        self._facets_generation = 0
        self._dimming = QTimer(self, singleShot=True, interval=DIM_MS)
        self._dimming.timeout.connect(self._on_dim_due)
        self._painting_first = QTimer(self, singleShot=True, interval=MOST_FIRST_PAINT_MS)
        self._painting_first.timeout.connect(self._on_first_painted)
        self._place = TablePlace(window)
        self._opening = Opening(window, self._place)
        self._count = RowCount(window, rows)
        self._changes = ChangeWatch(self)
        self._pages, self._counting, self._facets = QueryWorker(), QueryWorker(), QueryWorker()
        self._lanes = [
            WorkerThread(worker, name)
            for worker, name in (
                (self._pages, "pages"),
                (self._counting, "counting"),
                (self._facets, "facets"),
            )
        ]
        self._join()

    def _join(self) -> None:
        for worker in (self._pages, self._counting, self._facets):
            worker.answered.connect(self._follow_lock)
            worker.answered.connect(self._on_answered)
        self._opening.left.connect(self._leave_table)
        self._opening.table_opened.connect(self._on_table_opened)
        self._opening.held_up.connect(self._on_opening_held_up)
        self._opening.source_opened.connect(self.source_opened)
        self._opening.login_needed.connect(self.login_needed)
        self._opening.settled.connect(self._on_opening_settled)
        self._changes.changed.connect(self._on_database_changed)
        window = self._window
        window.filter_bar.query_wanted.connect(self._on_query_wanted)
        window.filter_bar.refresh_wished.connect(self.refresh)
        window.row_view.rows_shown.connect(self._on_rows_shown)
        window.row_view.first_rows_painted.connect(self._on_first_painted, Qt.ConnectionType.QueuedConnection)
        window.row_view.order_wished.connect(self._on_order_wished)
        window.menus.refresh_wished.connect(self.refresh)

    @property
    def threads(self) -> list[WorkerThread]:
        """All threads of browsing, to be joined at the end."""
        return [self._opening.thread_of_tables, *self._lanes, self._changes.thread_of_looks]

    @property
    def is_waiting(self) -> bool:
        """Whether the first rows of the newest query are still to come."""
        return self._rows.is_waiting

    @property
    def is_running(self) -> bool:
        """Whether there is a query to be stopped."""
        is_due = self._shown is not None and (self._rows.is_waiting or self._count.is_running)
        return bool(self._held_up) or (is_due and not self._is_given_up)

    @property
    def generation(self) -> int:
        """The number of the current row query."""
        return self._rows.generation

    @property
    def cached_bytes(self) -> int:
        """Memory taken by the rows kept."""
        return self._rows.size_bytes

    @property
    def shown(self) -> ShownQuery | None:
        """What is shown, None while no table is."""
        return self._shown

    @property
    def counted_rows(self) -> int | None:
        """How many rows that are, None while they are not counted."""
        return self._rows.row_count if self._rows.is_count_known else None

    def read_of(self, span: RowSpan) -> PageRead:
        """Return how to read any rows shown, of which the first is indexed."""
        return self._rows.read_of(span)

    @property
    def source(self) -> OpenedSource:
        """The source that is open, or is to be opened."""
        return self._opening.source

    def tell_again(self) -> None:
        """Say what is open and shown, to those who came later."""
        if self._opening.opened_address:
            self.source_opened.emit(self._opening.opened_address)
        self.shown_changed.emit()
        self.running_changed.emit()

    def open(self, address: str, table_name: str | None = None) -> None:
        """Open another database; its first table with a key when none is named."""
        self._opening.open(address, table_name)

    def try_again(self) -> None:
        """Open again what could not be opened."""
        self._opening.try_again()

    def refresh(self) -> None:
        """Read again what is shown, at the place where it is."""
        self._opening.look_again()

    def show_failure(self, reason: Reason, step: Callable[[], object]) -> None:
        """Say in the table's place what went wrong; `step` tries again."""
        self._place.fail(reason, step)

    def stop(self) -> None:
        """Give up what is being read; no answer to it is ever shown."""
        if not self.is_running:
            return
        self._opening.stop()
        self._pages.forget()
        self._rows.forget_read()
        self._counting.forget()
        self._end_lock()
        if self._rows.is_being_sorted:  # only its first rows are there, and no others can be read
            self._on_order_wished(())
            return
        if not self._place.has_rows or self._rows.starts_over:
            self._next_generation()
            self._place.say(stopped_state(), self.refresh)
        self._is_given_up = True
        self._count.give_up()
        self.running_changed.emit()

    def _leave_table(self) -> None:
        for worker in (self._pages, self._counting, self._facets):
            worker.forget()
        self._changes.end()
        self._end_lock()
        self._unanswered = None
        self._shown = None
        self._painting_first.stop()
        self._count.clear()
        self._window.filter_bar.show_changed(is_changed=False)
        self._window.enable_table(is_shown=False, is_exportable=False, has_key=False)
        self._window.filter_bar.leave_table()
        self._rows.restart(1)
        self.shown_changed.emit()
        self.running_changed.emit()

    def _on_table_opened(self, opened: OpenedTable) -> None:
        for lane in self._lanes:
            lane.start()
        shown = self._shown
        unanswered, self._unanswered = self._unanswered, None
        self._estimated_rows = opened.estimated_rows
        self._count.forget_total()
        if shown is not None and shown.table == opened.table:
            self._shown = replace(shown, source=opened.source)
            if unanswered is not None:  # and not because the table is another one by now
                self._place.fail(unanswered, self.refresh)
                return
            self._next_generation(keeps_place=not self._rows.starts_over)
        else:
            if shown is not None and shown.table.name == opened.table.name:
                self._window.show_note(columns_changed_words(opened.table.name))
            self._begin_table(opened)
        self._ask_rows()
        if not self._is_first_page_due:
            self._ask_facets()

    def _begin_table(self, opened: OpenedTable) -> None:
        table = opened.table
        self._is_first_page_due = True
        self._window.begin_table(opened.source.address, table)
        self._window.filter_bar.show_table(table)
        # A view of something that is gone has no columns.
        is_exportable, has_key = bool(table.columns), bool(table.key)
        self._window.enable_table(is_shown=True, is_exportable=is_exportable, has_key=has_key)
        self._place.say(loading_state(table.name), self.refresh)
        self._shown = ShownQuery(opened.source, 0, table, RowQuery(table.name, table.column_names))
        self._next_generation()

    def _next_generation(self, *, keeps_place: bool = False) -> None:
        if self._shown is None:
            return
        generation = self._rows.restart(
            rows_in_page(len(self._shown.table.columns)),
            keeps_place=keeps_place,
            estimated_rows=self._estimate(self._shown.query),
            reads_forward=not self._shown.table.key,
        )
        self._shown = replace(self._shown, generation=generation, sorted_keys=None)
        self._dimming.start()
        self.shown_changed.emit()

    def _estimate(self, query: RowQuery) -> int | None:
        """Return about how many rows there are where they can be read anywhere by their share of the key."""
        return None if query.is_filtered or query.order else self._estimated_rows

    def _on_dim_due(self) -> None:
        if self._rows.starts_over:
            self._window.row_model.dim()

    def _ask_facets(self) -> None:
        self._facets_generation += 1
        if self._shown is not None:
            self._facets.ask(FacetsWish(self._shown.source, self._facets_generation, self._shown.table))

    def _ask_rows(self) -> None:
        if self._shown is None:
            return
        self._is_given_up = False
        self._window.filter_bar.show_changed(is_changed=False)
        self._changes.begin(self._shown.source)  # before any row is read: none may change unseen
        self._count.begin(is_filtered=self._shown.query.is_filtered)
        self._ask_page()
        if not self._is_first_page_due:
            self._ask_count()
        self.running_changed.emit()

    def _ask_count(self) -> None:
        if self._shown is not None:
            self._counting.ask(IndexWish(self._shown))

    def _on_first_painted(self) -> None:
        """Ask what was held back for the first rows' sake."""
        if self._is_first_page_due:
            self._is_first_page_due = False
            self._painting_first.stop()
            self.first_rows_painted.emit()
            self._ask_page()
            self._ask_facets()
            self._ask_count()

    def _ask_page(self) -> None:
        if self._painting_first.isActive():
            return
        read = self._rows.next_read() if self._shown is not None else None
        if self._shown is not None and read is not None:
            self._pages.ask(PageWish(self._shown, read))

    def _on_query_wanted(self, query: RowQuery) -> None:
        if self._shown is not None:
            self._ask_query(replace(query, order=self._shown.query.order))

    def _on_order_wished(self, order: tuple[SortColumn, ...]) -> None:
        if self._shown is not None and order != self._shown.query.order:
            self._window.row_model.show_order(order)
            self._ask_query(replace(self._shown.query, order=order))

    def _ask_query(self, query: RowQuery) -> None:
        if self._shown is not None:
            self._shown = replace(self._shown, query=query)
            self._next_generation()
            self._ask_rows()

    def _on_database_changed(self) -> None:
        self._window.filter_bar.show_changed(is_changed=True)

    def _on_rows_shown(self, span: RowSpan) -> None:
        self._rows.look_at(span)
        self._ask_page()

    def _on_answered(self, answer: Answer) -> None:
        match answer:
            case PageArrived():
                self._on_page_arrived(answer)
            case RowsIndexed():
                self._on_rows_indexed(answer)
            case RowsSorted():
                self._on_rows_sorted(answer)
            case RowsCounted():
                if answer.wish.generation == self._rows.generation:
                    self._on_counted(answer.rows)
            case FacetFound():
                if answer.wish.generation == self._facets_generation and self._shown is not None:
                    self._window.filter_bar.show_facet(answer.facet)
            case QueryFailed():
                self._on_failed(answer)
            case _:
                pass  # what other lanes read, others listen to

    def _on_page_arrived(self, arrived: PageArrived) -> None:
        starts_over = self._rows.starts_over
        if not self._window.row_model.accept_page(arrived.page):
            return
        if starts_over:
            self._window.row_view.scrollToTop()
        self._window.row_view.fit_columns()
        self._show_progress()
        if self._is_first_page_due and self._rows.row_count:
            self._painting_first.start()
        else:
            self._on_first_painted()
        self._ask_page()

    def _on_rows_indexed(self, indexed: RowsIndexed) -> None:
        count = indexed.rows if indexed.is_last else None
        generation = indexed.wish.generation
        if not self._count.is_wanted or not self._window.row_model.accept_anchors(
            generation, indexed.anchors, count
        ):
            return
        if count is None:
            self._count.show()
        else:
            self._on_counted(count)
        self._ask_page()

    def _on_rows_sorted(self, found: RowsSorted) -> None:
        generation = found.wish.generation
        if self._shown is None or not self._count.is_wanted or not self._rows.accept_sorting(generation):
            return
        if found.keys is None:
            self._count.follow_sorting(found.rows)
            return
        self._shown = replace(self._shown, sorted_keys=found.keys)
        self._window.row_model.accept_anchors(generation, (), found.rows)
        self._on_counted(found.rows)
        self._ask_page()

    def _on_counted(self, rows: int) -> None:
        self._count.end(rows)
        self._show_progress()

    def _show_progress(self) -> None:
        self._count.show()
        self.running_changed.emit()
        if self._shown is None or self._rows.is_waiting:
            return
        query = self._shown.query
        if self._rows.row_count:
            self._place.show_rows()
        else:
            step = self._window.filter_bar.clear if query.is_filtered else self.refresh
            self._place.say(empty_state(query), step)

    def _on_failed(self, failed: QueryFailed) -> None:
        match failed.wish:
            case PageWish():
                if failed.wish.generation == self._rows.generation:
                    self._on_page_failed(failed.reason)
            case IndexWish():
                if failed.wish.generation == self._rows.generation:
                    self._count.give_up()
            case _:
                pass  # what keeps the drop-downs from coming keeps the rows too, and those say it
        self.running_changed.emit()

    def _follow_lock(self, answer: Answer) -> None:
        is_about_rows = isinstance(answer.wish, PageWish | IndexWish)
        if not is_about_rows or answer.wish.generation != self._rows.generation:
            return
        if isinstance(answer, HeldUp):
            self._hold_up(type(answer.wish), answer.reason)
        else:
            self._release(type(answer.wish))

    def _on_opening_settled(self) -> None:
        self._release(TablesWish)

    def _on_opening_held_up(self, reason: Reason) -> None:
        self._hold_up(TablesWish, reason)

    def _hold_up(self, kind: type[Wish], reason: Reason) -> None:
        """Say that the database is locked: beside the rows where there are some, else in their place."""
        self._held_up.add(kind)
        if self._shown is not None and self._place.has_rows:
            self._window.show_note(locked_note(describe(reason)))
            is_away = reason.code != ReasonCode.SOURCE_BUSY.name
            self._count.show_lock(is_locked=True, is_away=is_away)
        else:
            self._place.say(locked_state(describe(reason)), self.refresh)
        self.running_changed.emit()

    def _release(self, kind: type[Wish]) -> None:
        self._held_up.discard(kind)
        if not self._held_up:
            self._end_lock()

    def _end_lock(self) -> None:
        self._held_up.clear()
        if self._count.is_locked:
            self._window.show_note("")  # it said that the database is locked
            self._count.show_lock(is_locked=False)

    def _on_page_failed(self, reason: Reason) -> None:
        self._is_given_up = True
        is_filtered = self._shown is not None and self._shown.query.is_filtered
        if reason.kind == "configuration" and is_filtered:
            self._window.filter_bar.show_error(describe(reason).message)
            return
        self._count.clear()
        if reason.code == ReasonCode.QUERY_FAILED.name:
            # It may be that another program dropped or altered the table: that is a better answer.
            self._unanswered = reason
            self._opening.look_again()
        else:
            self._place.fail(reason, self.refresh)

"""What a person does with rows that are shown: copy them, see one whole, filter by a value, export some."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from dataflow_desktop.app.browsing import Browsing
from dataflow_desktop.app.browsing_words import locked_note
from dataflow_desktop.app.copying import Copying
from dataflow_desktop.app.row_details import RowDetails
from dataflow_desktop.browse.row_window import RowSpan
from dataflow_desktop.domain.own_query import OwnQuery
from dataflow_desktop.domain.row_query import RowQuery
from dataflow_desktop.domain.schema import Table
from dataflow_desktop.ui.error_texts import describe
from dataflow_desktop.ui.main_window import MainWindow
from dataflow_desktop.ui.row_table_view import CopyArea, ValueWish
from dataflow_desktop.workers.query_wishes import (
    Answer,
    CopyWish,
    HeldUp,
    QueryFailed,
    RangeFound,
    RangeWish,
    RowWish,
)
from dataflow_desktop.workers.query_worker import QueryWorker
from dataflow_desktop.workers.worker_thread import WorkerThread


@dataclass(frozen=True)
class ChosenRows:
    """Which rows of which source are to be exported; `rows` is None while they are not counted."""

    address: str
    query: RowQuery
    rows: int | None
    own_query: OwnQuery | None = None
    table: Table | None = None


class RowWork(QObject):
    """Each kind of work has a lane of its own. Lives in the window's thread.

    `rows_chosen` brings ChosenRows to export, `running_changed` when `is_running` may be another.
    """

    rows_chosen = Signal(object)
    running_changed = Signal()

    def __init__(self, window: MainWindow, browsing: Browsing) -> None:
        super().__init__(browsing)
        self._window = window
        self._browsing = browsing
        self._copying = Copying(window)
        self._details = RowDetails(window)
        self._worker = QueryWorker()
        self._thread_of_ranges = WorkerThread(self._worker, "range")
        self._asked: RangeWish | None = None
        self._worker.answered.connect(self._on_answered)
        self._copying.changed.connect(self.running_changed)
        browsing.shown_changed.connect(self._on_shown_changed)
        view = window.row_view
        view.copy_requested.connect(self._on_copy_requested)
        view.row_chosen.connect(self._on_row_chosen)
        view.value_filter_wished.connect(self._on_value_filter_wished)
        view.export_wished.connect(self._on_export_wished)
        window.menus.details_wished.connect(self._on_details_wished)

    @property
    def threads(self) -> list[WorkerThread]:
        """All threads of this work, to be joined at the end."""
        return [self._copying.thread_of_copies, self._details.thread_of_rows, self._thread_of_ranges]

    @property
    def is_running(self) -> bool:
        """Whether there is something to be stopped."""
        return self._copying.is_running

    def stop(self) -> None:
        """Give up what is running."""
        self._copying.stop()

    def choose_all(self) -> None:
        """Choose all rows shown; does nothing where none are shown or they cannot be exported."""
        shown = self._browsing.shown
        if shown is not None and shown.table.columns:
            rows = self._browsing.counted_rows
            table = shown.table
            self.rows_chosen.emit(ChosenRows(shown.source.address, shown.query, rows, table.own_query, table))

    def _on_shown_changed(self) -> None:
        self._asked = None
        if self._browsing.shown is None:
            self._copying.stop()
            self._details.forget()

    def _on_copy_requested(self, area: CopyArea) -> None:
        shown = self._browsing.shown
        if shown is not None:
            copied = replace(shown, query=replace(shown.query, columns=area.columns))
            self._copying.begin(CopyWish(copied, self._browsing.read_of(area.rows), area.form))

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
        shown = self._browsing.shown
        if shown is not None:
            self._details.ask(RowWish(shown, self._browsing.read_of(RowSpan(row, 1))), value_wish)

    def _on_export_wished(self, rows: RowSpan) -> None:
        shown = self._browsing.shown
        if shown is None or not shown.table.key:
            return
        if rows.first == 0 and rows.count == self._browsing.counted_rows:
            self.choose_all()
            return
        self._thread_of_ranges.start()
        self._worker.forget()
        ends = (RowSpan(row, 1) for row in (rows.first, rows.first + rows.count - 1))
        self._asked = RangeWish(shown, *map(self._browsing.read_of, ends))
        self._worker.ask(self._asked)

    def _on_answered(self, answer: Answer) -> None:
        asked = self._asked
        if asked is None or answer.wish is not asked:
            return
        if isinstance(answer, HeldUp):
            self._window.show_note(locked_note(describe(answer.reason)))
            return
        self._asked = None
        match answer:
            case RangeFound(rows=None):
                self._window.show_note(self.tr("One of these rows is gone: refresh, and select them anew."))
            case RangeFound():
                query = replace(asked.shown.query, rows=answer.rows)
                count = asked.last.span.first - asked.first.span.first + 1
                table = asked.shown.table
                self.rows_chosen.emit(ChosenRows(asked.source.address, query, count, table.own_query, table))
            case QueryFailed():
                self._window.show_note(describe(answer.reason).whole)

"""One column at a glance: read in the background when a person looks at it, and stopped when they do not."""

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from dataflow_desktop.app.browsing import Browsing
from dataflow_desktop.app.row_details import condition_for
from dataflow_desktop.domain.profile import ColumnProfile, ValueCount
from dataflow_desktop.domain.row_query import Condition, Operator
from dataflow_desktop.domain.schema import Column
from dataflow_desktop.ui.error_texts import describe
from dataflow_desktop.ui.main_window import MainWindow
from dataflow_desktop.workers.query_wishes import Answer, ColumnProfiled, HeldUp, ProfileWish, QueryFailed
from dataflow_desktop.workers.query_worker import QueryWorker
from dataflow_desktop.workers.worker_thread import WorkerThread

LOOK_MS = 250
"""After the keyboard came to a column: passing through many begins no reading of each."""


class ColumnGlance(QObject):
    """Follows the column that the keyboard is in, on a lane of its own. Lives in the window's thread.

    `running_changed` when `is_running` may be another.
    """

    running_changed = Signal()

    def __init__(self, window: MainWindow, browsing: Browsing) -> None:
        super().__init__(browsing)
        self._window = window
        self._pane = window.column_pane
        self._browsing = browsing
        self._worker = QueryWorker()
        self.thread_of_profiles = WorkerThread(self._worker, "profile")
        self._worker.answered.connect(self._on_answered)
        self._column: Column | None = None
        self._wish: ProfileWish | None = None
        self._known: dict[str, ColumnProfile] = {}
        self._basis: object = None
        self._looking = QTimer(self, singleShot=True, interval=LOOK_MS)
        self._looking.timeout.connect(self._look)
        browsing.shown_changed.connect(self._on_shown_changed)
        window.row_view.column_chosen.connect(self._on_column_chosen)
        window.row_view.glance_wished.connect(self._on_glance_wished)
        window.menus.glance_wished.connect(self._on_toggled)
        self._pane.again_wished.connect(self._look)
        self._pane.value_chosen.connect(self._on_value_chosen)

    @property
    def is_running(self) -> bool:
        """Whether a column is being read."""
        return self._wish is not None

    def stop(self) -> None:
        """Read no further; what is known stays on the screen."""
        if self.is_running:
            self._end()
            self._pane.stop(self.tr("Stopped before all rows were read."))

    def _on_toggled(self, is_shown: bool) -> None:  # noqa: FBT001 - a slot
        if is_shown:
            self._look()
        else:
            self._end()

    def _on_glance_wished(self, name: str) -> None:
        self._on_column_chosen(name)
        self._window.menus.action("glance_wished").setChecked(True)

    def _on_column_chosen(self, name: str) -> None:
        shown = self._browsing.shown
        if shown is None or (self._column is not None and self._column.name == name):
            return
        self._column = shown.table.column(name)
        self._end()
        if self._is_looked_at:
            self._looking.start()

    def _on_shown_changed(self) -> None:
        shown = self._browsing.shown
        basis = shown and (shown.source, shown.table, replace(shown.query, order=()))
        if basis is not None and basis == self._basis:
            return  # the same rows in another order
        self._basis = basis
        self._end()
        self._known.clear()
        if shown is None or self._column not in shown.table.columns:
            self._column = None
            self._pane.say_nothing(self.tr("Choose a cell of the column to look at."))
        elif self._is_looked_at:
            self._looking.start()

    @property
    def _is_looked_at(self) -> bool:
        return self._window.menus.action("glance_wished").isChecked()

    def _look(self) -> None:
        """Show the column chosen: at once if it is known, else read it."""
        shown, column = self._browsing.shown, self._column
        self._end()
        if shown is None or column is None:
            return
        if column.name in self._known:
            self._pane.show_profile(column, self._known[column.name], None)
            return
        self._pane.begin(column)
        self.thread_of_profiles.start()
        self._wish = ProfileWish(shown, column.name)
        self._worker.ask(self._wish)
        self.running_changed.emit()

    def _end(self) -> None:
        self._looking.stop()
        if self._wish is not None:
            self._worker.forget()
            self._wish = None
            self.running_changed.emit()

    def _on_answered(self, answer: Answer) -> None:
        if answer.wish is not self._wish or self._column is None:
            return
        match answer:
            case ColumnProfiled():
                self._on_profiled(self._column, answer.profile)
            case HeldUp():
                self._pane.wait(describe(answer.reason).message)
            case QueryFailed():
                self._end()
                self._pane.stop(describe(answer.reason).whole)

    def _on_profiled(self, column: Column, profile: ColumnProfile) -> None:
        self._pane.show_profile(column, profile, self._browsing.counted_rows)
        if profile.is_complete:
            self._known[column.name] = profile
            self._end()

    def _on_value_chosen(self, counted: ValueCount) -> None:
        if self._column is not None:
            self._window.filter_bar.add_condition(_condition_of(self._column.name, counted))


def _condition_of(column: str, counted: ValueCount) -> Condition:
    if isinstance(counted.value, str) and not counted.is_whole:
        return Condition(column, Operator.STARTS, (counted.value,))
    return condition_for(column, counted.value)

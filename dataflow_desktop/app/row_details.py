"""One row in full, read when a person asks: for the details pane, and to filter by a value exactly."""

from dataclasses import dataclass

from PySide6.QtCore import QObject

from dataflow_desktop.domain.row_query import Condition, Operator, Value
from dataflow_desktop.ui.error_texts import describe
from dataflow_desktop.ui.main_window import MainWindow
from dataflow_desktop.ui.row_table_view import ValueWish
from dataflow_desktop.workers.query_wishes import Answer, HeldUp, QueryFailed, RowRead, RowWish
from dataflow_desktop.workers.query_worker import QueryWorker
from dataflow_desktop.workers.worker_thread import WorkerThread


@dataclass(frozen=True)
class _Asked:
    wish: RowWish
    value_wish: ValueWish | None


class RowDetails(QObject):
    """Reads on a lane of its own, for a row may hold hundreds of megabytes. Lives in the window's thread."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._worker = QueryWorker()
        self.thread_of_rows = WorkerThread(self._worker, "row")
        self._worker.answered.connect(self._on_answered)
        self._asked: _Asked | None = None

    def ask(self, wish: RowWish, value_wish: ValueWish | None = None) -> None:
        """Read a row: to be shown, or to filter by one of its values."""
        self.thread_of_rows.start()
        self._worker.forget()
        self._asked = _Asked(wish, value_wish)
        self._worker.ask(wish)

    def forget(self) -> None:
        """Another table comes, or other rows: nothing read before is wanted any more."""
        self._worker.forget()
        self._asked = None
        self._window.details_pane.show_nothing(self.tr("No row is chosen."))

    def _on_answered(self, answer: Answer) -> None:
        asked = self._asked
        if asked is None or answer.wish is not asked.wish:
            return
        if isinstance(answer, HeldUp):
            again = self.tr("It is tried again by itself.")
            self._say(asked, f"{describe(answer.reason).message} {again}")
            return
        self._asked = None
        match answer:
            case RowRead(row=None):
                self._window.details_pane.show_nothing(self.tr("This row is gone."))
            case RowRead():
                self._on_row_read(asked, answer.row or ())
            case QueryFailed():
                self._say(asked, describe(answer.reason).whole)

    def _say(self, asked: _Asked, text: str) -> None:
        """Say why there is no row: in its place, which else showed another one, or in passing."""
        if asked.value_wish is None:
            self._window.details_pane.show_nothing(self.tr("This row could not be read."), text)
        else:
            self._window.show_note(text)

    def _on_row_read(self, asked: _Asked, row: tuple[Value, ...]) -> None:
        table = asked.wish.shown.table
        if asked.value_wish is None:
            self._window.details_pane.show_row(asked.wish.read.span.first, table.columns, row)
            return
        value = row[table.column_names.index(asked.value_wish.column)]
        wish = asked.value_wish
        condition = condition_for(wish.column, value, is_excluded=wish.is_excluded)
        self._window.filter_bar.add_condition(condition)


def condition_for(column: str, value: Value, *, is_excluded: bool = False) -> Condition:
    """Return what holds for rows with, or without, just this value."""
    if value is None:
        return Condition(column, Operator.NOT_NULL if is_excluded else Operator.IS_NULL)
    return Condition(column, Operator.NOT_EQUAL if is_excluded else Operator.EQUAL, (value,))

"""Makes, runs, lists and cancels jobs in a thread; the engine's reports become signals."""

from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from dataflow_desktop import locations
from dataflow_desktop.domain.progress import Progress, Report
from dataflow_desktop.errors import Reason
from dataflow_desktop.pacing import Stopped, StopWish
from dataflow_desktop.source.sqlalchemy_loading import load_sqlalchemy
from dataflow_desktop.workers.edge import reason_for
from dataflow_desktop.workers.export_wishes import (
    Answer,
    CreateWish,
    ExcelLookWish,
    LastExportWish,
    MoveWish,
    PreviewWish,
    RunEnded,
    RunWish,
    Wish,
    WishFailed,
    WishStopped,
)
from dataflow_desktop.workers.worker_thread import Worker

if TYPE_CHECKING:
    from dataflow_desktop.records.job_store import JobStore

SECONDS_BETWEEN_REPORTS = 0.1
"""Nobody reads faster; a report costs the window a repaint."""


class ExportWorker(Worker):
    """One lane of work on exports; `reported` brings the engine's Reports, `answered` an Answer to each wish.

    Wishes to stop do not pass through here: they are set on the StopRequest of the wish, which works at once.
    """

    reported = Signal(object)
    answered = Signal(object)
    _asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._store: JobStore | None = None
        self._current: Wish | None = None
        self._is_ending = False
        self._asked.connect(self._on_asked, Qt.ConnectionType.QueuedConnection)

    def ask(self, wish: Wish) -> None:
        """Do `wish` after those asked before; from any thread."""
        self._asked.emit(wish)

    def ask_to_stop(self) -> None:
        """Cut short what can be cut short, and drop what waits."""
        self._is_ending = True
        _ask_to_close(self._current)

    def close(self) -> None:
        """Close the job store."""
        if self._store is not None:
            self._store.close()

    def _on_asked(self, wish: Wish) -> None:
        # In this order: `ask_to_stop`, in another thread, sets the one before it looks at the other.
        self._current = wish
        if self._is_ending:
            return
        try:
            answer = self._answer_to(wish)
        except Stopped:
            answer = _stopped(wish)
        except Exception as error:  # noqa: BLE001 - the worker's edge
            answer = _failure(wish, reason_for(error))
        self._current = None
        self.answered.emit(answer)

    def _answer_to(self, wish: Wish) -> Answer:
        # SQLAlchemy and the engine are imported here, in the worker's thread: the window paints meanwhile.
        load_sqlalchemy()
        if isinstance(wish, RunWish):
            return self._run(wish)
        from dataflow_desktop.workers.export_answers import answer_to

        return answer_to(self._opened, wish)

    def _run(self, wish: RunWish) -> RunEnded:
        from dataflow_desktop.export.engine import run_job

        next_report = 0.0
        for report in run_job(self._opened(), wish.job_id, wish.stop, consents=wish.consents):
            if not isinstance(report, Progress) or monotonic() >= next_report:
                next_report = monotonic() + SECONDS_BETWEEN_REPORTS
                self._report(report)
        return RunEnded(wish.job_id, None)

    def _report(self, report: Report) -> None:
        self.reported.emit(report)

    def _opened(self) -> "JobStore":
        if self._store is None:
            from dataflow_desktop.records.job_store import JobStore

            self._store = JobStore(locations.job_store_path())
        return self._store


def _stopped(wish: Wish) -> Answer:
    match wish:
        case RunWish():
            return RunEnded(wish.job_id, None)
        case CreateWish() | MoveWish() | LastExportWish() | ExcelLookWish() | PreviewWish():
            return WishStopped(wish)
        case _:
            raise TypeError(wish)


def _failure(wish: Wish, reason: Reason) -> Answer:
    return RunEnded(wish.job_id, reason) if isinstance(wish, RunWish) else WishFailed(wish, reason)


def _ask_to_close(wish: Wish | None) -> None:
    match wish:
        case CreateWish() | MoveWish() | LastExportWish() | ExcelLookWish() | PreviewWish() | RunWish():
            wish.stop.ask(StopWish.CLOSE)
        case _:
            pass  # nothing else can be cut short

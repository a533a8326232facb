"""Makes, runs, lists and cancels jobs in a thread; the engine's reports become signals."""

from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from dataflow_desktop import locations
from dataflow_desktop.domain.job import Job
from dataflow_desktop.domain.progress import Progress, Report
from dataflow_desktop.errors import DataFlowError, Reason
from dataflow_desktop.pacing import StopRequest
from dataflow_desktop.source.sqlalchemy_loading import load_sqlalchemy
from dataflow_desktop.workers.export_wishes import (
    Answer,
    RunEnded,
    RunWish,
    StoppableWish,
    Wish,
    WishFailed,
    WishStopped,
)
from dataflow_desktop.workers.worker_thread import StoppableWorker

if TYPE_CHECKING:
    from dataflow_desktop.records.job_store import JobStore

SECONDS_BETWEEN_REPORTS = 0.1
"""Nobody reads faster; a report costs the window a repaint."""


class ExportWorker(StoppableWorker[Wish, Answer]):
    """One lane of work on exports; `reported` brings the engine's Reports, `answered` an Answer to each wish.

    Wishes to stop do not pass through here: they are set on the StopRequest of the wish, which works at once.
    """

    reported = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._store: JobStore | None = None

    def close(self) -> None:
        """Close the job store."""
        if self._store is not None:
            self._store.close()

    def _answer(self, wish: Wish) -> Answer:
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
        return self._ended(wish, None)

    def _ended(self, wish: RunWish, reason: Reason | None) -> RunEnded:
        return RunEnded(wish.job_id, reason, self._recorded(wish.job_id))

    def _recorded(self, job_id: str) -> Job | None:
        if self._store is None:
            return None
        from dataflow_desktop.export.job_list import job_seen

        try:
            return job_seen(self._store, job_id)
        except DataFlowError:
            return None  # whoever lists the jobs next hears what is wrong

    def _report(self, report: Report) -> None:
        self.reported.emit(report)

    def _opened(self) -> "JobStore":
        if self._store is None:
            from dataflow_desktop.records.job_store import JobStore

            self._store = JobStore(locations.job_store_path())
        return self._store

    def _stopped(self, wish: Wish) -> Answer:
        if isinstance(wish, RunWish):
            return self._ended(wish, None)
        if not isinstance(wish, StoppableWish):
            raise TypeError(wish)
        return WishStopped(wish)

    def _failure(self, wish: Wish, reason: Reason) -> Answer:
        return self._ended(wish, reason) if isinstance(wish, RunWish) else WishFailed(wish, reason)

    def _stop_of(self, wish: Wish) -> StopRequest | None:
        return wish.stop if isinstance(wish, RunWish | StoppableWish) else None

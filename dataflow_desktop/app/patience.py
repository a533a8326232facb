"""Waiting for what an export needs: room on a disk, a folder, a database that does not answer."""

from PySide6.QtCore import QObject, QTimer, Signal

from dataflow_desktop.domain.job import Job
from dataflow_desktop.workers.export_wishes import JobLookedAt, LookWish
from dataflow_desktop.workers.export_worker import ExportWorker

FIRST_WAIT_SECONDS = 2
LONGEST_WAIT_SECONDS = 60
"""Doubled each time up to this: a look costs little, but a disk that spins up for it does not."""


class Patience(QObject):
    """Looks again and again, through `worker`, whether jobs can go on; lives in the window's thread."""

    can_go_on = Signal(str)

    def __init__(self, worker: ExportWorker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._waits: dict[str, _Wait] = {}
        self._seconds: dict[str, int] = {}

    def is_waiting(self, job_id: str) -> bool:
        """Whether the job goes on by itself once it can."""
        return job_id in self._waits

    def wait_for(self, job: Job) -> None:
        """Look after a while whether `job` can go on; each time later, until `forget`."""
        self.stop(job.id)
        seconds = self._seconds.get(job.id, FIRST_WAIT_SECONDS)
        self._seconds[job.id] = min(2 * seconds, LONGEST_WAIT_SECONDS)
        wait = _Wait(job, self)
        wait.due.connect(self._on_due)
        self._waits[job.id] = wait
        wait.start(seconds)

    def stop(self, job_id: str) -> None:
        """Wait for the job no longer."""
        wait = self._waits.pop(job_id, None)
        if wait is not None:
            wait.deleteLater()

    def forget(self, job_id: str) -> None:
        """Begin with short waits again: the job has got further, or a person took it in hand."""
        self.stop(job_id)
        self._seconds.pop(job_id, None)

    def stop_all(self) -> None:
        """Wait for nothing any more."""
        for job_id in tuple(self._waits):
            self.stop(job_id)

    def on_looked(self, looked: JobLookedAt) -> None:
        """Take the worker's answer."""
        wait = self._waits.get(looked.job_id)
        if wait is None:
            return
        if looked.is_worth_trying:
            self.stop(looked.job_id)
            self.can_go_on.emit(looked.job_id)
        else:
            self.wait_for(wait.job)

    def _on_due(self, job: Job) -> None:
        self._worker.ask(LookWish(job))


class _Wait(QObject):
    """The wait for one job; `due` carries it."""

    due = Signal(object)

    def __init__(self, job: Job, parent: QObject) -> None:
        super().__init__(parent)
        self.job = job
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._on_timeout)

    def start(self, seconds: int) -> None:
        self._timer.start(seconds * 1000)

    def _on_timeout(self) -> None:
        self.due.emit(self.job)

"""Waiting for what an export needs: room on a disk, a folder, a database that does not answer."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from dataflow_desktop.app.wish_lanes import WishLanes
from dataflow_desktop.domain.job import Job
from dataflow_desktop.workers.export_wishes import JobLookedAt, LookWish

FIRST_WAIT_SECONDS = 2.0
LONGEST_WAIT_SECONDS = 60.0
"""Doubled each time up to this: a look costs little, but a disk that spins up for it does not."""


@dataclass(frozen=True)
class _Try:
    """How long the wait before an attempt was, and what was durable then."""

    seconds: float
    durable_rows: int


class Patience(QObject):
    """Looks again and again whether jobs can go on; `can_go_on` carries the id. Lives in the window's thread.

    Each wait for a job is twice as long as the one before, over all its attempts, until more of its rows are
    durable: an attempt that began and saved nothing has met the same obstacle again.
    """

    can_go_on = Signal(str)

    def __init__(self, lanes: WishLanes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes = lanes
        self._waits: dict[str, _Wait] = {}
        self._tries: dict[str, _Try] = {}

    @property
    def waited_for(self) -> tuple[str, ...]:
        """The jobs that go on by themselves once they can."""
        return tuple(self._waits)

    def seconds_before_look(self, job_id: str) -> float:
        """Return how long the wait is that a job is in."""
        return self._waits[job_id].seconds

    def wait_for(self, job: Job) -> None:
        """Look after a while whether `job` can go on; each time later, until it has got further."""
        self._stop(job.id)
        seconds = self._next_seconds(job)
        self._tries[job.id] = _Try(seconds, job.durable_rows)
        wait = _Wait(job, seconds, self)
        wait.due.connect(self._on_due)
        self._waits[job.id] = wait
        wait.start()

    def forget(self, job_id: str) -> None:
        """Wait for the job no longer, and begin with short waits again: somebody took it in hand."""
        self._stop(job_id)
        self._tries.pop(job_id, None)

    def forget_changed(self, jobs: Iterable[Job]) -> None:
        """Forget what does not stand where it stood when the wait began; `jobs` are all there are."""
        standing = {job.id: _standing(job) for job in jobs}
        for job_id, wait in tuple(self._waits.items()):
            if standing.get(job_id) != _standing(wait.job):
                self.forget(job_id)

    def rest(self, job_id: str) -> None:
        """Do not look for the time being; the wait is kept."""
        if job_id in self._waits:
            self._waits[job_id].rest()

    def wake(self, job_id: str) -> None:
        """Look again after a while."""
        if job_id in self._waits:
            self._waits[job_id].start()

    def on_looked(self, looked: JobLookedAt) -> None:
        """Take the worker's answer."""
        wait = self._waits.get(looked.job_id)
        if wait is None or wait.is_resting:
            return
        if looked.is_worth_trying:
            self._stop(looked.job_id)
            self.can_go_on.emit(looked.job_id)
        else:
            self.wait_for(wait.job)

    def _next_seconds(self, job: Job) -> float:
        before = self._tries.get(job.id)
        if before is None or job.durable_rows > before.durable_rows:
            return FIRST_WAIT_SECONDS
        return min(2 * before.seconds, LONGEST_WAIT_SECONDS)

    def _stop(self, job_id: str) -> None:
        wait = self._waits.pop(job_id, None)
        if wait is not None:
            wait.rest()
            wait.deleteLater()

    def _on_due(self, job: Job) -> None:
        self._lanes.ask(LookWish(job))


def _standing(job: Job) -> tuple[object, ...]:
    # Not the epoch, nor a reason's figures: an attempt elsewhere that met the same obstacle changes both.
    code = job.reason.code if job.reason is not None else None
    return job.state, code, job.spec, job.checkpoint, job.whole_file


class _Wait(QObject):
    """The wait for one job; `due` carries it."""

    due = Signal(object)

    def __init__(self, job: Job, seconds: float, parent: QObject) -> None:
        super().__init__(parent)
        self.job = job
        self.seconds = seconds
        self.is_resting = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._on_timeout)

    def start(self) -> None:
        self.is_resting = False
        self._timer.start(int(self.seconds * 1000))

    def rest(self) -> None:
        self.is_resting = True
        self._timer.stop()

    def _on_timeout(self) -> None:
        self.due.emit(self.job)

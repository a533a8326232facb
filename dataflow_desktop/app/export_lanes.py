"""The threads in which exports run here, each when it is its turn."""

from PySide6.QtCore import QObject, Signal

from dataflow_desktop.app.export_queue import MOST_AT_ONCE, ExportQueue
from dataflow_desktop.domain.consent import Consent
from dataflow_desktop.domain.job import Job
from dataflow_desktop.pacing import StopWish
from dataflow_desktop.ui.job_words import Situation, Turn
from dataflow_desktop.workers.export_wishes import Answer, RunEnded, RunWish
from dataflow_desktop.workers.export_worker import ExportWorker
from dataflow_desktop.workers.worker_thread import WorkerThread


class _Lane:
    """A thread that runs one export at a time."""

    def __init__(self, name: str) -> None:
        self.worker = ExportWorker()
        self.thread = WorkerThread(self.worker, name)
        self.run: RunWish | None = None


class ExportLanes(QObject):
    """Runs jobs by their id; `reported` brings the engine's Reports, `run_ended` a RunEnded.

    Lives in the window's thread.
    """

    reported = Signal(object)
    run_ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes = [_Lane(f"export {number + 1}") for number in range(MOST_AT_ONCE)]
        self._queue = ExportQueue()
        for lane in self._lanes:
            lane.worker.reported.connect(self.reported)
            lane.worker.answered.connect(self._on_answered)

    @property
    def threads(self) -> list[WorkerThread]:
        """The lanes' threads, to be joined at the end."""
        return [lane.thread for lane in self._lanes]

    @property
    def running_count(self) -> int:
        """How many jobs run now."""
        return len(self._running)

    @property
    def job_ids(self) -> tuple[str, ...]:
        """The jobs that run, and behind them those that wait for their turn, the next one first."""
        return (*(run.job_id for run in self._running), *self._queue.job_ids)

    def situation(self, job_id: str) -> Situation:
        """Return how a job relates to these lanes."""
        if job_id in self._queue.job_ids:
            return Situation.WAITING
        run = self._run_of(job_id)
        if run is None:
            return Situation.ELSEWHERE
        return Situation.STOPPING if run.stop.is_asked() else Situation.RUNNING

    def turn(self, job_id: str) -> Turn | None:
        """Return which of those that wait a job is, None when it does not wait."""
        waiting = self._queue.job_ids
        return Turn(waiting.index(job_id) + 1, len(waiting)) if job_id in waiting else None

    def run(self, job: Job, consents: frozenset[Consent] = frozenset()) -> None:
        """Run a job as soon as it is its turn; one that runs or waits already goes on as it does."""
        if self.situation(job.id) is Situation.ELSEWHERE:
            self._queue.add(RunWish(job.id, job.spec.source, consents))
            self._fill()

    def run_at_once(self, at_once: int) -> None:
        """Run so many jobs of one database at once; those that run too many run on."""
        self._queue.at_once = at_once
        self._fill()

    def move(self, job_id: str, places: int) -> None:
        """Let a job that waits begin so many places later, or earlier when negative."""
        self._queue.move(job_id, places)

    def hurry(self, job_id: str) -> None:
        """Begin a job that waits, however many of its database run; as soon as there is a thread for it."""
        self._queue.hurry(job_id)
        self._fill()

    def ask_stop(self, job_id: str, wish: StopWish) -> bool:
        """Ask a running job to stop, or let a waiting one wait no longer; False when it does not run here."""
        self._queue.drop(job_id)
        run = self._run_of(job_id)
        if run is not None:
            run.stop.ask(wish)
        return run is not None

    def stop_all(self, wish: StopWish) -> None:
        """Ask every job to stop; nothing that waits begins any more."""
        self._queue.clear()
        for run in self._running:
            run.stop.ask(wish)

    @property
    def _running(self) -> list[RunWish]:
        return [lane.run for lane in self._lanes if lane.run is not None]

    def _run_of(self, job_id: str) -> RunWish | None:
        return next((run for run in self._running if run.job_id == job_id), None)

    def _fill(self) -> None:
        while (run := self._queue.take_next(self._running)) is not None:
            lane = next(lane for lane in self._lanes if lane.run is None)
            lane.run = run
            lane.thread.start()
            lane.worker.ask(run)

    def _on_answered(self, answer: Answer) -> None:
        if not isinstance(answer, RunEnded):
            return
        for lane in self._lanes:
            if lane.run is not None and lane.run.job_id == answer.job_id:
                lane.run = None
        self._fill()
        self.run_ended.emit(answer)

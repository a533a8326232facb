"""Which exports run here: two at once, the others wait for their turn."""

from collections import deque

from PySide6.QtCore import QObject, Signal

from dataflow_desktop.domain.consent import Consent
from dataflow_desktop.pacing import StopWish
from dataflow_desktop.ui.job_words import Situation
from dataflow_desktop.workers.export_wishes import Answer, RunEnded, RunWish
from dataflow_desktop.workers.export_worker import ExportWorker
from dataflow_desktop.workers.worker_thread import WorkerThread

RUN_LANES = 2
"""More would only take turns at the interpreter and the disk."""


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
        self._lanes = [_Lane(f"export {number + 1}") for number in range(RUN_LANES)]
        self._waiting: deque[RunWish] = deque()
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
        return sum(lane.run is not None for lane in self._lanes)

    def situation(self, job_id: str) -> Situation:
        """Return how a job relates to these lanes."""
        if self._is_waiting(job_id):
            return Situation.WAITING
        run = self._run_of(job_id)
        if run is None:
            return Situation.ELSEWHERE
        return Situation.STOPPING if run.stop.is_asked() else Situation.RUNNING

    def run(self, job_id: str, consents: frozenset[Consent] = frozenset()) -> None:
        """Run a job as soon as a lane is free; one that runs or waits already goes on as it does."""
        if self.situation(job_id) is Situation.ELSEWHERE:
            self._waiting.append(RunWish(job_id, consents))
            self._fill()

    def ask_stop(self, job_id: str, wish: StopWish) -> bool:
        """Ask a running job to stop, or let a waiting one wait no longer; False when it does not run here."""
        self._waiting = deque(run for run in self._waiting if run.job_id != job_id)
        run = self._run_of(job_id)
        if run is not None:
            run.stop.ask(wish)
        return run is not None

    def stop_all(self, wish: StopWish) -> None:
        """Ask every job to stop; nothing that waits begins any more."""
        self._waiting.clear()
        for lane in self._lanes:
            if lane.run is not None:
                lane.run.stop.ask(wish)

    def _is_waiting(self, job_id: str) -> bool:
        return any(run.job_id == job_id for run in self._waiting)

    def _run_of(self, job_id: str) -> RunWish | None:
        return next(
            (lane.run for lane in self._lanes if lane.run is not None and lane.run.job_id == job_id), None
        )

    def _fill(self) -> None:
        for lane in self._lanes:
            if lane.run is None and self._waiting:
                lane.run = self._waiting.popleft()
                lane.thread.start()
                lane.worker.ask(lane.run)

    def _on_answered(self, answer: Answer) -> None:
        if not isinstance(answer, RunEnded):
            return
        for lane in self._lanes:
            if lane.run is not None and lane.run.job_id == answer.job_id:
                lane.run = None
        self._fill()
        self.run_ended.emit(answer)

"""What becomes of an export that stopped: what a person decides, and what is only waited for."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from dataflow_desktop.app.patience import Patience
from dataflow_desktop.domain.consent import Consent
from dataflow_desktop.domain.job import Job
from dataflow_desktop.domain.remedies import is_waited_for
from dataflow_desktop.errors import Reason
from dataflow_desktop.ui.main_window import MainWindow
from dataflow_desktop.ui.remedy_dialogs import ConsentGiven, PathChosen, RemedyDialogs
from dataflow_desktop.workers.export_wishes import (
    Answer,
    JobFound,
    JobLookedAt,
    LocateWish,
    MoveWish,
    RebuildWish,
    WishFailed,
)
from dataflow_desktop.workers.export_worker import ExportWorker


@dataclass(frozen=True)
class GoOn:
    """A job is to be run again, with what a person agreed to."""

    job_id: str
    consents: frozenset[Consent] = frozenset()


class Remedying(QObject):
    """Lives in the window's thread. `can_go_on` carries a GoOn, `failed` the Reason why something cannot be.

    `worker` does what takes long (a copy of what is saved), `looker` what is quick.
    """

    can_go_on = Signal(object)
    failed = Signal(object)

    def __init__(self, window: MainWindow, worker: ExportWorker, looker: ExportWorker) -> None:
        super().__init__(window)
        self._worker = worker
        self._patience = Patience(looker, self)
        self._patience.can_go_on.connect(self._on_obstacle_gone)
        self._dialogs = RemedyDialogs(window)
        self._dialogs.consent_given.connect(self._on_consent_given)
        self._dialogs.part_located.connect(self._on_part_located)
        self._dialogs.target_chosen.connect(self._on_target_chosen)
        window.exports_panel.remedy_wished.connect(self._dialogs.ask)
        window.part_chosen.connect(self._on_part_chosen)
        for answering in (worker, looker):
            answering.answered.connect(self._on_answered)

    def is_waiting(self, job_id: str) -> bool:
        """Whether a job goes on by itself once what it needs is there."""
        return self._patience.is_waiting(job_id)

    def wait_if_it_helps(self, job: Job, reason: Reason) -> None:
        """Wait for what `job` stopped for, if that is something to be waited for."""
        if is_waited_for(reason):
            self._patience.wait_for(replace(job, reason=reason))

    def stop_waiting(self, job_id: str) -> None:
        """Leave a job to the person."""
        self._patience.forget(job_id)

    def stop_all(self) -> None:
        """Wait for nothing any more: the program closes."""
        self._patience.stop_all()

    def _on_answered(self, answer: Answer) -> None:
        match answer:
            case JobFound(job):
                self.can_go_on.emit(GoOn(job.id))
            case JobLookedAt():
                self._patience.on_looked(answer)
            case WishFailed(wish=LocateWish() | MoveWish() | RebuildWish()):
                self.failed.emit(answer.reason)
            case _:
                pass  # `Exporting` listens too

    def _on_obstacle_gone(self, job_id: str) -> None:
        self.can_go_on.emit(GoOn(job_id))

    def _on_consent_given(self, given: ConsentGiven) -> None:
        self.stop_waiting(given.job_id)
        self.can_go_on.emit(GoOn(given.job_id, frozenset({given.consent})))

    def _on_part_located(self, chosen: PathChosen) -> None:
        self._worker.ask(LocateWish(chosen.job_id, chosen.path))

    def _on_target_chosen(self, chosen: PathChosen) -> None:
        self.stop_waiting(chosen.job_id)
        self._worker.ask(MoveWish(chosen.job_id, chosen.path))

    def _on_part_chosen(self, path: str) -> None:
        self._worker.ask(RebuildWish(path))

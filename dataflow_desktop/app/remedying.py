"""What becomes of an export that stopped: what a person decides, and what is only waited for."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from dataflow_desktop.app.moving import Moving
from dataflow_desktop.app.patience import Patience
from dataflow_desktop.app.wish_lanes import WishLanes
from dataflow_desktop.domain.consent import Consent
from dataflow_desktop.domain.job import Job, JobState
from dataflow_desktop.domain.remedies import Remedy, is_waited_for
from dataflow_desktop.errors import ReasonCode
from dataflow_desktop.pacing import StopWish
from dataflow_desktop.ui.error_texts import describe
from dataflow_desktop.ui.job_card import RemedyWish
from dataflow_desktop.ui.job_menu import JobStep, StepWish
from dataflow_desktop.ui.job_words import Situation, ended_text
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

_UNREADABLE = frozenset(
    code.name
    for code in (
        ReasonCode.PART_MISSING,
        ReasonCode.PART_NOT_A_FILE,
        ReasonCode.PART_TOO_SHORT,
        ReasonCode.PART_CHANGED,
    )
)


@dataclass(frozen=True)
class GoOn:
    """A job is to be run again, with what a person agreed to."""

    job_id: str
    consents: frozenset[Consent] = frozenset()


class Remedying(QObject):
    """Lives in the window's thread.

    `can_go_on` carries a GoOn, `job_found` the Job as it is after it was found or moved, `told` an ErrorText:
    why something cannot be, and `step_begun` takes an earlier one back. `changed` when `situation` may be
    another.
    """

    can_go_on = Signal(object)
    job_found = Signal(object)
    told = Signal(object)
    step_begun = Signal()
    changed = Signal()

    def __init__(self, window: MainWindow, lanes: WishLanes) -> None:
        super().__init__(window)
        self._lanes = lanes
        self._is_resting = False
        self._patience = Patience(lanes, self)
        self._patience.can_go_on.connect(self._on_obstacle_gone)
        self._moving = Moving(lanes, self)
        self._moving.began.connect(self._on_move_began)
        self._moving.ended.connect(self._on_move_ended)
        self._dialogs = RemedyDialogs(window)
        self._dialogs.consent_given.connect(self._on_consent_given)
        self._dialogs.part_located.connect(self._on_part_located)
        self._dialogs.target_chosen.connect(self._on_target_chosen)
        self._dialogs.begin_again_chosen.connect(self._on_begin_again_chosen)
        window.exports_panel.remedy_wished.connect(self._dialogs.ask)
        window.exports_panel.step_wished.connect(self._on_step_wished)
        window.part_chosen.connect(self._on_part_chosen)
        lanes.answered.connect(self._on_answered)

    @property
    def moving_count(self) -> int:
        """How many jobs are being copied."""
        return self._moving.count

    @property
    def is_waiting(self) -> bool:
        """Whether any job goes on by itself once what it needs is there."""
        return bool(self._patience.waited_for)

    def situation(self, job_id: str) -> Situation | None:
        """Return how a job that does not run relates to this window, None when in no way."""
        held_up = Situation.HELD_UP if job_id in self._patience.waited_for else None
        return self._moving.situation(job_id) or held_up

    def wait_if_it_helps(self, job: Job) -> None:
        """Wait for what `job` stopped for, if that is something to be waited for."""
        if job.state is JobState.PAUSED and job.reason is not None and is_waited_for(job.reason):
            self._patience.wait_for(job)

    def stop_waiting(self, job_id: str) -> None:
        """Leave a job to the person."""
        self._patience.forget(job_id)

    def wait_only_for(self, jobs: Iterable[Job]) -> None:
        """Wait no longer for what somebody else took in hand; `jobs` are all as they are now."""
        self._patience.forget_changed(jobs)

    def stop_moving(self, job_id: str, wish: StopWish) -> bool:
        """Ask for the end of a job's copy; False when there is none."""
        return self._moving.ask_stop(job_id, wish)

    def rest(self) -> None:
        """Let nothing go on by itself, and end every copy: the program closes."""
        self._is_resting = True
        self._moving.stop_all()
        for job_id in self._patience.waited_for:
            self._patience.rest(job_id)

    def wake(self) -> None:
        """Wait again for what was waited for: the program does not close after all."""
        self._is_resting = False
        for job_id in self._patience.waited_for:
            if self._moving.situation(job_id) is None:
                self._patience.wake(job_id)

    def _on_answered(self, answer: Answer) -> None:
        is_stopped = self._moving.on_answered(answer)
        match answer:
            case JobFound(job=job):
                self._on_found(job, is_stopped=is_stopped)
            case JobLookedAt():
                self._patience.on_looked(answer)
            case WishFailed(wish=MoveWish() as wish) if not is_stopped and _is_unreadable(answer):
                self._dialogs.ask_begin_again(PathChosen(wish.job_id, wish.target), answer.reason)
            case WishFailed(wish=LocateWish() | MoveWish() | RebuildWish()) if not is_stopped:
                self.told.emit(describe(answer.reason))
            case _:
                pass  # `Exporting` listens too

    def _on_found(self, job: Job, *, is_stopped: bool) -> None:
        self._patience.forget(job.id)
        self.job_found.emit(job)
        if job.has_ended:
            self.told.emit(ended_text(job))
        elif not is_stopped:
            self.can_go_on.emit(GoOn(job.id))

    def _on_obstacle_gone(self, job_id: str) -> None:
        self.can_go_on.emit(GoOn(job_id))

    def _on_move_began(self, job_id: str) -> None:
        self._patience.rest(job_id)
        self.changed.emit()

    def _on_move_ended(self, job_id: str) -> None:
        if not self._is_resting:
            self._patience.wake(job_id)
        self.changed.emit()

    def _on_step_wished(self, wish: StepWish) -> None:
        if wish.step is JobStep.RESTART:
            self._dialogs.ask(RemedyWish(wish.view, Remedy.RESTART))

    def _on_consent_given(self, given: ConsentGiven) -> None:
        self.step_begun.emit()
        self._patience.forget(given.job_id)
        self.can_go_on.emit(GoOn(given.job_id, frozenset({given.consent})))

    def _on_part_located(self, chosen: PathChosen) -> None:
        self.step_begun.emit()
        self._moving.begin(LocateWish(chosen.job_id, chosen.path))

    def _on_target_chosen(self, chosen: PathChosen) -> None:
        self.step_begun.emit()
        self._moving.begin(MoveWish(chosen.job_id, chosen.path))

    def _on_begin_again_chosen(self, chosen: PathChosen) -> None:
        self.step_begun.emit()
        self._moving.begin(MoveWish(chosen.job_id, chosen.path, is_without_rows=True))

    def _on_part_chosen(self, path: str) -> None:
        self.step_begun.emit()
        self._lanes.ask(RebuildWish(path))


def _is_unreadable(failed: WishFailed) -> bool:
    """Whether a job could not move because what is saved of it cannot be read where it is."""
    wish, reason = failed.wish, failed.reason
    if not isinstance(wish, MoveWish) or wish.is_without_rows:
        return False
    if reason.code == ReasonCode.FOLDER_MISSING.name:
        # As the engine names it; when it is the chosen one that is missing, another is to be chosen.
        return reason.facts["folder"] != str(Path(wish.target).parent.resolve())
    return reason.code in _UNREADABLE

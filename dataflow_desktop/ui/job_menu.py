"""The steps of an export that have no button, or not only one, in a menu on its card."""

from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from dataflow_desktop.domain.job import Job, JobState
from dataflow_desktop.ui.icons import palette_icon
from dataflow_desktop.ui.job_words import JobView, file_name


class FileStep(Enum):
    """Something to do with what an export made, or is to make."""

    OPEN = auto()
    SHOW_FOLDER = auto()
    COPY_PATH = auto()
    VERIFY = auto()
    STOP_VERIFYING = auto()
    SHOW_DETAILS = auto()


@dataclass(frozen=True)
class FileWish:
    """A person wants this step for the file of a job."""

    job: Job
    step: FileStep


class JobStep(Enum):
    """What a person may want of one export, besides pausing, resuming and giving it up."""

    NOW = "begin now, whatever else runs"
    FIRST = "begin before all others that wait"
    EARLIER = "begin one place earlier"
    LATER = "begin one place later"
    RESTART = "throw away what is saved and begin again"
    REMOVE = "leave the list"


@dataclass(frozen=True)
class StepWish:
    """A step that a person wants to take with an export."""

    view: JobView
    step: JobStep


def steps_for(view: JobView) -> list[JobStep]:
    """Return what fits where the export stands."""
    offered = {
        JobStep.NOW: view.turn is not None,
        JobStep.FIRST: view.turn is not None and not view.turn.is_first,
        JobStep.EARLIER: view.turn is not None and not view.turn.is_first,
        JobStep.LATER: view.turn is not None and not view.turn.is_last,
        JobStep.RESTART: view.can_begin_again,
        JobStep.REMOVE: view.job.has_ended,
    }
    return [step for step, is_offered in offered.items() if is_offered]


class JobMenu(QMenu):
    """`file_wished` carries a FileWish, `step_wished` a StepWish, of the job as it was when this was made.

    Deletes itself when it is closed; made when it is wanted, for a panel has many exports.
    """

    file_wished = Signal(object)
    step_wished = Signal(object)

    def __init__(self, view: JobView, *, is_verifying: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = view
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(self.tr("More for {file}").format(file=file_name(view.job)))
        self._offer_file_steps(is_verifying=is_verifying)
        self.addSeparator()
        for step in steps_for(view):
            self._offer_step(step)
        self.addSeparator()
        self._offer(FileStep.SHOW_DETAILS, self.tr("&Details…"))

    def _offer_file_steps(self, *, is_verifying: bool) -> None:
        is_done = self._view.job.state is JobState.DONE
        if is_done:
            self._offer(FileStep.OPEN, self.tr("&Open"), "open")
        self._offer(FileStep.SHOW_FOLDER, self.tr("Show in &folder"), "folder")
        self._offer(FileStep.COPY_PATH, self.tr("Copy &path"))
        if is_verifying:
            self._offer(FileStep.STOP_VERIFYING, self.tr("Stop &verifying"))
        elif is_done:
            self._offer(FileStep.VERIFY, self.tr("&Verify"), "done")

    def _offer(self, step: FileStep, text: str, icon: str = "") -> None:
        action = self.addAction(text)
        if icon:
            action.setIcon(palette_icon(icon, self.palette()))
        wish = FileWish(self._view.job, step)
        action.triggered.connect(lambda: self.file_wished.emit(wish))

    def _offer_step(self, step: JobStep) -> None:
        action = self.addAction(self._words(step))
        wish = StepWish(self._view, step)
        action.triggered.connect(lambda: self.step_wished.emit(wish))

    def _words(self, step: JobStep) -> str:
        words = {
            JobStep.NOW: self.tr("&Start now"),
            JobStep.FIRST: self.tr("Move to the fron&t"),
            JobStep.EARLIER: self.tr("Move &up"),
            JobStep.LATER: self.tr("Move do&wn"),
            JobStep.RESTART: self.tr("Begin &again…"),
            JobStep.REMOVE: self.tr("&Remove from the list"),
        }
        return words[step]

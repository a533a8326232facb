"""The steps of an export that are taken seldom, in a menu on its card."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from dataflow_desktop.ui.icons import IconButton
from dataflow_desktop.ui.job_words import JobView, file_name


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


class JobMenuButton(IconButton):
    """Offers the steps that fit a JobView; `step_wished` carries a StepWish."""

    step_wished = Signal(object)

    def __init__(self, view: JobView, parent: QWidget | None = None) -> None:
        super().__init__("more", "", parent)
        self._view = view
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # so that the other buttons of all cards stand below one another
        self.setSizePolicy(policy)
        self.clicked.connect(self._on_clicked)

    def show_view(self, view: JobView) -> None:
        """Offer the steps of `view`; without any, the button goes."""
        self._view = view
        self.say(self.tr("More steps for {file}").format(file=file_name(view.job)))
        self.setVisible(bool(steps_for(view)))

    def _on_clicked(self) -> None:
        # Made when it is wanted: a panel full of exports would have a menu for each of them.
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(self.accessibleName())
        for step in steps_for(self._view):
            action = menu.addAction(self._words(step))
            action.setData(StepWish(self._view, step))
        menu.triggered.connect(lambda action: self.step_wished.emit(action.data()))
        menu.popup(self.mapToGlobal(QPoint(self.width() - menu.sizeHint().width(), self.height())))

    def _words(self, step: JobStep) -> str:
        words = {
            JobStep.NOW: self.tr("&Start now"),
            JobStep.FIRST: self.tr("Move to the &front"),
            JobStep.EARLIER: self.tr("Move &up"),
            JobStep.LATER: self.tr("Move &down"),
            JobStep.RESTART: self.tr("Begin &again…"),
            JobStep.REMOVE: self.tr("&Remove from the list"),
        }
        return words[step]

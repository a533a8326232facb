"""One export in the panel: its file, where it stands, how far it is, and the steps it offers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from dataflow_desktop.domain.remedies import Remedy
from dataflow_desktop.ui.elided_label import ElidedLabel
from dataflow_desktop.ui.icons import IconButton, IconLabel
from dataflow_desktop.ui.job_menu import JobMenuButton
from dataflow_desktop.ui.job_words import (
    JobView,
    Situation,
    details_words,
    figures_words,
    file_name,
    reason_words,
    remedy_words,
    state_icon,
    state_words,
)

STATE_ICON_PIXELS = 18
BAR_HEIGHT = 5


@dataclass(frozen=True)
class RemedyWish:
    """What a person wants to do about an export that stands still."""

    view: JobView
    remedy: Remedy


class JobCard(QFrame):
    """Shows a JobView; its signals carry the job's id, for `folder_wished` the target, else a wish."""

    pause_wished = Signal(str)
    resume_wished = Signal(str)
    cancel_wished = Signal(str)
    folder_wished = Signal(str)
    remedy_wished = Signal(object)
    step_wished = Signal(object)

    def __init__(self, view: JobView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("job_card")
        self._view = view
        self._icon = IconLabel("paused", STATE_ICON_PIXELS, QPalette.ColorRole.PlaceholderText)
        self._name = ElidedLabel(Qt.TextElideMode.ElideMiddle)
        self._state = QLabel()
        self._figures = ElidedLabel()
        self._reason = QLabel()
        self.bar = QProgressBar()
        self.pause_button = IconButton("pause", "")
        self.resume_button = IconButton("resume", "")
        self.cancel_button = IconButton("cancel", "")
        self.folder_button = IconButton("folder", "")
        self.menu_button = JobMenuButton(view)
        self._remedies = QHBoxLayout()
        self._remedy_buttons: dict[Remedy, QPushButton] = {}
        self._style()
        self._lay_out()
        self._connect()
        self.show_view(view)

    @property
    def view(self) -> JobView:
        """What the card shows."""
        return self._view

    @property
    def buttons(self) -> tuple[IconButton, ...]:
        """The steps, from left to right, those not offered too."""
        return (
            self.pause_button,
            self.resume_button,
            self.cancel_button,
            self.folder_button,
            self.menu_button,
        )

    @property
    def remedy_buttons(self) -> Mapping[Remedy, QPushButton]:
        """What is offered against the reason for which the job stands still."""
        return self._remedy_buttons

    @property
    def reason_text(self) -> str:
        """What the card says of why the job stands still; empty while it has nothing to say."""
        return self._reason.text()

    def show_view(self, view: JobView) -> None:
        """Show where the job stands now."""
        self._view = view
        name = file_name(view.job)
        self._icon.show_icon(*state_icon(view))
        self._name.setText(name)
        self._state.setText(state_words(view))
        self._figures.setText(figures_words(view))
        self.setToolTip(details_words(view))
        reason = reason_words(view)
        self._reason.setText(reason)
        self._reason.setVisible(bool(reason))
        self.bar.setValue(view.permille)
        self.bar.setVisible(not view.job.has_ended)
        self.setAccessibleName(f"{name}: {state_words(view)}, {figures_words(view)}")
        self._show_steps(view, name)
        self._show_remedies(view.remedies, name)

    def _show_steps(self, view: JobView, name: str) -> None:
        steps = (
            (self.pause_button, view.can_pause, self._pause_text(view)),
            (self.resume_button, view.can_resume, self._resume_text(view)),
            (self.cancel_button, view.can_cancel, self.tr("Give up {file}")),
            (self.folder_button, True, self.tr("Open the folder of {file}")),
        )
        for button, is_offered, text in steps:
            button.setVisible(is_offered)
            button.say(text.format(file=name))
        self.menu_button.show_view(view)
        self.bar.setAccessibleName(self.tr("Progress of {file}").format(file=name))

    def _pause_text(self, view: JobView) -> str:
        is_moving = view.situation is Situation.MOVING
        return self.tr("Stop copying {file}") if is_moving else self.tr("Pause {file}")

    def _resume_text(self, view: JobView) -> str:
        if view.job.whole_file is not None:
            return self.tr("Finish {file}")
        return self.tr("Try {file} again") if view.is_stopped_by_error else self.tr("Resume {file}")

    def _show_remedies(self, remedies: Sequence[Remedy], name: str) -> None:
        if tuple(self._remedy_buttons) == tuple(remedies):
            return
        for button in self._remedy_buttons.values():
            self._remedies.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._remedy_buttons = {remedy: self._remedy_button(remedy, name) for remedy in remedies}

    def _remedy_button(self, remedy: Remedy, name: str) -> QPushButton:
        button = QPushButton(remedy_words(remedy))
        button.setAccessibleName(f"{remedy_words(remedy)} {name}")
        button.setProperty("remedy", remedy.name)
        button.clicked.connect(self._on_remedy)
        self._remedies.insertWidget(self._remedies.count() - 1, button)
        return button

    def _style(self) -> None:
        bold = QFont(self.font())
        bold.setBold(True)
        self._name.setFont(bold)
        self._state.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._figures.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._figures.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._reason.setWordWrap(True)
        self._reason.setTextFormat(Qt.TextFormat.PlainText)
        self._reason.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(BAR_HEIGHT)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._name)
        top.addWidget(self._state)
        top.addStretch(1)
        middle = QVBoxLayout()
        middle.setSpacing(4)
        middle.addLayout(top)
        middle.addWidget(self.bar)
        middle.addWidget(self._figures)
        middle.addWidget(self._reason)
        self._remedies.setSpacing(8)
        self._remedies.addStretch(1)
        middle.addLayout(self._remedies)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 8, 8)
        layout.setSpacing(10)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(middle, 1)
        for button in self.buttons:
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)

    def _connect(self) -> None:
        self.pause_button.clicked.connect(self._on_pause)
        self.resume_button.clicked.connect(self._on_resume)
        self.cancel_button.clicked.connect(self._on_cancel)
        self.folder_button.clicked.connect(self._on_folder)
        self.menu_button.step_wished.connect(self.step_wished)

    def _on_pause(self) -> None:
        self.pause_wished.emit(self._view.job.id)

    def _on_resume(self) -> None:
        self.resume_wished.emit(self._view.job.id)

    def _on_cancel(self) -> None:
        self.cancel_wished.emit(self._view.job.id)

    def _on_remedy(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.remedy_wished.emit(RemedyWish(self._view, Remedy[sender.property("remedy")]))

    def _on_folder(self) -> None:
        self.folder_wished.emit(self._view.job.spec.target)

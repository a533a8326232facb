"""One export in the panel: its file, where it stands, how far and how fast it is, and the steps it offers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFont, QKeyEvent, QMouseEvent, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from dataflow_desktop.domain.job import JobState
from dataflow_desktop.domain.remedies import Remedy
from dataflow_desktop.ui.card_note import CardNote, NoteKind, NoteLine
from dataflow_desktop.ui.elided_label import ElidedLabel
from dataflow_desktop.ui.icons import IconButton, IconLabel
from dataflow_desktop.ui.job_menu import FileStep, FileWish, JobMenu
from dataflow_desktop.ui.job_words import (
    JobView,
    Situation,
    details_words,
    figures_words,
    file_name,
    reason_words,
    remedy_words,
    speed_words,
    state_icon,
    state_words,
)
from dataflow_desktop.ui.sparkline import Sparkline
from dataflow_desktop.ui.speed_history import SpeedSample
from dataflow_desktop.ui.text_label import TextLabel

STATE_ICON_PIXELS = 18
BAR_HEIGHT = 5
SPACING = 12


@dataclass(frozen=True)
class RemedyWish:
    """What a person wants to do about an export that stands still."""

    view: JobView
    remedy: Remedy


class JobCard(QFrame):
    """Shows a JobView; its signals carry the job's id, or a wish.

    A double click or Return shows the details; a right click, the menu key or its last button all entries.
    """

    pause_wished = Signal(str)
    resume_wished = Signal(str)
    cancel_wished = Signal(str)
    remedy_wished = Signal(object)
    step_wished = Signal(object)
    file_wished = Signal(object)
    note_closed = Signal(str)

    def __init__(self, view: JobView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("job_card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._view = view
        self._note: CardNote | None = None
        self._icon = IconLabel("paused", STATE_ICON_PIXELS, QPalette.ColorRole.PlaceholderText)
        self._name = ElidedLabel(Qt.TextElideMode.ElideMiddle)
        self._state = QLabel()
        self._figures = ElidedLabel()
        self._speed = ElidedLabel()
        self.sparkline = Sparkline()
        self._reason = TextLabel()
        self.note_line = NoteLine()
        self.bar = QProgressBar()
        self.pause_button = IconButton("pause", "")
        self.resume_button = IconButton("resume", "")
        self.cancel_button = IconButton("cancel", "")
        self.open_button = IconButton("open", "")
        self.folder_button = IconButton("folder", "")
        self.menu_button = IconButton("more", "")
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
            self.pause_button, self.resume_button, self.cancel_button,
            self.open_button, self.folder_button, self.menu_button,
        )  # fmt: skip

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where the Tab key stops, in turn: the card itself, what it says and offers, its steps."""
        return self, *self._remedy_buttons.values(), *self.buttons, self.note_line.close_button

    @property
    def remedy_buttons(self) -> Mapping[Remedy, QPushButton]:
        """What is offered against the reason for which the job stands still."""
        return self._remedy_buttons

    @property
    def reason_text(self) -> str:
        """What the card says of why the job stands still; empty while it has nothing to say."""
        return self._reason.text()

    @property
    def note(self) -> CardNote | None:
        """What is said of the file."""
        return self._note

    def show_note(self, note: CardNote | None) -> None:
        """Say this of the file; None takes it back."""
        if note is not None:
            self.note_line.show_note(note)
        self._note = note
        self.note_line.setVisible(note is not None)

    def show_speed(self, samples: Sequence[SpeedSample]) -> None:
        """Draw how fast it ran lately."""
        self.sparkline.show_samples(samples)

    def show_view(self, view: JobView) -> None:
        """Show where the job stands now."""
        self._view = view
        name = file_name(view.job)
        self._icon.show_icon(*state_icon(view))
        self._name.setText(name)
        self._state.setText(state_words(view))
        figures, speed = figures_words(view), speed_words(view)
        self._figures.setText(figures)
        self._speed.setText(speed)
        self._speed.setVisible(bool(speed))
        self.sparkline.setVisible(bool(speed))
        self.setToolTip(details_words(view))
        reason = reason_words(view)
        self._reason.setText(reason)
        self._reason.setVisible(bool(reason))
        self.bar.setValue(view.permille)
        self.bar.setVisible(not view.job.has_ended)
        self.setAccessibleName(", ".join(filter(None, [f"{name}: {state_words(view)}", figures, speed])))
        self._show_steps(view, name)
        self._show_remedies(view.remedies, name)

    def _show_steps(self, view: JobView, name: str) -> None:
        steps = (
            (self.pause_button, view.can_pause, self._pause_text(view)),
            (self.resume_button, view.can_resume, self._resume_text(view)),
            (self.cancel_button, view.can_cancel, self.tr("Give up {file}")),
            (self.open_button, view.job.state is JobState.DONE, self.tr("Open {file}")),
            (self.folder_button, True, self.tr("Open the folder of {file}")),
            (self.menu_button, True, self.tr("More for {file}")),
        )
        gone = (button for button, is_offered, _ in steps if not is_offered)
        left = next(filter(self._is_at, gone), None)
        for button, is_offered, text in steps:
            button.setVisible(is_offered)
            button.say(text.format(file=name))
        if left is not None:
            self._take_focus_from(left)
        self.bar.setAccessibleName(self.tr("Progress of {file}").format(file=name))

    def _is_at(self, button: QWidget) -> bool:
        """Whether a key pressed now, or once the window is in front again, goes to `button`."""
        return self.window().focusWidget() is button

    def _take_focus_from(self, hidden: IconButton) -> None:
        """Lead the focus to the step that undoes the one that is gone, or to the card.

        Else it would go to the next step, which the same key pressed twice would take.
        """
        undoing = {self.pause_button: self.resume_button, self.resume_button: self.pause_button}
        step = undoing.get(hidden)
        heir = step if step is not None and not step.isHidden() else self
        heir.setFocus(Qt.FocusReason.OtherFocusReason)

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
            if self._is_at(button):
                self.setFocus(Qt.FocusReason.OtherFocusReason)
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
        self._speed.setForegroundRole(QPalette.ColorRole.PlaceholderText)
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
        middle.addLayout(self._course())
        middle.addWidget(self._reason)
        self._remedies.setSpacing(8)
        self._remedies.addStretch(1)
        middle.addLayout(self._remedies)
        whole = QHBoxLayout()
        whole.setSpacing(SPACING)
        whole.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(middle, 1)
        for button in self.buttons:
            whole.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.note_line.hide()
        self.note_line.setContentsMargins(STATE_ICON_PIXELS + SPACING, 0, 0, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 8, 8)
        layout.setSpacing(4)
        layout.addLayout(whole)
        layout.addWidget(self.note_line)

    def _course(self) -> QHBoxLayout:
        """Return the lines of figures, and beside them the line of speeds."""
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._figures)
        words.addWidget(self._speed)
        course = QHBoxLayout()
        course.setSpacing(12)
        course.addLayout(words, 1)
        course.addWidget(self.sparkline, 0, Qt.AlignmentFlag.AlignBottom)
        return course

    def _connect(self) -> None:
        self.pause_button.clicked.connect(self._on_pause)
        self.resume_button.clicked.connect(self._on_resume)
        self.cancel_button.clicked.connect(self._on_cancel)
        self.open_button.clicked.connect(lambda: self._wish(FileStep.OPEN))
        self.folder_button.clicked.connect(lambda: self._wish(FileStep.SHOW_FOLDER))
        self.menu_button.clicked.connect(self._on_more)
        self.note_line.closed.connect(self._on_note_closed)

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

    def _on_more(self) -> None:
        menu = self._make_menu()
        # Below the button, and as far into the window as the menu is wide: the button is at its edge.
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = 0 if is_mirrored else self.menu_button.width() - menu.sizeHint().width()
        menu.popup(self.menu_button.mapToGlobal(QPoint(left, self.menu_button.height())))

    def _on_note_closed(self) -> None:
        if self._is_verifying:
            self._wish(FileStep.STOP_VERIFYING)
        else:
            self.note_closed.emit(self._view.job.id)

    @property
    def _is_verifying(self) -> bool:
        return self._note is not None and self._note.kind is NoteKind.RUNNING

    def _make_menu(self) -> JobMenu:
        menu = JobMenu(self._view, is_verifying=self._is_verifying, parent=self.menu_button)
        menu.file_wished.connect(self.file_wished)
        menu.step_wished.connect(self.step_wished)
        return menu

    def _wish(self, step: FileStep) -> None:
        self.file_wished.emit(FileWish(self._view.job, step))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer all there is, where the pointer is, or on the card where a key asked."""
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        self._make_menu().popup(event.globalPos() if by_mouse else self.mapToGlobal(self.rect().center()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show the details."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._wish(FileStep.SHOW_DETAILS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Show the details on Return."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._wish(FileStep.SHOW_DETAILS)
        else:
            super().keyPressEvent(event)

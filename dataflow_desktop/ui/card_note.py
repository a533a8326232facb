"""What the program says of a finished file, on its card, until a person takes it away."""

from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QWidget

from dataflow_desktop.ui.icons import IconButton, IconLabel
from dataflow_desktop.ui.text_label import TextLabel

ICON_PIXELS = 16


class NoteKind(Enum):
    """What kind of thing is said."""

    RUNNING = auto()
    GOOD = auto()
    BAD = auto()


@dataclass(frozen=True)
class CardNote:
    """Words on a card; RUNNING ones are of something that can be stopped."""

    words: str
    kind: NoteKind


_ICONS = {
    NoteKind.RUNNING: ("waiting", QPalette.ColorRole.PlaceholderText),
    NoteKind.GOOD: ("done", QPalette.ColorRole.Accent),
    NoteKind.BAD: ("warning", QPalette.ColorRole.BrightText),
}


class NoteLine(QWidget):
    """Shows a CardNote; `closed` when a person stops what runs, or has read what is said."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconLabel("done", ICON_PIXELS, QPalette.ColorRole.Accent)
        self.label = TextLabel()
        self.label.setWordWrap(True)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.close_button = IconButton("cancel", self.tr("Close this message"))
        self.close_button.clicked.connect(self.closed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.label, 1)
        layout.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)

    def show_note(self, note: CardNote) -> None:
        """Say this."""
        self._icon.show_icon(*_ICONS[note.kind])
        self.label.setText(note.words)
        is_running = note.kind is NoteKind.RUNNING
        self.close_button.say(self.tr("Stop verifying") if is_running else self.tr("Close this message"))

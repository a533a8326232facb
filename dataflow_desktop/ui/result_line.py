"""What became of something that was tried: an icon and words, in place."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QWidget

from dataflow_desktop.ui.announcing import announce
from dataflow_desktop.ui.icons import IconLabel
from dataflow_desktop.ui.text_label import TextLabel

ICON_PIXELS = 20
LINES = 4
"""Room for so many lines is always there, so that nothing jumps."""


class ResultLine(QWidget):
    """Empty until something is said; a screen reader hears the words, which say all that the icon says."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconLabel("done", ICON_PIXELS, QPalette.ColorRole.Accent)
        self.label = TextLabel()
        self.label.setWordWrap(True)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.label.setMinimumHeight(LINES * self.label.fontMetrics().lineSpacing())
        self.label.setAlignment(Qt.AlignmentFlag.AlignTop | self.label.alignment())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.label, 1)
        self.clear()

    @property
    def text(self) -> str:
        """What is said."""
        return self.label.text()

    def clear(self) -> None:
        """Say nothing."""
        self._say("", "done", QPalette.ColorRole.Accent)

    def say_running(self, text: str) -> None:
        """Say what is being tried."""
        self._say(text, "waiting", QPalette.ColorRole.PlaceholderText)

    def say_done(self, text: str) -> None:
        """Say what worked."""
        self._say(text, "done", QPalette.ColorRole.Accent)

    def say_failed(self, text: str) -> None:
        """Say what did not work, and what to do."""
        self._say(text, "warning", QPalette.ColorRole.BrightText)

    def _say(self, text: str, icon: str, role: QPalette.ColorRole) -> None:
        self._icon.show_icon(icon, role)
        self._icon.setVisible(bool(text))
        self.label.setText(text)
        announce(self.label, text)

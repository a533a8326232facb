"""What is wrong, said beside what it is about."""

from PySide6.QtCore import Qt

from dataflow_desktop.ui.announcing import announce
from dataflow_desktop.ui.text_label import TextLabel


class ErrorLabel(TextLabel):
    """What is wrong with the field above it; takes no room while nothing is."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("field_error")
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.hide()

    def say(self, text: str) -> None:
        """Say what is wrong; nothing is with an empty text."""
        self.setText(text)
        self.setVisible(bool(text))
        announce(self, text, is_urgent=True)

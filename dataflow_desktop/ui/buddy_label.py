"""A label whose key leads to what it is about."""

from PySide6.QtWidgets import QLabel, QWidget


class BuddyLabel(QLabel):
    """The letter behind & in `text`, with Alt, gives `buddy` the focus."""

    def __init__(self, text: str, buddy: QWidget) -> None:
        super().__init__(text)
        self.setBuddy(buddy)

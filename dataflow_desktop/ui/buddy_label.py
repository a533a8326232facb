"""A label whose key leads to what it is about."""

from PySide6.QtWidgets import QWidget

from dataflow_desktop.ui.text_label import TextLabel


class BuddyLabel(TextLabel):
    """The letter behind & in `text`, with Alt, gives `buddy` the focus."""

    def __init__(self, text: str, buddy: QWidget) -> None:
        super().__init__(text)
        self.setBuddy(buddy)

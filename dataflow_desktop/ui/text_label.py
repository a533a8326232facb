"""A label whose lines begin where those of the window do."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QWidget


class TextLabel(QLabel):
    """Begins at the right where the window does; Qt lets the language of the text decide, line by line."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._begin()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the window's direction."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._begin()

    def _begin(self) -> None:
        sides = Qt.AlignmentFlag
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        begin = sides.AlignRight | sides.AlignAbsolute if is_mirrored else sides.AlignLeft
        self.setAlignment((self.alignment() & sides.AlignVertical_Mask) | begin)

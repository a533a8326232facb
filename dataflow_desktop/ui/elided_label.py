"""A label of one line that ends in … where it is too narrow."""

from unicodedata import bidirectional

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QWidget

NARROWEST = 60

STRONG = frozenset({"L", "R", "AL"})
"""Kinds of letters that have a direction; digits and signs take that of what is around them."""


class ElidedLabel(QLabel):
    """Shows as much of its text as fits; the whole text stays there for a screen reader."""

    def __init__(
        self, elide_mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._elide_mode = elide_mode
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Ask for little: the text gives way."""
        return QSize(NARROWEST, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the part that fits."""
        text = self.fontMetrics().elidedText(self.text(), self._elide_mode, self.contentsRect().width())
        alignment = QStyle.visualAlignment(self.layoutDirection(), self.alignment())
        painter = QPainter(self)
        # A path or a figure reads from the left in every window: it is no text of the window's language.
        is_from_right = begins_right_to_left(self.text())
        sides = Qt.LayoutDirection
        painter.setLayoutDirection(sides.RightToLeft if is_from_right else sides.LeftToRight)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), int(alignment), text)
        painter.end()


def begins_right_to_left(text: str) -> bool:
    """Return whether the first letter of `text` that has a direction is of a script like Arabic or Hebrew."""
    directions = (bidirectional(character) for character in text)
    return next((found for found in directions if found in STRONG), "L") != "L"

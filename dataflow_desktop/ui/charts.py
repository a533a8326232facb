"""Small pictures of what a column holds, drawn in the palette's colours; each says itself in words too."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QStyledItemDelegate, QStyleOptionViewItem, QToolTip, QWidget

SHARE_HEIGHT = 14
HISTOGRAM_HEIGHT = 110
BAR_GAP = 1.0
LEAST_BAR = 2.0
"""A bar of few rows among millions is still seen: it is not nothing."""

SHARE_ROLE = Qt.ItemDataRole.UserRole
_BAR_ALPHA = 70
_BAR_MARGIN = 3


@dataclass(frozen=True)
class Share:
    """One part of a whole, in the colour of a palette's role."""

    part: int
    role: QPalette.ColorRole


@dataclass(frozen=True)
class Bar:
    """One bar of a histogram: how high, and what it stands for in words."""

    rows: int
    words: str


class ShareBar(QWidget):
    """Parts of a whole beside each other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shares: tuple[Share, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_shares(self, shares: Sequence[Share], words: str) -> None:
        """Show these parts; `words` say the same."""
        self._shares = tuple(shares)
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        """Return a flat strip."""
        return QSize(SHARE_HEIGHT * 10, SHARE_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw each part as wide as its share."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Midlight))
        painter.drawRoundedRect(QRectF(self.rect()), 3, 3)
        whole = sum(share.part for share in self._shares)
        left = 0.0
        for share in self._shares:
            width = self.width() * share.part / whole if whole else 0.0
            if share.part:
                width = max(width, LEAST_BAR)
                painter.setBrush(self.palette().color(share.role))
                painter.drawRoundedRect(QRectF(left, 0, min(width, self.width() - left), self.height()), 3, 3)
            left += width


class Histogram(QWidget):
    """Bars beside each other; the one under the pointer says what it stands for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: tuple[Bar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_bars(self, bars: Sequence[Bar], words: str) -> None:
        """Show these bars from left to right; `words` say about the same."""
        self._bars = tuple(bars)
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for some twenty bars."""
        return QSize(200, HISTOGRAM_HEIGHT)

    def bar_at(self, place: QPointF) -> Bar | None:
        """Return the bar above or below `place`."""
        number = int(place.x() * len(self._bars) / max(1, self.width()))
        return self._bars[number] if 0 <= number < len(self._bars) else None

    def event(self, event: QEvent) -> bool:
        """Say what the bar under the pointer stands for."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            bar = self.bar_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), bar.words if bar is not None else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bars on a line."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Base))
        most = max((bar.rows for bar in self._bars), default=0)
        width = self.width() / max(1, len(self._bars))
        room = self.height() - 1
        colour = self.palette().color(QPalette.ColorRole.Accent)
        for number, bar in enumerate(self._bars):
            if bar.rows:
                height = max(LEAST_BAR, room * bar.rows / most)
                painter.fillRect(
                    QRectF(number * width, room - height, max(1.0, width - BAR_GAP), height), colour
                )
        painter.fillRect(0, room, self.width(), 1, self.palette().color(QPalette.ColorRole.Mid))


class ShareDelegate(QStyledItemDelegate):
    """Draws a bar behind a cell's text, as long as the share, from 0 to 1, under SHARE_ROLE."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the bar, then the text over it."""
        share = index.data(SHARE_ROLE)
        if isinstance(share, float):
            cell = QRectF(option.rect).adjusted(0, _BAR_MARGIN, 0, -_BAR_MARGIN)
            colour = QColor(option.palette.color(QPalette.ColorRole.Accent))
            colour.setAlpha(_BAR_ALPHA)
            painter.fillRect(
                QRectF(cell.left(), cell.top(), max(LEAST_BAR, cell.width() * share), cell.height()), colour
            )
        super().paint(painter, option, index)

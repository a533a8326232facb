"""Draws the cells of the table: one line of text each, asked of the model once."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from dataflow_desktop.ui.row_table_model import RowTableModel

TEXT_MARGIN = 7
FOCUS_PIXELS = 2

_SELECTED, _FOCUSED = QStyle.StateFlag.State_Selected, QStyle.StateFlag.State_HasFocus
_ACTIVE = QStyle.StateFlag.State_Active
_SINGLE_LINE = int(Qt.TextFlag.TextSingleLine.value)


class CellDelegate(QStyledItemDelegate):
    """Takes two thirds of the time of Qt's own, which asks seven times and lays out paragraphs.

    More counts while rows are read, when each question waits for the interpreter. `follow_style` when
    colours, font or direction of the view changed: to ask at each cell would take as long as to draw it.
    """

    def __init__(self, model: RowTableModel, view: QWidget) -> None:
        super().__init__(view)
        self._rows = model
        self._view = view
        self.follow_style()

    def follow_style(self) -> None:
        """Take colours, font and direction from the view."""
        palette, role, group = self._view.palette(), QPalette.ColorRole, QPalette.ColorGroup
        self._metrics = QFontMetrics(self._view.font())
        self._font = self._view.font()
        self._direction = self._view.layoutDirection()
        self._text = palette.color(role.Text)
        self._muted = palette.color(role.PlaceholderText)
        self._selected: dict[bool, tuple[QColor, QColor]] = {
            is_active: (palette.color(kind, role.Highlight), palette.color(kind, role.HighlightedText))
            for is_active, kind in ((True, group.Active), (False, group.Inactive))
        }

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the cell's selection, its text, cut where it does not fit, and the mark of the keyboard."""
        text, is_null, is_muted, alignment = self._rows.cell(index.row(), index.column())
        rect, state = option.rect, option.state
        colour = self._muted if is_muted else self._text
        if state & _SELECTED:
            ground, colour = self._selected[bool(state & _ACTIVE)]
            painter.fillRect(rect, ground)
        painter.setPen(colour)
        painter.setFont(self._rows.null_font if is_null else self._font)
        room = rect.adjusted(TEXT_MARGIN, 0, -TEXT_MARGIN, 0)
        if self._metrics.horizontalAdvance(text) > room.width():
            text = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        flags = QStyle.visualAlignment(self._direction, alignment).value | _SINGLE_LINE
        painter.drawText(room, flags, text)
        if state & _FOCUSED:
            _draw_focus(painter, rect, colour if state & _SELECTED else self._selected[True][0])


def _draw_focus(painter: QPainter, rect: QRect, colour: QColor) -> None:
    inside = rect.adjusted(1, 1, -1, -1)  # the pen is two pixels wide, and draws to both sides of its line
    painter.setPen(QPen(colour, FOCUS_PIXELS))
    painter.drawRect(inside)

"""The tree of tables on the screen: an icon, the name, and at the end of the line about how many rows."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from dataflow_desktop.browse.table_tree import SchemaFolder
from dataflow_desktop.ui.icons import make_icon
from dataflow_desktop.ui.table_tree_model import TableTreeModel, TreeRole

ICON_PIXELS = 16
MARGIN, GAP = 8, 6
LINE_PADDING = 8
INDENTATION = 16

_SELECTED = QStyle.StateFlag.State_Selected
_SINGLE_LINE = int(Qt.TextFlag.TextSingleLine.value)
_START = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_END = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter


class TableTreeView(QTreeView):
    """`table_chosen` brings the name of a table by a click or by Enter; `text_typed` letters typed here.

    The arrow keys only go from line to line: each table on the way would cost its database queries.
    """

    table_chosen = Signal(str)
    text_typed = Signal(str)

    def __init__(self, model: TableTreeModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tables = model
        self.setModel(model)
        self.setItemDelegate(_LineDelegate(self))
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)  # else each of 20,000 lines is asked for its height
        self.setIndentation(INDENTATION)
        self.setExpandsOnDoubleClick(False)  # activating does it, by mouse and by keyboard
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._choose)
        self.activated.connect(self._on_activated)

    def keyboardSearch(self, search: str) -> None:
        """Pass on what was typed, as the table does."""
        if search.strip():
            self.text_typed.emit(search)

    def drawRow(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Mark the selected line strongly only while the keys go here: it is selected all the time."""
        drawn = QStyleOptionViewItem(option)
        if not self.hasFocus():
            palette, role = QPalette(option.palette), QPalette.ColorRole
            palette.setColor(role.Highlight, palette.color(role.Midlight))
            palette.setColor(role.HighlightedText, palette.color(role.Text))
            drawn.palette = palette
        super().drawRow(painter, drawn, index)

    def _choose(self, index: QModelIndex) -> None:
        node = self._tables.node(index)
        if node is not None and not isinstance(node, SchemaFolder):
            self.table_chosen.emit(node.table.name)

    def _on_activated(self, index: QModelIndex) -> None:
        if isinstance(self._tables.node(index), SchemaFolder):
            self.setExpanded(index, not self.isExpanded(index))
        else:
            self._choose(index)


class _LineDelegate(QStyledItemDelegate):
    """Draws a line; the estimate stays whole where the name must be cut."""

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self._icons: dict[tuple[str, str], QIcon] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Ask for the height of a text with some air; the width is the view's."""
        return QSize(0, max(ICON_PIXELS, option.fontMetrics.height()) + LINE_PADDING)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw ground, icon, name and estimate."""
        line = QStyleOptionViewItem(option)
        self.initStyleOption(line, index)
        name, line.text = line.text, ""
        line.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, line, painter, line.widget)
        role = QPalette.ColorRole
        is_selected = bool(line.state & _SELECTED)
        colour = line.palette.color(role.HighlightedText if is_selected else role.Text)
        muted = colour if is_selected else line.palette.color(role.PlaceholderText)
        room = line.rect.adjusted(MARGIN, 0, -MARGIN, 0)
        self._icon(str(index.data(TreeRole.ICON)), muted).paint(painter, _start_of(line, room, ICON_PIXELS))
        room = _without_start(line, room, ICON_PIXELS + GAP)
        estimate = index.data(TreeRole.ESTIMATE)
        if estimate:
            painter.setPen(muted)
            painter.setFont(option.font)
            painter.drawText(room, _flags(line, _END), estimate)
            room = _without_end(line, room, option.fontMetrics.horizontalAdvance(estimate) + 2 * GAP)
        painter.setPen(colour)
        painter.setFont(line.font)
        shown = line.fontMetrics.elidedText(name, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _flags(line, _START), shown)

    def _icon(self, name: str, colour: QColor) -> QIcon:
        key = (name, colour.name())
        if key not in self._icons:
            self._icons[key] = make_icon(name, colour)
        return self._icons[key]


def _flags(line: QStyleOptionViewItem, alignment: Qt.AlignmentFlag) -> int:
    return QStyle.visualAlignment(line.direction, alignment).value | _SINGLE_LINE


def _start_of(line: QStyleOptionViewItem, room: QRect, pixels: int) -> QRect:
    return QStyle.visualRect(line.direction, room, QRect(room.x(), room.y(), pixels, room.height()))


def _without_start(line: QStyleOptionViewItem, room: QRect, pixels: int) -> QRect:
    return QStyle.visualRect(line.direction, room, room.adjusted(pixels, 0, 0, 0))


def _without_end(line: QStyleOptionViewItem, room: QRect, pixels: int) -> QRect:
    return QStyle.visualRect(line.direction, room, room.adjusted(0, 0, -pixels, 0))

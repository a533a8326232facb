"""The table on the screen: fixed rows, a header that a million selected rows cannot freeze, copying."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QKeySequence, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyleOptionHeader, QTableView, QWidget

from dataflow_desktop.browse.row_window import RowSpan
from dataflow_desktop.ui.row_table_model import RowTableModel

ROW_PADDING = 8
CELL_PADDING = 22
NARROWEST, WIDEST = 60, 380
ROWS_MEASURED = 60
USUAL_NUMBER = "0000000"
LATER_ROWS = 1.12
"""Room for rows further down, which nobody has read yet."""


@dataclass(frozen=True)
class CopyArea:
    """A rectangle of cells to copy."""

    rows: RowSpan
    columns: tuple[str, ...]


class _Header(QHeaderView):
    """Never asks which sections are selected: with a million rows selected that takes half a minute."""

    def __init__(self, orientation: Qt.Orientation, parent: QWidget) -> None:
        super().__init__(orientation, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)

    def initStyleOptionForIndex(self, option: QStyleOptionHeader, logicalIndex: int) -> None:
        """Fill in text, place and alignment only; Qt's own version looks at every selected row."""
        model = self.model()
        option.section = logicalIndex
        option.text = model.headerData(logicalIndex, self.orientation())
        alignment = model.headerData(logicalIndex, self.orientation(), Qt.ItemDataRole.TextAlignmentRole)
        option.textAlignment = alignment or self.defaultAlignment()
        option.position = self._position(logicalIndex)

    def _position(self, logical: int) -> QStyleOptionHeader.SectionPosition:
        place = self.visualIndex(logical)
        if self.count() == 1:
            return QStyleOptionHeader.SectionPosition.OnlyOneSection
        if place == 0:
            return QStyleOptionHeader.SectionPosition.Beginning
        if place == self.count() - 1:
            return QStyleOptionHeader.SectionPosition.End
        return QStyleOptionHeader.SectionPosition.Middle


class RowTableView(QTableView):
    """Shows a RowTableModel; emits `rows_shown` (a RowSpan, as the screen changes) and `copy_requested`.

    `text_typed` brings letters typed into the table, `copyable_changed` whether cells are selected.
    """

    rows_shown = Signal(object)
    copy_requested = Signal(object)
    text_typed = Signal(str)
    copyable_changed = Signal(bool)

    def __init__(self, model: RowTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self._is_width_due = False
        self.setAccessibleName(self.tr("Rows of the table"))
        self.setHorizontalHeader(_Header(Qt.Orientation.Horizontal, self))
        self.setVerticalHeader(_Header(Qt.Orientation.Vertical, self))
        self._lay_out()
        self.setModel(model)
        self._telling = QTimer(self, singleShot=True, interval=0)
        self._telling.timeout.connect(self._tell_rows_shown)
        self.verticalScrollBar().valueChanged.connect(self._tell_soon)
        for changed in (model.modelReset, model.rowsInserted, model.rowsRemoved):
            changed.connect(self._tell_soon)
            changed.connect(self._tell_copyable)
        self.selectionModel().selectionChanged.connect(self._tell_copyable)
        self._style_nulls()

    def _lay_out(self) -> None:
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        height = QFontMetrics(self.font()).height() + ROW_PADDING
        rows = self.verticalHeader()
        rows.setMinimumSectionSize(height)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(height)
        rows.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._rows.set_row_height(rows.defaultSectionSize())
        columns = self.horizontalHeader()
        columns.setFixedHeight(height + 4)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        columns.setStretchLastSection(True)

    def forget_widths(self) -> None:
        """Fit the columns anew when the next rows arrive: another table begins."""
        self._is_width_due = True

    def fit_columns(self) -> None:
        """Give each column the width of its first rows, within bounds, once for each table."""
        if not self._is_width_due or not self._rows.rowCount():
            return
        self._is_width_due = False
        metrics = self.fontMetrics()
        for column in range(self._rows.columnCount()):
            self.setColumnWidth(column, max(NARROWEST, min(WIDEST, self._text_width(metrics, column))))

    def copy(self) -> None:
        """Wish for the selected cells on the clipboard."""
        selection = self.selectionModel().selection()
        if selection.isEmpty():
            return
        area = selection.first()
        names = tuple(column.name for column in self._rows.columns[area.left() : area.right() + 1])
        self.copy_requested.emit(CopyArea(RowSpan(area.top(), area.bottom() - area.top() + 1), names))

    def keyboardSearch(self, search: str) -> None:
        """Pass on what was typed; Qt's own version walks through every row of the model."""
        if search.strip():
            self.text_typed.emit(search)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, and let Home and End move within the whole table when Ctrl is held, as everywhere."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            event.accept()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell which rows are on the screen now."""
        super().resizeEvent(event)
        self._tell_soon()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the colours."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._style_nulls()

    def _text_width(self, metrics: QFontMetrics, column: int) -> int:
        texts = [str(self._rows.headerData(column, Qt.Orientation.Horizontal))]
        rows = min(ROWS_MEASURED, self._rows.rowCount())
        texts += [str(self._rows.index(row, column).data()) for row in range(rows)]
        if self._rows.columns[column].is_numeric:
            texts.append(USUAL_NUMBER)
        return round(max(metrics.horizontalAdvance(text) for text in texts) * LATER_ROWS) + CELL_PADDING

    def _style_nulls(self) -> None:
        font = QFont(self.font())
        font.setItalic(True)
        self._rows.set_null_style(self.palette().brush(QPalette.ColorRole.PlaceholderText), font)

    def _tell_copyable(self) -> None:
        self.copyable_changed.emit(self.selectionModel().hasSelection())

    def _tell_soon(self) -> None:
        # Once for everything that one turn of the loop changed. A timer started again waits again: under a
        # hand that scrolls at every turn it would never come.
        if not self._telling.isActive():
            self._telling.start()

    def _tell_rows_shown(self) -> None:
        first = max(0, self.rowAt(0))
        last = self.rowAt(self.viewport().height() - 1)
        end = self._rows.rowCount() if last < 0 else last + 1
        self.rows_shown.emit(RowSpan(first, max(1, end - first)))

    def sizeHintForRow(self, row: int) -> int:
        """Answer without looking at the row: all have one height."""
        return self.verticalHeader().defaultSectionSize()

    def scroll_to_row(self, row: int) -> None:
        """Bring a row onto the screen."""
        self.scrollTo(self._rows.index(row, 0) if self._rows.rowCount() else QModelIndex())

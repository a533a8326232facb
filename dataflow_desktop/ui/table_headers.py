"""The headers of the table, names of columns and numbers of rows, which no selection can freeze."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHeaderView, QStyleOptionHeader, QWidget

from dataflow_desktop.ui.figures import number
from dataflow_desktop.ui.row_table_model import RowTableModel

NUMBER_PADDING = 16
LEAST_ROWS_NUMBERED = 999


class Header(QHeaderView):
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


class RowNumbers(Header):
    """As wide as the largest row number; Qt's own version asks for hundreds of them at each change."""

    def __init__(self, model: RowTableModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._rows = model

    def sizeHint(self) -> QSize:
        """Return the width of the largest number; the height is the view's."""
        largest = number(max(self._rows.all_rows, LEAST_ROWS_NUMBERED))
        return QSize(self.fontMetrics().horizontalAdvance(largest) + NUMBER_PADDING, 0)

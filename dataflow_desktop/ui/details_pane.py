"""One row in full beside the table: every column, and the whole of the value that is chosen."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QPalette
from PySide6.QtWidgets import (
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QSplitter,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from dataflow_desktop.browse.cell_text import CellText, cell_makers
from dataflow_desktop.browse.whole_value import whole_value
from dataflow_desktop.domain.row_query import Value
from dataflow_desktop.domain.schema import Column
from dataflow_desktop.ui.figures import number, plural
from dataflow_desktop.ui.reading_table import reading_table
from dataflow_desktop.ui.row_table_model import NULL_TEXT

NAME, VALUE = 0, 1

SHARES = (3, 2)
"""How the height is divided between the columns, of which there are many, and the one value."""


class DetailsPane(QWidget):
    """Shows the row it is told; hidden until a person asks for it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: tuple[Value, ...] = ()
        self._title = QLabel()
        self.fields = reading_table(self.tr("Columns of the row"), [self.tr("Column"), self.tr("Value")])
        self.fields.horizontalHeader().setStretchLastSection(True)
        self.fields.horizontalHeader().setSectionResizeMode(NAME, QHeaderView.ResizeMode.Interactive)
        self.fields.currentCellChanged.connect(self._on_field_chosen)
        self.whole = QPlainTextEdit()
        self.whole.setAccessibleName(self.tr("The whole value"))
        self.whole.setReadOnly(True)
        self._note = QLabel()
        self._note.setWordWrap(True)
        self._note.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.whole, 1)
        column.addWidget(self._note)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(self.fields)
        splitter.addWidget(below)
        for place, share in enumerate(SHARES):
            splitter.setStretchFactor(place, share)
        splitter.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.setSpacing(6)
        layout.addWidget(self._title)
        layout.addWidget(splitter, 1)
        self.setMinimumWidth(220)

    def show_row(self, row_number: int, columns: Sequence[Column], row: tuple[Value, ...]) -> None:
        """Show one row; the column that was chosen stays chosen."""
        self._row = row
        self._title.setText(self.tr("Row {number}").format(number=number(row_number + 1)))
        chosen = self.fields.currentRow()
        self.fields.blockSignals(True)
        self.fields.setRowCount(len(columns))
        for place, (column, make, value) in enumerate(zip(columns, cell_makers(columns), row, strict=True)):
            self.fields.setItem(place, NAME, QTableWidgetItem(column.name))
            self.fields.setItem(place, VALUE, self._value_item(make(value)))
        self.fields.blockSignals(False)
        self.fields.setCurrentCell(chosen if 0 <= chosen < len(columns) else 0, NAME)
        self._show_whole()

    def choose_column(self, place: int) -> None:
        """Show the whole value of the column at `place`."""
        if 0 <= place < self.fields.rowCount():
            self.fields.setCurrentCell(place, NAME)

    def show_nothing(self, text: str, explanation: str = "") -> None:
        """Say why there is no row to be shown, where that takes more words with an explanation below."""
        self._row = ()
        self._title.setText(text)
        self.fields.setRowCount(0)
        self._show_text(explanation, is_fixed=False)
        self._note.hide()

    def _show_text(self, text: str, *, is_fixed: bool, wraps: bool = True) -> None:
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        mode = QPlainTextEdit.LineWrapMode
        self.whole.setFont(fixed if is_fixed else self.font())
        self.whole.setLineWrapMode(mode.WidgetWidth if wraps else mode.NoWrap)
        self.whole.setPlainText(text)

    def _value_item(self, text: CellText) -> QTableWidgetItem:
        item = QTableWidgetItem(NULL_TEXT if text is None else text)
        if text is None:
            font = item.font()
            font.setItalic(True)
            item.setFont(font)
            item.setForeground(self.palette().brush(QPalette.ColorRole.PlaceholderText))
        return item

    def _on_field_chosen(self) -> None:
        self._show_whole()

    def _show_whole(self) -> None:
        place = self.fields.currentRow()
        if not 0 <= place < len(self._row):
            return
        value = self._row[place]
        text, left_out = whole_value(value)
        is_code = isinstance(value, bytes) or text.count("\n") > 0
        self._show_text(text, is_fixed=is_code, wraps=not isinstance(value, bytes))
        self._note.setVisible(left_out > 0)
        if isinstance(value, bytes):
            words = self.tr(
                "… and {count} more byte(s): copy or export the row to have them all.", "", plural(left_out)
            )
        else:
            words = self.tr(
                "… and {count} more character(s): copy or export the row to have them all.",
                "",
                plural(left_out),
            )
        self._note.setText(words.format(count=number(left_out)))

"""The first lines of a file before it is written."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontDatabase, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QPlainTextEdit,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from dataflow_desktop.domain.file_preview import FilePreview, TablePreview, TextPreview
from dataflow_desktop.errors import Reason
from dataflow_desktop.ui.error_texts import describe
from dataflow_desktop.ui.figures import number

LINES = 6
"""A header line and five rows."""

TAB_CHARACTERS = 8
MOST_COLUMN_WIDTH = 260

MOST_COLUMNS = 50
"""More than anybody looks through here; a thousand would hold up the window."""


class ExportPreview(QStackedWidget):
    """Shows lines, a small table, or in words why there are none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setAccessibleName(self.tr("Preview of the first lines"))
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        self.text.setFont(font)
        self.table = _make_table(self.tr("Preview of the first rows"))
        self.words = QLabel(self.tr("Reading the first rows…"))
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words.setMargin(8)
        for page in (self.words, self.text, self.table):
            self.addWidget(page)
        self._fit_font()

    def show_preview(self, preview: FilePreview) -> None:
        """Show the first lines, or rows, of the file as it would be."""
        match preview:
            case TextPreview(lines):
                self.text.setPlainText("\n".join(lines))
                self._turn_to(self.text)
            case TablePreview():
                self._fill(preview)
                self._turn_to(self.table)

    def show_reason(self, reason: Reason) -> None:
        """Say why there is nothing to show."""
        self.show_words(describe(reason).whole, is_error=True)

    def show_words(self, text: str, *, is_error: bool = False) -> None:
        """Say something in the lines' place."""
        self.words.setText(text)
        self.words.setObjectName("field_error" if is_error else "")
        self.words.style().polish(self.words)
        # A proxy that is hidden would hold the Tab key here. None is Qt's own word for no proxy.
        self.setFocusProxy(None)  # type: ignore[arg-type]
        self.setCurrentWidget(self.words)

    def sizeHint(self) -> QSize:
        """Return the size of the first lines, whatever is shown."""
        return QSize(super().sizeHint().width(), self._height)

    def minimumSizeHint(self) -> QSize:
        """Return the least size in which all lines are seen."""
        return QSize(200, self._height)

    def hasHeightForWidth(self) -> bool:
        """Say no, whatever the words say that stand here until the lines come."""
        return False

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of letters."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit_font()

    def _fit_font(self) -> None:
        metrics = self.text.fontMetrics()
        self.text.setTabStopDistance(TAB_CHARACTERS * metrics.horizontalAdvance(" "))
        bar = self.text.horizontalScrollBar().sizeHint().height()
        self._height = LINES * metrics.lineSpacing() + bar + 16
        self.updateGeometry()

    def _turn_to(self, page: QWidget) -> None:
        had_focus = self.hasFocus()  # as its proxy's
        self.setFocusProxy(page)
        self.setCurrentWidget(page)
        if had_focus:
            page.setFocus()

    def _fill(self, preview: TablePreview) -> None:
        names = [name.replace("\n", " ") for name in preview.names[:MOST_COLUMNS]]
        if more := len(preview.names) - len(names):
            names.append(self.tr("… and {count} more").format(count=number(more)))
        self.table.clear()
        self.table.setColumnCount(len(names))
        self.table.setRowCount(len(preview.rows))
        self.table.setHorizontalHeaderLabels(names)
        for row, values in enumerate(preview.rows):
            for column, value in enumerate(values[:MOST_COLUMNS]):
                self.table.setItem(row, column, self._item(value))
        self.table.resizeColumnsToContents()
        for column in range(len(names) - 1):  # the last one takes what is left
            self.table.setColumnWidth(column, min(self.table.columnWidth(column), MOST_COLUMN_WIDTH))

    def _item(self, value: str | None) -> QTableWidgetItem:
        item = QTableWidgetItem("NULL" if value is None else value)
        if value is None:
            font = item.font()
            font.setItalic(True)
            item.setFont(font)
            item.setForeground(self.palette().brush(QPalette.ColorRole.PlaceholderText))
        return item


def _make_table(name: str) -> QTableWidget:
    table = QTableWidget()
    table.setAccessibleName(name)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 4)
    table.verticalHeader().setMinimumSectionSize(table.fontMetrics().height() + 2)
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    table.horizontalHeader().setStretchLastSection(True)
    table.horizontalHeader().setHighlightSections(False)
    return table

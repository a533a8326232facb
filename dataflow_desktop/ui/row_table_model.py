"""The rows of the current query as Qt asks for them: from memory, never from a database."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QLocale, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QFont

from dataflow_desktop.browse.page_cache import Page
from dataflow_desktop.browse.row_window import RowWindow
from dataflow_desktop.domain.schema import Column

PIXEL_LIMIT = 2_147_483_647
"""Rows times their height beyond this make Qt's views hang for good."""

NULL_TEXT = "NULL"
NOT_HERE_TEXT = "…"

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_FOREGROUND = int(Qt.ItemDataRole.ForegroundRole)
_FONT = int(Qt.ItemDataRole.FontRole)
_ANSWERED = frozenset({_DISPLAY, _ALIGNMENT, _FOREGROUND, _FONT})

_NUMBER = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_TEXT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class RowTableModel(QAbstractTableModel):
    """A RowWindow as a table; tell it what arrived, and it tells the views.

    The row count it tells may lag behind the window's, and stops where the views' pixels end.
    """

    def __init__(self, window: RowWindow, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._columns: tuple[Column, ...] = ()
        self._alignments: list[Qt.AlignmentFlag] = []
        self._told_rows = 0
        self._most_rows = PIXEL_LIMIT
        self._is_dimmed = False
        self._muted = QBrush()
        self._null_font = QFont()

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Begin a table with these columns and no rows yet."""
        self.beginResetModel()
        self._window.forget()
        self._is_dimmed = False
        self._columns = tuple(columns)
        self._alignments = [_NUMBER if column.is_numeric else _TEXT for column in columns]
        self._told_rows = 0
        self.endResetModel()

    def set_row_height(self, pixels: int) -> None:
        """Cap the rows so that views of this row height can hold them."""
        self._most_rows = PIXEL_LIMIT // pixels

    def set_null_style(self, brush: QBrush, font: QFont) -> None:
        """Set how NULL looks, so that it cannot be taken for a text."""
        self._muted, self._null_font = brush, font

    def dim(self) -> None:
        """Show the rows as old ones, until the first page of the newer query arrives."""
        self._is_dimmed = True
        self._tell_changed(0, self._told_rows)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns shown."""
        return self._columns

    @property
    def hidden_rows(self) -> int:
        """Rows beyond what a view can hold."""
        return max(0, self._window.row_count - self._most_rows)

    def accept_page(self, page: Page) -> bool:
        """Take in a page; False when it belongs to an older generation."""
        if self._window.starts_over and page.generation == self._window.generation:
            self.beginResetModel()
            self._window.accept_page(page)
            self._is_dimmed = False
            self._told_rows = min(self._window.row_count, self._most_rows)
            self.endResetModel()
            return True
        was_waiting = self._window.is_waiting
        if not self._window.accept_page(page):
            return False
        self._is_dimmed = False
        self._follow_row_count()
        self._tell_changed(
            0 if was_waiting else page.first, self._told_rows if was_waiting else len(page.rows)
        )
        return True

    def accept_count(self, generation: int, rows: int) -> bool:
        """Take in the exact row count; False when it belongs to an older generation."""
        if not self._window.accept_count(generation, rows):
            return False
        self._follow_row_count()
        return True

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Return the rows told so far."""
        return 0 if parent.isValid() else self._told_rows

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: _Index, role: int = _DISPLAY) -> object:
        """Answer from memory; a repaint asks about 1,800 times."""
        if role not in _ANSWERED or not index.isValid():
            return None
        if role == _ALIGNMENT:
            return self._alignments[index.column()]
        row = self._window.row(index.row())
        text = NOT_HERE_TEXT if row is None else row[index.column()]
        if role == _DISPLAY:
            return NULL_TEXT if text is None else text
        if role == _FONT:
            return self._null_font if text is None else None
        return self._muted if text is None or row is None or self._is_dimmed else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        """Name the columns and number the rows from 1."""
        if orientation == Qt.Orientation.Vertical:
            return QLocale().toString(section + 1) if role == _DISPLAY else None
        if not 0 <= section < len(self._columns):
            return None
        if role == _DISPLAY:
            return self._columns[section].name
        if role == _ALIGNMENT:
            return self._alignments[section]
        return self._columns[section].declared_type if role == int(Qt.ItemDataRole.ToolTipRole) else None

    def is_null(self, row: int, column: int) -> bool:
        """Whether the cell is here and holds NULL."""
        texts = self._window.row(row)
        return texts is not None and texts[column] is None

    def _follow_row_count(self) -> None:
        wanted = min(self._window.row_count, self._most_rows)
        if wanted > self._told_rows:
            self.beginInsertRows(QModelIndex(), self._told_rows, wanted - 1)
            self._told_rows = wanted
            self.endInsertRows()
        elif wanted < self._told_rows:
            self.beginRemoveRows(QModelIndex(), wanted, self._told_rows - 1)
            self._told_rows = wanted
            self.endRemoveRows()

    def _tell_changed(self, first: int, rows: int) -> None:
        last = min(first + rows, self._told_rows) - 1
        if last >= first and self._columns:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._columns) - 1))

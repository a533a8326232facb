"""The rows of the current query as Qt asks for them: from memory, never from a database."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QAbstractTableModel, QLocale, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QFont

from dataflow_desktop.browse.page_cache import Page
from dataflow_desktop.browse.row_window import RowWindow
from dataflow_desktop.domain.keyset import Anchor
from dataflow_desktop.domain.row_query import SortColumn
from dataflow_desktop.domain.schema import Column

PIXEL_LIMIT = 2_147_483_647
"""Rows times their height beyond this make Qt's views hang for good."""

NULL_TEXT = "NULL"
NOT_HERE_TEXT = "…"

_UP, _DOWN = "▲", "▼"
_DIGITS = "¹²³⁴⁵⁶⁷⁸⁹"
WIDEST_SORT_MARK = f" {_UP}{_DIGITS[3]}"
"""The room kept behind each name, so that no column moves when it is sorted."""

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_FOREGROUND = int(Qt.ItemDataRole.ForegroundRole)
_FONT = int(Qt.ItemDataRole.FontRole)
_ANSWERED = frozenset({_DISPLAY, _ALIGNMENT, _FOREGROUND, _FONT})

_NUMBER = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_TEXT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class Cell(NamedTuple):
    """One cell as it is drawn."""

    text: str
    is_null: bool
    is_muted: bool
    alignment: Qt.AlignmentFlag


class RowTableModel(QAbstractTableModel):
    """A RowWindow as a table; tell it what arrived, and it tells the views.

    The row count it tells may lag behind the window's. Where the views' pixels end before the rows do, it
    tells a part of them, from row number `base` on, which `move_base` moves.
    """

    def __init__(self, window: RowWindow, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._columns: tuple[Column, ...] = ()
        self._order: tuple[SortColumn, ...] = ()
        self._alignments: list[Qt.AlignmentFlag] = []
        self._told_rows = 0
        self._base = 0
        self._most_rows = PIXEL_LIMIT
        self._is_dimmed = False
        self._muted = QBrush()
        self.null_font = QFont()

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Begin a table with these columns and no rows yet."""
        self.beginResetModel()
        self._window.forget()
        self._is_dimmed = False
        self._columns = tuple(columns)
        self._alignments = [_NUMBER if column.is_numeric else _TEXT for column in columns]
        self._told_rows = self._base = 0
        self._order = ()
        self.endResetModel()

    def show_order(self, order: Sequence[SortColumn]) -> None:
        """Let the headers say by which columns the rows are sorted."""
        self._order = tuple(order)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)

    @property
    def order(self) -> tuple[SortColumn, ...]:
        """The columns by which the rows are sorted, the first one first."""
        return self._order

    def set_row_height(self, pixels: int) -> None:
        """Cap the rows so that views of this row height can hold them."""
        self._most_rows = PIXEL_LIMIT // pixels

    def set_null_style(self, brush: QBrush, font: QFont) -> None:
        """Set how NULL looks, so that it cannot be taken for a text."""
        self._muted, self.null_font = brush, font

    def dim(self) -> None:
        """Show the rows as old ones, until the first page of the newer query arrives."""
        self._is_dimmed = True
        self._tell_changed(self._base, self._told_rows)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns shown."""
        return self._columns

    @property
    def base(self) -> int:
        """The number of the first row told."""
        return self._base

    def move_base(self, row: int) -> None:
        """Tell the rows from about row number `row` on, as many as the views can hold."""
        base = max(0, min(row, self._window.row_count - self._most_rows))
        if base != self._base:
            self._base = base
            self._follow_row_count()
            self._tell_changed(base, self._told_rows)
            if self._told_rows:
                self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, self._told_rows - 1)

    @property
    def all_rows(self) -> int:
        """All rows that there are, as far as is known."""
        return self._window.row_count

    @property
    def most_rows(self) -> int:
        """As many rows as the views can hold."""
        return self._most_rows

    @property
    def has_rows_below(self) -> bool:
        """Whether rows follow behind those told."""
        return self._base + self._told_rows < self._window.row_count

    def accept_page(self, page: Page) -> bool:
        """Take in a page; False when it belongs to an older generation."""
        if self._window.starts_over and page.generation == self._window.generation:
            self.beginResetModel()
            self._window.accept_page(page)
            self._is_dimmed = False
            self._base = 0
            self._told_rows = self._rows_to_tell()
            self.endResetModel()
            return True
        was_waiting = self._window.is_waiting
        if not self._window.accept_page(page):
            return False
        self._is_dimmed = False
        self._follow_row_count()
        if was_waiting:
            self._tell_changed(self._base, self._told_rows)
        else:
            self._tell_changed(page.first, len(page.rows))
        return True

    def accept_anchors(self, generation: int, anchors: Sequence[Anchor], count: int | None) -> bool:
        """Take in what was indexed, in the end the exact row count; False for an older generation."""
        if not self._window.accept_anchors(generation, anchors, count):
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
        """Answer from memory."""
        if role not in _ANSWERED or not index.isValid():
            return None
        cell = self.cell(index.row(), index.column())
        if role == _DISPLAY:
            return cell.text
        if role == _ALIGNMENT:
            return cell.alignment
        if role == _FONT:
            return self.null_font if cell.is_null else None
        return self._muted if cell.is_muted else None

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell as it is drawn: from memory, for a repaint asks for each."""
        texts = self._window.row(self._base + row)
        if texts is None:
            return Cell(NOT_HERE_TEXT, is_null=False, is_muted=True, alignment=self._alignments[column])
        text = texts[column]
        is_null = text is None
        return Cell(
            NULL_TEXT if text is None else text, is_null, is_null or self._is_dimmed, self._alignments[column]
        )

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        """Name the columns and number the rows from 1."""
        if orientation == Qt.Orientation.Vertical:
            return QLocale().toString(self._base + section + 1) if role == _DISPLAY else None
        if not 0 <= section < len(self._columns):
            return None
        if role == _DISPLAY:
            return self._columns[section].name + self._sort_mark(section)
        if role == _ALIGNMENT:
            return self._alignments[section]
        return self._columns[section].declared_type if role == int(Qt.ItemDataRole.ToolTipRole) else None

    def _sort_mark(self, section: int) -> str:
        """Return what stands behind the name of a column that sorts: its direction, its place of several."""
        name = self._columns[section].name
        for place, sort in enumerate(self._order):
            if sort.column == name:
                digits = _DIGITS[place : place + 1] if len(self._order) > 1 else ""
                return f" {_DOWN if sort.is_descending else _UP}{digits}"
        return ""

    def first_texts(self, column: int, rows: int) -> list[str]:
        """Return the texts of a column in the first rows told, as far as they are here."""
        found = (self._window.row(self._base + row) for row in range(min(rows, self._told_rows)))
        texts = (row[column] for row in found if row is not None)
        return [NULL_TEXT if text is None else text for text in texts]

    def is_here(self, row: int) -> bool:
        """Whether the row has been read, or cannot be."""
        return not 0 <= row < self._told_rows or self._window.row(self._base + row) is not None

    def is_null(self, row: int, column: int) -> bool:
        """Whether the cell is here and holds NULL."""
        texts = self._window.row(self._base + row)
        return texts is not None and texts[column] is None

    def _follow_row_count(self) -> None:
        self._base = max(0, min(self._base, self._window.row_count - self._most_rows))
        wanted = self._rows_to_tell()
        if wanted > self._told_rows:
            self.beginInsertRows(QModelIndex(), self._told_rows, wanted - 1)
            self._told_rows = wanted
            self.endInsertRows()
        elif wanted < self._told_rows:
            self.beginRemoveRows(QModelIndex(), wanted, self._told_rows - 1)
            self._told_rows = wanted
            self.endRemoveRows()

    def _rows_to_tell(self) -> int:
        return min(self._window.row_count - self._base, self._most_rows)

    def _tell_changed(self, first: int, rows: int) -> None:
        """Say that rows from row number `first` on are others now."""
        begin = max(0, first - self._base)
        last = min(first + rows - self._base, self._told_rows) - 1
        if last >= begin and self._columns:
            self.dataChanged.emit(self.index(begin, 0), self.index(last, len(self._columns) - 1))

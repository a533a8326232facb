"""The table on the screen: fixed rows, columns as wide as what they hold, copying, and the menus of cells."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QItemSelectionRange, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from dataflow_desktop.browse.clipboard import ClipboardForm
from dataflow_desktop.browse.row_window import RowSpan
from dataflow_desktop.domain.row_query import SortColumn
from dataflow_desktop.pacing import paint_gate
from dataflow_desktop.ui.cell_delegate import CellDelegate
from dataflow_desktop.ui.row_table_model import WIDEST_SORT_MARK, RowTableModel
from dataflow_desktop.ui.table_headers import Header, RowNumbers

ROW_PADDING = 8
CELL_PADDING = 22
NARROWEST, WIDEST = 60, 380
ROWS_MEASURED = 60
USUAL_NUMBER = "0000000"
LATER_ROWS = 1.12
"""Room for rows further down, which nobody has read yet."""

HOLD_MS = 25
"""Nobody sees so short a wait; rows of a jump mostly come within it."""

PAUSE_SECONDS = 0.2

_STYLE_CHANGES = frozenset(
    {QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.LayoutDirectionChange}
)


@dataclass(frozen=True)
class CopyArea:
    """A rectangle of cells to copy."""

    rows: RowSpan
    columns: tuple[str, ...]
    form: ClipboardForm = ClipboardForm.TSV


@dataclass(frozen=True)
class ValueWish:
    """A person wants only the rows that have the value of one cell, or only those that do not."""

    row: int
    column: str
    is_excluded: bool


class RowTableView(QTableView):
    """Shows a RowTableModel; emits `rows_shown` (a RowSpan, as the screen changes) and `copy_requested`.

    `text_typed` brings letters typed into the table, `copyable_changed` whether cells are selected,
    `order_wished` a tuple of SortColumns, `columns_wished` that a person wants to choose columns,
    `row_chosen` and `column_chosen` the number of the row and the name of the column the keyboard is in,
    `glance_wished` the name of a column to look at, `value_filter_wished` a ValueWish, `export_wished` a
    RowSpan.
    """

    rows_shown = Signal(object)
    first_rows_painted = Signal()
    copy_requested = Signal(object)
    text_typed = Signal(str)
    copyable_changed = Signal(bool)
    order_wished = Signal(object)
    columns_wished = Signal()
    row_chosen = Signal(int)
    column_chosen = Signal(str)
    glance_wished = Signal(str)
    value_filter_wished = Signal(object)
    export_wished = Signal(object)

    def __init__(self, model: RowTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self._is_width_due = self._is_first_paint_due = False
        self._actions: tuple[QAction, ...] = ()
        self.setAccessibleName(self.tr("Rows of the table"))
        self.setAccessibleDescription(
            self.tr("Letters begin a search. The menu key offers to filter, sort and copy.")
        )
        self.setHorizontalHeader(Header(Qt.Orientation.Horizontal, self))
        self.setVerticalHeader(RowNumbers(model, self))
        # A click on a column's name sorts; Qt's own answer to it is to select millions of cells.
        self.horizontalHeader().sectionPressed.disconnect()
        self.horizontalHeader().sectionClicked.connect(self._on_header_clicked)
        self.horizontalHeader().setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.horizontalHeader().customContextMenuRequested.connect(self._on_header_menu_wished)
        self._lay_out()
        self.setModel(model)
        self._cells = CellDelegate(model, self)
        self.setItemDelegate(self._cells)
        self._telling = QTimer(self, singleShot=True, interval=0)
        self._telling.timeout.connect(self._tell_rows_shown)
        self._holding = QTimer(self, singleShot=True, interval=HOLD_MS)
        self._holding.timeout.connect(self._release_paint)
        self._scrolled_at = 0.0
        model.dataChanged.connect(self._on_rows_changed)
        self.verticalScrollBar().valueChanged.connect(self._tell_scrolled)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.verticalScrollBar().sliderReleased.connect(self._on_slider_released)
        for changed in (model.modelReset, model.rowsInserted, model.rowsRemoved):
            changed.connect(self._tell_soon)
            changed.connect(self._tell_copyable)
        self.selectionModel().selectionChanged.connect(self._tell_copyable)
        self.selectionModel().currentRowChanged.connect(self._on_row_changed)
        self.selectionModel().currentColumnChanged.connect(self._on_column_changed)
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
        columns.setSectionsMovable(True)

    def begin_table(self) -> None:
        """Show all columns in the table's order, and fit them when the next rows arrive."""
        self._is_first_paint_due = True
        header = self.horizontalHeader()
        for column in range(header.count()):
            header.setSectionHidden(column, False)
            header.moveSection(header.visualIndex(column), column)
        self._is_width_due = True

    def keep_widths(self) -> None:
        """Leave the columns as wide as they are: they were arranged before."""
        self._is_width_due = False

    @property
    def shown_columns(self) -> tuple[str, ...]:
        """The names of the columns on the screen, in their order there."""
        hidden = self.horizontalHeader().isSectionHidden
        return tuple(self._rows.columns[column].name for column in self._sections() if not hidden(column))

    @property
    def all_columns(self) -> tuple[str, ...]:
        """The names of all columns, in the order that they have on the screen or would have there."""
        return tuple(self._rows.columns[column].name for column in self._sections())

    def _sections(self) -> list[int]:
        header = self.horizontalHeader()
        return [header.logicalIndex(place) for place in range(header.count())]

    def show_columns(self, names: Sequence[str]) -> None:
        """Show these columns only, in this order where it is another."""
        header = self.horizontalHeader()
        sections = {column.name: section for section, column in enumerate(self._rows.columns)}
        for name, section in sections.items():
            header.setSectionHidden(section, name not in names)
        if self.shown_columns != tuple(names):
            for place, name in enumerate(names):
                header.moveSection(header.visualIndex(sections[name]), place)

    def fit_columns(self) -> None:
        """Give each column the width of its first rows, within bounds, once for each table."""
        if not self._is_width_due or not self._rows.rowCount():
            return
        self._is_width_due = False
        metrics = self.fontMetrics()
        for column in range(self._rows.columnCount()):
            self.setColumnWidth(column, max(NARROWEST, min(WIDEST, self._text_width(metrics, column))))

    def copy(self, form: ClipboardForm) -> None:
        """Wish for the selected cells on the clipboard, as the columns stand on the screen."""
        selection = self.selectionModel().selection()
        if selection.isEmpty():
            return
        area = selection.first()
        selected = {column.name for column in self._rows.columns[area.left() : area.right() + 1]}
        names = tuple(name for name in self.shown_columns if name in selected)
        self.copy_requested.emit(CopyArea(self._rows_of(area), names, form))

    def wish_export(self) -> None:
        """Wish for the rows of the selected cells in a file."""
        selection = self.selectionModel().selection()
        if not selection.isEmpty():
            self.export_wished.emit(self._rows_of(selection.first()))

    def _rows_of(self, area: QItemSelectionRange) -> RowSpan:
        return RowSpan(self._rows.base + area.top(), area.bottom() - area.top() + 1)

    def keyboardSearch(self, search: str) -> None:
        """Pass on what was typed; Qt's own version walks through every row of the model."""
        if search.strip():
            self.text_typed.emit(search)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, and let Home and End move within the whole table when Ctrl is held, as everywhere."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy(ClipboardForm.TSV)
            event.accept()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint while nobody else wants the interpreter."""
        with paint_gate.painting():
            super().paintEvent(event)
        if self._is_first_paint_due and self._rows.rowCount():
            self._is_first_paint_due = False
            QTimer.singleShot(0, self.first_rows_painted.emit)  # when they are on the screen

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell which rows are on the screen now."""
        super().resizeEvent(event)
        self._tell_soon()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the colours."""
        super().changeEvent(event)
        if event.type() in _STYLE_CHANGES:
            self._style_nulls()
            self._cells.follow_style()

    def _text_width(self, metrics: QFontMetrics, column: int) -> int:
        texts = [self._rows.columns[column].name + WIDEST_SORT_MARK]
        texts += self._rows.first_texts(column, ROWS_MEASURED)
        if self._rows.columns[column].is_numeric:
            texts.append(USUAL_NUMBER)
        return round(max(metrics.horizontalAdvance(text) for text in texts) * LATER_ROWS) + CELL_PADDING

    def _style_nulls(self) -> None:
        font = QFont(self.font())
        font.setItalic(True)
        self._rows.set_null_style(self.palette().brush(QPalette.ColorRole.PlaceholderText), font)

    def _on_header_clicked(self, column: int) -> None:
        is_added = bool(QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier)
        name = self._rows.columns[column].name
        self.order_wished.emit(next_order(self._rows.order, name, is_added=is_added))

    def show_actions(self, copy_actions: Sequence[QAction], export_action: QAction) -> None:
        """Offer what is done with selected cells in the menu of a cell too."""
        separator = QAction(self)
        separator.setSeparator(True)
        self._actions = (*copy_actions, separator, export_action)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the cell under the pointer, or where the keys go."""
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        if not index.isValid():
            return
        column = self._rows.columns[index.column()].name
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        texts = (
            (self.tr("&Only rows with this {column}"), False),
            (self.tr("&Leave out this {column}"), True),
        )
        for text, is_excluded in texts:
            action = menu.addAction(text.format(column=column.replace("&", "&&")))
            action.setData(ValueWish(self._rows.base + index.row(), column, is_excluded))
            action.triggered.connect(self._on_value_filter)
        menu.addSeparator()
        sorts = ((self.tr("So&rt by {column}"), False), (self.tr("Sort &also by {column}"), True))
        for text, is_added in sorts:
            action = menu.addAction(text.format(column=column.replace("&", "&&")))
            action.setData(next_order(self._rows.order, column, is_added=is_added))
            action.triggered.connect(self._on_order_chosen)
        menu.addSeparator()
        for action in self._actions:
            menu.addAction(action)
        below = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
        menu.popup(event.globalPos() if by_mouse else below)

    def _on_order_chosen(self) -> None:
        sender = self.sender()
        if isinstance(sender, QAction):
            self.order_wished.emit(sender.data())

    def _on_value_filter(self) -> None:
        sender = self.sender()
        if isinstance(sender, QAction):
            self.value_filter_wished.emit(sender.data())

    def _on_row_changed(self, current: QModelIndex) -> None:
        if current.isValid():
            self.row_chosen.emit(self._rows.base + current.row())

    def _on_column_changed(self, current: QModelIndex) -> None:
        if current.isValid():
            self.column_chosen.emit(self._rows.columns[current.column()].name)

    @property
    def chosen_row(self) -> int | None:
        """The number of the row the keyboard is in, None when it is in none."""
        index = self.currentIndex()
        return self._rows.base + index.row() if index.isValid() else None

    def _on_header_menu_wished(self, place: QPoint) -> None:
        header = self.horizontalHeader()
        column = header.logicalIndexAt(place)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if column >= 0:
            name = self._rows.columns[column].name
            glance = menu.addAction(self.tr("{column} at a &glance").format(column=name.replace("&", "&&")))
            glance.setData(name)
            glance.triggered.connect(self._on_glance)
            hide = menu.addAction(self.tr("&Hide {column}").format(column=name.replace("&", "&&")))
            hide.setEnabled(len(self.shown_columns) > 1)
            hide.setData(column)
            hide.triggered.connect(self._on_hide_wished)
        menu.addAction(self.tr("&Show all columns")).triggered.connect(self._on_show_all_wished)
        menu.addAction(self.tr("&Columns…")).triggered.connect(self.columns_wished)
        menu.popup(header.viewport().mapToGlobal(place))

    def _on_glance(self) -> None:
        sender = self.sender()
        if isinstance(sender, QAction):
            self.glance_wished.emit(sender.data())

    def _on_hide_wished(self) -> None:
        sender = self.sender()
        if isinstance(sender, QAction):
            self.horizontalHeader().setSectionHidden(sender.data(), True)

    def _on_show_all_wished(self) -> None:
        self.show_columns([column.name for column in self._rows.columns])

    def _tell_copyable(self) -> None:
        self.copyable_changed.emit(self.selectionModel().hasSelection())

    def _tell_soon(self) -> None:
        # Once for everything that one turn of the loop changed. A timer started again waits again: under a
        # hand that scrolls at every turn it would never come.
        if not self._telling.isActive():
            self._telling.start()

    def _tell_scrolled(self) -> None:
        # At once: the timer comes after the screen was painted, and rows can be read meanwhile.
        if not self._telling.isActive():
            self._telling.start()
            self._hold_paint()
            self._tell_rows_shown()

    def _hold_paint(self) -> None:
        """After a jump, wait a little for its rows: to paint a screen without them takes as long as to read.

        Not while one scrolls on and on: then each paint counts.
        """
        now = time.monotonic()
        is_jump = now - self._scrolled_at > PAUSE_SECONDS
        self._scrolled_at = now
        if is_jump and not self._rows.is_here(max(0, self.rowAt(0))):
            self.viewport().setUpdatesEnabled(False)
            self._holding.start()

    def _on_rows_changed(self) -> None:
        if self._holding.isActive() and self._rows.is_here(max(0, self.rowAt(0))):
            self._release_paint()

    def _release_paint(self) -> None:
        self._holding.stop()
        self.viewport().setUpdatesEnabled(True)

    def _tell_rows_shown(self) -> None:
        first = max(0, self.rowAt(0))
        last = self.rowAt(self.viewport().height() - 1)
        end = self._rows.rowCount() if last < 0 else last + 1
        self.rows_shown.emit(RowSpan(self._rows.base + first, max(1, end - first)))

    def sizeHintForRow(self, row: int) -> int:
        """Answer without looking at the row: all have one height."""
        return self.verticalHeader().defaultSectionSize()

    @property
    def known_rows(self) -> int:
        """How many rows can be gone to, as far as is known."""
        return self._rows.all_rows

    @property
    def first_row_shown(self) -> int:
        """The number of the row at the top of the screen."""
        return self._rows.base + max(0, self.rowAt(0))

    def go_to_row(self, row: int) -> None:
        """Bring row number `row` onto the screen, with the place of the keyboard in it."""
        self.scroll_to_row(row)
        column = max(0, self.currentIndex().column())
        self.setCurrentIndex(self._rows.index(row - self._rows.base, column))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def scroll_to_row(self, row: int) -> None:
        """Bring row number `row` onto the screen."""
        if not self._rows.base <= row < self._rows.base + self._rows.rowCount():
            self._rows.move_base(row - self._rows.most_rows // 2)
        self.scrollTo(self._rows.index(row - self._rows.base, 0) if self._rows.rowCount() else QModelIndex())

    def _on_scrolled(self, value: int) -> None:
        """Move on to the next rows where the scroll bar ends before they do; the screen stays as it is."""
        bar = self.verticalScrollBar()
        if bar.isSliderDown():
            return  # a hand would lose its place; it is done when the hand lets go
        step = self._rows.most_rows // 2
        if value == bar.maximum() and self._rows.has_rows_below:
            self._move_base(step)
        elif value == bar.minimum() and self._rows.base:
            self._move_base(-step)

    def _move_base(self, rows: int) -> None:
        before = self._rows.base
        top = before + max(0, self.rowAt(0))
        self.clearSelection()
        self._rows.move_base(before + rows)
        self.verticalScrollBar().setValue(top - self._rows.base)
        self._tell_soon()

    def _on_slider_released(self) -> None:
        self._on_scrolled(self.verticalScrollBar().value())


def next_order(order: tuple[SortColumn, ...], column: str, *, is_added: bool) -> tuple[SortColumn, ...]:
    """Return the order after a click on a column's name: ascending, descending, none, and so on.

    `is_added` leaves the other columns of the order as they are.
    """
    before = next((sort for sort in order if sort.column == column), None)
    others = tuple(sort for sort in order if sort.column != column) if is_added else ()
    if before is None:
        return (*others, SortColumn(column))
    if before.is_descending:
        return others
    after = SortColumn(column, is_descending=True)
    return tuple(after if sort == before else sort for sort in order) if is_added else (after,)

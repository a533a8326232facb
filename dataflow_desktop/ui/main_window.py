"""Lays out the parts of the window: offer, filters, table, exports, menus, status; and how it closes."""

from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRect, QSettings, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QInputDialog,
    QMainWindow,
    QSpinBox,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

if TYPE_CHECKING:  # the first paint waits for none of it
    from dataflow_desktop.browse.row_window import RowWindow
    from dataflow_desktop.domain.schema import Table, TableSummary
    from dataflow_desktop.ui.file_drop import DroppedFiles

PROGRAM_NAME = "DataFlow Desktop"
SMALLEST_SIZE = (760, 480)
FIRST_SIZE = (1180, 760)
PANEL_HEIGHT = 170
SIDE_WIDTH = 360
LEAST_PANEL_HEIGHT = 110
LEAST_TABLE_WIDTH = 300
NOTE_MS = 6000

TITLE_ROOM = 32
"""What the system's title bar takes of a screen, which nobody knows before the window is shown."""

_GEOMETRY, _SIZE, _SPLIT = "window/geometry", "window/size", "window/split"
_EXPLORER_IS_SHOWN, _EXPLORER_WIDTH = "explorer/is_shown", "explorer/width"


class MainWindow(QMainWindow):
    """The one window. It closes only when `allow_closing` was called: until then `close_wished` asks.

    It is a frame at first, whose size and place are those of the last time, and says `first_painted` once;
    `fill` gives it its table, and `complete` the parts that need not be there to see rows.
    """

    first_painted = Signal()
    close_wished = Signal()
    database_chosen = Signal(str)
    table_chosen = Signal(str)
    part_chosen = Signal(str)

    def __init__(self, settings: QSettings) -> None:
        super().__init__()
        self._settings = settings
        self._arranged = ""
        self._may_close = self._is_painted = False
        self.setWindowTitle(PROGRAM_NAME)
        self.setAnimated(False)
        self._restore_geometry()

    def fill(self, row_window: "RowWindow") -> None:
        """Make the table and what stands above and beside it, and the menus; once."""
        from dataflow_desktop.ui.column_layouts import ColumnLayouts
        from dataflow_desktop.ui.explorer import Explorer
        from dataflow_desktop.ui.file_drop import FileDrop
        from dataflow_desktop.ui.filter_bar import FilterBar
        from dataflow_desktop.ui.menus import Menus
        from dataflow_desktop.ui.offer_bar import OfferBar
        from dataflow_desktop.ui.row_table_model import RowTableModel
        from dataflow_desktop.ui.row_table_view import RowTableView
        from dataflow_desktop.ui.table_states import TableStates

        self._layouts = ColumnLayouts(self._settings)
        self._source_name = self._shown_table = ""
        self.menus = Menus(self)
        self.file_drop = FileDrop(self)
        self.offer_bar = OfferBar()
        self.filter_bar = FilterBar()
        self.row_model = RowTableModel(row_window, self)
        self.row_view = RowTableView(self.row_model)
        self.table_states = TableStates(self.row_view)
        self._exports_place = QWidget()
        self.explorer = Explorer()
        self._lay_out()
        self._make_status_bar()
        self._join_menus()
        self.enable_table(is_shown=False, is_exportable=False, has_key=False)
        self.menus.enable_refresh(is_enabled=False)
        self._restore_split()
        self._restore_explorer()
        self.row_view.setFocus()  # letters typed there search for rows; else the first field would have them

    def complete(self) -> None:
        """Make the exports' panel, and the panes beside the table; once."""
        from dataflow_desktop.ui.column_pane import ColumnPane
        from dataflow_desktop.ui.details_pane import DetailsPane
        from dataflow_desktop.ui.exports_panel import ExportsPanel

        self.exports_panel = ExportsPanel()
        self.exports_panel.setMinimumHeight(LEAST_PANEL_HEIGHT)
        self.splitter.replaceWidget(self.splitter.indexOf(self._exports_place), self.exports_panel)
        self._exports_place.deleteLater()
        self.details_pane = DetailsPane()
        self.column_pane = ColumnPane()
        for pane in (self.details_pane, self.column_pane):
            self._panes.addWidget(pane)
        self.menus.find_export_wished.connect(self.exports_panel.focus_search)
        self.menus.details_wished.connect(self._on_details_wished)
        self.menus.glance_wished.connect(self._on_glance_wished)

    def _lay_out(self) -> None:
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.table_splitter = QSplitter(Qt.Orientation.Horizontal)
        self.table_splitter.addWidget(self.table_states)
        self.table_splitter.addWidget(self._make_side())
        self.table_splitter.setChildrenCollapsible(False)
        self.table_splitter.setStretchFactor(0, 1)
        self.table_splitter.setSizes([FIRST_SIZE[0], SIDE_WIDTH])
        self.explorer_splitter = QSplitter(Qt.Orientation.Horizontal)
        self.explorer_splitter.addWidget(self.explorer)
        self.explorer_splitter.addWidget(_column(self.filter_bar, self.table_splitter))
        self.explorer_splitter.setChildrenCollapsible(False)
        self.explorer_splitter.setStretchFactor(1, 1)
        self.splitter.addWidget(self.explorer_splitter)
        self.splitter.addWidget(self._exports_place)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes([FIRST_SIZE[1], PANEL_HEIGHT])
        self.table_states.setMinimumSize(LEAST_TABLE_WIDTH, 140)
        self._exports_place.setMinimumHeight(LEAST_PANEL_HEIGHT)
        self._all = _column(self.offer_bar, self.splitter)
        self.setCentralWidget(self._all)

    def _make_side(self) -> QWidget:
        """Return the place beside the table, for one pane at a time; without one it takes no room."""
        self._side = QWidget()
        self._panes = QVBoxLayout(self._side)
        self._panes.setContentsMargins(0, 0, 0, 0)
        self._side.hide()
        return self._side

    def _make_status_bar(self) -> None:
        from dataflow_desktop.ui.elided_label import ElidedLabel

        self.source_label = ElidedLabel(Qt.TextElideMode.ElideMiddle)
        self.source_label.setContentsMargins(8, 0, 8, 0)
        self.statusBar().addWidget(self.source_label, 1)
        self.statusBar().setSizeGripEnabled(False)

    def _join_menus(self) -> None:
        menus = self.menus
        menus.open_wished.connect(self._on_open)
        self.file_drop.dropped.connect(self._on_dropped)
        for widget in (self, self.filter_bar.search_field, self.explorer.search_field):
            self.file_drop.watch(widget)
        menus.recover_wished.connect(self._on_recover)
        menus.quit_wished.connect(self.close)
        menus.copy_wished.connect(self.row_view.copy)
        menus.export_selected_wished.connect(self.row_view.wish_export)
        menus.search_wished.connect(self.filter_bar.focus_search)
        menus.clear_wished.connect(self.filter_bar.clear)
        menus.add_filter_wished.connect(self.filter_bar.ask_condition)
        menus.undo_wished.connect(self.filter_bar.undo)
        menus.redo_wished.connect(self.filter_bar.redo)
        self.filter_bar.history_changed.connect(self._on_history_changed)
        menus.tables_wished.connect(self._on_tables_wished)
        menus.go_to_table_wished.connect(self._on_go_to_table)
        self.explorer.table_chosen.connect(self.table_chosen)
        self.explorer.left.connect(self.row_view.setFocus)
        self.row_view.show_actions(menus.copy_actions, menus.action("export_selected_wished"))
        menus.columns_wished.connect(self._on_columns_wished)
        self.row_view.columns_wished.connect(self._on_columns_wished)
        menus.go_to_row_wished.connect(self._on_go_to_row)
        menus.shortcuts_wished.connect(self._on_shortcuts)
        menus.about_wished.connect(self._on_about)
        self.filter_bar.export_wished.connect(menus.export_wished)
        self.filter_bar.table_left.connect(self.row_view.setFocus)
        self.filter_bar.filtered_changed.connect(menus.enable_clear)
        self.row_view.copyable_changed.connect(menus.enable_copy)
        self.row_view.text_typed.connect(self.filter_bar.begin_search)

    def begin_table(self, address: str, table: "Table") -> None:
        """Show another table, with its columns as they were arranged the last time."""
        self.keep_columns()
        self.row_model.set_columns(table.columns)
        self.row_view.begin_table()
        self._arranged = f"{address}\0{table.name}"
        if self._layouts.restore(self._arranged, table.column_names, self.row_view.horizontalHeader()):
            self.row_view.keep_widths()

    def keep_columns(self) -> None:
        """Remember how the columns of the table shown are arranged."""
        if self._arranged and self.row_model.rowCount():
            names = [column.name for column in self.row_model.columns]
            self._layouts.keep(self._arranged, names, self.row_view.horizontalHeader())

    def forget_tables(self) -> None:
        """Show no tables while those of another database are being looked for."""
        self._shown_table = ""
        self.explorer.forget_tables()

    def show_tables(self, summaries: Sequence["TableSummary"], shown_table: str) -> None:
        """Offer the tables of the database, and say which of them is shown, empty when none is."""
        self._shown_table = shown_table
        self.explorer.show_tables(summaries, shown_table)
        self._say_title()

    def enable_table(self, *, is_shown: bool, is_exportable: bool, has_key: bool) -> None:
        """Offer, or not, what needs a table, what needs one that can be exported, and what needs its key."""
        self.filter_bar.setEnabled(is_shown)
        self.filter_bar.export_button.setEnabled(is_exportable)
        self.menus.enable_table_wishes(is_enabled=is_shown)
        self.menus.enable_export(is_enabled=is_exportable, has_key=has_key)

    def show_source(self, name: str, address: str) -> None:
        """Say which database is open; an empty name says that none is."""
        self._source_name = name
        self.menus.enable_refresh(is_enabled=bool(name))
        self.source_label.setText(address)
        self._say_title()

    def _say_title(self) -> None:
        from dataflow_desktop.ui.table_words import name_text

        parts = [self._source_name, name_text(self._shown_table) if self._shown_table else "", PROGRAM_NAME]
        # Qt takes [*] for the place of a mark of its own.
        self.setWindowTitle(" – ".join(part for part in parts if part).replace("[*]", "[*][*]"))

    def show_note(self, text: str) -> None:
        """Say something in passing."""
        from dataflow_desktop.ui.announcing import announce

        self.statusBar().showMessage(text, NOTE_MS)
        announce(self, text)

    def put_on_top(self, bar: QWidget) -> None:
        """Show `bar` above all else in the window."""
        layout = self._all.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(0, bar)

    def come_to_front(self) -> None:
        """Show the window above others, as far as the system lets it."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.raise_()
        self.activateWindow()

    def allow_closing(self) -> None:
        """Close now; nothing is running any more."""
        self._may_close = True
        self.close()  # does nothing when `close_wished` was answered at once: then the window closes already

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say so once the first paint is on the screen."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self.first_painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close when nothing speaks against it; until then only wish for it."""
        if not self._may_close:
            self.close_wished.emit()
        if not self._may_close:
            event.ignore()
            return
        self.keep_columns()
        self._settings.setValue(_GEOMETRY, self.saveGeometry())
        self._settings.setValue(_SIZE, self.normalGeometry().size())
        self._settings.setValue(_SPLIT, self.splitter.saveState())
        self._keep_explorer()
        for dialog in self.findChildren(QDialog):
            dialog.close()
        event.accept()

    def _restore_geometry(self) -> None:
        size, geometry = (self._settings.value(key) for key in (_SIZE, _GEOMETRY))
        # Qt itself moves what is no longer on a screen back onto one.
        is_placed = isinstance(geometry, QByteArray) and self.restoreGeometry(geometry)
        room = self.screen().availableGeometry()
        self.setMinimumSize(fitting_size(QSize(*SMALLEST_SIZE), room.size(), is_first=True))
        if not self.isMaximized() and not self.isFullScreen():
            # Qt gives the size up when the screen is another one, even where it would fit.
            wanted = size if isinstance(size, QSize) else QSize(*FIRST_SIZE)
            self.resize(fitting_size(wanted, room.size(), is_first=not isinstance(size, QSize)))
            if is_placed:
                self._keep_on_screen(room)

    def _restore_split(self) -> None:
        split = self._settings.value(_SPLIT)
        if isinstance(split, QByteArray):
            self.splitter.restoreState(split)

    def _keep_on_screen(self, room: QRect) -> None:
        x = max(room.left(), min(self.x(), room.right() + 1 - self.width()))
        y = max(room.top(), min(self.y(), room.bottom() + 1 - self.height()))
        self.move(x, y)

    def _on_open(self) -> None:
        chooser = QFileDialog(self, self.tr("Open database"))
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.setNameFilters(
            [self.tr("SQLite databases (*.db *.sqlite *.sqlite3 *.db3)"), self.tr("All files (*)")]
        )
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.fileSelected.connect(self.database_chosen)
        chooser.open()

    def _on_dropped(self, files: "DroppedFiles") -> None:
        if files.ignored:
            words = self.tr("One file is shown at a time: {name} was opened, the others were not.")
            self.show_note(words.format(name=PurePath(files.first).name))
        self.database_chosen.emit(files.first)

    def _on_recover(self) -> None:
        from dataflow_desktop.ui.part_chooser import choose_part

        chooser = choose_part(self, self.tr("Recover an unfinished export"), "")
        chooser.fileSelected.connect(self.part_chosen)
        chooser.open()

    def _on_go_to_table(self) -> None:
        self.menus.action("tables_wished").setChecked(True)
        self.explorer.take_keys()

    def _on_tables_wished(self, is_shown: bool) -> None:  # noqa: FBT001 - a slot
        if not is_shown:
            self._keep_explorer()
            if self.explorer.has_keys:
                self.row_view.setFocus()
        self.explorer.setVisible(is_shown)
        width = self.explorer.usual_width
        self.explorer_splitter.setSizes([width, self.explorer_splitter.width() - width])

    def _keep_explorer(self) -> None:
        self._settings.setValue(_EXPLORER_IS_SHOWN, self.menus.action("tables_wished").isChecked())
        if self.explorer.isVisible():
            self.explorer.usual_width = self.explorer.width()
            self._settings.setValue(_EXPLORER_WIDTH, self.explorer.usual_width)

    def _restore_explorer(self) -> None:
        is_shown = bool(self._settings.value(_EXPLORER_IS_SHOWN, True, type=bool))
        width = self._settings.value(_EXPLORER_WIDTH, self.explorer.usual_width, type=int)
        self.explorer.usual_width = int(str(width))
        self.menus.action("tables_wished").setChecked(is_shown)
        self.explorer.setVisible(is_shown)

    def _on_details_wished(self, is_shown: bool) -> None:  # noqa: FBT001 - a slot
        self._show_pane(self.details_pane, "glance_wished", is_shown=is_shown)

    def _on_glance_wished(self, is_shown: bool) -> None:  # noqa: FBT001 - a slot
        self._show_pane(self.column_pane, "details_wished", is_shown=is_shown)

    def _show_pane(self, pane: QWidget, other_wish: str, *, is_shown: bool) -> None:
        if is_shown:
            self.menus.action(other_wish).setChecked(False)
        pane.setVisible(is_shown)
        self._side.setVisible(is_shown)

    def _on_history_changed(self) -> None:
        bar = self.filter_bar
        self.menus.enable_history(can_undo=bar.can_undo, can_redo=bar.can_redo)

    def _on_columns_wished(self) -> None:
        from dataflow_desktop.ui.columns_dialog import ColumnsDialog

        chooser = ColumnsDialog(self.row_view.all_columns, self.row_view.shown_columns, self)
        chooser.columns_chosen.connect(self.row_view.show_columns)
        chooser.open()

    def _on_go_to_row(self) -> None:
        from dataflow_desktop.ui.figures import number
        from dataflow_desktop.ui.number_field import align_text

        rows = self.row_view.known_rows
        chooser = QInputDialog(self)
        chooser.setWindowTitle(self.tr("Go to row"))
        chooser.setLabelText(self.tr("Row number, up to {rows}:").format(rows=number(rows)))
        chooser.setInputMode(QInputDialog.InputMode.IntInput)
        chooser.setIntRange(1, max(1, rows))
        chooser.setIntValue(self.row_view.first_row_shown + 1)
        for field in chooser.findChildren(QSpinBox):
            align_text(field)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.intValueSelected.connect(self._on_row_chosen)
        chooser.open()

    def _on_row_chosen(self, number_from_1: int) -> None:
        self.row_view.go_to_row(number_from_1 - 1)

    def _on_shortcuts(self) -> None:
        from dataflow_desktop.ui.shortcuts_dialog import ShortcutsDialog, keys_of_menus, keys_of_parts

        ShortcutsDialog([*keys_of_menus(self.menuBar()), *keys_of_parts()], self).open()

    def _on_about(self) -> None:
        from dataflow_desktop.ui.about_dialog import AboutDialog

        AboutDialog(self).open()


def _column(above: QWidget, below: QWidget) -> QWidget:
    """Return a part of the window in which `below` takes the room that `above` leaves."""
    column = QWidget()
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addWidget(above)
    layout.addWidget(below, 1)
    return column


def fitting_size(wanted: QSize, room: QSize, *, is_first: bool) -> QSize:
    """Return the size wanted, or as much of it as the screen has room for; at first with a title bar."""
    return wanted.boundedTo(QSize(room.width(), room.height() - TITLE_ROOM) if is_first else room)

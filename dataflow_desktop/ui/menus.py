"""The menu bar: every wish with its shortcut, each shortcut used once."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from dataflow_desktop.browse.clipboard import ClipboardForm
from dataflow_desktop.ui.desktop import AT_ONCE, Appearance
from dataflow_desktop.ui.languages import NAMES, Language
from dataflow_desktop.ui.recent_menu import RecentMenu

_NEED_TABLE = ("search_wished", "go_to_row_wished", "columns_wished", "add_filter_wished")


@dataclass(frozen=True)
class _Entry:
    text: str
    wish: str
    shortcut: QKeySequence | QKeySequence.StandardKey | None = None
    separates: bool = False


class Menus(QObject):
    """Emits a signal for each entry; `appearance_chosen` carries an Appearance, `language_chosen` a Language.

    `at_once_chosen` carries how many exports of one database run at once.
    """

    open_wished = Signal()
    connect_wished = Signal()
    export_wished = Signal()
    export_selected_wished = Signal()
    recover_wished = Signal()
    remove_ended_wished = Signal()
    quit_wished = Signal()
    copy_wished = Signal(object)
    search_wished = Signal()
    clear_wished = Signal()
    undo_wished = Signal()
    redo_wished = Signal()
    add_filter_wished = Signal()
    new_query_wished = Signal()
    change_query_wished = Signal()
    delete_query_wished = Signal()
    refresh_wished = Signal()
    go_to_row_wished = Signal()
    columns_wished = Signal()
    go_to_table_wished = Signal()
    tables_wished = Signal(bool)
    find_export_wished = Signal()
    details_wished = Signal(bool)
    glance_wished = Signal(bool)
    stop_wished = Signal()
    shortcuts_wished = Signal()
    report_wished = Signal()
    log_folder_wished = Signal()
    about_wished = Signal()
    appearance_chosen = Signal(object)
    language_chosen = Signal(object)
    at_once_chosen = Signal(int)

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._actions: dict[str, QAction] = {}
        self._is_table_shown = self._has_key = self._is_copyable = self._is_filtered = False
        key = QKeySequence.StandardKey
        file = self._add_menu(
            self.tr("&File"),
            _Entry(self.tr("&Open database…"), "open_wished", key.Open),
            _Entry(self.tr("&Connect to a server…"), "connect_wished", QKeySequence("Ctrl+Shift+O")),
            _Entry(self.tr("&Export…"), "export_wished", QKeySequence("Ctrl+E")),
            _Entry(self.tr("Export &selected rows…"), "export_selected_wished", QKeySequence("Ctrl+Shift+E")),
            _Entry(self.tr("&Recover an unfinished export…"), "recover_wished", separates=True),
            _Entry(self.tr("Remove ended e&xports…"), "remove_ended_wished"),
            _Entry(self.tr("&Quit"), "quit_wished", QKeySequence("Ctrl+Q"), separates=True),
        )
        self.recent = RecentMenu(window)
        file.insertMenu(file.insertSeparator(self._actions["export_wished"]), self.recent)
        self._add_at_once(file)
        edit = self._add_menu(
            self.tr("&Edit"),
            _Entry(self.tr("&Search"), "search_wished", key.Find),
            _Entry(self.tr("Add &filter…"), "add_filter_wished", QKeySequence("Ctrl+Shift+F")),
            _Entry(self.tr("C&lear all filters"), "clear_wished", QKeySequence("Ctrl+Shift+L")),
            _Entry(self.tr("&Undo filter change"), "undo_wished", key.Undo, separates=True),
            _Entry(self.tr("&Redo filter change"), "redo_wished", key.Redo),
        )
        edit.insertSeparator(self._actions["search_wished"])
        self.copy_actions = self._copy_actions(edit)
        self._add_menu(
            self.tr("&Query"),
            _Entry(self.tr("&New query…"), "new_query_wished", key.New),
            _Entry(self.tr("&Change this query…"), "change_query_wished"),
            _Entry(self.tr("&Delete this query…"), "delete_query_wished"),
        )
        self.enable_queries(has_source=False, is_query=False)
        self._add_view()
        self._add_help()
        self._actions["stop_wished"].setEnabled(False)
        self.enable_history(can_undo=False, can_redo=False)

    def _add_view(self) -> None:
        view = self._add_menu(
            self.tr("&View"),
            _Entry(self.tr("&Refresh"), "refresh_wished", QKeySequence("F5")),
            _Entry(self.tr("G&o to table…"), "go_to_table_wished", QKeySequence("Ctrl+T")),
            _Entry(self.tr("&Go to row…"), "go_to_row_wished", QKeySequence("Ctrl+G")),
            _Entry(self.tr("Find an &export"), "find_export_wished", QKeySequence("Ctrl+J")),
            _Entry(self.tr("&Columns…"), "columns_wished"),
            _Entry(self.tr("&Stop the running query"), "stop_wished", QKeySequence("Esc")),
        )
        view.addSeparator()
        self._add_pane(view, self.tr("&Tables"), "tables_wished", QKeySequence("F9"))
        self._add_pane(view, self.tr("&Details of the row"), "details_wished", QKeySequence("F4"))
        self._add_pane(view, self.tr("Column at a g&lance"), "glance_wished", QKeySequence("Shift+F4"))
        self._add_appearance(view)
        self._add_languages(view)

    def _add_help(self) -> None:
        self._add_menu(
            self.tr("&Help"),
            _Entry(self.tr("&Keyboard shortcuts"), "shortcuts_wished"),
            _Entry(self.tr("&Copy report"), "report_wished", separates=True),
            _Entry(self.tr("Show &log folder"), "log_folder_wished"),
            _Entry(self.tr("&About DataFlow Desktop"), "about_wished", separates=True),
        )
        self._actions["shortcuts_wished"].setShortcuts([QKeySequence("F1"), QKeySequence("Ctrl+?")])

    def action(self, wish: str) -> QAction:
        """Return the action that emits the signal called `wish`."""
        return self._actions[wish]

    def enable_table_wishes(self, *, is_enabled: bool) -> None:
        """Offer, or not, what needs a table."""
        self._is_table_shown = is_enabled
        for wish in _NEED_TABLE:
            self._actions[wish].setEnabled(is_enabled)
        self._follow()

    def enable_refresh(self, *, is_enabled: bool) -> None:
        """Offer, or not, to read a source again: it may have tables by now where it had none."""
        self._actions["refresh_wished"].setEnabled(is_enabled)

    def enable_export(self, *, is_enabled: bool, has_key: bool) -> None:
        """Offer, or not, what needs a table that can be exported; of a part of it, what needs its key."""
        self._has_key = has_key
        self._actions["export_wished"].setEnabled(is_enabled)
        self._follow()

    def enable_queries(self, *, has_source: bool, is_query: bool) -> None:
        """Offer a query of one's own where there is a source; to change it where one is shown."""
        self._actions["new_query_wished"].setEnabled(has_source)
        for wish in ("change_query_wished", "delete_query_wished"):
            self._actions[wish].setEnabled(is_query)

    def enable_copy(self, is_copyable: bool) -> None:  # noqa: FBT001 - a slot
        """Offer what is done with selected cells only while there are some."""
        self._is_copyable = is_copyable
        self._follow()

    def enable_clear(self, is_filtered: bool) -> None:  # noqa: FBT001 - a slot
        """Offer to clear the filters only while there are some."""
        self._is_filtered = is_filtered
        self._follow()

    def enable_history(self, *, can_undo: bool, can_redo: bool) -> None:
        """Offer to take filter changes back, and to make them again."""
        self._actions["undo_wished"].setEnabled(can_undo)
        self._actions["redo_wished"].setEnabled(can_redo)

    def _follow(self) -> None:
        for action in self.copy_actions:
            action.setEnabled(self._is_table_shown and self._is_copyable)
        self._actions["export_selected_wished"].setEnabled(self._has_key and self._is_copyable)
        self._actions["clear_wished"].setEnabled(self._is_table_shown and self._is_filtered)

    def show_appearance(self, appearance: Appearance) -> None:
        """Mark which colours are worn."""
        self._actions[f"appearance {appearance}"].setChecked(True)

    def show_language(self, language: Language) -> None:
        """Mark which language is wanted."""
        self._actions[f"language {language}"].setChecked(True)

    def show_at_once(self, at_once: int) -> None:
        """Mark how many exports of one database run at once."""
        self._actions[f"at once {at_once}"].setChecked(True)

    def _add_menu(self, title: str, *entries: _Entry) -> QMenu:
        menu = self._window.menuBar().addMenu(title)
        for entry in entries:
            if entry.separates:
                menu.addSeparator()
            action = menu.addAction(entry.text)
            if entry.shortcut is not None:
                action.setShortcut(entry.shortcut)
            action.triggered.connect(getattr(self, entry.wish))
            self._actions[entry.wish] = action
        return menu

    def _copy_actions(self, edit: QMenu) -> tuple[QAction, ...]:
        """Put a way of copying for each form before the first entry of `edit`, and return them."""
        texts = {
            ClipboardForm.TSV: (self.tr("&Copy"), QKeySequence(QKeySequence.StandardKey.Copy)),
            ClipboardForm.TSV_WITH_HEADERS: (self.tr("Copy with &headers"), QKeySequence("Ctrl+Shift+C")),
            ClipboardForm.CSV: (self.tr("Copy as CS&V"), QKeySequence()),
            ClipboardForm.JSON: (self.tr("Copy as &JSON"), QKeySequence()),
            ClipboardForm.MARKDOWN: (self.tr("Copy as &Markdown"), QKeySequence()),
        }
        first = edit.actions()[0]
        actions = []
        for form, (text, shortcut) in texts.items():
            action = QAction(text, self)
            action.setShortcut(shortcut)
            action.setData(str(form))
            action.triggered.connect(self._on_copy)
            edit.insertAction(first, action)
            self._actions[f"copy {form}"] = action
            actions.append(action)
        return tuple(actions)

    def _on_copy(self) -> None:
        sender = self.sender()
        if isinstance(sender, QAction):
            self.copy_wished.emit(ClipboardForm(sender.data()))

    def _add_pane(self, view: QMenu, text: str, wish: str, shortcut: QKeySequence) -> None:
        action = view.addAction(text)
        action.setShortcut(shortcut)
        action.setCheckable(True)
        action.toggled.connect(getattr(self, wish))
        self._actions[wish] = action

    def _add_appearance(self, view: QMenu) -> None:
        menu = view.addMenu(self.tr("&Appearance"))
        group = QActionGroup(self)
        texts = {
            Appearance.SYSTEM: self.tr("&As the system"),
            Appearance.LIGHT: self.tr("&Light"),
            Appearance.DARK: self.tr("&Dark"),
            Appearance.CONTRAST_LIGHT: self.tr("&High contrast, light"),
            Appearance.CONTRAST_DARK: self.tr("High contrast, da&rk"),
        }
        for appearance, text in texts.items():
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setData(str(appearance))
            group.addAction(action)
            self._actions[f"appearance {appearance}"] = action
        group.triggered.connect(self._on_appearance)

    def _on_appearance(self, action: QAction) -> None:
        self.appearance_chosen.emit(Appearance(action.data()))

    def _add_languages(self, view: QMenu) -> None:
        menu = view.addMenu(self.tr("Lang&uage, from the next start on"))
        group = QActionGroup(self)
        for language, text in {Language.SYSTEM: self.tr("&As the system"), **NAMES}.items():
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setData(str(language))
            group.addAction(action)
            self._actions[f"language {language}"] = action
        group.triggered.connect(self._on_language)

    def _on_language(self, action: QAction) -> None:
        self.language_chosen.emit(Language(action.data()))

    def _add_at_once(self, file: QMenu) -> None:
        menu = QMenu(self.tr("Exports of one database a&t once"), self._window)
        group = QActionGroup(self)
        for at_once in AT_ONCE:
            action = menu.addAction(f"&{at_once}")
            action.setCheckable(True)
            action.setData(at_once)
            group.addAction(action)
            self._actions[f"at once {at_once}"] = action
        group.triggered.connect(self._on_at_once)
        file.insertMenu(self._actions["remove_ended_wished"], menu)

    def _on_at_once(self, action: QAction) -> None:
        self.at_once_chosen.emit(action.data())

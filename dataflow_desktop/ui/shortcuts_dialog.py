"""All keys of the window, those its menus have now and those its parts have of their own; with a search."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QAction, QFont, QKeySequence, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QMenuBar,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from dataflow_desktop.domain.letter_case import without_case
from dataflow_desktop.ui.screen_room import room_on_screen
from dataflow_desktop.ui.search_field import SearchField

SIZE = (560, 620)
KEYS_WIDTH = 200
LINE_PADDING = 6


@dataclass(frozen=True)
class Key:
    """What a key does."""

    words: str
    keys: str


@dataclass(frozen=True)
class KeyGroup:
    """The keys of one menu or one part of the window."""

    title: str
    keys: tuple[Key, ...]


class ShortcutsDialog(QDialog):
    """Lists groups of keys; what is typed leaves those that have each word of it."""

    def __init__(self, groups: Sequence[KeyGroup], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groups = tuple(groups)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.search_field = SearchField()
        self.search_field.setAccessibleName(self.tr("Find a key"))
        self.search_field.setPlaceholderText(self.tr("Find by what it does, or by the key"))
        self.search_field.textChanged.connect(self._show)
        self.tree = QTreeWidget()
        self.search_field.left.connect(self._on_search_left)
        self.none_label = QLabel(self.tr("No key matches. Esc in the field shows all again."))
        self.none_label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.close_button = QPushButton(self.tr("&Close"))
        self.close_button.setAccessibleName(self.tr("Close"))
        self.close_button.setAutoDefault(False)  # Return in the search is no wish to close
        self.close_button.clicked.connect(self.reject)
        self._style_tree()
        self._lay_out()
        self._show()

    def _style_tree(self) -> None:
        self.tree.setObjectName("framed")
        self.tree.setAccessibleName(self.tr("Keys"))
        self.tree.setHeaderLabels([self.tr("What it does"), self.tr("Key")])
        self.tree.setRootIsDecorated(False)
        self.tree.setItemsExpandable(False)
        self.tree.setIndentation(12)
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(1, KEYS_WIDTH)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(self.search_field)
        layout.addWidget(self.none_label)
        layout.addWidget(self.tree, 1)
        layout.addLayout(buttons)
        room = room_on_screen(self)
        self.resize(min(SIZE[0], room.width()), min(SIZE[1], room.height()))

    def _show(self) -> None:
        self.tree.clear()
        for group in self._groups:
            keys = found(group, self.search_field.text())
            if keys:
                self._add_group(group.title, keys)
        self.tree.expandAll()
        self.none_label.setVisible(not self.tree.topLevelItemCount())

    def _add_group(self, title: str, keys: Sequence[Key]) -> None:
        top = QTreeWidgetItem([title])
        bold = QFont(self.tree.font())
        bold.setBold(True)
        top.setFont(0, bold)
        top.setFlags(Qt.ItemFlag.ItemIsEnabled)
        lines = [QTreeWidgetItem([key.words, key.keys]) for key in keys]
        height = self.tree.fontMetrics().height() + LINE_PADDING
        for line in (top, *lines):
            line.setSizeHint(0, QSize(0, height))
        top.addChildren(lines)
        self.tree.addTopLevelItem(top)

    def _on_search_left(self) -> None:
        if self.search_field.text() or self.tree.topLevelItemCount():
            self.tree.setFocus(Qt.FocusReason.TabFocusReason)


def found(group: KeyGroup, text: str) -> list[Key]:
    """Return the keys that have each word of `text` in what they do, in their group's title or in the key."""
    words = without_case(text).split()
    return [
        key
        for key in group.keys
        if all(word in without_case(f"{group.title} {key.words} {key.keys}") for word in words)
    ]


def keys_of_menus(bar: QMenuBar) -> list[KeyGroup]:
    """Return the keys that the entries of a menu bar have."""
    groups = []
    for top in bar.actions():
        keys = tuple(Key(plain(action.text()), _native(action.shortcuts())) for action in _with_keys(top))
        if keys:
            groups.append(KeyGroup(plain(top.text()), keys))
    return groups


def keys_of_parts() -> list[KeyGroup]:
    """Return the keys that no menu shows: parts of the window, or Qt itself, answer to them."""
    rows = (
        Key(_tr("Begin a search"), _tr("any letter")),
        Key(_tr("First row, last row"), _native(["Ctrl+Home", "Ctrl+End"])),
        Key(_tr("First column, last column"), _native(["Home", "End"])),
        Key(_tr("Choose several cells"), _tr("Shift and an arrow key")),
        Key(_tr("Choose all cells"), _native([QKeySequence.StandardKey.SelectAll])),
        Key(_tr("Menu of a cell: filter, sort, copy"), _native(["Menu", "Shift+F10"])),
    )
    fields = (
        Key(_tr("Go to what is searched"), _native(["Down"])),
        Key(_tr("Clear the field; leave it when it is empty"), _native(["Esc"])),
        Key(_tr("Search at once"), _native(["Return"])),
    )
    exports = (
        Key(_tr("Details of an export"), _native(["Return"])),
        Key(_tr("Menu of an export"), _native(["Menu", "Shift+F10"])),
    )
    everywhere = (
        Key(_tr("Next control, the one before"), _native(["Tab", "Shift+Tab"])),
        Key(_tr("Open the menus"), _native(["F10"])),
        Key(_tr("Press what has an underlined letter"), _tr("Alt and the letter")),
        Key(_tr("Close a dialog"), _native(["Esc"])),
        Key(_tr("Rename a column of an export"), _native(["F2"])),
        Key(_tr("Move a column in a list of them"), _native(["Alt+Up", "Alt+Down"])),
    )
    return [
        KeyGroup(_tr("Rows of the table"), rows),
        KeyGroup(_tr("Search fields"), fields),
        KeyGroup(_tr("Exports"), exports),
        KeyGroup(_tr("Everywhere"), everywhere),
    ]


def plain(text: str) -> str:
    """Return the text of an entry without its mnemonic and the dots that announce a dialog."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").removesuffix("…")


def _with_keys(top: QAction) -> Iterator[QAction]:
    """Yield the entries below `top` that have a key, of submenus too."""
    menu = top.menu()
    if not isinstance(menu, QMenu):
        return
    for action in menu.actions():
        if action.shortcuts():
            yield action
        yield from _with_keys(action)


def _native(keys: Sequence[QKeySequence | QKeySequence.StandardKey | str]) -> str:
    """Return keys as the system writes them."""
    sequences = [QKeySequence(key) for key in keys]
    return ", ".join(sequence.toString(QKeySequence.SequenceFormat.NativeText) for sequence in sequences)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ShortcutsDialog", text)

"""The tables of a source for a tree view: schemas as folders, tables in them, all answered from memory."""

from enum import IntEnum

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from dataflow_desktop.browse.table_tree import SchemaFolder, TableTree
from dataflow_desktop.domain.schema import TableSummary
from dataflow_desktop.ui.table_words import (
    estimate_text,
    folder_tip,
    icon_of,
    name_text,
    spoken_text,
    table_tip,
)

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_TOP = 0
"""The internal number of what is in no folder; inside a folder it is that folder's row and one."""

TreeNode = SchemaFolder | TableSummary | None
"""What a line stands for, None for no line."""

_ROLE = Qt.ItemDataRole
_NO_FLAGS = Qt.ItemFlag.NoItemFlags
_FOLDER_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_TABLE_FLAGS = _FOLDER_FLAGS | Qt.ItemFlag.ItemNeverHasChildren


class TreeRole(IntEnum):
    """What a line shows beside its name."""

    ICON = Qt.ItemDataRole.UserRole
    """The name of one of our icons."""
    ESTIMATE = Qt.ItemDataRole.UserRole + 1
    """About how many rows, as a text."""


class TableTreeModel(QAbstractItemModel):
    """Shows one TableTree; the folders stand before the tables that are in none. One column."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tree = TableTree()
        self._lengths = [0]
        self._places: dict[str, tuple[int, int]] = {}
        self._open_table = ""
        self._bold = QFont()
        self._bold.setBold(True)

    def show(self, tree: TableTree) -> None:
        """Show other tables."""
        self.beginResetModel()
        self._tree = tree
        groups = [tree.loose, *(folder.tables for folder in tree.folders)]
        self._lengths = [len(tree.folders) + len(tree.loose), *(len(tables) for tables in groups[1:])]
        self._places = {
            summary.table.name: (row, group)
            for group, tables in enumerate(groups)
            for row, summary in enumerate(tables, 0 if group else len(tree.folders))
        }
        self.endResetModel()

    def mark_open(self, name: str) -> None:
        """Let the table whose rows are on the screen stand out."""
        before, self._open_table = self._open_table, name
        for changed in (before, name):
            index = self.index_of(changed)
            if index.isValid():
                self.dataChanged.emit(index, index, [_ROLE.FontRole])

    @property
    def tree(self) -> TableTree:
        """What is shown."""
        return self._tree

    def index_of(self, wanted: TreeNode | str) -> QModelIndex:
        """Return where a folder or a table stands, also by its name; an invalid index where it does not."""
        match wanted:
            case None:
                place = None
            case SchemaFolder(schema):
                rows = (row for row, folder in enumerate(self._tree.folders) if folder.schema == schema)
                place = next(((row, _TOP) for row in rows), None)
            case TableSummary(table):
                place = self._places.get(table.name)
            case name:
                place = self._places.get(name)
        return QModelIndex() if place is None else self.createIndex(place[0], 0, place[1])

    def first_table(self) -> QModelIndex:
        """Return the first line that is a table; an invalid index when there is none."""
        if not self._tree.folders and not self._tree.loose:
            return QModelIndex()
        return self.createIndex(0, 0, _TOP + 1 if self._tree.folders else _TOP)

    def node(self, index: _Index) -> TreeNode:
        """Return what stands at `index`."""
        if not index.isValid():
            return None
        row, group, folders = index.row(), index.internalId(), self._tree.folders
        if group != _TOP:
            return folders[group - 1].tables[row]
        return folders[row] if row < len(folders) else self._tree.loose[row - len(folders)]

    def index(self, row: int, column: int, parent: _Index = _ROOT) -> QModelIndex:
        """Return the index of a line, invalid where there is none."""
        # Views ask for each of 20,000 lines when a search changes them: this way is a short one.
        group = _TOP
        if parent.isValid():
            if not self._is_folder(parent):
                return QModelIndex()
            group = parent.row() + 1
        is_there = not column and 0 <= row < self._lengths[group]
        return self.createIndex(row, 0, group) if is_there else QModelIndex()

    def parent(self, index: _Index = _ROOT) -> QModelIndex:  # type: ignore[override]  # Qt has two called so
        """Return the folder of a table, invalid for what is in none."""
        group = index.internalId() if index.isValid() else _TOP
        return QModelIndex() if group == _TOP else self.createIndex(group - 1, 0, _TOP)

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Return the number of lines in a folder, or at the top."""
        if not parent.isValid():
            return self._lengths[_TOP]
        return self._lengths[parent.row() + 1] if self._is_folder(parent) else 0

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """Return the one column there is."""
        return 1

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Tell views which lines have none below, so that they need not ask for them."""
        if not index.isValid():
            return _NO_FLAGS
        return _FOLDER_FLAGS if self._is_folder(index) else _TABLE_FLAGS

    def _is_folder(self, index: _Index) -> bool:
        return index.internalId() == _TOP and index.row() < len(self._tree.folders)

    def data(self, index: _Index, role: int = _ROLE.DisplayRole) -> object:
        """Answer from memory."""
        node = self.node(index)
        if node is None:
            return None
        if isinstance(node, SchemaFolder):
            return _of_folder(node, role)
        if role == _ROLE.FontRole:
            return self._bold if node.table.name == self._open_table else None
        return _of_table(node, role)


def _of_folder(folder: SchemaFolder, role: int) -> str | None:
    match role:
        case _ROLE.DisplayRole:
            return name_text(folder.schema)
        case _ROLE.ToolTipRole:
            return folder_tip(folder)
        case TreeRole.ICON:
            return "folder"
        case _:
            return None


def _of_table(summary: TableSummary, role: int) -> str | None:
    match role:
        case _ROLE.DisplayRole:
            return name_text(summary.table.own_name)
        case _ROLE.ToolTipRole:
            return table_tip(summary)
        case _ROLE.AccessibleTextRole:
            return spoken_text(summary)
        case TreeRole.ICON:
            return icon_of(summary.table)
        case TreeRole.ESTIMATE:
            return estimate_text(summary)
        case _:
            return None

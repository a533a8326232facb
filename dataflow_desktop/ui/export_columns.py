"""Which columns go into a file, in which order, and what they are called there."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidgetItem,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from dataflow_desktop.ui.column_list import LINE_PADDING, NAME_ROLE, ColumnList, name_of
from dataflow_desktop.ui.text_label import TextLabel

FEWEST_LINES = 4

_Index = QModelIndex | QPersistentModelIndex
_RENAME_ROLE = NAME_ROLE + 1


class ExportColumns(ColumnList):
    """A list of columns to be moved, and renamed for the file: then it shows both names, price → Preis."""

    def __init__(self, columns: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(columns, parent)
        self.list.setItemDelegate(_RenameDelegate(self.list))
        self.list.blockSignals(True)  # else the list counts what is chosen for each of its items
        for item in self._items():
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        self.list.blockSignals(False)
        self.let_move()
        self._let_grow()
        hint = TextLabel(self.tr("F2 renames a column, Alt+↑ and Alt+↓ move it."))
        hint.setToolTip(self.tr("The other name is for the file only. Columns can be dragged, too."))
        hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        hint.setWordWrap(True)
        self.list.setAccessibleDescription(hint.text())
        layout = self.layout()
        if layout is not None:
            layout.addWidget(hint)

    @property
    def renames(self) -> tuple[tuple[str, str], ...]:
        """The chosen columns that have another name in the file, each with that name."""
        chosen = set(self.chosen())
        named = ((name_of(item), _name_in_file(item)) for item in self._items())
        return tuple((name, new) for name, new in named if new != name and name in chosen)

    def rename(self, column: str, name: str) -> None:
        """Call `column` so in the file; an empty name gives back its own."""
        for item in self._items():
            if name_of(item) == column:
                _rename(item, name)

    def arrange(self, names: Sequence[str], renames: Sequence[tuple[str, str]]) -> None:
        """Check these columns and no other, put them first, in this order, and call them so in the file."""
        new_names, first = dict(renames), set(names)
        self.list.blockSignals(True)  # else it tells of each of its items
        items = {name_of(item): item for item in self._items()}
        while self.list.count():
            self.list.takeItem(0)
        for name in [*names, *(name for name in items if name not in first)]:
            _rename(items[name], new_names.get(name, ""))
            self.list.addItem(items[name])
        self.list.blockSignals(False)
        self.choose(names)

    def _let_grow(self) -> None:
        # Beside the options there is room for more lines than a list alone would take.
        line = self.list.fontMetrics().height() + LINE_PADDING
        self.list.setMaximumHeight(16_777_215)  # QWIDGETSIZE_MAX, which PySide does not have
        self.list.setMinimumHeight(FEWEST_LINES * line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)


class _RenameDelegate(QStyledItemDelegate):
    """Edits the name in the file, and not the text that shows both."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setAccessibleName(self.tr("Name in the file"))
        editor.setPlaceholderText(str(index.data(NAME_ROLE)))
        editor.setStyleSheet("padding: 0 2px; border-radius: 0")  # the line is as high as its text
        return editor

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        if isinstance(editor, QLineEdit):
            editor.setText(index.data(_RENAME_ROLE) or str(index.data(NAME_ROLE)))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        if isinstance(editor, QLineEdit):
            name = editor.text()
            model.setData(index, name, _RENAME_ROLE)
            model.setData(index, _text(str(index.data(NAME_ROLE)), name), Qt.ItemDataRole.EditRole)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), option.fontMetrics.height() + LINE_PADDING)


def _rename(item: QListWidgetItem, name: str) -> None:
    item.setData(_RENAME_ROLE, name)
    item.setText(_text(name_of(item), name))


def _name_in_file(item: QListWidgetItem) -> str:
    return item.data(_RENAME_ROLE) or name_of(item)


def _text(column: str, name: str) -> str:
    return f"{column} → {name}" if name and name != column else column

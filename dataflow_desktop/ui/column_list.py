"""A list of columns to check, with all or none in one press."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

MOST_LINES = 7
LINE_PADDING = 6

NAME_ROLE = Qt.ItemDataRole.UserRole
"""Where an item keeps the column's name, whatever its text says."""


class ColumnList(QWidget):
    """Which columns are wanted, in the order given; `changed` when others are, or in another order."""

    changed = Signal()

    def __init__(self, columns: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.all_box = QCheckBox(self.tr("&All columns"))
        self.all_box.setAccessibleName(self.tr("All columns"))
        self.all_box.setChecked(True)
        self.all_box.clicked.connect(self._on_all_clicked)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Columns to export"))
        line = QSize(0, self.list.fontMetrics().height() + LINE_PADDING)
        for name in columns:
            item = QListWidgetItem(name)
            item.setData(NAME_ROLE, name)
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
            )
            item.setCheckState(Qt.CheckState.Checked)
            item.setSizeHint(line)
            self.list.addItem(item)
        self.list.itemChanged.connect(self._on_item_changed)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.all_box)
        layout.addWidget(self.list)
        lines = min(MOST_LINES, max(2, len(columns)))
        self.list.setFixedHeight(lines * line.height() + 2 * self.list.frameWidth() + 2)

    def chosen(self) -> tuple[str, ...]:
        """Return the names of the checked columns."""
        return tuple(name_of(item) for item in self._items() if item.checkState() == Qt.CheckState.Checked)

    def choose(self, names: Sequence[str]) -> None:
        """Check these columns and no other."""
        wanted = set(names)
        self.list.blockSignals(True)
        for item in self._items():
            item.setCheckState(Qt.CheckState.Checked if name_of(item) in wanted else Qt.CheckState.Unchecked)
        self.list.blockSignals(False)
        self._on_item_changed()

    def let_move(self) -> None:
        """Let a person move the columns, by keys or by dragging."""
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.blockSignals(True)  # else the list counts what is chosen for each of its items
        for item in self._items():
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsDragEnabled)
        self.list.blockSignals(False)
        self.list.model().rowsMoved.connect(self.changed)
        for keys, rows in (("Alt+Up", -1), ("Alt+Down", 1)):
            shortcut = QShortcut(QKeySequence(keys), self.list)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(partial(self._move, rows))

    def _move(self, rows: int) -> None:
        row = self.list.currentRow()
        if 0 <= row < self.list.count() and 0 <= row + rows < self.list.count():
            self.list.insertItem(row + rows, self.list.takeItem(row))
            self.list.setCurrentRow(row + rows)
            self.changed.emit()

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    def _on_all_clicked(self) -> None:
        is_wanted = self.all_box.checkState() != Qt.CheckState.Unchecked
        self.choose([name_of(item) for item in self._items()] if is_wanted else [])

    def _on_item_changed(self) -> None:
        count, total = len(self.chosen()), self.list.count()
        states = {0: Qt.CheckState.Unchecked, total: Qt.CheckState.Checked}
        self.all_box.setCheckState(states.get(count, Qt.CheckState.PartiallyChecked))
        self.changed.emit()


def name_of(item: QListWidgetItem) -> str:
    """Return the name of the column that an item stands for."""
    return str(item.data(NAME_ROLE))

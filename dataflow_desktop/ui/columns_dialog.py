"""Which columns are on the screen, and in which order."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from dataflow_desktop.ui.column_list import ColumnList
from dataflow_desktop.ui.text_label import TextLabel


class ColumnsDialog(QDialog):
    """All columns in their order; `columns_chosen` carries the names of those to be shown, in theirs."""

    columns_chosen = Signal(object)

    def __init__(self, columns: Sequence[str], shown: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Columns"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.columns = ColumnList(columns)
        self.columns.list.setAccessibleName(self.tr("Columns to show"))
        self.columns.choose(shown)
        self.columns.let_move()
        hint = TextLabel(self.tr("Alt+↑ and Alt+↓ move a column."))
        hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.columns.list.setAccessibleDescription(hint.text())
        self.columns.changed.connect(self._follow)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setObjectName("primary")
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.accepted.connect(self._on_accepted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(self.columns)
        layout.addWidget(hint)
        layout.addWidget(self.buttons)

    def _follow(self) -> None:
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(bool(self.columns.chosen()))

    def _on_accepted(self) -> None:
        self.columns_chosen.emit(self.columns.chosen())

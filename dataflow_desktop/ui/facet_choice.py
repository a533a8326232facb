"""One drop-down of the filter bar: a column with few values."""

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from dataflow_desktop.browse.cell_text import cell_text
from dataflow_desktop.domain.facet import Facet
from dataflow_desktop.domain.row_query import Condition, Operator, Value
from dataflow_desktop.ui.row_table_model import NULL_TEXT

LONGEST_LABEL = 40


class FacetChoice(QWidget):
    """All values of one column, or any; `changed` when a person chose another."""

    changed = Signal()

    def __init__(self, facet: Facet, parent: QWidget) -> None:
        super().__init__(parent)
        self._column = facet.column
        self._values: tuple[Value, ...] = ()
        self.box = QComboBox()
        self.box.setAccessibleName(self.tr("Show only rows by {column}").format(column=facet.column))
        self.box.setMaxVisibleItems(20)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.box.setMaximumWidth(260)
        self.box.activated.connect(self.changed)
        label = QLabel(facet.column[:LONGEST_LABEL])
        label.setTextFormat(Qt.TextFormat.PlainText)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(label)
        layout.addWidget(self.box)
        self.offer(facet)

    def offer(self, facet: Facet) -> None:
        """Show these values; what was chosen stays chosen while it is among them."""
        index = self.box.currentIndex() - 1
        chosen = self._values[index] if index >= 0 else None
        has_chosen = index >= 0 and chosen in facet.values
        self._values = facet.values
        self.box.clear()
        self.box.addItem(self.tr("All"))
        self.box.addItems([self._label(value) for value in facet.values])
        self.box.setCurrentIndex(facet.values.index(chosen) + 1 if has_chosen else 0)

    def clear(self) -> None:
        """Choose any value again, silently."""
        self.box.setCurrentIndex(0)

    def choose(self, conditions: Collection[Condition]) -> None:
        """Choose, silently, the value that one of `conditions` asks for; any value where none does."""
        for index in range(1, self.box.count()):
            self.box.setCurrentIndex(index)
            if self.condition() in conditions:
                return
        self.clear()

    def condition(self) -> Condition | None:
        """Return what must hold, None when any value will do."""
        index = self.box.currentIndex() - 1
        if index < 0:
            return None
        value = self._values[index]
        if value is None:
            return Condition(self._column, Operator.IS_NULL)
        return Condition(self._column, Operator.EQUAL, (value,))

    def _label(self, value: Value) -> str:
        text = cell_text(value)
        if text is None:
            return NULL_TEXT
        return text or self.tr("(empty)")

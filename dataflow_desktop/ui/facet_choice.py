"""One drop-down of the filter bar: a column with few values."""

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from dataflow_desktop.browse.cell_text import cell_text
from dataflow_desktop.domain.facet import Facet
from dataflow_desktop.domain.row_query import Condition, Operator, Value
from dataflow_desktop.ui.row_table_model import NULL_TEXT

LONGEST_LABEL = 40


class FacetChoice(QWidget):
    """The values of one column, or any; `changed` when a person chose another.

    Where not all values are known, the last entry is for those that are not: `other_wished` (str, the column)
    asks for a condition to be made, and what was chosen stays chosen.
    """

    changed = Signal()
    other_wished = Signal(str)

    def __init__(self, facet: Facet, parent: QWidget) -> None:
        super().__init__(parent)
        self._column = facet.column
        self._values: tuple[Value, ...] = ()
        self._chosen_index = 0
        self.box = _Box()
        self.box.setAccessibleName(self.tr("Show only rows by {column}").format(column=facet.column))
        self.box.setMaxVisibleItems(20)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.box.setMaximumWidth(260)
        self.box.activated.connect(self._on_activated)
        label = QLabel(facet.column[:LONGEST_LABEL])
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setBuddy(self.box)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(label)
        layout.addWidget(self.box)
        self.offer(facet)

    def offer(self, facet: Facet) -> None:
        """Show these values; what was chosen stays chosen, unless these are all there are and it is gone."""
        chosen = self._chosen()
        # A sample that did not meet a value does not mean that it is gone.
        is_kept = bool(chosen) and (chosen[0] in facet.values or not facet.is_complete)
        missing = chosen if is_kept and chosen[0] not in facet.values else ()
        self._values = facet.values + missing
        self.box.clear()
        self.box.addItem(self.tr("All"))
        self.box.addItems([self._label(value) for value in self._values])
        if not facet.is_complete:
            self._offer_other()
        self._choose(self._values.index(chosen[0]) + 1 if is_kept else 0)

    def clear(self) -> None:
        """Choose any value again, silently."""
        self._choose(0)

    def choose(self, conditions: Collection[Condition]) -> None:
        """Choose, silently, the value that one of `conditions` asks for; any value where none does."""
        asked = (number for number, value in enumerate(self._values, 1) if self._asks(value) in conditions)
        self._choose(next(asked, 0))

    def condition(self) -> Condition | None:
        """Return what must hold, None when any value will do."""
        chosen = self._chosen()
        return self._asks(chosen[0]) if chosen else None

    def _chosen(self) -> tuple[Value, ...]:
        """Return the one value chosen, none when any will do: NULL is a value too."""
        index = self.box.currentIndex()
        return self._values[index - 1 : index] if index > 0 else ()

    def _choose(self, index: int) -> None:
        self._chosen_index = index
        self.box.setCurrentIndex(index)

    def _asks(self, value: Value) -> Condition:
        if value is None:
            return Condition(self._column, Operator.IS_NULL)
        return Condition(self._column, Operator.EQUAL, (value,))

    def _offer_other(self) -> None:
        self.box.insertSeparator(self.box.count())
        hint = self.tr("Found in a sample of the rows: rarer values are not listed")
        self.box.add_for_list(self.tr("Other value…"), hint)

    def _on_activated(self, index: int) -> None:
        if index > len(self._values):
            self._choose(self._chosen_index)
            self.other_wished.emit(self._column)
        else:
            self._chosen_index = index
            self.changed.emit()

    def _label(self, value: Value) -> str:
        text = cell_text(value)
        if text is None:
            return NULL_TEXT
        return text or self.tr("(empty)")


class _Box(QComboBox):
    """A drop-down with an entry that is there in the open list only.

    Keys and the wheel go through the entries of a closed one, and choose each they come to.
    """

    def __init__(self) -> None:
        super().__init__()
        self._for_list: int | None = None

    def clear(self) -> None:
        """Remove all entries."""
        self._for_list = None
        super().clear()

    def add_for_list(self, text: str, hint: str) -> None:
        """Add an entry, explained by `hint`, for the open list only."""
        self._for_list = self.count()
        self.addItem(text)
        self.setItemData(self._for_list, hint, Qt.ItemDataRole.ToolTipRole)
        self._enable(is_enabled=self.view().isVisible())

    def showPopup(self) -> None:
        """Open the list."""
        self._enable(is_enabled=True)
        super().showPopup()

    def hidePopup(self) -> None:
        """Close the list."""
        super().hidePopup()
        self._enable(is_enabled=False)

    def _enable(self, *, is_enabled: bool) -> None:
        model = self.model()
        if self._for_list is not None and isinstance(model, QStandardItemModel):
            model.item(self._for_list).setEnabled(is_enabled)

"""A drop-down of values that each have a word."""

from collections.abc import Mapping
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

Value = TypeVar("Value")


class ChoiceBox(QComboBox, Generic[Value]):
    """Shows the words of values; `chosen_changed` when a person chose another, not when the program did."""

    chosen_changed = Signal()

    def __init__(self, words: Mapping[Value, str], name: str, parent: QWidget | None = None) -> None:
        """`name` is what a screen reader calls it."""
        super().__init__(parent)
        self._values: list[Value] = []
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.offer(words)
        self.currentIndexChanged.connect(self.chosen_changed)

    @property
    def chosen(self) -> Value:
        """The value whose word is shown."""
        return self._values[self.currentIndex()]

    def choose(self, value: Value) -> None:
        """Show the word of `value`, which must be offered."""
        self.blockSignals(True)
        self.setCurrentIndex(self._values.index(value))
        self.blockSignals(False)

    def offer(self, words: Mapping[Value, str]) -> None:
        """Offer these values instead; the first is chosen."""
        self.blockSignals(True)
        self.clear()
        self._values = list(words)
        self.addItems(list(words.values()))
        self.blockSignals(False)

    def forbid(self, value: Value) -> None:
        """Let nobody choose `value`; the program still shows it where it is so."""
        model = self.model()
        if isinstance(model, QStandardItemModel):
            model.item(self._values.index(value)).setEnabled(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn through the values only with the focus: else a scroll past the box would change them."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

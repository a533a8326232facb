"""The conditions a person added, each in a button that takes it back."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from dataflow_desktop.domain.row_query import Condition
from dataflow_desktop.ui.filter_words import condition_words
from dataflow_desktop.ui.flow_layout import FlowLayout
from dataflow_desktop.ui.icons import palette_icon

LONGEST_CHIP = 60
ICON_PIXELS = 12


class FilterChips(QWidget):
    """`removed` carries the number of the condition whose chip was pressed."""

    removed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = FlowLayout(self, spacing=8)
        self._chips: list[QPushButton] = []
        self.hide()

    @property
    def chips(self) -> tuple[QPushButton, ...]:
        """The buttons, in the order of their conditions."""
        return tuple(self._chips)

    def show_conditions(self, conditions: Sequence[Condition]) -> None:
        """Show a chip for each condition."""
        for chip in self._chips:
            self._layout.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [self._make_chip(number, condition) for number, condition in enumerate(conditions)]
        self.setVisible(bool(self._chips))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            for chip in self._chips:
                chip.setIcon(palette_icon("cancel", self.palette()))

    def _make_chip(self, number: int, condition: Condition) -> QPushButton:
        words = condition_words(condition)
        shown = words if len(words) <= LONGEST_CHIP else words[:LONGEST_CHIP] + "…"
        chip = QPushButton(shown.replace("&", "&&"), self)
        chip.setObjectName("chip")
        chip.setIcon(palette_icon("cancel", self.palette()))
        chip.setIconSize(QSize(ICON_PIXELS, ICON_PIXELS))
        chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the icon behind the words
        chip.setToolTip(self.tr("Take back: {words}").format(words=words))
        chip.setAccessibleName(self.tr("Take back the filter {words}").format(words=words))
        chip.setProperty("number", number)
        chip.clicked.connect(self._on_chip)
        self._layout.addWidget(chip)
        chip.show()
        return chip

    def _on_chip(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.removed.emit(sender.property("number"))

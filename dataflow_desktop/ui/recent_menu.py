"""The menu of the databases opened last."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from dataflow_desktop.domain.source_address import without_options

TEXT_WIDTH = 420


class RecentMenu(QMenu):
    """`source_chosen` carries an address; not offered while there is none."""

    source_chosen = Signal(str)
    clear_wished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Open rece&nt"))
        self.setToolTipsVisible(True)
        self.show_sources([])

    def show_sources(self, addresses: Sequence[str]) -> None:
        """List these addresses, the first with the number 1."""
        self.clear()
        for number, address in enumerate(addresses, 1):
            action = self.addAction(self._text(number, address))
            action.setData(address)
            action.setToolTip(address)
            action.triggered.connect(self._on_triggered)
        self.addSeparator()
        self.addAction(self.tr("&Clear the list")).triggered.connect(self.clear_wished)
        self.menuAction().setEnabled(bool(addresses))

    def _text(self, number: int, address: str) -> str:
        shown = without_options(address)
        elided = self.fontMetrics().elidedText(shown, Qt.TextElideMode.ElideMiddle, TEXT_WIDTH)
        return f"&{number % 10}  {elided.replace('&', '&&')}"

    def _on_triggered(self) -> None:
        sender = self.sender()
        if isinstance(sender, QAction):
            self.source_chosen.emit(str(sender.data()))

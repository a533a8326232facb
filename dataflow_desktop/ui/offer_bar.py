"""One line above the table: what there is to offer at start, and the end of the program."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from dataflow_desktop.ui.announcing import announce
from dataflow_desktop.ui.icons import IconLabel
from dataflow_desktop.ui.text_label import TextLabel


class OfferBar(QFrame):
    """Offers to resume what was interrupted; nothing starts unless `accepted`."""

    accepted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("offer_bar")
        self.text_label = TextLabel()
        self.resume_button = QPushButton(self.tr("Res&ume"))
        self.resume_button.setAccessibleName(self.tr("Resume interrupted exports"))
        self.resume_button.clicked.connect(self._on_resume)
        self.later_button = QPushButton(self.tr("L&ater"))
        self.later_button.setAccessibleName(self.tr("Leave interrupted exports for later"))
        self.later_button.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 12, 6)
        layout.addWidget(IconLabel("waiting", 18, QPalette.ColorRole.Accent))
        layout.addWidget(self.text_label, 1)
        layout.addWidget(self.resume_button)
        layout.addWidget(self.later_button)
        self.hide()

    def offer(self, text: str) -> None:
        """Show what could be resumed."""
        self.text_label.setText(text)
        self.resume_button.show()
        self.later_button.show()
        self.show()
        announce(self, text)

    def announce(self, text: str) -> None:
        """Say something that needs no answer."""
        self.text_label.setText(text)
        self.resume_button.hide()
        self.later_button.hide()
        self.show()
        announce(self, text)

    def _on_resume(self) -> None:
        self.hide()
        self.accepted.emit()

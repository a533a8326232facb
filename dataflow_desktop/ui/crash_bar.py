"""One line above the table, after the program crashed: what is safe, and what to copy for whoever helps."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from dataflow_desktop.ui.announcing import announce
from dataflow_desktop.ui.copy_button import CopyButton
from dataflow_desktop.ui.icons import IconLabel


class CrashBar(QFrame):
    """Tells of the crash once; `folder_wished` asks for the folder of the log."""

    folder_wished = Signal()

    def __init__(self, report: Callable[[], str], parent: QWidget | None = None) -> None:
        """`report` returns what is copied."""
        super().__init__(parent)
        self.setObjectName("offer_bar")  # it looks like the offer below it
        self.text_label = QLabel(
            self.tr(
                "The program ended unexpectedly last time. Exports are saved up to their last checkpoint. "
                "Nothing was sent anywhere."
            )
        )
        self.text_label.setWordWrap(True)
        self.copy_button = CopyButton(self.tr("Co&py report"), self.tr("Copy a report of the crash"), report)
        self.folder_button = QPushButton(self.tr("&Show log folder"))
        self.folder_button.setAccessibleName(self.tr("Show the folder of the log"))
        self.folder_button.clicked.connect(self.folder_wished)
        self.hide_button = QPushButton(self.tr("H&ide"))
        self.hide_button.setAccessibleName(self.tr("Hide the word about the crash"))
        self.hide_button.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 12, 6)
        layout.addWidget(IconLabel("warning", 18, QPalette.ColorRole.Accent))
        layout.addWidget(self.text_label, 1)
        for button in (self.copy_button, self.folder_button, self.hide_button):
            layout.addWidget(button)

    def showEvent(self, event: QShowEvent) -> None:
        """Say it too, once the window is there."""
        super().showEvent(event)
        if not event.spontaneous():
            announce(self, self.text_label.text())

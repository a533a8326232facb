"""Says which program this is and what it promises."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from dataflow_desktop import __version__

ABOUT_WIDTH = 420


class AboutDialog(QDialog):
    """Wide enough for its own title; closes with its one button or Esc."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About DataFlow Desktop"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(ABOUT_WIDTH)
        name = QLabel(f"DataFlow Desktop {__version__}")
        bold = QFont(name.font())
        bold.setBold(True)
        name.setFont(bold)
        text = QLabel(
            self.tr(
                "Browses large tables and exports them so that a crash loses nothing. "
                "It never writes to a database."
            )
        )
        text.setWordWrap(True)
        # Not a standard button: those bring an icon of the system along.
        buttons = QDialogButtonBox()
        self.ok_button = buttons.addButton(self.tr("OK"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.ok_button.setAccessibleName(self.tr("Close"))
        buttons.accepted.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 14)
        layout.setSpacing(12)
        for widget in (name, text, buttons):
            layout.addWidget(widget)

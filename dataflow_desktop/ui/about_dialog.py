"""Says which program this is, what it promises, what it is made of and where it keeps its things."""

import platform

from PySide6.QtCore import QSize, Qt, qVersion
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from dataflow_desktop import __version__, locations
from dataflow_desktop.ui.buddy_label import BuddyLabel
from dataflow_desktop.ui.copy_button import CopyButton
from dataflow_desktop.ui.elided_label import ElidedLabel
from dataflow_desktop.ui.icons import app_icon
from dataflow_desktop.ui.libraries import INTERPRETER_LICENCE, LIBRARIES

ABOUT_WIDTH = 520
ICON_PIXELS = 48
LINES_SHOWN = 7
TITLE_SIZE = 1.25


class AboutDialog(QDialog):
    """Wide enough for its own title; closes with its button or Esc."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About DataFlow Desktop"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(ABOUT_WIDTH)
        self._places = {
            self.tr("Data"): str(locations.data_folder()),
            self.tr("Settings"): str(locations.settings_folder()),
            self.tr("Log"): str(locations.log_path()),
        }
        self.libraries = self._made_of()
        self.copy_button = CopyButton(
            self.tr("Co&py"), self.tr("Copy versions and places"), self.text, parent=self
        )
        # Not a standard button: those bring an icon of the system along.
        buttons = QDialogButtonBox()
        buttons.addButton(self.copy_button, QDialogButtonBox.ButtonRole.ActionRole)
        self.ok_button = buttons.addButton(self.tr("OK"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.ok_button.setAccessibleName(self.tr("Close"))
        self.ok_button.setDefault(True)
        buttons.accepted.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addLayout(self._head())
        layout.addLayout(self._folders())
        layout.addWidget(BuddyLabel(self.tr("&Libraries and their licences"), self.libraries))
        layout.addWidget(self.libraries)
        layout.addWidget(buttons)
        self.ok_button.setFocus()

    def text(self) -> str:
        """Return all of it, for a report or a question."""
        places = [f"{name}: {place}" for name, place in self._places.items()]
        lines = [f"DataFlow Desktop {__version__}", platform.platform(), *places]
        return "\n".join([*lines, "", self.libraries.toPlainText()])

    def _head(self) -> QLayout:
        icon = QLabel()
        icon.setPixmap(app_icon().pixmap(QSize(ICON_PIXELS, ICON_PIXELS), self.devicePixelRatioF()))
        name = QLabel(f"DataFlow Desktop {__version__}")
        font = QFont(name.font())
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * TITLE_SIZE)
        name.setFont(font)
        promise = QLabel(
            self.tr(
                "Browses large tables and exports them so that a crash loses nothing. "
                "It never writes to a database."
            )
        )
        promise.setWordWrap(True)
        licence = QLabel(self.tr("Free software under the MIT licence."))
        words = QVBoxLayout()
        words.setSpacing(6)
        for label in (name, promise, licence):
            words.addWidget(label)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        return head

    def _folders(self) -> QLayout:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(4)
        for name, place in self._places.items():
            label = ElidedLabel(Qt.TextElideMode.ElideMiddle)
            label.setText(place)
            label.setToolTip(place)
            form.addRow(name, label)
        return form

    def _made_of(self) -> QPlainTextEdit:
        lines = [
            f"Python {platform.python_version()} · {INTERPRETER_LICENCE}",
            f"Qt {qVersion()} · LGPL-3.0",
            *(f"{library.name} {library.version} · {library.licence}" for library in LIBRARIES),
        ]
        shown = QPlainTextEdit("\n".join(lines))
        shown.setAccessibleName(self.tr("Libraries and their licences"))
        shown.setReadOnly(True)
        shown.setTabChangesFocus(True)
        shown.setFixedHeight(LINES_SHOWN * shown.fontMetrics().lineSpacing() + 16)
        return shown

"""Asks for the password of a server that wants one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from dataflow_desktop.domain.saved_connection import ServerLogin
from dataflow_desktop.domain.source_address import without_options
from dataflow_desktop.errors import Reason
from dataflow_desktop.ui.error_texts import describe
from dataflow_desktop.ui.icons import IconLabel
from dataflow_desktop.ui.keep_password_box import KeepPasswordBox
from dataflow_desktop.ui.password_field import PasswordField

DIALOG_WIDTH = 500
ICON_PIXELS = 20


class PasswordDialog(QDialog):
    """`login_wished` carries a ServerLogin with the password typed; `reason` is why it is asked for."""

    login_wished = Signal(object)

    def __init__(self, address: str, reason: Reason, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._address = address
        self.setWindowTitle(self.tr("Password needed"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(DIALOG_WIDTH)
        self.password_field = PasswordField(self.tr("Password"))
        self.password_field.textChanged.connect(self._follow)
        self.keep_box = KeepPasswordBox()
        self.why = QLabel(describe(reason).message)
        self.buttons = QDialogButtonBox()
        self.connect_button = self.buttons.addButton(
            self.tr("&Connect"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.cancel_button = self.buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.connect_button.setObjectName("primary")
        self.connect_button.setAccessibleName(self.tr("Connect with this password"))
        self.cancel_button.setAccessibleName(self.tr("Close without connecting"))
        self.buttons.accepted.connect(self._on_connect)
        self.buttons.rejected.connect(self.reject)
        self._lay_out()
        self._follow()

    def _lay_out(self) -> None:
        self.why.setWordWrap(True)
        self.why.setTextFormat(Qt.TextFormat.PlainText)
        place = QLabel(without_options(self._address))
        place.setTextFormat(Qt.TextFormat.PlainText)
        place.setWordWrap(True)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(
            IconLabel("warning", ICON_PIXELS, QPalette.ColorRole.Accent), 0, Qt.AlignmentFlag.AlignTop
        )
        head.addWidget(self.why, 1)
        form = QFormLayout()
        form.setSpacing(12)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("Server"), place)
        form.addRow(self.tr("Pass&word"), self.password_field)
        form.addRow("", self.keep_box)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addLayout(form)
        layout.addWidget(self.buttons)
        self.password_field.setFocus()

    def _follow(self) -> None:
        self.connect_button.setEnabled(bool(self.password_field.text()))

    def _on_connect(self) -> None:
        self.login_wished.emit(
            ServerLogin(self._address, self.password_field.password, self.keep_box.is_kept)
        )
        self.accept()

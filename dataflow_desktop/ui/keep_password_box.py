"""The choice to keep a password in the system's keyring, and why it cannot be made where there is none."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout, QWidget


class KeepPasswordBox(QWidget):
    """Cannot be checked until `show_keyring` said that there is a keyring."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_wanted = False
        self.box = QCheckBox(self.tr("Keep the password in the s&ystem's keyring"))
        self.box.setAccessibleName(self.tr("Keep the password in the system's keyring"))
        self.box.setEnabled(False)
        self.box.clicked.connect(self._on_clicked)
        self.why = QLabel(self.tr("Looking for a keyring…"))
        self.why.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.why.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.box)
        layout.addWidget(self.why)

    @property
    def is_kept(self) -> bool:
        """Whether the password is to be kept."""
        return self.box.isEnabled() and self.box.isChecked()

    def choose(self, *, is_kept: bool) -> None:
        """Wish for it or not, as soon as there is a keyring."""
        self._is_wanted = is_kept
        self.box.setChecked(is_kept and self.box.isEnabled())

    def show_keyring(self, *, is_there: bool) -> None:
        """Offer the choice, or say why not."""
        self.box.setEnabled(is_there)
        self.box.setChecked(is_there and self._is_wanted)
        self.why.setText(self.tr("No keyring here: the password is known until the program closes."))
        self.why.setVisible(not is_there)

    def _on_clicked(self, is_checked: bool) -> None:  # noqa: FBT001 - a slot
        self._is_wanted = is_checked


def not_kept_words() -> str:
    """Return what to say when the keyring did not take a password."""
    return QCoreApplication.translate(
        "KeepPasswordBox", "The keyring did not take the password. It is known until the program closes."
    )

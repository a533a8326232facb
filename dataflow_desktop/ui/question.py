"""A question before something is thrown away: the safe answer is the one that Enter and Esc give."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget


def make_question(
    parent: QWidget, title: str, text: str, details: str, act: str
) -> tuple[QMessageBox, QPushButton]:
    """Return a question, not yet open, and the button that says yes, with the mnemonic in `act`."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(title)
    box.setText(text)
    box.setInformativeText(details)
    yes = box.addButton(act, QMessageBox.ButtonRole.DestructiveRole)
    keep = box.addButton(_tr("&Keep"), QMessageBox.ButtonRole.RejectRole)
    for button in (yes, keep):
        button.setAccessibleName(button.text().replace("&", ""))
    # A change of the colours lays the buttons out anew, which takes the focus to the first: with this, Enter
    # stays the safe answer.
    yes.setAutoDefault(False)
    box.setDefaultButton(keep)
    box.setEscapeButton(keep)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return box, yes


def _tr(text: str) -> str:
    return QCoreApplication.translate("Question", text)

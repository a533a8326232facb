"""Choosing an unfinished file, whose name begins with a dot."""

from PySide6.QtCore import QCoreApplication, QDir, Qt
from PySide6.QtWidgets import QFileDialog, QWidget


def choose_part(parent: QWidget, title: str, folder: str) -> QFileDialog:
    """Return a dialog, not yet open, in which unfinished files can be seen."""
    chooser = QFileDialog(parent, title, folder)
    # The system's own dialogs hide what begins with a dot.
    chooser.setOption(QFileDialog.Option.DontUseNativeDialog)
    chooser.setFilter(chooser.filter() | QDir.Filter.Hidden)
    chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
    chooser.setNameFilters([_tr("Unfinished files (.*.part)"), _tr("All files (*)")])
    chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return chooser


def _tr(text: str) -> str:
    return QCoreApplication.translate("PartChooser", text)

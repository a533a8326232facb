"""All rows, or only those added since the last export of the profile: asked where there was one."""

from pathlib import PurePath

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QRadioButton, QVBoxLayout, QWidget

from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.errors import Reason
from dataflow_desktop.ui.error_label import ErrorLabel
from dataflow_desktop.ui.error_texts import describe
from dataflow_desktop.ui.figures import moment_text

LONGEST_NAME = 60

_LAST_IN_VAIN = frozenset({"LAST_SOURCE_REPLACED", "LAST_KEY_CHANGED"})
"""There was an export of the profile, and nothing can go on from it."""


class SincePart(QWidget):
    """Takes no room until it is known since when rows would be new.

    `changed` when other rows are meant, or the file begins with others; `arranged` when it takes other room.
    What it knows is a wish gone on from the last export, as `ExportSpec.last` and what its query is beyond.
    """

    changed = Signal()
    arranged = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known: ExportSpec | None = None
        self._rows: int | None = None
        self.all_button = QRadioButton(self.tr("A&ll rows"))
        self.all_button.setAccessibleName(self.tr("Export all rows"))
        self.all_button.setChecked(True)
        self.new_button = QRadioButton()
        self.new_button.setAccessibleName(self.tr("Only rows added since the last export"))
        self.new_button.toggled.connect(self._on_toggled)
        self.hint = QLabel()
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        self.hint.setWordWrap(True)
        self.hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.error = ErrorLabel()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for widget in (self.all_button, self.new_button, self.hint, self.error):
            layout.addWidget(widget)
        self.hide()

    @property
    def last(self) -> ExportSpec | None:
        """The wish that goes on from the last export, None while all rows are wanted."""
        return self._known if self.new_button.isChecked() else None

    @property
    def rows(self) -> int | None:
        """How many rows were added since."""
        return self._rows

    def show_last(self, going_on: ExportSpec, rows: int) -> None:
        """Offer what was added since the export that `going_on` goes on from; without one, all rows only."""
        last = going_on.last
        if last is None:
            self.forget()
            return
        before = self._known and (self._known.query.beyond, self._known.last, self._rows)
        self._known, self._rows = going_on, rows
        name = _shortened(PurePath(last.file).name)
        words = self.tr("Only ro&ws added since {time} (file {file})")
        told = words.format(time=moment_text(last.time), file=name.replace("&", "&&"))
        self.new_button.setText(told)
        self.new_button.setAccessibleName(told.replace("&w", "w").replace("&&", "&"))
        self.new_button.setToolTip(last.file)
        self.new_button.setEnabled(True)
        words = self.tr(
            "They are put behind the rows of {file}: a new version takes its place once it is whole."
        )
        self.hint.setText(words.format(file=name) if last.old_version is not None else "")
        self.error.say("")
        self._follow()
        self.show()
        self.arranged.emit()
        if before != (going_on.query.beyond, last, rows) and self.new_button.isChecked():
            self.changed.emit()

    def show_reason(self, reason: Reason) -> None:
        """Say why what is new cannot be exported so: if it is wanted, or to whoever looks for the choice."""
        if self._known is not None:
            self.error.setText(describe(reason).whole)
        elif reason.code in _LAST_IN_VAIN:
            self.new_button.setText(self.tr("Only rows added since the last export"))
            self.new_button.setEnabled(False)
            self.hint.setText(describe(reason).whole)
            self.show()
        self._follow()
        self.arranged.emit()

    def forget(self) -> None:
        """Offer all rows only."""
        self._known = self._rows = None
        self.error.say("")
        self.new_button.setEnabled(True)
        self.all_button.setChecked(True)
        self.hide()

    def _on_toggled(self) -> None:
        self._follow()
        self.changed.emit()

    def _follow(self) -> None:
        is_chosen = self.new_button.isChecked()
        is_told = is_chosen or not self.new_button.isEnabled()
        self.hint.setVisible(is_told and bool(self.hint.text()) and not self.error.text())
        self.error.setVisible(is_chosen and bool(self.error.text()))


def _shortened(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"

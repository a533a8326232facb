"""Says which values Excel changes when it opens the file that is wanted, and offers one that keeps them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from dataflow_desktop.domain.excel_changes import ExcelChange
from dataflow_desktop.ui.figures import number, plural
from dataflow_desktop.ui.icons import IconLabel

ICON_PIXELS = 18

MOST_NAMED = 2
"""Columns of which an example stands there; that there are more is enough to know."""

LONGEST = 40
"""Characters of a name or a value."""


class ExcelNotice(QWidget):
    """Takes no room while nothing is changed; `xlsx_wished` when a person wants the other file."""

    xlsx_wished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = QLabel()
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        self.xlsx_button = QPushButton(self.tr("Use &XLSX instead"))
        self.xlsx_button.setAccessibleName(self.tr("Use XLSX instead, which keeps these values"))
        self.xlsx_button.setAutoDefault(False)
        self.xlsx_button.clicked.connect(self.xlsx_wished)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        icon = IconLabel("warning", ICON_PIXELS, QPalette.ColorRole.BrightText)
        layout.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.label, 1)
        layout.addWidget(self.xlsx_button, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def show_changes(self, changes: Sequence[ExcelChange]) -> None:
        """Name some of the columns, with an example from each."""
        self.label.setText(self._words(changes) if changes else "")
        self.setVisible(bool(changes))

    def _words(self, changes: Sequence[ExcelChange]) -> str:
        example = self.tr("{value} in {column} becomes {becomes}")
        told = [
            example.format(
                value=_shortened(change.value),
                column=_shortened(change.column),
                becomes=_shortened(change.becomes),
            )
            for change in changes[:MOST_NAMED]
        ]
        if more := max(len(changes) - MOST_NAMED, 0):
            words = self.tr("and so in {count} more column(s)", "", plural(more))
            told.append(words.format(count=number(more)))
        return self.tr("Excel changes values when it opens such a file: {examples}.").format(
            examples=", ".join(told)
        )


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"

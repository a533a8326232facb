"""Tells of an error nobody foresaw: what happened, what is safe, what to do; with a report to copy."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from dataflow_desktop.ui.copy_button import CopyButton
from dataflow_desktop.ui.figures import number
from dataflow_desktop.ui.icons import IconLabel

DIALOG_WIDTH = 600
REPORT_HEIGHT = 220
ICON_PIXELS = 24

LONGEST_SUMMARY = 300
"""Characters of an error's own words; the report has them all."""


class UnexpectedDialog(QDialog):
    """`folder_wished` asks for the folder of the log, `quit_wished` for the end of the program.

    Without a window to go on with, as `can_go_on` says, the one way out is to quit.
    """

    folder_wished = Signal()
    quit_wished = Signal()

    def __init__(
        self, summary: str, report: Callable[[], str], parent: QWidget | None, *, can_go_on: bool = True
    ) -> None:
        """`summary` is the error in one line; `report` returns what is copied and shown."""
        super().__init__(parent)
        self._report = report
        self._times = 1
        self.setWindowTitle(self.tr("Unexpected error"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(DIALOG_WIDTH)
        self._make_texts(summary, can_go_on=can_go_on)
        self._make_report()
        self._make_buttons(can_go_on=can_go_on)
        self._lay_out()

    def count(self) -> None:
        """Say that there was one more error, of this kind or another."""
        self._times += 1
        self.times_label.setText(self.tr("Errors so far: {count}").format(count=number(self._times)))
        self.times_label.show()

    def _make_texts(self, summary: str, *, can_go_on: bool) -> None:
        head = self.tr("Something went wrong that nobody foresaw.")
        self.head_label = _text_label(head if can_go_on else self.tr("The program cannot start."))
        bold = QFont(self.head_label.font())
        bold.setBold(True)
        self.head_label.setFont(bold)
        self.summary_label = _text_label(summary[:LONGEST_SUMMARY])
        self.summary_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.times_label = _text_label("")
        self.times_label.hide()
        self.safe_label = _text_label(
            self.tr(
                "Exports are saved up to their last checkpoint, and go on from there after a restart. "
                "No database was changed: the program only reads them."
            )
        )
        self.todo_label = _text_label(
            self.tr(
                "You can go on. If the window no longer does what it should, quit and start it again. "
                "Nothing is sent anywhere: copy the report, and give it to whoever helps you."
            )
            if can_go_on
            else self.tr(
                "Start it again. Nothing is sent anywhere: copy the report, and give it to whoever helps you."
            )
        )

    def _make_report(self) -> None:
        self.report_view = QPlainTextEdit()
        self.report_view.setAccessibleName(self.tr("Report"))
        self.report_view.setReadOnly(True)
        self.report_view.setTabChangesFocus(True)
        self.report_view.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.report_view.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.report_view.setMinimumHeight(REPORT_HEIGHT)
        self.report_view.hide()

    def _make_buttons(self, *, can_go_on: bool) -> None:
        self.copy_button = CopyButton(self.tr("&Copy report"), self.tr("Copy the report"), self._report)
        self.report_button = QPushButton(self.tr("Show &report"))
        self.report_button.setAccessibleName(self.tr("Show what the report says"))
        self.report_button.setCheckable(True)
        self.report_button.toggled.connect(self._on_report_toggled)
        self.folder_button = QPushButton(self.tr("Show &log folder"))
        self.folder_button.setAccessibleName(self.tr("Show the folder of the log"))
        self.folder_button.clicked.connect(self.folder_wished)
        self.quit_button = QPushButton(self.tr("&Quit"))
        self.quit_button.setAccessibleName(self.tr("Quit the program"))
        self.quit_button.clicked.connect(self._on_quit)
        self.go_on_button = QPushButton(self.tr("C&ontinue"))
        self.go_on_button.setAccessibleName(self.tr("Close and go on"))
        self.go_on_button.setVisible(can_go_on)
        self.go_on_button.clicked.connect(self.accept)
        for button in (self.report_button, self.folder_button, self.quit_button):
            button.setAutoDefault(False)
        last = self.go_on_button if can_go_on else self.quit_button
        last.setObjectName("primary")
        last.setDefault(True)

    def _lay_out(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(8)
        for label in (
            self.head_label,
            self.summary_label,
            self.times_label,
            self.safe_label,
            self.todo_label,
        ):
            texts.addWidget(label)
        head = QHBoxLayout()
        head.setSpacing(12)
        icon = IconLabel("warning", ICON_PIXELS, QPalette.ColorRole.Accent)
        head.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(texts, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.copy_button, self.report_button, self.folder_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        for button in (self.quit_button, self.go_on_button):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(16)
        layout.addLayout(head)
        layout.addWidget(self.report_view, 1)
        layout.addLayout(buttons)
        (self.quit_button if self.go_on_button.isHidden() else self.go_on_button).setFocus()

    def _on_report_toggled(self, is_shown: bool) -> None:  # noqa: FBT001 - a slot
        if is_shown:
            self.report_view.setPlainText(self._report())
        self.report_view.setVisible(is_shown)
        self.adjustSize()

    def _on_quit(self) -> None:
        self.accept()
        self.quit_wished.emit()


def _text_label(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label

"""Everything about one export in a window of its own: what was asked, its course, its file and its log."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from dataflow_desktop.domain.command_line import export_command, shell_line, what_is_unsayable
from dataflow_desktop.domain.job import Job
from dataflow_desktop.ui.command_words import unsayable_words
from dataflow_desktop.ui.copy_button import CopyButton
from dataflow_desktop.ui.job_details_words import (
    Detail,
    asked_details,
    course_details,
    file_details,
    traces_words,
)
from dataflow_desktop.ui.job_words import JobView, file_name
from dataflow_desktop.ui.screen_room import room_on_screen

SIZE = (760, 640)
LOG_HEIGHT = 150
LEAST_LOG_LINES = 3

LEAST_SIZE = (640, 400)
"""A SHA-256 is one word and does not break; a longer name makes the details scroll sidewards."""


@dataclass(frozen=True)
class JobTraces:
    """What is left of an export: so many of its files, its manifest, its lines in the log."""

    files_there: int
    has_manifest: bool
    log_lines: tuple[str, ...]


class JobDetails(QDialog):
    """Shows one job, and follows it, beside the window; every text can be selected. Remembers nothing."""

    def __init__(self, view: JobView, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = view
        self._traces: JobTraces | None = None
        self._shown: list[tuple[str, list[Detail]]] = []
        self._values: dict[str, QLabel] = {}
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Details of {file}").format(file=file_name(view.job)))
        self._make_parts()
        self._make_buttons()
        self._lay_out()
        self.show_view(view)
        room = room_on_screen(self)
        self.setMinimumSize(QSize(*LEAST_SIZE).boundedTo(room))
        self.resize(QSize(*SIZE).boundedTo(room))

    def _make_parts(self) -> None:
        self._body = QScrollArea()
        self._body.setAccessibleName(self.tr("Details"))
        self._body.setWidgetResizable(True)
        self._body.setFrameShape(QFrame.Shape.NoFrame)
        self._body.setObjectName("scrolled")
        self.log = QPlainTextEdit()
        self.log.setAccessibleName(self.tr("Log of this export"))
        self.log.setReadOnly(True)
        self.log.setTabChangesFocus(True)
        self.log.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.log.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.log.setMinimumHeight(LEAST_LOG_LINES * self.log.fontMetrics().lineSpacing() + 16)
        self.log.setPlaceholderText(self.tr("Reading the log…"))

    def _make_buttons(self) -> None:
        is_split = self.job.spec.options.is_split
        path_words = (
            self.tr("Copy the path of the first file") if is_split else self.tr("Copy the path of the file")
        )
        self.path_button = CopyButton(self.tr("Copy &path"), path_words, self._path)
        self.digest_button = CopyButton(
            self.tr("Copy &SHA-256"), self.tr("Copy the SHA-256 of the file"), self._digest
        )
        if is_split:  # it is that of no file; the details call it by its name, and it can be selected there
            self.digest_button.hide()
        self.command_button = CopyButton(
            self.tr("Copy &as command"), self.tr("Copy the export as a command"), self._command
        )
        self.close_button = QPushButton(self.tr("&Close"))
        self.close_button.setAccessibleName(self.tr("Close the details"))
        self.close_button.clicked.connect(self.reject)
        self.close_button.setDefault(True)

    def _lay_out(self) -> None:
        label = QLabel(self.tr("&Log"))
        label.setBuddy(self.log)
        label.setFont(_bold(label.font()))
        below = QWidget()
        log = QVBoxLayout(below)
        log.setContentsMargins(0, 8, 0, 0)
        log.setSpacing(6)
        log.addWidget(label)
        log.addWidget(self.log, 1)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.addWidget(self._body)
        self.splitter.addWidget(below)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes([SIZE[1] - LOG_HEIGHT, LOG_HEIGHT])
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.path_button, self.digest_button, self.command_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(self.splitter, 1)
        layout.addLayout(buttons)

    @property
    def job(self) -> Job:
        """The job that is shown, as it was last heard of."""
        return self._view.job

    def value(self, name: str) -> str:
        """Return what is said of something; empty where nothing is."""
        label = self._values.get(name)
        return label.text() if label is not None else ""

    def show_view(self, view: JobView) -> None:
        """Show where the job stands now."""
        self._view = view
        sections = [
            (self.tr("Course"), course_details(view)),
            (self.tr("File"), self._file_details()),
            (self.tr("What was asked for"), asked_details(view.job)),
        ]
        if [(title, _names(details)) for title, details in sections] == [
            (title, _names(details)) for title, details in self._shown
        ]:
            # What is selected and where it is scrolled to stays so.
            for _, details in sections:
                for detail in details:
                    self._say(detail)
        else:
            self._fill(sections)
        self._shown = sections
        self._offer_copies()

    def show_traces(self, traces: JobTraces) -> None:
        """Show what is left of the job."""
        self._traces = traces
        self.show_view(self._view)
        text = "\n".join(traces.log_lines)
        if text != self.log.toPlainText():
            self.log.setPlainText(text)
            bar = self.log.verticalScrollBar()
            bar.setValue(bar.maximum())
        self.log.setPlaceholderText(
            self.tr("The log has no lines of this export any more: older ones make room for newer ones.")
        )

    def _file_details(self) -> list[Detail]:
        details = file_details(self.job)
        traces = self._traces
        words = self.tr("Looking…")
        if traces is not None:
            words = traces_words(self.job, traces.files_there, has_manifest=traces.has_manifest)
        return [*details, Detail(self.tr("On the disk"), words)]

    def _fill(self, sections: Sequence[tuple[str, list[Detail]]]) -> None:
        place = self._body.verticalScrollBar().value()
        form_place = QWidget()
        form = QFormLayout(form_place)
        form.setContentsMargins(0, 0, 8, 0)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(4)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._values = {}
        for number, (title, details) in enumerate(sections):
            form.addRow(_heading(title, is_first=number == 0))
            for detail in details:
                form.addRow(_name_label(detail.name), self._value_label(detail))
        self._body.setWidget(form_place)
        self._body.verticalScrollBar().setValue(place)

    def _value_label(self, detail: Detail) -> QLabel:
        label = QLabel()
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        flags = Qt.TextInteractionFlag
        label.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        self._values[detail.name] = label
        self._say(detail)
        return label

    def _say(self, detail: Detail) -> None:
        label = self._values[detail.name]
        if label.text() != detail.words:
            label.setText(detail.words)
            label.setAccessibleName(f"{detail.name}: {detail.words}")

    def _offer_copies(self) -> None:
        self.digest_button.setEnabled(self.job.whole_file is not None)
        why = what_is_unsayable(self.job.spec, self.job.plan.table)
        self.command_button.setEnabled(why is None)
        words = self.tr("A line for a terminal that does the same.")
        self.command_button.setToolTip(words if why is None else unsayable_words(why))

    def _path(self) -> str:
        return self.job.spec.file()

    def _digest(self) -> str:
        return self.job.whole_file.sha256 if self.job.whole_file is not None else ""

    def _command(self) -> str:
        return shell_line(export_command(self.job.spec, self.job.plan.table))


def _names(details: Sequence[Detail]) -> list[str]:
    return [detail.name for detail in details]


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setBold(True)
    return bold


def _heading(title: str, *, is_first: bool) -> QLabel:
    label = QLabel(title)
    label.setFont(_bold(label.font()))
    label.setContentsMargins(0, 0 if is_first else 12, 0, 0)
    return label


def _name_label(name: str) -> QLabel:
    label = QLabel(name)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    return label

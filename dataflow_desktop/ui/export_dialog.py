"""Which rows and columns go into which file: asks, and emits an export spec."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.own_query import OwnQuery
from dataflow_desktop.domain.row_query import RowQuery
from dataflow_desktop.errors import Reason
from dataflow_desktop.ui.column_list import ColumnList
from dataflow_desktop.ui.error_texts import describe
from dataflow_desktop.ui.figures import rows_text, size_text
from dataflow_desktop.ui.filter_words import filters_in_words

DIALOG_WIDTH = 560

ESTIMATE_MS = 300
"""After the last key: nobody needs to know about each letter of a path."""

_NO_ESTIMATE = "…"

_ABOUT_COLUMNS = frozenset({"COLUMN_UNKNOWN", "COLUMN_TWICE"})
_ABOUT_FILE = frozenset(
    {
        "TARGET_EXISTS", "TARGET_TAKEN", "TARGET_NOT_A_FILE", "FOLDER_MISSING", "FOLDER_NOT_WRITABLE",
        "FILE_NAME_UNUSABLE", "DISK_FULL", "WRITE_FAILED",
    }
)  # fmt: skip


@dataclass(frozen=True)
class ExportOffer:
    """What the table shows now: `rows` is None while nobody has counted, `target` the path proposed.

    `columns` are those on the screen, in their order there; all of the query's when there are none.
    """

    source: str
    query: RowQuery
    rows: int | None
    target: Path
    columns: tuple[str, ...] = ()
    own_query: OwnQuery | None = None


class ExportDialog(QDialog):
    """Emits `export_requested` (ExportSpec), then waits for `show_failure` or, when it began, `accept`.

    `estimate_wished` carries the spec as it would be now; `show_space` answers it.
    """

    export_requested = Signal(object)
    estimate_wished = Signal(object)
    given_up = Signal()

    def __init__(self, offer: ExportOffer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offer = offer
        self.setWindowTitle(self.tr("Export to a file"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.columns = ColumnList(_shown_first(offer.columns, offer.query.columns))
        if offer.columns:
            self.columns.choose(offer.columns)
        self.columns.changed.connect(self._on_columns_changed)
        self.path_field = QLineEdit(str(offer.target))
        self.path_field.setAccessibleName(self.tr("File to write"))
        self.path_field.textEdited.connect(self._on_path_edited)
        self.choose_button = QPushButton(self.tr("C&hoose…"))
        self.choose_button.setAccessibleName(self.tr("Choose the file to write"))
        self.choose_button.clicked.connect(self._on_choose)
        self.replace_box = QCheckBox(self.tr("&Replace the file if it exists, once the export is whole"))
        self.replace_box.setAccessibleName(self.tr("Replace an existing file"))
        self.path_error, self.column_error, self.error = _ErrorLabel(), _ErrorLabel(), _ErrorLabel()
        self._waiting = QLabel()
        self.space_label = QLabel(_NO_ESTIMATE)
        self._is_space_asked = False
        self._estimating = QTimer(self, singleShot=True, interval=ESTIMATE_MS)
        self._estimating.timeout.connect(self.ask_estimate)
        self._make_buttons()
        self._lay_out()
        self.choose_button.setAutoDefault(False)
        self.export_button.setDefault(True)
        self._choose_name_part()

    def show_failure(self, reason: Reason | None) -> None:
        """Let the person go on; say what is wrong, if anything, beside the field it is about."""
        self._set_busy(is_busy=False)
        if reason is None:
            return
        text = describe(reason).whole
        if reason.code in _ABOUT_FILE:
            self.path_error.say(text)
            self.path_field.setFocus()
        elif reason.code in _ABOUT_COLUMNS:
            self.column_error.say(text)
        else:
            self.error.say(text)
        self._grow()

    @property
    def rows(self) -> int | None:
        """How many rows are offered, None while nobody has counted."""
        return self._offer.rows

    def ask_estimate(self) -> None:
        """Wish to know how much room the export would need, if it is known what to ask."""
        target = self._target()
        if target is not None and self.columns.chosen():
            self._is_space_asked = True
            self.estimate_wished.emit(self._spec(target))

    def show_space(self, needed: int, free: int, *, is_enough: bool) -> None:
        """Say about how many bytes are needed and how many are free, unless file or columns changed since."""
        if not self._is_space_asked:
            return
        text = self.tr("about {needed} needed, {free} free on that disk")
        text = text.format(needed=size_text(needed), free=size_text(free))
        if not is_enough:
            text = self.tr("{text}. The export would pause when the disk is nearly full.").format(text=text)
        self._say_space(text, is_enough=is_enough)
        self._grow()

    def reject(self) -> None:
        """Close without an export; one being prepared is given up."""
        self.given_up.emit()
        super().reject()

    def _make_buttons(self) -> None:
        self.buttons = QDialogButtonBox()
        self.export_button = self.buttons.addButton(
            self.tr("&Export"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.cancel_button = self.buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.export_button.setObjectName("primary")
        self.export_button.setAccessibleName(self.tr("Start the export"))
        self.cancel_button.setAccessibleName(self.tr("Close without exporting"))
        self.buttons.accepted.connect(self._on_export)
        self.buttons.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        path = QHBoxLayout()
        path.addWidget(self.path_field, 1)
        path.addWidget(self.choose_button)
        file_box = QVBoxLayout()
        file_box.setSpacing(6)
        file_box.addLayout(path)
        file_box.addWidget(self.path_error)
        file_box.addWidget(self.replace_box)
        column_box = QVBoxLayout()
        column_box.setSpacing(6)
        column_box.addWidget(self.columns)
        column_box.addWidget(self.column_error)
        form = QFormLayout()
        form.setSpacing(10)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("Rows"), self._rows_label())
        form.addRow(self._label(self.tr("&Columns"), self.columns.list), column_box)
        form.addRow(self._label(self.tr("&File"), self.path_field), file_box)
        form.addRow(self.tr("Format"), QLabel(self.tr("CSV, UTF-8, with a header line")))
        form.addRow(self.tr("Space"), self.space_label)
        self.space_label.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 14)
        layout.setSpacing(12)
        layout.addLayout(form)
        layout.addWidget(self.error)
        layout.addWidget(self._waiting)
        layout.addWidget(self.buttons)
        self._waiting.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._waiting.hide()
        self.setMinimumWidth(DIALOG_WIDTH)

    def _label(self, text: str, buddy: QWidget) -> QLabel:
        label = QLabel(text)
        label.setBuddy(buddy)
        return label

    def _rows_label(self) -> QLabel:
        query, rows = self._offer.query, self._offer.rows
        filters = filters_in_words(query)
        if rows is None:
            count = self.tr("All rows that match") if filters else self.tr("All rows")
        else:
            count = rows_text(rows)
        words = self.tr("{count} of {table}")
        if query.rows is not None:
            words = self.tr("{count} selected of {table}")
        table = words.format(count=count, table=query.table)
        label = QLabel(f"{table}\n{self.tr('where {filters}').format(filters=filters)}" if filters else table)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        font = QFont(label.font())
        font.setBold(True)
        label.setFont(font)
        return label

    def _choose_name_part(self) -> None:
        text = self.path_field.text()
        stem = self._offer.target.stem
        self.path_field.setFocus()
        self.path_field.setSelection(len(text) - len(self._offer.target.name), len(stem))

    def _on_choose(self) -> None:
        # The question whether to replace a file is asked in one place only, here in the dialog.
        chooser = QFileDialog(self, self.tr("Export to"), self.path_field.text())
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setOption(QFileDialog.Option.DontConfirmOverwrite)
        chooser.setNameFilters([self.tr("CSV files (*.csv)"), self.tr("All files (*)")])
        chooser.setDefaultSuffix("csv")
        chooser.selectFile(self.path_field.text())
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.fileSelected.connect(self._on_chosen)
        chooser.open()

    def _on_chosen(self, path: str) -> None:
        self.path_field.setText(str(Path(path)))
        self._on_path_edited()

    def _on_path_edited(self) -> None:
        self.path_error.say("")
        self.replace_box.setChecked(False)
        self._estimate_anew()

    def _on_columns_changed(self) -> None:
        self.column_error.say("")
        self._estimate_anew()

    def _estimate_anew(self) -> None:
        # What it said is about another file or other columns.
        self._is_space_asked = False
        self._say_space(_NO_ESTIMATE, is_enough=True)
        self._estimating.start()

    def _say_space(self, text: str, *, is_enough: bool) -> None:
        self.space_label.setText(text)
        self.space_label.setObjectName("" if is_enough else "field_error")
        self.space_label.style().polish(self.space_label)

    def _on_export(self) -> None:
        for label in (self.path_error, self.column_error, self.error):
            label.say("")
        target = self._target()
        if not self.columns.chosen():
            self.column_error.say(self.tr("Choose at least one column."))
            self._grow()
        elif target is None:
            self.path_error.say(self.tr("Say which file to write, with its folder, or press “Choose…”."))
            self.path_field.setFocus()
            self._grow()
        else:
            self.path_field.setText(str(target))
            self._set_busy(is_busy=True)
            self.export_requested.emit(self._spec(target))

    def _target(self) -> Path | None:
        text = self.path_field.text().strip()
        if not text or text.endswith(("/", "\\")):
            return None
        return _with_suffix(self._offer.target.parent / Path(text).expanduser())

    def _spec(self, target: Path) -> ExportSpec:
        return ExportSpec(
            source=self._offer.source,
            query=replace(self._offer.query, columns=self.columns.chosen()),
            target=str(target),
            is_overwrite_allowed=self.replace_box.isChecked(),
            own_query=self._offer.own_query,
        )

    def _grow(self) -> None:
        # A dialog does not make room by itself for a wrapped text that appears.
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))

    def _set_busy(self, *, is_busy: bool) -> None:
        self._waiting.setText(self.tr("Counting the rows…"))
        self._waiting.setVisible(is_busy)
        for widget in (
            self.columns,
            self.path_field,
            self.choose_button,
            self.replace_box,
            self.export_button,
        ):
            widget.setEnabled(not is_busy)


def _with_suffix(path: Path) -> Path:
    """Return `path` with .csv when it has no suffix; a folder stays as it is, to be refused as one."""
    stem = path.name.rstrip(".")
    return path if path.suffix or not stem or path.is_dir() else path.with_name(f"{stem}.csv")


class _ErrorLabel(QLabel):
    """What is wrong with the field above it; takes no room while nothing is."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("field_error")
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.hide()

    def say(self, text: str) -> None:
        self.setText(text)
        self.setVisible(bool(text))


def _shown_first(shown: Sequence[str], all_columns: Sequence[str]) -> list[str]:
    """Return all columns, those on the screen first and in their order there."""
    return [*shown, *(name for name in all_columns if name not in set(shown))]

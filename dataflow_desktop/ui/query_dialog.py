"""Writing a SELECT of one's own: while it is written, its parameters, columns and mistakes are shown."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontDatabase, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from dataflow_desktop.domain.own_query import OwnQuery
from dataflow_desktop.errors import Reason
from dataflow_desktop.ui.error_texts import describe
from dataflow_desktop.ui.figures import number
from dataflow_desktop.ui.result_line import ResultLine

DIALOG_SIZE = (720, 620)
STATEMENT_LINES = 8
KEY_LINES = 5
LINE_PADDING = 6
LOOK_MS = 400
"""How long nobody types before the database is asked about the statement."""


class QueryDialog(QDialog):
    """`look_wished` carries the OwnQuery as it is so far; `show_look` answers it.

    `save_wished` carries the OwnQuery to save, which `accept` or `show_failure` answers; `stop_wished` that
    nobody waits for an answer any more.
    """

    look_wished = Signal(object)
    save_wished = Signal(object)
    stop_wished = Signal()

    def __init__(self, query: OwnQuery | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_saving = False
        self._begun = query or OwnQuery("", "")
        self._values = dict(self._begun.parameters)
        self.value_fields: dict[str, QLineEdit] = {}
        self.setWindowTitle(self.tr("Change a query") if query else self.tr("New query"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._make_fields()
        self._make_buttons()
        self._lay_out()
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.setInterval(LOOK_MS)
        self._looking.timeout.connect(self._look)
        self._show(self._begun)
        self.statement_field.textChanged.connect(self._on_changed)
        self.resize(*DIALOG_SIZE)

    def _make_fields(self) -> None:
        self.name_field = QLineEdit()
        self.name_field.setAccessibleName(self.tr("Name of the query"))
        self.name_field.setPlaceholderText(self.tr("What it is called among the tables"))
        self.statement_field = QPlainTextEdit()
        self.statement_field.setAccessibleName(self.tr("SELECT statement"))
        self.statement_field.setPlaceholderText(
            self.tr("SELECT … FROM … WHERE price > :least\n\nWrite :name for a value to be filled in below.")
        )
        self.statement_field.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.statement_field.setTabChangesFocus(True)
        self.statement_field.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        lines = STATEMENT_LINES * self.statement_field.fontMetrics().lineSpacing()
        self.statement_field.setMinimumHeight(lines)
        self.key_list = QListWidget()
        self.key_list.setAccessibleName(self.tr("Columns of the key"))
        self.key_list.setMinimumHeight(KEY_LINES * self.key_list.fontMetrics().lineSpacing())
        self.result_line = ResultLine()

    def _make_buttons(self) -> None:
        role = QDialogButtonBox.ButtonRole
        self.buttons = QDialogButtonBox()
        self.cancel_button = self.buttons.addButton(self.tr("Cancel"), role.RejectRole)
        self.cancel_button.setAccessibleName(self.tr("Close without saving"))
        self.save_button = self.buttons.addButton(self.tr("&Save and show"), role.AcceptRole)
        self.save_button.setObjectName("primary")
        self.save_button.setAccessibleName(self.tr("Save the query and show its rows"))
        self.save_button.setDefault(True)
        self.buttons.accepted.connect(self._on_save)
        self.buttons.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        self._values_part = QWidget()
        self._values_form = QFormLayout(self._values_part)
        self._values_form.setContentsMargins(0, 0, 0, 0)
        self._key_part = QWidget()
        key = QVBoxLayout(self._key_part)
        key.setContentsMargins(0, 0, 0, 0)
        key.setSpacing(6)
        key.addWidget(_label(self.tr("&Key: columns that tell the rows apart"), self.key_list))
        key.addWidget(self.key_list, 1)
        hint = QLabel(
            self.tr("With a key, an export can be resumed, and every row is reached at once. None is needed.")
        )
        hint.setWordWrap(True)
        hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        key.addWidget(hint)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(_label(self.tr("&Name"), self.name_field))
        layout.addWidget(self.name_field)
        layout.addWidget(_label(self.tr("S&ELECT statement"), self.statement_field))
        layout.addWidget(self.statement_field, 2)
        layout.addWidget(self._values_part)
        layout.addWidget(self._key_part, 1)
        layout.addWidget(self.result_line)
        layout.addWidget(self.buttons)

    @property
    def query(self) -> OwnQuery:
        """The query as it is so far."""
        return OwnQuery(
            self.name_field.text().strip(),
            self.statement_field.toPlainText(),
            self._chosen_key(),
            tuple((name, field.text()) for name, field in self.value_fields.items()),
        )

    @property
    def begun(self) -> OwnQuery | None:
        """The query that is being changed; None when it is a new one."""
        return self._begun if self._begun.name else None

    def show_look(self, parameters: Sequence[str], columns: Sequence[str], problem: Reason | None) -> None:
        """Show what the statement is so far, or what is wrong with it."""
        if self._is_saving:
            return
        self._show_parameters(parameters)
        if problem is not None:
            self.result_line.say_failed(describe(problem).message)
            return
        self._show_columns(columns)
        words = self.tr("{count} column(s): {names}", "", len(columns))
        self.result_line.say_done(words.format(count=number(len(columns)), names=", ".join(columns)))

    def show_failure(self, reason: Reason) -> None:
        """Say why the query was not saved."""
        self._set_saving(is_saving=False)
        self.result_line.say_failed(describe(reason).whole)

    def reject(self) -> None:
        """Close; what is being looked for is not waited for."""
        self._looking.stop()
        self.stop_wished.emit()
        super().reject()

    def _show(self, query: OwnQuery) -> None:
        self.name_field.setText(query.name)
        self.statement_field.setPlainText(query.statement)
        self._show_parameters([name for name, _ in query.parameters])
        self._show_columns(query.key)
        for row in range(self.key_list.count()):
            self.key_list.item(row).setCheckState(Qt.CheckState.Checked)
        if query.statement:
            self._looking.start(0)

    def _show_parameters(self, names: Sequence[str]) -> None:
        if list(names) == list(self.value_fields):
            return
        self._values.update({name: field.text() for name, field in self.value_fields.items()})
        while self._values_form.rowCount():
            self._values_form.removeRow(0)
        self.value_fields = {}
        for name in names:
            field = QLineEdit(self._values.get(name, ""))
            field.setAccessibleName(self.tr("Value of {name}").format(name=name))
            self.value_fields[name] = field
            self._values_form.addRow(f":{name}", field)
        self._values_part.setVisible(bool(names))

    def _show_columns(self, names: Sequence[str]) -> None:
        chosen = self._chosen_key()
        if list(names) != [self.key_list.item(row).text() for row in range(self.key_list.count())]:
            self.key_list.clear()
            for name in names:
                item = QListWidgetItem(name, self.key_list)
                item.setSizeHint(QSize(0, self.key_list.fontMetrics().height() + LINE_PADDING))
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable)
                is_chosen = name in chosen
                item.setCheckState(Qt.CheckState.Checked if is_chosen else Qt.CheckState.Unchecked)
        self._key_part.setVisible(bool(names))

    def _chosen_key(self) -> tuple[str, ...]:
        items = (self.key_list.item(row) for row in range(self.key_list.count()))
        return tuple(item.text() for item in items if item.checkState() is Qt.CheckState.Checked)

    def _on_changed(self) -> None:
        self.result_line.clear()
        self._looking.start(LOOK_MS)

    def _look(self) -> None:
        if self.statement_field.toPlainText().strip():
            self.look_wished.emit(self.query)

    def _on_save(self) -> None:
        query = self.query
        if not query.name:
            self.result_line.say_failed(self.tr("Give the query a name: it stands among the tables by it."))
            self.name_field.setFocus()
            return
        self._looking.stop()
        self._set_saving(is_saving=True)
        words = self.tr("Looking whether the key tells all rows apart…") if query.key else self.tr("Saving…")
        self.result_line.say_running(words)
        self.save_wished.emit(query)

    def _set_saving(self, *, is_saving: bool) -> None:
        self._is_saving = is_saving
        for widget in (
            self.name_field, self.statement_field, self._values_part, self.key_list, self.save_button
        ):  # fmt: skip
            widget.setEnabled(not is_saving)


def _label(text: str, buddy: QWidget) -> QLabel:
    label = QLabel(text)
    label.setBuddy(buddy)
    return label

"""Connecting to a server: saved connections, the fields of one, and a test that says in place how it went."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from dataflow_desktop.domain.saved_connection import SavedConnection, ServerLogin
from dataflow_desktop.domain.server_address import ServerAddress
from dataflow_desktop.domain.source_address import holds_secret
from dataflow_desktop.errors import Reason
from dataflow_desktop.ui.error_texts import describe
from dataflow_desktop.ui.figures import number, plural
from dataflow_desktop.ui.keep_password_box import not_kept_words
from dataflow_desktop.ui.question import make_question
from dataflow_desktop.ui.result_line import ResultLine
from dataflow_desktop.ui.server_form import ServerForm

LIST_WIDTH = 200
FORM_WIDTH = 560
LINE_PADDING = 6

_ABOUT_PASSWORD = frozenset({"PASSWORD_NEEDED", "LOGIN_REFUSED"})


@dataclass(frozen=True)
class SaveChoice:
    """What to save, and the password typed for it."""

    connection: SavedConnection
    password: str | None = field(repr=False)


class ConnectDialog(QDialog):
    """`connect_wished` and `test_wished` carry a ServerLogin, `save_wished` a SaveChoice.

    `delete_wished` carries a SavedConnection. A test is answered by `show_test_done` or `show_failure`,
    unless `test_given_up` came first.
    """

    connect_wished = Signal(object)
    test_wished = Signal(object)
    test_given_up = Signal()
    save_wished = Signal(object)
    delete_wished = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._connections: tuple[SavedConnection, ...] = ()
        self._is_testing = False
        self.setWindowTitle(self.tr("Connect to a server"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.form = ServerForm()
        self.name_field = QLineEdit()
        self.name_field.setAccessibleName(self.tr("Name to save the connection under"))
        self.result_line = ResultLine()
        self._make_list()
        self._make_buttons()
        self._lay_out()
        self.form.changed.connect(self._on_changed)
        self._on_new()

    def _make_list(self) -> None:
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Saved connections"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(self._on_chosen)
        self.list.itemDoubleClicked.connect(self._on_connect)
        self.none_label = QLabel(self.tr("None yet. Give a connection a name and save it."))
        self.none_label.setWordWrap(True)
        self.none_label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.new_button = QPushButton(self.tr("Ne&w"))
        self.new_button.setAccessibleName(self.tr("Begin a new connection"))
        self.new_button.clicked.connect(self._on_new)
        self.delete_button = QPushButton(self.tr("&Delete…"))
        self.delete_button.setAccessibleName(self.tr("Delete the saved connection"))
        self.delete_button.clicked.connect(self._on_delete)
        for button in (self.new_button, self.delete_button):
            button.setAutoDefault(False)

    def _make_buttons(self) -> None:
        role = QDialogButtonBox.ButtonRole
        self.buttons = QDialogButtonBox()
        self.test_button = self.buttons.addButton(self.tr("&Test"), role.ActionRole)
        self.save_button = self.buttons.addButton(self.tr("&Save"), role.ActionRole)
        self.cancel_button = self.buttons.addButton(self.tr("Cancel"), role.RejectRole)
        self.connect_button = self.buttons.addButton(self.tr("&Connect"), role.AcceptRole)
        self.connect_button.setObjectName("primary")
        self.test_button.setAccessibleName(self.tr("Test the connection"))
        self.save_button.setAccessibleName(self.tr("Save the connection"))
        self.cancel_button.setAccessibleName(self.tr("Close without connecting"))
        self.connect_button.setAccessibleName(self.tr("Connect to this server"))
        for button in (self.test_button, self.save_button):
            button.setAutoDefault(False)
        self.connect_button.setDefault(True)
        self.test_button.clicked.connect(self._on_test)
        self.save_button.clicked.connect(self._on_save)
        self.buttons.accepted.connect(self._on_connect)
        self.buttons.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        saved = QVBoxLayout()
        saved.setSpacing(6)
        label = QLabel(self.tr("Sa&ved connections"))
        label.setBuddy(self.list)
        saved.addWidget(label)
        saved.addWidget(self.none_label)
        saved.addWidget(self.list, 1)
        below = QHBoxLayout()
        below.addWidget(self.new_button)
        below.addWidget(self.delete_button)
        saved.addLayout(below)
        self.list.setFixedWidth(LIST_WIDTH)
        self.none_label.setFixedWidth(LIST_WIDTH)
        self.form.add_row(self.tr("&Name"), self.name_field)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self.form)
        right.addStretch(1)
        right.addWidget(self.result_line)
        both = QHBoxLayout()
        both.setSpacing(16)
        both.addLayout(saved)
        both.addWidget(_line())
        both.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addLayout(both, 1)
        layout.addWidget(self.buttons)
        self.setMinimumWidth(LIST_WIDTH + FORM_WIDTH)

    @property
    def is_testing(self) -> bool:
        """Whether a test is under way."""
        return self._is_testing

    def show_connections(self, connections: Sequence[SavedConnection]) -> None:
        """List the saved connections; the one that was chosen stays so."""
        chosen = self.name_field.text().strip()
        self._connections = tuple(connections)
        self.list.blockSignals(True)
        self.list.clear()
        line = QSize(0, self.list.fontMetrics().height() + LINE_PADDING)
        for connection in connections:
            item = QListWidgetItem(connection.name, self.list)
            item.setToolTip(f"{connection.name}\n{connection.address}")
            item.setSizeHint(line)
        names = [connection.name for connection in connections]
        self.list.setCurrentRow(names.index(chosen) if chosen in names else -1)
        self.list.blockSignals(False)
        self.none_label.setVisible(not connections)
        self._follow()

    def show_keyring(self, *, is_there: bool) -> None:
        """Offer to keep passwords, or say why not."""
        self.form.keep_box.show_keyring(is_there=is_there)
        self._follow_keyring()
        self._grow()

    def show_test_done(self, tables: int) -> None:
        """Say that the server answers."""
        self._end_test()
        text = self.tr(
            "It works: {place} answers and has {count} (table or view|tables and views).", "", plural(tables)
        )
        self.result_line.say_done(text.format(place=self.form.place, count=number(tables)))
        self._grow()

    def show_failure(self, reason: Reason) -> None:
        """Say what went wrong and what to do."""
        self._end_test()
        self.result_line.say_failed(describe(reason).whole)
        if reason.code in _ABOUT_PASSWORD:
            self.form.password_field.setFocus()
            self.form.password_field.selectAll()
        self._grow()

    def show_saved(self, name: str) -> None:
        """Say that a connection was saved."""
        self.result_line.say_done(self.tr("Saved as {name}.").format(name=name))

    def show_not_kept(self) -> None:
        """Say that the keyring did not take the password."""
        self.result_line.say_failed(not_kept_words())
        self._grow()

    def reject(self) -> None:
        """Close; a test under way is given up."""
        self._give_up_test()
        super().reject()

    def _login(self) -> ServerLogin | None:
        """Return what is filled in; None, and say why, while it is no server."""
        address = self.form.address
        if address is None:
            self.form.ask_address()
            return None
        return ServerLogin(address, self.form.password_field.password, self.form.keep_box.is_kept)

    def _on_connect(self) -> None:
        login = self._login()
        if login is not None:
            self._give_up_test()
            self.connect_wished.emit(login)
            self.accept()

    def _on_test(self) -> None:
        if self._is_testing:
            self._give_up_test()
            self.result_line.say_running(self.tr("The test was stopped."))
            return
        login = self._login()
        if login is not None:
            self._is_testing = True
            self.test_button.setText(self.tr("S&top the test"))
            self.test_button.setAccessibleName(self.tr("Stop the test"))
            self.result_line.say_running(self.tr("Asking {place}…").format(place=self.form.place))
            self.test_wished.emit(login)

    def _end_test(self) -> None:
        self._is_testing = False
        self.test_button.setText(self.tr("&Test"))
        self.test_button.setAccessibleName(self.tr("Test the connection"))

    def _give_up_test(self) -> None:
        if self._is_testing:
            self._end_test()
            self.test_given_up.emit()

    def _on_save(self) -> None:
        login, name = self._login(), self.name_field.text().strip()
        if login is None:
            return
        problem = self._problem_with(name, login.address)
        if problem:
            self.result_line.say_failed(problem)
            self._grow()
            return
        connection = SavedConnection(name, login.address, login.keeps_password)
        self.save_wished.emit(SaveChoice(connection, login.password))

    def _problem_with(self, name: str, address: str) -> str:
        if not name:
            self.name_field.setFocus()
            return self.tr("Give the connection a name to save it.")
        chosen = self._chosen
        if any(name == other.name for other in self._connections if other != chosen):
            self.name_field.setFocus()
            return self.tr("Another connection has this name. Choose it to change it, or give a new name.")
        if holds_secret(address):
            self.form.ask_address()
            return self.tr(
                "An option of this URL is a secret, which would be saved in plain text. Take it out."
            )
        return ""

    @property
    def _chosen(self) -> SavedConnection | None:
        row = self.list.currentRow()
        return self._connections[row] if 0 <= row < len(self._connections) else None

    def _on_chosen(self) -> None:
        chosen = self._chosen
        self._follow()
        if chosen is None:
            return
        self._give_up_test()
        self.result_line.clear()
        self.form.show_url(chosen.address)
        self.form.keep_box.choose(is_kept=chosen.keeps_password)
        self._follow_keyring()
        self.name_field.setText(chosen.name)
        self._grow()

    def _on_new(self) -> None:
        self._give_up_test()
        self.list.setCurrentRow(-1)
        self.form.show_address(ServerAddress())
        self.form.keep_box.choose(is_kept=False)
        self._follow_keyring()
        self.name_field.clear()
        self.result_line.clear()
        self._follow()
        self.form.host_field.setFocus()

    def _on_delete(self) -> None:
        chosen = self._chosen
        if chosen is None:
            return
        box, yes = make_question(
            self,
            self.tr("Delete a saved connection"),
            self.tr("Delete the saved connection {name}?").format(name=chosen.name),
            self.tr("Its password leaves the keyring, too. Nothing on the server is touched."),
            self.tr("&Delete"),
        )
        yes.clicked.connect(lambda: self.delete_wished.emit(chosen))
        box.open()

    def _on_changed(self) -> None:
        self._give_up_test()
        self.result_line.clear()
        self._grow()

    def _follow(self) -> None:
        self.delete_button.setEnabled(self._chosen is not None)

    def _follow_keyring(self) -> None:
        chosen = self._chosen
        is_known = chosen is not None and chosen.keeps_password and self.form.keep_box.is_kept
        self.form.password_field.setPlaceholderText(self.tr("as kept in the keyring") if is_known else "")

    def _grow(self) -> None:
        # A dialog does not make room by itself for a wrapped text that appears.
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))


def _line() -> QFrame:
    line = QFrame()
    line.setFrameShape(QFrame.Shape.VLine)
    line.setForegroundRole(QPalette.ColorRole.Mid)
    line.setFrameShadow(QFrame.Shadow.Plain)
    return line

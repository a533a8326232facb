"""The fields of a server's address and its URL, which always say the same."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from dataflow_desktop.domain.server_address import (
    DEFAULT_PORTS,
    Encryption,
    ServerAddress,
    ServerKind,
    is_other_database,
    parse_server_address,
)
from dataflow_desktop.domain.source_address import name_of
from dataflow_desktop.passwords import without_password
from dataflow_desktop.ui.keep_password_box import KeepPasswordBox
from dataflow_desktop.ui.number_field import align_text
from dataflow_desktop.ui.password_field import PasswordField

DEFAULT_HOST = "localhost"
PORT_WIDTH = 90
SECONDS_WIDTH = 90
LONGEST_CONNECT_SECONDS = 600
LONGEST_RETRY_SECONDS = 86_400

OTHER = "other"
"""The kind of databases that are only known by their URL."""


class ServerForm(QWidget):
    """`changed` when a person changed anything; `address` is None while the URL is no database's.

    Of databases without parts of their own there is only the URL.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._other: tuple[tuple[str, str], ...] = ()
        self._is_url_understood = True
        self._is_filling = False
        self.kind_choice = _choice(self.tr("Kind of server"), kind_words())
        self.host_field = _field(self.tr("Host"), DEFAULT_HOST)
        self.port_field = _field(self.tr("Port"))
        self.port_field.setValidator(QIntValidator(1, 65_535, self.port_field))
        self.port_field.setMaximumWidth(PORT_WIDTH)
        self.database_field = _field(self.tr("Database"))
        self.user_field = _field(self.tr("User"))
        self.password_field = PasswordField(self.tr("Password"))
        self.keep_box = KeepPasswordBox()
        self.encryption_choice = _choice(self.tr("Encryption"), encryption_words())
        self.ca_field = _field(self.tr("File of certificates"), self.tr("the system's certificates"))
        self.ca_button = QPushButton(self.tr("Ch&oose…"))
        self.ca_button.setAccessibleName(self.tr("Choose the file of certificates"))
        self.ca_button.setAutoDefault(False)
        self.connect_seconds = _seconds(self.tr("Longest time to connect"), 1, LONGEST_CONNECT_SECONDS)
        self.retry_seconds = _seconds(self.tr("Longest wait for a lost server"), 0, LONGEST_RETRY_SECONDS)
        self.url_field = _field(self.tr("Address as a URL"))
        self.url_error = QLabel()
        self._form = QFormLayout(self)
        self._lay_out()
        self._join()
        self.show_address(ServerAddress())

    def _lay_out(self) -> None:
        form = self._form
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("&Kind"), self.kind_choice)
        host_row = _row(self.host_field, _label(self.tr("&Port"), self.port_field), self.port_field)
        form.addRow(_label(self.tr("&Host"), self.host_field), host_row)
        self._rows_of_parts: list[QWidget] = [
            host_row, self.database_field, self.user_field, self.encryption_choice
        ]  # fmt: skip
        form.addRow(self.tr("Data&base"), self.database_field)
        form.addRow(self.tr("&User"), self.user_field)
        form.addRow(self.tr("&Encryption"), self.encryption_choice)
        self._ca_row = _row(self.ca_field, self.ca_button)
        form.addRow(_label(self.tr("CA &file"), self.ca_field), self._ca_row)
        give_up = _label(self.tr("&Give up waiting after"), self.retry_seconds)
        give_up.setToolTip(self.tr("How long a lost server is tried again before an export pauses"))
        times = _row(self.connect_seconds, None, give_up, self.retry_seconds)
        form.addRow(_label(self.tr("Connect with&in"), self.connect_seconds), times)
        self._rows_of_parts.append(times)
        form.addRow(self.tr("UR&L"), self.url_field)
        form.addRow("", self.url_error)
        form.addRow(self.tr("P&assword"), self.password_field)
        form.addRow("", self.keep_box)
        self.url_error.setObjectName("field_error")
        self.url_error.setWordWrap(True)
        self._follow()

    def _join(self) -> None:
        for field in (
            self.host_field, self.port_field, self.database_field, self.user_field, self.ca_field
        ):  # fmt: skip
            field.textEdited.connect(self._on_part_changed)
        for choice in (self.kind_choice, self.encryption_choice):
            choice.currentIndexChanged.connect(self._on_part_changed)
        for seconds in (self.connect_seconds, self.retry_seconds):
            seconds.valueChanged.connect(self._on_part_changed)
        self.password_field.textEdited.connect(self.changed)
        self.keep_box.box.clicked.connect(self.changed)
        self.url_field.textEdited.connect(self._on_url_edited)
        self.url_field.editingFinished.connect(self._on_url_left)
        self.ca_button.clicked.connect(self._on_choose)

    @property
    def address(self) -> str | None:
        """The address as a URL without its password."""
        if not self._is_url_understood:
            return None
        return self.url_field.text().strip() if self._is_other else self._parts().url

    @property
    def place(self) -> str:
        """Database and host, for a name or a message."""
        if self._is_other:
            return name_of(self.url_field.text().strip())
        parts = self._parts()
        words = self.tr("{database} on {host}") if parts.database else "{host}"
        return words.format(database=parts.database, host=parts.host)

    def add_row(self, text: str, field: QWidget) -> None:
        """Add a field that is no part of the address."""
        self._form.addRow(text, field)

    def show_address(self, parts: ServerAddress) -> None:
        """Fill in another server; its password is asked for anew."""
        self._fill(parts)
        self._set_url(parts.url if parts.host else self._parts().url)
        self.password_field.clear()

    def show_url(self, url: str) -> None:
        """Fill in the server of this URL, which may be none."""
        parts = parse_server_address(url)
        if parts is not None:
            self.show_address(parts)
        else:
            self.password_field.clear()
            self._set_url(url)
            self._take_other(url)

    def ask_address(self) -> None:
        """Lead the person to the URL, which is no server's."""
        self.url_field.setFocus()
        self.url_field.selectAll()

    @property
    def _is_other(self) -> bool:
        return bool(self.kind_choice.currentData() == OTHER)

    def _parts(self) -> ServerAddress:
        port = self.port_field.text()
        return ServerAddress(
            kind=ServerKind(self.kind_choice.currentData()),
            host=self.host_field.text().strip() or DEFAULT_HOST,
            port=int(port) if port else None,
            database=self.database_field.text().strip(),
            user=self.user_field.text().strip(),
            encryption=Encryption(self.encryption_choice.currentData()),
            ca_file=self.ca_field.text().strip(),
            connect_seconds=self.connect_seconds.value(),
            retry_seconds=self.retry_seconds.value(),
            other=self._other,
        )

    def _fill(self, parts: ServerAddress) -> None:
        self._is_filling = True
        self._other = parts.other
        self.kind_choice.setCurrentIndex(self.kind_choice.findData(str(parts.kind)))
        self.host_field.setText(parts.host)
        self.port_field.setText("" if parts.port is None else str(parts.port))
        self.database_field.setText(parts.database)
        self.user_field.setText(parts.user)
        self.encryption_choice.setCurrentIndex(self.encryption_choice.findData(str(parts.encryption)))
        self.ca_field.setText(parts.ca_file)
        self.connect_seconds.setValue(parts.connect_seconds)
        self.retry_seconds.setValue(parts.retry_seconds)
        self._is_filling = False
        self._understand(is_understood=True)
        self._follow()

    def _take_other(self, url: str) -> None:
        """Take a URL that has no parts; it may be no database's at all."""
        is_other = is_other_database(url)
        if is_other:
            self._is_filling = True
            self.kind_choice.setCurrentIndex(self.kind_choice.findData(OTHER))
            self._is_filling = False
            self._follow()
        self._understand(is_understood=is_other)

    def _follow(self) -> None:
        is_other = self._is_other
        for row in self._rows_of_parts:
            self._form.setRowVisible(row, not is_other)
        is_verified = self.encryption_choice.currentData() == str(Encryption.VERIFIED)
        self._form.setRowVisible(self._ca_row, is_verified and not is_other)
        if is_other:
            example = "oracle+oracledb://user@host:1521/database"
            self.url_error.setText(self.tr("No URL of a database, such as {url}.").format(url=example))
            self.url_field.setPlaceholderText(example)
            return
        self.port_field.setPlaceholderText(str(DEFAULT_PORTS[ServerKind(self.kind_choice.currentData())]))
        self.url_field.setPlaceholderText("")
        self.url_error.setText(
            self.tr("No address of a database server, such as postgresql://user@host:5432/database.")
        )

    def _understand(self, *, is_understood: bool) -> None:
        self._is_url_understood = is_understood
        self._form.setRowVisible(self.url_error, not is_understood)

    def _set_url(self, url: str) -> None:
        self.url_field.setText(url)
        self.url_field.setCursorPosition(0)

    def _on_part_changed(self) -> None:
        if self._is_filling:
            return
        self._follow()
        if self._is_other:
            url = self.url_field.text()
            self._set_url(url if is_other_database(url) else "")
            self._understand(is_understood=is_other_database(url))
            self.url_error.setVisible(False)  # nobody has typed one yet
        else:
            self._understand(is_understood=True)
            self._set_url(self._parts().url)
        self.changed.emit()

    def _on_url_edited(self, text: str) -> None:
        url, password = without_password(text)
        if password is not None:
            self.password_field.setText(password)
            self.url_field.setText(url)  # which forgets what could be undone, too
        parts = parse_server_address(url)
        if parts is not None:
            self._fill(parts)
        else:
            self._take_other(url)
        self.changed.emit()

    def _on_url_left(self) -> None:
        if self._is_url_understood and not self._is_other:
            self._set_url(self._parts().url)

    def _on_choose(self) -> None:
        chooser = QFileDialog(self, self.tr("Choose the file of certificates"))
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.setNameFilters([self.tr("Certificates (*.pem *.crt *.cer)"), self.tr("All files (*)")])
        chooser.fileSelected.connect(self._on_ca_chosen)
        chooser.open()

    def _on_ca_chosen(self, path: str) -> None:
        self.ca_field.setText(path)
        self._on_part_changed()


def kind_words() -> dict[str, str]:
    """Return the name of each kind of server."""
    return {
        str(ServerKind.POSTGRESQL): "PostgreSQL",
        str(ServerKind.MYSQL): _tr("MySQL or MariaDB"),
        OTHER: _tr("Another database, by its URL"),
    }


def encryption_words() -> dict[str, str]:
    """Return what each wish for TLS is called."""
    return {
        str(Encryption.AUTOMATIC): _tr("Automatic: TLS where the server offers it"),
        str(Encryption.REQUIRED): _tr("Required: never without TLS"),
        str(Encryption.VERIFIED): _tr("Verified: TLS, and the server proves who it is"),
    }


def _choice(name: str, words: dict[str, str]) -> QComboBox:
    choice = QComboBox()
    choice.setAccessibleName(name)
    for data, text in words.items():
        choice.addItem(text, data)
    return choice


def _field(name: str, placeholder: str = "") -> QLineEdit:
    field = QLineEdit()
    field.setAccessibleName(name)
    field.setPlaceholderText(placeholder)
    return field


def _seconds(name: str, smallest: int, largest: int) -> QSpinBox:
    seconds = QSpinBox()
    seconds.setAccessibleName(name)
    seconds.setRange(smallest, largest)
    seconds.setSuffix(_tr(" s"))
    seconds.setFixedWidth(SECONDS_WIDTH)
    align_text(seconds)
    return seconds


def _label(text: str, buddy: QWidget) -> QLabel:
    label = QLabel(text)
    label.setBuddy(buddy)
    return label


def _row(*widgets: QWidget | None) -> QWidget:
    """Return widgets beside each other; None is room."""
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    for widget in widgets:
        if widget is None:
            layout.addStretch(1)
        else:
            layout.addWidget(widget, 1 if isinstance(widget, QLineEdit) else 0)
    return row


def _tr(text: str) -> str:
    return QCoreApplication.translate("ServerForm", text)

"""Connecting to servers and opening what was opened before: dialog, keyring, recent list, dropped files."""

import shutil
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import keyring
import pytest
from keyring.backends import fail
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from dataflow_desktop import locations, passwords
from dataflow_desktop.app.program import Program
from dataflow_desktop.domain.saved_connection import SavedConnection, ServerLogin
from dataflow_desktop.domain.server_address import Encryption, ServerKind
from dataflow_desktop.errors import ConfigurationError, Reason, ReasonCode, SourceError
from dataflow_desktop.records.connections import ConnectionStore
from dataflow_desktop.source.connection import Source
from dataflow_desktop.source.opening import open_source
from dataflow_desktop.ui.connect_dialog import ConnectDialog, SaveChoice
from dataflow_desktop.ui.password_dialog import PasswordDialog
from dataflow_desktop.workers import held_source
from tests.gui.conftest import SMALL_ROWS, StartProgram
from tests.gui.driving import close, dialog_of, wait_for_rows, wait_until
from tests.gui.every_window import controls_of
from tests.unit.keyrings import MemoryKeyring

SECONDS = "connect_timeout=10&retry_seconds=30"
SERVER = f"postgresql://ada@db.example.com/shop?{SECONDS}"
SHOP = SavedConnection("Shop", SERVER, keeps_password=True)
PASSWORD = "s3cret"


@pytest.fixture(autouse=True)
def memory(monkeypatch: pytest.MonkeyPatch) -> Iterator[MemoryKeyring]:
    """A keyring of this test's own."""
    monkeypatch.setattr(passwords, "_session", {})
    former = keyring.get_keyring()
    backend = MemoryKeyring()
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(former)


@pytest.fixture
def dialog(qtbot: QtBot) -> ConnectDialog:
    """The dialog alone, with one saved connection and a keyring."""
    dialog = ConnectDialog()
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.show_connections([SHOP])
    dialog.show_keyring(is_there=True)
    dialog.show()
    return dialog


class Door:
    """Stands before the catalogue as a server would: asks for a password, or keeps one waiting."""

    def __init__(self, catalogue: Path) -> None:
        self._catalogue = catalogue
        self.is_open = threading.Event()
        self.is_open.set()
        self.asked: list[str] = []

    def open(self, address: str) -> Source:
        if "://" not in address:
            return open_source(address)
        self.asked.append(address)
        self.is_open.wait(20)
        password = passwords.password_for(address)
        if password is None:
            raise SourceError(ReasonCode.PASSWORD_NEEDED, source=address)
        if password != PASSWORD:
            raise SourceError(ReasonCode.LOGIN_REFUSED, source=address, reason="wrong password")
        source = open_source(str(self._catalogue))
        source.address = address
        return source


@pytest.fixture
def door(catalogue: Path, monkeypatch: pytest.MonkeyPatch) -> Door:
    door = Door(catalogue)
    monkeypatch.setattr(held_source, "open_source", door.open)
    return door


def type_into(field: QLineEdit, text: str) -> None:
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClicks(field, text)


def paste(field: QLineEdit, text: str) -> None:
    QApplication.clipboard().setText(text)
    field.selectAll()
    field.paste()


def ask_server(qtbot: QtBot, program: Program) -> ConnectDialog:
    """Open the dialog and wait until it knows the saved connections and whether there is a keyring."""
    program.window.menus.action("connect_wished").trigger()
    dialog = cast("ConnectDialog", dialog_of(qtbot, program, ConnectDialog))
    wait_until(qtbot, lambda: "Looking" not in dialog.form.keep_box.why.text())
    return dialog


def state_text(program: Program) -> str:
    return program.window.table_states.state_text


def recent(program: Program) -> list[str]:
    return [str(action.data()) for action in program.window.menus.recent.actions() if action.data()]


# Fields and URL


def test_what_is_typed_into_the_fields_is_in_the_url(dialog: ConnectDialog) -> None:
    form = dialog.form
    type_into(form.host_field, "db")
    type_into(form.port_field, "5433")
    type_into(form.database_field, "my shop")
    type_into(form.user_field, "a@b")
    assert form.url_field.text() == f"postgresql://a%40b@db:5433/my%20shop?{SECONDS}"
    form.encryption_choice.setCurrentIndex(form.encryption_choice.findData(str(Encryption.REQUIRED)))
    form.connect_seconds.setValue(3)
    form.retry_seconds.setValue(0)
    assert form.url_field.text().endswith("?sslmode=require&connect_timeout=3&retry_seconds=0")
    assert form.address == form.url_field.text()


def test_what_is_pasted_as_a_url_is_in_the_fields(dialog: ConnectDialog) -> None:
    form = dialog.form
    paste(form.url_field, "mariadb://ada@db:3307/shop?ssl_ca=/etc/ca.pem&connect_timeout=5&charset=utf8mb4")
    assert form.kind_choice.currentData() == str(ServerKind.MYSQL)
    assert (form.host_field.text(), form.port_field.text()) == ("db", "3307")
    assert (form.database_field.text(), form.user_field.text()) == ("shop", "ada")
    assert form.ca_field.isVisible()
    assert form.ca_field.text() == "/etc/ca.pem"
    assert form.connect_seconds.value() == 5
    assert form.address is not None
    assert form.address.startswith("mysql+pymysql://ada@db:3307/shop?ssl_ca=/etc/ca.pem")
    assert form.address.endswith("&charset=utf8mb4")


def test_a_password_in_a_pasted_url_leaves_the_line(dialog: ConnectDialog) -> None:
    form = dialog.form
    paste(form.url_field, "postgresql://ada:p%40ss@db/shop")
    assert form.url_field.text() == "postgresql://ada@db/shop"
    assert form.password_field.text() == "p@ss"
    assert set(form.password_field.displayText()).isdisjoint("p@ss")
    form.url_field.undo()
    assert "p%40ss" not in form.url_field.text()


def test_the_port_that_is_used_without_one_is_shown_for_each_kind(dialog: ConnectDialog) -> None:
    assert dialog.form.port_field.placeholderText() == "5432"
    dialog.form.kind_choice.setCurrentIndex(1)
    assert dialog.form.port_field.placeholderText() == "3306"
    assert dialog.form.url_field.text().startswith("mysql+pymysql://localhost/")


def test_a_url_that_is_no_servers_is_said_and_nothing_is_asked(qtbot: QtBot, dialog: ConnectDialog) -> None:
    type_into(dialog.form.url_field, "sqlite:///shop.db")
    assert dialog.form.url_error.isVisible()
    for button in (dialog.connect_button, dialog.test_button, dialog.save_button):
        with (
            qtbot.assertNotEmitted(dialog.connect_wished),
            qtbot.assertNotEmitted(dialog.test_wished),
            qtbot.assertNotEmitted(dialog.save_wished),
        ):
            button.click()
        assert dialog.isVisible()
    type_into(dialog.form.host_field, "db")
    assert not dialog.form.url_error.isVisible()


# The dialog


def test_connect_and_test_carry_the_login(qtbot: QtBot, dialog: ConnectDialog) -> None:
    paste(dialog.form.url_field, f"postgresql://ada:{PASSWORD}@db.example.com/shop")
    with qtbot.waitSignal(dialog.test_wished) as tested:
        dialog.test_button.click()
    assert tested.args == [ServerLogin(SERVER, PASSWORD, keeps_password=False)]
    dialog.form.keep_box.box.click()
    with qtbot.waitSignal(dialog.connect_wished) as connected:
        dialog.connect_button.click()
    assert connected.args == [ServerLogin(SERVER, PASSWORD, keeps_password=True)]
    assert PASSWORD not in repr(connected.args)
    assert not dialog.isVisible()


def test_a_saved_connection_fills_the_fields_and_a_double_click_connects(
    qtbot: QtBot, dialog: ConnectDialog
) -> None:
    dialog.list.setCurrentRow(0)
    assert dialog.form.host_field.text() == "db.example.com"
    assert dialog.name_field.text() == "Shop"
    assert dialog.form.keep_box.is_kept
    assert "keyring" in dialog.form.password_field.placeholderText()
    place = dialog.list.visualItemRect(dialog.list.item(0)).center()
    QTest.mouseClick(dialog.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(dialog.connect_wished) as connected:
        QTest.mouseDClick(dialog.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert connected.args == [ServerLogin(SERVER, None, keeps_password=True)]


def test_new_empties_the_fields(dialog: ConnectDialog) -> None:
    dialog.list.setCurrentRow(0)
    dialog.new_button.click()
    assert dialog.form.host_field.text() == dialog.name_field.text() == ""
    assert not dialog.form.keep_box.is_kept
    assert not dialog.delete_button.isEnabled()


def test_a_connection_is_saved_under_a_name_of_its_own(qtbot: QtBot, dialog: ConnectDialog) -> None:
    paste(dialog.form.url_field, f"postgresql://ada:{PASSWORD}@db.example.com/shop")
    with qtbot.assertNotEmitted(dialog.save_wished):
        dialog.save_button.click()
        assert "name" in dialog.result_line.text
        type_into(dialog.name_field, "Shop")
        dialog.save_button.click()
        assert "Another connection has this name" in dialog.result_line.text
    type_into(dialog.name_field, "Other")
    with qtbot.waitSignal(dialog.save_wished) as saved:
        dialog.save_button.click()
    assert saved.args == [SaveChoice(SavedConnection("Other", SERVER, keeps_password=False), PASSWORD)]
    assert PASSWORD not in repr(saved.args)


def test_another_secret_in_the_url_is_not_saved(qtbot: QtBot, dialog: ConnectDialog) -> None:
    paste(dialog.form.url_field, "postgresql://ada@db/shop?sslpassword=s3cret")
    type_into(dialog.name_field, "Secret")
    with qtbot.assertNotEmitted(dialog.save_wished):
        dialog.save_button.click()
    assert "plain text" in dialog.result_line.text


def test_without_a_keyring_the_choice_says_why_it_cannot_be_made(dialog: ConnectDialog) -> None:
    dialog.show_keyring(is_there=False)
    keep_box = dialog.form.keep_box
    assert not keep_box.box.isEnabled()
    assert keep_box.why.isVisible()
    assert "No keyring" in keep_box.why.text()


def test_every_control_of_the_dialogs_has_a_name_and_a_mnemonic_of_its_own(
    qtbot: QtBot, dialog: ConnectDialog
) -> None:
    choice = dialog.form.encryption_choice
    choice.setCurrentIndex(choice.findData(str(Encryption.VERIFIED)))
    password_dialog = PasswordDialog(SERVER, password_needed())
    qtbot.addWidget(password_dialog)
    for shown in (dialog, password_dialog):
        shown.show()
        assert [widget for widget in controls_of(shown) if not widget.accessibleName()] == []
        texts = [button.text() for button in shown.findChildren(QAbstractButton)]
        texts += [label.text() for label in shown.findChildren(QLabel) if label.buddy() is not None]
        letters = Counter(text[text.index("&") + 1].lower() for text in texts if "&" in text)
        assert {letter: count for letter, count in letters.items() if count > 1} == {}


# The program


def password_needed() -> Reason:
    return SourceError(ReasonCode.PASSWORD_NEEDED, source=SERVER).reason


def test_a_server_is_tested_in_place_and_says_how_many_tables_it_has(
    qtbot: QtBot, start: StartProgram, catalogue: Path, door: Door
) -> None:
    dialog = ask_server(qtbot, start(catalogue))
    paste(dialog.form.url_field, f"postgresql://ada:{PASSWORD}@db.example.com/shop")
    dialog.test_button.click()
    wait_until(qtbot, lambda: "It works" in dialog.result_line.text)
    assert "1 table" in dialog.result_line.text
    assert not dialog.is_testing
    type_into(dialog.form.password_field, "wrong")
    dialog.test_button.click()
    wait_until(qtbot, lambda: "refused the login" in dialog.result_line.text)
    assert "Check user and password" in dialog.result_line.text
    assert door.asked == [SERVER, SERVER]


def test_a_password_refused_in_a_test_does_not_stand_before_the_one_kept(
    qtbot: QtBot, start: StartProgram, catalogue: Path, door: Door, memory: MemoryKeyring
) -> None:
    passwords.remember(SERVER, PASSWORD, is_kept=True)
    dialog = ask_server(qtbot, start(catalogue))
    paste(dialog.form.url_field, SERVER)
    type_into(dialog.form.password_field, "wrong")
    dialog.test_button.click()
    wait_until(qtbot, lambda: "refused the login" in dialog.result_line.text)
    assert passwords.password_for(SERVER) == PASSWORD


def test_an_error_of_the_test_is_shown_with_its_hint(
    qtbot: QtBot, start: StartProgram, catalogue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(address: str) -> Source:
        raise ConfigurationError(ReasonCode.SOURCE_DIALECT_UNKNOWN, dialect="postgresql")

    dialog = ask_server(qtbot, start(catalogue))
    monkeypatch.setattr(held_source, "open_source", refuse)
    type_into(dialog.form.host_field, "db")
    dialog.test_button.click()
    wait_until(qtbot, lambda: "of the kind postgresql. Nothing was changed." in dialog.result_line.text)


def test_a_test_can_be_stopped_and_another_does_not_wait_for_it(
    qtbot: QtBot, start: StartProgram, catalogue: Path, door: Door
) -> None:
    program = start(catalogue)
    dialog = ask_server(qtbot, program)
    paste(dialog.form.url_field, f"postgresql://ada:{PASSWORD}@db.example.com/shop")
    door.is_open.clear()
    dialog.test_button.click()
    wait_until(qtbot, lambda: len(door.asked) == 1)
    dialog.test_button.click()
    assert "stopped" in dialog.result_line.text
    dialog.test_button.click()
    wait_until(qtbot, lambda: len(door.asked) == 2)
    assert dialog.is_testing
    door.is_open.set()
    wait_until(qtbot, lambda: "It works" in dialog.result_line.text)


def test_closing_the_dialog_gives_its_test_up(
    qtbot: QtBot, start: StartProgram, catalogue: Path, door: Door
) -> None:
    program = start(catalogue)
    dialog = ask_server(qtbot, program)
    door.is_open.clear()
    dialog.test_button.click()
    wait_until(qtbot, lambda: len(door.asked) == 1)
    dialog.reject()
    door.is_open.set()
    wait_until(qtbot, lambda: not any(thread.is_running for thread in program.connecting._trial.threads))
    assert program.connecting.dialog is None


def test_connect_opens_the_server_and_keeps_the_password_where_it_was_wished(
    qtbot: QtBot, start: StartProgram, catalogue: Path, door: Door, memory: MemoryKeyring, home: Path
) -> None:
    program = start(catalogue)
    dialog = ask_server(qtbot, program)
    paste(dialog.form.url_field, f"postgresql://ada:{PASSWORD}@db.example.com/shop")
    dialog.form.keep_box.box.click()
    dialog.connect_button.click()
    wait_until(qtbot, lambda: recent(program)[:1] == [SERVER])
    wait_for_rows(qtbot, program, SMALL_ROWS)
    wait_until(qtbot, lambda: list(memory.stored.values()) == [PASSWORD])
    close(qtbot, program)
    files = [path for path in home.rglob("*") if path.is_file()]
    assert [path for path in files if PASSWORD.encode() in path.read_bytes()] == []


def test_a_saved_connection_is_there_at_the_next_start_with_its_password(
    qtbot: QtBot, start: StartProgram, catalogue: Path, door: Door, memory: MemoryKeyring
) -> None:
    first = start(catalogue)
    dialog = ask_server(qtbot, first)
    paste(dialog.form.url_field, f"postgresql://ada:{PASSWORD}@db.example.com/shop")
    dialog.form.keep_box.box.click()
    type_into(dialog.name_field, "Shop")
    dialog.save_button.click()
    wait_until(qtbot, lambda: "Saved as Shop" in dialog.result_line.text)
    assert dialog.list.currentRow() == 0
    close(qtbot, first)
    assert PASSWORD not in locations.connections_path().read_text()
    passwords._session.clear()
    second = start(catalogue)
    dialog = ask_server(qtbot, second)
    wait_until(qtbot, lambda: dialog.list.count() == 1)
    dialog.list.setCurrentRow(0)
    dialog.connect_button.click()
    wait_until(qtbot, lambda: recent(second)[:1] == [SERVER])


def test_a_password_no_longer_to_be_kept_leaves_the_keyring(
    qtbot: QtBot, start: StartProgram, catalogue: Path, memory: MemoryKeyring
) -> None:
    ConnectionStore(locations.connections_path()).save(SHOP)
    passwords.remember(SERVER, PASSWORD, is_kept=True)
    dialog = ask_server(qtbot, start(catalogue))
    wait_until(qtbot, lambda: dialog.list.count() == 1)
    dialog.list.setCurrentRow(0)
    dialog.form.keep_box.box.click()
    dialog.save_button.click()
    wait_until(qtbot, lambda: memory.stored == {})
    assert passwords.password_for(SERVER) == PASSWORD


def test_a_deleted_connection_is_gone_with_its_password_once_that_is_confirmed(
    qtbot: QtBot, start: StartProgram, catalogue: Path, memory: MemoryKeyring
) -> None:
    ConnectionStore(locations.connections_path()).save(SHOP)
    passwords.remember(SERVER, PASSWORD, is_kept=True)
    dialog = ask_server(qtbot, start(catalogue))
    wait_until(qtbot, lambda: dialog.list.count() == 1)
    dialog.list.setCurrentRow(0)
    dialog.delete_button.click()
    (box,) = dialog.findChildren(QMessageBox)
    next(button for button in box.buttons() if "Delete" in button.text()).click()
    wait_until(qtbot, lambda: dialog.list.count() == 0)
    assert memory.stored == {}


def test_a_keyring_that_is_not_there_is_said(qtbot: QtBot, start: StartProgram, catalogue: Path) -> None:
    keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call, unused-ignore]
    dialog = ask_server(qtbot, start(catalogue))
    assert not dialog.form.keep_box.box.isEnabled()
    assert "No keyring" in dialog.form.keep_box.why.text()


def test_damaged_connections_are_put_aside_and_the_dialog_says_where(
    qtbot: QtBot, start: StartProgram, catalogue: Path
) -> None:
    locations.connections_path().parent.mkdir(parents=True)
    locations.connections_path().write_text("damaged")
    dialog = ask_server(qtbot, start(catalogue))
    wait_until(qtbot, lambda: "put aside as" in dialog.result_line.text)


def test_a_server_that_wants_a_password_asks_until_it_is_right(
    qtbot: QtBot, start: StartProgram, door: Door, memory: MemoryKeyring
) -> None:
    program = start(SERVER)
    asking = cast("PasswordDialog", dialog_of(qtbot, program, PasswordDialog))
    assert "asks for a password" in asking.why.text()
    assert not asking.connect_button.isEnabled()
    QTest.keyClicks(asking.password_field, "wrong")
    asking.connect_button.click()
    wait_until(qtbot, lambda: len(door.asked) == 2)
    again = cast("PasswordDialog", dialog_of(qtbot, program, PasswordDialog))
    wait_until(qtbot, again.keep_box.box.isEnabled)
    assert "refused the login" in again.why.text()
    QTest.keyClicks(again.password_field, PASSWORD)
    again.keep_box.box.click()
    again.connect_button.click()
    assert "Opening" in state_text(program)
    wait_for_rows(qtbot, program, SMALL_ROWS)
    assert program.window.windowTitle().startswith("shop – db.example.com – ")
    assert program.window.source_label.text() == "postgresql://ada@db.example.com/shop"
    wait_until(qtbot, lambda: list(memory.stored.values()) == [PASSWORD])


def test_a_password_that_nobody_gives_leaves_the_reason_on_the_screen(
    qtbot: QtBot, start: StartProgram, door: Door
) -> None:
    program = start(SERVER)
    dialog_of(qtbot, program, PasswordDialog).reject()
    assert "asks for a password" in state_text(program)
    program.window.table_states.step_button.click()
    assert dialog_of(qtbot, program, PasswordDialog).isVisible()


def test_a_password_in_the_address_given_at_the_start_is_used_and_not_shown(
    qtbot: QtBot, start: StartProgram, door: Door
) -> None:
    program = start(f"postgresql://ada:{PASSWORD}@db.example.com/shop")
    wait_for_rows(qtbot, program, SMALL_ROWS)
    assert PASSWORD not in program.window.source_label.text() + program.window.windowTitle()
    assert door.asked[0] == "postgresql://ada@db.example.com/shop"


# Opened last


def test_what_was_opened_last_comes_first_and_is_opened_again(
    qtbot: QtBot, start: StartProgram, catalogue: Path, tmp_path: Path
) -> None:
    other = Path(shutil.copy(catalogue, tmp_path / "R&D.db"))
    first = start(catalogue)
    wait_for_rows(qtbot, first, SMALL_ROWS)
    first.connecting.open(str(other))
    wait_until(qtbot, lambda: recent(first) == [str(other), str(catalogue)])
    close(qtbot, first)
    second = start(catalogue)
    wait_until(qtbot, lambda: recent(second) == [str(catalogue), str(other)])
    action = second.window.menus.recent.actions()[1]
    assert action.text().startswith("&2 ")
    assert "R&&D.db" in action.text()
    action.trigger()
    wait_until(qtbot, lambda: recent(second) == [str(other), str(catalogue)])
    assert "R&D.db" in second.window.windowTitle()


def test_the_list_can_be_cleared(qtbot: QtBot, start: StartProgram, catalogue: Path) -> None:
    program = start(catalogue)
    wait_until(qtbot, lambda: recent(program) == [str(catalogue)])
    menu = program.window.menus.recent
    assert menu.menuAction().isEnabled()
    menu.actions()[-1].trigger()
    assert recent(program) == []
    assert not menu.menuAction().isEnabled()


def test_ten_are_remembered_without_any_secret(start: StartProgram, catalogue: Path) -> None:
    sources = start(catalogue).connecting._recent
    sources.clear()
    for number in range(12):
        sources.add(f"postgresql://ada:{PASSWORD}@db/shop{number}")
    sources.add(f"postgresql://ada@db/shop?sslpassword={PASSWORD}")
    assert len(sources.addresses) == 10
    assert sources.addresses[0] == "postgresql://ada@db/shop11"


def test_a_long_path_is_shortened_in_the_middle(start: StartProgram, catalogue: Path) -> None:
    menu = start(catalogue).window.menus.recent
    path = f"/a/{'very long folder/' * 20}shop.db"
    menu.show_sources([path])
    action = menu.actions()[0]
    assert "…" in action.text()
    assert action.text().endswith("shop.db")
    assert action.toolTip() == path


# Dropped files


def drop(program: Program, *urls: QUrl, onto: QWidget | None = None) -> bool:
    """Drop files onto the window, or a widget in it; False when it would not take them."""
    widget = onto or program.window
    data = QMimeData()
    data.setUrls(list(urls))
    copy, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(QPoint(300, 300), copy, data, button, keys)
    entered.setAccepted(False)
    QApplication.sendEvent(widget, entered)
    if entered.isAccepted():
        QApplication.sendEvent(widget, QDropEvent(QPointF(300, 300), copy, data, button, keys))
    return entered.isAccepted()


def test_a_dropped_database_is_opened(
    qtbot: QtBot, start: StartProgram, catalogue: Path, tmp_path: Path
) -> None:
    other = Path(shutil.copy(catalogue, tmp_path / "other.db"))
    program = start(catalogue)
    wait_for_rows(qtbot, program, SMALL_ROWS)
    assert drop(program, QUrl.fromLocalFile(str(other)))
    wait_until(qtbot, lambda: program.window.windowTitle().startswith("other.db"))


@pytest.mark.parametrize("place", ["filter_bar", "explorer"])
def test_a_file_dropped_onto_a_search_is_opened_and_not_searched_for(
    qtbot: QtBot, start: StartProgram, catalogue: Path, tmp_path: Path, place: str
) -> None:
    other = Path(shutil.copy(catalogue, tmp_path / "other.db"))
    program = start(catalogue)
    wait_for_rows(qtbot, program, SMALL_ROWS)
    search = getattr(program.window, place).search_field
    assert drop(program, QUrl.fromLocalFile(str(other)), onto=search)
    wait_until(qtbot, lambda: program.window.windowTitle().startswith("other.db"))
    assert search.text() == ""


def test_of_many_dropped_files_the_first_is_opened_and_that_is_said(
    qtbot: QtBot, start: StartProgram, catalogue: Path, tmp_path: Path
) -> None:
    other = Path(shutil.copy(catalogue, tmp_path / "other.db"))
    program = start(catalogue)
    assert drop(program, QUrl.fromLocalFile(str(other)), QUrl.fromLocalFile(str(catalogue)))
    assert "other.db was opened, the others were not" in program.window.statusBar().currentMessage()
    wait_until(qtbot, lambda: program.window.windowTitle().startswith("other.db"))


def test_what_is_no_file_is_not_taken(start: StartProgram, catalogue: Path) -> None:
    program = start(catalogue)
    assert not drop(program, QUrl("https://example.com/shop.db"))
    assert not drop(program)


@pytest.mark.parametrize(
    "content", [b"This is a letter, not a database.\n" * 100, b"%PDF-1.7\n" + bytes(8192)]
)
def test_a_dropped_file_that_is_no_database_is_said_to_be_none(
    qtbot: QtBot, start: StartProgram, catalogue: Path, tmp_path: Path, content: bytes
) -> None:
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(content)
    program = start(catalogue)
    wait_for_rows(qtbot, program, SMALL_ROWS)
    assert drop(program, QUrl.fromLocalFile(str(letter)))
    wait_until(qtbot, lambda: "is not a SQLite database" in state_text(program))
    assert recent(program) == [str(catalogue)]
    assert letter.read_bytes() == content

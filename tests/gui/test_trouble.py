"""What a person sees when something went wrong that nobody foresaw."""

import signal
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QFileOpenEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from dataflow_desktop import __version__, locations, logs, passwords
from dataflow_desktop.app import qt_messages, trouble
from dataflow_desktop.app.program import Program
from dataflow_desktop.app.trouble_report import trouble_report
from dataflow_desktop.crash_traces import ProcessKind
from dataflow_desktop.ui.unexpected_dialog import UnexpectedDialog
from dataflow_desktop.unexpected import UnexpectedError, unexpected_error
from tests.gui.conftest import SMALL_ROWS, Opener, StartProgram
from tests.gui.driving import close, open_dialog, wait_for_rows, wait_until
from tests.gui.watched_window import WatchedWindow, window_of

unix = pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")


def error_at(place: str, text: str = "something odd") -> UnexpectedError:
    return UnexpectedError(f"ValueError: {text}", f"Traceback\nValueError: {text}\n", place)


def shown_dialog(qtbot: QtBot, program: Program) -> UnexpectedDialog:
    wait_until(qtbot, lambda: program.trouble.dialog is not None and program.trouble.dialog.isVisible())
    assert program.trouble.dialog is not None
    return program.trouble.dialog


def go_on(qtbot: QtBot, program: Program) -> None:
    shown_dialog(qtbot, program).go_on_button.click()
    wait_until(qtbot, lambda: program.trouble.dialog is None)


def test_many_errors_are_one_dialog_with_a_count(qtbot: QtBot, shown: Program) -> None:
    for number in range(1_000):
        shown.trouble.tell(error_at(f"place {number % 7}"))
    dialog = shown_dialog(qtbot, shown)
    wait_until(qtbot, lambda: dialog.times_label.text() == "Errors so far: 1,000")
    assert len(shown.window.findChildren(UnexpectedDialog)) == 1
    assert dialog.summary_label.text() == "ValueError: something odd"


def test_the_same_error_is_not_told_again_at_once_but_another_is(
    qtbot: QtBot, shown: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown.trouble.tell(error_at("a"))
    go_on(qtbot, shown)
    shown.trouble.tell(error_at("a"))
    shown.trouble.tell(error_at("b", "another"))
    assert shown_dialog(qtbot, shown).summary_label.text() == "ValueError: another"
    go_on(qtbot, shown)
    monkeypatch.setattr(trouble, "QUIET_SECONDS", 0.0)
    shown.trouble.tell(error_at("a", "once more"))
    assert shown_dialog(qtbot, shown).summary_label.text() == "ValueError: once more"


def test_an_error_of_another_thread_is_told_in_the_window(qtbot: QtBot, shown: Program) -> None:
    thread = threading.Thread(target=shown.trouble.tell, args=[error_at("a thread")])
    thread.start()
    thread.join()
    assert shown_dialog(qtbot, shown).thread() is shown.window.thread()


def test_what_is_safe_and_what_to_do_is_said_and_enter_goes_on(qtbot: QtBot, shown: Program) -> None:
    shown.trouble.tell(error_at("a"))
    dialog = shown_dialog(qtbot, shown)
    assert "saved up to their last checkpoint" in dialog.safe_label.text()
    assert "Nothing is sent anywhere" in dialog.todo_label.text()
    assert all(button.accessibleName() for button in dialog.findChildren(QAbstractButton))
    letters = [button.text().split("&")[1][0].lower() for button in dialog.findChildren(QAbstractButton)]
    assert len(set(letters)) == len(letters) == 5
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    wait_until(qtbot, lambda: shown.trouble.dialog is None)
    assert shown.window.isVisible()


def test_the_report_is_copied_and_shown_the_same(qtbot: QtBot, shown: Program) -> None:
    shown.trouble.tell(error_at("a", "told"))
    dialog = shown_dialog(qtbot, shown)
    dialog.copy_button.click()
    copied = QGuiApplication.clipboard().text()
    dialog.report_button.click()
    assert dialog.report_view.toPlainText() == copied
    assert "ValueError: told" in copied


def test_quit_ends_the_program(qtbot: QtBot, shown: Program) -> None:
    shown.trouble.tell(error_at("a"))
    shown_dialog(qtbot, shown).quit_button.click()
    wait_until(qtbot, lambda: not shown.window.isVisible())


def test_an_error_while_another_dialog_is_open_can_be_answered(qtbot: QtBot, shown: Program) -> None:
    export = open_dialog(qtbot, shown)
    shown.trouble.tell(error_at("a"))
    dialog = shown_dialog(qtbot, shown)
    assert dialog.parent() is export
    assert QApplication.activeModalWidget() is dialog
    export.close()  # takes what stands above it along
    wait_until(qtbot, lambda: shown.trouble.dialog is None)
    shown.trouble.tell(error_at("b"))
    assert shown_dialog(qtbot, shown).parent() is shown.window


def test_nothing_is_told_once_the_window_has_closed(
    qtbot: QtBot, start: StartProgram, catalogue: Path
) -> None:
    program = start(catalogue)
    close(qtbot, program)
    program.trouble.tell(error_at("a"))
    QCoreApplication.sendPostedEvents()
    assert program.trouble.dialog is None


def test_the_help_menu_copies_a_report_and_shows_the_log_folder(shown: Program, opener: Opener) -> None:
    logs.log_to_file()
    shown.window.menus.action("report_wished").trigger()
    assert (
        QGuiApplication.clipboard().text().startswith(f"DataFlow Desktop {__version__} (source)\nPython 3.")
    )
    assert "Nothing was sent" in shown.window.statusBar().currentMessage()
    shown.window.menus.action("log_folder_wished").trigger()
    assert opener.opened == [str(locations.log_folder())]


def test_a_report_names_versions_and_no_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    logs.log_to_file()
    passwords.remember("postgresql://ada@host/shop", "hunter2", is_kept=False)
    error = unexpected_error(ValueError(f"no hunter2 for {tmp_path}/shop.db"))
    locations.log_path().write_text("an old line with mysql://ada:s3cret@host/shop\n")
    report = trouble_report(error.trace)
    assert "ValueError: no *** for ~/shop.db" in report
    assert "an old line with mysql://ada:***@host/shop" in report
    for name in ("Python 3.", "Qt 6.", "PySide6-Essentials 6.", "SQLAlchemy 2.", "polars "):
        assert name in report
    assert str(tmp_path) not in report


def test_messages_of_qt_go_to_the_log(qtbot: QtBot) -> None:
    logs.log_to_file()
    with qtbot.captureExceptions():
        qt_messages.log_qt_messages()
        try:
            QObject().startTimer(-5)
        finally:
            qt_messages.leave_qt_messages()
    assert "WARNING dataflow_desktop.app.qt_messages: Qt (default): QObject::startTimer" in (
        locations.log_path().read_text()
    )


def test_a_crash_is_told_once(qtbot: QtBot, start: StartProgram, catalogue: Path, opener: Opener) -> None:
    path = locations.crash_path(ProcessKind.WINDOW)
    path.parent.mkdir(parents=True)
    path.write_text("Fatal Python error: Segmentation fault\n")
    program = start(catalogue)
    program.trouble.look_back()
    bar = program.trouble.crash_bar
    assert bar is not None
    wait_until(qtbot, bar.isVisible)
    bar.copy_button.click()
    assert "Segmentation fault" in QGuiApplication.clipboard().text()
    bar.folder_button.click()
    assert opener.opened == [str(locations.log_folder())]
    bar.hide_button.click()
    assert not bar.isVisible()
    close(qtbot, program)
    again = start(catalogue)
    again.trouble.look_back()
    assert again.trouble.crash_bar is None


def test_letters_of_the_bar_are_used_once_in_the_window(qtbot: QtBot, shown: Program) -> None:
    path = locations.crash_path(ProcessKind.WINDOW)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("Fatal Python error\n")
    shown.trouble.look_back()
    shown.window.offer_bar.offer("something")
    bar = shown.trouble.crash_bar
    wait_until(qtbot, lambda: bar is not None and bar.isVisible())
    texts = [action.text() for action in shown.window.menuBar().actions()]
    texts += [button.text() for button in shown.window.findChildren(QAbstractButton) if button.isVisible()]
    letters = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
    assert sorted(set(letters)) == sorted(letters)


def test_a_file_that_macos_asks_for_is_opened(qtbot: QtBot, start: StartProgram, catalogue: Path) -> None:
    program = start(None, catalogue_rows=5)
    QCoreApplication.postEvent(program.application, QFileOpenEvent(str(catalogue)))
    wait_for_rows(qtbot, program, SMALL_ROWS)
    assert program.browsing.source.address == str(catalogue)


def test_a_file_asked_for_before_the_start_keeps_the_catalogue_away(
    qtbot: QtBot, catalogue: Path, home: Path
) -> None:
    program = Program(["dataflow-desktop"], 500)
    program.window.show()
    QCoreApplication.sendEvent(program.application, QFileOpenEvent(str(catalogue)))
    program.start(None)
    wait_for_rows(qtbot, program, SMALL_ROWS)
    assert not (home / "products.db").exists()
    close(qtbot, program)


@unix
def test_a_window_that_crashed_is_told_of_by_the_next_one(home: Path, catalogue: Path) -> None:
    crashed = WatchedWindow(home, str(catalogue))
    crashed.wait(lambda shown: bool(shown["opened"]))
    crashed.die(signal.SIGSEGV)
    with window_of(home, str(catalogue)) as following:
        words = following.wait(lambda shown: shown["crash"] is not None)["crash"]
        assert words.startswith("The program ended unexpectedly last time.")
    with window_of(home, str(catalogue)) as third:
        third.wait(lambda shown: bool(shown["opened"]))
    assert [shown["crash"] for shown in third.states if shown["crash"]] == []


def test_errors_in_slots_and_threads_of_a_real_window_are_told(home: Path, catalogue: Path) -> None:
    secret = "hunter2"
    words = f"no way to postgresql://ada:{secret}@host/shop"
    window = WatchedWindow(home, str(catalogue), FAILS_WITH=words)
    state = window.wait(lambda shown: shown["times"] == "Errors so far: 6")
    assert state["error"] == "ValueError: no way to postgresql://ada:***@host/shop"
    assert window.quit() == 0
    text = locations.log_path().read_text(encoding="utf-8")
    assert "in the main thread" in text
    assert "in a thread" in text
    assert secret not in text

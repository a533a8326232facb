"""Who looks at another window is told when a long export has ended."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QSystemTrayIcon
from pytestqt.qtbot import QtBot

from dataflow_desktop.app import end_notices
from dataflow_desktop.app.program import Program
from dataflow_desktop.domain.job import Job, JobState
from dataflow_desktop.ui import notification
from dataflow_desktop.ui.notification import Notice, Notifier
from tests.gui.conftest import SMALL_ROWS, OpenWindow, StartProgram
from tests.gui.driving import start_export, wait_for_rows, wait_for_state, wait_until

NOTICE = Notice("Export done", "3,000 rows are in a.csv.")


@pytest.fixture
def _any_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(end_notices, "LONG_SECONDS", 0.0)


def turn_away(qtbot: QtBot, program: Program) -> list[Notice]:
    """Let no window of the program have the keys, and return what it says from now on."""
    program.window.showMinimized()
    wait_until(qtbot, lambda: not program.desktop.is_in_front)
    notices: list[Notice] = []
    program.end_notices.notice_wished.connect(notices.append)
    return notices


@pytest.mark.usefixtures("_any_is_long")
def test_an_export_that_is_done_is_told_of_to_who_turned_away(
    qtbot: QtBot, open_window: OpenWindow, paused: Job
) -> None:
    program, card = open_window()
    notices = turn_away(qtbot, program)
    card.resume_button.click()
    wait_for_state(qtbot, program, paused.id, JobState.DONE)
    assert notices == [Notice("Export done", f"{SMALL_ROWS:,} rows are in products.csv.")]


@pytest.mark.usefixtures("_any_is_long")
def test_an_export_that_an_error_stopped_is_told_of_with_its_reason(
    qtbot: QtBot, open_window: OpenWindow, paused: Job, target: Path
) -> None:
    program, card = open_window()
    notices = turn_away(qtbot, program)
    target.write_text("somebody's")
    card.resume_button.click()
    wait_for_state(qtbot, program, paused.id, JobState.FAILED)
    (notice,) = notices
    assert notice.is_error
    assert notice.text.startswith("products.csv: Somebody created or changed ")


@pytest.mark.usefixtures("_any_is_long")
def test_nobody_is_told_of_what_a_person_stopped_or_sees(
    qtbot: QtBot, start: StartProgram, large_table: Path, tmp_path: Path
) -> None:
    program = start(large_table)
    wait_for_rows(qtbot, program, 1_000_000)
    notices: list[Notice] = []
    program.end_notices.notice_wished.connect(notices.append)
    card = start_export(qtbot, program, tmp_path / "all.csv")
    wait_until(qtbot, lambda: card.view.progress is not None)
    program.window.showMinimized()
    card.pause_button.click()
    wait_for_state(qtbot, program, card.view.job.id, JobState.PAUSED)
    program.window.come_to_front()
    wait_until(qtbot, lambda: program.desktop.is_in_front)
    card.resume_button.click()
    wait_for_state(qtbot, program, card.view.job.id, JobState.DONE)
    assert notices == []


def test_a_short_export_is_not_told_of(qtbot: QtBot, open_window: OpenWindow, paused: Job) -> None:
    program, card = open_window()
    notices = turn_away(qtbot, program)
    card.resume_button.click()
    wait_for_state(qtbot, program, paused.id, JobState.DONE)
    assert notices == []


@pytest.mark.qt_log_ignore("systemTrayWindowChanged")  # the offscreen plugin has no tray of its own
def test_a_notice_stands_in_the_tray_for_a_moment(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[tuple[str, str]] = []
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda _, *words: shown.append(words[:2]))
    monkeypatch.setattr(notification, "SHOWN_MS", 50)
    notifier = Notifier()
    notifier.show_notice(NOTICE)
    assert notifier.is_shown
    assert shown == [(NOTICE.title, NOTICE.text)]
    wait_until(qtbot, lambda: not notifier.is_shown)
    notifier.show_notice(NOTICE)
    (icon,) = notifier.findChildren(QSystemTrayIcon)
    with qtbot.waitSignal(notifier.chosen):
        icon.messageClicked.emit()
    assert not notifier.is_shown


def test_without_a_tray_nothing_is_shown() -> None:
    notifier = Notifier()
    notifier.show_notice(NOTICE)
    assert QSystemTrayIcon.isSystemTrayAvailable() or not notifier.findChildren(QSystemTrayIcon)

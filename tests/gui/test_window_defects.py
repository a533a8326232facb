"""What once went wrong at the window, each as a person met it."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from dataflow_desktop.app.exporting import _may_go_on
from dataflow_desktop.app.program import Program
from dataflow_desktop.domain.job import JobState
from dataflow_desktop.errors import ConfigurationError, Reason, ReasonCode
from dataflow_desktop.ui.about_dialog import AboutDialog
from dataflow_desktop.ui.desktop import Appearance
from dataflow_desktop.ui.exports_panel import ExportsPanel
from dataflow_desktop.ui.job_words import JobView, reason_words
from dataflow_desktop.ui.main_window import fitting_size
from dataflow_desktop.ui.question import make_question
from dataflow_desktop.workers.export_wishes import CancelWish, WishFailed
from tests.gui.conftest import SMALL_ROWS, StartProgram
from tests.gui.driving import close, open_dialog, start_export, wait_for_rows, wait_for_state, wait_until
from tests.gui.test_exports_panel import JOB

DISK_FULL = Reason("destination", ReasonCode.DISK_FULL.name, {"file": "file.csv"})


@pytest.fixture
def shown(qtbot: QtBot, start: StartProgram, catalogue: Path) -> Program:
    program = start(catalogue)
    wait_for_rows(qtbot, program, SMALL_ROWS)
    wait_until(qtbot, lambda: program.window.filter_bar.facet_columns == ("category", "status"))
    return program


def test_the_search_field_leaves_the_keys_of_the_export_to_the_window(shown: Program) -> None:
    keys = Qt.KeyboardModifier.ControlModifier
    event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_E, keys, "\x05")
    event.accept()
    assert shown.window.filter_bar.search_field.event(event)
    assert not event.isAccepted()


def test_a_letter_typed_into_a_million_rows_begins_a_search(
    qtbot: QtBot, start: StartProgram, large_table: Path
) -> None:
    program = start(large_table)
    wait_for_rows(qtbot, program, 1_000_000)
    before = os.times().user
    QTest.keyClicks(program.window.row_view, "z")
    assert os.times().user - before < 0.5
    assert program.window.filter_bar.search_field.text() == "z"
    assert program.window.focusWidget() is program.window.filter_bar.search_field
    wait_until(qtbot, lambda: "No row matches" in program.window.table_states.state_text)


def test_the_folder_offered_for_an_export_exists(
    shown: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = tmp_path / "Documents"
    where = "dataflow_desktop.ui.desktop.QStandardPaths.writableLocation"
    monkeypatch.setattr(where, lambda _: str(documents))
    assert shown.desktop.export_folder() == Path.home()
    documents.mkdir()
    shown.desktop.remember_export_folder(tmp_path / "gone")
    assert shown.desktop.export_folder() == documents
    shown.desktop.remember_export_folder(tmp_path)
    assert shown.desktop.export_folder() == tmp_path


def test_tab_goes_through_the_exports_from_the_newest_to_the_oldest(qtbot: QtBot) -> None:
    panel = ExportsPanel()
    qtbot.addWidget(panel)
    views = [JobView(replace(JOB, id=name)) for name in ("new", "middle", "old")]
    panel.show_views(views[2:])
    panel.show_views(views[1:])
    panel.show_views(views)
    order = [panel.card(name).resume_button for name in ("new", "middle", "old")]
    chain: list[QWidget | None] = [order[0]]
    while len(chain) < 40 and chain[-1] is not None and chain[-1] is not order[2]:
        chain.append(chain[-1].nextInFocusChain())
    assert [widget for widget in chain if widget in order] == order


def differing_pixels(one: QImage, other: QImage) -> int:
    places = ((x, y) for x in range(one.width()) for y in range(one.height()))
    return sum(one.pixel(x, y) != other.pixel(x, y) for x, y in places)


@pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.DARK])
def test_the_focus_is_a_ring_around_the_button(qtbot: QtBot, shown: Program, appearance: Appearance) -> None:
    shown.desktop.wear(appearance)
    with qtbot.waitActive(shown.window):
        shown.window.activateWindow()
    button = shown.window.filter_bar.export_button
    shown.window.row_view.setFocus()
    without = button.grab().toImage()
    button.setFocus()
    ring = 2 * (button.width() + button.height())
    assert differing_pixels(without, button.grab().toImage()) > 1.5 * ring
    shown.desktop.wear(Appearance.LIGHT)


def test_the_current_cell_is_seen_in_a_full_selection(qtbot: QtBot, shown: Program) -> None:
    shown.desktop.wear(Appearance.DARK)
    with qtbot.waitActive(shown.window):
        shown.window.activateWindow()
    view = shown.window.row_view
    view.setFocus()
    index = shown.window.row_model.index(2, 1)
    view.setCurrentIndex(index)
    view.selectAll()
    cell = view.viewport().grab(view.visualRect(index)).toImage()
    edge = {cell.pixelColor(x, 0).name() for x in range(10, 20)}
    assert edge == {QGuiApplication.palette().highlightedText().color().name()}
    shown.desktop.wear(Appearance.LIGHT)


def test_giving_up_what_is_done_meanwhile_is_no_error(qtbot: QtBot, shown: Program, tmp_path: Path) -> None:
    card = start_export(qtbot, shown, tmp_path / "all.csv")
    job = wait_for_state(qtbot, shown, card.view.job.id, JobState.DONE)
    error = ConfigurationError(ReasonCode.JOB_ENDED, job=job.id, state=job.state)
    shown.exporting._on_answered(WishFailed(CancelWish(job.id), error.reason))
    assert shown.window.exports_panel._error.isHidden()


def test_a_failed_open_offers_another_database_and_nothing_of_the_one_before(
    qtbot: QtBot, shown: Program, tmp_path: Path
) -> None:
    shown.browsing.open(str(tmp_path / "nothing.db"))
    wait_until(qtbot, lambda: "There is no file" in shown.window.table_states.state_text)
    assert shown.window.filter_bar.facet_columns == ()
    with qtbot.waitSignal(shown.window.table_states.open_wished):
        shown.window.table_states.open_button.click()


def test_what_an_error_paused_is_offered_again_and_what_a_person_paused_is_not() -> None:
    assert _may_go_on(replace(JOB, reason=DISK_FULL))
    assert not _may_go_on(replace(JOB, reason=Reason("asked", ReasonCode.PAUSE_ASKED.name, {})))
    assert not _may_go_on(replace(JOB, state=JobState.FAILED, reason=DISK_FULL))


def test_the_window_is_never_larger_than_the_screen(start: StartProgram, catalogue: Path) -> None:
    window = start(catalogue).window
    room = window.screen().availableSize()
    assert window.size() == window.size().boundedTo(room)
    assert fitting_size(QSize(1180, 760), QSize(683, 384), is_first=False) == QSize(683, 384)
    assert fitting_size(QSize(1000, 620), QSize(1366, 728), is_first=False) == QSize(1000, 620)


def test_the_size_comes_back_even_when_qt_does_not_restore_it(
    qtbot: QtBot, start: StartProgram, catalogue: Path
) -> None:
    first = start(catalogue)
    first.window.resize(780, 600)
    close(qtbot, first)
    first.window._settings.remove("window/geometry")
    assert start(catalogue).window.size() == QSize(780, 600)


def test_the_search_field_stands_still_while_rows_are_counted(shown: Program) -> None:
    bar = shown.window.filter_bar
    widths = set()
    for text in ("counting…", "1 row", "1,000,000 of 1,000,000 rows"):
        bar.show_count(text)
        QApplication.processEvents()
        widths.add(bar.search_field.width())
    assert len(widths) == 1


def test_old_rows_are_dimmed_while_a_search_takes_its_time(
    qtbot: QtBot, shown: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    cell = shown.window.row_model.index(0, 1)
    brush = Qt.ItemDataRole.ForegroundRole
    assert cell.data(brush) is None
    with monkeypatch.context() as context:
        context.setattr(shown.browsing._pages, "ask", lambda _: None)
        shown.window.filter_bar.begin_search("lamp")
        shown.window.filter_bar.apply()
        wait_until(qtbot, lambda: shown.window.row_model.index(0, 1).data(brush) is not None)
    shown.browsing.refresh()
    wait_until(qtbot, lambda: not shown.browsing.is_waiting)
    assert shown.window.row_model.index(0, 1).data(brush) is None


def test_a_card_paused_by_an_error_says_that_its_rows_are_safe() -> None:
    words = reason_words(JobView(replace(JOB, reason=DISK_FULL)))
    assert "What is saved stays saved." in words
    assert "resume" in words


@pytest.mark.parametrize(("typed", "written"), [("plain", "plain.csv"), ("a.txt", "a.txt"), ("a.", "a.csv")])
def test_a_name_without_a_suffix_gets_one(
    qtbot: QtBot, shown: Program, tmp_path: Path, typed: str, written: str
) -> None:
    dialog = open_dialog(qtbot, shown)
    dialog.path_field.setText(str(tmp_path / typed))
    assert dialog.file_part.target == tmp_path / written
    dialog.reject()


def test_the_about_box_is_wider_than_its_title_and_its_button_has_no_icon(qtbot: QtBot) -> None:
    box = AboutDialog()
    qtbot.addWidget(box)
    box.show()
    assert box.width() > box.fontMetrics().horizontalAdvance(box.windowTitle()) + 150
    assert box.ok_button.icon().isNull()


def test_menu_entries_are_offered_only_when_they_can_do_something(
    qtbot: QtBot, shown: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    action = shown.window.menus.action
    wishes = ("stop_wished", "clear_wished", "copy tsv")
    assert [action(wish).isEnabled() for wish in wishes] == [False, False, False]
    shown.window.row_view.selectRow(1)
    assert action("copy tsv").isEnabled()
    monkeypatch.setattr(shown.browsing._pages, "ask", lambda _: None)
    shown.window.filter_bar.begin_search("lamp")
    shown.window.filter_bar.apply()
    assert action("stop_wished").isEnabled()
    assert action("clear_wished").isEnabled()
    action("stop_wished").trigger()
    assert not action("stop_wished").isEnabled()


def test_the_rows_on_the_screen_are_told_while_the_table_scrolls_without_a_pause(
    qtbot: QtBot, shown: Program
) -> None:
    bar = shown.window.row_view.verticalScrollBar()
    told: list[object] = []
    turns: list[int] = []

    def move() -> None:
        turns.append(bar.value())
        bar.setValue((bar.value() + 7) % bar.maximum())

    hand = QTimer(interval=0)
    hand.timeout.connect(move)
    shown.window.row_view.rows_shown.connect(told.append)
    hand.start()
    wait_until(qtbot, lambda: len(turns) > 20)
    assert told
    hand.stop()


def test_enter_stays_the_safe_answer_when_the_colours_change(qtbot: QtBot, shown: Program) -> None:
    box, yes = make_question(shown.window, "title", "text", "details", "&Do it")
    clicks: list[bool] = []
    yes.clicked.connect(clicks.append)
    box.open()
    with qtbot.waitExposed(box):
        pass
    for appearance in (Appearance.DARK, Appearance.LIGHT):
        shown.desktop.wear(appearance)
    focused = box.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Return)
    assert clicks == []


def test_no_late_timer_starts_a_thread_again_that_has_ended(
    qtbot: QtBot, start: StartProgram, catalogue: Path
) -> None:
    program = start(catalogue)
    wait_for_rows(qtbot, program, SMALL_ROWS)
    threads = program.exporting.threads
    program.window.close()
    program.shut_down()
    program.exporting._looking.timeout.emit()
    assert not any(thread.is_running for thread in threads)
    program.window.deleteLater()
    program.deleteLater()

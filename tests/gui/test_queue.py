"""Several exports in the real window: their turns, how many run at once, and what is done with ended ones."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMenu, QMessageBox
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from dataflow_desktop.app.program import Program
from dataflow_desktop.domain.job import Job, JobState
from dataflow_desktop.domain.reading import ReadingTask
from dataflow_desktop.export import engine
from dataflow_desktop.export.recovery import reading_of
from dataflow_desktop.ui.job_card import JobCard
from dataflow_desktop.ui.job_words import Situation
from tests.gui.conftest import SMALL_ROWS, OpenWindow, StartProgram
from tests.gui.driving import (
    answer,
    close,
    start_export,
    wait_for_rows,
    wait_for_state,
    wait_until,
)
from tests.unit.exports import job_store

Queue = tuple[Program, list[JobCard]]
OpenQueue = Callable[[int], Queue]


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let exports take as long as anybody looks at them."""

    def slow_reading_of(job: Job) -> ReadingTask:
        return replace(reading_of(job), chunk_rows=10, throttle_ms=300)

    monkeypatch.setattr(engine, "reading_of", slow_reading_of)


@pytest.fixture
def open_queue(qtbot: QtBot, slow: None, start: StartProgram, catalogue: Path, tmp_path: Path) -> OpenQueue:
    """Open a window in which so many exports of one database were begun: `0.csv` and so on."""

    def opened(count: int) -> Queue:
        program = start(catalogue)
        wait_for_rows(qtbot, program, SMALL_ROWS)
        return program, [start_export(qtbot, program, tmp_path / f"{number}.csv") for number in range(count)]

    return opened


def take_step(qtbot: QtBot, card: JobCard, text: str) -> None:
    """Choose a step in the card's menu."""
    card.menu_button.click()
    (menu,) = card.menu_button.findChildren(QMenu)
    action = next(action for action in menu.actions() if action.text().replace("&", "") == text)
    action.trigger()
    menu.close()
    wait_until(qtbot, lambda: not isValid(menu))


def steps_of(qtbot: QtBot, card: JobCard) -> list[str]:
    """The steps in the card's menu that are not about its file: those between the two lines."""
    card.menu_button.click()
    (menu,) = card.menu_button.findChildren(QMenu)
    texts = [action.text().replace("&", "") for action in menu.actions()]
    menu.close()
    wait_until(qtbot, lambda: not isValid(menu))
    return texts[texts.index("") + 1 : -2] if texts.count("") > 1 else []


def running(cards: list[JobCard]) -> list[int]:
    return [number for number, card in enumerate(cards) if card.view.situation is Situation.RUNNING]


def from_top(program: Program) -> list[str]:
    """The files of the cards as they stand below one another."""
    cards = sorted(program.window.exports_panel.cards, key=lambda card: card.y())
    return [Path(card.view.job.spec.target).stem for card in cards]


def test_exports_of_one_database_run_one_after_the_other(qtbot: QtBot, open_queue: OpenQueue) -> None:
    program, cards = open_queue(3)
    assert running(cards) == [0]
    assert "Waiting for its turn: 2 of 2" in cards[2].accessibleName()
    cards[0].pause_button.click()
    wait_until(qtbot, lambda: running(cards) == [1])
    assert "Waiting for its turn, " in cards[2].accessibleName()
    cards[2].pause_button.click()
    assert cards[2].view.situation is Situation.ELSEWHERE
    cards[1].pause_button.click()
    for card in cards[:2]:
        wait_for_state(qtbot, program, card.view.job.id, JobState.PAUSED)


def test_exports_of_two_databases_run_beside_each_other(
    qtbot: QtBot, open_queue: OpenQueue, large_table: Path, tmp_path: Path
) -> None:
    program, cards = open_queue(1)
    program.browsing.open(str(large_table))
    wait_for_rows(qtbot, program, 1_000_000)
    cards.append(start_export(qtbot, program, tmp_path / "other.csv"))
    wait_until(qtbot, lambda: running(cards) == [0, 1])


def test_waiting_exports_are_moved_and_stand_in_their_order(qtbot: QtBot, open_queue: OpenQueue) -> None:
    program, cards = open_queue(4)
    wait_until(qtbot, lambda: from_top(program) == ["0", "1", "2", "3"])
    take_step(qtbot, cards[3], "Move up")
    wait_until(qtbot, lambda: from_top(program) == ["0", "1", "3", "2"])
    take_step(qtbot, cards[1], "Move down")
    wait_until(qtbot, lambda: from_top(program) == ["0", "3", "1", "2"])
    take_step(qtbot, cards[2], "Move to the front")
    wait_until(qtbot, lambda: from_top(program) == ["0", "2", "3", "1"])
    assert steps_of(qtbot, cards[2]) == ["Start now", "Move down"]
    assert steps_of(qtbot, cards[3]) == ["Start now", "Move to the front", "Move up", "Move down"]
    assert steps_of(qtbot, cards[1]) == ["Start now", "Move to the front", "Move up"]
    cards[0].pause_button.click()
    wait_until(qtbot, lambda: running(cards) == [2])


def test_an_export_that_is_started_now_does_not_wait_for_the_others(
    qtbot: QtBot, open_queue: OpenQueue
) -> None:
    _, cards = open_queue(3)
    take_step(qtbot, cards[2], "Start now")
    assert running(cards) == [0, 2]
    assert cards[1].view.situation is Situation.WAITING


def test_how_many_run_at_once_is_chosen_takes_effect_and_is_remembered(
    qtbot: QtBot, open_queue: OpenQueue, start: StartProgram
) -> None:
    program, cards = open_queue(3)
    assert program.window.menus.action("at once 1").isChecked()
    program.window.menus.action("at once 2").trigger()
    assert running(cards) == [0, 1]
    program.window.menus.action("at once 1").trigger()
    assert running(cards) == [0, 1]
    program.window.menus.action("at once 4").trigger()
    assert running(cards) == [0, 1, 2]
    close(qtbot, program)
    again = start(None)
    assert again.window.menus.action("at once 4").isChecked()
    assert again.desktop.exports_at_once == 4


def test_the_queue_goes_on_in_its_order_in_the_next_window(
    qtbot: QtBot, open_queue: OpenQueue, start: StartProgram, catalogue: Path
) -> None:
    program, cards = open_queue(4)
    take_step(qtbot, cards[3], "Move to the front")
    cards[1].pause_button.click()  # which puts it behind those that wait
    close(qtbot, program)
    again = start(catalogue)
    wait_until(qtbot, again.window.offer_bar.isVisible)
    assert again.window.offer_bar.text_label.text() == "4 exports were interrupted."
    again.window.offer_bar.resume_button.click()
    wait_until(qtbot, lambda: from_top(again) == ["0", "3", "2", "1"])
    with job_store() as store:
        in_turn = sorted(store.jobs(), key=lambda job: job.turn)
    assert [Path(job.spec.target).stem for job in in_turn] == ["0", "3", "2", "1"]


def test_an_export_is_begun_again_with_nothing_written(
    qtbot: QtBot, open_window: OpenWindow, paused: Job, target: Path, whole: bytes
) -> None:
    program, card = open_window()
    take_step(qtbot, card, "Begin again…")
    assert "1,000 rows" in answer(qtbot, program, QMessageBox.ButtonRole.DestructiveRole)
    wait_for_state(qtbot, program, paused.id, JobState.DONE)
    assert target.read_bytes() == whole


def test_an_ended_export_leaves_the_list_and_its_file_stays(
    qtbot: QtBot, open_window: OpenWindow, paused: Job, target: Path, whole: bytes
) -> None:
    program, card = open_window()
    assert "Remove from the list" not in steps_of(qtbot, card)
    assert not program.window.menus.action("remove_ended_wished").isEnabled()
    card.resume_button.click()
    wait_for_state(qtbot, program, paused.id, JobState.DONE)
    assert steps_of(qtbot, card) == ["Remove from the list"]
    take_step(qtbot, card, "Remove from the list")
    wait_until(qtbot, lambda: not program.window.exports_panel.cards)
    assert target.read_bytes() == whole


def test_all_ended_exports_leave_the_list_after_a_yes(
    qtbot: QtBot, open_window: OpenWindow, paused: Job, catalogue: Path, target: Path
) -> None:
    program, card = open_window()
    finished = start_export(qtbot, program, target.with_name("more.csv"))
    wait_for_state(qtbot, program, finished.view.job.id, JobState.DONE)
    remove = program.window.menus.action("remove_ended_wished")
    wait_until(qtbot, remove.isEnabled)
    remove.trigger()
    answer(qtbot, program, QMessageBox.ButtonRole.RejectRole)
    assert set(program.window.exports_panel.cards) == {card, finished}
    remove.trigger()
    question = answer(qtbot, program, QMessageBox.ButtonRole.DestructiveRole)
    assert question.startswith("Remove 1 ended export from the list? Its file stays.")
    wait_until(qtbot, lambda: program.window.exports_panel.cards == (card,))
    assert target.with_name("more.csv").is_file()
    assert card.view.job.id == paused.id
    wait_until(qtbot, lambda: not remove.isEnabled())

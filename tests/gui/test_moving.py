"""Saving an export elsewhere: the copy on its card, its end, and what is asked when nothing can be copied."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from dataflow_desktop.app import patience
from dataflow_desktop.destination.part_file import PartFile
from dataflow_desktop.domain.job import Job, JobState
from dataflow_desktop.domain.remedies import Remedy
from dataflow_desktop.ui.job_words import Situation
from tests.gui.conftest import OpenWindow
from tests.gui.driving import (
    WAIT_MS,
    Window,
    answer,
    choose_file,
    close,
    held,
    open_dialog,
    resume_in_vain,
    wait_for_state,
    wait_until,
)
from tests.unit.exports import job_store, part_of

KEEP = QMessageBox.ButtonRole.RejectRole
ACT = QMessageBox.ButtonRole.DestructiveRole


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """Every copy waits before its first byte until this is set."""
    opened = Event()
    blocks = PartFile.blocks

    def held_blocks(part: PartFile, size: int) -> Iterator[bytes]:
        opened.wait(WAIT_MS / 1000)
        yield from blocks(part, size)

    monkeypatch.setattr(PartFile, "blocks", held_blocks)
    yield opened
    opened.set()


@pytest.fixture
def other(target: Path) -> Path:
    return target.with_name("other.csv")


@pytest.fixture
def refused(qtbot: QtBot, open_window: OpenWindow, paused: Job, target: Path) -> Window:
    """A window with an export that can only be saved elsewhere, for somebody made its target."""
    target.write_text("somebody's")
    window = open_window()
    resume_in_vain(qtbot, window)
    wait_until(qtbot, lambda: window[1].view.job.queue_place is None)  # as its record will be then
    return window


def move(qtbot: QtBot, window: Window, target: Path) -> None:
    program, card = window
    card.remedy_buttons[Remedy.MOVE].click()
    choose_file(qtbot, program, target)


def stored(job: Job) -> Job:
    with job_store() as store:
        return store.job(job.id)


def test_a_copy_is_shown_on_the_card_and_the_export_goes_on_after_it(
    qtbot: QtBot, refused: Window, paused: Job, other: Path, gate: Event, whole: bytes
) -> None:
    program, card = refused
    move(qtbot, refused, other)
    assert card.view.situation is Situation.MOVING
    assert "Being copied…" in card.accessibleName()
    assert card.remedy_buttons == {}
    assert not card.resume_button.isVisible()
    assert program.exporting.running_count == 1
    gate.set()
    wait_for_state(qtbot, program, paused.id, JobState.DONE)
    assert other.read_bytes() == whole


def test_a_copy_that_is_stopped_leaves_everything_as_it_was(
    qtbot: QtBot, refused: Window, paused: Job, other: Path, gate: Event
) -> None:
    program, card = refused
    before = (card.view, card.reason_text)
    move(qtbot, refused, other)
    assert card.pause_button.toolTip() == "Stop copying products.csv"
    card.pause_button.click()
    assert card.view.situation is Situation.STOPPING
    gate.set()
    wait_until(qtbot, lambda: program.exporting.running_count == 0)
    assert (card.view, card.reason_text) == before
    assert stored(paused).spec == paused.spec
    assert part_of(paused).exists()
    assert not other.exists()


def test_the_copy_of_a_file_that_was_found_is_stopped_as_well(
    qtbot: QtBot, open_window: OpenWindow, paused: Job, target: Path, gate: Event
) -> None:
    found = part_of(paused).rename(target.with_name("renamed by a person"))
    window = open_window()
    program, card = window
    resume_in_vain(qtbot, window)
    before = card.reason_text
    card.remedy_buttons[Remedy.LOCATE].click()
    choose_file(qtbot, program, found)
    assert card.view.situation is Situation.MOVING
    card.pause_button.click()
    gate.set()
    wait_until(qtbot, lambda: program.exporting.running_count == 0)
    assert (card.view.situation, card.reason_text) == (Situation.ELSEWHERE, before)
    assert found.exists()
    assert not part_of(paused).exists()


def test_an_export_given_up_during_its_copy_is_given_up(
    qtbot: QtBot, refused: Window, paused: Job, other: Path, gate: Event
) -> None:
    program, card = refused
    move(qtbot, refused, other)
    card.cancel_button.click()
    answer(qtbot, program, ACT)
    gate.set()
    wait_for_state(qtbot, program, paused.id, JobState.CANCELLED)
    assert not part_of(paused).exists()
    assert not other.exists()


def test_the_window_closes_only_when_the_copy_has_ended(
    qtbot: QtBot, refused: Window, paused: Job, other: Path, gate: Event
) -> None:
    program, card = refused
    move(qtbot, refused, other)
    program.window.close()
    assert program.window.isVisible()
    assert program.window.offer_bar.text_label.text() == "Pausing 1 export…"
    assert card.view.situation is Situation.STOPPING
    gate.set()
    close(qtbot, program)
    assert stored(paused).spec == paused.spec


def test_what_is_waited_for_is_waited_for_again_after_a_stopped_copy(
    qtbot: QtBot,
    open_window: OpenWindow,
    paused: Job,
    other: Path,
    gate: Event,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(patience, "FIRST_WAIT_SECONDS", 0.5)
    folder = other.parent
    program, card = window = open_window()
    away = folder.rename(folder.with_name("away"))
    resume_in_vain(qtbot, window)
    wait_until(qtbot, lambda: card.view.situation is Situation.HELD_UP)
    folder.symlink_to(away)  # there is something to copy, but nobody has looked yet
    move(qtbot, window, other)
    card.pause_button.click()
    gate.set()
    wait_for_state(qtbot, program, paused.id, JobState.DONE)
    assert not other.exists()


def test_an_existing_file_is_refused_until_another_name_is_chosen(
    qtbot: QtBot, refused: Window, paused: Job, other: Path, gate: Event, whole: bytes
) -> None:
    program, card = refused
    gate.set()
    other.write_text("somebody's too")
    move(qtbot, refused, other)
    panel = program.window.exports_panel
    wait_until(qtbot, lambda: "other.csv exists already" in panel.error_text)
    assert other.read_text() == "somebody's too"
    assert Remedy.MOVE in card.remedy_buttons
    program.exporting._list()
    qtbot.wait(200)
    assert "other.csv exists already" in panel.error_text
    third = other.with_name("third.csv")
    move(qtbot, refused, third)
    assert panel.error_text == ""
    wait_for_state(qtbot, program, paused.id, JobState.DONE)
    assert panel.error_text == ""
    assert third.read_bytes() == whole


@pytest.mark.parametrize("is_folder_gone", [True, False])
def test_an_export_whose_rows_are_gone_begins_again_elsewhere_after_a_question(
    qtbot: QtBot, open_window: OpenWindow, paused: Job, tmp_path: Path, whole: bytes, is_folder_gone: bool
) -> None:
    program, card = window = open_window()
    folder = Path(paused.spec.target).parent
    folder.rename(tmp_path / "away")
    resume_in_vain(qtbot, window)
    if not is_folder_gone:
        folder.mkdir()  # an empty one: the part file is gone
    target = tmp_path / "place" / "products.csv"
    target.parent.mkdir()
    for role in (KEEP, ACT):
        move(qtbot, window, target)
        text = answer(qtbot, program, role)
        assert f"Begin the export again in {target.parent}?" in text
        assert "The rows saved so far cannot be read." in text
    wait_for_state(qtbot, program, paused.id, JobState.DONE)
    assert target.read_bytes() == whole
    assert card.view.job.spec.target == str(target)


def test_a_chosen_folder_that_is_missing_is_only_told(
    qtbot: QtBot, refused: Window, tmp_path: Path, gate: Event
) -> None:
    program, _ = refused
    gate.set()
    move(qtbot, refused, tmp_path / "nowhere" / "products.csv")
    wait_until(qtbot, lambda: "nowhere" in program.window.exports_panel.error_text)
    assert program.window.findChildren(QMessageBox) == []


def test_a_moved_export_is_known_by_its_new_name_before_the_record_is_read_again(
    qtbot: QtBot,
    refused: Window,
    paused: Job,
    other: Path,
    gate: Event,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    program, card = refused
    gate.set()
    with held(monkeypatch, "list_jobs"):
        move(qtbot, refused, other)
        wait_until(qtbot, lambda: card.view.job.spec.target == str(other))
    wait_for_state(qtbot, program, paused.id, JobState.DONE)


def test_an_estimate_waits_neither_for_a_copy_nor_for_a_new_export(
    qtbot: QtBot, refused: Window, other: Path, gate: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, card = refused
    move(qtbot, refused, other)
    with held(monkeypatch, "create_job"):
        dialog = open_dialog(qtbot, program)
        dialog.path_field.setText(str(other.with_name("new.csv")))
        dialog.export_button.click()
        dialog.ask_estimate()
        wait_until(qtbot, lambda: "needed" in dialog.space_label.text())
        dialog.reject()
    assert card.view.situation is Situation.MOVING

"""What a person can do in the panel about an export that stopped, and what the window waits for by itself."""

from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from dataflow_desktop import locations
from dataflow_desktop.app import patience
from dataflow_desktop.domain.job import Job, JobState
from dataflow_desktop.domain.remedies import Remedy
from dataflow_desktop.ui.job_words import Situation
from tests.gui.conftest import SMALL_ROWS, OpenWindow, StartProgram
from tests.gui.driving import (
    answer,
    choose_file,
    close,
    open_dialog,
    resume_in_vain,
    wait_for_rows,
    wait_for_state,
    wait_until,
)
from tests.unit.exports import job_store, new_job, part_of, spec_for


def test_a_damaged_file_is_gone_on_from_its_intact_rows(
    qtbot: QtBot, open_window: OpenWindow, paused: Job, target: Path, whole: bytes
) -> None:
    assert paused.checkpoint is not None
    part = part_of(paused)
    content = bytearray(part.read_bytes())
    content[paused.checkpoint.bytes * 9 // 10] ^= 1
    part.write_bytes(content)
    program, card = window = open_window()
    resume_in_vain(qtbot, window)
    assert list(card.remedy_buttons) == [Remedy.CUT_BACK, Remedy.LOCATE, Remedy.RESTART]
    assert "resume JOB" not in card.reason_text
    card.remedy_buttons[Remedy.CUT_BACK].click()
    wait_for_state(qtbot, program, paused.id, JobState.DONE)
    assert target.read_bytes() == whole
    assert card.remedy_buttons == {}


def test_an_export_whose_folder_went_before_it_began_is_saved_elsewhere(
    qtbot: QtBot, open_window: OpenWindow, catalogue: Path, target: Path, whole: bytes
) -> None:
    with job_store() as store:
        job = new_job(store, spec_for(catalogue, target))
    target.parent.rename(target.parent.with_name("away"))
    program, card = window = open_window()
    resume_in_vain(qtbot, window)
    wait_until(qtbot, lambda: card.view.situation is Situation.HELD_UP)
    assert "There is no folder" in card.reason_text
    assert list(card.remedy_buttons) == [Remedy.LOCATE, Remedy.MOVE]
    target.parent.with_name("other").mkdir()
    card.remedy_buttons[Remedy.MOVE].click()
    choose_file(qtbot, program, target.parent.with_name("other") / target.name)
    wait_for_state(qtbot, program, job.id, JobState.DONE)
    assert (target.parent.with_name("other") / target.name).read_bytes() == whole


def test_an_export_whose_file_is_gone_begins_again_after_a_question(
    qtbot: QtBot, open_window: OpenWindow, paused: Job, target: Path, whole: bytes
) -> None:
    part_of(paused).unlink()
    program, card = window = open_window()
    resume_in_vain(qtbot, window)
    for role in (QMessageBox.ButtonRole.RejectRole, QMessageBox.ButtonRole.DestructiveRole):
        card.remedy_buttons[Remedy.RESTART].click()
        assert card.view.job.state is JobState.FAILED
        assert "1,000 rows" in answer(qtbot, program, role)
    wait_for_state(qtbot, program, paused.id, JobState.DONE)
    assert target.read_bytes() == whole


def test_a_moved_file_is_found_and_finished_where_it_is(
    qtbot: QtBot, open_window: OpenWindow, paused: Job, tmp_path: Path, whole: bytes
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    moved = part_of(paused).rename(elsewhere / "kept.part")
    program, card = window = open_window()
    resume_in_vain(qtbot, window)
    card.remedy_buttons[Remedy.LOCATE].click()
    choose_file(qtbot, program, moved)
    wait_for_state(qtbot, program, paused.id, JobState.DONE)
    assert (elsewhere / "products.csv").read_bytes() == whole
    # Of a file that lost its name, the rows are copied.
    assert sorted(path.name for path in elsewhere.iterdir()) == ["kept.part", "products.csv"]


def test_an_export_whose_target_somebody_made_is_saved_elsewhere(
    qtbot: QtBot, open_window: OpenWindow, paused: Job, target: Path, whole: bytes
) -> None:
    target.write_text("somebody's")
    program, card = window = open_window()
    resume_in_vain(qtbot, window)
    assert card.resume_button.toolTip() == "Finish products.csv"
    card.remedy_buttons[Remedy.MOVE].click()
    choose_file(qtbot, program, target.with_name("other.csv"))
    wait_for_state(qtbot, program, paused.id, JobState.DONE)
    assert target.with_name("other.csv").read_bytes() == whole
    assert target.read_text() == "somebody's"


def test_a_file_that_is_not_the_right_one_is_refused_until_another_step(
    qtbot: QtBot, open_window: OpenWindow, paused: Job, tmp_path: Path
) -> None:
    kept = part_of(paused).rename(tmp_path / "kept")
    (tmp_path / "other.part").write_text("something else")
    program, card = window = open_window()
    resume_in_vain(qtbot, window)
    card.remedy_buttons[Remedy.LOCATE].click()
    choose_file(qtbot, program, tmp_path / "other.part")
    panel = program.window.exports_panel
    wait_until(qtbot, lambda: "is not what was saved" in panel.error_text)
    assert (tmp_path / "other.part").read_text() == "something else"
    kept.rename(part_of(paused))
    card.resume_button.click()
    wait_for_state(qtbot, program, paused.id, JobState.DONE)
    wait_until(qtbot, lambda: panel.error_text == "")


def test_a_database_that_comes_back_is_waited_for(
    qtbot: QtBot,
    open_window: OpenWindow,
    paused: Job,
    catalogue: Path,
    whole: bytes,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(patience, "FIRST_WAIT_SECONDS", 1)
    program, card = open_window()
    away = catalogue.rename(catalogue.with_name("away.db"))
    card.resume_button.click()
    wait_until(qtbot, lambda: card.view.situation is Situation.HELD_UP)
    assert "Waiting for the database" in card.accessibleName()
    assert "There is no file" in card.reason_text
    away.rename(catalogue)
    wait_for_state(qtbot, program, paused.id, JobState.DONE)
    assert Path(paused.spec.target).read_bytes() == whole


def test_waiting_ends_when_a_person_pauses(
    qtbot: QtBot, open_window: OpenWindow, paused: Job, catalogue: Path
) -> None:
    program, card = open_window()
    catalogue.rename(catalogue.with_name("away.db"))
    card.resume_button.click()
    wait_until(qtbot, lambda: card.view.situation is Situation.HELD_UP)
    card.pause_button.click()
    assert card.view.situation is Situation.ELSEWHERE
    assert card.view.job.state is JobState.PAUSED
    assert program.exporting.running_count == 0


def test_a_damaged_record_of_exports_is_told(qtbot: QtBot, start: StartProgram, catalogue: Path) -> None:
    store = locations.job_store_path()
    store.parent.mkdir(parents=True, exist_ok=True)
    store.write_bytes(b"no database" * 1000)
    program = start(catalogue)
    wait_until(qtbot, lambda: "put aside" in program.window.exports_panel.error_text)
    (aside,) = store.parent.glob("jobs.db.damaged-*")
    assert aside.read_bytes() == b"no database" * 1000


def test_an_export_is_recovered_from_its_file_when_the_record_is_lost(
    qtbot: QtBot, start: StartProgram, catalogue: Path, paused: Job, target: Path, whole: bytes
) -> None:
    for path in locations.data_folder().glob("jobs.db*"):
        path.unlink()
    program = start(catalogue)
    wait_for_rows(qtbot, program, SMALL_ROWS)
    program.window.menus.action("recover_wished").trigger()
    choose_file(qtbot, program, part_of(paused))
    wait_until(qtbot, lambda: len(program.window.exports_panel.cards) == 1)
    wait_for_state(qtbot, program, paused.id, JobState.DONE)
    assert target.read_bytes() == whole


def test_the_dialog_says_how_much_room_is_needed_and_free(
    qtbot: QtBot, start: StartProgram, catalogue: Path, whole: bytes
) -> None:
    program = start(catalogue)
    wait_for_rows(qtbot, program, SMALL_ROWS)
    dialog = open_dialog(qtbot, program)
    wait_until(qtbot, lambda: "needed" in dialog.space_label.text())
    needed = dialog.space_label.text().split()[1:3]
    assert needed[1] == "kB"
    assert float(needed[0]) * 1000 == pytest.approx(len(whole), rel=0.1)
    assert "free" in dialog.space_label.text()
    dialog.reject()
    close(qtbot, program)


def test_the_room_that_was_needed_for_another_file_is_not_shown(
    qtbot: QtBot, start: StartProgram, catalogue: Path
) -> None:
    program = start(catalogue)
    wait_for_rows(qtbot, program, SMALL_ROWS)
    dialog = open_dialog(qtbot, program)
    space = dialog.space_label

    def type_a_letter() -> None:
        QTest.keyClicks(dialog.path_field, "x")

    def leave_columns_out() -> None:
        dialog.columns.choose(["id", "name"])

    for change in (type_a_letter, leave_columns_out):
        wait_until(qtbot, lambda: "needed" in space.text())
        change()
        assert space.text() == "…"
        dialog.show_space(1, 2, is_enough=False)  # an answer from before the change
        assert space.text() == "…"
    wait_until(qtbot, lambda: "needed" in space.text())
    dialog.reject()

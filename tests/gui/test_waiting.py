"""What an export waits for: how often it tries, who takes it in hand meanwhile, an end that is none."""

import errno
import os
import time
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from dataflow_desktop.app import patience
from dataflow_desktop.app.patience import Patience
from dataflow_desktop.app.wish_lanes import WishLanes
from dataflow_desktop.destination import part_file
from dataflow_desktop.destination.writing import write_all
from dataflow_desktop.domain.checkpoint import Checkpoint
from dataflow_desktop.domain.job import Job, JobState
from dataflow_desktop.domain.progress import Started
from dataflow_desktop.export.cancellation import cancel_job
from dataflow_desktop.export.relocation import move_export
from dataflow_desktop.pacing import StopRequest
from dataflow_desktop.ui.job_words import Situation
from tests.gui.conftest import OpenWindow
from tests.gui.driving import Window, close, held, start_export, wait_for_state, wait_until
from tests.gui.test_exports_panel import JOB
from tests.gui.test_window_defects import DISK_FULL
from tests.unit.exports import job_store, new_job, run_to_end, spec_for


@pytest.fixture
def waiting(qtbot: QtBot, open_window: OpenWindow, paused: Job, catalogue: Path) -> Window:
    """A window that waits for the database of its export, which stands beside its place."""
    window = open_window()
    catalogue.rename(away_from(catalogue))
    begin_to_wait(qtbot, window)
    return window


def away_from(catalogue: Path) -> Path:
    return catalogue.with_name("away.db")


def begin_to_wait(qtbot: QtBot, window: Window) -> None:
    _, card = window
    card.resume_button.click()
    wait_until(qtbot, lambda: card.view.situation is Situation.HELD_UP)


def test_an_export_that_saves_nothing_is_tried_less_and_less_often(
    qtbot: QtBot, open_window: OpenWindow, catalogue: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "FIRST_WAIT_SECONDS", 0.2)

    def write_little(descriptor: int, data: bytes) -> None:
        if os.fstat(descriptor).st_size > 20_000:
            raise OSError(errno.ENOSPC, "no room")
        write_all(descriptor, data)

    with job_store() as store:
        new_job(store, replace(spec_for(catalogue, target, chunk_rows=100), checkpoint_seconds=3600))
    program, card = open_window()
    monkeypatch.setattr(part_file, "write_all", write_little)
    starts: list[float] = []

    def note_start(report: object) -> None:
        if isinstance(report, Started):
            starts.append(time.monotonic())

    program.exporting.reported.connect(note_start)
    card.resume_button.click()
    wait_until(qtbot, lambda: len(starts) == 4)
    assert starts[3] - starts[2] >= 0.75  # a timer of Qt may be early by a twentieth


def test_waits_are_short_again_once_more_rows_are_durable(qtbot: QtBot) -> None:
    lanes = WishLanes()
    patient = Patience(lanes)
    job = replace(JOB, reason=DISK_FULL)
    seconds = []
    for rows in (45_000, 45_000, 45_000, 45_100, 45_100):
        patient.wait_for(replace(job, checkpoint=Checkpoint((rows,), rows, rows, "", "")))
        seconds.append(patient.seconds_before_look(job.id))
    patient.forget(job.id)
    assert seconds == [2, 4, 8, 2, 4]


def test_what_another_program_gives_up_is_not_waited_for(qtbot: QtBot, waiting: Window, paused: Job) -> None:
    program, card = waiting
    with job_store() as store:
        cancel_job(store, paused.id)
    wait_for_state(qtbot, program, paused.id, JobState.CANCELLED)
    assert card.view.situation is Situation.ELSEWHERE


def test_what_another_program_finishes_is_not_waited_for(
    qtbot: QtBot, waiting: Window, paused: Job, catalogue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, card = waiting
    with held(monkeypatch, "is_worth_trying"), job_store() as store:
        away_from(catalogue).rename(catalogue)
        run_to_end(store, paused)
        wait_for_state(qtbot, program, paused.id, JobState.DONE)
    assert card.view.situation is Situation.ELSEWHERE
    assert program.window.exports_panel.error_text == ""


def test_what_another_program_moves_is_not_waited_for(
    qtbot: QtBot, waiting: Window, paused: Job, tmp_path: Path
) -> None:
    _, card = waiting
    with job_store() as store:
        move_export(store, paused.id, tmp_path / "moved.csv", StopRequest())
    wait_until(qtbot, lambda: card.view.situation is Situation.ELSEWHERE)
    assert card.view.job.spec.target == str(tmp_path / "moved.csv")
    assert card.view.job.state is JobState.PAUSED


def test_a_look_that_takes_long_does_not_hold_up_the_panel(
    qtbot: QtBot,
    open_window: OpenWindow,
    paused: Job,
    catalogue: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(patience, "FIRST_WAIT_SECONDS", 0.1)
    program, card = window = open_window()
    catalogue.rename(away_from(catalogue))
    with held(monkeypatch, "is_worth_trying"):
        begin_to_wait(qtbot, window)
        qtbot.wait(300)
        program.exporting.cancel(paused.id)
        wait_for_state(qtbot, program, paused.id, JobState.CANCELLED)
        assert card.view.situation is Situation.ELSEWHERE


def test_a_session_that_goes_on_after_all_brings_back_a_window_that_works(
    qtbot: QtBot, waiting: Window, paused: Job, catalogue: Path, target: Path, whole: bytes
) -> None:
    program, _ = waiting
    program.desktop.session_ends.emit()
    away_from(catalogue).rename(catalogue)
    wait_for_state(qtbot, program, paused.id, JobState.DONE)
    assert target.read_bytes() == whole
    new = start_export(qtbot, program, target.with_name("new.csv"))
    wait_for_state(qtbot, program, new.view.job.id, JobState.DONE)
    close(qtbot, program)


def test_what_the_end_of_a_session_paused_is_offered_when_it_goes_on(
    qtbot: QtBot, open_window: OpenWindow, paused: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, card = open_window()
    program.window.offer_bar.hide()
    with held(monkeypatch, "list_jobs"):
        card.resume_button.click()
        program.desktop.session_ends.emit()
    wait_until(qtbot, program.window.offer_bar.isVisible)
    program.window.offer_bar.resume_button.click()
    wait_for_state(qtbot, program, paused.id, JobState.DONE)


def test_a_new_export_whose_count_the_end_of_a_session_cut_short_can_be_asked_again(
    qtbot: QtBot, open_window: OpenWindow, paused: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, _ = open_window()
    program.ask_export()
    dialog = program.exporting.dialog
    assert dialog is not None
    dialog.path_field.setText(str(tmp_path / "new.csv"))
    with held(monkeypatch, "create_job"):
        dialog.export_button.click()
        assert not dialog.export_button.isEnabled()
        program.desktop.session_ends.emit()
    wait_until(qtbot, dialog.export_button.isEnabled)
    dialog.export_button.click()
    wait_until(qtbot, (tmp_path / "new.csv").exists)

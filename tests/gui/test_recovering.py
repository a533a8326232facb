"""File > Recover: what is found again, and what is said when nothing is to be done for it."""

import shutil
from pathlib import Path
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from dataflow_desktop import locations
from dataflow_desktop.app.program import Program
from dataflow_desktop.destination import part_file
from dataflow_desktop.destination.part_names import sidecar_path_of
from dataflow_desktop.destination.writing import write_all
from dataflow_desktop.domain.job import Job, JobState
from dataflow_desktop.export.cancellation import cancel_job
from dataflow_desktop.export.engine import run_job
from dataflow_desktop.pacing import StopRequest
from tests.gui.conftest import SMALL_ROWS, OpenWindow, StartProgram
from tests.gui.driving import WAIT_MS, choose_file, held, wait_for_rows, wait_for_state, wait_until
from tests.unit.exports import job_store, part_of, run_to_end


def recover(qtbot: QtBot, program: Program, part: Path) -> None:
    program.window.menus.action("recover_wished").trigger()
    choose_file(qtbot, program, part)


def copied(job: Job, folder: Path) -> Path:
    """Copy the part file of `job` and the record beside it, and return where they are put back."""
    folder.mkdir()
    for path in (part_of(job), sidecar_path_of(job)):
        shutil.copy(path, folder)
    return folder / part_of(job).name


def test_a_recovered_export_has_a_card_before_the_record_is_read_again(
    qtbot: QtBot,
    start: StartProgram,
    catalogue: Path,
    paused: Job,
    whole: bytes,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for path in locations.data_folder().glob("jobs.db*"):
        path.unlink()
    program = start(catalogue)
    wait_for_rows(qtbot, program, SMALL_ROWS)
    with held(monkeypatch, "list_jobs"):
        recover(qtbot, program, part_of(paused))
        wait_until(qtbot, lambda: len(program.window.exports_panel.cards) == 1)
    wait_for_state(qtbot, program, paused.id, JobState.DONE)
    assert Path(paused.spec.target).read_bytes() == whole


def test_an_export_that_is_done_says_where_its_file_is(
    qtbot: QtBot, open_window: OpenWindow, paused: Job, target: Path, tmp_path: Path
) -> None:
    part = copied(paused, tmp_path / "copied")
    with job_store() as store:
        run_to_end(store, paused)
    program, card = open_window()
    recover(qtbot, program, part)
    panel = program.window.exports_panel
    wait_until(qtbot, lambda: "is done already" in panel.error_text)
    assert str(target) in panel.error_text
    assert card.view.job.state is JobState.DONE


def test_an_export_that_was_given_up_says_so(
    qtbot: QtBot, open_window: OpenWindow, paused: Job, tmp_path: Path
) -> None:
    part = copied(paused, tmp_path / "copied")
    with job_store() as store:
        cancel_job(store, paused.id)
    program, _ = open_window()
    recover(qtbot, program, part)
    wait_until(qtbot, lambda: "was given up" in program.window.exports_panel.error_text)


def test_an_export_that_another_program_owns_says_so(
    qtbot: QtBot, open_window: OpenWindow, paused: Job, catalogue: Path
) -> None:
    program, card = open_window()
    panel = program.window.exports_panel
    with job_store() as store:
        running = run_job(store, paused.id, StopRequest())
        next(iter(running))
        recover(qtbot, program, part_of(paused))
        wait_until(qtbot, lambda: "Another running program works on" in panel.error_text)
        assert card.view.job.state is JobState.PROCESSING
        list(running)
    wait_for_state(qtbot, program, paused.id, JobState.DONE)


def test_an_export_that_runs_here_says_so(
    qtbot: QtBot, open_window: OpenWindow, paused: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_write = Event()

    def write_later(descriptor: int, data: bytes) -> None:
        may_write.wait(2 * WAIT_MS / 1000)
        write_all(descriptor, data)

    monkeypatch.setattr(part_file, "write_all", write_later)
    program, card = open_window()
    card.resume_button.click()
    recover(qtbot, program, part_of(paused))
    wait_until(qtbot, lambda: "is under way here already" in program.window.exports_panel.error_text)
    may_write.set()
    wait_for_state(qtbot, program, paused.id, JobState.DONE)

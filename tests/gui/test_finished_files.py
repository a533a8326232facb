"""What a person does with a finished file, in the real window: open, find, verify it, read its details."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dataflow_desktop.domain.file_options import FileOptions
from dataflow_desktop.domain.job import JobState
from dataflow_desktop.domain.manifest import ExportedFile
from dataflow_desktop.domain.progress import Progress
from dataflow_desktop.domain.verification import Comparison
from dataflow_desktop.export import verification
from dataflow_desktop.logs import log_to_file
from dataflow_desktop.ui.card_note import NoteKind
from dataflow_desktop.ui.job_card import JobCard
from dataflow_desktop.ui.job_details import JobDetails
from dataflow_desktop.ui.job_menu import FileStep, FileWish
from tests.conftest import close_log
from tests.gui.conftest import SMALL_ROWS, Opener, OpenWindow, StartProgram
from tests.gui.driving import Window, close, start_export, wait_for_rows, wait_for_state, wait_until
from tests.unit.exports import job_store, new_job, part_of, run_to_end, run_until, spec_for


@pytest.fixture
def log() -> Iterator[None]:
    """A log as the program keeps one."""
    log_to_file()
    yield
    close_log()


@pytest.fixture
def finished(catalogue: Path, target: Path, open_window: OpenWindow, log: None) -> Window:
    """A window that shows one export, which is done, was paused once, and has a manifest."""
    with job_store() as store:
        job = new_job(store, replace(spec_for(catalogue, target, chunk_rows=500), has_manifest=True))
        run_until(store, job, lambda report: isinstance(report, Progress))
        run_to_end(store, job)
    return open_window()


def do(card: JobCard, step: FileStep) -> None:
    """Take a step as the menu of a card does."""
    card.file_wished.emit(FileWish(card.view.job, step))


def note_of(card: JobCard) -> str:
    return card.note_line.label.text() if card.note is not None else ""


def wait_for_answer(qtbot: QtBot, card: JobCard) -> str:
    wait_until(qtbot, lambda: card.note is not None and card.note.kind is not NoteKind.RUNNING)
    return note_of(card)


def details_of(qtbot: QtBot, window: Window) -> JobDetails:
    """Open the details by a double click, and wait until the disk and the log were looked at."""
    program, card = window
    QTest.mouseDClick(card, Qt.MouseButton.LeftButton)
    details = program.window.exports_panel.details
    assert details is not None
    wait_until(qtbot, lambda: details.value("On the disk") != "Looking…")
    return details


def test_a_finished_file_and_its_folder_are_opened_by_the_systems_programs(
    qtbot: QtBot, finished: Window, opener: Opener, target: Path
) -> None:
    _, card = finished
    card.open_button.click()
    wait_until(qtbot, lambda: opener.opened == [str(target)])
    card.folder_button.click()
    wait_until(qtbot, lambda: opener.opened == [str(target), str(target.parent)])
    assert card.note is None


def test_a_file_that_is_gone_is_not_opened_and_the_card_says_so(
    qtbot: QtBot, finished: Window, opener: Opener, target: Path
) -> None:
    _, card = finished
    target.unlink()
    card.open_button.click()
    wait_until(qtbot, lambda: card.note is not None)
    assert f"There is no file {target} any more" in note_of(card)
    assert opener.opened == []
    card.note_line.close_button.click()
    assert card.note is None


def test_the_path_is_copied(finished: Window, target: Path) -> None:
    _, card = finished
    QGuiApplication.clipboard().clear()
    do(card, FileStep.COPY_PATH)
    assert QGuiApplication.clipboard().text() == str(target)


def test_a_file_left_alone_is_said_to_be_equal(qtbot: QtBot, finished: Window, target: Path) -> None:
    _, card = finished
    do(card, FileStep.VERIFY)
    words = wait_for_answer(qtbot, card)
    assert words.startswith(f"{target} is just what was exported: 3,000 rows, ")
    assert card.note is not None
    assert card.note.kind is NoteKind.GOOD


def test_of_a_changed_file_the_bytes_that_differ_are_named_until_it_is_verified_again(
    qtbot: QtBot, finished: Window, target: Path
) -> None:
    _, card = finished
    content = target.read_bytes()
    target.write_bytes(content[:-1])
    do(card, FileStep.VERIFY)
    words = wait_for_answer(qtbot, card)
    assert "- it is shorter by 1 byte:" in words
    assert f"- it differs in bytes 0 to {len(content) - 1:,}" in words
    assert card.note is not None
    assert card.note.kind is NoteKind.BAD
    target.write_bytes(content)
    do(card, FileStep.VERIFY)
    assert "is just what was exported" in wait_for_answer(qtbot, card)


def test_verifying_a_file_that_is_gone_says_so(qtbot: QtBot, finished: Window, target: Path) -> None:
    _, card = finished
    target.unlink()
    do(card, FileStep.VERIFY)
    assert wait_for_answer(qtbot, card).startswith(f"There is no file {target}.")


def test_of_an_export_to_numbered_files_all_are_looked_at(
    qtbot: QtBot, catalogue: Path, target: Path, open_window: OpenWindow, log: None
) -> None:
    with job_store() as store:
        spec = replace(spec_for(catalogue, target), options=FileOptions(split_rows=1_000))
        run_to_end(store, new_job(store, spec))
    window = open_window()
    _, card = window
    first, second, third = sorted(target.parent.glob("products-*.csv"))
    do(card, FileStep.VERIFY)
    assert wait_for_answer(qtbot, card).startswith("All 3 files are just what was exported: 3,000 rows, ")
    details = details_of(qtbot, window)
    assert details.value("File") == f"{first} to {third.name} (3 files)"
    assert details.value("On the disk") == "All 3 files are there; no manifest stands beside them."
    assert not details.digest_button.isVisible()
    details.close()
    third.unlink()
    second.write_bytes(second.read_bytes() + b"x")
    do(card, FileStep.VERIFY)
    wait_until(qtbot, lambda: card.note is not None and card.note.kind is NoteKind.BAD)
    assert "2 of 3 files are not what was exported:" in note_of(card)
    assert f"- {third.name} is missing" in note_of(card)
    assert details_of(qtbot, window).value("On the disk").startswith("1 of 3 files is gone; ")


def compare_without_end(_: Path, file: ExportedFile, watch: Callable[[int], None]) -> Comparison:
    """Read a file of which there is always more, until somebody gives up."""
    turn = Event()
    while True:
        watch((file.bytes + 1) // 2)
        turn.wait(0.005)


def test_verifying_says_how_far_it_is_and_is_stopped_from_the_card(
    qtbot: QtBot, finished: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verification, "compare", compare_without_end)
    program, card = finished
    do(card, FileStep.VERIFY)
    wait_until(qtbot, lambda: note_of(card) == "Verifying… 50 %")
    do(card, FileStep.VERIFY)  # it goes on as it does
    target = Path(card.view.job.spec.target)
    start_export(
        qtbot, program, target.with_name("other.csv")
    )  # what the panel shows meanwhile changes nothing
    assert note_of(card).startswith("Verifying…")
    card.note_line.close_button.click()
    wait_until(qtbot, lambda: card.note is None)


def test_closing_the_window_ends_verifying(
    qtbot: QtBot, finished: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verification, "compare", compare_without_end)
    program, card = finished
    do(card, FileStep.VERIFY)
    wait_until(qtbot, lambda: note_of(card) == "Verifying… 50 %")
    close(qtbot, program)  # that no thread is left is looked at after every test


def test_the_details_say_what_was_asked_for_how_it_went_and_what_is_left(
    qtbot: QtBot, finished: Window, target: Path, catalogue: Path
) -> None:
    details = details_of(qtbot, finished)
    job = details.job
    assert job.whole_file is not None
    assert details.value("Table") == "products"
    assert details.value("Source") == str(catalogue)
    assert details.value("Columns").startswith("all 7: id, name, ")
    assert details.value("Rows") == "all, without a filter"
    assert details.value("Order") == "as the key: id"
    assert details.value("File") == str(target)
    assert details.value("SHA-256") == job.whole_file.sha256
    assert details.value("Resumed") == "once"
    assert ", after " in details.value("Finished")
    assert details.value("On the disk") == "The file is there; a manifest stands beside it."
    lines = details.log.toPlainText().splitlines()
    assert [line.split(" ", 3)[3].split(" ")[0] for line in lines] == ["the", "paused", "the", "done:"]
    details.digest_button.click()
    assert QGuiApplication.clipboard().text() == job.whole_file.sha256
    details.command_button.click()
    assert QGuiApplication.clipboard().text().startswith("dataflow-desktop export ")
    assert details.command_button.text() == "Copied"
    details.close()
    assert finished[0].window.exports_panel.details is None


def test_the_details_of_a_failed_export_say_why_and_what_to_do(
    qtbot: QtBot, paused: object, open_window: OpenWindow, log: None
) -> None:
    program, card = open_window()
    part_of(card.view.job).unlink()
    card.resume_button.click()
    wait_until(qtbot, lambda: card.view.job.state is JobState.FAILED and program.exporting.running_count == 0)
    details = details_of(qtbot, (program, card))
    assert details.value("State") == "Stopped by an error"
    assert "is gone" in details.value("Why")
    assert "begin again" in details.value("What to do")
    assert "export stopped in state FAILED" in details.log.toPlainText()
    assert not details.digest_button.isEnabled()


def test_open_details_follow_a_job_to_its_end(
    qtbot: QtBot, start: StartProgram, catalogue: Path, target: Path, log: None
) -> None:
    program = start(catalogue)
    wait_for_rows(qtbot, program, SMALL_ROWS)
    card = start_export(qtbot, program, target)
    QTest.keyClick(card, Qt.Key.Key_Return)
    details = program.window.exports_panel.details
    assert details is not None
    job = wait_for_state(qtbot, program, card.view.job.id, JobState.DONE)
    assert job.whole_file is not None
    assert details.value("State") == "Done"
    assert details.value("SHA-256") == job.whole_file.sha256
    wait_until(qtbot, lambda: "done: 3000 rows" in details.log.toPlainText())
    assert details.value("On the disk") == "The file is there; no manifest stands beside it."

"""Exporting in the real window: dialog, progress, pause, cancel, closing, and what a restart offers."""

import hashlib
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from dataflow_desktop.app.program import Program
from dataflow_desktop.domain.job import JobState
from dataflow_desktop.ui.job_card import JobCard
from dataflow_desktop.ui.job_words import JobView, Situation, state_words
from tests.gui.conftest import SMALL_ROWS, StartProgram
from tests.gui.driving import (
    choose,
    close,
    expected_csv,
    facet,
    open_dialog,
    start_export,
    wait_for_rows,
    wait_for_state,
    wait_until,
)

ALL_NUMBERS = "SELECT id, name, amount, kind FROM numbers ORDER BY id"


@pytest.fixture
def shown(qtbot: QtBot, start: StartProgram, catalogue: Path) -> Program:
    program = start(catalogue)
    wait_for_rows(qtbot, program, SMALL_ROWS)
    wait_until(qtbot, lambda: program.window.filter_bar.facet_columns == ("category", "status"))
    return program


def start_large(qtbot: QtBot, start: StartProgram, large_table: Path) -> Program:
    program = start(large_table)
    wait_for_rows(qtbot, program, 1_000_000)
    return program


def wait_for_progress(qtbot: QtBot, card: JobCard) -> None:
    wait_until(qtbot, lambda: card.view.progress is not None and card.view.progress.rows > 0)


def part_files(folder: Path) -> list[Path]:
    return list(folder.glob(".*.part"))


def test_filtered_rows_are_exported_to_the_end(
    qtbot: QtBot, shown: Program, catalogue: Path, tmp_path: Path
) -> None:
    choose(facet(shown, "category"), "Books")
    wait_until(qtbot, lambda: " of " in shown.window.filter_bar.count_label.text())
    card = start_export(qtbot, shown, tmp_path / "books.csv")
    job = wait_for_state(qtbot, shown, card.view.job.id, JobState.DONE)
    expected = expected_csv(catalogue, "SELECT * FROM products WHERE category = 'Books' ORDER BY id")
    assert (tmp_path / "books.csv").read_bytes() == expected
    assert hashlib.sha256(expected).hexdigest() in card.toolTip()
    assert job.whole_file is not None
    assert part_files(tmp_path) == []


def test_a_running_export_draws_its_speed_and_forgets_it_at_the_end(
    qtbot: QtBot, start: StartProgram, large_table: Path, tmp_path: Path
) -> None:
    program = start_large(qtbot, start, large_table)
    card = start_export(qtbot, program, tmp_path / "numbers.csv")
    wait_until(qtbot, lambda: len(card.sparkline.samples) > 1)
    assert card.sparkline.isVisible()
    assert "rows/s" in card.sparkline.accessibleDescription()
    assert "B/s · " in card.accessibleName()
    assert card.view.progress is not None
    assert card.view.progress.bytes_per_second > card.view.progress.rows_per_second > 0
    wait_for_state(qtbot, program, card.view.job.id, JobState.DONE)
    assert not card.sparkline.isVisible()
    assert program.window.exports_panel._speeds == {}


def test_only_the_checked_columns_are_exported(
    qtbot: QtBot, shown: Program, catalogue: Path, tmp_path: Path
) -> None:
    dialog = open_dialog(qtbot, shown)
    dialog.columns.choose(["id", "name"])
    dialog.path_field.setText(str(tmp_path / "names.csv"))
    dialog.export_button.click()
    wait_until(qtbot, (tmp_path / "names.csv").is_file)
    expected = expected_csv(catalogue, "SELECT id, name FROM products ORDER BY id")
    assert (tmp_path / "names.csv").read_bytes() == expected


def test_an_existing_target_is_refused_beside_the_field_until_replacing_is_allowed(
    qtbot: QtBot, shown: Program, catalogue: Path, tmp_path: Path
) -> None:
    target = tmp_path / "mine.csv"
    target.write_text("mine")
    dialog = open_dialog(qtbot, shown)
    dialog.path_field.setText(str(target))
    dialog.export_button.click()
    wait_until(qtbot, dialog.path_error.isVisible)
    assert "exists already" in dialog.path_error.text()
    assert target.read_text() == "mine"
    assert shown.window.exports_panel.cards == ()
    dialog.replace_box.setChecked(True)
    dialog.export_button.click()
    wait_until(
        qtbot, lambda: target.read_bytes() == expected_csv(catalogue, "SELECT * FROM products ORDER BY id")
    )


def test_another_path_takes_the_permission_to_replace_back(qtbot: QtBot, shown: Program) -> None:
    dialog = open_dialog(qtbot, shown)
    dialog.replace_box.setChecked(True)
    QTest.keyClicks(dialog.path_field, "x")
    assert not dialog.replace_box.isChecked()
    dialog.reject()


@pytest.mark.parametrize("text", ["", "  ", "/"])
def test_a_path_that_names_no_file_is_refused_beside_the_field(
    qtbot: QtBot, shown: Program, text: str
) -> None:
    dialog = open_dialog(qtbot, shown)
    dialog.path_field.setText(text)
    dialog.export_button.click()
    assert dialog.path_error.isVisible()
    dialog.reject()


def test_a_missing_folder_is_refused_beside_the_field(qtbot: QtBot, shown: Program, tmp_path: Path) -> None:
    dialog = open_dialog(qtbot, shown)
    dialog.path_field.setText(str(tmp_path / "nowhere" / "a.csv"))
    dialog.export_button.click()
    wait_until(qtbot, dialog.path_error.isVisible)
    assert "no folder" in dialog.path_error.text()
    dialog.reject()


def test_no_column_at_all_is_refused_beside_the_columns(qtbot: QtBot, shown: Program) -> None:
    dialog = open_dialog(qtbot, shown)
    dialog.columns.all_box.click()
    dialog.export_button.click()
    assert dialog.column_error.isVisible()
    dialog.reject()


def test_an_export_is_paused_and_resumed_to_the_same_bytes(
    qtbot: QtBot, start: StartProgram, large_table: Path, tmp_path: Path
) -> None:
    program = start_large(qtbot, start, large_table)
    card = start_export(qtbot, program, tmp_path / "all.csv")
    wait_for_progress(qtbot, card)
    card.pause_button.click()
    job = wait_for_state(qtbot, program, card.view.job.id, JobState.PAUSED)
    assert 0 < job.durable_rows < 1_000_000
    assert not (tmp_path / "all.csv").exists()
    card.resume_button.click()
    wait_for_state(qtbot, program, job.id, JobState.DONE)
    assert (tmp_path / "all.csv").read_bytes() == expected_csv(large_table, ALL_NUMBERS)


def states_shown(program: Program, job_id: str) -> list[tuple[str, int]]:
    """Return a list that grows by each state and number of rows that the card of a job shows from now on."""
    card = program.window.exports_panel.card(job_id)
    seen = [(state_words(card.view), card.view.rows)]
    real = card.show_view

    def show_view(view: JobView) -> None:
        real(view)
        seen.append((state_words(view), view.rows))

    card.show_view = show_view  # type: ignore[method-assign]  # what is shown for milliseconds counts here
    return seen


def test_a_pause_never_shows_where_the_export_stood_before(
    qtbot: QtBot, start: StartProgram, large_table: Path, tmp_path: Path
) -> None:
    program = start_large(qtbot, start, large_table)
    card = start_export(qtbot, program, tmp_path / "all.csv")
    wait_for_progress(qtbot, card)
    seen = states_shown(program, card.view.job.id)
    card.pause_button.click()
    wait_for_state(qtbot, program, card.view.job.id, JobState.PAUSED)
    assert list(dict.fromkeys(words for words, _ in seen)) == ["Exporting", "Stopping…", "Paused"]
    assert [rows for _, rows in seen] == sorted(rows for _, rows in seen)


def test_an_end_never_shows_where_the_export_stood_before(
    qtbot: QtBot, start: StartProgram, large_table: Path, tmp_path: Path
) -> None:
    program = start_large(qtbot, start, large_table)
    card = start_export(qtbot, program, tmp_path / "all.csv")
    wait_for_progress(qtbot, card)
    seen = states_shown(program, card.view.job.id)
    wait_for_state(qtbot, program, card.view.job.id, JobState.DONE)
    assert list(dict.fromkeys(words for words, _ in seen)) == ["Exporting", "Done"]
    assert [rows for _, rows in seen] == sorted(rows for _, rows in seen)


def test_giving_up_asks_first_and_leaves_nothing_behind(
    qtbot: QtBot, start: StartProgram, large_table: Path, tmp_path: Path
) -> None:
    program = start_large(qtbot, start, large_table)
    card = start_export(qtbot, program, tmp_path / "all.csv")
    wait_for_progress(qtbot, card)
    answer_question(qtbot, program, card, QMessageBox.ButtonRole.RejectRole)
    assert card.view.situation is Situation.RUNNING
    answer_question(qtbot, program, card, QMessageBox.ButtonRole.DestructiveRole)
    wait_for_state(qtbot, program, card.view.job.id, JobState.CANCELLED)
    assert list(tmp_path.glob("*.csv")) == part_files(tmp_path) == []


def answer_question(qtbot: QtBot, program: Program, card: JobCard, role: QMessageBox.ButtonRole) -> None:
    card.cancel_button.click()
    wait_until(qtbot, lambda: bool(questions(program)))
    box = questions(program)[0]
    next(button for button in box.buttons() if box.buttonRole(button) is role).click()
    wait_until(qtbot, lambda: not questions(program))


def questions(program: Program) -> list[QMessageBox]:
    return [box for box in program.window.findChildren(QMessageBox) if box.isVisible()]


def test_closing_pauses_the_export_and_the_next_start_offers_to_go_on(
    qtbot: QtBot, start: StartProgram, large_table: Path, tmp_path: Path
) -> None:
    first = start_large(qtbot, start, large_table)
    card = start_export(qtbot, first, tmp_path / "all.csv")
    wait_for_progress(qtbot, card)
    first.window.close()
    assert first.window.offer_bar.text_label.text() == "Pausing 1 export…"
    close(qtbot, first)

    second = start_large(qtbot, start, large_table)
    wait_until(qtbot, second.window.offer_bar.isVisible)
    assert second.window.offer_bar.text_label.text().startswith("1 export was interrupted at ")
    assert second.exporting.running_count == 0
    second.window.offer_bar.resume_button.click()
    (card,) = second.window.exports_panel.cards
    wait_for_state(qtbot, second, card.view.job.id, JobState.DONE)
    assert (tmp_path / "all.csv").read_bytes() == expected_csv(large_table, ALL_NUMBERS)
    assert not second.window.offer_bar.isVisible()


def test_later_starts_nothing_and_history_survives(
    qtbot: QtBot, start: StartProgram, large_table: Path, tmp_path: Path
) -> None:
    first = start_large(qtbot, start, large_table)
    start_export(qtbot, first, tmp_path / "all.csv")
    close(qtbot, first)
    second = start(large_table)
    wait_until(qtbot, second.window.offer_bar.isVisible)
    second.window.offer_bar.later_button.click()
    assert not second.window.offer_bar.isVisible()
    assert [card.view.job.state for card in second.window.exports_panel.cards] == [JobState.PAUSED]
    assert second.exporting.running_count == 0


def test_the_end_of_the_desktop_session_pauses_at_a_checkpoint(
    qtbot: QtBot, start: StartProgram, large_table: Path, tmp_path: Path
) -> None:
    program = start_large(qtbot, start, large_table)
    card = start_export(qtbot, program, tmp_path / "all.csv")
    wait_for_progress(qtbot, card)
    program.desktop.session_ends.emit()
    assert program.exporting.running_count == 0
    wait_for_state(qtbot, program, card.view.job.id, JobState.PAUSED)


def test_a_job_that_stopped_by_an_error_says_what_to_do_until_it_is_resumed(
    qtbot: QtBot, start: StartProgram, catalogue: Path, large_table: Path, tmp_path: Path
) -> None:
    program = start_large(qtbot, start, large_table)
    card = start_export(qtbot, program, tmp_path / "all.csv")
    wait_for_progress(qtbot, card)
    card.pause_button.click()
    job = wait_for_state(qtbot, program, card.view.job.id, JobState.PAUSED)
    (part,) = part_files(tmp_path)
    part.rename(tmp_path / "kept")
    card.resume_button.click()
    wait_for_state(qtbot, program, job.id, JobState.FAILED)
    assert "is gone" in card.reason_text
    assert card.resume_button.toolTip() == "Try all.csv again"
    (tmp_path / "kept").rename(part)
    card.resume_button.click()
    wait_for_state(qtbot, program, job.id, JobState.DONE)
    assert card.reason_text == ""


def test_closing_the_dialog_exports_nothing(qtbot: QtBot, shown: Program, tmp_path: Path) -> None:
    dialog = open_dialog(qtbot, shown)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    wait_until(qtbot, lambda: not dialog.isVisible())
    assert shown.window.exports_panel.cards == ()

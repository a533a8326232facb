"""Only what was added since the last export of a profile, chosen in the export dialog."""

import shlex
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from dataflow_desktop import locations
from dataflow_desktop.app.program import Program
from dataflow_desktop.cli import main
from dataflow_desktop.domain.export_profile import ExportProfile
from dataflow_desktop.domain.job import Job, JobState
from dataflow_desktop.errors import Reason
from dataflow_desktop.records.profiles import ProfileStore
from dataflow_desktop.ui.export_dialog import ExportDialog
from dataflow_desktop.ui.job_words import figures_words
from tests.gui.conftest import SMALL_ROWS
from tests.gui.driving import (
    choose,
    counted,
    expected_csv,
    facet,
    open_dialog,
    wait_for_rows,
    wait_for_state,
    wait_until,
)

ALL = "SELECT * FROM products ORDER BY id"


@pytest.fixture(autouse=True)
def _profile(catalogue: Path) -> None:
    ProfileStore(locations.profiles_path()).save(ExportProfile("daily", "products", str(catalogue)))


def with_profile(qtbot: QtBot, program: Program) -> ExportDialog:
    """Open the dialog and choose the profile."""
    dialog = open_dialog(qtbot, program)
    wait_until(qtbot, lambda: dialog.profile_part.box.count() == 2)
    dialog.profile_part.choose("daily")
    return dialog


def export(qtbot: QtBot, program: Program, dialog: ExportDialog, target: Path) -> str:
    """Export to `target`, and return what the panel says of it in the end."""
    if dialog.path_field.text() != str(target):
        dialog.path_field.setText(str(target))
    known = {card.view.job.id for card in program.window.exports_panel.cards}

    def new() -> list[Job]:
        jobs = [card.view.job for card in program.window.exports_panel.cards]
        return [job for job in jobs if job.id not in known]

    dialog.export_button.click()
    wait_until(qtbot, lambda: bool(new()))
    (job,) = new()
    wait_for_state(qtbot, program, job.id, JobState.DONE)
    wait_until(qtbot, lambda: not program.window.findChildren(ExportDialog))
    return figures_words(program.window.exports_panel.card(job.id).view)


def add(catalogue: Path, rows: int) -> None:
    with closing(sqlite3.connect(catalogue)) as connection, connection:
        connection.execute(
            "INSERT INTO products SELECT (SELECT max(id) FROM products) + id, name, category, price, "
            "quantity, status, created_at FROM products WHERE id <= ?",
            (rows,),
        )


@pytest.fixture
def dialog(qtbot: QtBot, shown: Program, catalogue: Path, target: Path) -> ExportDialog:
    """The dialog with a profile of which all rows were exported; five more have come since."""
    export(qtbot, shown, with_profile(qtbot, shown), target)
    add(catalogue, 5)
    dialog = with_profile(qtbot, shown)
    wait_until(qtbot, dialog.since_part.isVisible)
    return dialog


def test_nothing_is_asked_where_there_was_no_export(qtbot: QtBot, shown: Program) -> None:
    dialog = with_profile(qtbot, shown)
    with qtbot.waitSignal(
        shown.exporting._lanes.answered, check_params_cb=lambda answer: hasattr(answer, "going_on")
    ):
        dialog.ask_last()
    assert not dialog.since_part.isVisible()
    dialog.reject()


def test_it_becomes_a_file_of_the_new_rows(
    qtbot: QtBot, shown: Program, dialog: ExportDialog, target: Path, catalogue: Path
) -> None:
    part = dialog.since_part
    assert part.all_button.isChecked()
    assert "added since" in part.new_button.text()
    assert "(file products.csv)" in part.new_button.accessibleName()
    before = dialog.space_label.text()
    part.new_button.click()
    assert dialog.rows == 5
    assert dialog._offer_label.text().startswith("5 rows of products")
    wait_until(qtbot, lambda: f"{SMALL_ROWS + 1}," in dialog.preview.text.toPlainText())
    wait_until(qtbot, lambda: dialog.space_label.text() not in ("", before))
    new = target.with_name("new.csv")
    said = export(qtbot, shown, dialog, new)
    header, *rows = expected_csv(catalogue, ALL).splitlines(keepends=True)
    assert new.read_bytes() == b"".join([header, *rows[-5:]])
    assert "5 rows added since" in said


def test_all_rows_are_all_rows_again(
    qtbot: QtBot, shown: Program, dialog: ExportDialog, target: Path, catalogue: Path
) -> None:
    dialog.since_part.new_button.click()
    dialog.since_part.all_button.click()
    assert not dialog._spec(target).is_since_last
    export(qtbot, shown, dialog, target.with_name("all.csv"))
    assert target.with_name("all.csv").read_bytes() == expected_csv(catalogue, ALL)


def test_another_choice_of_profile_takes_it_back(dialog: ExportDialog, target: Path) -> None:
    dialog.since_part.new_button.click()
    dialog.profile_part.choose(None)
    assert not dialog.since_part.isVisible()
    assert dialog._spec(target).last is None
    dialog.reject()


def test_they_are_put_behind_those_of_the_old_file(
    qtbot: QtBot, shown: Program, dialog: ExportDialog, target: Path, catalogue: Path
) -> None:
    dialog.since_part.new_button.click()
    dialog.path_field.setText(str(target.with_name("other.csv")))
    with qtbot.waitSignal(dialog.last_wished):
        dialog.path_field.setText(str(target))
    dialog.replace_box.click()
    wait_until(qtbot, dialog.since_part.hint.isVisible)
    assert "put behind the rows of products.csv" in dialog.since_part.hint.text()
    old_kilobytes = str(target.stat().st_size // 1000)  # the new rows are no more than half a kilobyte
    wait_until(qtbot, lambda: old_kilobytes in dialog.space_label.text())
    export(qtbot, shown, dialog, target)
    assert target.read_bytes() == expected_csv(catalogue, ALL)
    said = export_again(qtbot, shown, target)
    assert "no rows were added since" in said
    assert target.read_bytes() == expected_csv(catalogue, ALL)


def export_again(qtbot: QtBot, program: Program, target: Path) -> str:
    dialog = with_profile(qtbot, program)
    wait_until(qtbot, dialog.since_part.isVisible)
    dialog.since_part.new_button.click()
    dialog.path_field.setText(str(target))
    dialog.replace_box.click()
    return export(qtbot, program, dialog, target)  # at once: it is found out again what is new


def test_what_cannot_be_put_behind_is_said(qtbot: QtBot, dialog: ExportDialog, target: Path) -> None:
    dialog.path_field.setText(str(target))
    dialog.replace_box.click()
    dialog.since_part.new_button.click()
    dialog.file_part.format_options.header_check.click()
    wait_until(qtbot, dialog.since_part.error.isVisible)
    assert "other columns or options" in dialog.since_part.error.text()
    dialog.since_part.all_button.click()
    assert not dialog.since_part.error.isVisible()
    dialog.since_part.new_button.click()
    dialog.file_part.format_options.header_check.click()
    wait_until(qtbot, dialog.since_part.hint.isVisible)
    assert not dialog.since_part.error.isVisible()
    dialog.reject()


def test_the_command_says_it_too(qtbot: QtBot, shown: Program, dialog: ExportDialog, target: Path) -> None:
    dialog.since_part.new_button.click()
    dialog.columns.choose(["id", "name"])
    assert not dialog.command_button.isEnabled()
    assert "Save it first" in dialog.command_button.toolTip()
    dialog.profile_part.choose("daily")
    wait_until(qtbot, dialog.since_part.isVisible)
    dialog.since_part.new_button.click()
    new = target.with_name("new.csv")
    dialog.path_field.setText(str(new))
    dialog.command_button.click()
    _, *arguments = shlex.split(QGuiApplication.clipboard().text())
    assert arguments[-2:] == ["--profile=daily", "--since-last"]
    dialog.reject()
    assert main(arguments) == 0
    assert len(new.read_bytes().splitlines()) == 6


def test_a_filter_that_the_profile_does_not_say_has_no_command(
    qtbot: QtBot, shown: Program, target: Path, catalogue: Path
) -> None:
    choose(facet(shown, "category"), "Books")
    wait_for_rows(qtbot, shown, counted(catalogue, "category = 'Books'"))
    export(qtbot, shown, with_profile(qtbot, shown), target)
    dialog = with_profile(qtbot, shown)
    wait_until(qtbot, dialog.since_part.isVisible)
    assert dialog.command_button.isEnabled()
    dialog.since_part.new_button.click()
    assert not dialog.command_button.isEnabled()
    dialog.reject()


def test_that_nothing_can_go_on_from_the_last_one_is_said(dialog: ExportDialog) -> None:
    part = dialog.since_part
    part.forget()
    part.show_reason(Reason("configuration", "NEW_ROWS_NOT_TOLD", {}))  # of which nobody can expect it
    assert not part.isVisible()
    part.show_reason(Reason("refused", "LAST_KEY_CHANGED", {"table": "products"}))
    assert part.isVisible()
    assert not part.new_button.isEnabled()
    assert "another key" in part.hint.text()
    assert part.hint.isVisible()
    dialog.ask_last()
    dialog.profile_part.choose(None)
    assert part.new_button.isEnabled()
    assert not part.isVisible()
    dialog.reject()

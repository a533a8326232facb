"""The export dialog says what Excel would change, and offers the file that keeps it."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from dataflow_desktop.app.program import Program
from dataflow_desktop.domain.file_options import FileFormat
from dataflow_desktop.domain.job import JobState
from dataflow_desktop.ui.export_dialog import ExportDialog
from dataflow_desktop.ui.option_presets import Preset
from tests.gui.conftest import StartProgram
from tests.gui.driving import held, open_dialog, wait_for_rows, wait_for_state, wait_until
from tests.unit.databases import insert, make_database

ROWS = [(1, "A1", 5, "x"), (2, "00123", 4111111111111111, "007"), (3, "0", 6, "y")]


@pytest.fixture
def program(qtbot: QtBot, start: StartProgram, tmp_path: Path) -> Program:
    source = make_database(
        tmp_path / "codes.db", "CREATE TABLE t (id INTEGER PRIMARY KEY, code TEXT, card INT, note TEXT)"
    )
    insert(source, "t", ROWS)
    program = start(source, "t")
    wait_for_rows(qtbot, program, len(ROWS))
    return program


@pytest.fixture
def dialog(qtbot: QtBot, program: Program, target: Path) -> ExportDialog:
    dialog = open_dialog(qtbot, program)
    dialog.path_field.setText(str(target))
    return dialog


def choose_excel(qtbot: QtBot, dialog: ExportDialog) -> None:
    choose(dialog, Preset.EXCEL)
    wait_until(qtbot, dialog.file_part.format_options.excel_notice.isVisible)


def choose(dialog: ExportDialog, preset: Preset) -> None:
    options = dialog.file_part.format_options
    options.preset_box.choose(preset)
    options.preset_box.chosen_changed.emit()


def test_it_is_said_beside_the_preset(qtbot: QtBot, dialog: ExportDialog) -> None:
    notice = dialog.file_part.format_options.excel_notice
    assert not notice.isVisible()
    choose_excel(qtbot, dialog)
    text = notice.label.text()
    assert "00123 in code becomes 123" in text
    assert "4111111111111111 in card becomes 4111111111111110" in text
    assert "in 1 more column" in text
    choose(dialog, Preset.PLAIN)
    wait_until(qtbot, lambda: not notice.isVisible())
    choose_excel(qtbot, dialog)
    dialog.columns.choose(["id"])
    wait_until(qtbot, lambda: not notice.isVisible())
    dialog.reject()


def test_the_button_makes_a_workbook_of_it(
    qtbot: QtBot, program: Program, dialog: ExportDialog, target: Path
) -> None:
    dialog.columns.choose(["code", "card"])
    choose_excel(qtbot, dialog)
    notice = dialog.file_part.format_options.excel_notice
    notice.xlsx_button.click()
    assert not notice.isVisible()
    assert dialog.file_part.options.file_format is FileFormat.XLSX
    assert dialog.path_field.text() == str(target.with_suffix(".xlsx"))
    assert dialog.columns.chosen() == ("code", "card")
    dialog.export_button.click()
    wait_until(qtbot, lambda: len(program.window.exports_panel.cards) == 1)
    job = program.window.exports_panel.cards[0].view.job
    wait_for_state(qtbot, program, job.id, JobState.DONE)
    assert target.with_suffix(".xlsx").read_bytes().startswith(b"PK")


def test_neither_preview_nor_window_wait_for_the_look(
    qtbot: QtBot, dialog: ExportDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice = dialog.file_part.format_options.excel_notice
    with held(monkeypatch, "excel_changes"):
        choose(dialog, Preset.EXCEL)
        wait_until(qtbot, lambda: "00123" in dialog.preview.text.toPlainText())
        assert not notice.isVisible()
        dialog.columns.choose(["note"])  # what is found of the other columns counts no more
    wait_until(qtbot, notice.isVisible)
    assert "code" not in notice.label.text()
    assert "007 in note becomes 7" in notice.label.text()
    dialog.reject()

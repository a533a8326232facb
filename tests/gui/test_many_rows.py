"""More rows than a view has pixels for: the table shows a part of them, and moves on."""

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from dataflow_desktop.app.program import Program
from dataflow_desktop.browse.clipboard import ClipboardForm
from dataflow_desktop.ui import row_table_model
from tests.gui.conftest import SMALL_ROWS, StartProgram
from tests.gui.driving import check_model, texts_of_row, wait_until

TOLD_ROWS = 1_000


@pytest.fixture
def shown(qtbot: QtBot, start: StartProgram, catalogue: object, monkeypatch: pytest.MonkeyPatch) -> Program:
    """A table of 3,000 rows in a view that holds 1,000."""
    monkeypatch.setattr(row_table_model, "PIXEL_LIMIT", 24_999)
    monkeypatch.setattr(row_table_model.RowTableModel, "set_row_height", hold_few_rows)
    program = start(catalogue)
    bar, label = program.window.row_view.verticalScrollBar(), program.window.filter_bar.count_label
    wait_until(qtbot, lambda: label.text() == f"{SMALL_ROWS:,} rows" and bar.maximum() > 0)
    return program


def hold_few_rows(model: row_table_model.RowTableModel, _: int) -> None:
    model._most_rows = TOLD_ROWS


def first_number(program: Program) -> str:
    """The number of the row at the top of the screen."""
    view = program.window.row_view
    return str(program.window.row_model.headerData(max(0, view.rowAt(0)), Qt.Orientation.Vertical))


def wait_for_first_id(qtbot: QtBot, program: Program, expected: int) -> None:
    view = program.window.row_view
    wait_until(qtbot, lambda: texts_of_row(program, max(0, view.rowAt(0)))[0] == str(expected))
    assert first_number(program) == f"{expected:,}"


def test_the_bar_at_its_end_goes_on_with_the_rows_that_follow_and_back(qtbot: QtBot, shown: Program) -> None:
    check_model(shown)
    bar, model = shown.window.row_view.verticalScrollBar(), shown.window.row_model
    assert model.rowCount() == TOLD_ROWS
    ends = 0
    while model.has_rows_below and ends < 20:
        bar.setValue(bar.maximum())
        ends += 1
    assert (ends, model.base) == (4, SMALL_ROWS - TOLD_ROWS)
    bar.setValue(bar.maximum())
    last = model.rowCount() - 1
    wait_until(qtbot, lambda: texts_of_row(shown, last)[0] == str(SMALL_ROWS))
    while model.base:
        bar.setValue(bar.minimum())
    bar.setValue(bar.minimum())
    wait_for_first_id(qtbot, shown, 1)


def test_the_screen_stays_as_it_is_when_the_part_moves(qtbot: QtBot, shown: Program) -> None:
    bar = shown.window.row_view.verticalScrollBar()
    bar.setValue(bar.maximum() - 1)
    before = first_number(shown)
    bar.setValue(bar.maximum())
    assert shown.window.row_model.base == TOLD_ROWS // 2
    after = first_number(shown)
    assert 0 <= int(after.replace(",", "")) - int(before.replace(",", "")) <= 1


@pytest.mark.parametrize("row", [0, 700, 1_500, 2_999])
def test_any_row_can_be_gone_to(qtbot: QtBot, shown: Program, row: int) -> None:
    shown.window.row_view.scroll_to_row(2_000)
    shown.window.row_view.scroll_to_row(row)
    index = row - shown.window.row_model.base
    wait_until(qtbot, lambda: texts_of_row(shown, index)[0] == str(row + 1))


def test_what_is_copied_are_the_rows_shown(qtbot: QtBot, shown: Program) -> None:
    view, model = shown.window.row_view, shown.window.row_model
    view.scroll_to_row(2_500)
    cell = model.index(2_500 - model.base, 0)
    view.selectionModel().select(cell, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    view.copy(ClipboardForm.TSV)
    wait_until(qtbot, lambda: QGuiApplication.clipboard().text() == "2501")

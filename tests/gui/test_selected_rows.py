"""Selected rows in a file of their own, in whatever order and under whatever filter they are shown."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from dataflow_desktop.app.program import Program
from dataflow_desktop.domain.job import JobState
from dataflow_desktop.domain.row_query import SortColumn
from dataflow_desktop.ui.export_dialog import ExportDialog
from tests.gui.conftest import SMALL_ROWS
from tests.gui.driving import (
    counted,
    expected_csv,
    open_dialog,
    start_export,
    wait_for_rows,
    wait_for_state,
    wait_until,
)

WISH = "export_selected_wished"


def select(program: Program, first: int, last: int) -> None:
    """Select some cells of these rows; one of the columns is enough to mean the whole row."""
    model, view = program.window.row_model, program.window.row_view
    cells = QItemSelection(model.index(first, 1), model.index(last, 2))
    view.selectionModel().select(cells, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def texts_in(dialog: ExportDialog) -> list[str]:
    """Return what the dialog says."""
    return [label.text() for label in dialog.findChildren(QLabel)]


@pytest.mark.parametrize(
    ("order", "search", "expected"),
    [
        ((), "", "ORDER BY id"),
        ((SortColumn("price", True),), "", "ORDER BY price DESC, id"),
        ((SortColumn("status"), SortColumn("category", True)), "", "ORDER BY status, category DESC, id"),
        ((SortColumn("quantity"),), "ultra", "WHERE name LIKE '%ultra%' ORDER BY quantity, id"),
    ],
)
def test_selected_rows_are_exported_and_no_others(
    qtbot: QtBot, shown: Program, catalogue: Path, order: tuple[SortColumn, ...], search: str, expected: str
) -> None:
    shown.window.filter_bar.search_field.setText(search)
    shown.window.filter_bar.apply()
    shown.window.row_view.order_wished.emit(order)
    wait_for_rows(qtbot, shown, counted(catalogue, f"name LIKE '%{search}%'"))
    select(shown, 20, 69)
    target = catalogue.with_name("some.csv")
    card = start_export(qtbot, shown, target, WISH)
    job = wait_for_state(qtbot, shown, card.view.job.id, JobState.DONE)
    query = f"SELECT * FROM products {expected} LIMIT 50 OFFSET 20"
    assert target.read_bytes() == expected_csv(catalogue, query)
    assert job.plan.total_rows == 50


def test_the_dialog_says_how_many_rows_are_selected(qtbot: QtBot, shown: Program) -> None:
    select(shown, 5, 16)
    dialog = open_dialog(qtbot, shown, WISH)
    assert dialog.rows == 12
    assert "12 rows selected of products" in texts_in(dialog)
    dialog.reject()


def test_all_rows_selected_are_all_rows(qtbot: QtBot, shown: Program) -> None:
    shown.window.row_view.selectAll()
    dialog = open_dialog(qtbot, shown, WISH)
    assert dialog.rows == SMALL_ROWS
    assert "3,000 rows of products" in texts_in(dialog)
    dialog.reject()


def test_it_is_offered_only_while_rows_are_selected(shown: Program) -> None:
    action = shown.window.menus.action(WISH)
    assert not action.isEnabled()
    select(shown, 1, 1)
    assert action.isEnabled()
    shown.window.row_view.clearSelection()
    assert not action.isEnabled()


def test_a_sorted_row_that_is_gone_is_said(qtbot: QtBot, shown: Program, catalogue: Path) -> None:
    shown.window.row_view.order_wished.emit((SortColumn("price"),))
    wait_for_rows(qtbot, shown, SMALL_ROWS)
    gone = int(str(shown.window.row_model.index(9, 0).data()))
    with closing(sqlite3.connect(catalogue)) as connection, connection:
        connection.execute("DELETE FROM products WHERE id = ?", (gone,))
    select(shown, 3, 9)
    shown.window.menus.action(WISH).trigger()
    wait_until(qtbot, lambda: "is gone" in shown.window.statusBar().currentMessage())
    assert not shown.window.findChildren(ExportDialog)

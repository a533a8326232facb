"""Columns that a person moves, hides and widens, and what the program remembers of it."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHeaderView
from pytestqt.qtbot import QtBot

from dataflow_desktop.app.program import Program
from dataflow_desktop.browse.clipboard import ClipboardForm
from dataflow_desktop.ui.columns_dialog import ColumnsDialog
from tests.gui.conftest import SMALL_ROWS, StartProgram
from tests.gui.driving import close, open_dialog, texts_of_row, wait_for_rows, wait_until

ALL: tuple[str, ...] = ("id", "name", "category", "price", "quantity", "status", "created_at")
ARRANGED: tuple[str, ...] = ("price", "id", "category", "quantity", "status", "created_at")


def header(program: Program) -> QHeaderView:
    return program.window.row_view.horizontalHeader()


def arrange(program: Program) -> None:
    """Put the price first, hide the name, widen the category."""
    header(program).moveSection(3, 0)
    header(program).setSectionHidden(1, True)
    header(program).resizeSection(2, 222)


def test_what_was_arranged_is_there_at_the_next_start(
    qtbot: QtBot, start: StartProgram, shown: Program, catalogue: Path
) -> None:
    arrange(shown)
    assert shown.window.row_view.shown_columns == ARRANGED
    close(qtbot, shown)
    again = start(catalogue)
    wait_for_rows(qtbot, again, SMALL_ROWS)
    assert again.window.row_view.shown_columns == ARRANGED
    assert header(again).sectionSize(2) == 222
    assert texts_of_row(again, 0)[0] == "1"


def test_another_table_has_columns_of_its_own_and_this_one_keeps_them(
    qtbot: QtBot, shown: Program, catalogue: Path, large_table: Path
) -> None:
    arrange(shown)
    shown.browsing.open(str(large_table))
    wait_for_rows(qtbot, shown, 1_000_000)
    assert shown.window.row_view.shown_columns == ("id", "name", "amount", "kind")
    shown.browsing.open(str(catalogue))
    wait_for_rows(qtbot, shown, SMALL_ROWS)
    assert shown.window.row_view.shown_columns == ARRANGED


def test_a_filter_leaves_the_columns_as_they_are(qtbot: QtBot, shown: Program) -> None:
    arrange(shown)
    shown.window.filter_bar.search_field.setText("ultra")
    shown.window.filter_bar.search_field.returnPressed.emit()
    wait_until(qtbot, lambda: 0 < shown.window.row_model.rowCount() < SMALL_ROWS)
    assert shown.window.row_view.shown_columns == ARRANGED
    assert header(shown).sectionSize(2) == 222


def test_copies_and_exports_have_the_columns_that_are_shown(qtbot: QtBot, shown: Program) -> None:
    arrange(shown)
    view = shown.window.row_view
    view.selectRow(0)
    view.copy(ClipboardForm.CSV)
    wait_until(qtbot, lambda: QGuiApplication.clipboard().text().startswith(",".join(ARRANGED) + "\n"))
    dialog = open_dialog(qtbot, shown)
    assert dialog.columns.chosen() == ARRANGED
    dialog.reject()


def test_columns_are_chosen_in_a_dialog(qtbot: QtBot, shown: Program) -> None:
    shown.window.menus.action("columns_wished").trigger()
    dialog = shown.window.findChild(ColumnsDialog)
    assert dialog is not None
    assert dialog.columns.chosen() == ALL
    dialog.columns.choose(["id", "status"])
    dialog.accept()
    assert shown.window.row_view.shown_columns == ("id", "status")
    shown.window.menus.action("columns_wished").trigger()
    wait_until(qtbot, lambda: len(shown.window.findChildren(ColumnsDialog)) == 1)
    again = shown.window.findChild(ColumnsDialog)
    assert again is not None
    assert again.columns.chosen() == ("id", "status")
    again.columns.choose([])
    assert not again.buttons.button(again.buttons.StandardButton.Ok).isEnabled()
    again.reject()


def test_columns_are_moved_by_keys_in_the_dialog(qtbot: QtBot, shown: Program) -> None:
    arrange(shown)
    shown.window.menus.action("columns_wished").trigger()
    dialog = shown.window.findChild(ColumnsDialog)
    assert dialog is not None
    names = dialog.columns.list
    assert dialog.columns.chosen() == ARRANGED
    names.setCurrentItem(names.findItems("id", Qt.MatchFlag.MatchExactly)[0])
    names.setFocus()
    wait_until(qtbot, names.hasFocus)
    while names.currentRow() > 0:
        QTest.keyClick(names, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    moved = dialog.columns.chosen()
    assert moved == ("id", "price", *ARRANGED[2:])
    dialog.accept()
    assert shown.window.row_view.shown_columns == moved

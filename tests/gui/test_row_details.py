"""One row in full, and filters by just the value under the pointer."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from dataflow_desktop.app.program import Program
from dataflow_desktop.app.row_details import condition_for
from dataflow_desktop.domain.row_query import Condition, Operator
from dataflow_desktop.ui.details_pane import VALUE, DetailsPane
from tests.gui.conftest import SMALL_ROWS, StartProgram
from tests.gui.driving import texts_of_row, wait_for_rows, wait_until

LONG = "word " * 1_000


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """Rows with a long text, JSON, bytes and NULL."""
    path = tmp_path / "odd.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE odd (id INTEGER PRIMARY KEY, t TEXT, j TEXT, b BLOB, n TEXT)")
        connection.execute("INSERT INTO odd VALUES (1, ?, '{\"a\":1}', x'00ff', NULL)", (LONG,))
        connection.execute("INSERT INTO odd VALUES (2, 'short', '[]', x'', '')")
    return path


def opened(qtbot: QtBot, start: StartProgram, database: Path, rows: int) -> Program:
    program = start(database)
    wait_for_rows(qtbot, program, rows)
    program.window.menus.action("details_wished").setChecked(True)
    return program


def go_to(program: Program, row: int) -> DetailsPane:
    program.window.row_view.go_to_row(row)
    return program.window.details_pane


def test_a_row_is_shown_whole(qtbot: QtBot, start: StartProgram, odd: Path) -> None:
    pane = go_to(opened(qtbot, start, odd, 2), 0)
    wait_until(qtbot, lambda: pane.fields.rowCount() == 5)
    wholes = []
    for place in range(5):
        pane.choose_column(place)
        wholes.append(pane.whole.toPlainText())
    assert wholes[:3] == ["1", LONG, '{\n  "a": 1\n}']
    assert wholes[3].startswith("00000000  00 ff")
    assert wholes[4] == "NULL"
    item = pane.fields.item(4, VALUE)
    assert item is not None
    assert item.font().italic()


def test_the_pane_follows_the_keyboard_with_its_column(qtbot: QtBot, start: StartProgram, odd: Path) -> None:
    program = opened(qtbot, start, odd, 2)
    pane = go_to(program, 0)
    wait_until(qtbot, lambda: pane.fields.rowCount() == 5)
    pane.choose_column(1)
    go_to(program, 1)
    wait_until(qtbot, lambda: pane.whole.toPlainText() == "short")


def test_a_row_that_is_gone_says_so(qtbot: QtBot, start: StartProgram, odd: Path) -> None:
    program = opened(qtbot, start, odd, 2)
    with closing(sqlite3.connect(odd)) as connection, connection:
        connection.execute("DELETE FROM odd")
    pane = go_to(program, 1)
    wait_until(qtbot, lambda: "gone" in pane._title.text())


@pytest.mark.parametrize("is_sorted", [True, False])
@pytest.mark.parametrize(("entry", "operator"), [(0, "="), (1, "!=")])
def test_the_value_under_the_pointer_filters(
    qtbot: QtBot, start: StartProgram, catalogue: Path, entry: int, operator: str, *, is_sorted: bool
) -> None:
    program = start(catalogue)
    wait_for_rows(qtbot, program, SMALL_ROWS)
    view = program.window.row_view
    if is_sorted:
        view.horizontalHeader().sectionClicked.emit(3)
        wait_for_rows(qtbot, program, SMALL_ROWS)
    cell = view.visualRect(program.window.row_model.index(3, 2)).center()
    category = texts_of_row(program, 3)[2]
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, cell, view.viewport().mapToGlobal(cell))
    QApplication.sendEvent(view.viewport(), event)
    menu = view.findChildren(QMenu)[-1]
    menu.actions()[entry].trigger()
    menu.close()
    with closing(sqlite3.connect(catalogue)) as connection:
        statement = f"SELECT count(*) FROM products WHERE category {operator} ?"
        (expected,) = connection.execute(statement, (category,)).fetchone()
    wait_for_rows(qtbot, program, expected)


def test_outside_the_rows_there_is_no_menu(qtbot: QtBot, start: StartProgram, odd: Path) -> None:
    program = opened(qtbot, start, odd, 2)
    view = program.window.row_view
    place = QPoint(5, view.viewport().height() - 5)
    QApplication.sendEvent(
        view.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, view.mapToGlobal(place))
    )
    assert not view.findChildren(QMenu)


def test_null_is_asked_for_as_such() -> None:
    for is_excluded, operator in ((False, Operator.IS_NULL), (True, Operator.NOT_NULL)):
        assert condition_for("n", None, is_excluded=is_excluded) == Condition("n", operator)

"""Sorting by a click on a column's name: by an index, without one, and by several columns."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dataflow_desktop.app.program import Program
from dataflow_desktop.domain.row_query import SortColumn
from dataflow_desktop.ui.row_table_view import next_order
from tests.gui.conftest import SMALL_ROWS, StartProgram
from tests.gui.driving import check_model, rows_shown, texts_of_row, wait_for_rows, wait_until

PRICE, STATUS = 3, 5


def click_header(
    program: Program, column: int, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    header = program.window.row_view.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(column) + 20, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, modifier, place)


def ids(path: Path, order: str, condition: str = "1") -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(f"SELECT id FROM products WHERE {condition} ORDER BY {order}").fetchall()
    return [str(number) for (number,) in rows]


def wait_for_order(qtbot: QtBot, program: Program, expected: list[str]) -> None:
    """Wait until these rows are shown in this order, at both ends and in the middle."""
    wait_for_rows(qtbot, program, len(expected))
    for row in (0, len(expected) // 2, len(expected) - 1):
        program.window.row_view.scroll_to_row(row)
        wait_until(qtbot, lambda row=row: texts_of_row(program, row)[0] == expected[row])  # type: ignore[misc]


@pytest.mark.parametrize("is_indexed", [True, False])
def test_clicks_sort_up_then_down_then_not_at_all(
    qtbot: QtBot, shown: Program, catalogue: Path, *, is_indexed: bool
) -> None:
    if is_indexed:
        with closing(sqlite3.connect(catalogue)) as connection:
            connection.execute("CREATE INDEX by_price ON products (price)")
    for order in ("price, id", "price DESC, id", "id"):
        click_header(shown, PRICE)
        wait_for_order(qtbot, shown, ids(catalogue, order))


def test_shift_adds_a_column(qtbot: QtBot, shown: Program, catalogue: Path) -> None:
    click_header(shown, STATUS)
    click_header(shown, PRICE, Qt.KeyboardModifier.ShiftModifier)
    click_header(shown, PRICE, Qt.KeyboardModifier.ShiftModifier)
    wait_for_order(qtbot, shown, ids(catalogue, "status, price DESC, id"))
    model = shown.window.row_model
    heads = [str(model.headerData(column, Qt.Orientation.Horizontal)) for column in (STATUS, PRICE, 0)]
    assert heads == ["status ▲¹", "price ▼²", "id"]


def test_a_filter_keeps_the_order_and_the_export_has_it(
    qtbot: QtBot, shown: Program, catalogue: Path
) -> None:
    click_header(shown, PRICE)
    shown.window.filter_bar.search_field.setText("ultra")
    shown.window.filter_bar.search_field.returnPressed.emit()
    expected = ids(catalogue, "price, id", "name LIKE '%ultra%'")
    wait_for_order(qtbot, shown, expected)
    assert shown.browsing.shown is not None
    assert shown.browsing.shown.query.order == (SortColumn("price"),)


def test_a_click_selects_nothing_and_the_model_keeps_its_rules(qtbot: QtBot, shown: Program) -> None:
    check_model(shown)
    click_header(shown, PRICE)
    wait_until(qtbot, lambda: rows_shown(shown) == SMALL_ROWS)
    assert not shown.window.row_view.selectionModel().hasSelection()


def test_a_row_deleted_after_it_was_sorted_is_shown_empty(
    qtbot: QtBot, shown: Program, catalogue: Path
) -> None:
    click_header(shown, PRICE)
    expected = ids(catalogue, "price, id")
    wait_for_order(qtbot, shown, expected)
    row = 1_000
    with closing(sqlite3.connect(catalogue)) as connection, connection:
        connection.execute("DELETE FROM products WHERE id = ?", (expected[row],))
    shown.window.row_view.scroll_to_row(row)
    wait_until(qtbot, lambda: texts_of_row(shown, row) == [""] * 7)
    assert texts_of_row(shown, row + 1)[0] == expected[row + 1]


def test_stopped_while_it_sorts_the_table_has_its_own_order_again(
    qtbot: QtBot, start: StartProgram, large_table: Path
) -> None:
    program = start(large_table)
    wait_for_rows(qtbot, program, 1_000_000)
    click_header(program, 1)
    wait_until(qtbot, lambda: program.window.menus.action("stop_wished").isEnabled())
    wait_until(qtbot, lambda: "sorting" in program.window.filter_bar.count_label.text())
    program.window.menus.action("stop_wished").trigger()
    wait_for_rows(qtbot, program, 1_000_000)
    assert program.window.row_model.order == ()
    assert texts_of_row(program, 2)[0] == "3"


def test_another_table_begins_unsorted(qtbot: QtBot, shown: Program, large_table: Path) -> None:
    click_header(shown, PRICE)
    wait_for_rows(qtbot, shown, SMALL_ROWS)
    shown.browsing.open(str(large_table))
    wait_for_rows(qtbot, shown, 1_000_000)
    assert shown.window.row_model.order == ()
    assert texts_of_row(shown, 0)[0] == "1"


def test_the_order_after_a_click() -> None:
    a, b = SortColumn("a"), SortColumn("b")
    down = SortColumn("a", is_descending=True)
    assert next_order((), "a", is_added=False) == (a,)
    assert next_order((a, b), "a", is_added=False) == (down,)
    assert next_order((down, b), "a", is_added=False) == ()
    assert next_order((b,), "a", is_added=True) == (b, a)
    assert next_order((a, b), "a", is_added=True) == (down, b)
    assert next_order((down, b), "a", is_added=True) == (b,)

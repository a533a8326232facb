"""Views without a key in the window: read forward, row after row, and it says so."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dataflow_desktop.app.program import Program
from dataflow_desktop.browse.clipboard import ClipboardForm
from dataflow_desktop.domain.job import JobState
from dataflow_desktop.domain.row_query import SortColumn
from tests.gui.conftest import SMALL_ROWS, StartProgram
from tests.gui.driving import rows_shown, start_export, texts_of_row, wait_for_state, wait_until


@pytest.fixture
def shown(qtbot: QtBot, start: StartProgram, catalogue: Path) -> Program:
    with closing(sqlite3.connect(catalogue)) as connection, connection:
        connection.execute("CREATE VIEW labels AS SELECT id, name, price FROM products")
    program = start(catalogue, "labels")
    QAbstractItemModelTester(program.window.row_model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    label = program.window.filter_bar.count_label
    # The count may come before the first rows.
    wait_until(qtbot, lambda: label.text() == "3,000 rows · forward only" and rows_shown(program) > 0)
    return program


def scroll_down(qtbot: QtBot, program: Program) -> None:
    """Go on to what is known, again and again, until no more rows come."""
    bar = program.window.row_view.verticalScrollBar()

    def is_at_end() -> bool:
        bar.setValue(bar.maximum())
        return rows_shown(program) == SMALL_ROWS

    wait_until(qtbot, is_at_end)


def test_all_rows_come_by_going_on_to_them(qtbot: QtBot, shown: Program) -> None:
    assert rows_shown(shown) < SMALL_ROWS
    scroll_down(qtbot, shown)
    wait_until(qtbot, lambda: texts_of_row(shown, SMALL_ROWS - 1)[0] == "3000")
    shown.window.row_view.scrollToTop()
    wait_until(qtbot, lambda: texts_of_row(shown, 0)[0] == "1")


def test_rows_are_searched_and_sorted(qtbot: QtBot, shown: Program) -> None:
    label = shown.window.filter_bar.count_label
    shown.window.filter_bar.search_field.setText("lamp 2999")
    shown.window.filter_bar.apply()
    wait_until(qtbot, lambda: "…" not in label.text() and rows_shown(shown) < 2)
    shown.window.filter_bar.clear()
    shown.window.row_view.order_wished.emit((SortColumn("id", True),))
    wait_until(qtbot, lambda: rows_shown(shown) > 0 and texts_of_row(shown, 0)[0] == "3000")
    assert label.text().endswith("forward only")


def test_one_row_is_seen_whole_and_rows_are_copied(qtbot: QtBot, shown: Program) -> None:
    view, pane = shown.window.row_view, shown.window.details_pane
    shown.window.menus.action("details_wished").setChecked(True)
    view.go_to_row(7)

    def shows_row_8() -> bool:
        key = pane.fields.item(0, 1)
        return key is not None and key.text() == "8"

    wait_until(qtbot, shows_row_8)
    view.selectRow(7)
    view.copy(ClipboardForm.TSV)
    wait_until(qtbot, lambda: QApplication.clipboard().text().startswith("8\t"))


def test_it_is_exported_whole_for_a_part_of_it_has_no_name(
    qtbot: QtBot, shown: Program, catalogue: Path
) -> None:
    shown.window.row_view.selectRow(1)
    assert not shown.window.menus.action("export_selected_wished").isEnabled()
    target = catalogue.with_name("labels.csv")
    card = start_export(qtbot, shown, target)
    wait_for_state(qtbot, shown, card.view.job.id, JobState.DONE)
    assert target.read_bytes().count(b"\n") == SMALL_ROWS + 1


def test_a_refresh_keeps_the_place(qtbot: QtBot, shown: Program) -> None:
    scroll_down(qtbot, shown)
    wait_until(qtbot, lambda: texts_of_row(shown, SMALL_ROWS - 1)[0] == "3000")
    first = shown.window.row_view.first_row_shown
    generation = shown.browsing.generation
    shown.browsing.refresh()
    wait_until(qtbot, lambda: shown.browsing.generation > generation and not shown.browsing.is_waiting)
    wait_until(qtbot, lambda: texts_of_row(shown, first)[0] == str(first + 1))
    assert shown.window.row_view.first_row_shown == first


def test_a_view_of_something_that_is_gone_says_so(qtbot: QtBot, start: StartProgram, tmp_path: Path) -> None:
    path = tmp_path / "broken.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE t (a)")
        connection.execute("CREATE VIEW v AS SELECT a FROM t")
        connection.execute("DROP TABLE t")
    program = start(path)
    wait_until(qtbot, lambda: "no such table" in program.window.table_states.state_text)
    assert program.window.table_states.open_button.isVisible()
    assert not program.browsing.is_running
    assert not program.window.menus.action("export_wished").isEnabled()

"""Browsing in the real window: rows, count, far jumps, filters, states."""

import os
import sqlite3
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QInputDialog, QLabel
from pytestqt.qtbot import QtBot

from dataflow_desktop.app.program import Program
from dataflow_desktop.browse.clipboard import ClipboardForm
from dataflow_desktop.browse.page_cache import CACHE_BYTES, make_page
from dataflow_desktop.browse.row_window import PageRead, RowSpan
from dataflow_desktop.domain.keyset import Anchor
from dataflow_desktop.domain.row_query import Search
from dataflow_desktop.ui.row_table_model import NULL_TEXT
from dataflow_desktop.workers.query_wishes import IndexWish, PageArrived, PageWish, RowsIndexed
from tests.gui.conftest import SMALL_ROWS, StartProgram
from tests.gui.driving import (
    choose,
    choose_table,
    counted,
    facet,
    rows_shown,
    tables_listed,
    texts_of_row,
    wait_for_rows,
    wait_until,
)


def search(program: Program, text: str) -> None:
    program.window.filter_bar.search_field.setText(text)
    program.window.filter_bar.search_field.returnPressed.emit()


def test_the_first_start_makes_the_catalogue_and_shows_it(
    qtbot: QtBot, start: StartProgram, home: Path
) -> None:
    program = start(None, catalogue_rows=500)
    assert "Making the product catalogue" in program.window.table_states.state_text
    wait_for_rows(qtbot, program, 500)
    assert (home / "products.db").is_file()
    assert texts_of_row(program, 0)[0] == "1"


def test_first_page_and_count_arrive(shown: Program) -> None:
    assert shown.window.table_states.is_table_shown
    assert shown.window.filter_bar.count_label.text() == f"{SMALL_ROWS:,} rows"
    assert texts_of_row(shown, 0)[0] == "1"
    assert shown.window.windowTitle().startswith("products.db")


def test_the_model_keeps_the_rules_of_its_kind(qtbot: QtBot, start: StartProgram, catalogue: Path) -> None:
    program = start(catalogue)
    tester = QAbstractItemModelTester(
        program.window.row_model, QAbstractItemModelTester.FailureReportingMode.Warning
    )
    wait_for_rows(qtbot, program, SMALL_ROWS)
    search(program, "ultra")
    wait_until(qtbot, lambda: 0 < rows_shown(program) < SMALL_ROWS)
    program.browsing.refresh()
    wait_until(qtbot, lambda: not program.browsing.is_waiting)
    tester.deleteLater()


def is_row_here(program: Program, row: int) -> bool:
    return texts_of_row(program, row)[0] == str(row + 1)


def test_scrolling_to_the_end_of_a_million_rows_shows_them_with_bounded_memory(
    qtbot: QtBot, start: StartProgram, large_table: Path
) -> None:
    program = start(large_table)
    wait_for_rows(qtbot, program, 1_000_000)
    bar = program.window.row_view.verticalScrollBar()
    for place in (*range(0, bar.maximum(), max(1, bar.maximum() // 60)), bar.maximum()):
        bar.setValue(place)
        row = program.window.row_view.rowAt(0)
        wait_until(qtbot, partial(is_row_here, program, row))
    wait_until(qtbot, lambda: texts_of_row(program, 999_999)[0] == "1000000")
    assert program.browsing.cached_bytes <= CACHE_BYTES


def test_a_search_shows_the_matching_rows_and_their_count(
    qtbot: QtBot, shown: Program, catalogue: Path
) -> None:
    expected = counted(catalogue, "name LIKE '%ultra%' OR category LIKE '%ultra%' OR status LIKE '%ultra%'")
    shown.window.filter_bar.focus_search()
    QTest.keyClicks(shown.window.filter_bar.search_field, "ULTRA")
    wait_for_rows(qtbot, shown, expected)
    assert shown.window.filter_bar.count_label.text() == f"{expected:,} of {SMALL_ROWS:,} rows"


def test_a_search_in_one_column_leaves_the_others_alone(
    qtbot: QtBot, shown: Program, catalogue: Path
) -> None:
    columns = shown.window.filter_bar.column_choice
    columns.setCurrentText("category")
    columns.activated.emit(columns.currentIndex())
    search(shown, "oo")
    wait_for_rows(qtbot, shown, counted(catalogue, "category LIKE '%oo%'"))


def test_percent_and_underscore_are_taken_literally(qtbot: QtBot, shown: Program) -> None:
    search(shown, "%")
    wait_until(qtbot, lambda: "No row matches" in shown.window.table_states.state_text)
    search(shown, "_")
    wait_until(qtbot, lambda: "“_”" in shown.window.table_states.state_text)


def test_drop_downs_found_in_the_data_filter_and_clear_takes_all_back(
    qtbot: QtBot, shown: Program, catalogue: Path
) -> None:
    choose(facet(shown, "category"), "Books")
    choose(facet(shown, "status"), "inactive")
    wait_for_rows(qtbot, shown, counted(catalogue, "category = 'Books' AND status = 'inactive'"))
    shown.window.menus.action("clear_wished").trigger()
    wait_for_rows(qtbot, shown, SMALL_ROWS)
    assert shown.window.filter_bar.count_label.text() == f"{SMALL_ROWS:,} rows"


def test_nothing_found_says_so_and_offers_the_next_step(qtbot: QtBot, shown: Program) -> None:
    search(shown, "no such thing")
    wait_until(qtbot, lambda: "No row matches" in shown.window.table_states.state_text)
    shown.window.table_states.step_button.click()
    wait_for_rows(qtbot, shown, SMALL_ROWS)
    assert shown.window.table_states.is_table_shown


def test_escape_in_the_search_field_clears_it_at_once(qtbot: QtBot, shown: Program) -> None:
    field = shown.window.filter_bar.search_field
    search(shown, "no such thing")
    wait_until(qtbot, lambda: not shown.window.table_states.is_table_shown)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    wait_for_rows(qtbot, shown, SMALL_ROWS)


def test_answers_of_an_older_generation_are_dropped(qtbot: QtBot, shown: Program, catalogue: Path) -> None:
    expected = counted(catalogue, "name LIKE '%ultra%'")
    old = shown.browsing.shown
    search(shown, "ultra")
    wait_for_rows(qtbot, shown, expected)
    first = texts_of_row(shown, 0)
    assert old is not None
    page = make_page(old.generation, 0, [("late",) * 7], asked_rows=1)
    shown.browsing._on_answered(PageArrived(PageWish(old, PageRead(RowSpan(0, 1), Anchor())), page))
    shown.browsing._on_answered(RowsIndexed(IndexWish(old), (), 7, is_last=True))
    assert texts_of_row(shown, 0) == first
    assert rows_shown(shown) == expected


def test_of_many_quick_searches_only_the_last_one_is_shown(
    qtbot: QtBot, shown: Program, catalogue: Path
) -> None:
    for text in ("a", "e", "i", "o", "u", "lamp"):
        search(shown, text)
    wait_for_rows(qtbot, shown, counted(catalogue, "name LIKE '%lamp%'"))
    assert shown.window.filter_bar.row_query().search == Search("lamp")


def test_a_search_that_is_too_long_is_refused_beside_the_field(qtbot: QtBot, shown: Program) -> None:
    search(shown, "x" * 100_000)
    error = shown.window.filter_bar.findChild(QLabel, "field_error")
    assert isinstance(error, QLabel)
    wait_until(qtbot, lambda: error.isVisible() and "longer" in error.text())
    search(shown, "lamp")
    wait_until(qtbot, lambda: not error.isVisible() and 0 < rows_shown(shown) < SMALL_ROWS)


def test_refresh_shows_what_changed_and_keeps_the_place(
    qtbot: QtBot, shown: Program, catalogue: Path
) -> None:
    bar = shown.window.row_view.verticalScrollBar()
    bar.setValue(1_000)
    wait_until(qtbot, lambda: texts_of_row(shown, 1_000)[0] == "1001")
    connection = sqlite3.connect(catalogue)
    connection.execute("UPDATE products SET name = 'changed' WHERE id = 1001")
    connection.execute("DELETE FROM products WHERE id > 2990")
    connection.commit()
    connection.close()
    shown.window.menus.action("refresh_wished").trigger()
    wait_for_rows(qtbot, shown, 2_990)
    wait_until(qtbot, lambda: texts_of_row(shown, 1_000)[1] == "changed")
    assert bar.value() == 1_000


def test_null_cannot_be_taken_for_a_text(qtbot: QtBot, start: StartProgram, tmp_path: Path) -> None:
    path = tmp_path / "nulls.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT)")
    connection.executemany("INSERT INTO t (a) VALUES (?)", [(None,), ("",), ("NULL",)])
    connection.commit()
    connection.close()
    program = start(path)
    wait_for_rows(qtbot, program, 3)
    model = program.window.row_model
    cells = [model.index(row, 1) for row in range(3)]
    assert [cell.data() for cell in cells] == [NULL_TEXT, "", "NULL"]
    assert [cell.data(Qt.ItemDataRole.FontRole) is not None for cell in cells] == [True, False, False]
    assert [cell.data(Qt.ItemDataRole.ForegroundRole) is not None for cell in cells] == [True, False, False]


def test_selecting_everything_in_a_million_rows_does_not_freeze_the_window(
    qtbot: QtBot, start: StartProgram, large_table: Path
) -> None:
    program = start(large_table)
    wait_for_rows(qtbot, program, 1_000_000)
    view = program.window.row_view
    before = os.times().user
    view.selectAll()
    view.selectColumn(1)
    view.repaint()
    view.horizontalHeader().repaint()
    assert os.times().user - before < 2.0
    view.selectAll()
    view.copy(ClipboardForm.TSV)
    assert "too many to copy" in program.window.statusBar().currentMessage()


def test_copied_cells_are_whole_and_separated_by_tabs(qtbot: QtBot, shown: Program) -> None:
    view, model = shown.window.row_view, shown.window.row_model
    selection = view.selectionModel()
    selection.select(model.index(0, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect)
    view.setCurrentIndex(model.index(0, 0))
    view.selectRow(2)
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    QTest.keyRelease(view, Qt.Key.Key_Control)  # or it is held down for the tests that follow
    wait_until(qtbot, lambda: QGuiApplication.clipboard().text().startswith("3\t"))
    assert QGuiApplication.clipboard().text() == "\t".join(texts_of_row(shown, 2))


def test_a_missing_file_is_an_error_in_the_tables_place(
    qtbot: QtBot, start: StartProgram, tmp_path: Path
) -> None:
    program = start(tmp_path / "nothing.db")
    wait_until(qtbot, lambda: "There is no file" in program.window.table_states.state_text)
    assert program.window.table_states.step_button.isVisible()


def test_an_unknown_table_is_named_with_those_there_are(
    qtbot: QtBot, start: StartProgram, catalogue: Path
) -> None:
    program = start(catalogue, "orders")
    wait_until(qtbot, lambda: "There is no table orders" in program.window.table_states.state_text)
    assert "products" in program.window.table_states.state_text


def test_another_table_is_shown_by_a_click(qtbot: QtBot, start: StartProgram, catalogue: Path) -> None:
    connection = sqlite3.connect(catalogue)
    connection.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, note TEXT)")
    connection.execute("INSERT INTO notes (note) VALUES ('one')")
    connection.commit()
    connection.close()
    program = start(catalogue, "products")
    wait_for_rows(qtbot, program, SMALL_ROWS)
    assert tables_listed(program) == ["notes", "products"]
    choose_table(program, "notes")
    wait_for_rows(qtbot, program, 1)
    assert texts_of_row(program, 0) == ["1", "one"]


def test_a_database_without_tables_says_so(qtbot: QtBot, start: StartProgram, tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    connection = sqlite3.connect(path)
    connection.execute("VACUUM")
    connection.close()
    program = start(path)
    wait_until(qtbot, lambda: "no tables" in program.window.table_states.state_text)


def test_stopping_a_query_says_so_and_its_answer_never_comes(qtbot: QtBot, shown: Program) -> None:
    search(shown, "lamp")
    shown.window.menus.action("stop_wished").trigger()
    assert "Stopped" in shown.window.table_states.state_text
    shown.window.table_states.step_button.click()
    wait_until(qtbot, lambda: shown.window.table_states.is_table_shown)
    assert 0 < rows_shown(shown) < SMALL_ROWS


def test_a_view_without_a_key_is_read_forward_and_says_so(
    qtbot: QtBot, start: StartProgram, catalogue: Path
) -> None:
    connection = sqlite3.connect(catalogue)
    connection.execute("CREATE VIEW cheap AS SELECT * FROM products WHERE price < 10")
    connection.commit()
    connection.close()
    program = start(catalogue, "cheap")
    expected = counted(catalogue, "price < 10")
    label = program.window.filter_bar.count_label
    wait_until(qtbot, lambda: label.text() == f"{expected} rows · forward only")
    assert rows_shown(program) == expected
    assert program.window.filter_bar.export_button.isEnabled()


def test_a_row_can_be_gone_to_by_its_number(qtbot: QtBot, shown: Program) -> None:
    shown.window.menus.action("go_to_row_wished").trigger()
    chooser = shown.window.findChild(QInputDialog)
    assert chooser is not None
    assert chooser.intMaximum() == SMALL_ROWS
    chooser.setIntValue(2_345)
    chooser.accept()
    wait_until(qtbot, lambda: texts_of_row(shown, 2_344)[0] == "2345")
    view = shown.window.row_view
    assert view.currentIndex().row() == 2_344
    assert view.rowAt(0) <= 2_344 <= view.rowAt(view.viewport().height() - 1)


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        ("copy tsv with headers", "name\tcategory\n{name}\t{category}"),
        ("copy csv", "name,category\n{name},{category}"),
        ("copy json", '[{{"name": "{name}", "category": "{category}"}}]'),
        ("copy markdown", "| name | category |\n| --- | --- |\n| {name} | {category} |"),
    ],
)
def test_cells_are_copied_in_other_forms(qtbot: QtBot, shown: Program, wish: str, expected: str) -> None:
    view, model = shown.window.row_view, shown.window.row_model
    cells = QItemSelection(model.index(4, 1), model.index(4, 2))
    view.selectionModel().select(cells, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    name, category = texts_of_row(shown, 4)[1:3]
    shown.window.menus.action(wish).trigger()
    wanted = expected.format(name=name, category=category)
    wait_until(qtbot, lambda: QGuiApplication.clipboard().text() == wanted)


def test_a_large_copy_says_how_far_it_is_and_can_be_stopped(
    qtbot: QtBot, start: StartProgram, large_table: Path
) -> None:
    program = start(large_table)
    wait_for_rows(qtbot, program, 1_000_000)
    view, model = program.window.row_view, program.window.row_model
    QGuiApplication.clipboard().setText("before")
    cells = QItemSelection(model.index(0, 0), model.index(499_999, 3))
    view.selectionModel().select(cells, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    view.copy(ClipboardForm.TSV)
    wait_until(qtbot, lambda: "Copying" in program.window.statusBar().currentMessage())
    program.window.menus.action("stop_wished").trigger()
    assert program.window.statusBar().currentMessage() == "Nothing was copied."
    assert not program.window.menus.action("stop_wished").isEnabled()
    qtbot.wait(200)
    assert QGuiApplication.clipboard().text() == "before"


def test_a_change_by_another_program_is_told_and_refreshing_takes_it_back(
    qtbot: QtBot, shown: Program, catalogue: Path
) -> None:
    shown.browsing._changes._timer.setInterval(50)
    button = shown.window.filter_bar.changed_button
    qtbot.wait(200)
    assert not button.isVisible()
    connection = sqlite3.connect(catalogue)
    with connection:
        connection.execute("DELETE FROM products WHERE id = 1")
    connection.close()
    wait_until(qtbot, button.isVisible)
    button.click()
    wait_for_rows(qtbot, shown, SMALL_ROWS - 1)
    assert not button.isVisible()
    qtbot.wait(200)
    assert not button.isVisible()

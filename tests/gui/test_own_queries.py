"""A SELECT of one's own in the window: written, shown, exported, changed and deleted."""

import sqlite3
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from dataflow_desktop import locations
from dataflow_desktop.app.program import Program
from dataflow_desktop.domain.job import JobState
from dataflow_desktop.domain.own_query import OwnQuery
from dataflow_desktop.records.queries import QueryStore
from dataflow_desktop.ui.query_dialog import QueryDialog
from tests.gui.conftest import SMALL_ROWS, StartProgram
from tests.gui.driving import (
    answer,
    choose_table,
    close,
    counted,
    dialog_of,
    start_export,
    tables_listed,
    texts_of_row,
    wait_for_rows,
    wait_for_state,
    wait_until,
)

DEAR = "SELECT category, id, price FROM products WHERE price > :least"


def write(qtbot: QtBot, program: Program, wish: str = "new_query_wished") -> QueryDialog:
    program.window.menus.action(wish).trigger()
    dialog = dialog_of(qtbot, program, QueryDialog)
    assert isinstance(dialog, QueryDialog)
    return dialog


def wait_for_words(qtbot: QtBot, dialog: QueryDialog, words: str) -> None:
    wait_until(qtbot, lambda: words in dialog.result_line.text)


def columns_offered(dialog: QueryDialog) -> list[str]:
    return [dialog.key_list.item(row).text() for row in range(dialog.key_list.count())]


def choose_key(dialog: QueryDialog, *names: str) -> None:
    for row in range(dialog.key_list.count()):
        item = dialog.key_list.item(row)
        item.setCheckState(Qt.CheckState.Checked if item.text() in names else Qt.CheckState.Unchecked)


def fill_in(qtbot: QtBot, dialog: QueryDialog, name: str, statement: str, **values: str) -> None:
    dialog.name_field.setText(name)
    dialog.statement_field.setPlainText(statement)
    wait_for_words(qtbot, dialog, "columns: ")
    assert list(dialog.value_fields) == list(values)
    for parameter, value in values.items():
        dialog.value_fields[parameter].setText(value)


def table_shown(program: Program) -> str:
    shown = program.browsing.shown
    return shown.table.name if shown is not None else ""


def saved(catalogue: Path) -> list[OwnQuery]:
    return QueryStore(locations.queries_path()).queries_of(str(catalogue))


@pytest.fixture
def dear(qtbot: QtBot, shown: Program, catalogue: Path) -> Program:
    """A window that shows a query of products over 1,000."""
    dialog = write(qtbot, shown)
    fill_in(qtbot, dialog, "dear", DEAR, least="1000")
    choose_key(dialog, "id")
    dialog.save_button.click()
    wait_for_rows(qtbot, shown, counted(catalogue, "price > 1000"))
    return shown


def test_a_query_is_written_shown_filtered_and_exported(
    qtbot: QtBot, dear: Program, catalogue: Path, target: Path
) -> None:
    assert table_shown(dear) == "dear"
    assert dear.own_queries.dialog is None
    (query,) = saved(catalogue)
    assert query == OwnQuery("dear", DEAR, ("id",), (("least", "1000"),))
    dear.window.filter_bar.search_field.setText("books")
    dear.window.filter_bar.search_field.returnPressed.emit()
    books = counted(catalogue, "price > 1000 AND category LIKE '%books%'")
    assert books
    wait_for_rows(qtbot, dear, books)
    assert texts_of_row(dear, 0)[0] == "Books"
    card = start_export(qtbot, dear, target)
    wait_for_state(qtbot, dear, card.view.job.id, JobState.DONE)
    with sqlite3.connect(catalogue) as connection:
        ids = connection.execute(
            "SELECT id FROM products WHERE price > 1000 AND category = 'Books' ORDER BY id"
        ).fetchall()
    connection.close()
    lines = target.read_text().splitlines()
    assert lines[0] == "category,id,price"
    assert [int(line.split(",")[1]) for line in lines[1:]] == [row[0] for row in ids]


def test_mistakes_are_said_while_it_is_written(qtbot: QtBot, shown: Program, catalogue: Path) -> None:
    dialog = write(qtbot, shown)
    dialog.statement_field.setPlainText("SELECT id FROM product WHERE id < :most")
    wait_for_words(qtbot, dialog, "no such table: product")
    assert list(dialog.value_fields) == ["most"]
    dialog.statement_field.setPlainText("DELETE FROM products")
    wait_for_words(qtbot, dialog, "only a SELECT is allowed")
    dialog.statement_field.setPlainText(DEAR)
    wait_for_words(qtbot, dialog, "3 columns: category, id, price")
    assert columns_offered(dialog) == ["category", "id", "price"]
    dialog.save_button.click()
    assert "Give the query a name" in dialog.result_line.text
    dialog.name_field.setText("products")
    dialog.save_button.click()
    wait_for_words(qtbot, dialog, "a table has that name")
    dialog.name_field.setText("dear")
    dialog.value_fields["least"].setText("1000")
    choose_key(dialog, "category")
    dialog.save_button.click()
    wait_for_words(qtbot, dialog, "several rows have the same value")
    assert dialog.save_button.isEnabled()
    assert saved(catalogue) == []
    assert counted(catalogue, "1") == SMALL_ROWS
    dialog.reject()
    assert table_shown(shown) == "products"


def test_it_is_changed_and_renamed(qtbot: QtBot, dear: Program, catalogue: Path) -> None:
    dialog = write(qtbot, dear, "change_query_wished")
    wait_for_words(qtbot, dialog, "3 columns")
    assert dialog.query == saved(catalogue)[0]
    dialog.name_field.setText("dearest")
    dialog.value_fields["least"].setText("1900")
    dialog.save_button.click()
    wait_for_rows(qtbot, dear, counted(catalogue, "price > 1900"))
    assert [query.name for query in saved(catalogue)] == ["dearest"]
    assert tables_listed(dear) == ["products", "dearest"]


def test_a_second_one_does_not_take_the_place_of_the_first(
    qtbot: QtBot, dear: Program, catalogue: Path
) -> None:
    dialog = write(qtbot, dear)
    fill_in(qtbot, dialog, "dear", "SELECT id, name FROM products")
    dialog.save_button.click()
    wait_for_words(qtbot, dialog, "another query has that name")
    assert [query.statement for query in saved(catalogue)] == [DEAR]
    dialog.reject()


def test_it_is_deleted_after_a_question(qtbot: QtBot, dear: Program, catalogue: Path) -> None:
    dear.window.menus.action("delete_query_wished").trigger()
    assert "Delete the query dear?" in answer(qtbot, dear, QMessageBox.ButtonRole.DestructiveRole)
    wait_for_rows(qtbot, dear, SMALL_ROWS)
    assert saved(catalogue) == []
    assert not dear.window.menus.action("change_query_wished").isEnabled()


def test_it_is_there_again_after_a_restart_and_without_a_key_too(
    qtbot: QtBot, shown: Program, start: StartProgram, catalogue: Path
) -> None:
    dialog = write(qtbot, shown)
    fill_in(qtbot, dialog, "kinds", "SELECT category, count(*) AS n FROM products GROUP BY category")
    dialog.save_button.click()
    wait_until(qtbot, lambda: table_shown(shown) == "kinds")
    close(qtbot, shown)
    again = start(catalogue, "kinds")
    wait_for_rows(qtbot, again, 10)
    assert again.window.menus.action("change_query_wished").isEnabled()


def test_one_that_no_longer_works_says_so(
    qtbot: QtBot, dear: Program, start: StartProgram, catalogue: Path
) -> None:
    close(qtbot, dear)
    with sqlite3.connect(catalogue) as connection:
        connection.execute("ALTER TABLE products RENAME TO goods")
    connection.close()
    again = start(catalogue)
    wait_for_rows(qtbot, again, SMALL_ROWS)
    choose_table(again, "dear")
    wait_until(qtbot, lambda: "no such table" in again.window.table_states.state_text)
    assert again.window.menus.action("change_query_wished").isEnabled()

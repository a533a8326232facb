"""Finding a table among all tables of a source, by mouse and by keyboard."""

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy, QTest
from pytestqt.qtbot import QtBot

from dataflow_desktop.app.program import Program
from dataflow_desktop.domain.schema import KeyKind, Table, TableKind, TableSummary
from dataflow_desktop.ui.explorer import Explorer
from tests.gui.conftest import StartProgram
from tests.gui.driving import (
    choose_table,
    close,
    rows_shown,
    tables_listed,
    texts_of_row,
    wait_for_rows,
    wait_until,
)

NAMES = ("customers", "order_lines", "orders", "products")
HOSTILE = ("two\nlines", "<b>bold</b>", "x" * 3_000, "טבלה", "\u202eevil", "a[*]", "%", "")
MANY = 20_000


def write(path: Path, *statements: str) -> Path:
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)
    return path


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Four tables of one to four rows, and a view."""
    path = tmp_path / "shop.db"
    write(path, *(f"CREATE TABLE {name} (id INTEGER PRIMARY KEY, name TEXT)" for name in NAMES))
    for rows, name in enumerate(NAMES, 1):
        write(path, *(f"INSERT INTO {name} (name) VALUES ('{name} {row}')" for row in range(rows)))
    return write(path, "CREATE VIEW open_orders AS SELECT name FROM orders")


@pytest.fixture
def program(qtbot: QtBot, start: StartProgram, shop: Path) -> Program:
    program = start(shop, "order_lines")
    QAbstractItemModelTester(
        program.window.explorer.model,
        QAbstractItemModelTester.FailureReportingMode.Fatal,
        program.window.explorer.model,
    )
    wait_for_rows(qtbot, program, 2)
    with qtbot.waitActive(program.window):
        program.window.activateWindow()
    return program


@pytest.fixture
def explorer(qtbot: QtBot) -> Explorer:
    """An explorer of its own, on the screen."""
    explorer = Explorer()
    qtbot.addWidget(explorer)
    explorer.resize(240, 300)
    explorer.show()
    QAbstractItemModelTester(
        explorer.model, QAbstractItemModelTester.FailureReportingMode.Fatal, explorer.model
    )
    return explorer


def summaries(*names: str, rows: int | None = None) -> list[TableSummary]:
    """Tables by names in which a dot stands after the schema."""
    paths = [tuple(name.split(".")) if "." in name else () for name in names]
    return [
        TableSummary(Table(name, TableKind.TABLE, (), ("id",), KeyKind.PRIMARY, path=path), rows)
        for name, path in zip(names, paths, strict=True)
    ]


def chosen(explorer: Explorer) -> object:
    return explorer.tree.currentIndex().data()


def is_open(explorer: Explorer, row: int) -> bool:
    return explorer.tree.isExpanded(explorer.model.index(row, 0))


def is_seen(explorer: Explorer, index: QModelIndex) -> bool:
    return explorer.tree.viewport().rect().contains(explorer.tree.visualRect(index).center())


def wait_for_text(qtbot: QtBot, program: Program, text: str) -> None:
    """Wait for the one row whose first cell says so."""
    wait_until(qtbot, lambda: rows_shown(program) == 1 and texts_of_row(program, 0)[0] == text)


def find(explorer: Explorer, text: str) -> None:
    explorer.search_field.selectAll()
    explorer.search_field.insert(text)


def test_all_tables_and_views_are_listed_and_the_one_shown_is_selected(program: Program) -> None:
    assert tables_listed(program) == [*NAMES, "open_orders"]
    assert chosen(program.window.explorer) == "order_lines"
    assert program.window.windowTitle() == "shop.db – order_lines – DataFlow Desktop"


def test_the_keys_go_to_the_rows_at_first(program: Program) -> None:
    assert program.window.focusWidget() is program.window.row_view


def test_a_click_shows_a_table_in_place_of_the_other(qtbot: QtBot, program: Program) -> None:
    choose_table(program, "orders")
    wait_for_rows(qtbot, program, 3)
    assert texts_of_row(program, 0) == ["1", "orders 0"]
    assert chosen(program.window.explorer) == "orders"
    assert "– orders –" in program.window.windowTitle()


def test_arrow_keys_go_from_line_to_line_and_enter_shows_the_table(qtbot: QtBot, program: Program) -> None:
    tree = program.window.explorer.tree
    tree.setFocus()
    QTest.keyClick(tree, Qt.Key.Key_Down)
    QTest.keyClick(tree, Qt.Key.Key_Down)
    assert chosen(program.window.explorer) == "products"
    assert program.browsing.shown is not None
    assert program.browsing.shown.table.name == "order_lines"
    QTest.keyClick(tree, Qt.Key.Key_Return)
    wait_for_rows(qtbot, program, 4)
    assert tree.hasFocus()


def test_a_table_is_found_and_shown_by_the_keyboard_alone(qtbot: QtBot, program: Program) -> None:
    window = program.window
    QTest.keyClick(window.row_view, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert window.focusWidget() is window.explorer.search_field
    QTest.keyClicks(window.focusWidget(), "PROD")
    assert tables_listed(program) == ["products"]
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    wait_for_rows(qtbot, program, 4)
    assert window.focusWidget() is window.row_view


def test_down_leads_from_the_field_to_the_tree_and_letters_lead_back(program: Program) -> None:
    explorer = program.window.explorer
    explorer.take_keys()
    QTest.keyClick(explorer.search_field, Qt.Key.Key_Down)
    assert explorer.tree.hasFocus()
    QTest.keyClicks(explorer.tree, "c")
    assert explorer.search_field.hasFocus()
    QTest.keyClicks(explorer.search_field, "u")
    assert tables_listed(program) == ["customers"]


def test_what_matches_nothing_says_so_and_escape_brings_all_tables_back(program: Program) -> None:
    explorer = program.window.explorer
    find(explorer, "xyz\u202e")
    assert explorer.note_text.startswith("No table matches “xyz\ufffd”.")
    assert not explorer.tree.isVisible()
    QTest.keyClick(explorer.search_field, Qt.Key.Key_Return)
    QTest.keyClick(explorer.search_field, Qt.Key.Key_Escape)
    assert explorer.note_text == ""
    assert tables_listed(program) == [*NAMES, "open_orders"]
    assert chosen(explorer) == "order_lines"


def test_enter_in_the_empty_field_shows_no_other_table(program: Program) -> None:
    chosen_tables = QSignalSpy(program.window.table_chosen)
    QTest.keyClick(program.window.explorer.search_field, Qt.Key.Key_Return)
    assert chosen_tables.count() == 0


def test_tab_goes_through_the_explorer_to_the_search(program: Program) -> None:
    window = program.window
    window.explorer.take_keys()
    QTest.keyClick(window.explorer.search_field, Qt.Key.Key_Tab)
    assert window.focusWidget() is window.explorer.tree
    QTest.keyClick(window.explorer.tree, Qt.Key.Key_Tab)
    assert window.focusWidget() is window.filter_bar.search_field


def test_it_is_hidden_by_a_key_and_that_and_its_width_are_remembered(
    qtbot: QtBot, program: Program, start: StartProgram, shop: Path
) -> None:
    window = program.window
    window.explorer_splitter.setSizes([170, window.width() - 170])
    width = window.explorer.width()
    assert width == 170
    window.explorer.tree.setFocus()
    QTest.keyClick(window.explorer.tree, Qt.Key.Key_F9)
    assert not window.explorer.isVisible()
    assert window.focusWidget() is window.row_view
    close(qtbot, program)
    second = start(shop, "orders")
    wait_for_rows(qtbot, second, 3)
    assert not second.window.explorer.isVisible()
    assert "orders" in second.window.windowTitle()
    second.window.menus.action("go_to_table_wished").trigger()
    assert second.window.explorer.isVisible()
    assert second.window.menus.action("tables_wished").isChecked()
    assert second.window.explorer.width() == width
    close(qtbot, second)
    third = start(shop, "orders")
    wait_for_rows(qtbot, third, 3)
    assert third.window.explorer.width() == width


def test_a_refresh_finds_new_tables_and_keeps_the_line_chosen(
    qtbot: QtBot, program: Program, shop: Path
) -> None:
    explorer = program.window.explorer
    explorer.tree.setCurrentIndex(explorer.model.index_of("products"))
    write(shop, "CREATE TABLE added (id INTEGER PRIMARY KEY)", "DROP TABLE customers")
    program.window.menus.action("refresh_wished").trigger()
    wait_until(qtbot, lambda: tables_listed(program) == ["added", *NAMES[1:], "open_orders"])
    assert chosen(explorer) == "products"
    assert explorer.model.index_of("order_lines").data(Qt.ItemDataRole.FontRole).bold()


def test_another_database_begins_anew(
    qtbot: QtBot, program: Program, catalogue: Path, tmp_path: Path
) -> None:
    find(program.window.explorer, "ord")
    program.browsing.open(str(tmp_path / "nowhere.db"))
    assert "Once a database is open" in program.window.explorer.note_text
    wait_until(qtbot, lambda: "nowhere.db" in program.window.table_states.state_text)
    program.browsing.open(str(catalogue))
    wait_until(qtbot, lambda: tables_listed(program) == ["products"])
    assert program.window.explorer.search_field.text() == ""
    wait_until(qtbot, lambda: program.window.windowTitle() == "products.db – products – DataFlow Desktop")


def test_a_database_without_tables_says_so_and_is_read_again_when_it_has_some(
    qtbot: QtBot, start: StartProgram, tmp_path: Path
) -> None:
    program = start(write(tmp_path / "empty.db", "VACUUM"))
    wait_until(qtbot, lambda: program.window.explorer.note_text == "This database has no tables.")
    write(tmp_path / "empty.db", "CREATE TABLE first (id INTEGER PRIMARY KEY, name TEXT)")
    program.window.menus.action("refresh_wished").trigger()
    wait_until(qtbot, lambda: tables_listed(program) == ["first"])
    assert program.window.explorer.note_text == ""


def test_tables_with_hostile_names_are_listed_and_shown(
    qtbot: QtBot, start: StartProgram, tmp_path: Path
) -> None:
    path = write(tmp_path / "hostile.db", *(f'CREATE TABLE "{name}" (a TEXT)' for name in HOSTILE))
    write(path, *(f"INSERT INTO \"{name}\" VALUES ('{place}')" for place, name in enumerate(HOSTILE)))
    program = start(path)
    wait_until(qtbot, lambda: rows_shown(program) == 1)
    assert len(tables_listed(program)) == len(HOSTILE)
    assert not any("\n" in text or "\u202e" in text for text in tables_listed(program))
    for place, name in enumerate(HOSTILE):
        choose_table(program, name)
        wait_for_text(qtbot, program, str(place))
        assert "\n" not in program.window.windowTitle()
        assert "a[*]" not in program.window.windowTitle().replace("[*][*]", "")  # Qt shows one of two
        program.window.explorer.tree.grab()


def test_schemas_are_folders_and_all_of_few_tables_are_seen_at_once(explorer: Explorer) -> None:
    explorer.show_tables(summaries("public.a", "sales.b", "stock.c"), "sales.b")
    assert [is_open(explorer, row) for row in range(3)] == [True, True, True]
    assert chosen(explorer) == "b"


def test_of_many_tables_only_the_first_schema_and_that_of_the_table_shown_are_open(
    explorer: Explorer,
) -> None:
    names = [f"{schema}.t{number}" for schema in ("public", "sales", "stock") for number in range(100)]
    explorer.show_tables(summaries(*names), "stock.t50")
    assert [is_open(explorer, row) for row in range(3)] == [True, False, True]
    assert is_seen(explorer, explorer.model.index_of("stock.t50"))


def test_a_search_opens_what_matches_and_leaves_the_folders_as_they_were(explorer: Explorer) -> None:
    explorer.show_tables(summaries("public.a", "sales.b", "stock.b2"), "public.a")
    explorer.tree.collapse(explorer.model.index(1, 0))
    find(explorer, "b")
    assert [is_open(explorer, row) for row in range(2)] == [True, True]
    explorer.tree.collapse(explorer.model.index(0, 0))
    explorer.search_field.clear()
    assert [is_open(explorer, row) for row in range(3)] == [True, False, True]


def test_reading_the_same_source_again_leaves_folders_place_and_line_as_they_are(explorer: Explorer) -> None:
    names = [f"{schema}.t{number}" for schema in ("public", "sales") for number in range(90)]
    explorer.show_tables(summaries(*names, rows=1), "public.t0")
    explorer.tree.collapse(explorer.model.index(1, 0))
    explorer.tree.setCurrentIndex(explorer.model.index_of("public.t70"))
    explorer.tree.verticalScrollBar().setValue(30)
    explorer.show_tables(summaries("public.new", *names, rows=2), "public.t0")
    assert [is_open(explorer, row) for row in range(2)] == [True, False]
    assert chosen(explorer) == "t70"
    assert explorer.tree.verticalScrollBar().value() == 30
    explorer.show_tables(summaries(*(name for name in names if "t70" not in name)), "public.t0")
    explorer.tree.grab()
    assert explorer.tree.verticalScrollBar().value() == 30


def test_a_folder_closed_over_the_table_shown_stays_closed(explorer: Explorer) -> None:
    explorer.show_tables(summaries("public.a", "sales.b", rows=1), "sales.b")
    explorer.tree.collapse(explorer.model.index(1, 0))
    explorer.show_tables(summaries("public.a", "sales.b", rows=2), "sales.b")
    assert not is_open(explorer, 1)
    assert chosen(explorer) == "sales"


def test_enter_opens_and_closes_a_folder(explorer: Explorer) -> None:
    explorer.show_tables(summaries("public.a"), "public.a")
    explorer.tree.setCurrentIndex(explorer.model.index(0, 0))
    QTest.keyClick(explorer.tree, Qt.Key.Key_Return)
    assert not is_open(explorer, 0)
    QTest.keyClick(explorer.tree, Qt.Key.Key_Return)
    assert is_open(explorer, 0)


def duration(explorer: Explorer, step: Callable[[], None]) -> float:
    """Return how many seconds of the processor a step takes until it is painted."""
    begun = time.process_time()
    step()
    explorer.apply()
    explorer.tree.grab()
    return time.process_time() - begun


def test_twenty_thousand_tables_are_shown_and_searched_at_once(qtbot: QtBot) -> None:
    explorer = Explorer()
    qtbot.addWidget(explorer)
    explorer.resize(240, 600)
    explorer.show()
    many = summaries(*(f"public.table_{number}" for number in range(MANY)))
    steps: tuple[Callable[[], None], ...] = (
        lambda: explorer.show_tables(many, "public.table_19000"),
        lambda: explorer.search_field.setText("TABLE"),
        lambda: explorer.search_field.setText("table_1"),
        explorer.search_field.clear,
        lambda: explorer.show_tables(many, "public.table_3"),
    )
    seconds = [duration(explorer, step) for step in steps]
    assert max(seconds) < 1.5, seconds
    assert is_seen(explorer, explorer.model.index_of("public.table_3"))

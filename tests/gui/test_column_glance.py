"""A column at a glance beside the table: asked for, read in the background, and stopped when not wanted."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from dataflow_desktop.app.program import Program
from dataflow_desktop.domain.profile import ColumnProfile, ValueCount
from dataflow_desktop.domain.row_query import Condition, Operator, SortColumn
from dataflow_desktop.domain.schema import Column, ColumnKind
from dataflow_desktop.ui.column_pane import ROWS, VALUE, ColumnPane
from dataflow_desktop.workers.query_wishes import ProfileWish
from tests.gui.conftest import SMALL_ROWS, StartProgram
from tests.gui.driving import counted, wait_for_rows, wait_until

CATEGORY, PRICE, CREATED_AT = 2, 3, 6


def look_at(qtbot: QtBot, program: Program, column: int) -> ColumnPane:
    """Put the keyboard into a column, open the pane, and wait until all rows are read."""
    view, pane = program.window.row_view, program.window.column_pane
    view.setCurrentIndex(program.window.row_model.index(0, column))
    program.window.menus.action("glance_wished").setChecked(True)
    name = program.window.row_model.columns[column].name
    wait_until(qtbot, lambda: pane.title == name and pane.note.text().startswith("of "))
    return pane


def texts_of(pane: ColumnPane, place: int) -> tuple[str, str]:
    value, rows = pane.values.item(place, VALUE), pane.values.item(place, ROWS)
    assert value is not None
    assert rows is not None
    return value.text(), rows.text()


def test_a_column_of_few_values_is_counted_value_by_value(
    qtbot: QtBot, shown: Program, catalogue: Path
) -> None:
    pane = look_at(qtbot, shown, CATEGORY)
    with closing(sqlite3.connect(catalogue)) as connection:
        rows = connection.execute(
            "SELECT category, count(*) FROM products GROUP BY 1 ORDER BY 2 DESC, 1"
        ).fetchall()
    found = [texts_of(pane, place) for place in range(pane.values.rowCount())]
    assert found == [(value, f"{count} · {100 * count / SMALL_ROWS:.1f} %") for value, count in rows]
    assert pane.fact("distinct") == "10"
    assert pane.shares.accessibleName() == "100.0 % filled, 0.0 % empty, 0.0 % NULL"
    assert not pane.histogram.isVisible()
    assert pane.note.text() == "of 3,000 rows"


def test_numbers_have_a_mean_and_a_histogram_that_says_what_it_shows(
    qtbot: QtBot, shown: Program, catalogue: Path
) -> None:
    pane = look_at(qtbot, shown, PRICE)
    with closing(sqlite3.connect(catalogue)) as connection:
        low, high, mean = connection.execute(
            "SELECT min(price), max(price), avg(price) FROM products"
        ).fetchone()
    assert (pane.fact("smallest"), pane.fact("largest")) == (f"{low:.2f}", f"{high:.2f}")
    assert float(pane.fact("mean").replace(",", "")) == pytest.approx(mean)
    assert pane.histogram.isVisible()
    bar = pane.histogram.bar_at(QPointF(1, 1))
    assert bar is not None
    assert bar.words.endswith("%")


def test_dates_are_spread_over_time(qtbot: QtBot, shown: Program) -> None:
    pane = look_at(qtbot, shown, CREATED_AT)
    assert pane.histogram.isVisible()
    assert "from 20" in pane.histogram.accessibleName()
    assert pane.fact("mean") == ""


def test_the_pane_follows_the_keyboard_and_the_filter(qtbot: QtBot, shown: Program, catalogue: Path) -> None:
    pane = look_at(qtbot, shown, CATEGORY)
    shown.window.row_view.setCurrentIndex(shown.window.row_model.index(0, PRICE))
    wait_until(qtbot, lambda: pane.title == "price" and pane.note.text() == "of 3,000 rows")
    shown.window.filter_bar.add_condition(Condition("price", Operator.LESS, (1_000,)))
    expected = counted(catalogue, "price < 1000")
    wait_until(qtbot, lambda: pane.note.text() == f"of {expected:,} rows")


def test_a_frequent_value_filters_the_rows(qtbot: QtBot, shown: Program, catalogue: Path) -> None:
    pane = look_at(qtbot, shown, CATEGORY)
    value, _ = texts_of(pane, 0)
    pane.values.setCurrentCell(0, VALUE)
    pane.values.activated.emit(pane.values.currentIndex())
    wait_for_rows(qtbot, shown, counted(catalogue, f"category = '{value}'"))
    wait_until(qtbot, lambda: pane.fact("distinct") == "1" and pane.note.text().startswith("of "))


def test_the_beginning_of_a_long_value_finds_the_rows_that_begin_so(
    qtbot: QtBot, start: StartProgram, tmp_path: Path
) -> None:
    path = tmp_path / "long.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, body TEXT)")
        bodies = ["x" * 1_000, "x" * 1_000, "y", None, ""]
        connection.executemany("INSERT INTO t (body) VALUES (?)", [(body,) for body in bodies])
    program = start(path)
    wait_for_rows(qtbot, program, 5)
    pane = look_at(qtbot, program, 1)
    assert pane.shares.accessibleName() == "60.0 % filled, 20.0 % empty, 20.0 % NULL"
    pane.value_chosen.emit(ValueCount("x" * 200, 2))
    wait_for_rows(qtbot, program, 2)


def test_the_menu_of_a_column_looks_at_it(qtbot: QtBot, shown: Program) -> None:
    header = shown.window.row_view.horizontalHeader()
    header.customContextMenuRequested.emit(QPoint(header.sectionViewportPosition(PRICE) + 5, 5))
    (menu,) = shown.window.row_view.findChildren(QMenu)
    entry = next(action for action in menu.actions() if "glance" in action.text())
    entry.trigger()
    menu.close()
    pane = shown.window.column_pane
    wait_until(qtbot, lambda: pane.title == "price" and pane.note.text() == "of 3,000 rows")


def test_only_one_pane_is_shown_and_without_any_there_is_no_gap(qtbot: QtBot, shown: Program) -> None:
    window = shown.window
    width = window.table_states.width()
    look_at(qtbot, shown, PRICE)
    window.menus.action("details_wished").setChecked(True)
    assert not window.column_pane.isVisible()
    assert not window.menus.action("glance_wished").isChecked()
    assert window.details_pane.isVisible()
    window.menus.action("details_wished").setChecked(False)
    wait_until(qtbot, lambda: window.table_states.width() == width)


def test_escape_stops_the_reading_and_what_is_known_stays(
    qtbot: QtBot, start: StartProgram, large_table: Path
) -> None:
    program = start(large_table)
    wait_for_rows(qtbot, program, 1_000_000)
    pane = program.window.column_pane
    program.window.row_view.setCurrentIndex(program.window.row_model.index(0, 1))
    program.window.menus.action("glance_wished").setChecked(True)
    wait_until(qtbot, lambda: pane.note.text().startswith("reading… ") and program.column_glance.is_running)
    program.window.menus.action("stop_wished").trigger()
    assert "Stopped" in pane.note.text()
    assert pane.again_button.isVisible()
    assert not program.window.menus.action("stop_wished").isEnabled()
    pane.again_button.click()
    wait_until(qtbot, lambda: pane.note.text() == "of 1,000,000 rows")


def test_a_column_known_is_shown_at_once_and_another_order_changes_nothing(
    qtbot: QtBot, shown: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[ProfileWish] = []
    pane = look_at(qtbot, shown, CATEGORY)
    look_at(qtbot, shown, PRICE)
    monkeypatch.setattr(shown.column_glance._worker, "ask", asked.append)
    look_at(qtbot, shown, CATEGORY)
    shown.window.row_view.order_wished.emit((SortColumn("name"),))
    wait_for_rows(qtbot, shown, SMALL_ROWS)
    assert pane.fact("distinct") == "10"
    assert not asked


def test_an_empty_table_has_nothing_to_draw(qtbot: QtBot, start: StartProgram, tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, body TEXT)")
    program = start(path)
    wait_until(qtbot, lambda: "is empty" in program.window.table_states.state_text)
    program.window.row_view.glance_wished.emit("body")
    pane = program.window.column_pane
    wait_until(qtbot, lambda: pane.note.text() == "of 0 rows")
    pane.grab()


def test_estimates_look_like_estimates(qtbot: QtBot) -> None:
    pane = ColumnPane()
    qtbot.addWidget(pane)
    profile = ColumnProfile(
        rows=10_000_000, null_rows=1, empty_rows=0, smallest=1, largest=9, mean=5.0, distinct=1_234_567,
        is_distinct_exact=False, sampled_rows=1_000, top_values=(ValueCount(5, 400),), histogram=(),
        is_time=False, is_complete=True,
    )  # fmt: skip
    pane.show_profile(Column("a", "INTEGER", ColumnKind.INTEGER), profile, None)
    assert pane.fact("distinct") == "~1.2 million"
    assert texts_of(pane, 0) == ("5", "~40.0 %")
    assert "1,000 rows" in pane.sample_note.text()
    assert pane.shares.accessibleName() == "> 99.9 % filled, 0.0 % empty, < 0.1 % NULL"

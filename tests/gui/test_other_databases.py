"""The window over a database that only SQLAlchemy knows: DuckDB."""

from pathlib import Path
from typing import cast

from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dataflow_desktop.domain.job import JobState
from dataflow_desktop.domain.row_query import SortColumn
from dataflow_desktop.ui.connect_dialog import ConnectDialog
from dataflow_desktop.ui.server_form import OTHER, ServerForm
from tests.duckdb_files import make_duckdb
from tests.gui.conftest import SMALL_ROWS, StartProgram
from tests.gui.driving import (
    choose,
    close,
    dialog_of,
    facet,
    start_export,
    texts_of_row,
    wait_for_rows,
    wait_for_state,
    wait_until,
)


def test_a_table_is_shown_filtered_sorted_and_exported(
    qtbot: QtBot, start: StartProgram, tmp_path: Path
) -> None:
    url = make_duckdb(
        tmp_path / "shop.duckdb",
        "CREATE TABLE products (id INTEGER PRIMARY KEY, name VARCHAR, category VARCHAR, price DECIMAL(10,2))",
        "INSERT INTO products SELECT i, 'Tool ' || i, 'category ' || i % 5, i * 37 / 100.0"
        " FROM range(1, 5001) r(i)",
    )
    program = start(url, "products")
    wait_for_rows(qtbot, program, 5_000)
    count = program.window.filter_bar.count_label
    wait_until(qtbot, lambda: count.text() == "5,000 rows")
    assert texts_of_row(program, 6) == ["7", "Tool 7", "category 2", "2.59"]
    program.window.row_view.go_to_row(4_321)
    wait_until(qtbot, lambda: texts_of_row(program, 4_321)[0] == "4322")
    wait_until(qtbot, lambda: "category" in program.window.filter_bar.facet_columns)
    choose(facet(program, "category"), "category 3")
    wait_until(qtbot, lambda: count.text() == "1,000 of 5,000 rows")
    program.window.filter_bar.search_field.setText("TOOL 33")
    program.window.filter_bar.apply()
    wait_until(qtbot, lambda: count.text() == "23 of 5,000 rows")
    program.window.row_view.order_wished.emit((SortColumn("price", is_descending=True),))
    wait_until(qtbot, lambda: texts_of_row(program, 0)[0] == "3398")
    card = start_export(qtbot, program, tmp_path / "p.csv")
    wait_for_state(qtbot, program, card.view.job.id, JobState.DONE)
    lines = (tmp_path / "p.csv").read_text().splitlines()
    assert len(lines) == 24
    assert lines[1] == "3398,Tool 3398,category 3,1257.26"
    close(qtbot, program)


def test_it_is_connected_to_by_its_url(
    qtbot: QtBot, start: StartProgram, catalogue: Path, tmp_path: Path
) -> None:
    url = make_duckdb(
        tmp_path / "shop.duckdb", "CREATE TABLE t (id INTEGER PRIMARY KEY)", "INSERT INTO t VALUES (1), (2)"
    )
    program = start(catalogue)
    wait_for_rows(qtbot, program, SMALL_ROWS)
    program.window.menus.action("connect_wished").trigger()
    dialog = cast("ConnectDialog", dialog_of(qtbot, program, ConnectDialog))
    dialog.form.url_field.selectAll()
    QTest.keyClicks(dialog.form.url_field, url)
    assert dialog.form.kind_choice.currentData() == OTHER
    assert dialog.form.address == url
    assert not dialog.form.host_field.isVisible()
    dialog.test_button.click()
    wait_until(qtbot, lambda: "shop.duckdb answers and has 1 table or view." in dialog.result_line.text)
    dialog.connect_button.click()
    wait_for_rows(qtbot, program, 2)


def test_its_kind_is_chosen_and_left_again(qtbot: QtBot) -> None:
    form = ServerForm()
    qtbot.addWidget(form)
    form.show()
    form.host_field.setText("db")
    form.kind_choice.setCurrentIndex(form.kind_choice.findData(OTHER))
    assert str(form.address) == "None"
    assert form.url_field.text() == ""
    assert not form.host_field.isVisible()
    QTest.keyClicks(form.url_field, "oracle+oracledb://ada:s3cret@host/shop")
    assert str(form.address) == "oracle+oracledb://ada@host/shop"
    assert form.password_field.password == "s3cret"
    form.kind_choice.setCurrentIndex(0)
    assert form.host_field.isVisible()
    assert str(form.address).startswith("postgresql://db")

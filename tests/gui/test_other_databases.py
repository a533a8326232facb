"""The window over a database that only SQLAlchemy knows: DuckDB."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from dataflow_desktop.domain.job import JobState
from dataflow_desktop.domain.row_query import SortColumn
from tests.duckdb_files import make_duckdb
from tests.gui.conftest import StartProgram
from tests.gui.driving import (
    choose,
    close,
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

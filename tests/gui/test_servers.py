"""The window over a server, near or gone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from dataflow_desktop.app.program import Program
from dataflow_desktop.domain.job import JobState
from dataflow_desktop.domain.row_query import SortColumn
from tests.gui.conftest import StartProgram
from tests.gui.driving import (
    choose,
    choose_table,
    close,
    facet,
    start_export,
    tables_listed,
    texts_of_row,
    wait_for_rows,
    wait_for_state,
    wait_until,
)
from tests.servers import mariadb_databases
from tests.servers.mariadb_server import MariadbServer
from tests.servers.own_server import HOST
from tests.servers.postgres_databases import PRODUCTS
from tests.servers.postgres_server import PostgresServer
from tests.servers.tcp_proxy import TcpProxy

pytestmark = pytest.mark.servers

ROWS = 5_000


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    """A server with a database of products."""
    with PostgresServer() as server:
        server.create_database("window")
        server.execute(PRODUCTS.format(rows=ROWS), database="window")
        yield server


@pytest.fixture(scope="module", params=["postgresql", "mysql"])
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of the same products in each kind of server."""
    if request.param == "mysql":
        with MariadbServer() as mariadb:
            address = mariadb.create_database("window")
            mariadb.execute(mariadb_databases.PRODUCTS.format(rows=ROWS), database="window")
            yield address
    else:
        postgres: PostgresServer = request.getfixturevalue("server")
        yield postgres.url("window")


@pytest.fixture
def way(server: PostgresServer) -> Iterator[TcpProxy]:
    """What leads to the server, and can be cut."""
    with TcpProxy(HOST, server.port) as way:
        yield way


def search(program: Program, text: str) -> None:
    """Search at once, not only after a while."""
    program.window.filter_bar.search_field.setText(text)
    program.window.filter_bar.apply()


def _count(program: Program) -> str:
    return program.window.filter_bar.count_label.text()


def test_schemas_are_folders_and_a_table_of_another_one_is_shown(
    qtbot: QtBot, start: StartProgram, server: PostgresServer
) -> None:
    server.create_database("schemas")
    server.execute(
        'CREATE TABLE mine (id int PRIMARY KEY); CREATE SCHEMA "Other, one"; SET search_path TO "Other, one";'
        "CREATE VIEW a AS SELECT 1 AS n; CREATE TABLE b (id int PRIMARY KEY); INSERT INTO b VALUES (7)",
        database="schemas",
    )
    program = start(server.url("schemas"))
    wait_until(qtbot, lambda: tables_listed(program) == ["public", "mine", "Other, one", "b", "a"])
    choose_table(program, "Other, one.b")
    wait_for_rows(qtbot, program, 1)
    assert texts_of_row(program, 0) == ["7"]
    assert program.window.explorer.tree.currentIndex().data() == "b"


def test_a_table_of_a_server_is_shown_filtered_sorted_and_exported(
    qtbot: QtBot, start: StartProgram, url: str, tmp_path: Path
) -> None:
    program = start(url, "products")
    wait_for_rows(qtbot, program, ROWS)
    wait_until(qtbot, lambda: _count(program) == "5,000 rows")
    seventh = ["7", 'Tool 7, "fine"', "category 2", "2.59", "7", "2020-01-01T00:00:10.500000+00:00"]
    assert texts_of_row(program, 6) == seventh
    program.window.row_view.go_to_row(4_321)
    wait_until(qtbot, lambda: texts_of_row(program, 4_321)[0] == "4322")
    wait_until(qtbot, lambda: "category" in program.window.filter_bar.facet_columns)
    choose(facet(program, "category"), "category 3")
    wait_until(qtbot, lambda: _count(program) == "1,000 of 5,000 rows")
    search(program, "FINE")
    wait_until(qtbot, lambda: _count(program) == "143 of 5,000 rows")
    program.window.row_view.order_wished.emit((SortColumn("price", is_descending=True),))
    wait_until(qtbot, lambda: texts_of_row(program, 0)[0] == "4998")
    card = start_export(qtbot, program, tmp_path / "fine.csv")
    wait_for_state(qtbot, program, card.view.job.id, JobState.DONE)
    lines = (tmp_path / "fine.csv").read_text().splitlines()
    assert len(lines) == 144
    assert lines[1].startswith("4998,")
    close(qtbot, program)


def test_a_server_that_goes_away_is_waited_for_and_the_window_stays_alive(
    qtbot: QtBot, start: StartProgram, server: PostgresServer, way: TcpProxy
) -> None:
    program = start(server.url("window", port=way.port), "products")
    wait_for_rows(qtbot, program, ROWS)
    wait_until(qtbot, lambda: _count(program) == "5,000 rows")
    way.refuse()
    way.cut()
    search(program, "Tool 77")
    wait_until(qtbot, lambda: "trying again" in _count(program))
    way.accept()
    wait_until(qtbot, lambda: _count(program).startswith("1"))
    wait_until(qtbot, lambda: texts_of_row(program, 0)[0] == "77")
    close(qtbot, program)


def test_a_server_that_swallows_everything_can_be_left_at_once(
    qtbot: QtBot, start: StartProgram, server: PostgresServer, way: TcpProxy
) -> None:
    program = start(server.url("window", port=way.port), "products")
    wait_for_rows(qtbot, program, ROWS)
    wait_until(qtbot, lambda: _count(program) == "5,000 rows")
    way.blackhole()
    search(program, "Tool 77")
    wait_until(qtbot, lambda: program.browsing.is_running)
    program.window.menus.action("stop_wished").trigger()
    assert not program.browsing.is_running
    wait_until(qtbot, lambda: "Stopped" in program.window.table_states.state_text)
    close(qtbot, program)


def test_a_server_out_of_reach_says_so_and_is_found_when_it_is_there(
    qtbot: QtBot, start: StartProgram, server: PostgresServer, way: TcpProxy
) -> None:
    way.refuse()
    program = start(server.url("window", port=way.port), "products")
    wait_until(qtbot, lambda: "does not answer" in program.window.table_states.state_text)
    way.accept()
    program.window.table_states.step_button.click()
    wait_for_rows(qtbot, program, ROWS)
    close(qtbot, program)

"""The executable, where it was made, brings along what talks to servers."""

from pathlib import Path

import pytest

from tests.build.built_program import PROGRAM, BuiltProgram
from tests.servers import mariadb_databases, postgres_databases
from tests.servers.mariadb_server import MariadbServer
from tests.servers.postgres_server import PostgresServer
from tests.servers.server_exports import products_csv

ROWS = 60_000
"""Enough for a reader process."""


@pytest.fixture
def built(tmp_path: Path) -> BuiltProgram:
    """The executable with a home of its own."""
    if not PROGRAM.is_file():
        pytest.skip("the executable was not made: `python3 dev.py build`")
    return BuiltProgram(tmp_path)


def test_it_exports_from_postgresql(built: BuiltProgram, postgres: PostgresServer) -> None:
    url = postgres.create_database("built")
    postgres.execute(postgres_databases.PRODUCTS.format(rows=ROWS), database="built")
    built.run("export", url, "products", "-o", "p.csv")
    assert (built.home / "p.csv").read_bytes() == products_csv(ROWS)
    assert f"done: {ROWS} rows" in built.log
    assert "columnar lane" not in built.log  # that it gave up


def test_it_exports_from_mariadb(built: BuiltProgram, mariadb: MariadbServer) -> None:
    mariadb.create_database("built")
    mariadb.execute(mariadb_databases.PRODUCTS.format(rows=2_000), database="built")
    built.run("export", mariadb.url("built"), "products", "-o", "p.csv")
    assert (built.home / "p.csv").read_bytes() == products_csv(2_000)


def test_queries_of_ones_own_are_understood(
    built: BuiltProgram, postgres: PostgresServer, mariadb: MariadbServer
) -> None:
    mariadb.create_database("asked")
    for number, url in enumerate([postgres.create_database("asked"), mariadb.url("asked")]):
        built.run("query", url, "one", "SELECT 1 AS id", "--key", "id")
        built.run("export", url, "one", "-o", f"{number}.csv")
        assert (built.home / f"{number}.csv").read_text(encoding="utf-8") == "id\n1\n"

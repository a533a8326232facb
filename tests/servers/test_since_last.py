"""Only rows that were added since the last export, of servers: in both lanes, and in any order."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.progress import Finished
from dataflow_desktop.domain.row_query import RowQuery, SortColumn
from dataflow_desktop.errors import ConfigurationError, ReasonCode
from dataflow_desktop.export import lanes
from dataflow_desktop.records.job_store import JobStore
from tests.servers import mariadb_databases, postgres_databases
from tests.servers.mariadb_server import MariadbServer
from tests.servers.postgres_server import PostgresServer
from tests.servers.server_exports import described, products_csv, spec_for
from tests.unit.exports import job_store, new_job, run_to_end

OLD = 3_000
NEW = 400

KEYS = """
CREATE TABLE events (seen timestamp(3) NOT NULL, who varchar(9) NOT NULL, n int, PRIMARY KEY (seen, who));
INSERT INTO events VALUES ('2026-11-03 12:04:00.5', 'b', 1), ('2026-11-02 12:04:00', 'z', 2);
CREATE TABLE named (who varchar(9) PRIMARY KEY, n int);
"""
LATER = """
INSERT INTO events VALUES ('2026-11-03 12:04:00.5', 'c', 3), ('2026-11-04 00:00:00', 'a', 4);
"""

Server = PostgresServer | MariadbServer


@pytest.fixture(params=["postgres", "mariadb"])
def server(request: pytest.FixtureRequest) -> Server:
    found: Server = request.getfixturevalue(request.param)
    return found


@pytest.fixture(params=["exact", "columnar"])
def database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Let all rows take one lane, however few they are; return the name of a database."""
    few = 0 if request.param == "columnar" else 10**9
    monkeypatch.setattr(lanes, "FEW_CELLS", few)
    monkeypatch.setattr(lanes, "VERY_FEW_CELLS", few)
    return f"growing_{request.param}"


@pytest.fixture
def url(server: Server, database: str) -> Iterator[str]:
    """A database of products, and of what happened when and to whom."""
    url = server.create_database(database)
    products = postgres_databases if isinstance(server, PostgresServer) else mariadb_databases
    server.execute(products.PRODUCTS.format(rows=OLD) + KEYS, database=database)
    yield url
    server.drop_database(database)


def add_products(server: Server, database: str) -> None:
    """Let there be as many more products as `products_csv` has of them."""
    products = (postgres_databases if isinstance(server, PostgresServer) else mariadb_databases).PRODUCTS
    insert = products[products.index("SET" if isinstance(server, MariadbServer) else "INSERT") :]
    first = {"seq_1_to_{rows}": f"seq_{OLD + 1}_to_{OLD + NEW}", "(1, {rows})": f"({OLD + 1}, {OLD + NEW})"}
    for before, after in first.items():
        insert = insert.replace(before, after)
    server.execute(insert, database=database)


def daily(url: str, table: str, target: Path, order: tuple[SortColumn, ...] = ()) -> ExportSpec:
    query = RowQuery(table, described(url, table).column_names, order=order)
    spec = spec_for(url, table, target, query, chunk_rows=150)
    return replace(spec, profile="daily", is_since_last=True, is_overwrite_allowed=True)


def exported(store: JobStore, spec: ExportSpec) -> tuple[int, bytes]:
    """Return how many rows an export read, and its file."""
    finished = run_to_end(store, new_job(store, spec))[-1]
    assert isinstance(finished, Finished)
    return finished.new_rows, Path(spec.target).read_bytes()


def test_only_what_was_added_is_read(server: Server, database: str, url: str, tmp_path: Path) -> None:
    whole = products_csv(OLD + NEW).splitlines(keepends=True)
    with job_store() as store:
        assert exported(store, daily(url, "products", tmp_path / "kept.csv")) == (OLD, products_csv(OLD))
        add_products(server, database)
        new = exported(store, daily(url, "products", tmp_path / "new.csv"))
        assert new == (NEW, b"".join([whole[0], *whole[OLD + 1 :]]))
        assert exported(store, daily(url, "products", tmp_path / "kept.csv")) == (NEW, b"".join(whole))
        assert exported(store, daily(url, "products", tmp_path / "none.csv")) == (0, whole[0])


def test_in_another_order_too(server: Server, database: str, url: str, tmp_path: Path) -> None:
    order = (SortColumn("quantity", is_descending=True), SortColumn("id"))
    with job_store() as store:
        exported(store, daily(url, "products", tmp_path / "a.csv", order))
        add_products(server, database)
        rows, data = exported(store, daily(url, "products", tmp_path / "b.csv", order))
    found = [int(line.split(b",")[0]) for line in data.splitlines()[1:]]
    assert rows == NEW
    assert found == sorted(range(OLD + 1, OLD + NEW + 1), key=lambda number: (-(number % 100), number))


def test_times_in_the_first_place_of_a_key(server: Server, database: str, url: str, tmp_path: Path) -> None:
    with job_store() as store:
        assert exported(store, daily(url, "events", tmp_path / "a.csv"))[0] == 2
        server.execute(LATER, database=database)
        _, data = exported(store, daily(url, "events", tmp_path / "b.csv"))
        assert [line.split(b",")[1:] for line in data.splitlines()[1:]] == [[b"c", b"3"], [b"a", b"4"]]
        with pytest.raises(ConfigurationError) as caught:
            new_job(store, daily(url, "named", tmp_path / "c.csv"))
    assert caught.value.reason.code == ReasonCode.NEW_ROWS_NOT_TOLD.name

"""Exports of PostgreSQL: exact in every type and both lanes, whole whatever becomes of the server."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from dataflow_desktop.domain.job import JobState, SourceChanged
from dataflow_desktop.domain.progress import Progress
from dataflow_desktop.domain.reading import Consistency
from dataflow_desktop.domain.row_query import RowQuery, SortColumn
from dataflow_desktop.errors import ReasonCode, RefusedError, SourceError
from dataflow_desktop.export import lanes, reader_client
from dataflow_desktop.export.engine import run_job
from dataflow_desktop.pacing import StopRequest, StopWish
from dataflow_desktop.source import running
from tests.program import Program
from tests.servers.postgres_databases import PRODUCTS
from tests.servers.postgres_server import PostgresServer
from tests.servers.server_exports import (
    described,
    exported,
    paused_when_gone,
    run_until_first_rows,
    run_while_cut,
    spec_for,
)
from tests.servers.tcp_proxy import TcpProxy
from tests.unit.exports import job_store, new_job, run_to_end

ROWS = 20_000

KINDS = """
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE DOMAIN price AS numeric(12, 3);
CREATE TABLE kinds (
    id integer PRIMARY KEY, i2 int2, i8 int8, n numeric, n2 numeric(10, 2), f4 float4, f8 float8, t text,
    c char(4), b boolean, raw bytea, d date, ti time, ts timestamp, tz timestamptz, iv interval, u uuid,
    j json, jb jsonb, a integer[], m mood, r int4range, ip inet, p price
);
INSERT INTO kinds VALUES
(1, 1, 9223372036854775807, 12345678901234567890123456789.123456789, 12.3, 0.1, 0.1, 'Ü, "q"', 'ab', true,
 '\\x00ff', '2026-11-25', '10:00:00.5', '2026-11-25 10:00', '2026-11-25 10:00:00.5+02', '1 day 02:03:04',
 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '{"a": 1}', '{"b":[1]}', '{1,NULL}', 'happy', '[1,5)',
 '192.168.1.1', 1.5),
(2, NULL, NULL, 'NaN', NULL, 'Infinity', '-Infinity', '', '', false, '', 'infinity', '24:00', 'infinity',
 '-infinity', '-1 mon', NULL, NULL, NULL, '{}', NULL, 'empty', '10.0.0.0/8', NULL),
(3, -32768, -9223372036854775808, -0.5, -0.1, 1e20, '-0', E'\\r\\n', NULL, NULL, NULL, '0044-03-15 BC', NULL,
 '0044-03-15 10:00 BC', '9999-12-31 23:59:59.999999+00', '0', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0);
"""

GOLDEN = Path(__file__).parent / "postgres_kinds.csv"


@pytest.fixture(scope="module")
def url(postgres: PostgresServer) -> str:
    """A database with products and with values of all types."""
    url = postgres.create_database("exports")
    postgres.execute(PRODUCTS.format(rows=ROWS) + KINDS, database="exports")
    return url


@pytest.fixture(params=["exact", "columnar"])
def lane(request: pytest.FixtureRequest) -> Iterator[str]:
    """Let all rows take one lane, however few they are."""
    few = 0 if request.param == "columnar" else 10**9
    with patch.multiple(lanes, FEW_CELLS=few, VERY_FEW_CELLS=few):
        yield request.param


@pytest.fixture(scope="module")
def reference(postgres: PostgresServer, url: str) -> bytes:
    """The bytes of all products, as the server itself writes them."""
    with postgres.connect("exports") as connection:
        connection.execute("SET TimeZone TO 'UTC'")
        copied = connection.execute(
            "SELECT string_agg(concat(id, ',', CASE WHEN name LIKE '%\"%' THEN "
            "'\"' || replace(name, '\"', '\"\"') || '\"' ELSE name END, ',',"
            " CASE category WHEN '' THEN '\"\"' ELSE category END, ',', price, ',', quantity, ',',"
            " replace(to_char(seen, 'YYYY-MM-DD\"T\"HH24:MI:SS.US'), '.000000', ''), '+00:00', E'\\n'), ''"
            " ORDER BY id) FROM products"
        ).fetchone()
    assert copied is not None
    return b"id,name,category,price,quantity,seen\n" + str(copied[0]).encode()


def test_every_type_leaves_exactly(url: str, lane: str, tmp_path: Path) -> None:
    assert exported(spec_for(url, "kinds", tmp_path / f"{lane}.csv")) == GOLDEN.read_bytes()


@pytest.mark.parametrize("chunk_rows", [None, 97, 1_000])
def test_the_file_is_what_the_server_would_write(
    url: str, lane: str, reference: bytes, tmp_path: Path, chunk_rows: int | None
) -> None:
    assert exported(spec_for(url, "products", tmp_path / "p.csv", chunk_rows=chunk_rows)) == reference


def test_a_snapshot_shows_one_state(
    url: str, lane: str, reference: bytes, tmp_path: Path, postgres: PostgresServer
) -> None:
    spec = spec_for(url, "products", tmp_path / "p.csv", consistency=Consistency.SNAPSHOT, chunk_rows=500)
    with job_store() as store:
        job = new_job(store, spec)
        written = False
        for report in run_job(store, job.id, StopRequest()):
            if isinstance(report, Progress) and not written:
                postgres.execute("UPDATE products SET name = 'changed'", database="exports")
                written = True
        assert store.job(job.id).source_changed is SourceChanged.NO
    postgres.execute("DROP TABLE products", database="exports")
    postgres.execute(PRODUCTS.format(rows=ROWS), database="exports")
    assert written
    assert (tmp_path / "p.csv").read_bytes() == reference


def test_any_order_is_one_pass_of_the_server(url: str, lane: str, tmp_path: Path) -> None:
    table = described(url, "products")
    query = RowQuery("products", table.column_names, order=(SortColumn("category", is_descending=True),))
    lines = exported(spec_for(url, "products", tmp_path / f"{lane}.csv", query)).decode().splitlines()[1:]
    categories = [line.rsplit(",", 4)[1] for line in lines]
    assert len(lines) == ROWS
    assert [*dict.fromkeys(categories)] == ["category 4", "category 3", "category 2", '""', ""]


def test_a_view_leaves_in_one_pass(url: str, postgres: PostgresServer, tmp_path: Path) -> None:
    postgres.execute("CREATE VIEW few AS SELECT id, name FROM products WHERE id <= 3", database="exports")
    assert exported(spec_for(url, "few", tmp_path / "few.csv")).count(b"\n") == 4


@pytest.mark.usefixtures("lane")
@pytest.mark.parametrize("seed", [1, 2])
def test_cut_connections_end_in_the_same_bytes_without_a_person(
    reference: bytes, postgres: PostgresServer, proxy: Callable[[int], TcpProxy], tmp_path: Path, seed: int
) -> None:
    way = proxy(postgres.port)
    draw = random.Random(seed)
    target = tmp_path / "p.csv"
    spec = spec_for(postgres.url("exports", port=way.port), "products", target, chunk_rows=100)
    with job_store() as store:
        job = new_job(store, spec)
        cuts = run_while_cut(store, job.id, way, 10, lambda: draw.uniform(0.01, 0.3))
        assert store.job(job.id).state is JobState.DONE
    assert cuts > 1
    assert target.read_bytes() == reference


def test_a_connection_lost_while_rows_are_counted_is_opened_anew(
    url: str, postgres: PostgresServer, proxy: Callable[[int], TcpProxy], tmp_path: Path
) -> None:
    way = proxy(postgres.port)
    spec = spec_for(postgres.url("exports", port=way.port), "products", tmp_path / "p.csv")
    with job_store() as store:
        way.cut_after(3_000)  # in the middle of what describes the table, or soon after
        assert new_job(store, spec).plan.total_rows == ROWS


@pytest.mark.parametrize("cut_at", [200, 1_000, 2_000, 3_000, 5_000])
def test_the_command_line_asks_again_what_a_cut_connection_did_not_answer(
    reference: bytes,
    postgres: PostgresServer,
    proxy: Callable[[int], TcpProxy],
    tmp_path: Path,
    home: Path,
    cut_at: int,
) -> None:
    way = proxy(postgres.port)
    way.cut_after(cut_at)
    target = tmp_path / "p.csv"
    Program(home).run("export", postgres.url("exports", port=way.port), "products", "-o", str(target))
    assert way.connections > 1
    assert target.read_bytes() == reference


@pytest.mark.usefixtures("lane")
def test_a_server_that_stays_away_pauses_the_export_within_its_time_and_it_resumes(
    reference: bytes, postgres: PostgresServer, proxy: Callable[[int], TcpProxy], tmp_path: Path
) -> None:
    way = proxy(postgres.port)
    target = tmp_path / "p.csv"
    address = postgres.url("exports", port=way.port) + "?retry_seconds=2"
    with job_store() as store:
        job = new_job(store, spec_for(address, "products", target, chunk_rows=500))

        def leave() -> None:
            way.refuse()
            way.cut()

        paused = paused_when_gone(store, job, leave, seconds=2 + 5)  # what was sent before is written first
        way.accept()
        run_to_end(store, paused)
    assert target.read_bytes() == reference


@pytest.fixture
def short_patience() -> Iterator[None]:
    """Let a server be silent for a second only."""
    with (
        patch.object(running, "SILENT_SECONDS", 1.0),
        patch.object(reader_client, "SILENT_SECONDS", 2.0),
    ):
        yield


@pytest.mark.usefixtures("lane", "short_patience")
def test_a_network_that_swallows_everything_pauses_the_export_and_it_resumes(
    reference: bytes, postgres: PostgresServer, proxy: Callable[[int], TcpProxy], tmp_path: Path
) -> None:
    way = proxy(postgres.port)
    target = tmp_path / "p.csv"
    address = postgres.url("exports", port=way.port) + "?retry_seconds=1&connect_timeout=2"
    with job_store() as store:
        job = new_job(store, spec_for(address, "products", target, chunk_rows=250))
        with pytest.raises(SourceError):
            run_until_first_rows(store, job.id, way.blackhole)
        assert store.job(job.id).state is JobState.PAUSED
        way.pass_on()
        run_to_end(store, job)
    assert target.read_bytes() == reference


@pytest.mark.usefixtures("lane")
def test_a_stop_is_obeyed_at_once_when_the_network_swallows_everything(
    postgres: PostgresServer, proxy: Callable[[int], TcpProxy], tmp_path: Path
) -> None:
    way = proxy(postgres.port)
    stop = StopRequest()
    asked: list[float] = []

    def ask() -> None:
        asked.append(time.monotonic())
        stop.ask(StopWish.PAUSE)

    def swallow() -> None:
        way.blackhole()
        threading.Timer(0.5, ask).start()

    with job_store() as store:
        spec = spec_for(
            postgres.url("exports", port=way.port), "products", tmp_path / "p.csv", chunk_rows=250
        )
        job = new_job(store, spec)
        run_until_first_rows(store, job.id, swallow, stop)
        assert time.monotonic() - asked[0] < 1
        assert store.job(job.id).state is JobState.PAUSED


def test_another_server_than_before_is_not_taken_for_the_same(
    url: str, postgres: PostgresServer, proxy: Callable[[int], TcpProxy], tmp_path: Path
) -> None:
    # The same address leads to another cluster, with a table of the same build and the same key range.
    with PostgresServer() as other:
        other.create_database("exports")
        other.execute(PRODUCTS.format(rows=ROWS).replace("'Tool '", "'Other '"), database="exports")
        way = proxy(postgres.port)
        address = postgres.url("exports", port=way.port)
        with job_store() as store:
            job = new_job(store, spec_for(address, "products", tmp_path / "p.csv", chunk_rows=500))
            begun = run_job(store, job.id, StopRequest())
            for _ in range(4):
                next(begun)
            begun.close()  # type: ignore[attr-defined]  # a generator, which only the engine need know
            way.lead_to(other.port)
            with pytest.raises(RefusedError) as caught:
                run_to_end(store, job)
    assert caught.value.reason.code == ReasonCode.SOURCE_REPLACED.name


def test_no_password_is_in_what_is_kept_of_an_export(tmp_path: Path, home: Path) -> None:
    secret = "s3cret-word"
    with PostgresServer(password=secret) as server:
        server.create_database("shop")
        server.execute(PRODUCTS.format(rows=2_000), database="shop")
        with patch.multiple(lanes, FEW_CELLS=0, VERY_FEW_CELLS=0):
            spec = spec_for(server.url("shop"), "products", tmp_path / "p.csv")
            assert exported(spec).count(b"\n") == 2_001
    kept = [path for path in (*home.rglob("*"), *tmp_path.rglob("*")) if path.is_file()]
    assert kept
    assert not [path for path in kept if secret.encode() in path.read_bytes()]

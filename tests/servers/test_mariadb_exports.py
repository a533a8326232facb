"""Exports of MariaDB: exact in every type, and whole whatever becomes of the process and the server."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dataflow_desktop.domain.job import JobState, SourceChanged
from dataflow_desktop.domain.reading import Consistency
from dataflow_desktop.errors import ReasonCode, RefusedError, SourceError
from dataflow_desktop.pacing import StopRequest, StopWish
from dataflow_desktop.records.job_store import JobStore
from tests.program import ENDING_SECONDS, Program, parts_in, read_event
from tests.servers.mariadb_databases import PRODUCTS
from tests.servers.mariadb_server import MariadbServer
from tests.servers.own_server import wait_until
from tests.servers.server_exports import (
    exported,
    paused_when_gone,
    products_csv,
    run_until_first_rows,
    run_while_cut,
    spec_for,
)
from tests.servers.tcp_proxy import TcpProxy
from tests.unit.exports import drop_after, job_store, new_job, run_to_end

ROWS = 20_000

SLOWLY = ("--chunk-rows", "250", "--throttle-ms", "15", "--checkpoint-seconds", "0.05", "--progress", "json")
"""More than a second for all rows, so that there is time to kill."""

KINDS = r"""
CREATE TABLE kinds (
    id INT PRIMARY KEY, i1 TINYINT, u8 BIGINT UNSIGNED, i8 BIGINT, bits BIT(10), y YEAR, n DECIMAL(40, 10),
    n2 DECIMAL(10, 2), f4 FLOAT, f8 DOUBLE, t LONGTEXT, c CHAR(4), latin VARCHAR(20) CHARACTER SET latin1,
    b BOOLEAN, raw VARBINARY(20), big LONGBLOB, d DATE, ti TIME(3), dt DATETIME(6), ts TIMESTAMP(6) NULL,
    e ENUM('sad', 'happy'), s SET('a', 'b', 'c'), j JSON, u UUID, ip INET6
) CHARACTER SET utf8mb4;
SET time_zone = '+02:00', sql_mode = 'ALLOW_INVALID_DATES';
INSERT INTO kinds VALUES
(1, 1, 18446744073709551615, 9223372036854775807, b'1000000001', 2026,
 123456789012345678901234567890.0123456789, 12.3, 0.1, 0.1, 'Ü, "q" 🐦', 'ab', 'Müller €', TRUE, x'00ff', x'',
 '2026-11-25', '10:00:00.5', '2026-11-25 10:00', '2026-11-25 10:00:00.5', 'happy', 'a,c', '{"a": 1}',
 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '::ffff:192.168.1.1'),
(2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '', '', '', FALSE, '', NULL, NULL, NULL, NULL, NULL,
 NULL, '', NULL, NULL, NULL),
(3, -128, 0, -9223372036854775808, 0, 0, -0.5, -0.1, 3.4028235e38, -0e0, '\r\n', NULL, NULL, 7, NULL, NULL,
 '0000-00-00', '-838:59:59', '9999-12-31 23:59:59.999999', '1970-01-01 02:00:01', 'sad', 'b', NULL, NULL,
 '::1'),
(4, 0, 1, 1, 1, 1901, 1, 0, 1.17549435e-38, 1.7976931348623157e308, 'NULL', NULL, NULL, NULL, NULL, NULL,
 '2026-02-31', '838:59:59', '0001-01-01', '2038-01-19 05:14:07.999999', NULL, NULL, NULL, NULL, NULL),
(5, 0, 1, 1, 1, 2155, 1, 0, 16777217, 5e-324, '\\N', NULL, NULL, NULL, NULL, NULL,
 '1000-01-01', '0:0:0', '2026-11-25 10:00:00.000001', NULL, NULL, NULL, NULL, NULL, NULL);
"""

GOLDEN = Path(__file__).parent / "mariadb_kinds.csv"

PASSWORD = "s3cret-word"


@pytest.fixture(scope="module")
def server(mariadb: MariadbServer) -> MariadbServer:
    """A server with a database of products and of values of all types."""
    mariadb.create_database("exports")
    mariadb.execute(PRODUCTS.format(rows=ROWS), database="exports")
    mariadb.execute(KINDS, database="exports")
    return mariadb


@pytest.fixture(scope="module")
def url(server: MariadbServer) -> str:
    """The way to it."""
    return server.url("exports")


@pytest.fixture(scope="module")
def reference() -> bytes:
    """The file that an undisturbed export makes."""
    return products_csv(ROWS)


@pytest.fixture
def store(home: Path) -> Iterator[JobStore]:
    with job_store() as store:
        yield store


def test_every_type_leaves_exactly(url: str, tmp_path: Path) -> None:
    assert exported(spec_for(url, "kinds", tmp_path / "kinds.csv")) == GOLDEN.read_bytes()


@pytest.mark.parametrize("chunk_rows", [None, 97, 1_000])
def test_the_file_is_the_expected_one(
    url: str, reference: bytes, tmp_path: Path, chunk_rows: int | None
) -> None:
    assert exported(spec_for(url, "products", tmp_path / "p.csv", chunk_rows=chunk_rows)) == reference


def test_a_snapshot_shows_one_state(tmp_path: Path, store: JobStore, server: MariadbServer) -> None:
    url = server.create_database("changing")
    server.execute(PRODUCTS.format(rows=3_000), database="changing")
    spec = spec_for(url, "products", tmp_path / "p.csv", consistency=Consistency.SNAPSHOT, chunk_rows=500)
    job = new_job(store, spec)

    def change() -> None:
        server.execute("UPDATE products SET name = 'changed'", database="changing")
        server.execute("DELETE FROM products WHERE id % 2", database="changing")

    run_until_first_rows(store, job.id, change)
    assert server.execute("SELECT COUNT(*) FROM products", database="changing") == [(1_500,)]
    assert store.job(job.id).state is JobState.DONE
    assert store.job(job.id).source_changed is SourceChanged.NO
    assert (tmp_path / "p.csv").read_bytes() == products_csv(3_000)


def test_a_snapshot_whose_connection_is_lost_is_not_gone_on_with(
    server: MariadbServer, proxy: Callable[[int], TcpProxy], tmp_path: Path, store: JobStore
) -> None:
    way = proxy(server.port)
    address = server.url("exports", port=way.port)
    spec = spec_for(address, "products", tmp_path / "p.csv", consistency=Consistency.SNAPSHOT, chunk_rows=500)
    job = new_job(store, spec)
    with pytest.raises(SourceError):
        run_until_first_rows(store, job.id, way.cut)
    assert store.job(job.id).state is JobState.PAUSED
    with pytest.raises(RefusedError):  # the rest would be of another state: a person has to say so
        run_to_end(store, job)
    assert not (tmp_path / "p.csv").exists()


def test_a_view_leaves_in_one_pass(url: str, server: MariadbServer, tmp_path: Path) -> None:
    server.execute(
        "CREATE OR REPLACE VIEW few AS SELECT id, name FROM products WHERE id <= 3 ORDER BY id",
        database="exports",
    )
    made = exported(spec_for(url, "few", tmp_path / "few.csv"))
    assert made == b"id,name\n1,Tool 1\n2,Tool 2\n3,Tool 3\n"


@pytest.mark.parametrize("durable_rows", [1, 4_000, 15_000])
def test_an_export_killed_and_resumed_ends_in_the_same_bytes(
    url: str, reference: bytes, home: Path, tmp_path: Path, durable_rows: int
) -> None:
    program, target = Program(home), tmp_path / "p.csv"
    process = program.start("export", url, "products", "-o", str(target), *SLOWLY)
    while read_event(process.stdout).get("durable_rows", 0) < durable_rows:
        assert process.poll() is None
    process.kill()
    process.communicate()
    assert not target.exists()
    assert parts_in(tmp_path)
    resumed = program.start("resume", "--all", "--progress", "json")
    first = read_event(resumed.stdout)
    _, errors = resumed.communicate(timeout=ENDING_SECONDS)
    assert resumed.returncode == 0, errors
    assert first["resumed_rows"] >= durable_rows
    assert target.read_bytes() == reference
    assert not parts_in(tmp_path)


@pytest.mark.parametrize("seed", [1, 2])
def test_ten_cut_connections_end_in_the_same_bytes_without_a_person(
    reference: bytes,
    server: MariadbServer,
    proxy: Callable[[int], TcpProxy],
    tmp_path: Path,
    store: JobStore,
    seed: int,
) -> None:
    way = proxy(server.port)
    draw = random.Random(seed)
    target = tmp_path / "p.csv"
    address = server.url("exports", port=way.port)
    job = new_job(store, spec_for(address, "products", target, chunk_rows=250, throttle_ms=25))
    cuts = run_while_cut(store, job.id, way, 10, lambda: draw.uniform(0.01, 0.2))
    assert cuts == 10
    assert store.job(job.id).state is JobState.DONE
    assert target.read_bytes() == reference


@pytest.mark.parametrize("is_killed", [False, True])
def test_a_server_that_is_stopped_pauses_the_export_within_its_time_and_it_resumes_when_it_is_back(
    tmp_path: Path, store: JobStore, is_killed: bool
) -> None:
    with MariadbServer() as server:
        address = server.create_database("shop") + "&retry_seconds=2"
        server.execute(PRODUCTS.format(rows=10_000), database="shop")
        job = new_job(store, spec_for(address, "products", tmp_path / "p.csv", chunk_rows=250))

        def leave() -> None:
            server.kill() if is_killed else server.stop()

        paused = paused_when_gone(store, job, leave, seconds=2 + 3)
        server.start()
        run_to_end(store, paused)
    assert (tmp_path / "p.csv").read_bytes() == products_csv(10_000)


def test_another_server_than_before_is_not_taken_for_the_same(
    server: MariadbServer, proxy: Callable[[int], TcpProxy], tmp_path: Path, store: JobStore
) -> None:
    # The same address leads to another server, with a table of the same build and the same rows.
    with MariadbServer() as other:
        other.create_database("exports")
        other.execute(PRODUCTS.format(rows=ROWS), database="exports")
        way = proxy(server.port)
        address = server.url("exports", port=way.port)
        job = new_job(store, spec_for(address, "products", tmp_path / "p.csv", chunk_rows=500))
        drop_after(store, job, 4)
        way.cut()
        way.lead_to(other.port)
        with pytest.raises(RefusedError) as caught:
            run_to_end(store, job)
    assert caught.value.reason.code == ReasonCode.SOURCE_REPLACED.name
    assert not (tmp_path / "p.csv").exists()


def _is_busy(server: MariadbServer) -> bool:
    """Whether the server works on a statement about `exports`."""
    busy = "SELECT 1 FROM information_schema.processlist WHERE db = 'exports' AND command <> 'Sleep'"
    return bool(server.execute(busy))


SLOW_VIEWS = {
    # Nothing is known of the next rows when the cancel comes: it is waited for them.
    "while rows are waited for": "SELECT id, SLEEP(0.01) AS rest FROM products",
    # The first rows are there, and the server works on, or waits for somebody to take more.
    "while it works on": "SELECT id, IF(id > 2000, SLEEP(0.05), 0) AS rest FROM products",
    "while rows wait to be taken": "SELECT a.id, REPEAT('x', 2000) AS t FROM products a JOIN kinds b",
}


@pytest.mark.parametrize("view", SLOW_VIEWS.values(), ids=SLOW_VIEWS)
def test_a_cancel_frees_the_servers_thread_within_a_second(
    url: str, server: MariadbServer, tmp_path: Path, store: JobStore, view: str
) -> None:
    server.execute(f"CREATE OR REPLACE VIEW slow AS {view}", database="exports")
    job = new_job(store, spec_for(url, "slow", tmp_path / "p.csv", throttle_ms=300))
    stop = StopRequest()
    asked: list[float] = []

    def ask() -> None:
        wait_until(lambda: _is_busy(server))
        asked.append(time.monotonic())
        stop.ask(StopWish.CANCEL)

    if "0.01" in view:  # the first rows take five seconds
        asking = threading.Thread(target=ask)
        asking.start()
        run_until_first_rows(store, job.id, lambda: None, stop)
        asking.join()
    else:
        run_until_first_rows(store, job.id, ask, stop)
    assert time.monotonic() - asked[0] < 1
    wait_until(lambda: not _is_busy(server), 1 - (time.monotonic() - asked[0]))
    assert store.job(job.id).state is JobState.CANCELLED
    assert not parts_in(tmp_path)


def test_a_password_is_in_no_file(tmp_path: Path, home: Path) -> None:
    with MariadbServer(password=PASSWORD) as server:
        server.create_database("shop")
        server.execute(PRODUCTS.format(rows=2_000), database="shop")
        assert PASSWORD in server.url("shop")
        made = exported(spec_for(server.url("shop"), "products", tmp_path / "p.csv"))
    assert made == products_csv(2_000)
    kept = [path for path in (*home.rglob("*"), *tmp_path.rglob("*")) if path.is_file()]
    assert kept
    assert not [path for path in kept if PASSWORD.encode() in path.read_bytes()]

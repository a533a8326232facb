"""The servers and the proxy that other tests lean on do what they say."""

import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import psycopg
import pytest

from tests.servers.mariadb_server import MariadbServer
from tests.servers.own_server import HOST, wait_until
from tests.servers.postgres_server import PostgresServer
from tests.servers.tcp_proxy import TcpProxy

MakeProxy = Callable[[int], TcpProxy]
Connection = psycopg.Connection[tuple[object, ...]]
SHORT_SECONDS = 0.5


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor() as pool:
        yield pool


@pytest.fixture
def shop(postgres: PostgresServer) -> Iterator[str]:
    postgres.create_database("shop")
    yield "shop"
    postgres.drop_database("shop")


def connected(postgres: PostgresServer, proxy: TcpProxy) -> Connection:
    return psycopg.connect(postgres.url(port=proxy.port), autocommit=True, connect_timeout=10)


def asked(connection: Connection, sql: bytes = b"SELECT 7") -> list[tuple[object, ...]]:
    return connection.execute(sql).fetchall()


def hangs(answer: "Future[Any]") -> bool:
    try:
        answer.result(SHORT_SECONDS)
    except TimeoutError:
        return True
    return False


def test_postgres_answers_in_utf_8(postgres: PostgresServer, shop: str) -> None:
    assert postgres.execute("SHOW server_encoding", database=shop) == [("UTF8",)]
    assert postgres.execute("SELECT %s::text, 1", ["Möwe"], database=shop) == [("Möwe", 1)]
    assert postgres.execute("CREATE TABLE a (b int); INSERT INTO a VALUES (3)", database=shop) == []
    assert postgres.execute("SELECT 1; SELECT b FROM a", database=shop) == [(3,)]


def test_postgres_sorts_as_a_database_was_told(postgres: PostgresServer) -> None:
    url = postgres.create_database("people's", icu_locale="en-US")
    with psycopg.connect(url) as connection:
        order = asked(connection, b"SELECT a FROM (VALUES ('b'), ('B'), ('a')) AS t (a) ORDER BY a")
    postgres.drop_database("people's")
    assert order == [("a",), ("b",), ("B",)]


@pytest.mark.parametrize("way", ["stop", "stop at once", "kill"])
def test_postgres_comes_back_on_its_port(postgres: PostgresServer, shop: str, way: str) -> None:
    postgres.execute("CREATE TABLE kept AS SELECT 5 AS five", database=shop)
    url = postgres.url(shop)
    if way == "kill":
        postgres.kill()
    else:
        postgres.stop(immediate=way == "stop at once")
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)
    postgres.start()
    with psycopg.connect(url) as connection:
        assert asked(connection, b"SELECT five FROM kept") == [(5,)]


def test_postgres_with_a_password_asks_for_it() -> None:
    with PostgresServer(user="ada", password="s3 cret:@/") as server:
        assert server.execute("SELECT current_user::text") == [("ada",)]
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(server.url(password="another"))


def test_a_frozen_postgres_answers_when_it_thaws(postgres: PostgresServer, pool: ThreadPoolExecutor) -> None:
    with postgres.connect() as connection:
        postgres.freeze()
        answer = pool.submit(asked, connection)
        is_silent = hangs(answer)
        postgres.thaw()
        assert is_silent
        assert answer.result(30) == [(7,)]


def test_backends_are_seen_and_ended(postgres: PostgresServer) -> None:
    with postgres.connect() as connection:
        asked(connection)
        assert [(seen.state, seen.query) for seen in postgres.backends()] == [("idle", "SELECT 7")]
        postgres.end_backends()
        with pytest.raises(psycopg.OperationalError):
            asked(connection)


def test_a_proxy_passes_and_counts(postgres: PostgresServer, proxy: MakeProxy) -> None:
    way = proxy(postgres.port)
    with connected(postgres, way) as connection:
        before = way.bytes_to_client
        ((text,),) = asked(connection, b"SELECT repeat('x', 3000000)")
    assert text == "x" * 3_000_000
    assert way.connections == 1
    assert 3_000_000 < way.bytes_to_client - before < 3_001_000
    assert 0 < way.bytes_to_server < 1_000
    wait_until(lambda: way.open_connections == 0)


def test_a_cut_ends_a_running_query_at_once(
    postgres: PostgresServer, proxy: MakeProxy, pool: ThreadPoolExecutor
) -> None:
    way = proxy(postgres.port)
    with connected(postgres, way) as connection:
        answer = pool.submit(asked, connection, b"SELECT pg_sleep(30)")
        wait_until(lambda: [seen.state for seen in postgres.backends()] == ["active"])
        started = time.monotonic()
        way.cut()
        with pytest.raises(psycopg.OperationalError):
            answer.result(20)
        assert time.monotonic() - started < 5
    with connected(postgres, way) as connection:
        assert asked(connection) == [(7,)]
    postgres.end_backends()


def test_a_cut_comes_after_so_many_bytes(postgres: PostgresServer, proxy: MakeProxy) -> None:
    way = proxy(postgres.port)
    with connected(postgres, way) as connection:
        before = way.bytes_to_client
        way.cut_after(500_000)
        with pytest.raises(psycopg.OperationalError):
            asked(connection, b"SELECT repeat('x', 3000000)")
    assert way.bytes_to_client - before == 500_000
    with connected(postgres, way) as connection:
        assert asked(connection) == [(7,)]


def test_a_proxy_refuses_and_accepts_again(postgres: PostgresServer, proxy: MakeProxy) -> None:
    way = proxy(postgres.port)
    with connected(postgres, way) as connection:
        way.refuse()
        with pytest.raises(psycopg.OperationalError, match="refused"):
            connected(postgres, way)
        assert asked(connection) == [(7,)]
    way.accept()
    connected(postgres, way).close()


def test_a_black_hole_answers_nobody(
    postgres: PostgresServer, proxy: MakeProxy, pool: ThreadPoolExecutor
) -> None:
    way = proxy(postgres.port)
    with connected(postgres, way) as connection:
        way.blackhole()
        answers: list[Future[Any]] = [pool.submit(asked, connection), pool.submit(connected, postgres, way)]
        are_silent = [hangs(answer) for answer in answers]
        way.pass_on()
        with connected(postgres, way) as later:
            assert asked(later) == [(7,)]
        are_silent += [hangs(answer) for answer in answers]
        way.cut()
        assert are_silent == [True] * 4
        for answer in answers:
            with pytest.raises(psycopg.OperationalError):
                answer.result(20)


def test_what_a_proxy_holds_arrives_later(
    postgres: PostgresServer, proxy: MakeProxy, pool: ThreadPoolExecutor
) -> None:
    way = proxy(postgres.port)
    with connected(postgres, way) as connection:
        way.hold()
        answer = pool.submit(asked, connection)
        is_silent = hangs(answer)
        way.pass_on()
        assert is_silent
        assert answer.result(20) == [(7,)]


def test_a_delay_counts_in_each_direction(postgres: PostgresServer, proxy: MakeProxy) -> None:
    way = proxy(postgres.port)
    with connected(postgres, way) as connection:
        way.delay(0.2)
        started = time.monotonic()
        assert asked(connection) == [(7,)]
        assert time.monotonic() - started >= 0.4
        way.delay(0)


def test_a_proxy_before_no_server_resets(proxy: MakeProxy) -> None:
    with socket.create_server((HOST, 0)) as closed:
        port = closed.getsockname()[1]
    with socket.create_connection((HOST, proxy(port).port)) as client, pytest.raises(ConnectionResetError):
        client.recv(1)


def test_mariadb_answers_in_utf_8_and_comes_back(mariadb: MariadbServer) -> None:
    mariadb.create_database("shop")
    mariadb.execute("CREATE TABLE a (b text); INSERT INTO a VALUES ('Möwe 🐦')", database="shop")
    port = mariadb.port
    mariadb.restart()
    assert mariadb.port == port
    assert mariadb.execute("SELECT b FROM a WHERE b LIKE %s", ["möwe%"], database="shop") == [("Möwe 🐦",)]
    mariadb.kill()
    mariadb.start()
    assert mariadb.execute("SELECT count(*) FROM shop.a") == [(1,)]
    mariadb.drop_database("shop")


def test_mariadb_with_a_password_keeps_it() -> None:
    with MariadbServer(password="s3 cret") as server:
        server.restart()
        assert server.execute("SELECT current_user()") == [("root@127.0.0.1",)]
        with pytest.raises(Exception, match="Access denied"):
            server.connect(password="")

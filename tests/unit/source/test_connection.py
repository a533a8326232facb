"""Opening a source, and leaving it as it was."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from dataflow_desktop.errors import ConfigurationError, ReasonCode, SourceError
from dataflow_desktop.pacing import Stopped, StopRequest, StopWish
from dataflow_desktop.source.connection import SourceConnection
from dataflow_desktop.source.opening import open_source
from dataflow_desktop.source.statements import select_rows
from tests.unit.databases import all_of, connected, described, fetch, insert, make_database

CREATE = "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT)"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = make_database(tmp_path / "source.db", CREATE)
    insert(path, "t", [(number, f"name {number}") for number in range(1, 101)])
    return path


def endless() -> sa.Select[Any]:
    """Return a statement that counts for longer than any test waits."""
    numbers = sa.select(sa.literal(1).label("n")).cte("numbers", recursive=True)
    numbers = numbers.union_all(sa.select(numbers.c.n + 1).where(numbers.c.n < 10**12))
    return sa.select(sa.func.count()).select_from(numbers)


def reason_of(address: Path | str) -> str:
    with pytest.raises(SourceError) as caught:
        open_source(str(address))
    return caught.value.reason.code


def read_everything(path: Path) -> None:
    table = described(path, "t")
    with connected(path) as connection:
        assert len(connection.rows(select_rows(table, all_of(table)))) == 100


def test_reading_leaves_the_file_as_it_was(database: Path) -> None:
    before = (database.read_bytes(), database.stat().st_mtime_ns)
    read_everything(database)
    assert (database.read_bytes(), database.stat().st_mtime_ns) == before
    assert list(database.parent.iterdir()) == [database]


def test_reading_leaves_a_wal_database_as_it_was(database: Path) -> None:
    make_database(database, "PRAGMA journal_mode = WAL")
    with closing(sqlite3.connect(database)) as writer:
        writer.execute("UPDATE t SET name = 'in the log' WHERE id = 1")
        writer.commit()
        log = database.with_name("source.db-wal")
        before = (database.read_bytes(), database.stat().st_mtime_ns, log.read_bytes())
        assert log.stat().st_size > 0
        read_everything(database)
        assert (database.read_bytes(), database.stat().st_mtime_ns, log.read_bytes()) == before


def test_a_connection_cannot_write(database: Path) -> None:
    statement = sa.table("t", sa.column("id")).insert().values(id=1000)
    with connected(database) as connection, pytest.raises(SourceError):
        connection.rows(statement)
    assert fetch(database, "SELECT count(*) FROM t") == [(100,)]


def test_each_of_the_two_locks_against_writing_holds_alone(database: Path) -> None:
    with connected(database) as connection:
        driver = connection._driver
        assert driver.execute("PRAGMA query_only").fetchone() == (1,)
        driver.execute("PRAGMA query_only = OFF")
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            driver.execute("DELETE FROM t")


@pytest.mark.parametrize("mode", ["DELETE", "WAL"])
def test_a_writer_is_not_kept_out_between_two_reads(database: Path, mode: str) -> None:
    make_database(database, f"PRAGMA journal_mode = {mode}")
    table = described(database, "t")
    statement = select_rows(table, all_of(table)).limit(1)
    with connected(database) as connection, closing(sqlite3.connect(database, timeout=0)) as writer:
        connection.rows(statement)
        with writer:
            writer.execute("UPDATE t SET name = 'changed' WHERE id = 1")
        assert connection.rows(statement)[0][1] == "changed"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert reason_of(tmp_path / "none.db") == ReasonCode.SOURCE_MISSING.name
    assert not (tmp_path / "none.db").exists()


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    assert reason_of(tmp_path) == ReasonCode.SOURCE_UNREADABLE.name


@pytest.mark.parametrize("content", [b"id,name\n1,a\n" * 100, b"\x00" * 4096])
def test_another_kind_of_file_is_no_database(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.db"
    path.write_bytes(content)
    assert reason_of(path) == ReasonCode.SOURCE_NOT_A_DATABASE.name
    assert path.read_bytes() == content


def test_an_empty_file_is_an_empty_database(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    open_source(str(path)).close()
    assert path.stat().st_size == 0


@pytest.mark.parametrize("name", ["~nobody-of-that-name/x.db", "x" * 300 + ".db"])
def test_a_path_that_cannot_be_is_a_source_error(name: str) -> None:
    with pytest.raises(SourceError):
        open_source(name)


@pytest.mark.parametrize(
    "name", ["a?b.db", "a#b.db", "a%41b.db", "a b.db", "ü😀.db", "mode=rw&x.db", "'\".db"]
)
def test_a_hostile_file_name_is_only_a_name(tmp_path: Path, name: str) -> None:
    path = make_database(tmp_path / name, CREATE)
    with connected(path) as connection:
        assert connection.source.address == str(path)
    assert [found.name for found in tmp_path.iterdir()] == [name]


def test_a_sqlite_url_names_the_same_file(database: Path) -> None:
    assert open_source(f"sqlite:///{database}").address == str(database)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("oracle://user:secret@host/db", ReasonCode.SOURCE_DRIVER_MISSING),
        ("mssql://host/db", ReasonCode.SOURCE_DRIVER_MISSING),
        ("nonsense://user:secret@host/db", ReasonCode.SOURCE_DIALECT_UNKNOWN),
    ],
)
def test_what_is_missing_for_a_database_is_said_and_no_password_is_shown(url: str, code: ReasonCode) -> None:
    with pytest.raises(ConfigurationError) as caught:
        open_source(url)
    assert caught.value.reason.code == code.name
    assert "secret" not in caught.value.reason.message


def test_a_broken_url_does_not_show_its_password() -> None:
    with pytest.raises(ConfigurationError) as caught:
        open_source("postgresql://user:secret@host:port/db")
    assert "secret" not in caught.value.reason.message + caught.value.reason.hint


def test_a_relative_path_gets_an_absolute_address(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(database.parent)
    assert open_source("source.db").address == str(database)


@pytest.fixture
def writer(database: Path) -> Iterator[sqlite3.Connection]:
    """A connection that keeps everybody else out."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        yield connection


def test_a_locked_database_is_busy(database: Path, writer: sqlite3.Connection) -> None:
    assert reason_of(database) == ReasonCode.SOURCE_BUSY.name


def test_a_page_that_is_damaged_is_no_surprise(database: Path) -> None:
    content = bytearray(database.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    database.write_bytes(content)
    table = described(database, "t")
    with connected(database) as connection, pytest.raises(SourceError) as caught:
        connection.rows(select_rows(table, all_of(table)))
    assert caught.value.reason.code == ReasonCode.SOURCE_DAMAGED.name


def test_invalid_utf8_is_told_apart(database: Path) -> None:
    make_database(database, "UPDATE t SET name = CAST(x'ff41' AS TEXT) WHERE id = 50")
    table = described(database, "t")
    with connected(database) as connection, pytest.raises(SourceError) as caught:
        connection.rows(select_rows(table, all_of(table)))
    assert caught.value.reason.code == ReasonCode.TEXT_INVALID.name
    assert "name" in caught.value.reason.message


def test_a_wish_to_stop_cuts_a_statement_short(database: Path) -> None:
    stop = StopRequest()
    with connected(database) as connection:
        connection.obey(stop)
        threading.Timer(0.05, stop.ask, [StopWish.PAUSE]).start()
        with pytest.raises(Stopped):
            connection.scalar(endless())


def test_interrupting_from_another_thread_stops_the_reader(database: Path) -> None:
    ended = threading.Event()
    with connected(database) as connection:
        interrupter = threading.Thread(target=interrupt_until, args=(connection, ended))
        interrupter.start()
        with pytest.raises(Stopped):
            connection.scalar(endless())
        ended.set()
        interrupter.join()


def interrupt_until(connection: SourceConnection, ended: threading.Event) -> None:
    # An interrupt that comes before the statement does nothing, so it is sent until one hits.
    while not ended.wait(0.02):
        connection.interrupt()


def test_what_sqlalchemy_adds_to_sqlite_is_there_before_sqlalchemy_is(tmp_path: Path) -> None:
    path = make_database(
        tmp_path / "d.db",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT)",
        "INSERT INTO t VALUES (1, 'tool 1'), (2, 'none'), (3, NULL)",
        "CREATE VIEW with_digits AS SELECT id, a REGEXP '[0-9]' AS has_digit, floor(id + 0.5) AS low FROM t",
    )
    with connected(path) as connection:
        rows = connection._driver.execute("SELECT * FROM with_digits").fetchall()
        assert "_connection" not in vars(connection)
    assert rows == [(1, 1, 1), (2, 0, 2), (3, None, 3)]
    assert [column.name for column in described(path, "with_digits").columns] == ["id", "has_digit", "low"]

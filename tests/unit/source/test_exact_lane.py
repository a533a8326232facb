"""Sizes of chunks, and patience with a busy database."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from dataflow_desktop.domain.chunk import Chunk
from dataflow_desktop.domain.reading import InvalidText, ReadingTask
from dataflow_desktop.domain.server_address import RETRY_SECONDS
from dataflow_desktop.errors import ReasonCode, SourceError
from dataflow_desktop.pacing import Stopped, StopRequest, StopWish
from dataflow_desktop.source.chunk_sizes import GROWTH
from dataflow_desktop.source.exact_lane import CHUNK_BYTES, FIRST_ROWS, MOST_ROWS, ExactReader
from dataflow_desktop.source.retrying import Retrying
from tests.unit.databases import all_of, connected, described, insert, make_database

ROWS = 30_000


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = make_database(
        tmp_path_factory.mktemp("chunks") / "t.db", "CREATE TABLE t (id INTEGER PRIMARY KEY)"
    )
    insert(path, "t", [(number,) for number in range(ROWS)])
    return path


@contextmanager
def reading(path: Path, stop: StopRequest, fixed_rows: int | None = None) -> Iterator[ExactReader]:
    table = described(path, "t")
    with connected(path) as connection:
        task = ReadingTask(str(path), table, all_of(table), (ROWS,), chunk_rows=fixed_rows)
        connection.wait_for_locks(Retrying(stop, RETRY_SECONDS).hold_up)  # as the engine does
        yield ExactReader(connection, task, stop)


def read(reader: ExactReader, after: int | None = None) -> Chunk:
    chunk = reader.read(None if after is None else (after,))
    assert chunk is not None
    return chunk


def test_a_chunk_holds_columns_and_the_last_keyset(database: Path) -> None:
    with reading(database, StopRequest(), 3) as reader:
        assert read(reader) == Chunk([(0, 1, 2)], 3, (2,))
        assert read(reader, 2) == Chunk([(3, 4, 5)], 3, (5,))
        assert reader.read((ROWS - 1,)) is None


def test_narrow_rows_make_larger_chunks_step_by_step(database: Path) -> None:
    sizes = []
    with reading(database, StopRequest()) as reader:
        for _ in range(5):
            chunk = read(reader)
            sizes.append(chunk.rows)
            reader.learn(chunk.rows, chunk.rows * 6)
    assert sizes == [min(FIRST_ROWS * GROWTH**step, MOST_ROWS) for step in range(5)]


def test_wide_rows_make_small_chunks_of_one_row_at_least(database: Path) -> None:
    with reading(database, StopRequest()) as reader:
        reader.learn(500, CHUNK_BYTES * 50)
        assert read(reader).rows == 10
        reader.learn(1, CHUNK_BYTES * 50)
        assert read(reader).rows == 1


def test_a_fixed_size_does_not_adapt(database: Path) -> None:
    with reading(database, StopRequest(), 7) as reader:
        reader.learn(7, 7)
        assert read(reader).rows == 7


@contextmanager
def locked(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as writer:
        writer.execute("BEGIN EXCLUSIVE")
        yield writer


def test_a_locked_database_is_waited_for(database: Path) -> None:
    with reading(database, StopRequest(), 3) as reader, locked(database) as writer:
        # Longer than SQLite itself waits, so that asking again is what succeeds.
        timer = threading.Timer(1.3, writer.execute, ["ROLLBACK"])
        timer.start()
        assert read(reader).rows == 3
        timer.join()


def test_waiting_for_a_locked_database_can_be_stopped(database: Path) -> None:
    stop = StopRequest()
    with reading(database, stop) as reader, locked(database):
        timer = threading.Timer(0.1, stop.ask, [StopWish.PAUSE])
        timer.start()
        with pytest.raises(Stopped):
            reader.read(None)
        timer.join()


@pytest.mark.parametrize("is_one_pass", [False, True])
def test_invalid_text_in_a_key_is_named_even_where_it_may_be_replaced(
    tmp_path: Path, is_one_pass: bool
) -> None:
    path = make_database(
        tmp_path / "k.db",
        "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID",
        "INSERT INTO t VALUES ('a'), (CAST(x'ff' AS TEXT))",
    )
    table = described(path, "t")
    with connected(path) as connection:
        task = ReadingTask(
            str(path), table, all_of(table), (b"",), chunk_rows=1, invalid_text=InvalidText.REPLACE
        )
        reader = ExactReader(connection, task, StopRequest())
        first = reader.read(None)
        assert first is not None
        pieces = iter(lambda: reader.read(first.last), None)
        chunks = reader.read_in_one_pass(None) if is_one_pass else pieces
        with pytest.raises(SourceError) as caught:
            list(chunks)
    assert caught.value.reason.code == ReasonCode.TEXT_INVALID_AT.name

"""Which lane reads, what happens where the columnar one gives up, and what a reader process leaves behind."""

import os
import select
import signal
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import psutil
import pytest

from dataflow_desktop.domain.chunk import EncodedChunk
from dataflow_desktop.domain.file_options import FileOptions
from dataflow_desktop.domain.keyset import Keyset
from dataflow_desktop.domain.reading import Consistency, InvalidText, ReadingTask
from dataflow_desktop.domain.row_query import RowQuery
from dataflow_desktop.domain.writing import WritingTask
from dataflow_desktop.errors import SourceError
from dataflow_desktop.export import lanes
from dataflow_desktop.export.lanes import Lanes
from dataflow_desktop.export.reader_client import ReaderFailedError, begin_reading, read_chunks
from dataflow_desktop.export.reader_process import ReaderProcess
from dataflow_desktop.export.reader_protocol import READER_ARGUMENT
from dataflow_desktop.export.shared_slots import SLOT_BYTES
from dataflow_desktop.pacing import Stopped, StopRequest, StopWish
from tests.unit.databases import all_of, connected, described, insert, make_database

ROWS = 300


@pytest.fixture(autouse=True)
def _no_table_is_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "FEW_CELLS", -1)


@pytest.fixture
def numbers(tmp_path: Path) -> Path:
    path = make_database(tmp_path / "n.db", "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)")
    insert(path, "t", [(number, f"row {number}") for number in range(ROWS)])
    return path


def task_for(path: Path, *, after: Keyset | None = None, chunk_rows: int | None = 10) -> ReadingTask:
    table = described(path, "t")
    return ReadingTask(str(path), table, all_of(table), (ROWS,), after, chunk_rows)


def read(task: ReadingTask, stop: StopRequest | None = None) -> Iterator[EncodedChunk]:
    with connected(Path(task.source)) as connection:
        yield from Lanes(connection, task, csv_of(task), ROWS, stop or StopRequest()).chunks()


def csv_of(task: ReadingTask) -> WritingTask:
    return WritingTask(task.table.columns_named(task.query.columns), FileOptions(), None)


def chunks_of(reader: ReaderProcess, task: ReadingTask, stop: StopRequest) -> Iterator[EncodedChunk]:
    return read_chunks(reader, task, csv_of(task), stop)


def joined(chunks: Iterable[EncodedChunk]) -> bytes:
    """Return the bytes of chunks, each of which ends when the next is asked for."""
    return b"".join(bytes(chunk.data) for chunk in chunks)


def children() -> list[psutil.Process]:
    """Return the reader processes of this one; other tests may have left others."""
    return [child for child in psutil.Process().children() if READER_ARGUMENT in arguments_of(child)]


def arguments_of(process: psutil.Process) -> list[str]:
    """Return how a process was called; nothing of one that has just ended."""
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def expected(first: int = 0) -> bytes:
    return "".join(f"{number},row {number}\n" for number in range(first, ROWS)).encode()


def test_a_reader_process_gives_all_rows_and_ends(numbers: Path) -> None:
    with ReaderProcess() as reader:
        chunks = [
            (bytes(chunk.data), chunk.rows, chunk.last)
            for chunk in chunks_of(reader, task_for(numbers), StopRequest())
        ]
        assert b"".join(data for data, _, _ in chunks) == expected()
        assert sum(rows for _, rows, _ in chunks) == ROWS
        assert chunks[-1][2] == (ROWS,)
    assert not children()


def test_a_reader_process_goes_on_behind_a_keyset(numbers: Path) -> None:
    with ReaderProcess() as reader:
        chunks = chunks_of(reader, task_for(numbers, after=(99,)), StopRequest())
        assert joined(chunks) == expected(100)


def test_a_reader_process_reads_ahead_for_the_task_that_comes(numbers: Path) -> None:
    with ReaderProcess() as reader:
        begin_reading(reader, task_for(numbers), csv_of(task_for(numbers)))
        assert select.select([reader.output], [], [], 10)[0]
        assert joined(chunks_of(reader, task_for(numbers), StopRequest())) == expected()


def test_a_reader_process_that_reads_ahead_for_another_task_is_not_asked(numbers: Path) -> None:
    with ReaderProcess() as reader:
        begin_reading(reader, task_for(numbers), csv_of(task_for(numbers)))
        with pytest.raises(ReaderFailedError):
            next(chunks_of(reader, task_for(numbers, after=(99,)), StopRequest()))


def test_the_bytes_of_a_chunk_end_when_the_next_is_asked_for(numbers: Path) -> None:
    with ReaderProcess() as reader:
        chunks = chunks_of(reader, task_for(numbers), StopRequest())
        first = next(chunks)
        next(chunks)
        with pytest.raises(ValueError, match="released"):
            bytes(first.data)


def test_many_small_chunks_wait_for_a_slow_owner(numbers: Path) -> None:
    with ReaderProcess() as reader:
        chunks = chunks_of(reader, task_for(numbers, chunk_rows=1), StopRequest())
        data = bytes(next(chunks).data)
        time.sleep(0.5)
        assert data + joined(chunks) == expected()


def test_a_reader_process_may_be_done_long_before_its_owner(numbers: Path) -> None:
    with ReaderProcess() as reader:
        chunks = chunks_of(reader, task_for(numbers, chunk_rows=20), StopRequest())
        first = bytes(next(chunks).data)
        time.sleep(1)
        for child in children():
            child.kill()
        assert first + joined(chunks) == expected()


@pytest.mark.parametrize("row_bytes", [500_000, SLOT_BYTES - 3, SLOT_BYTES - 2, 2 * SLOT_BYTES])
def test_chunks_too_large_for_a_slot_are_whole(tmp_path: Path, row_bytes: int) -> None:
    path = make_database(tmp_path / "w.db", "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)")
    rows = [
        (number, chr(97 + number) * row_bytes) for number in range(9 if row_bytes < SLOT_BYTES / 2 else 3)
    ]
    insert(path, "t", rows)
    with ReaderProcess() as reader:
        chunks = chunks_of(reader, task_for(path, chunk_rows=20), StopRequest())
        assert joined(chunks) == "".join(f"{number},{text}\n" for number, text in rows).encode()


def test_a_reader_process_ends_when_its_owner_does(numbers: Path) -> None:
    with ReaderProcess() as reader:
        chunks = chunks_of(reader, task_for(numbers, chunk_rows=1), StopRequest())
        next(chunks)
        (child,) = children()
        reader.input.close()  # what the system does when the owner is killed
        reader.output.close()
        child.wait(timeout=10)


def test_ctrl_c_is_left_to_the_owner(numbers: Path) -> None:
    with ReaderProcess() as reader:
        chunks = chunks_of(reader, task_for(numbers, chunk_rows=1), StopRequest())
        first = bytes(next(chunks).data)
        for child in children():
            child.send_signal(signal.SIGINT)
        assert first + joined(chunks) == expected()


def test_a_wish_to_stop_ends_a_read_however_long_it_takes(numbers: Path) -> None:
    stop = StopRequest()
    with ReaderProcess() as reader:
        chunks = chunks_of(reader, task_for(numbers), stop)
        os.kill(children()[0].pid, signal.SIGSTOP)  # a read that does not answer
        timer = threading.Timer(0.5, stop.ask, [StopWish.PAUSE])
        timer.start()
        started = time.monotonic()
        with pytest.raises(Stopped):
            list(chunks)
        assert time.monotonic() - started < 5
        timer.join()


def test_a_killed_reader_process_is_a_failure_that_says_so(numbers: Path) -> None:
    with ReaderProcess() as reader:
        chunks = chunks_of(reader, task_for(numbers, chunk_rows=1), StopRequest())
        next(chunks)
        children()[0].kill()
        with pytest.raises(ReaderFailedError):
            list(chunks)


def test_rows_are_whole_when_the_reader_process_is_killed_again_and_again(
    numbers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lanes, "EXACT_ROWS", 20)
    data = b""
    kills = 0
    for number, chunk in enumerate(read(task_for(numbers, chunk_rows=7))):
        data += chunk.data
        if number % 9 == 0:
            for child in children():
                child.kill()
                kills += 1
    assert data == expected()
    assert kills > 2
    assert not children()


def test_invalid_text_is_named_by_table_column_and_key(numbers: Path) -> None:
    make_database(numbers, "UPDATE t SET v = CAST(x'ff' AS TEXT) WHERE id = 150")
    pieces: list[bytes] = []
    with pytest.raises(SourceError) as caught:
        pieces.extend(bytes(chunk.data) for chunk in read(task_for(numbers)))
    data = b"".join(pieces)
    assert {"table": "t", "column": "v", "key": "150"}.items() <= dict(caught.value.reason.facts).items()
    assert expected().startswith(data)
    assert data.count(b"\n") == 150


def test_invalid_text_is_replaced_where_that_was_chosen(numbers: Path) -> None:
    make_database(numbers, "UPDATE t SET v = CAST(x'ff' AS TEXT) WHERE id = 150")
    task = task_for(numbers)
    task = ReadingTask(
        task.source, task.table, task.query, task.bound, chunk_rows=10, invalid_text=InvalidText.REPLACE
    )
    data = joined(read(task))
    assert data == expected().replace(b"150,row 150", "150,\ufffd".encode())


def test_a_database_in_utf_16_is_read_exactly(tmp_path: Path) -> None:
    path = make_database(
        tmp_path / "u.db", "PRAGMA encoding = 'UTF-16'", "CREATE TABLE t (id INTEGER PRIMARY KEY, v)"
    )
    insert(path, "t", [(1, "ä"), (2, b"x"), (3, "\U0001f600")])
    assert joined(read(task_for(path))) == "1,ä\n2,78\n3,\U0001f600\n".encode()


def test_a_view_is_read_in_one_pass(numbers: Path) -> None:
    make_database(numbers, "CREATE VIEW w AS SELECT v, id FROM t WHERE id < 25")
    table = described(numbers, "w")
    task = ReadingTask(str(numbers), table, RowQuery("w", ("id", "v")), (), chunk_rows=10)
    chunks = list(read(task))
    assert [chunk.rows for chunk in chunks] == [10, 10, 5]
    data = joined(chunks)
    assert data.count(b"\n") == 25
    assert expected().startswith(data)


@pytest.mark.parametrize("journal", ["WAL", "DELETE"])
def test_a_snapshot_is_one_state_for_the_whole_run(numbers: Path, journal: str) -> None:
    make_database(numbers, f"PRAGMA journal_mode = {journal}")
    table = described(numbers, "t")
    task = ReadingTask(
        str(numbers), table, all_of(table), (ROWS,), chunk_rows=5, consistency=Consistency.SNAPSHOT
    )
    data = b""
    for number, chunk in enumerate(read(task)):
        data += chunk.data
        if number == 1:
            _try_to_change(numbers)
    assert data == expected()


def _try_to_change(path: Path) -> None:
    import sqlite3

    with pytest.MonkeyPatch.context():
        writer = sqlite3.connect(path, timeout=0.1)
        try:
            writer.execute("UPDATE t SET v = 'changed'")
            writer.commit()
        except sqlite3.OperationalError:  # kept out, as rollback mode must
            pass
        finally:
            writer.close()

"""What is read while the rows are still counted counts only if nobody changes the source meanwhile."""

import select
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.progress import Finished
from dataflow_desktop.domain.reading import Consistency
from dataflow_desktop.domain.row_query import SortColumn
from dataflow_desktop.errors import ReasonCode, RefusedError
from dataflow_desktop.export import creation, lanes
from dataflow_desktop.export.creation import create_job
from dataflow_desktop.export.engine import run_job
from dataflow_desktop.export.head_start import HeadStart
from dataflow_desktop.export.reader_process import ReaderProcess
from dataflow_desktop.pacing import StopRequest
from dataflow_desktop.records.job_store import JobStore
from dataflow_desktop.source.ordered_rows import count_rows
from tests.unit.databases import all_of, described, insert, make_database

ROWS = 2_000

Meanwhile = Callable[[ReaderProcess], None]


@pytest.fixture(autouse=True)
def _no_table_is_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "FEW_CELLS", -1)


def database(folder: Path, columns: str) -> Path:
    path = make_database(folder / "s.db", "PRAGMA journal_mode = WAL", f"CREATE TABLE t ({columns})")
    insert(path, "t", [(f"k{number:05}", "old") for number in range(2 * ROWS)])
    return make_database(path, "DELETE FROM t WHERE rowid % 2 = 0")


def export(
    store: JobStore,
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
    meanwhile: Meanwhile,
    *,
    order: tuple[SortColumn, ...] = (),
    consistency: Consistency = Consistency.LIVE,
) -> list[str]:
    """Export with a head start, call `meanwhile` while the rows are counted, and return the file's rows."""
    table = described(path, "t")
    target = path.with_name("t.csv")
    query = replace(all_of(table), order=order)
    spec = ExportSpec(str(path), query, str(target), chunk_rows=20, consistency=consistency)
    count = count_rows
    with ReaderProcess() as reader, HeadStart(reader) as head_start:

        def slow_count(*arguments: object) -> int:
            meanwhile(reader)
            return count(*arguments)  # type: ignore[arg-type]  # just what it was called with

        monkeypatch.setattr(creation, "count_rows", slow_count)
        job = create_job(store, spec, StopRequest(), head_start)
        *_, last = run_job(store, job.id, StopRequest(), head_start=head_start)
    assert isinstance(last, Finished)
    return target.read_text().splitlines()[1:]


def wait_until_it_reads(reader: ReaderProcess) -> None:
    assert select.select([reader.output], [], [], 10)[0], "nothing is read"


def changing(path: Path, statement: str) -> Meanwhile:
    def change(reader: ReaderProcess) -> None:
        wait_until_it_reads(reader)
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute(statement)
        connection.close()

    return change


def expected(value: str = "old") -> list[str]:
    return [f"k{number:05},{value}" for number in range(0, 2 * ROWS, 2)]


def test_what_was_read_before_the_run_is_used(
    store: JobStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = database(folder, "k TEXT PRIMARY KEY NOT NULL, v TEXT")
    monkeypatch.setattr(lanes, "ReaderProcess", None)  # no other process may read
    monkeypatch.setattr(lanes, "ExactReader", None)  # nor this one
    assert export(store, path, monkeypatch, wait_until_it_reads) == expected()


def test_what_was_read_before_a_change_is_thrown_away(
    store: JobStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = database(folder, "k TEXT PRIMARY KEY NOT NULL, v TEXT")
    assert export(store, path, monkeypatch, changing(path, "UPDATE t SET v = 'new'")) == expected("new")


def test_rows_numbered_anew_while_they_are_counted_are_refused(
    store: JobStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = database(folder, "k TEXT, v TEXT")
    with pytest.raises(RefusedError) as caught:
        export(store, path, monkeypatch, changing(path, "VACUUM"))
    assert caught.value.reason.code == ReasonCode.ROWS_RENUMBERED.name


def test_a_list_of_rows_is_made_anew_when_they_were_numbered_anew(
    store: JobStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = database(folder, "k TEXT PRIMARY KEY NOT NULL, v TEXT")
    rows = export(store, path, monkeypatch, changing(path, "VACUUM"), order=(SortColumn("v"),))
    assert rows == expected()


@pytest.mark.parametrize("consistency", Consistency)
def test_a_head_start_that_failed_is_no_failure(
    store: JobStore, folder: Path, monkeypatch: pytest.MonkeyPatch, consistency: Consistency
) -> None:
    path = database(folder, "k TEXT PRIMARY KEY NOT NULL, v TEXT")
    monkeypatch.setattr(lanes, "ExactReader", None)  # the columnar lane alone must do it
    rows = export(store, path, monkeypatch, lambda reader: reader.end(), consistency=consistency)
    assert rows == expected()

"""Exports while another process writes into the source, and this one browses it too."""

import csv
import io
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from dataflow_desktop.domain.consent import Consent
from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.job import JobState, SourceChanged
from dataflow_desktop.domain.progress import Progress
from dataflow_desktop.domain.reading import Consistency
from dataflow_desktop.domain.row_query import RowQuery, SortColumn
from dataflow_desktop.errors import RefusedError, SourceError
from dataflow_desktop.export import lanes
from dataflow_desktop.export.engine import run_job
from dataflow_desktop.pacing import StopRequest
from dataflow_desktop.records.job_store import JobStore
from tests.unit.databases import connected, described, fetch, insert, make_database
from tests.unit.exports import drop_after, new_job, run_to_end

ROWS = 4_000
CHUNK_ROWS = 100

PADDING = "." * 2_000
"""So wide that the reader process cannot have read all rows while the first ones are looked at."""

WRITER = """
import random, sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], timeout=30, isolation_level=None)
draw = random.Random(7)
print("ready", flush=True)
while True:
    connection.execute("BEGIN IMMEDIATE")
    for _ in range(20):
        odd = draw.randrange(ROWS // 2) * 2 + 1
        connection.execute("DELETE FROM t WHERE id = ?", (odd,))
        connection.execute("INSERT INTO t VALUES (?, ?, ?)", (odd, "new" * draw.randrange(50), odd))
        other = draw.randrange(ROWS // 2) * 2 + 1
        connection.execute("UPDATE t SET name = name || '!' WHERE id = ?", (other,))
    connection.execute("COMMIT")
    time.sleep(0.002)
""".replace("ROWS", str(ROWS))


@pytest.fixture(autouse=True)
def _no_table_is_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "FEW_CELLS", -1)


@pytest.fixture(params=["WAL", "DELETE"])
def source(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A table whose even rows nobody touches."""
    path = make_database(
        tmp_path / "s.db",
        f"PRAGMA journal_mode = {request.param}",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, place INTEGER)",
    )
    insert(path, "t", [(number, f"row {number}{PADDING}", ROWS - number) for number in range(ROWS)])
    return path


@contextmanager
def writing(source: Path) -> Iterator[None]:
    """Let another process insert, update and delete odd rows without a pause."""
    process = subprocess.Popen([sys.executable, "-c", WRITER, str(source)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    try:
        yield
        assert process.poll() is None, "the writer must not meet an error"
    finally:
        process.kill()
        process.communicate()


def spec_for(source: Path, folder: Path, **changes: object) -> ExportSpec:
    query = RowQuery("t", ("id", "name", "place"))
    spec = ExportSpec(str(source), query, str(folder / "t.csv"), chunk_rows=CHUNK_ROWS, checkpoint_seconds=0)
    return replace(spec, **changes)  # type: ignore[arg-type]  # the fields of a spec


def rows_of(spec: ExportSpec) -> list[list[str]]:
    return list(csv.reader(io.StringIO(Path(spec.target).read_text(encoding="utf-8"))))[1:]


def browse(source: Path) -> None:
    """Open the source, read it and close it again, as the window does all the time."""
    with suppress(SourceError), connected(source) as connection:  # a waiting writer lets no new reader in
        described(source, "t")
        assert connection.can_read_columns()


@pytest.mark.parametrize("order", [(), (SortColumn("place"),)], ids=["by key", "sorted"])
def test_rows_that_nobody_touched_are_exported_exactly_once(
    store: JobStore, source: Path, folder: Path, order: tuple[SortColumn, ...]
) -> None:
    spec = spec_for(source, folder, query=RowQuery("t", ("id", "name", "place"), order=order))
    with writing(source):
        job = new_job(store, spec)
        for report in run_job(store, job.id, StopRequest()):
            if isinstance(report, Progress):
                browse(source)
    rows = rows_of(spec)
    untouched = [row for row in rows if int(row[0]) % 2 == 0]
    expected = [[str(number), f"row {number}{PADDING}", str(ROWS - number)] for number in range(0, ROWS, 2)]
    assert untouched == (expected if not order else expected[::-1])
    identifiers = [int(row[0]) for row in rows]
    assert len(identifiers) == len(set(identifiers))
    assert store.job(job.id).source_changed is SourceChanged.YES


@pytest.mark.parametrize("is_exact", [False, True], ids=["columnar lane", "exact lane"])
def test_a_snapshot_shows_one_state_although_others_write_and_this_process_browses(
    store: JobStore, source: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, is_exact: bool
) -> None:
    monkeypatch.setattr(lanes, "is_columnar", lambda _connection, _task: not is_exact)
    make_database(source, "PRAGMA journal_mode = WAL")  # in rollback mode the writer is kept out: see below
    spec = spec_for(source, folder, consistency=Consistency.SNAPSHOT)
    job = new_job(store, spec)
    before = [tuple(map(str, row)) for row in fetch(source, "SELECT * FROM t ORDER BY id")]
    running = run_job(store, job.id, StopRequest())
    next(running)
    next(running)  # the first chunk is there, and with it the snapshot
    with writing(source):
        for _ in running:
            browse(source)
    assert [tuple(row) for row in rows_of(spec)] == before
    assert store.job(job.id).source_changed is SourceChanged.NO


def test_a_foreign_writer_is_never_let_in_under_an_open_read(
    store: JobStore, tmp_path: Path, folder: Path
) -> None:
    path = make_database(
        tmp_path / "d.db", "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, place INTEGER)"
    )
    insert(path, "t", [(number, PADDING, 0) for number in range(ROWS)])
    job = new_job(store, spec_for(path, folder, consistency=Consistency.SNAPSHOT))
    running = run_job(store, job.id, StopRequest())
    next(running)
    next(running)
    try_to_write = (
        "import sqlite3, sys; connection = sqlite3.connect(sys.argv[1], timeout=0.2);"
        "connection.execute('DELETE FROM t'); connection.commit()"
    )
    for _ in range(3):
        browse(path)  # closing its handles must not let go of the locks that the snapshot holds
        done = subprocess.run(
            [sys.executable, "-c", try_to_write, str(path)], capture_output=True, check=False
        )
        assert b"database is locked" in done.stderr
    list(running)
    assert store.job(job.id).state is JobState.DONE


def test_a_lost_snapshot_is_not_resumed_without_consent(store: JobStore, source: Path, folder: Path) -> None:
    spec = spec_for(source, folder, consistency=Consistency.SNAPSHOT)
    job = new_job(store, spec)
    drop_after(store, job, 5)
    with pytest.raises(RefusedError):
        run_to_end(store, job)
    assert store.job(job.id).state is JobState.FAILED
    assert not store.job(job.id).can_resume_by_itself
    list(run_job(store, job.id, StopRequest(), consents={Consent.LIVE}))
    assert [row[0] for row in rows_of(spec)] == [str(number) for number in range(ROWS)]
    assert store.job(job.id).source_changed is SourceChanged.UNKNOWN


def test_a_source_that_stood_still_is_recorded_so(store: JobStore, source: Path, folder: Path) -> None:
    job = new_job(store, spec_for(source, folder))
    run_to_end(store, job)
    assert store.job(job.id).source_changed is SourceChanged.NO


def table_without_key(folder: Path) -> Path:
    path = make_database(folder / "r.db", "CREATE TABLE t (id TEXT, name TEXT, place INTEGER)")
    insert(path, "t", [(str(number), "x", 0) for number in range(ROWS)])
    return path


def test_rows_known_by_rowid_are_not_resumed_after_vacuum(
    store: JobStore, tmp_path: Path, folder: Path
) -> None:
    path = table_without_key(tmp_path)
    make_database(path, "DELETE FROM t WHERE rowid < 500")
    job = new_job(store, spec_for(path, folder))
    drop_after(store, job, 4)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("VACUUM")
    connection.close()
    with pytest.raises(RefusedError):
        run_to_end(store, job)
    assert store.job(job.id).state is JobState.FAILED


def test_rows_known_by_rowid_are_resumed_while_nobody_numbered_them_anew(
    store: JobStore, tmp_path: Path, folder: Path
) -> None:
    path = table_without_key(tmp_path)
    spec = spec_for(path, folder)
    job = new_job(store, spec)
    drop_after(store, job, 4)
    run_to_end(store, job)
    assert [row[0] for row in rows_of(spec)] == [str(number) for number in range(ROWS)]


KEYS = {
    "integer": "id INTEGER PRIMARY KEY, name, place",
    "text": "id TEXT NOT NULL PRIMARY KEY, name, place",
    "composite": "id INTEGER NOT NULL, name TEXT NOT NULL, place, PRIMARY KEY (name, id)",
    "without rowid": "id TEXT PRIMARY KEY, name, place) WITHOUT ROWID --",
    "unique": "id INTEGER NOT NULL UNIQUE, name, place",
    "rowid": "id, name, place",
}


@pytest.mark.parametrize(
    "order", [(), (SortColumn("place", is_descending=True), SortColumn("name"))], ids=len
)
@pytest.mark.parametrize("columns", KEYS.values(), ids=KEYS)
def test_a_resume_in_the_middle_of_every_kind_of_key_gives_the_same_bytes(
    store: JobStore, tmp_path: Path, folder: Path, columns: str, order: tuple[SortColumn, ...]
) -> None:
    path = make_database(
        tmp_path / "k.db",
        f"CREATE TABLE t ({columns}\n)" if "--" not in columns else f"CREATE TABLE t ({columns}",
    )
    insert(
        path,
        "t",
        [(number * 7 % 1000, f"n{number % 13}", None if number % 3 else number) for number in range(1000)],
    )
    query = RowQuery("t", ("id", "name", "place"), order=order)
    reference = spec_for(path, folder, query=query, target=str(folder / "whole.csv"), chunk_rows=None)
    run_to_end(store, new_job(store, reference))
    spec = spec_for(path, folder, query=query)
    job = new_job(store, spec)
    for _ in range(2):
        drop_after(store, job, 4)
    run_to_end(store, job)
    assert Path(spec.target).read_bytes() == Path(reference.target).read_bytes()

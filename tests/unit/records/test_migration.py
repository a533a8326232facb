"""A store of an older version is brought to this one, and keeps what it says."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from dataflow_desktop.domain.finished_file import FinishedFile, WholeFile
from dataflow_desktop.domain.job import JobState, SourceChanged
from dataflow_desktop.domain.source_identity import SourceIdentity
from dataflow_desktop.errors import ReasonCode
from dataflow_desktop.records.job_store import JobStore
from dataflow_desktop.records.job_tables import SCHEMA_VERSION
from tests.unit.databases import fetch, make_database
from tests.unit.records.jobs import checkpoint_at, job_called

DUMP = Path(__file__).parents[2] / "crash" / "old_versions" / "2" / "jobs.sql"
JOB = "1eb8bf8c5927"


@pytest.fixture
def path(home: Path) -> Path:
    """A store as version 2 left it."""
    home.mkdir()
    with closing(sqlite3.connect(home / "jobs.db")) as connection:
        connection.executescript(DUMP.read_text().replace("@FOLDER@", "/somewhere"))
        connection.execute("PRAGMA user_version = 2")
    return home / "jobs.db"


def shape(path: Path) -> set[tuple[object, ...]]:
    """Return all columns and indexes of a store; how their making was spelled does not matter."""
    return {
        (table, *column)
        for (table,) in fetch(path, "SELECT name FROM sqlite_schema WHERE type = 'table'")
        for column in fetch(path, 'SELECT name, type, "notnull", pk FROM pragma_table_info(?)', table)
    } | set(fetch(path, "SELECT tbl_name, name FROM sqlite_schema WHERE type = 'index'"))


def test_a_job_of_version_2_keeps_its_state_and_its_checkpoint(path: Path) -> None:
    with closing(JobStore(path)) as store:
        assert store.moved_aside is None
        (job,) = store.jobs()
    assert (job.id, job.state, job.epoch, job.durable_rows) == (JOB, JobState.PAUSED, 1, 160)
    assert job.spec.target == "/somewhere/out/products.csv"
    assert job.checkpoint is not None
    assert (job.checkpoint.keyset, job.checkpoint.bytes) == ((179,), 10598)
    assert job.reason is not None
    assert job.reason.code == ReasonCode.PAUSE_ASKED.name
    assert job.plan.source_identity == SourceIdentity()


def test_brought_to_this_version_a_store_is_built_as_a_new_one(path: Path) -> None:
    new = path.with_name("new.db")
    for store in (path, new):
        JobStore(store).close()
    assert fetch(path, "PRAGMA user_version") == [(SCHEMA_VERSION,)]
    assert shape(path) == shape(new)


def test_a_job_of_version_2_gets_more_checkpoints(path: Path) -> None:
    with closing(JobStore(path)) as store:
        owned = store.take(JOB)
        owned.save(checkpoint_at(200))
        assert [checkpoint.rows for checkpoint in owned.checkpoints()] == [200, 160]
        store.add(job_called("new"))
    with closing(JobStore(path)) as store:
        assert {job.id: job.durable_rows for job in store.jobs()} == {JOB: 200, "new": 0}


def test_a_migration_that_is_cut_off_leaves_the_older_store(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = list(sqlite3.connect(path).iterdump())
    with monkeypatch.context() as broken:
        broken.setattr("dataflow_desktop.records.job_file.SCHEMA_VERSION", "no number")
        with pytest.raises(TypeError):
            JobStore(path)
    with closing(sqlite3.connect(path)) as connection:
        assert list(connection.iterdump()) == before
    JobStore(path).close()
    assert fetch(path, "PRAGMA user_version") == [(SCHEMA_VERSION,)]


def test_a_whole_file_of_an_older_version_is_still_known(path: Path) -> None:
    make_database(
        path, "UPDATE jobs SET state = 'FINALIZING', whole_rows = 7, whole_bytes = 70, whole_sha256 = 'x'"
    )
    with closing(JobStore(path)) as store:
        assert store.files(JOB) == (FinishedFile(7, 70, "x"),)
        assert store.job(JOB).whole_file == WholeFile(7, 70, "x")


def test_of_an_export_of_version_6_the_files_are_counted(home: Path) -> None:
    path = home / "jobs.db"
    with closing(JobStore(path)) as store:
        for job_id, files in (("one", 1), ("three", 3)):
            store.add(job_called(job_id))
            whole = WholeFile(9, 90, "x", files)
            store.take(job_id).finalize(whole, SourceChanged.NO, [FinishedFile(3, 30, "x")] * files)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            "ALTER TABLE jobs DROP COLUMN is_hidden; ALTER TABLE jobs DROP COLUMN whole_files; "
            "PRAGMA user_version = 6"
        )
    with closing(JobStore(path)) as store:
        assert {job.id: job.file_count for job in store.jobs()} == {"one": 1, "three": 3}

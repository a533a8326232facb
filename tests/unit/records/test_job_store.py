"""The job store: what is written stays, and only its owner changes a job."""

import multiprocessing
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from dataflow_desktop.domain.finished_file import FinishedFile, PieceDigests, WholeFile
from dataflow_desktop.domain.job import JobState, SourceChanged
from dataflow_desktop.errors import ConfigurationError, DestinationError, Reason, ReasonCode, RefusedError
from dataflow_desktop.records.job_store import JobStore
from tests.unit.databases import fetch
from tests.unit.records.jobs import PLAN, checkpoint_at, job_called

REASON = Reason("source", ReasonCode.SOURCE_BUSY.name, {"source": "/s.db"})
PROCESSES, JOBS_EACH = 3, 10


def test_a_job_comes_back_as_it_was(store: JobStore) -> None:
    job = job_called("aa")
    store.add(job)
    assert store.job("aa") == job
    assert store.jobs() == [job]


def test_jobs_come_newest_first(store: JobStore) -> None:
    for day in (2, 1, 3):
        store.add(job_called(f"a{day}", created_at=f"2026-01-0{day}T00:00:00+00:00"))
    assert [job.id for job in store.jobs()] == ["a3", "a2", "a1"]


def test_an_owner_leads_a_job_through_its_states(store: JobStore) -> None:
    store.add(job_called("aa"))
    owned = store.take("aa")
    owned.enter(JobState.PROCESSING)
    assert (store.job("aa").state, store.job("aa").epoch) == (JobState.PROCESSING, 1)
    owned.enter(JobState.PAUSED, REASON)
    assert (store.job("aa").state, store.job("aa").reason) == (JobState.PAUSED, REASON)
    owned.enter(JobState.PROCESSING)
    assert store.job("aa").reason is None
    owned.finalize(WholeFile(9, 90, "sha256"), SourceChanged.NO, [FinishedFile(9, 90, "sha256")])
    assert (store.job("aa").state, store.job("aa").whole_file) == (
        JobState.FINALIZING,
        WholeFile(9, 90, "sha256"),
    )
    finished_at = store.job("aa").finished_at
    assert finished_at is not None
    owned.enter(JobState.DONE)
    assert (store.job("aa").state, store.job("aa").finished_at) == (JobState.DONE, finished_at)


def test_a_job_made_whole_by_an_older_version_finishes_when_it_is_done(store: JobStore) -> None:
    store.add(job_called("aa"))
    owned = store.take("aa")
    owned.enter(JobState.FINALIZING)
    assert store.job("aa").finished_at is None
    owned.enter(JobState.DONE)
    assert store.job("aa").finished_at is not None


def test_finished_files_are_kept_until_they_are_whole_no_more(store: JobStore) -> None:
    store.add(job_called("aa"))
    owned = store.take("aa")
    assert (owned.files(), store.files("aa"), store.files("nobody's")) == ((), (), ())
    file = FinishedFile(9, 20, "sha256", PieceDigests(16, ("first", "second")))
    owned.finalize(WholeFile(9, 20, "sha256"), SourceChanged.NO, [file])
    assert owned.files() == store.files("aa") == (file,)
    owned.start_over(PLAN)
    assert (owned.files(), store.job("aa").finished_at) == ((), None)


def test_the_newest_jobs_of_a_folder_are_found(store: JobStore) -> None:
    for day, target in enumerate(("/a/b.csv", "/a/b.csv", "/a/a.csv", "/a/deeper/c.csv", "/ab.csv"), 1):
        job_id = f"a{day}"
        store.add(job_called(job_id, target, created_at=f"2026-01-0{day}T00:00:00+00:00"))
        store.take(job_id).enter(JobState.DONE)
    store.add(job_called("unfinished", "/a/d.csv"))
    assert [job.id for job in store.newest_done_in(Path("/a"))] == ["a3", "a2"]
    assert [job.id for job in store.newest_done_in(Path("/"))] == ["a5"]


def test_the_newest_checkpoint_counts(store: JobStore) -> None:
    store.add(job_called("aa"))
    store.add(job_called("bb"))
    owned = store.take("aa")
    assert store.job("aa").checkpoint is None
    for rows in (1, 2, 3):
        owned.save(checkpoint_at(rows))
        assert store.job("aa").checkpoint == checkpoint_at(rows)
    assert store.job("bb").checkpoint is None
    assert {job.id: job.durable_rows for job in store.jobs()} == {"aa": 3, "bb": 0}


def test_a_checkpoint_before_the_first_row_and_at_the_ends_of_64_bits_is_kept(store: JobStore) -> None:
    store.add(job_called("aa"))
    owned = store.take("aa")
    for keyset in (None, (-(2**63),), (2**63 - 1,)):
        checkpoint = replace(checkpoint_at(0), keyset=keyset)
        owned.save(checkpoint)
        assert store.job("aa").checkpoint == checkpoint


def test_an_older_owner_is_turned_down_and_changes_nothing(store: JobStore) -> None:
    store.add(job_called("aa"))
    older = store.take("aa")
    older.enter(JobState.PROCESSING)
    older.save(checkpoint_at(1))
    newer = store.take("aa")
    before = store.job("aa")
    writes: list[Callable[[], None]] = [
        lambda: older.enter(JobState.DONE),
        lambda: older.save(checkpoint_at(7)),
        lambda: older.finalize(WholeFile(1, 1, "x"), SourceChanged.NO, ()),
    ]
    for write in writes:
        with pytest.raises(RefusedError) as caught:
            write()
        assert caught.value.reason.code == ReasonCode.JOB_TAKEN_OVER.name
    assert store.job("aa") == before
    newer.save(checkpoint_at(2))
    assert store.job("aa").checkpoint == checkpoint_at(2)


def test_an_owner_of_a_job_that_was_dropped_is_turned_down(store: JobStore) -> None:
    store.add(job_called("aa"))
    owned = store.take("aa")
    store.forget("aa")
    with pytest.raises(RefusedError):
        owned.save(checkpoint_at(1))
    assert store.jobs() == []


def test_one_unfinished_job_at_most_is_to_become_a_target(store: JobStore) -> None:
    store.add(job_called("aa", "/same.csv"))
    with pytest.raises(RefusedError) as caught:
        store.add(job_called("bb", "/same.csv"))
    assert caught.value.reason.code == ReasonCode.TARGET_TAKEN.name
    assert caught.value.reason.facts["job"] == "aa"
    assert [job.id for job in store.jobs()] == ["aa"]


@pytest.mark.parametrize("state", [JobState.PAUSED, JobState.FAILED, JobState.PROCESSING])
def test_a_stopped_job_keeps_its_target(store: JobStore, state: JobState) -> None:
    store.add(job_called("aa", "/same.csv"))
    store.take("aa").enter(state)
    with pytest.raises(RefusedError):
        store.add(job_called("bb", "/same.csv"))


@pytest.mark.parametrize("state", [JobState.DONE, JobState.CANCELLED])
def test_a_job_that_ended_frees_its_target(store: JobStore, state: JobState) -> None:
    store.add(job_called("aa", "/same.csv"))
    store.take("aa").enter(state)
    store.add(job_called("bb", "/same.csv"))


def test_a_unique_prefix_is_enough(store: JobStore) -> None:
    for job_id in ("abc1", "abc2", "b%_1"):
        store.add(job_called(job_id))
    assert store.job("abc1").id == "abc1"
    assert store.job("b").id == "b%_1"
    with pytest.raises(ConfigurationError) as caught:
        store.job("abc")
    assert caught.value.reason.code == ReasonCode.JOB_AMBIGUOUS.name


@pytest.mark.parametrize("prefix", ["c", "%", "_", "a_c", "abcd", ""])
def test_what_is_no_prefix_is_an_unknown_job(store: JobStore, prefix: str) -> None:
    store.add(job_called("abc"))
    with pytest.raises(ConfigurationError) as caught:
        store.job(prefix)
    assert caught.value.reason.code == ReasonCode.JOB_UNKNOWN.name


def test_the_newest_job_that_wrote_a_file_is_found(store: JobStore) -> None:
    for number, state in ((1, JobState.DONE), (2, JobState.DONE), (3, JobState.CANCELLED)):
        store.add(job_called(f"a{number}", "/same.csv", f"2026-01-0{number}T00:00:00+00:00"))
        store.take(f"a{number}").enter(state)
    found = store.newest_done_for("/same.csv")
    assert found is not None
    assert found.id == "a2"
    assert store.newest_done_for("/other.csv") is None


def test_a_wish_to_cancel_reaches_the_owner(store: JobStore) -> None:
    store.add(job_called("aa"))
    owned = store.take("aa")
    assert not owned.is_cancel_wished()
    store.wish_cancel("aa")
    assert owned.is_cancel_wished()


def test_another_program_sees_what_is_written(store: JobStore, path: Path) -> None:
    store.add(job_called("aa"))
    with closing(JobStore(path)) as other:
        other.take("aa").enter(JobState.PAUSED, REASON)
    assert store.job("aa").state is JobState.PAUSED


def test_the_file_is_durable_by_its_settings(store: JobStore, path: Path) -> None:
    assert fetch(path, "PRAGMA journal_mode") == [("wal",)]
    with store._file.reading() as session:  # what a connection is set to, no other one can see
        assert session.connection().exec_driver_sql("PRAGMA synchronous").scalar_one() == 2


def test_a_newer_record_is_refused_and_not_touched(path: Path) -> None:
    JobStore(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = fetch(path, "SELECT sql FROM sqlite_master")
    with pytest.raises(RefusedError) as caught:
        JobStore(path)
    assert caught.value.reason.code == ReasonCode.RECORDS_NEWER.name
    assert fetch(path, "PRAGMA user_version") == [(99,)]
    assert fetch(path, "SELECT sql FROM sqlite_master") == before


def test_a_folder_in_the_way_of_the_record_is_a_destination_error(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(DestinationError) as caught:
        JobStore(path)
    assert caught.value.reason.code == ReasonCode.RECORDS_READ_ONLY.name


def test_a_file_in_the_way_of_the_home_is_a_destination_error(path: Path) -> None:
    path.parent.write_text("in the way")
    with pytest.raises(DestinationError):
        JobStore(path)


@pytest.mark.parametrize(
    "name", ["a b", "ü😀", "a?b", "a#b", "a%41b", "a&b=c", "a:b@c", "[x]", "'\"", "?mode=ro"]
)
def test_a_hostile_home_is_only_a_folder(tmp_path: Path, name: str) -> None:
    path = tmp_path / name / "jobs.db"
    with closing(JobStore(path)) as store:
        store.add(job_called("aa"))
    assert [found.name for found in tmp_path.iterdir()] == [name]
    assert fetch(path, "SELECT id FROM jobs") == [("aa",)]


def add_jobs(path: Path, process: int) -> None:
    with closing(JobStore(path)) as store:
        for number in range(JOBS_EACH):
            job_id = f"{process}-{number}"
            store.add(job_called(job_id))
            owned = store.take(job_id)
            owned.save(checkpoint_at(number))
            owned.enter(JobState.DONE)


def test_processes_that_begin_at_once_lose_nothing(path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=add_jobs, args=(path, number)) for number in range(PROCESSES)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
        assert process.exitcode == 0
    with closing(JobStore(path)) as store:
        jobs = store.jobs()
    assert len(jobs) == PROCESSES * JOBS_EACH
    assert {job.state for job in jobs} == {JobState.DONE}
    assert all(job.durable_rows == int(job.id.partition("-")[2]) for job in jobs)

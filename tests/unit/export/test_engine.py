"""An export from wish to end: the bytes, the reports, the states."""

import os
import sqlite3
import stat
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from dataflow_desktop.destination.job_lock import JobLock
from dataflow_desktop.destination.part_file import PartFile
from dataflow_desktop.destination.part_names import sidecar_of
from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.job import JobState
from dataflow_desktop.domain.progress import Cancelled, Finished, Paused, Progress, Started
from dataflow_desktop.domain.row_query import Condition, Operator, RowQuery, Search
from dataflow_desktop.errors import (
    ConfigurationError,
    DestinationError,
    ReasonCode,
    RefusedError,
    SourceError,
)
from dataflow_desktop.export.engine import run_job
from dataflow_desktop.pacing import StopRequest, StopWish
from dataflow_desktop.records.job_store import JobStore
from dataflow_desktop.records.owned_job import OwnedJob
from tests.unit.databases import fetch, make_database
from tests.unit.exports import (
    as_csv,
    drop_after,
    new_job,
    part_of,
    run_to_end,
    run_until,
    spec_for,
)

COLUMNS = ("id", "name", "category", "price", "quantity", "status", "created_at")
SELECT = "SELECT id, name, category, printf('%.2f', price), quantity, status, created_at FROM products"


@pytest.mark.parametrize("chunk_rows", [1, 7, 10, 40, 1000, None])
def test_an_export_is_what_an_independent_reader_and_writer_give(
    store: JobStore, source: Path, target: Path, chunk_rows: int | None
) -> None:
    job = new_job(store, spec_for(source, target, chunk_rows=chunk_rows))
    run_to_end(store, job)
    assert target.read_bytes() == as_csv(COLUMNS, fetch(source, f"{SELECT} ORDER BY id"))


def test_a_filtered_export_holds_just_the_rows_sqlite_finds(
    store: JobStore, catalogue: Path, target: Path
) -> None:
    query = RowQuery(
        "products",
        ("name", "id"),
        (
            Condition("category", Operator.EQUAL, ("Electronics",)),
            Condition("status", Operator.EQUAL, ("active",)),
        ),
        Search("ultra"),
    )
    run_to_end(store, new_job(store, spec_for(catalogue, target, query)))
    where = "category = 'Electronics' AND status = 'active' AND instr(lower(name), 'ultra')"
    rows = fetch(catalogue, f"SELECT name, id FROM products WHERE {where} ORDER BY id")
    assert rows
    assert target.read_bytes() == as_csv(("name", "id"), rows)


def test_reports_tell_of_start_progress_and_end(store: JobStore, spec: ExportSpec, target: Path) -> None:
    job = new_job(store, spec)
    started, *steps, finished = run_to_end(store, job)
    assert started == Started(job.id, 40, 0)
    assert [step.rows for step in steps if isinstance(step, Progress)] == [10, 20, 30, 40]
    assert len(steps) == 4
    for step in steps:
        assert isinstance(step, Progress)
        assert step.durable_rows == step.rows
        assert step.total_rows == 40
        assert step.rows_per_second > 0
        assert step.eta_seconds is not None
    assert isinstance(finished, Finished)
    assert (finished.rows, finished.bytes, finished.file) == (40, target.stat().st_size, str(target))


def test_rows_are_durable_only_with_a_checkpoint(store: JobStore, spec: ExportSpec) -> None:
    job = new_job(store, replace(spec, checkpoint_seconds=1000))
    steps = [report for report in run_to_end(store, job) if isinstance(report, Progress)]
    assert [step.durable_rows for step in steps] == [0, 0, 0, 0]


def test_a_done_job_leaves_only_its_target(store: JobStore, spec: ExportSpec, target: Path) -> None:
    job = new_job(store, spec)
    run_to_end(store, job)
    done = store.job(job.id)
    assert (done.state, done.durable_rows) == (JobState.DONE, 40)
    assert done.whole_file is not None
    assert done.whole_file.bytes == target.stat().st_size
    assert list(target.parent.iterdir()) == [target]
    assert list(store.lock_folder.iterdir()) == []


def test_the_target_appears_only_at_the_end(store: JobStore, spec: ExportSpec, target: Path) -> None:
    job = new_job(store, spec)
    for report in run_job(store, job.id, StopRequest()):
        assert target.exists() is isinstance(report, Finished)
        assert part_of(job).exists() is not isinstance(report, Finished)


@pytest.mark.parametrize("mask", [0o022, 0o077])
def test_the_target_has_the_permissions_of_any_new_file(
    store: JobStore, spec: ExportSpec, target: Path, mask: int
) -> None:
    previous = os.umask(mask)
    try:
        job = new_job(store, spec)
        assert stat.S_IMODE(part_of(job).stat().st_mode) == 0o600
        run_to_end(store, job)
    finally:
        os.umask(previous)
    assert stat.S_IMODE(target.stat().st_mode) == 0o666 & ~mask


def test_the_source_is_as_it_was(store: JobStore, spec: ExportSpec, source: Path) -> None:
    before = (source.read_bytes(), source.stat().st_mtime_ns, sorted(source.parent.iterdir()))
    run_to_end(store, new_job(store, spec))
    assert (source.read_bytes(), source.stat().st_mtime_ns, sorted(source.parent.iterdir())) == before


@pytest.mark.parametrize("is_empty", [True, False])
def test_no_rows_make_a_file_with_only_its_header(
    store: JobStore, source: Path, target: Path, is_empty: bool
) -> None:
    if is_empty:
        make_database(source, "DELETE FROM products")
    query = RowQuery("products", ("id", "name"), search=None if is_empty else Search("nowhere to be found"))
    job = new_job(store, spec_for(source, target, query))
    reports = run_to_end(store, job)
    assert target.read_bytes() == b"id,name\n"
    assert [type(report) for report in reports] == [Started, Finished]
    assert store.job(job.id).state is JobState.DONE


def test_rows_above_the_bound_are_not_exported(
    store: JobStore, spec: ExportSpec, source: Path, target: Path, undisturbed: bytes
) -> None:
    job = new_job(store, spec)
    for _ in run_job(store, job.id, StopRequest()):
        make_database(
            source, "INSERT INTO products SELECT max(id) + 1, 'late', '', 1, 1, '', '' FROM products"
        )
    assert target.read_bytes() == undisturbed


def test_a_pause_saves_what_was_written(store: JobStore, spec: ExportSpec) -> None:
    job = new_job(store, replace(spec, checkpoint_seconds=1000))
    paused = run_until(store, job, lambda report: isinstance(report, Progress))[-1]
    assert isinstance(paused, Paused)
    assert (paused.durable_rows, paused.reason.code) == (10, ReasonCode.PAUSE_ASKED.name)
    stored = store.job(job.id)
    assert (stored.state, stored.durable_rows, stored.reason) == (JobState.PAUSED, 10, paused.reason)
    assert stored.checkpoint is not None
    assert part_of(job).stat().st_size == stored.checkpoint.bytes


def test_closing_the_program_is_a_pause_with_its_reason(store: JobStore, spec: ExportSpec) -> None:
    job = new_job(store, spec)
    run_until(store, job, lambda report: isinstance(report, Progress), StopWish.CLOSE)
    reason = store.job(job.id).reason
    assert reason is not None
    assert reason.code == ReasonCode.PROGRAM_CLOSED.name


@pytest.mark.parametrize("kind", [Started, Progress])
def test_cancelling_removes_the_part_file_and_keeps_the_record(
    store: JobStore, spec: ExportSpec, folder: Path, kind: type
) -> None:
    job = new_job(store, spec)
    reports = run_until(store, job, lambda report: isinstance(report, kind), StopWish.CANCEL)
    assert reports[-1] == Cancelled(job.id)
    assert store.job(job.id).state is JobState.CANCELLED
    assert list(folder.iterdir()) == []
    assert list(store.lock_folder.iterdir()) == []


def test_a_wish_in_the_job_store_cancels_at_the_next_checkpoint(
    store: JobStore, spec: ExportSpec, folder: Path
) -> None:
    job = new_job(store, spec)
    reports = []
    for report in run_job(store, job.id, StopRequest()):
        reports.append(report)
        if isinstance(report, Progress) and report.rows == 20:
            store.wish_cancel(job.id)
    assert [report.rows for report in reports if isinstance(report, Progress)] == [10, 20, 30]
    assert reports[-1] == Cancelled(job.id)
    assert list(folder.iterdir()) == []


def test_a_job_that_ended_is_not_run_again(store: JobStore, spec: ExportSpec, target: Path) -> None:
    job = new_job(store, spec)
    run_to_end(store, job)
    target.unlink()
    with pytest.raises(ConfigurationError) as caught:
        run_to_end(store, job)
    assert caught.value.reason.code == ReasonCode.JOB_ENDED.name
    assert not target.exists()
    assert store.job(job.id).state is JobState.DONE


def test_a_job_that_another_owner_runs_is_refused(store: JobStore, spec: ExportSpec, folder: Path) -> None:
    job = new_job(store, spec)
    lock = JobLock.acquire(store.lock_folder, job.id)
    assert lock is not None
    with pytest.raises(RefusedError) as caught:
        run_to_end(store, job)
    lock.release()
    assert caught.value.reason.code == ReasonCode.JOB_OWNED.name
    assert store.job(job.id) == job
    assert sorted(folder.iterdir()) == [part_of(job), sidecar_of(part_of(job))]


def test_an_owner_that_was_taken_over_stops_without_a_word_in_the_record(
    store: JobStore, spec: ExportSpec, target: Path
) -> None:
    job = new_job(store, spec)
    running = run_job(store, job.id, StopRequest())
    next(running)
    store.take(job.id)
    before = store.job(job.id)
    with pytest.raises(RefusedError) as caught:
        list(running)
    assert caught.value.reason.code == ReasonCode.JOB_TAKEN_OVER.name
    assert store.job(job.id) == before
    assert not target.exists()


def test_a_target_that_appears_meanwhile_is_not_touched_and_the_export_finishes_once_it_is_gone(
    store: JobStore, spec: ExportSpec, target: Path, undisturbed: bytes
) -> None:
    job = new_job(store, spec)
    with pytest.raises(RefusedError) as caught:
        run_until(store, job, lambda report: isinstance(report, Started) and target.write_text("mine") < 0)
    assert caught.value.reason.code == ReasonCode.TARGET_APPEARED.name
    failed = store.job(job.id)
    assert (failed.state, failed.durable_rows) == (JobState.FAILED, 40)
    assert failed.can_resume_by_itself
    assert target.read_text() == "mine"
    with pytest.raises(RefusedError):
        run_to_end(store, job)
    target.unlink()
    started, finished = run_to_end(store, job)
    assert started == Started(job.id, 40, 40)
    assert isinstance(finished, Finished)
    assert target.read_bytes() == undisturbed
    assert list(target.parent.iterdir()) == [target]


def test_an_allowed_overwrite_keeps_the_old_file_until_the_new_is_whole(
    store: JobStore, spec: ExportSpec, target: Path, undisturbed: bytes
) -> None:
    target.write_text("old")
    job = new_job(store, replace(spec, is_overwrite_allowed=True))
    for report in run_job(store, job.id, StopRequest()):
        assert (target.read_bytes() == b"old") is not isinstance(report, Finished)
    assert target.read_bytes() == undisturbed


@pytest.mark.parametrize("before", [b"old", None])
def test_an_allowed_overwrite_is_of_the_file_that_stood_there_only(
    store: JobStore, spec: ExportSpec, target: Path, before: bytes | None
) -> None:
    if before is not None:
        target.write_bytes(before)
    job = new_job(store, replace(spec, is_overwrite_allowed=True))
    target.write_bytes(b"somebody else's")
    with pytest.raises(RefusedError) as caught:
        run_to_end(store, job)
    assert caught.value.reason.code == ReasonCode.TARGET_APPEARED.name
    assert target.read_bytes() == b"somebody else's"


@pytest.mark.parametrize(("owner", "step"), [(OwnedJob, "finalize"), (PartFile, "make_public")])
def test_an_owner_that_was_taken_over_publishes_nothing(
    *,
    store: JobStore,
    spec: ExportSpec,
    target: Path,
    monkeypatch: pytest.MonkeyPatch,
    owner: type,
    step: str,
) -> None:
    job = new_job(store, spec)
    if owner is PartFile:  # all is written already
        target.write_text("in the way")
        with pytest.raises(RefusedError):
            run_to_end(store, job)
        target.unlink()
    take_step = getattr(owner, step)

    def be_taken_over(*arguments: object) -> None:
        take_step(*arguments)
        store.take(job.id)

    monkeypatch.setattr(owner, step, be_taken_over)
    with pytest.raises(RefusedError) as caught:
        run_to_end(store, job)
    assert caught.value.reason.code == ReasonCode.JOB_TAKEN_OVER.name
    assert not target.exists()


@pytest.fixture
def lock_for_a_while(source: Path) -> Iterator[threading.Thread]:
    """A thread that keeps everybody out of the source for longer than SQLite itself waits."""
    locked = threading.Event()

    def keep_out() -> None:
        with closing(sqlite3.connect(source, isolation_level=None)) as writer:
            writer.execute("BEGIN EXCLUSIVE")
            locked.set()
            threading.Event().wait(1.2)
            writer.execute("ROLLBACK")

    class Locker(threading.Thread):
        def start(self) -> None:
            super().start()
            assert locked.wait(30)

    thread = Locker(target=keep_out)
    yield thread
    thread.join(30)


def test_a_source_that_a_writer_locks_is_waited_for(
    store: JobStore, spec: ExportSpec, target: Path, undisturbed: bytes, lock_for_a_while: threading.Thread
) -> None:
    job = new_job(store, spec)
    for report in run_job(store, job.id, StopRequest()):
        if isinstance(report, Progress) and report.rows == 20:
            lock_for_a_while.start()
    assert target.read_bytes() == undisturbed


def test_a_source_that_breaks_pauses_the_export_with_its_reason(
    store: JobStore, spec: ExportSpec, source: Path, target: Path, undisturbed: bytes
) -> None:
    job = new_job(store, spec)
    make_database(source, "UPDATE products SET name = CAST(x'ff' AS TEXT) WHERE id = 35")
    with pytest.raises(SourceError):
        run_to_end(store, job)
    paused = store.job(job.id)
    assert (paused.state, paused.durable_rows) == (JobState.PAUSED, 30)
    assert paused.reason is not None
    assert paused.reason.code == ReasonCode.TEXT_INVALID_AT.name
    name = undisturbed.decode().splitlines()[35].split(",")[1]
    make_database(source, f"UPDATE products SET name = '{name}' WHERE id = 35")
    run_to_end(store, job)
    assert target.read_bytes() == undisturbed


def test_a_source_that_is_gone_pauses_the_export(
    store: JobStore, spec: ExportSpec, source: Path, target: Path, undisturbed: bytes
) -> None:
    job = new_job(store, spec)
    drop_after(store, job, 2)
    away = source.rename(source.with_name("away.db"))
    with pytest.raises(SourceError):
        run_to_end(store, job)
    assert store.job(job.id).state is JobState.PAUSED
    assert not source.exists()
    away.rename(source)
    run_to_end(store, job)
    assert target.read_bytes() == undisturbed


def test_a_folder_that_goes_away_pauses_the_export(
    store: JobStore, spec: ExportSpec, folder: Path, target: Path, undisturbed: bytes
) -> None:
    job = new_job(store, spec)
    away = folder.with_name("away")
    with pytest.raises(DestinationError):
        run_until(store, job, lambda report: isinstance(report, Started) and folder.rename(away) == folder)
    paused = store.job(job.id)
    assert paused.state is JobState.PAUSED
    assert paused.reason is not None
    assert paused.reason.code == ReasonCode.FOLDER_MISSING.name
    away.rename(folder)
    run_to_end(store, job)
    assert target.read_bytes() == undisturbed


@pytest.mark.parametrize("is_split", [False, True])
def test_a_folder_that_is_gone_before_the_first_run_pauses_the_export(
    store: JobStore, spec: ExportSpec, folder: Path, is_split: bool
) -> None:
    options = replace(spec.options, split_rows=1_000_000 if is_split else None)
    job = new_job(store, replace(spec, options=options))
    away = folder.rename(folder.with_name("away"))
    with pytest.raises(DestinationError):
        run_to_end(store, job)
    paused = store.job(job.id)
    assert paused.state is JobState.PAUSED
    assert paused.reason is not None
    assert paused.reason.code == ReasonCode.FOLDER_MISSING.name
    away.rename(folder)
    run_to_end(store, job)
    assert list(folder.glob("*.csv"))


def test_an_unexpected_error_is_kept_as_such_and_the_export_can_go_on(
    store: JobStore, spec: ExportSpec, target: Path, undisturbed: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = new_job(store, spec)
    drop_after(store, job, 2)
    with monkeypatch.context() as broken:
        broken.setattr("dataflow_desktop.formats.delimited.DelimitedEncoder.encode", lambda *_: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            run_to_end(store, job)
    failed = store.job(job.id)
    assert (failed.state, failed.durable_rows) == (JobState.FAILED, 10)
    assert failed.reason is not None
    assert failed.reason.code == ReasonCode.UNEXPECTED.name
    assert "ZeroDivisionError" in failed.reason.message
    assert failed.can_resume_by_itself
    run_to_end(store, job)
    assert target.read_bytes() == undisturbed


def test_an_unexpected_error_can_be_shown_with_its_hint(
    store: JobStore, spec: ExportSpec, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = new_job(store, spec)
    with monkeypatch.context() as broken:
        broken.setattr("dataflow_desktop.formats.delimited.DelimitedEncoder.encode", lambda *_: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            run_to_end(store, job)
    reason = store.job(job.id).reason
    assert reason is not None
    assert "log" in reason.hint

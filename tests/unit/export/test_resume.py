"""After any stop: the bytes of an undisturbed run, or a plain refusal with nothing touched."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.job import Job, JobState
from dataflow_desktop.domain.progress import Finished, Paused, Progress, Report, Started
from dataflow_desktop.errors import DataFlowError, DestinationError, ReasonCode, RefusedError
from dataflow_desktop.export.engine import run_job
from dataflow_desktop.export.job_list import list_jobs
from dataflow_desktop.pacing import StopRequest, StopWish
from dataflow_desktop.records.job_store import JobStore
from tests.unit.databases import make_database
from tests.unit.exports import drop_after, new_job, part_of, run_to_end, run_until, spec_for


@pytest.fixture
def stopped(store: JobStore, spec: ExportSpec) -> Job:
    """A job with 20 of 40 rows saved, its process gone."""
    job = new_job(store, spec)
    drop_after(store, job, 3)
    return store.job(job.id)


def refusal(store: JobStore, job: Job) -> str:
    """Run a job that must be refused; return the code and see that it is kept."""
    with pytest.raises(RefusedError) as caught:
        run_to_end(store, job)
    failed = store.job(job.id)
    assert (failed.state, failed.reason) == (JobState.FAILED, caught.value.reason)
    assert failed.checkpoint == job.checkpoint
    return caught.value.reason.code


def is_at(rows: int) -> Callable[[Report], bool]:
    return lambda report: (
        isinstance(report, Started if rows == 0 else Progress)
        and (rows == (report.rows if isinstance(report, Progress) else 0))
    )


@pytest.mark.parametrize("chunk_rows", [1, 3, 7])
def test_paused_at_every_border_and_resumed_it_gives_the_same_bytes(
    store: JobStore, source: Path, target: Path, undisturbed: bytes, chunk_rows: int
) -> None:
    job = new_job(store, replace(spec_for(source, target, chunk_rows=chunk_rows), checkpoint_seconds=1000))
    pauses = 0
    while not target.exists():
        # At the first chunk of each run, so that every border of a chunk is paused at once.
        reports = run_until(store, job, lambda report: isinstance(report, Progress))
        pauses += isinstance(reports[-1], Paused)
    assert pauses == -(-40 // chunk_rows)
    assert target.read_bytes() == undisturbed


@pytest.mark.parametrize("rows", [0, 10, 20, 30, 40])
def test_paused_once_and_resumed_it_gives_the_same_bytes(
    store: JobStore, spec: ExportSpec, target: Path, undisturbed: bytes, rows: int
) -> None:
    job = new_job(store, spec)
    paused = run_until(store, job, is_at(rows))[-1]
    assert isinstance(paused, Paused)
    assert paused.durable_rows == rows
    started, *_, finished = run_to_end(store, job)
    assert started == Started(job.id, 40, rows)
    assert isinstance(finished, Finished)
    assert target.read_bytes() == undisturbed


@pytest.mark.parametrize("checkpoint_seconds", [0, 1000])
@pytest.mark.parametrize("reports", [1, 2, 3, 4, 5])
def test_let_go_at_every_report_it_is_interrupted_and_resumes_to_the_same_bytes(
    store: JobStore,
    spec: ExportSpec,
    target: Path,
    undisturbed: bytes,
    reports: int,
    checkpoint_seconds: float,
) -> None:
    job = new_job(store, replace(spec, checkpoint_seconds=checkpoint_seconds))
    drop_after(store, job, reports)
    (interrupted,) = [listed for listed in list_jobs(store) if listed.id == job.id]
    assert interrupted.state is JobState.INTERRUPTED
    assert interrupted.durable_rows == (0 if checkpoint_seconds else (reports - 1) * 10)
    assert not target.exists()
    run_to_end(store, job)
    assert target.read_bytes() == undisturbed
    assert list(target.parent.iterdir()) == [target]


def test_digest_and_rows_of_a_resumed_export_are_those_of_the_file(
    store: JobStore, stopped: Job, target: Path, undisturbed: bytes
) -> None:
    import hashlib

    finished = run_to_end(store, stopped)[-1]
    assert isinstance(finished, Finished)
    assert finished.sha256 == hashlib.sha256(undisturbed).hexdigest()
    assert (finished.rows, finished.bytes) == (40, len(undisturbed))


def test_a_part_file_that_grew_is_cut_back(
    store: JobStore, stopped: Job, target: Path, undisturbed: bytes
) -> None:
    with part_of(stopped).open("ab") as part:
        part.write(b"half a row that no checkpoint knows")
    run_to_end(store, stopped)
    assert target.read_bytes() == undisturbed


def test_a_part_file_that_is_gone_is_refused_until_it_is_back(
    store: JobStore, stopped: Job, target: Path, undisturbed: bytes
) -> None:
    away = part_of(stopped).rename(target.with_name("away"))
    assert refusal(store, stopped) == ReasonCode.PART_MISSING.name
    assert not part_of(stopped).exists()
    assert not store.job(stopped.id).can_resume_by_itself
    away.rename(part_of(stopped))
    run_to_end(store, stopped)
    assert target.read_bytes() == undisturbed


def test_a_part_file_that_is_shorter_is_refused_and_not_touched(store: JobStore, stopped: Job) -> None:
    part = part_of(stopped)
    content = part.read_bytes()[:-1]
    part.write_bytes(content)
    assert refusal(store, stopped) == ReasonCode.PART_DAMAGED.name
    assert part.read_bytes() == content


@pytest.mark.parametrize("beyond", [b"", b"grown"])
def test_a_part_file_that_was_edited_is_refused_and_not_touched(
    store: JobStore, stopped: Job, beyond: bytes
) -> None:
    part = part_of(stopped)
    content = part.read_bytes().replace(b"1", b"7", 1) + beyond
    part.write_bytes(content)
    assert refusal(store, stopped) == ReasonCode.PART_CHANGED.name
    assert part.read_bytes() == content


@pytest.mark.timeout(20)
@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo, lambda part: part.symlink_to("mine")])
@pytest.mark.parametrize("has_checkpoint", [True, False])
def test_what_stands_in_the_place_of_the_part_file_is_refused_and_not_touched(
    store: JobStore, spec: ExportSpec, make: Callable[[Path], None], has_checkpoint: bool
) -> None:
    job = new_job(store, spec)
    if has_checkpoint:
        drop_after(store, job, 2)
    job = store.job(job.id)
    part = part_of(job)
    mine = part.rename(part.with_name("mine"))
    content = mine.read_bytes()
    make(part)
    before = part.lstat()
    assert refusal(store, job) == ReasonCode.PART_NOT_A_FILE.name
    assert part.lstat() == before
    assert mine.read_bytes() == content


def test_a_link_that_leads_nowhere_is_refused_before_the_first_checkpoint_too(
    store: JobStore, spec: ExportSpec
) -> None:
    job = new_job(store, spec)
    part_of(job).unlink()
    part_of(job).symlink_to("nowhere")
    assert refusal(store, job) == ReasonCode.PART_NOT_A_FILE.name
    assert not part_of(job).with_name("nowhere").exists()


@pytest.mark.parametrize("reports", [0, 3])
def test_a_folder_that_is_away_pauses_and_does_not_make_a_person_decide(
    store: JobStore, spec: ExportSpec, folder: Path, target: Path, undisturbed: bytes, reports: int
) -> None:
    job = new_job(store, spec)
    if reports:
        drop_after(store, job, reports)
    away = folder.rename(folder.with_name("stick pulled out"))
    with pytest.raises(DestinationError):
        run_to_end(store, job)
    assert store.job(job.id).state is JobState.PAUSED
    assert store.job(job.id).can_resume_by_itself
    away.rename(folder)
    run_to_end(store, job)
    assert target.read_bytes() == undisturbed


def test_a_job_that_never_began_starts_over(
    store: JobStore, spec: ExportSpec, target: Path, undisturbed: bytes
) -> None:
    job = new_job(store, spec)
    part_of(job).write_bytes(b"left by a run without a checkpoint")
    run_to_end(store, job)
    assert target.read_bytes() == undisturbed


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE products ADD COLUMN note TEXT",
        "ALTER TABLE products RENAME COLUMN name TO title",
        "ALTER TABLE products DROP COLUMN quantity",
    ],
)
def test_an_altered_table_is_refused(store: JobStore, stopped: Job, source: Path, change: str) -> None:
    content = part_of(stopped).read_bytes()
    make_database(source, change)
    assert refusal(store, stopped) == ReasonCode.TABLE_CHANGED.name
    assert part_of(stopped).read_bytes() == content


def test_a_table_that_is_gone_is_an_error_and_the_part_file_stays(
    store: JobStore, stopped: Job, source: Path
) -> None:
    make_database(source, "DROP TABLE products")
    with pytest.raises(DataFlowError):
        run_to_end(store, stopped)
    assert part_of(stopped).exists()


def test_rows_added_and_changed_beyond_the_bound_do_not_matter(
    store: JobStore, stopped: Job, source: Path, target: Path, undisturbed: bytes
) -> None:
    make_database(source, "INSERT INTO products SELECT id + 1000, name, '', 1, 1, '', '' FROM products")
    make_database(source, "CREATE INDEX by_name ON products (name)", "CREATE TABLE other (x)", "VACUUM")
    run_to_end(store, stopped)
    assert target.read_bytes() == undisturbed


def test_a_checkpoint_of_another_fingerprint_is_refused(store: JobStore, stopped: Job) -> None:
    assert stopped.checkpoint is not None
    foreign = replace(stopped.checkpoint, fingerprint="of another program")
    store.take(stopped.id).save(foreign)
    job = store.job(stopped.id)
    assert refusal(store, job) == ReasonCode.JOB_FORMAT_UNKNOWN.name


def finalizing(store: JobStore, spec: ExportSpec, target: Path) -> Job:
    """Return a job that has written all and is in the way of publishing."""
    job = new_job(store, spec)
    target.write_text("in the way")
    with pytest.raises(RefusedError):
        run_to_end(store, job)
    target.unlink()
    return store.job(job.id)


def test_a_target_that_got_its_name_before_the_end_was_noted_is_done(
    store: JobStore, spec: ExportSpec, target: Path, undisturbed: bytes
) -> None:
    job = finalizing(store, spec, target)
    os.link(part_of(job), target)
    run_to_end(store, job)
    assert store.job(job.id).state is JobState.DONE
    assert target.read_bytes() == undisturbed
    assert list(target.parent.iterdir()) == [target]


def test_a_published_target_is_done_without_source_or_part_file(
    store: JobStore, spec: ExportSpec, target: Path, source: Path
) -> None:
    job = finalizing(store, spec, target)
    part_of(job).rename(target)
    source.unlink()
    run_to_end(store, job)
    assert store.job(job.id).state is JobState.DONE


@pytest.mark.parametrize("content", [b"short", None])
def test_a_whole_part_file_that_is_no_longer_whole_is_not_published(
    store: JobStore, spec: ExportSpec, target: Path, content: bytes | None
) -> None:
    job = finalizing(store, spec, target)
    part = part_of(job)
    if content is None:
        part.write_bytes(part.read_bytes().replace(b"1", b"7"))
    else:
        part.write_bytes(content)
    assert refusal(store, job) in {ReasonCode.PART_CHANGED.name, ReasonCode.PART_TOO_SHORT.name}
    assert part.exists()
    assert not target.exists()


def test_a_whole_part_file_that_is_gone_is_refused(store: JobStore, spec: ExportSpec, target: Path) -> None:
    job = finalizing(store, spec, target)
    part_of(job).unlink()
    assert refusal(store, job) == ReasonCode.PART_MISSING.name
    assert not target.exists()


@pytest.mark.parametrize("link", [os.symlink, os.link])
def test_a_link_in_the_place_of_the_whole_part_file_is_not_published(
    store: JobStore, spec: ExportSpec, target: Path, link: Callable[[Path, Path], None]
) -> None:
    job = finalizing(store, spec, target)
    mine = part_of(job).rename(target.with_name("mine"))
    link(mine, part_of(job))
    assert refusal(store, job) == ReasonCode.PART_NOT_A_FILE.name
    assert not target.exists()


def test_cancelling_a_resumed_export_leaves_nothing(store: JobStore, stopped: Job, folder: Path) -> None:
    stop = StopRequest()
    stop.ask(StopWish.CANCEL)
    list(run_job(store, stopped.id, stop))
    assert store.job(stopped.id).state is JobState.CANCELLED
    assert list(folder.iterdir()) == []

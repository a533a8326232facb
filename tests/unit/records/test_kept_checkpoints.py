"""Several checkpoints of a job in the store: thinned, cut back, and changed by their owner only."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from dataflow_desktop.domain.checkpoint import is_kept
from dataflow_desktop.domain.finished_file import FinishedFile, WholeFile
from dataflow_desktop.domain.job import JobState, SourceChanged
from dataflow_desktop.errors import DestinationError, ReasonCode, RefusedError
from dataflow_desktop.records.job_store import JobStore
from dataflow_desktop.records.owned_job import OwnedJob
from tests.unit.databases import fetch
from tests.unit.records.jobs import PLAN, checkpoint_at, job_called

OTHER_PLAN = replace(PLAN, total_rows=11, fingerprint="another", schema_version=77)


@pytest.fixture
def owned(store: JobStore) -> OwnedJob:
    """The job `aa` in the hands of its owner, beside `bb` with a checkpoint of its own."""
    for job_id in ("aa", "bb"):
        store.add(job_called(job_id))
    store.take("bb").save(checkpoint_at(5))
    return store.take("aa")


def saved(owned: OwnedJob) -> list[int]:
    """Return the rows of the checkpoints that a job has, newest first."""
    return [checkpoint.rows for checkpoint in owned.checkpoints()]


def save_many(owned: OwnedJob, newest: int) -> None:
    for rows in range(1, newest + 1):
        owned.save(checkpoint_at(rows))


def test_many_checkpoints_are_thinned_by_the_rule_and_the_newest_is_the_jobs(
    store: JobStore, owned: OwnedJob
) -> None:
    for rows in range(1, 101):
        owned.save(checkpoint_at(rows))
        assert store.job("aa").checkpoint == checkpoint_at(rows)
    assert saved(owned) == [rows for rows in range(100, 0, -1) if is_kept(rows, 100)]
    assert saved(store.take("bb")) == [5]


def test_the_next_owner_goes_on_thinning_where_the_last_one_stopped(store: JobStore, owned: OwnedJob) -> None:
    save_many(owned, 10)
    owned = store.take("aa")
    for rows in range(11, 51):
        owned.save(checkpoint_at(rows))
    assert saved(owned) == [rows for rows in range(50, 0, -1) if is_kept(rows, 50)]


def fail(*_: object) -> None:
    raise sqlite3.OperationalError("disk I/O error")


@pytest.mark.parametrize(
    "write",
    [
        lambda owned: owned.save(checkpoint_at(41)),
        lambda owned: owned.cut_back(owned.checkpoints()[5]),
        lambda owned: owned.start_over(OTHER_PLAN),
        lambda owned: owned.enter(JobState.CANCELLED),
    ],
)
def test_a_write_that_fails_at_its_end_drops_no_checkpoint_then_or_later(
    store: JobStore, owned: OwnedJob, write: Callable[[OwnedJob], None]
) -> None:
    save_many(owned, 40)
    before = saved(owned)
    engine = store._file._engine
    sa.event.listen(engine, "commit", fail)
    with pytest.raises(DestinationError):
        write(owned)
    sa.event.remove(engine, "commit", fail)
    assert saved(owned) == before
    owned.cut_back(checkpoint_at(before[1]))
    assert saved(owned) == before[1:]


def test_a_dropped_job_leaves_no_checkpoints_to_one_of_its_name(store: JobStore, owned: OwnedJob) -> None:
    save_many(owned, 3)
    store.forget("aa")
    store.add(job_called("aa"))
    assert store.job("aa").checkpoint is None
    assert saved(store.take("bb")) == [5]


def test_a_new_job_can_bring_its_checkpoints(store: JobStore) -> None:
    store.add(job_called("aa"), [checkpoint_at(rows) for rows in (3, 6, 9)])
    assert store.job("aa").checkpoint == checkpoint_at(9)
    owned = store.take("aa")
    owned.save(checkpoint_at(12))
    assert saved(owned) == [12, 9, 6, 3]


def test_cut_back_the_newer_checkpoints_are_forgotten_and_saving_goes_on(
    store: JobStore, owned: OwnedJob
) -> None:
    save_many(owned, 4)
    owned.cut_back(checkpoint_at(2))
    assert store.job("aa").checkpoint == checkpoint_at(2)
    owned.save(checkpoint_at(7))
    assert saved(owned) == saved(store.take("aa")) == [7, 2, 1]
    assert saved(store.take("bb")) == [5]


def test_cut_back_a_whole_file_is_whole_no_more(store: JobStore, owned: OwnedJob) -> None:
    save_many(owned, 2)
    owned.finalize(WholeFile(4, 40, "sha256"), SourceChanged.NO, [FinishedFile(4, 40, "sha256")])
    owned.cut_back(checkpoint_at(1))
    job = store.job("aa")
    assert (job.checkpoint, job.whole_file, owned.files()) == (checkpoint_at(1), None, ())


def test_cut_back_into_an_earlier_file_later_ones_are_finished_no_more(
    store: JobStore, owned: OwnedJob
) -> None:
    files = [FinishedFile(1, number, f"sha256 of {number}") for number in range(3)]
    in_files = [replace(checkpoint_at(number), file_number=number) for number in range(1, 5)]
    owned.save(in_files[0])
    owned.save(in_files[1], files[:1])
    owned.save(in_files[3], files[1:])
    assert (owned.files(), store.job("aa").checkpoint) == (tuple(files), in_files[3])
    owned.cut_back(in_files[1])
    assert (owned.files(), store.job("aa").checkpoint) == (tuple(files[:1]), in_files[1])
    owned.save(in_files[2], files[1:2])
    assert store.files("aa") == tuple(files[:2])


def test_cut_back_to_the_newest_nothing_is_forgotten(owned: OwnedJob) -> None:
    save_many(owned, 4)
    owned.cut_back(checkpoint_at(4))
    assert saved(owned) == [4, 3, 2, 1]


def test_started_over_a_job_has_another_plan_and_nothing_written(store: JobStore, owned: OwnedJob) -> None:
    save_many(owned, 4)
    owned.finalize(WholeFile(4, 40, "sha256"), SourceChanged.NO, [FinishedFile(4, 40, "sha256")])
    owned.start_over(OTHER_PLAN)
    job = store.job("aa")
    assert (job.plan, job.checkpoint, job.whole_file, job.durable_rows) == (OTHER_PLAN, None, None, 0)
    owned.save(checkpoint_at(1))
    assert saved(owned) == [1]
    assert saved(store.take("bb")) == [5]


def test_a_new_plan_leaves_the_checkpoints(store: JobStore, owned: OwnedJob) -> None:
    save_many(owned, 2)
    owned.replan(OTHER_PLAN)
    assert (store.job("aa").plan, store.job("aa").checkpoint) == (OTHER_PLAN, checkpoint_at(2))
    assert store.job("bb").plan == PLAN


def test_a_new_target_takes_the_place_of_the_old_one(store: JobStore, owned: OwnedJob) -> None:
    owned.retarget(replace(job_called("aa").spec, target="/elsewhere.csv"))
    assert store.job("aa").spec.target == "/elsewhere.csv"
    store.add(replace(job_called("cc"), spec=job_called("aa").spec))  # the old one is free
    with pytest.raises(RefusedError):
        store.add(replace(job_called("dd"), spec=store.job("aa").spec))


def test_a_target_that_another_unfinished_job_is_to_become_is_taken(store: JobStore, owned: OwnedJob) -> None:
    before = store.jobs()
    with pytest.raises(RefusedError) as caught:
        owned.retarget(replace(job_called("aa").spec, target="/bb.csv"))
    assert caught.value.reason.code == ReasonCode.TARGET_TAKEN.name
    assert caught.value.reason.facts["job"] == "bb"
    assert store.jobs() == before
    store.take("bb").enter(JobState.DONE)
    owned.retarget(replace(job_called("aa").spec, target="/bb.csv"))


def test_an_owner_can_look_whether_it_was_taken_over(store: JobStore, owned: OwnedJob) -> None:
    owned.check()
    newer = store.take("aa")
    with pytest.raises(RefusedError) as caught:
        owned.check()
    assert caught.value.reason.code == ReasonCode.JOB_TAKEN_OVER.name
    newer.check()
    store.forget("aa")
    with pytest.raises(RefusedError):
        newer.check()


@pytest.mark.parametrize(
    "write",
    [
        lambda owned: owned.save(checkpoint_at(99)),
        lambda owned: owned.cut_back(checkpoint_at(2)),
        lambda owned: owned.start_over(OTHER_PLAN),
        lambda owned: owned.replan(OTHER_PLAN),
        lambda owned: owned.retarget(replace(job_called("aa").spec, target="/elsewhere.csv")),
        lambda owned: owned.enter(JobState.DONE),
    ],
)
def test_an_older_owner_is_turned_down_and_no_checkpoint_is_lost(
    store: JobStore, owned: OwnedJob, path: Path, write: Callable[[OwnedJob], None]
) -> None:
    save_many(owned, 9)
    store.take("aa")
    before = (store.jobs(), fetch(path, "SELECT * FROM checkpoints ORDER BY 1, 2"))
    with pytest.raises(RefusedError) as caught:
        write(owned)
    assert caught.value.reason.code == ReasonCode.JOB_TAKEN_OVER.name
    assert (store.jobs(), fetch(path, "SELECT * FROM checkpoints ORDER BY 1, 2")) == before


@pytest.mark.parametrize("state", [JobState.DONE, JobState.CANCELLED])
def test_a_job_that_ended_keeps_its_newest_checkpoint_only(
    store: JobStore, owned: OwnedJob, path: Path, state: JobState
) -> None:
    save_many(owned, 9)
    owned.enter(JobState.PROCESSING)
    assert len(saved(owned)) > 1
    owned.enter(state)
    assert fetch(path, "SELECT job_id, rows FROM checkpoints ORDER BY 1") == [("aa", 9), ("bb", 5)]
    assert store.job("aa").checkpoint == checkpoint_at(9)

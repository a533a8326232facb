"""Places in the queue, and the removal of what has ended."""

from dataclasses import replace

import pytest

from dataflow_desktop.domain.job import JobState
from dataflow_desktop.errors import ConfigurationError
from dataflow_desktop.records.job_store import JobStore
from tests.unit.records.jobs import checkpoint_at, job_called

IDS = ("aa", "bb", "cc", "dd")


@pytest.fixture
def queued(store: JobStore) -> JobStore:
    """Four jobs, each a day younger than the one before."""
    for day, job_id in enumerate(IDS, 1):
        store.add(job_called(job_id, created_at=f"2026-01-0{day}T00:00:00+00:00"))
    return store


def in_turn(store: JobStore) -> list[str]:
    return [job.id for job in sorted(store.jobs(), key=lambda job: job.turn)]


def test_jobs_are_taken_in_the_order_of_the_queue_and_then_by_age(queued: JobStore) -> None:
    assert in_turn(queued) == list(IDS)
    queued.keep_queue(["dd", "bb"])
    assert in_turn(queued) == ["dd", "bb", "aa", "cc"]
    queued.keep_queue(["bb", "dd", "cc"])
    assert in_turn(queued) == ["bb", "dd", "cc", "aa"]


def test_who_left_the_queue_has_no_place(queued: JobStore) -> None:
    queued.keep_queue(["dd", "cc", "bb"])
    queued.keep_queue(["bb"], left=["dd"])
    assert in_turn(queued) == ["cc", "bb", "aa", "dd"]
    assert queued.job("dd").queue_place is None


def test_the_queue_of_another_window_stays_before_this_one(queued: JobStore) -> None:
    queued.keep_queue(["dd", "cc"])
    queued.keep_queue(["bb", "aa"])
    assert in_turn(queued) == ["dd", "cc", "bb", "aa"]


@pytest.mark.parametrize("state", [JobState.DONE, JobState.CANCELLED])
def test_a_job_that_ends_leaves_the_queue_and_gets_no_place_again(queued: JobStore, state: JobState) -> None:
    queued.keep_queue(["aa", "bb"])
    queued.take("aa").enter(state)
    assert queued.job("aa").queue_place is None
    queued.keep_queue(["aa", "bb"])
    assert queued.job("aa").queue_place is None


def test_a_job_that_is_stopped_or_killed_keeps_its_place(queued: JobStore) -> None:
    queued.keep_queue(["bb", "aa"])
    owned = queued.take("bb")
    owned.enter(JobState.PROCESSING)
    owned.save(checkpoint_at(3))
    assert in_turn(queued)[0] == "bb"
    owned.enter(JobState.PAUSED)
    assert in_turn(queued)[0] == "bb"


def test_only_what_has_ended_is_removed(queued: JobStore) -> None:
    for job_id, state in (("aa", JobState.DONE), ("bb", JobState.FAILED), ("cc", JobState.CANCELLED)):
        owned = queued.take(job_id)
        owned.save(checkpoint_at(3))
        owned.enter(state)
    queued.remove_ended(["aa", "bb", "dd", "no such job"])
    assert [job.id for job in queued.jobs()] == ["dd", "cc", "bb"]
    with pytest.raises(ConfigurationError):
        queued.job("aa")
    assert queued.job("bb").durable_rows == 3


def test_what_a_profile_exported_leaves_the_list_but_is_not_forgotten(store: JobStore) -> None:
    for job_id, profile, state in (
        ("a1", "daily", JobState.DONE),
        ("a2", "daily", JobState.CANCELLED),
        ("a3", "", JobState.DONE),
        ("a4", "daily", JobState.DONE),
    ):
        job = job_called(job_id)
        store.add(replace(job, spec=replace(job.spec, profile=profile)))
        store.take(job_id).enter(state)
    store.remove_ended(["a1", "a2", "a3"])
    assert [job.id for job in store.jobs()] == ["a4"]
    assert [job.id for job in store.done_jobs()] == ["a1", "a4"]
    assert store.newest_done_for("/a1.csv") == store.find("a1") == store.job("a1") is not None
    assert store.find("a2") is store.find("a3") is None
    assert store.job("a").id == "a4"  # a beginning is one of what a person sees
    store.remove_ended(["a1", "a4"])
    assert store.jobs() == []
    assert [job.id for job in store.done_jobs()] == ["a1", "a4"]

"""Two programs want one job at the same moment: one works on it, the other says why it does not.

Each race is run 5 times. With DATAFLOW_CAMPAIGN=full in the environment it is 200 times, which takes
minutes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from dataflow_desktop.domain.job import Job, JobState
from dataflow_desktop.records.job_store import JobStore
from tests.campaign import IS_FULL
from tests.crash.forks import ForkedProgram, closed_gate
from tests.crash.unfinished import leave_unfinished, store_in
from tests.program import ENDING_SECONDS, parts_in

RACES = 200 if IS_FULL else 5

LONG_EVERY = 5
LONG_REST_MS = 150
"""Whoever loses waits a second for the lock. With rests the winner needs longer than that, now and then."""

JOBS_FOR_ALL = 2

pytestmark = pytest.mark.timeout(1_200)  # of 200 races, on a busy machine


@dataclass(frozen=True)
class Ended:
    """A command that has ended."""

    code: int
    errors: str


def race(program: ForkedProgram, *commands: tuple[str, ...]) -> list[Ended]:
    """Start both commands at the same moment, and return how they ended, in the same order."""
    with closed_gate() as gate:
        processes = [program.start(*command, gate=gate) for command in commands]
    ends = []
    for process in processes:
        _, errors = process.communicate(timeout=ENDING_SECONDS)
        ends.append(Ended(process.returncode, errors))
    return ends


@pytest.fixture
def store(program: ForkedProgram) -> Iterator[JobStore]:
    with store_in(program.home) as store:
        yield store


def new_target(folder: Path, number: int) -> Path:
    target = folder / f"race {number}" / "all.csv"
    target.parent.mkdir()
    return target


def leave(store: JobStore, catalogue: Path, target: Path, number: int) -> str:
    """Leave a job for the race of that number: now and then one that takes longer than the loser waits."""
    rest_ms = LONG_REST_MS if number % LONG_EVERY == 0 else 0
    return leave_unfinished(store, catalogue, target, chunk_rows=250, rest_ms=rest_ms)


def see_lost(loser: Ended) -> None:
    """The loser met the winner at work, or came when all was done; and it said so."""
    said = {2: "has ended: DONE", 5: "Another running program works on export"}
    assert said[loser.code] in loser.errors


def see_ended_well(job: Job, reference: bytes) -> None:
    """A cancelled job left nothing, a job that is done the right bytes; none is left half."""
    target = Path(job.spec.target)
    assert parts_in(target.parent) == []
    if job.state is JobState.CANCELLED:
        assert not target.exists()
    else:
        assert job.state is JobState.DONE
        assert target.read_bytes() == reference


def test_of_two_resumes_of_one_job_one_works_and_the_other_says_why_not(
    program: ForkedProgram, store: JobStore, small_catalogue: Path, small_reference: bytes, tmp_path: Path
) -> None:
    for number in range(RACES):
        target = new_target(tmp_path, number)
        job_id = leave(store, small_catalogue, target, number)
        winner, loser = sorted(race(program, *[("resume", job_id)] * 2), key=lambda ended: ended.code)
        assert winner.code == 0
        see_lost(loser)
        job = store.job(job_id)
        assert job.state is JobState.DONE
        see_ended_well(job, small_reference)
    assert len(store.jobs()) == RACES


def test_two_resumes_of_all_jobs_do_each_job_once(
    program: ForkedProgram, store: JobStore, small_catalogue: Path, small_reference: bytes, tmp_path: Path
) -> None:
    for number in range(RACES):
        numbers = range(number * JOBS_FOR_ALL, (number + 1) * JOBS_FOR_ALL)
        jobs = [leave(store, small_catalogue, new_target(tmp_path, each), each) for each in numbers]
        for ended in race(program, *[("resume", "--all")] * 2):
            if ended.code != 0:
                see_lost(ended)
        for job_id in jobs:
            job = store.job(job_id)
            assert job.state is JobState.DONE
            see_ended_well(job, small_reference)
    assert len(store.jobs()) == JOBS_FOR_ALL * RACES


def test_a_cancel_that_races_a_resume_leaves_nothing_or_the_whole_file(
    program: ForkedProgram, store: JobStore, small_catalogue: Path, small_reference: bytes, tmp_path: Path
) -> None:
    for number in range(RACES):
        job_id = leave(store, small_catalogue, new_target(tmp_path, number), number)
        commands = [("resume", job_id), ("cancel", job_id)]
        is_cancel_first = number % 2 == 0
        ends = race(program, *(reversed(commands) if is_cancel_first else commands))
        resume, cancel = reversed(ends) if is_cancel_first else ends
        job = store.job(job_id)
        see_ended_well(job, small_reference)
        see_told_truly(job.state, resume, cancel)


def see_told_truly(state: JobState, resume: Ended, cancel: Ended) -> None:
    """Whoever came too late says so, and a resume that was cancelled does not call itself done."""
    if "is cancelled" in cancel.errors:
        assert (state, cancel.code, resume.code) == (JobState.CANCELLED, 0, 2)
        assert "has ended: CANCELLED" in resume.errors
    elif cancel.code == 2:
        assert "has ended: DONE" in cancel.errors
        assert (state, resume.code) == (JobState.DONE, 0)
    else:
        assert (cancel.code, "It will give up at its next checkpoint" in cancel.errors) == (0, True)
        assert resume.code == {JobState.CANCELLED: 6, JobState.DONE: 0}[state]

"""Which export begins next, beside those that run."""

import pytest

from dataflow_desktop.app.export_queue import MOST_AT_ONCE, ExportQueue
from dataflow_desktop.workers.export_wishes import RunWish


@pytest.fixture
def queue() -> ExportQueue:
    """Three exports of one database wait, and behind them one of another."""
    queue = ExportQueue()
    for job_id in "abc":
        queue.add(RunWish(job_id, "one.db"))
    queue.add(RunWish("x", "other.db"))
    return queue


def begun(queue: ExportQueue, *running: RunWish) -> list[str]:
    """Let all begin that may, and return which run then."""
    runs = list(running)
    while (run := queue.take_next(runs)) is not None:
        runs.append(run)
    return [run.job_id for run in runs]


def test_of_one_database_one_runs_and_another_database_beside_it(queue: ExportQueue) -> None:
    assert begun(queue) == ["a", "x"]
    assert queue.job_ids == ("b", "c")
    assert begun(queue, RunWish("x", "other.db")) == ["x", "b"]


def test_as_many_of_one_database_run_as_a_person_chose(queue: ExportQueue) -> None:
    queue.at_once = 2
    assert begun(queue) == ["a", "b", "x"]


def test_no_more_than_four_run_in_all() -> None:
    queue = ExportQueue()
    for number in range(6):
        queue.add(RunWish(str(number), f"{number}.db"))
    assert begun(queue) == ["0", "1", "2", "3"]
    assert MOST_AT_ONCE == 4


@pytest.mark.parametrize(
    ("job_id", "places", "order"),
    [
        ("c", -1, "acbx"),
        ("a", 1, "bacx"),
        ("x", -4, "xabc"),
        ("a", -1, "abcx"),
        ("x", 1, "abcx"),
        ("nobody", -1, "abcx"),
    ],
)
def test_a_waiting_export_is_moved(queue: ExportQueue, job_id: str, places: int, order: str) -> None:
    queue.move(job_id, places)
    assert queue.job_ids == tuple(order)


def test_who_hurries_does_not_wait_for_others_of_the_database(queue: ExportQueue) -> None:
    queue.hurry("c")
    assert begun(queue, RunWish("r", "one.db")) == ["r", "c", "x"]
    assert begun(queue, RunWish("r", "one.db")) == ["r"]  # it was for this one only


def test_who_is_dropped_waits_no_longer(queue: ExportQueue) -> None:
    queue.drop("a")
    assert queue.job_ids == ("b", "c", "x")
    queue.clear()
    assert queue.take_next([]) is None

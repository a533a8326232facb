"""The log: which lines belong to a job, and how they are found again."""

import logging
import re
from collections.abc import Generator
from pathlib import Path

import pytest

from dataflow_desktop import locations, logs
from dataflow_desktop.domain.job import Job
from dataflow_desktop.domain.progress import Progress
from dataflow_desktop.export import engine
from dataflow_desktop.pacing import StopRequest
from dataflow_desktop.records.job_store import JobStore
from tests.unit.exports import job_store, new_job, run_to_end, run_until, spec_for

log = logging.getLogger("dataflow_desktop.somewhere")


def steps_of(job_id: str) -> Generator[int, None, None]:
    try:
        for number in range(3):
            log.info("step %d of %s", number, job_id)
            yield number
    finally:
        log.info("closed %s", job_id)


def messages_of(job_id: str) -> list[str]:
    return [line.split(" ", 3)[3] for line in logs.lines_of_job(job_id)]


def test_lines_of_two_jobs_run_in_turn_and_of_none_are_told_apart() -> None:
    logs.log_to_file()
    first, second = logs.in_log_of("a1", steps_of("a1")), logs.in_log_of("b2", steps_of("b2"))
    for step in first:
        log.info("between")
        assert next(second) == step
    second.close()
    log.info("after")
    assert messages_of("a1") == ["step 0 of a1", "step 1 of a1", "step 2 of a1", "closed a1"]
    assert messages_of("b2") == ["step 0 of b2", "step 1 of b2", "step 2 of b2", "closed b2"]
    whole = locations.log_path().read_text(encoding="utf-8")
    assert whole.count(" dataflow_desktop.somewhere: between") == 3
    assert whole.count(" dataflow_desktop.somewhere: after") == 1


def test_a_message_that_looks_like_another_jobs_line_stays_with_its_own() -> None:
    logs.log_to_file()

    def one_step() -> Generator[int, None, None]:
        log.info("looks like [b2]: it")
        yield 1

    list(logs.in_log_of("a1", one_step()))
    assert logs.lines_of_job("b2") == []
    assert len(logs.lines_of_job("a1")) == 1


def test_a_traceback_belongs_to_the_job_whose_line_it_follows() -> None:
    logs.log_to_file()

    def failing() -> Generator[int, None, None]:
        yield 1
        try:
            int("odd")
        except ValueError:
            log.exception("unexpected")

    list(logs.in_log_of("a1", failing()))
    log.info("of nobody")
    lines = logs.lines_of_job("a1")
    assert lines[1] == "Traceback (most recent call last):"
    assert lines[-1] == "ValueError: invalid literal for int() with base 10: 'odd'"


def test_the_last_lines_are_found_across_rotated_files_and_no_more_than_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(logs, "LOG_BYTES", 2_000)
    logs.log_to_file()

    def many() -> Generator[int, None, None]:
        for number in range(60):
            log.info("line %d", number)
            yield number

    list(logs.in_log_of("a1", many()))
    assert locations.log_path().with_name("dataflow-desktop.log.2").exists()
    assert [message.split()[1] for message in messages_of("a1")][-40:] == [str(n) for n in range(20, 60)]
    assert len(logs.lines_of_job("a1", most=7)) == 7
    assert messages_of("a1")[-1] == "line 59"


def test_an_endless_line_is_never_held_whole() -> None:
    logs.log_to_file()

    def long_step() -> Generator[int, None, None]:
        log.info("x" * 10 * logs.LONGEST_LINE)
        yield 1

    list(logs.in_log_of("a1", long_step()))
    assert max(map(len, logs.lines_of_job("a1"))) <= logs.LONGEST_LINE


def test_without_a_log_no_job_has_lines() -> None:
    assert logs.lines_of_job("a1") == []


def test_a_run_says_in_the_log_how_it_began_paused_and_ended(catalogue: Path, tmp_path: Path) -> None:
    logs.log_to_file()
    with job_store() as store:
        job, other = (new_job(store, spec_for(catalogue, tmp_path / name)) for name in ("a.csv", "b.csv"))
        run_until(store, job, lambda report: isinstance(report, Progress) and report.rows >= 100)
        run_to_end(store, other)
        run_to_end(store, job)
    messages = messages_of(job.id)
    assert messages[0] == "the run begins at row 0 of 1000"
    assert messages[1].startswith("paused with 100 rows saved: Paused as you asked.")
    assert messages[2] == "the run begins at row 100 of 1000"
    assert messages[3].startswith("done: 1000 rows, ")
    assert len(messages) == 4
    assert len(messages_of(other.id)) == 2


def test_what_nobody_foresaw_stands_with_its_traceback_in_the_log_of_the_job(
    catalogue: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    logs.log_to_file()

    def broken(*arguments: object) -> Job:
        raise ZeroDivisionError("nobody foresaw this")

    monkeypatch.setattr(engine, "prepared", broken)
    with job_store() as store:
        job = new_job(store, spec_for(catalogue, tmp_path / "a.csv"))
        with pytest.raises(ZeroDivisionError):
            _run(store, job)
    lines = logs.lines_of_job(job.id)
    assert "ZeroDivisionError: nobody foresaw this" in lines
    assert re.fullmatch(
        r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d WARNING export stopped in state FAILED: .*", lines[-1]
    )


def _run(store: JobStore, job: Job) -> None:
    list(engine.run_job(store, job.id, StopRequest()))

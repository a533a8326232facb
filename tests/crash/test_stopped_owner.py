"""An owner that stands still (SIGSTOP, a closed lid) keeps its job; one that lost it does not write."""

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from dataflow_desktop.export.unfinished_file import AWAY_SECONDS
from tests.crash.unfinished import leave_unfinished, store_in
from tests.program import ENDING_SECONDS, Program, parts_in, read_event

REST_MS = 200
LONG_AWAY_SECONDS = AWAY_SECONDS + 0.5


@dataclass(frozen=True)
class Stopped:
    """A process that stands still in the middle of an export."""

    process: "subprocess.Popen[str]"
    job_id: str
    target: Path

    def look(self) -> tuple[int, int, bytes]:
        """Return all that shows whether somebody wrote to the part file."""
        (part,) = (path for path in parts_in(self.target.parent) if path.suffix == ".part")
        status = part.stat()
        return status.st_size, status.st_mtime_ns, part.read_bytes()

    def wake(self) -> tuple[int, str]:
        """Let it go on to its end, and return its exit code and what it said."""
        self.process.send_signal(signal.SIGCONT)
        _, errors = self.process.communicate(timeout=ENDING_SECONDS)
        return self.process.returncode, errors


@pytest.fixture(params=["small", "large"])
def stopped(request: pytest.FixtureRequest, program: Program, tmp_path: Path) -> Iterator[Stopped]:
    """An owner that stands still; small: it reads the rows itself, large: a process of its own does."""
    catalogue: Path = request.getfixturevalue(f"{request.param}_catalogue")
    chunk_rows = 500 if request.param == "small" else 10_000
    target = tmp_path / "out" / "all.csv"
    target.parent.mkdir()
    with store_in(program.home) as store:
        job_id = leave_unfinished(store, catalogue, target, chunk_rows=chunk_rows, rest_ms=REST_MS)
    with _standing_still(program.start("resume", job_id, "--progress", "json")) as process:
        yield Stopped(process, job_id, target)


@pytest.fixture
def reference(request: pytest.FixtureRequest, stopped: Stopped) -> bytes:
    """The bytes of an undisturbed export of the same rows."""
    size = request.node.callspec.params["stopped"]
    data: bytes = request.getfixturevalue(f"{size}_reference")
    return data


@contextmanager
def _standing_still(process: "subprocess.Popen[str]") -> Iterator["subprocess.Popen[str]"]:
    """Stop the process as soon as it has written, in the rest before its next rows."""
    while read_event(process.stdout)["event"] != "progress":
        pass
    process.send_signal(signal.SIGSTOP)
    while psutil.Process(process.pid).status() != psutil.STATUS_STOPPED:
        pass  # a signal may take a moment to arrive
    try:
        yield process
    finally:
        process.send_signal(signal.SIGCONT)  # if a test failed, so that its reader process ends too


def see_refused(process: "subprocess.Popen[str]") -> str:
    """A command ends with the exit code of a refusal; return what it said."""
    _, errors = process.communicate(timeout=ENDING_SECONDS)
    assert process.returncode == 5, errors
    return errors


def see_whole(program: Program, target: Path, reference: bytes) -> None:
    """All is as if nothing had ever happened."""
    assert target.read_bytes() == reference
    assert parts_in(target.parent) == []
    assert [job["state"] for job in program.jobs()] == ["DONE"]


def test_a_job_whose_owner_stands_still_is_refused_and_the_woken_owner_ends_it(
    program: Program, stopped: Stopped, reference: bytes
) -> None:
    before = stopped.look()
    assert "Another running program works on export" in see_refused(program.start("resume", stopped.job_id))
    program.run("resume", "--all")  # leaves owned jobs alone
    assert stopped.look() == before
    code, errors = stopped.wake()
    assert code == 0, errors
    see_whole(program, stopped.target, reference)


def test_a_removed_lock_file_lets_nobody_write_beside_an_owner_that_stands_still(
    program: Program, stopped: Stopped, reference: bytes
) -> None:
    before = stopped.look()
    (lock,) = (program.home / "locks").iterdir()
    lock.unlink()
    see_refused(program.start("resume", stopped.job_id))
    assert stopped.look() == before
    code, errors = stopped.wake()
    assert code == 0, errors
    see_whole(program, stopped.target, reference)


def test_an_owner_that_lost_its_job_while_it_stood_still_does_not_write(
    program: Program, stopped: Stopped, reference: bytes
) -> None:
    with store_in(program.home) as store:
        # As a program on another machine would: a lock of ours means nothing there.
        store.take(stopped.job_id)
    before = stopped.look()
    # No time is waited out for something to happen: to be away for seconds is what the test is about.
    with pytest.raises(subprocess.TimeoutExpired):
        stopped.process.wait(LONG_AWAY_SECONDS)
    code, errors = stopped.wake()
    assert code == 5, errors
    assert "Another program has taken over export" in errors
    assert stopped.look() == before
    assert not stopped.target.exists()
    program.run("resume", "--all")
    see_whole(program, stopped.target, reference)


def test_a_cancelled_owner_that_stands_still_gives_up_when_it_wakes(
    program: Program, stopped: Stopped
) -> None:
    before = stopped.look()
    program.run("cancel", stopped.job_id)
    assert stopped.look() == before
    code, errors = stopped.wake()
    assert code == 6, errors
    assert list(stopped.target.parent.iterdir()) == []
    assert [job["state"] for job in program.jobs()] == ["CANCELLED"]

"""One owner for a job, as long as its process lives."""

import errno
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dataflow_desktop import file_lock
from dataflow_desktop.destination import job_lock
from dataflow_desktop.destination.job_lock import JobLock, is_owned, try_lock
from dataflow_desktop.errors import DestinationError, ReasonCode

JOB = "0123456789ab"
HOLD = """
import sys
from pathlib import Path
from dataflow_desktop.destination.job_lock import JobLock

lock = JobLock.acquire(Path(sys.argv[1]), sys.argv[2])
print("held" if lock else "none", flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give up on a held lock at once: nobody here lets it go by waiting."""
    monkeypatch.setattr(job_lock, "WAIT_SECONDS", 0.001)


@contextmanager
def holder(folder: Path) -> Iterator["subprocess.Popen[str]"]:
    """Yield a process that holds the lock; at the end it is killed."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder), JOB],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    with process.stdin, process.stdout:
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()
        process.wait(30)


def test_a_lock_is_held_by_one_owner_in_a_process(tmp_path: Path) -> None:
    lock = JobLock.acquire(tmp_path, JOB)
    assert lock is not None
    assert JobLock.acquire(tmp_path, JOB) is None
    assert is_owned(tmp_path, JOB)
    lock.release()
    assert not is_owned(tmp_path, JOB)
    again = JobLock.acquire(tmp_path, JOB)
    assert again is not None
    again.release()


def test_another_job_has_another_lock(tmp_path: Path) -> None:
    lock, other = JobLock.acquire(tmp_path, JOB), JobLock.acquire(tmp_path, "other")
    assert lock is not None
    assert other is not None
    lock.release()
    other.release()


def test_a_lock_is_held_between_processes_and_dies_with_the_process(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        assert is_owned(tmp_path, JOB)
        assert JobLock.acquire(tmp_path, JOB) is None
        process.send_signal(signal.SIGKILL)
        process.wait(30)
        assert not is_owned(tmp_path, JOB)
        lock = JobLock.acquire(tmp_path, JOB)
        assert lock is not None
        lock.release()


def test_a_lock_is_not_handed_down_to_a_child(tmp_path: Path) -> None:
    lock = JobLock.acquire(tmp_path, JOB)
    assert lock is not None
    child = subprocess.Popen(
        [sys.executable, "-c", "import sys; print('up', flush=True); sys.stdin.read()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        close_fds=False,
    )
    assert child.stdin is not None
    assert child.stdout is not None
    assert child.stdout.readline() == b"up\n"
    lock.release()
    is_free = not is_owned(tmp_path, JOB)
    child.communicate(timeout=30)
    assert is_free


def test_asking_does_not_create_a_lock(tmp_path: Path) -> None:
    assert not is_owned(tmp_path, JOB)
    assert list(tmp_path.iterdir()) == []


def test_asking_all_the_time_does_not_keep_an_owner_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job_lock, "WAIT_SECONDS", 0.05)
    first = JobLock.acquire(tmp_path, JOB)
    assert first is not None
    first.release()
    ended = threading.Event()

    def ask() -> None:
        while not ended.is_set():
            is_owned(tmp_path, JOB)

    asker = threading.Thread(target=ask)
    asker.start()
    try:
        for _ in range(200):
            lock = JobLock.acquire(tmp_path, JOB)
            assert lock is not None
            lock.release()
    finally:
        ended.set()
        asker.join()


def test_released_for_good_nothing_is_left(tmp_path: Path) -> None:
    lock = JobLock.acquire(tmp_path, JOB)
    assert lock is not None
    lock.release_for_good()
    assert list(tmp_path.iterdir()) == []


def without_locks(_: int) -> None:
    raise OSError(errno.ENOLCK, "No locks available")


def test_a_lock_that_cannot_be_had_at_all_is_no_other_owner_but_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_lock, "_take", without_locks)
    with pytest.raises(DestinationError) as caught:
        JobLock.acquire(tmp_path, JOB)
    assert caught.value.reason.code == ReasonCode.RECORDS_UNUSABLE.name
    assert "No locks available" in caught.value.reason.message
    with pytest.raises(DestinationError):
        is_owned(tmp_path, JOB)


def test_without_its_folder_a_lock_cannot_be_had(tmp_path: Path) -> None:
    with pytest.raises(DestinationError):
        JobLock.acquire(tmp_path / "gone", JOB)
    assert not is_owned(tmp_path / "gone", JOB)


def test_a_part_file_where_there_are_no_locks_can_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_lock, "_take", without_locks)
    descriptor = os.open(tmp_path, os.O_RDONLY)
    assert try_lock(descriptor)
    os.close(descriptor)

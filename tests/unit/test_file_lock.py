"""One holder of a lock among all programs."""

import errno
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dataflow_desktop import file_lock
from dataflow_desktop.file_lock import FileLock

HOLD = """
import sys
from pathlib import Path
from dataflow_desktop.file_lock import FileLock

lock = FileLock.acquire(Path(sys.argv[1]), 1, 0)
print("held" if lock else "none", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "one.lock"


def acquired(path: Path, tries: int = 1) -> FileLock | None:
    return FileLock.acquire(path, tries, 0)


def test_a_held_lock_is_not_given_again_until_it_is_released(path: Path) -> None:
    lock = acquired(path)
    assert lock is not None
    assert acquired(path, tries=3) is None
    lock.release()
    again = acquired(path)
    assert again is not None
    again.release()
    assert path.exists()


def test_a_lock_of_another_process_goes_with_it(path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        assert acquired(path) is None
        holder.kill()
        holder.wait(30)
    lock = acquired(path)
    assert lock is not None
    lock.release()


def test_a_lock_that_is_let_go_meanwhile_is_waited_for(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = acquired(path)
    assert first is not None
    pauses: list[float] = []

    def let_go(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 2:
            first.release()

    monkeypatch.setattr(time, "sleep", let_go)
    lock = FileLock.acquire(path, 5, 0.25)
    assert lock is not None
    assert pauses == [0.25, 0.25]
    lock.release()


@pytest.mark.parametrize("code", [errno.EWOULDBLOCK, errno.EACCES])
def test_systems_say_in_different_ways_that_a_lock_is_held(
    path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    fail_to_lock(monkeypatch, code)
    assert acquired(path) is None


def test_where_there_are_no_locks_that_is_an_error_and_no_file_stays_open(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_to_lock(monkeypatch, errno.ENOLCK)
    probe = os.dup(0)
    os.close(probe)
    with pytest.raises(OSError, match="no lock"):
        acquired(path)
    after = os.dup(0)
    os.close(after)
    assert after == probe


def fail_to_lock(monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    def fail(_: int) -> None:
        raise OSError(code, "no lock")

    monkeypatch.setattr(file_lock, "_take", fail)

"""One process owns a job: an operating-system lock on a file of its own, gone with the process."""

import os
import sys
import time
from contextlib import suppress
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def try_lock(_: int) -> bool:
        """Whether nobody else has a lock on an open file: a lock there would keep its readers out too."""
        return True

else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def try_lock(descriptor: int) -> bool:
        """Lock an open file until it is closed; return False when somebody else has done so."""
        try:
            _take(descriptor)
        except BlockingIOError:
            return False
        except OSError:
            return True  # a file system without locks
        return True


TRIES = 20
WAIT_SECONDS = 0.05
"""Somebody listing jobs holds a lock for a moment to see whether it is free: that is waited out."""


class JobLock:
    """A held lock. Closing it, or the end of the process however it comes, lets it go."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path = path
        self._descriptor = descriptor

    @classmethod
    def acquire(cls, folder: Path, job_id: str) -> "JobLock | None":
        """Return the lock of a job, or None when another owner keeps it."""
        for _ in range(TRIES):
            lock = cls._try(_lock_path(folder, job_id))
            if lock is not None:
                return lock
            time.sleep(WAIT_SECONDS)
        return None

    @classmethod
    def _try(cls, path: Path) -> "JobLock | None":
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
        try:
            _take(descriptor)
        except OSError:
            os.close(descriptor)
            return None
        return cls(path, descriptor)

    def release(self) -> None:
        """Let the lock go."""
        os.close(self._descriptor)

    def release_for_good(self) -> None:
        """Let the lock go and remove its file, once the job has ended.

        Whoever waited for the removed file may still lock it, but then sees that the job has ended.
        """
        self.release()
        with suppress(OSError):  # one that stays is only untidy; on Windows somebody may be looking at it
            self._path.unlink()


def is_owned(folder: Path, job_id: str) -> bool:
    """Return whether some process, this one too, holds the lock of a job now."""
    path = _lock_path(folder, job_id)
    if not path.exists():
        return False
    lock = JobLock._try(path)  # noqa: SLF001 - the same module's own class
    if lock is not None:
        lock.release()
    return lock is None


def _lock_path(folder: Path, job_id: str) -> Path:
    return folder / f"{job_id}.lock"

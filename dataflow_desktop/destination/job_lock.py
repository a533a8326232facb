"""One process owns a job: an operating-system lock on a file of its own, gone with the process."""

import os
import time
from contextlib import suppress
from pathlib import Path

from dataflow_desktop.file_lock import open_to_lock, take

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
        descriptor = open_to_lock(path)
        try:
            is_taken = take(descriptor)
        except OSError:  # where there are no locks, nobody can tell who owns what
            is_taken = False
        if is_taken:
            return cls(path, descriptor)
        os.close(descriptor)
        return None

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

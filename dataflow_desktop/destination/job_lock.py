"""One process owns a job: it holds the lock on a file of the job's own."""

import sys
from contextlib import suppress
from pathlib import Path

from dataflow_desktop import file_lock
from dataflow_desktop.destination.file_errors import turned_errors
from dataflow_desktop.errors import ReasonCode
from dataflow_desktop.file_lock import FileLock

TRIES = 20
WAIT_SECONDS = 0.05
"""Somebody listing jobs holds a lock for a moment to see whether it is free: that is waited out."""

if sys.platform == "win32":

    def try_lock(_: int) -> bool:
        """Whether nobody else has a lock on an open part file: one there would keep its readers out too."""
        return True

else:

    def try_lock(descriptor: int) -> bool:
        """Lock an open part file until it is closed; return False when somebody else has done so."""
        try:
            return file_lock.try_lock(descriptor)
        except OSError:
            return True  # a file system without locks


class JobLock:
    """A held lock of a job."""

    def __init__(self, lock: FileLock) -> None:
        self._lock = lock

    @classmethod
    def acquire(cls, folder: Path, job_id: str) -> "JobLock | None":
        """Return the lock of a job, or None when another owner keeps it; raises DestinationError."""
        lock = _acquired(_lock_path(folder, job_id), TRIES)
        return cls(lock) if lock is not None else None

    def release(self) -> None:
        """Let the lock go."""
        self._lock.release()

    def release_for_good(self) -> None:
        """Let the lock go and remove its file, once the job has ended.

        Whoever waited for the removed file may still lock it, but then sees that the job has ended.
        """
        self.release()
        with suppress(OSError):  # one that stays is only untidy; on Windows somebody may be looking at it
            self._lock.path.unlink()


def is_owned(folder: Path, job_id: str) -> bool:
    """Return whether some process, this one too, holds the lock of a job now; raises DestinationError."""
    path = _lock_path(folder, job_id)
    if not path.exists():
        return False
    lock = _acquired(path, 1)
    if lock is not None:
        lock.release()
    return lock is None


def _acquired(path: Path, tries: int) -> FileLock | None:
    # The locks lie with the record of exports: what is wrong with them is wrong with that.
    with turned_errors(path, ReasonCode.RECORDS_UNUSABLE):
        return FileLock.acquire(path, tries, WAIT_SECONDS)


def _lock_path(folder: Path, job_id: str) -> Path:
    return folder / f"{job_id}.lock"

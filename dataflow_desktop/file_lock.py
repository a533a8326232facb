"""A lock of the operating system on a file: one holder among all programs, gone with its process."""

import errno
import os
import sys
import time
from pathlib import Path
from typing import Self

if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


_HELD = frozenset({errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES})
"""How flock and msvcrt.locking say that somebody else has the lock; EACCES is Windows', and some NFS's."""


def try_lock(descriptor: int) -> bool:
    """Lock an open file until it is closed; return False when somebody else has done so.

    Another descriptor of the same process is somebody else too. Raises OSError where there are no locks.
    """
    try:
        _take(descriptor)
    except OSError as error:
        if error.errno not in _HELD:
            raise
        return False
    return True


class FileLock:
    """A held lock. Releasing it, or the end of the process however it comes, lets it go."""

    def __init__(self, path: Path, descriptor: int) -> None:
        """Take over `descriptor`, which is locked; use `acquire` instead."""
        self.path = path
        self._descriptor = descriptor

    @classmethod
    def acquire(cls, path: Path, tries: int, pause_seconds: float) -> Self | None:
        """Return the lock on the file at `path`, made when missing; None when it is held at every try.

        Raises OSError when the file cannot be made or locked.
        """
        for number in range(tries):
            if number:
                time.sleep(pause_seconds)
            lock = cls._try(path)
            if lock is not None:
                return lock
        return None

    @classmethod
    def _try(cls, path: Path) -> Self | None:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
        try:
            is_ours = try_lock(descriptor)
        except OSError:
            os.close(descriptor)
            raise
        if is_ours:
            return cls(path, descriptor)
        os.close(descriptor)
        return None

    def release(self) -> None:
        """Let the lock go; its file stays."""
        os.close(self._descriptor)

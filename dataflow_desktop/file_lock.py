"""A lock of the operating system on an open file: gone with its process, however that ends."""

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    _TAKEN = frozenset({errno.EACCES, errno.EDEADLK})

    def take(descriptor: int) -> bool:
        """Lock an open file until it is closed; return False when somebody else has, raise OSError else."""
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            if error.errno not in _TAKEN:
                raise
            return False
        return True

else:
    import fcntl

    def take(descriptor: int) -> bool:
        """Lock an open file until it is closed; return False when somebody else has, raise OSError else."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


PAUSE_SECONDS = 0.01


def open_to_lock(path: Path) -> int:
    """Return a descriptor of the file at `path`, made when missing; raises OSError."""
    return os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)


@contextmanager
def locked(path: Path, seconds: float) -> Iterator[None]:
    """Hold the lock on the file at `path`; raises TimeoutError after so many seconds, else OSError."""
    descriptor = open_to_lock(path)
    try:
        end = time.monotonic() + seconds
        while not take(descriptor):
            if time.monotonic() >= end:
                raise TimeoutError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT), str(path))
            time.sleep(PAUSE_SECONDS)
        yield
    finally:
        os.close(descriptor)

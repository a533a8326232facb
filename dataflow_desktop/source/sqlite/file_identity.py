"""Which file it is that has a name now, asked of the file system without opening the file.

To close a file lets go of all locks that this process has on it
(https://www.sqlite.org/howtocorrupt.html): so a database file is only ever looked at from outside.
"""

import ctypes
import os
import sys
from pathlib import Path

from dataflow_desktop.domain.source_identity import DatabaseIdentity


def identify(path: Path) -> DatabaseIdentity | None:
    """Return what the file system tells of the file at `path`, None where none can be seen."""
    try:
        status = path.stat()
    except OSError:
        return None
    return DatabaseIdentity(status.st_ino or None, _born_ns(path, status))


if sys.platform == "linux":
    _AT_FDCWD = -100
    _STATX_BTIME = 0x800
    """From linux/fcntl.h and linux/stat.h: https://man7.org/linux/man-pages/man2/statx.2.html"""

    class _Time(ctypes.Structure):
        _fields_ = (
            ("seconds", ctypes.c_int64),
            ("nanoseconds", ctypes.c_uint32),
            ("_unused", ctypes.c_int32),
        )

    class _Status(ctypes.Structure):
        """The beginning of `struct statx`, and room for the rest of its 256 bytes."""

        _fields_ = (
            ("known", ctypes.c_uint32),
            ("_others", ctypes.c_byte * 76),
            ("born", _Time),
            ("_rest", ctypes.c_byte * 160),
        )

    def _born_ns(path: Path, _: os.stat_result) -> int | None:
        # Python's own stat tells the time of birth on other systems only.
        status = _Status()
        try:
            statx = ctypes.CDLL(None).statx
        except AttributeError:  # a C library from before 2018
            return None
        failed = statx(_AT_FDCWD, os.fsencode(path), 0, _STATX_BTIME, ctypes.byref(status))
        if failed or not status.known & _STATX_BTIME:
            return None
        return int(status.born.seconds) * 1_000_000_000 + int(status.born.nanoseconds)

elif sys.platform == "win32":

    def _born_ns(_: Path, status: os.stat_result) -> int | None:
        return status.st_ctime_ns

else:

    def _born_ns(_: Path, status: os.stat_result) -> int | None:
        born = getattr(status, "st_birthtime", None)
        return round(born * 1_000_000_000) if born is not None else None

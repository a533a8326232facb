"""Part file → target, in one step and without overwriting anybody's file."""

import ctypes
import errno
import hashlib
import os
import sys
from pathlib import Path

from dataflow_desktop.destination.durable import sync_folder
from dataflow_desktop.errors import DestinationError, ReasonCode, RefusedError

_NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})

_AT_FDCWD = -100
_RENAME_NOREPLACE = 1
"""From linux/fcntl.h and linux/fs.h: https://man7.org/linux/man-pages/man2/rename.2.html"""


def publish(part: Path, target: Path, *, is_overwrite_allowed: bool) -> None:
    """Give the durable file `part` the name `target`; on return the name is durable and `part` is gone.

    Raises RefusedError when something stands at `target` and may not be replaced, else DestinationError. The
    part file stays where it is then.
    """
    try:
        if is_overwrite_allowed:
            part.replace(target)
        else:
            rename_without_overwriting(part, target)
        sync_folder(target.parent)
    except FileExistsError as error:
        raise RefusedError(ReasonCode.TARGET_APPEARED, target=target, part=part) from error
    except OSError as error:
        raise DestinationError(
            ReasonCode.PUBLISH_FAILED, target=target, part=part, reason=error.strerror
        ) from error


def digest_of(path: Path) -> tuple[int, str]:
    """Return size and SHA-256 (hex) of the file at `path`; raises DestinationError."""
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256")
            return file.tell(), digest.hexdigest()
    except OSError as error:
        raise DestinationError(ReasonCode.FILE_UNREADABLE, file=path, reason=error.strerror) from error


def is_file_with(path: Path, size: int, sha256: str) -> bool:
    """Return whether a file of that size and SHA-256 stands at `path`; raises DestinationError."""
    try:
        has_size = path.is_file() and path.stat().st_size == size
    except OSError as error:
        raise DestinationError(ReasonCode.FILE_UNREADABLE, file=path, reason=error.strerror) from error
    return has_size and digest_of(path) == (size, sha256)


def rename_without_overwriting(part: Path, target: Path) -> None:
    """Give the file `part` the name `target`; raises FileExistsError when there is one, else OSError."""
    if sys.platform == "win32":
        part.rename(target)  # refuses an existing target there
        return
    try:
        os.link(part, target)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        _rename_exclusively(part, target)
        return
    # Killed here, both names stand for the same whole file; the next run finds the target's digest right.
    part.unlink()


def _rename_exclusively(part: Path, target: Path) -> None:
    """Rename where the file system has no links (FAT, some network folders)."""
    library = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "darwin":
        failed = library.renamex_np(os.fsencode(part), os.fsencode(target), ctypes.c_uint(0x4))  # RENAME_EXCL
    else:
        failed = library.renameat2(
            _AT_FDCWD, os.fsencode(part), _AT_FDCWD, os.fsencode(target), ctypes.c_uint(_RENAME_NOREPLACE)
        )
    if failed:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), str(target))

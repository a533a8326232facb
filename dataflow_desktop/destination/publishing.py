"""Part file → target, in one step and without overwriting anybody's file."""

import ctypes
import errno
import hashlib
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from dataflow_desktop.destination.durable import sync_folder
from dataflow_desktop.destination.file_errors import turned_errors
from dataflow_desktop.errors import DestinationError, ReasonCode, RefusedError

_NOT_HERE = frozenset(
    {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EINVAL}
)
"""How file systems and kernels say that they have no such way: of an exclusive rename, NFS with EINVAL, macOS
with ENOTSUP, a Linux before 3.15 or without the call with ENOSYS; of links, FAT with EPERM."""

_MOMENTARY = frozenset({5, 32, 33})
"""Windows: somebody, often a virus scanner, has the file open (access denied, sharing or lock violation):
https://learn.microsoft.com/windows/win32/debug/system-error-codes--0-499-."""

RETRY_SECONDS = 10.0
PAUSE_SECONDS = 0.1

_AT_FDCWD = -100
_RENAME_NOREPLACE = 1
"""From linux/fcntl.h and linux/fs.h: https://man7.org/linux/man-pages/man2/rename.2.html"""

_RENAME_EXCL = 4
"""From sys/stdio.h of macOS: https://keith.github.io/xcode-man-pages/renamex_np.2.html"""


def publish(part: Path, target: Path, *, is_overwrite_allowed: bool) -> None:
    """Give the durable file `part` the name `target`; on return the name is durable and `part` is gone.

    Raises RefusedError when something stands at `target` and may not be replaced, else DestinationError. The
    part file stays where it is then.
    """
    try:
        rename = _replace if is_overwrite_allowed else rename_without_overwriting
        _patiently(rename, part, target)
        sync_folder(target.parent)
    except FileExistsError as error:
        raise RefusedError(ReasonCode.TARGET_APPEARED, target=target, part=part) from error
    except OSError as error:
        raise DestinationError(
            ReasonCode.PUBLISH_FAILED, target=target, part=part, reason=error.strerror
        ) from error


def make_name_durable(target: Path) -> None:
    """Let the name that `target` has survive a power cut; raises DestinationError."""
    with turned_errors(target):
        sync_folder(target.parent)


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
    """Give a file or folder the name `target`; raises FileExistsError when there is one, else OSError."""
    *ways, last = _ways(sys.platform, is_folder=part.is_dir())
    for way in ways:
        try:
            way(part, target)
        except OSError as error:
            if error.errno not in _NOT_HERE:
                raise
        else:
            return
    last(part, target)


Rename = Callable[[Path, Path], object]


def _ways(platform: str, *, is_folder: bool = False) -> tuple[Rename, ...]:
    """Return how something gets a name that nobody may have, the safest way first."""
    if platform == "win32":
        return (_rename,)  # refuses an existing target there
    if is_folder:
        return _rename_exclusively, _rename_folder
    return _rename_exclusively, _link, _claim_and_replace


def _rename(part: Path, target: Path) -> None:
    part.rename(target)


def _rename_folder(part: Path, target: Path) -> None:
    """Rename a folder; no file loses its name to one, and of folders an empty one only."""
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    part.rename(target)


def _replace(part: Path, target: Path) -> None:
    part.replace(target)


def _rename_exclusively(part: Path, target: Path) -> None:
    """Rename in one step; an OSError of ENOSYS says that the system's library has no such call."""
    library = ctypes.CDLL(None, use_errno=True)
    old, new = os.fsencode(part), os.fsencode(target)
    try:
        if sys.platform == "darwin":
            failed = library.renamex_np(old, new, ctypes.c_uint(_RENAME_EXCL))
        else:
            failed = library.renameat2(_AT_FDCWD, old, _AT_FDCWD, new, ctypes.c_uint(_RENAME_NOREPLACE))
    except AttributeError as error:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), str(target)) from error
    if failed:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), str(target))


def _link(part: Path, target: Path) -> None:
    """Give it the second name, then take the first one away: NFS has links, but no exclusive rename.

    Killed in between, both names stand for the same whole file. Of a published one the next run finds the
    target's digest right; a part file that was only to be called otherwise is refused until one name is gone.
    """
    os.link(part, target)
    part.unlink()


def _claim_and_replace(part: Path, target: Path) -> None:
    """Take the name with an empty file, then replace that one: where the system has neither of the others.

    Killed in between, an empty file has the name; the job is not done then, and the next run asks.
    """
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        part.replace(target)
    except OSError:
        target.unlink()
        raise


def _patiently(rename: Rename, part: Path, target: Path) -> None:
    """Rename; as long as somebody has a file open that Windows will not touch then, again and again."""
    end = time.monotonic() + RETRY_SECONDS
    while True:
        try:
            rename(part, target)
        except OSError as error:
            if getattr(error, "winerror", None) not in _MOMENTARY or time.monotonic() >= end:
                raise
            time.sleep(PAUSE_SECONDS)
        else:
            return

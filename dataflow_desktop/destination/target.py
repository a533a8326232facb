"""The user's file: whether an export may become it, asked before anything is written."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dataflow_desktop.domain.file_names import number_in
from dataflow_desktop.domain.file_stamp import FileStamp
from dataflow_desktop.errors import DestinationError, ReasonCode, RefusedError
from dataflow_desktop.phrases import Phrase

SIDE_FILES = ("-journal", "-wal", "-shm")
"""What SQLite adds to the name of a database: https://www.sqlite.org/tempfiles.html."""


def absolute_target(path: Path) -> Path:
    """Return the one absolute name of a target, however its folder was spelled; raises DestinationError."""
    with _turned_errors(path):
        if not path.name:
            raise ValueError("it names no file")
        if "\0" in path.name:
            raise ValueError("it has a NUL in it")
        path.name.encode()  # what is no text cannot be recorded either
        return path.expanduser().absolute().parent.resolve() / path.name


def check_target(target: Path, *, is_overwrite_allowed: bool) -> None:
    """Raise DestinationError or RefusedError unless an export may become `target`; touches nothing."""
    with _turned_errors(target):
        if target.parent.is_file():
            raise DestinationError(
                ReasonCode.FOLDER_NOT_WRITABLE, folder=target.parent, reason=Phrase.IS_FILE
            )
        if not target.parent.is_dir():
            raise DestinationError(ReasonCode.FOLDER_MISSING, folder=target.parent)
        if not _exists(target):
            return
        if not target.is_file():
            raise DestinationError(ReasonCode.TARGET_NOT_A_FILE, target=target)
        if not is_overwrite_allowed:
            raise RefusedError(ReasonCode.TARGET_EXISTS, target=target)


def stamp_of(target: Path) -> FileStamp | None:
    """Return the stamp of the file at `target`, None where there is none; raises DestinationError."""
    with _turned_errors(target):
        try:
            status = target.stat()
        except FileNotFoundError:
            return None
        return FileStamp(status.st_size, status.st_mtime_ns)


def discard_exported(path: Path) -> None:
    """Remove a file that an export made, for a later one takes its place; raises DestinationError."""
    with _turned_errors(path):
        path.unlink(missing_ok=True)


def numbered_files(target: Path) -> dict[int, Path]:
    """Return what stands where the files of an export to `target` would that is split, by their numbers.

    Raises DestinationError.
    """
    with _turned_errors(target):
        found = ((number_in(target.name, path.name), path) for path in sorted(target.parent.iterdir()))
        return {number: path for number, path in found if number is not None}


def check_is_not_a_database(target: Path, database: Path) -> None:
    """Raise RefusedError when `target` is the SQLite file `database`, or one that SQLite keeps beside it."""
    with _turned_errors(target):
        beside = {database.name + suffix for suffix in SIDE_FILES}
        is_beside = target.parent == database.parent.resolve() and target.name in beside
        if is_beside or (target.exists() and target.samefile(database)):
            raise RefusedError(ReasonCode.TARGET_IS_SOURCE, target=target)


def _exists(target: Path) -> bool:
    try:
        target.lstat()
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:  # said now, and not when all rows are written
            raise
        return False
    return True


@contextmanager
def _turned_errors(target: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError, RuntimeError) as error:
        raise DestinationError(ReasonCode.FILE_NAME_UNUSABLE, target=target, reason=error) from error

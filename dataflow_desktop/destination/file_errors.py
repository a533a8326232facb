"""What the system says of a file, turned into our errors."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dataflow_desktop.errors import DestinationError, ReasonCode

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextmanager
def errors_of_creating(path: Path) -> Iterator[None]:
    """Turn every OSError inside into DestinationError: no room, no folder, or one that takes no file."""
    try:
        with turned_errors(path, ReasonCode.FOLDER_NOT_WRITABLE):
            yield
    except DestinationError as error:
        if isinstance(error.__cause__, FileNotFoundError) and not path.parent.is_dir():
            # A stick pulled out, a share not mounted: it may come back.
            raise DestinationError(ReasonCode.FOLDER_MISSING, folder=path.parent) from error
        raise


@contextmanager
def turned_errors(path: Path, code: ReasonCode = ReasonCode.WRITE_FAILED) -> Iterator[None]:
    """Turn every OSError inside into DestinationError: no room, or else `code`."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise DestinationError(ReasonCode.DISK_FULL, file=path) from error
        raise DestinationError(code, file=path, folder=path.parent, reason=error.strerror) from error

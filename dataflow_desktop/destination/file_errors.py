"""What the system says of a file, turned into our errors."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dataflow_desktop.errors import DestinationError, ReasonCode

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextmanager
def turned_errors(path: Path, code: ReasonCode = ReasonCode.WRITE_FAILED) -> Iterator[None]:
    """Turn every OSError inside into DestinationError: no room, or else `code`."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise DestinationError(ReasonCode.DISK_FULL, file=path) from error
        raise DestinationError(code, file=path, folder=path.parent, reason=error.strerror) from error

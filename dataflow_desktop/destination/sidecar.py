"""The sidecar of a part file: lines of text beside it, enough to go on when the job store is lost.

Every line carries a checksum. Lines are appended without a sync: one lost to a power cut costs work, for an
older one stands before it, and what a line says of the part file is verified anyway.
"""

import os
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Self

from dataflow_desktop.destination.durable import sync_folder
from dataflow_desktop.destination.file_errors import errors_of_creating, turned_errors
from dataflow_desktop.destination.part_names import sidecar_of
from dataflow_desktop.destination.writing import SAFE_FLAGS, write_all, write_durably
from dataflow_desktop.errors import ReasonCode, RefusedError


class Sidecar:
    """An open sidecar, to which lines are appended."""

    def __init__(self, path: Path, descriptor: int) -> None:
        """Take over `descriptor`; use `begin` instead."""
        self._path = path
        self._descriptor = descriptor

    @classmethod
    def begin(cls, path: Path, lines: Sequence[str]) -> Self:
        """Let the sidecar at `path` have these lines, all or none; raises DestinationError."""
        with errors_of_creating(path):
            _put(path, b"".join(map(_line, lines)))
            # Opened anew, for Windows does not rename a file that is open.
            return cls(path, os.open(path, os.O_WRONLY | os.O_APPEND | SAFE_FLAGS))

    def append(self, line: str) -> None:
        """Add a line; raises DestinationError."""
        with turned_errors(self._path):
            write_all(self._descriptor, _line(line))

    def close(self) -> None:
        """Close the file."""
        os.close(self._descriptor)


def read_sidecar(part: Path) -> list[str]:
    """Return the lines of the sidecar of `part`, which may be given itself, up to the first broken one.

    Raises RefusedError when there is none, DestinationError when it cannot be read.
    """
    with turned_errors(part, ReasonCode.FILE_UNREADABLE):
        path = sidecar_of(part)
        lines = list(_intact(path.read_bytes())) if path is not None else []
    if not lines:
        raise RefusedError(ReasonCode.PART_UNKNOWN, part=part)
    return lines


def discard_sidecar(path: Path) -> None:
    """Remove the sidecar at `path`, if there is one; raises DestinationError."""
    with turned_errors(path):
        for left in (path, _unfinished(path)):
            left.unlink(missing_ok=True)


def _put(path: Path, content: bytes) -> None:
    """Let a durable file of this content stand at `path`, or leave all as it is; raises OSError."""
    new = _unfinished(path)
    write_durably(new, content, 0o600)
    try:
        new.replace(path)
        sync_folder(path.parent)
    except OSError:
        with suppress(OSError):
            new.unlink()
        raise


def _unfinished(path: Path) -> Path:
    return path.with_suffix(".new")  # no longer than the name it will have


def _line(text: str) -> bytes:
    raw = text.encode()
    return b"%08x %s\n" % (zlib.crc32(raw), raw)


def _intact(raw: bytes) -> Iterator[str]:
    for line in raw.split(b"\n")[:-1]:
        checksum, _, text = line.partition(b" ")
        if checksum != b"%08x" % zlib.crc32(text):
            return
        yield text.decode()

"""Reading a whole file block by block."""

from collections.abc import Iterator
from pathlib import Path

from dataflow_desktop.destination.file_errors import turned_errors
from dataflow_desktop.errors import ReasonCode

READ_BYTES = 1 << 20
"""One read: large enough that hashing, not the calls, takes the time, and a stop is answered between two."""


def blocks_of(path: Path) -> Iterator[bytes]:
    """Yield the file at `path` block by block; raises DestinationError."""
    with turned_errors(path, ReasonCode.FILE_UNREADABLE), path.open("rb") as file:
        while block := file.read(READ_BYTES):
            yield block

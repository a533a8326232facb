"""Room on the disk of a folder, and how much of it an export leaves alone."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from dataflow_desktop.destination.file_errors import turned_errors
from dataflow_desktop.errors import DestinationError, ReasonCode

MOST_RESERVED_BYTES = 100_000_000
"""What the system and other programs need to go on for a while: logs, a swap file, a saved document."""

RESERVED_SHARE = 100
"""On a small disk one byte in so many is left alone."""


@dataclass(frozen=True)
class Room:
    """Bytes that are free on a disk, and how many of them an export leaves alone.

    `free` is None where the file system does not tell, as some of networks: only a write finds out there.
    """

    free: int | None
    reserved: int

    def is_enough_for(self, size: int) -> bool:
        """Whether so many bytes can be written without touching what is reserved, as far as is known."""
        return self.free is None or self.free - size >= self.reserved


def room_in(folder: Path) -> Room:
    """Return the room for files in `folder`; raises DestinationError."""
    if not folder.is_dir():
        raise DestinationError(ReasonCode.FOLDER_MISSING, folder=folder)
    with turned_errors(folder, ReasonCode.FOLDER_NOT_WRITABLE):
        usage = shutil.disk_usage(folder)
    free = usage.free if usage.total else None
    return Room(free, min(MOST_RESERVED_BYTES, usage.total // RESERVED_SHARE))


def check_room(folder: Path, size: int) -> None:
    """Raise DestinationError when there is no room for so many more bytes in `folder`."""
    room = room_in(folder)
    if not room.is_enough_for(size):
        raise DestinationError(
            ReasonCode.DISK_NEARLY_FULL,
            folder=folder,
            free=f"{room.free:,}",
            reserved=f"{room.reserved:,}",
        )

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
    """Bytes that a disk says are free, of how many it has in all."""

    free: int
    total: int

    @property
    def is_known(self) -> bool:
        """Whether the disk says anything: of 0 bytes in all nothing can be free, and yet files may go there.

        Some file systems in user space and some network folders answer so; a write will tell.
        """
        return self.total > 0

    @property
    def reserved(self) -> int:
        """How many bytes an export leaves alone."""
        return min(MOST_RESERVED_BYTES, self.total // RESERVED_SHARE)

    def is_enough_for(self, size: int) -> bool:
        """Whether so many bytes can be written, for all that is known, without touching what is reserved."""
        return not self.is_known or self.free - size >= self.reserved


def room_in(folder: Path) -> Room:
    """Return the room for files in `folder`; raises DestinationError."""
    if not folder.is_dir():
        raise DestinationError(ReasonCode.FOLDER_MISSING, folder=folder)
    with turned_errors(folder, ReasonCode.FOLDER_NOT_WRITABLE):
        usage = shutil.disk_usage(folder)
    return Room(usage.free, usage.total)


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

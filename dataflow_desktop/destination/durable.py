"""How this system makes a file, or a name in a folder, survive a power cut."""

import os
import sys
from pathlib import Path

if sys.platform == "darwin":
    import fcntl

    def sync_file(descriptor: int) -> None:
        """Return when the file's bytes are on the disk itself."""
        # fsync stops at the drive's cache there: https://developer.apple.com/library/archive/documentation/System/Conceptual/ManPages_iPhoneOS/man2/fsync.2.html
        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)

else:

    def sync_file(descriptor: int) -> None:
        """Return when the file's bytes are on the disk itself."""
        os.fsync(descriptor)


def sync_folder(folder: Path) -> None:
    """Return when names created, renamed or removed in `folder` are durable."""
    if sys.platform == "win32":
        return  # NTFS journals names by itself, and folders cannot be opened there
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

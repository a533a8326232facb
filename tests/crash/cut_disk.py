"""An ext4 file system of its own, which can lose its power and come back with what was durable."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

DISK_BYTES = 64 << 20
"""Sparse: it takes the room of what is written."""

MOUNT_OPTIONS = "loop,commit=900,noauto_da_alloc"
"""Without these, ext4 hides a missing sync: it commits its journal every five seconds by itself, and writes a
file out at its close that was once cut to nothing, as every part file is when its first run begins."""


@dataclass(frozen=True)
class CutDisk:
    """A file system in the file `image`, mounted at `folder`."""

    image: Path
    folder: Path

    def mount(self) -> None:
        """Mount it; the journal is replayed, as at the first start after a power cut."""
        subprocess.run(["mount", "-o", MOUNT_OPTIONS, str(self.image), str(self.folder)], check=True)

    def unmount(self) -> None:
        """Unmount it; the loop device goes with the mount."""
        subprocess.run(["umount", str(self.folder)], check=True)

    def come_back(self) -> None:
        """Drop all that is in memory, and show what was durable."""
        self.unmount()
        self.mount()

    def discard(self) -> None:
        """Take it off this machine whatever a failed test left open there."""
        if os.path.ismount(self.folder):
            subprocess.run(["umount", "--lazy", str(self.folder)], check=True)
        self.image.unlink()


@contextmanager
def cut_disk(place: Path) -> Iterator[CutDisk]:
    """Make an empty disk below `place`, mounted until the block ends, however it ends."""
    disk = CutDisk(place / "disk.img", place / "disk")
    disk.folder.mkdir(parents=True)
    with disk.image.open("wb") as image:
        image.truncate(DISK_BYTES)
    # As a large disk would be made: 4 KiB blocks, all else by default.
    subprocess.run(["mkfs.ext4", "-q", "-F", "-b", "4096", str(disk.image)], check=True)
    try:
        disk.mount()
        yield disk
    finally:
        disk.discard()

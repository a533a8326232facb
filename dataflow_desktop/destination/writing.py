"""Writing all of some bytes, and a small file as a whole."""

import os
from contextlib import suppress
from pathlib import Path

from dataflow_desktop.destination.durable import sync_file

SAFE_FLAGS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
"""No link is followed, no other program gets the file, and Windows changes no line ending."""


def write_all(descriptor: int, data: bytes | bytearray | memoryview) -> None:
    """Write `data`, however many calls the system needs for it; raises OSError."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def write_durably(path: Path, content: bytes, mode: int) -> None:
    """Let the file at `path`, made with `mode`, have this content durably, or be gone; raises OSError.

    Its name is not durable yet, for it is to get another one.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | SAFE_FLAGS, mode)
    try:
        try:
            write_all(descriptor, content)
            sync_file(descriptor)
        finally:
            os.close(descriptor)
    except OSError:
        with suppress(OSError):
            path.unlink()
        raise

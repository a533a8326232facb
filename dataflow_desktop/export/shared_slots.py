"""Memory that owner and reader process both see: a chunk's bytes stand in a slot, and no process copies them.

Where a system cannot hand an open file to a new process there are no slots, and chunks go through the pipe.
"""

import mmap
import os
import sys
from contextlib import suppress
from typing import Self

SLOTS = 32
"""As many chunks may wait for the owner; a filter makes small ones."""

SLOT_BYTES = 4_500_000
"""Room for a chunk half as large again as usual; what is never written takes no memory. Larger chunks go
through the pipe."""


class SharedSlots:
    """SLOTS slots of SLOT_BYTES each, in no folder; gone with the last process that has them."""

    def __init__(self, descriptor: int) -> None:
        """Take over `descriptor`, of the file of another's slots; use `create` to make new ones."""
        self.descriptor = descriptor
        self._memory = memoryview(mmap.mmap(descriptor, SLOTS * SLOT_BYTES))

    @classmethod
    def create(cls) -> Self | None:
        """Return new slots, None where processes cannot share them, or the system has no room for them."""
        if sys.platform == "win32":
            return None
        with suppress(OSError):
            descriptor = _nameless_file()
            try:
                os.ftruncate(descriptor, SLOTS * SLOT_BYTES)
                return cls(descriptor)
            except OSError:
                os.close(descriptor)
        return None

    def view(self, slot: int, length: int = SLOT_BYTES) -> memoryview:
        """Return the first `length` bytes of a slot."""
        begin = slot * SLOT_BYTES
        return self._memory[begin : begin + length]

    def close_file(self) -> None:
        """Close the file once it is handed on; the memory goes with this object and the views of it."""
        os.close(self.descriptor)


def _nameless_file() -> int:
    if hasattr(os, "memfd_create"):
        return os.memfd_create("chunks")
    import tempfile

    descriptor, path = tempfile.mkstemp()
    os.unlink(path)  # noqa: PTH108 - mkstemp gives a plain path
    return descriptor

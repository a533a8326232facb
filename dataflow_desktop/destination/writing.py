"""Writing all of some bytes."""

import os


def write_all(descriptor: int, data: bytes | bytearray | memoryview) -> None:
    """Write `data`, however many calls the system needs for it; raises OSError."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]

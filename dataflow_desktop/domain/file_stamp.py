"""What shows that a file was not changed, short of reading it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FileStamp:
    """Size in bytes and time of the last change, in nanoseconds since 1970."""

    size: int
    modified_ns: int

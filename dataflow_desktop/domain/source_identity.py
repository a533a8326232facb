"""What tells a database file from another one that gets its name."""

from dataclasses import dataclass, field

from dataflow_desktop.domain.keyset import Keyset


@dataclass(frozen=True)
class FileIdentity:
    """The file system's number for a file, which a new file may get again, and when it was made.

    `born_ns` counts nanoseconds since 1970. Either is None where the file system does not tell.
    """

    number: int | None = None
    born_ns: int | None = None

    def may_be(self, other: "FileIdentity") -> bool:
        """Whether nothing that both tell speaks against one and the same file."""
        pairs = ((self.number, other.number), (self.born_ns, other.born_ns))
        return all(mine == others for mine, others in pairs if None not in {mine, others})


@dataclass(frozen=True)
class RowMark:
    """One row as it was: its key, and a digest of what stood in it."""

    keyset: Keyset
    digest: str


@dataclass(frozen=True)
class SourceIdentity:
    """The file a job was made for, and some of the rows that it reads, from both ends of the table."""

    file: FileIdentity = field(default_factory=FileIdentity)
    marks: tuple[RowMark, ...] = ()

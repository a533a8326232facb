"""What tells a database from another one that gets its name."""

from dataclasses import dataclass, field

from dataflow_desktop.domain.keyset import Keyset


@dataclass(frozen=True)
class DatabaseIdentity:
    """What the file system tells of a database's file, or a server of itself and the database.

    `number` is the file system's, which a new file may get again; `born_ns` counts nanoseconds since 1970.
    Each is None where nobody tells.
    """

    number: int | None = None
    born_ns: int | None = None
    server: str | None = None

    def may_be(self, other: "DatabaseIdentity") -> bool:
        """Whether nothing that both tell speaks against one and the same database."""
        pairs = (
            (self.number, other.number),
            (self.born_ns, other.born_ns),
            (self.server, other.server),
        )
        return all(mine == others for mine, others in pairs if None not in {mine, others})


@dataclass(frozen=True)
class RowMark:
    """One row as it was: its key, and a digest of what stood in it."""

    keyset: Keyset
    digest: str


@dataclass(frozen=True)
class SourceIdentity:
    """The database a job was made for, and some of the rows that it reads, from both ends of the table."""

    file: DatabaseIdentity = field(default_factory=DatabaseIdentity)
    marks: tuple[RowMark, ...] = ()

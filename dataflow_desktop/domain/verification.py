"""What a file is, compared with what was exported."""

from dataclasses import dataclass
from pathlib import Path

from dataflow_desktop.domain.manifest import ExportedFile


@dataclass(frozen=True)
class Proof:
    """What a file must be, and who says so: the `manifest`, or without one the record of its export."""

    file: ExportedFile
    finished: str | None
    manifest: Path | None = None

    def is_of(self, comparison: "Comparison") -> bool:
        """Whether the compared file is just what this proves."""
        return (self.file.bytes, self.file.sha256) == (comparison.bytes, comparison.sha256)


@dataclass(frozen=True)
class ByteRange:
    """Bytes of a file from `first` to `last`, both of them included; the first byte of all is 0."""

    first: int
    last: int


@dataclass(frozen=True)
class Comparison:
    """What a file is: its bytes and SHA-256, and where it is not what it was.

    `differing` is None where the proof does not tell pieces. What is missing at the end differs too; what was
    added there does not count among them.
    """

    bytes: int
    sha256: str
    is_equal: bool
    differing: tuple[ByteRange, ...] | None = ()


@dataclass(frozen=True)
class Verdict:
    """Whether the file at `path` is what was exported.

    `proof` is None where no export is known to have written it, `comparison` where nothing was compared.
    `other` is the record of another export, where the file is just what that one wrote.
    """

    path: Path
    is_there: bool
    proof: Proof | None = None
    comparison: Comparison | None = None
    other: Proof | None = None

    @property
    def is_equal(self) -> bool:
        """Whether every byte is as it was."""
        return self.comparison is not None and self.comparison.is_equal

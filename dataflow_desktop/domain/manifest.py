"""What was exported, and the proof of it: digests of each file, whole and in pieces."""

from collections.abc import Iterator
from dataclasses import dataclass

from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.job import SourceChanged
from dataflow_desktop.domain.schema import Column

PIECE_BYTES = 16 * 1024 * 1024
"""A changed byte is named by the piece it is in; the digests of 160 GB are 10,000 lines of text then."""


@dataclass(frozen=True)
class Piece:
    """A stretch of a file: where it begins, its bytes and their SHA-256."""

    offset: int
    bytes: int
    sha256: str


@dataclass(frozen=True)
class PieceDigests:
    """The SHA-256 of each piece of a file in turn; all are of `piece_bytes`, but for the last."""

    piece_bytes: int
    digests: tuple[str, ...]

    def pieces(self, size: int) -> Iterator[Piece]:
        """Yield the pieces of a file of `size` bytes."""
        for number, digest in enumerate(self.digests):
            offset = number * self.piece_bytes
            yield Piece(offset, min(self.piece_bytes, size - offset), digest)


@dataclass(frozen=True)
class ExportedFile:
    """One file of an export; `pieces` is None where an older version of the program wrote it."""

    name: str
    rows: int
    bytes: int
    sha256: str
    pieces: PieceDigests | None = None


@dataclass(frozen=True)
class ExportedColumn:
    """A column of the source, its name in the file, and its type there where the format has types."""

    column: Column
    name: str
    file_type: str | None = None


@dataclass(frozen=True)
class Manifest:
    """Everything that tells what an export is and how it came to be.

    `program` and `encoder` are the versions that wrote it. Times are ISO 8601 in UTC, those of the job:
    `finished` is when its last byte was durable. `resumes` counts how often it was taken up again.
    """

    program: str
    encoder: str
    spec: ExportSpec
    columns: tuple[ExportedColumn, ...]
    files: tuple[ExportedFile, ...]
    started: str
    finished: str | None
    resumes: int
    source_changed: SourceChanged

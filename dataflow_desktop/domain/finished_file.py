"""Files of an export that have their last byte, and the digests that prove them: whole and in pieces."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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
class SavedFile:
    """What an unfinished file must begin with: so many bytes, and their SHA-256 in hex."""

    bytes: int
    digest: str


@dataclass(frozen=True)
class FinishedFile:
    """A file of an export that has its last byte, durably.

    `pieces` are the digests of stretches of it, None where an older version of the program wrote it.
    """

    rows: int
    bytes: int
    sha256: str
    pieces: PieceDigests | None = None

    @property
    def saved(self) -> SavedFile:
        """What it was when it was finished."""
        return SavedFile(self.bytes, self.sha256)


@dataclass(frozen=True)
class WholeFile:
    """Rows, bytes and SHA-256 of an export that has written its last byte, and into how many files."""

    rows: int
    bytes: int
    sha256: str
    files: int = 1


def whole_of(files: Sequence[FinishedFile], *, is_split: bool) -> WholeFile:
    """Return what an export is in all whose files are these, in order.

    The SHA-256 of numbered files is that of theirs in hex, each with a line feed behind it.
    """
    rows, size = sum(file.rows for file in files), sum(file.bytes for file in files)
    if not is_split:
        return WholeFile(rows, size, files[0].sha256)
    listed = "".join(f"{file.sha256}\n" for file in files)
    return WholeFile(rows, size, hashlib.sha256(listed.encode()).hexdigest(), len(files))

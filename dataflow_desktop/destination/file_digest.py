"""The SHA-256 of a file that grows at its end, and that of each of its pieces."""

import hashlib

from dataflow_desktop.domain.finished_file import PIECE_BYTES, PieceDigests


class PieceDigester:
    """Digests each piece of what it is given, however that comes."""

    def __init__(self, piece_bytes: int = PIECE_BYTES) -> None:
        self._piece_bytes = piece_bytes
        self._whole_pieces: list[str] = []
        self._digest = hashlib.sha256()
        self._size = 0

    @property
    def pieces(self) -> PieceDigests:
        """The digests so far; the last piece may be a short one."""
        last = [self._digest.hexdigest()] if self._size else []
        return PieceDigests(self._piece_bytes, (*self._whole_pieces, *last))

    def update(self, data: bytes | bytearray | memoryview) -> None:
        """Take what comes next."""
        rest = memoryview(data)
        while rest:
            taken = rest[: self._piece_bytes - self._size]
            self._digest.update(taken)
            self._size += len(taken)
            rest = rest[len(taken) :]
            if self._size == self._piece_bytes:
                self._whole_pieces.append(self._digest.hexdigest())
                self._digest, self._size = hashlib.sha256(), 0


class FileDigest:
    """Both digests; each may be brought forward in a thread of its own."""

    def __init__(self) -> None:
        self.whole = hashlib.sha256()
        self.pieces = PieceDigester()

    def update(self, data: bytes | bytearray | memoryview) -> None:
        """Take what comes next."""
        self.whole.update(data)
        self.pieces.update(data)

    def hexdigest(self) -> str:
        """Return the SHA-256 of all of it."""
        return self.whole.hexdigest()

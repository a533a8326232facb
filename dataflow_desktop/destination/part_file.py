"""The unfinished file beside the target: appended, made durable, cut back and verified."""

import errno
import hashlib
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from dataflow_desktop.destination.durable import sync_file, sync_folder
from dataflow_desktop.destination.file_digest import FileDigest
from dataflow_desktop.destination.file_errors import errors_of_creating, turned_errors
from dataflow_desktop.destination.file_reading import READ_BYTES
from dataflow_desktop.destination.job_lock import try_lock
from dataflow_desktop.destination.publishing import publish, rename_without_overwriting
from dataflow_desktop.destination.writing import SAFE_FLAGS, write_all
from dataflow_desktop.domain.finished_file import PieceDigests
from dataflow_desktop.errors import DestinationError, ReasonCode, RefusedError

WRITE_OUT_BYTES = 64_000_000
"""After so many the system begins to bring them to the disk, so that a checkpoint has less to wait for."""

_FLAGS = os.O_RDWR | SAFE_FLAGS

_WITHOUT_WAITING = getattr(os, "O_NONBLOCK", 0)
"""A FIFO in the place of the file is opened at once, and found out."""


class PartFile:
    """An open part file: all bytes so far, their number and their SHA-256.

    Bytes appended are durable only after `make_durable`. After any error it must be closed and opened again,
    for the system may have dropped what it could not write: never sync the same bytes twice.
    """

    def __init__(self, path: Path, descriptor: int) -> None:
        """Take over `descriptor`; use `create` or `reopen` instead."""
        self.path = path
        self._descriptor = descriptor
        self._size = 0
        self._digest = FileDigest()
        self._helpers = ThreadPoolExecutor(3, "part file")
        self._writing_out: Future[None] | None = None
        self._size_written_out = 0
        self._is_closed = False

    @classmethod
    def create(cls, path: Path) -> "PartFile":
        """Create an empty part file, its owner's only, its name durable; raises DestinationError."""
        with errors_of_creating(path):
            descriptor = os.open(path, _FLAGS | os.O_CREAT | os.O_EXCL, 0o600)
            try:
                _lock(path, descriptor)
                sync_folder(path.parent)
            except (OSError, RefusedError):
                os.close(descriptor)
                path.unlink()
                raise
        return cls(path, descriptor)

    @classmethod
    def reopen(cls, path: Path) -> "PartFile":
        """Open the part file as it stands, to be cut back; raises RefusedError when it is not ours."""
        try:
            descriptor = os.open(path, _FLAGS | _WITHOUT_WAITING)
        except FileNotFoundError as error:
            if not path.parent.is_dir():  # a stick pulled out, a share not mounted: it may come back
                raise DestinationError(ReasonCode.FOLDER_MISSING, folder=path.parent) from error
            raise RefusedError(ReasonCode.PART_MISSING, part=path) from error
        except OSError as error:
            if error.errno in {errno.ELOOP, errno.ENXIO, errno.EISDIR}:
                raise RefusedError(ReasonCode.PART_NOT_A_FILE, part=path) from error
            raise DestinationError(ReasonCode.WRITE_FAILED, file=path, reason=error.strerror) from error
        try:
            _check_is_file(path, descriptor)
            _lock(path, descriptor)
        except RefusedError:
            os.close(descriptor)
            raise
        return cls(path, descriptor)

    @property
    def size(self) -> int:
        """Bytes that belong to the file so far."""
        return self._size

    @property
    def digest(self) -> str:
        """SHA-256 of those bytes, in hex."""
        return self._digest.hexdigest()

    @property
    def pieces(self) -> PieceDigests:
        """SHA-256 of each piece of them."""
        return self._digest.pieces.pieces

    def append(self, data: bytes | bytearray | memoryview) -> None:
        """Write `data` at the end; raises DestinationError."""
        with turned_errors(self.path):
            digests = (self._digest.whole, self._digest.pieces)
            digesting = [self._helpers.submit(digest.update, data) for digest in digests]
            try:
                os.lseek(self._descriptor, self._size, os.SEEK_SET)
                write_all(self._descriptor, data)
            finally:
                for done in digesting:
                    done.result()
            self._size += len(data)
            self._write_out()

    def make_durable(self) -> None:
        """Return when all bytes appended survive a power cut; raises DestinationError."""
        with turned_errors(self.path):
            if self._writing_out is not None:
                self._writing_out.result()
            sync_file(self._descriptor)
        self._size_written_out = self._size

    def cut_back(self, size: int, digest: str) -> None:
        """Go back to the first `size` bytes, which must have `digest`; what lies beyond is cut off.

        Raises RefusedError, the file untouched, when it is shorter or its beginning is another.
        """
        verified = self.verify(size, digest)
        with turned_errors(self.path):
            os.ftruncate(self._descriptor, size)
        self._digest = verified
        self._size = self._size_written_out = size

    def check_size(self, size: int) -> None:
        """Raise RefusedError when the file has fewer than `size` bytes."""
        with turned_errors(self.path):
            present = os.fstat(self._descriptor).st_size
        if present < size:
            raise RefusedError(ReasonCode.PART_TOO_SHORT, part=self.path, size=present, expected=size)

    def verify(self, size: int, digest: str) -> FileDigest:
        """Return the running digest of the first `size` bytes; raises RefusedError unless it is `digest`."""
        self.check_size(size)
        with turned_errors(self.path):
            verified = FileDigest()
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            self._add_to(verified, size)
        if verified.hexdigest() != digest:
            raise RefusedError(ReasonCode.PART_CHANGED, part=self.path)
        return verified

    def blocks(self, size: int) -> Iterator[bytes]:
        """Yield the first `size` bytes piece by piece; raises DestinationError."""
        with turned_errors(self.path):
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            while size and (block := os.read(self._descriptor, min(size, READ_BYTES))):
                yield block
                size -= len(block)

    def start_over(self) -> None:
        """Cut off everything: nothing of it was ever promised."""
        with turned_errors(self.path):
            os.ftruncate(self._descriptor, 0)

    def make_public(self) -> None:
        """Give the file the permissions that any new file would get here; raises DestinationError."""
        if sys.platform != "win32":
            with turned_errors(self.path):
                os.fchmod(self._descriptor, 0o666 & ~_umask())

    def publish(self, target: Path, *, is_overwrite_allowed: bool) -> None:
        """Give the file, whole and durable, the name `target`; raises as `publishing.publish` does.

        It stays open meanwhile, so that nobody else opens it to write. Not so on Windows, where an open file
        keeps its name, and where the job's own lock cannot be removed from under its owner.
        """
        if sys.platform == "win32":
            self.close()
        publish(self.path, target, is_overwrite_allowed=is_overwrite_allowed)

    def read(self, offset: int, length: int) -> bytes:
        """Return so many bytes from `offset` on; raises DestinationError when they are gone."""
        with turned_errors(self.path):
            pieces = []
            while length:
                os.lseek(self._descriptor, offset, os.SEEK_SET)
                piece = os.read(self._descriptor, length)
                if not piece:
                    raise OSError(errno.EIO, "the file has become shorter")
                pieces.append(piece)
                offset, length = offset + len(piece), length - len(piece)
            return b"".join(pieces)

    def close(self) -> None:
        """Close the file, unless it is closed; what was made durable stays."""
        if not self._is_closed:
            self._is_closed = True
            self._helpers.shutdown()
            os.close(self._descriptor)

    def _write_out(self) -> None:
        """Begin to bring many new bytes to the disk; raises OSError when those before could not be brought.

        The system reports such an error once only: whoever does not ask for it takes the bytes for durable.
        """
        if self._writing_out is not None and self._writing_out.done():
            self._writing_out.result()
            self._writing_out = None
        if self._writing_out is None and self._size - self._size_written_out >= WRITE_OUT_BYTES:
            self._size_written_out = self._size
            self._writing_out = self._helpers.submit(os.fsync, self._descriptor)

    def prefix_digests(self, sizes: Iterable[int]) -> dict[int, str]:
        """Return the SHA-256 (hex) of the first so many bytes, for each of `sizes` that the file has.

        Raises DestinationError; the file is only read.
        """
        digest = hashlib.sha256()
        digests = {}
        position = 0
        with turned_errors(self.path):
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            for size in sorted(sizes):
                if self._add_to(digest, size - position):
                    break  # the file is shorter
                position = size
                digests[size] = digest.hexdigest()
        return digests

    def _add_to(self, digest: "hashlib._Hash | FileDigest", size: int) -> int:
        """Add the next `size` bytes to `digest`; return how many of them are missing."""
        while size and (block := os.read(self._descriptor, min(size, READ_BYTES))):
            digest.update(block)
            size -= len(block)
        return size


def check_not_in_use(path: Path) -> None:
    """Raise RefusedError when some process, this one too, has the part file or folder there open to write."""
    try:
        descriptor = lock_folder(path) if path.is_dir() else os.open(path, _FLAGS | _WITHOUT_WAITING)
    except OSError:
        return  # what is wrong with it, whoever opens it to write will say
    if descriptor is None:
        return
    try:
        _lock(path, descriptor)
    finally:
        os.close(descriptor)


def lock_folder(path: Path) -> int | None:
    """Keep others from writing in the folder at `path`, until what is returned is closed; raises OSError.

    Raises RefusedError when somebody writes there. None where folders cannot be locked, on Windows.
    """
    if sys.platform == "win32":
        return None
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        _lock(path, descriptor)
    except RefusedError:
        os.close(descriptor)
        raise
    return descriptor


def _check_is_file(path: Path, descriptor: int) -> None:
    """Raise RefusedError when it is no regular file, or has another name too."""
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode) or status.st_nlink > 1:
        raise RefusedError(ReasonCode.PART_NOT_A_FILE, part=path)


def _lock(path: Path, descriptor: int) -> None:
    """Keep others from writing too, until it is closed; raises RefusedError when somebody does.

    The job's own lock says the same, but a file of its own can be removed while its owner stands still.
    """
    if not try_lock(descriptor):
        raise RefusedError(ReasonCode.PART_IN_USE, part=path)


def rename_part(part: Path, name: Path) -> None:
    """Give a part file another name beside it, durably; raises RefusedError when somebody has that one."""
    with turned_errors(name):
        try:
            rename_without_overwriting(part, name)
        except FileExistsError as error:
            raise RefusedError(ReasonCode.TARGET_EXISTS, target=name) from error
        sync_folder(name.parent)


def discard_part(path: Path) -> None:
    """Remove the part file of a job that was given up, if it is there; raises DestinationError."""
    with turned_errors(path), suppress(FileNotFoundError):
        path.unlink()
        sync_folder(path.parent)


def _umask() -> int:
    # Asking means setting it for a moment. Nothing else of this program creates files at that moment that
    # anybody but their owner should read.
    umask = os.umask(0o077)
    os.umask(umask)
    return umask

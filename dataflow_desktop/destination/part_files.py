"""All that is written of an export: its part file, or of one that is split a folder of numbered ones."""

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from dataflow_desktop.destination.durable import sync_folder
from dataflow_desktop.destination.file_errors import errors_of_creating, turned_errors
from dataflow_desktop.destination.part_file import PartFile, discard_part, lock_folder
from dataflow_desktop.destination.part_names import part_path_for
from dataflow_desktop.destination.publishing import publish
from dataflow_desktop.domain.finished_file import SavedFile
from dataflow_desktop.domain.job import Job
from dataflow_desktop.errors import DataFlowError, ReasonCode, RefusedError


@dataclass(frozen=True)
class PartPlace:
    """Where what is written of an export stands: the part file at `path`, or a folder of several there."""

    path: Path
    is_split: bool

    def file(self, number: int) -> Path:
        """Return where the file `number` stands, from 1."""
        return self.path / f"{number:04}" if self.is_split else self.path


def part_place_for(target: Path, job: Job) -> PartPlace:
    """Return where the files of `job` stand while they are to become `target`."""
    return PartPlace(part_path_for(target, job.id), job.spec.options.is_split)


def part_place_of(job: Job) -> PartPlace:
    """Return where the files of `job` stand now."""
    return part_place_for(Path(job.spec.target), job)


class PartFiles:
    """The files of an export in their order; the last is open and grows, all before it are finished.

    One that is not split has a single one. What `PartFile` says of errors and durability counts here too.
    """

    def __init__(self, place: PartPlace, part: PartFile | None, lock: int | None = None) -> None:
        """Use `create` or `reopen` instead."""
        self.place = place
        self._part = part
        self._lock = lock
        self._number = 1

    @classmethod
    def create(cls, place: PartPlace) -> "PartFiles":
        """Create the first file, empty, its name durable; raises as `PartFile.create` does."""
        if not place.is_split:
            return cls(place, PartFile.create(place.path))
        with errors_of_creating(place.path):
            place.path.mkdir(mode=0o700)
            sync_folder(place.path.parent)
        with ExitStack() as when_it_fails:
            when_it_fails.callback(_discard_quietly, place)
            files = cls.reopen(place)
            when_it_fails.callback(files.close)
            files.start_over()
            when_it_fails.pop_all()
        return files

    @classmethod
    def reopen(cls, place: PartPlace) -> "PartFiles":
        """Open what stands there, to be cut back or started over; raises as `PartFile.reopen` does."""
        if not place.is_split:
            return cls(place, PartFile.reopen(place.path))
        with errors_of_creating(place.path):
            _check_is_folder(place.path)
            return cls(place, None, lock_folder(place.path))

    @property
    def current(self) -> PartFile:
        """The file that grows; there is one after `create`, `cut_back` and `start_over`."""
        if self._part is None:
            raise ValueError(self.place)
        return self._part

    @property
    def number(self) -> int:
        """The number of that file, from 1."""
        return self._number

    def begin_next(self) -> None:
        """Close the file that grows, which must be durable, and create the next; raises DestinationError."""
        if not self.place.is_split:
            raise ValueError(self.place)
        self.current.close()
        self._number += 1
        self._part = PartFile.create(self.place.file(self._number))

    def cut_back(self, saved: Sequence[SavedFile]) -> None:
        """Go back to what was `saved`, of one file or several; what lies beyond is cut off or removed.

        Raises RefusedError, with nothing touched, when one of them is missing, shorter or begins otherwise.
        """
        for number, file in enumerate(saved[:-1], 1):
            with self.opened(number) as part:
                part.verify(file.bytes, file.digest)
        self._open(len(saved))
        self.current.cut_back(saved[-1].bytes, saved[-1].digest)
        for number, file in enumerate(saved[:-1], 1):
            if self.place.file(number).stat().st_size != file.bytes:  # something was added to it
                with self.opened(number) as part:
                    part.cut_back(file.bytes, file.digest)
        self._remove_beyond(len(saved))

    def start_over(self) -> None:
        """Cut off everything: nothing of it was ever promised."""
        if not self.place.is_split:
            self.current.start_over()
            return
        self._close_current()
        self._remove_beyond(0)
        self._number = 1
        self._part = PartFile.create(self.place.file(1))

    def newest_intact(self, states: Sequence[Sequence[SavedFile]]) -> int | None:
        """Return which of `states` (newest first) the files still begin with; None where there is none.

        Raises DestinationError; the files are only read.
        """
        digests = {number: self._prefix_digests(number, sizes) for number, sizes in _sizes_in(states).items()}
        for place, state in enumerate(states):
            if all(digests[number].get(file.bytes) == file.digest for number, file in enumerate(state, 1)):
                return place
        return None

    @contextmanager
    def opened(self, number: int) -> Iterator[PartFile]:
        """Yield the file of that number, to be read or cut back; raises as `PartFile.reopen` does."""
        if self._part is not None and number == self._number:
            yield self._part
            return
        with closing(PartFile.reopen(self.place.file(number))) as part:
            yield part

    def publish(self, number: int, target: Path, *, is_overwrite_allowed: bool) -> None:
        """Give a file, whole and durable, the name `target`; raises as `PartFile.publish` does."""
        if self._part is not None and number == self._number:
            self._part.publish(target, is_overwrite_allowed=is_overwrite_allowed)
        else:
            publish(self.place.file(number), target, is_overwrite_allowed=is_overwrite_allowed)

    def close(self) -> None:
        """Close the file that grows, unless it is closed; what was made durable stays."""
        self._close_current()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _open(self, number: int) -> None:
        if self._part is None or number != self._number:
            self._close_current()
            self._part = PartFile.reopen(self.place.file(number))
            self._number = number

    def _close_current(self) -> None:
        if self._part is not None:
            self._part.close()

    def _remove_beyond(self, number: int) -> None:
        """Remove the files whose numbers are larger."""
        if not self.place.is_split:
            return
        with turned_errors(self.place.path):
            kept = {self.place.file(kept).name for kept in range(1, number + 1)}
            for path in self.place.path.iterdir():
                if path.name not in kept and path.name.isdecimal():
                    path.unlink()
            sync_folder(self.place.path)

    def _prefix_digests(self, number: int, sizes: set[int]) -> dict[int, str]:
        if self.place.is_split and not self.place.file(number).exists():
            return {}
        with self.opened(number) as part:
            return part.prefix_digests(sizes)


def _sizes_in(states: Sequence[Sequence[SavedFile]]) -> dict[int, set[int]]:
    sizes: dict[int, set[int]] = {}
    for state in states:
        for number, file in enumerate(state, 1):
            sizes.setdefault(number, set()).add(file.bytes)
    return sizes


def _check_is_folder(path: Path) -> None:
    """Raise RefusedError unless a folder, and no link to one, stands at `path`; OSError."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        mode = None
    if mode is None:
        PartFile.reopen(path).close()  # says what is missing: it, or the folder it was in
    elif not stat.S_ISDIR(mode):
        raise RefusedError(ReasonCode.PART_NOT_A_FILE, part=path)


def discard_parts(place: PartPlace) -> None:
    """Remove what stands there of an export that was given up or is done; raises DestinationError.

    A folder in which somebody has put a file of his own stays, with that.
    """
    if not place.is_split:
        discard_part(place.path)
        return
    with turned_errors(place.path), suppress(FileNotFoundError):
        if not stat.S_ISDIR(place.path.lstat().st_mode):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(place.path))
        for path in list(place.path.iterdir()):
            if path.name.isdecimal():
                path.unlink()
        with suppress(OSError):
            place.path.rmdir()
        sync_folder(place.path.parent)


def _discard_quietly(place: PartPlace) -> None:
    with suppress(DataFlowError):  # the error on its way says more
        discard_parts(place)

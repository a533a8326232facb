"""How far an export has come, durably."""

from collections.abc import Sequence
from dataclasses import dataclass

from dataflow_desktop.domain.finished_file import FinishedFile, SavedFile
from dataflow_desktop.domain.keyset import Keyset


@dataclass(frozen=True)
class Checkpoint:
    """A position whose data is durable: the last keyset written, rows, bytes and the SHA-256 of those bytes.

    `keyset` is None while no row that was read has been written; those of an old version may have been.
    `fingerprint` tells what the bytes were made from. Of an export to numbered files `rows` counts those of
    all files; bytes and digest are of the file number `file_number`, from 1, and all files before it have
    their last byte.
    """

    keyset: Keyset | None
    rows: int
    bytes: int
    digest: str
    fingerprint: str
    file_number: int = 1

    def saved_files(self, finished: Sequence[FinishedFile]) -> tuple[SavedFile, ...]:
        """Return what the files must begin with; `finished` are all that have their last byte."""
        before = finished[: self.file_number - 1]
        return (*(file.saved for file in before), SavedFile(self.bytes, self.digest))


def is_kept(ordinal: int, newest: int) -> bool:
    """Whether the checkpoint `ordinal` (1 is a job's first) is still kept beside the `newest`.

    The older, the sparser: the last few, then every second, fourth, eighth, ... A day of checkpoints each
    second leaves some thirty, and wherever a file is damaged, one is not far before.
    """
    divisible_by = ordinal & -ordinal  # the highest power of two that divides it
    return newest - ordinal < 4 * divisible_by

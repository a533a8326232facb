"""How far an export has come, durably."""

from dataclasses import dataclass

from dataflow_desktop.domain.keyset import Keyset


@dataclass(frozen=True)
class Checkpoint:
    """A position whose data is durable: the last keyset written, rows, bytes and the SHA-256 of those bytes.

    `keyset` is None while no row has been written. `fingerprint` tells what the bytes were made from.
    """

    keyset: Keyset | None
    rows: int
    bytes: int
    digest: str
    fingerprint: str


def is_kept(ordinal: int, newest: int) -> bool:
    """Whether the checkpoint `ordinal` (1 is a job's first) is still kept beside the `newest`.

    The older, the sparser: the last few, then every second, fourth, eighth, ... A day of checkpoints each
    second leaves some thirty, and wherever a file is damaged, one is not far before.
    """
    divisible_by = ordinal & -ordinal  # the highest power of two that divides it
    return newest - ordinal < 4 * divisible_by

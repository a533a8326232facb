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

"""Rows read for an export, column by column."""

from collections.abc import Sequence
from dataclasses import dataclass

from dataflow_desktop.domain.keyset import Keyset
from dataflow_desktop.domain.row_query import Value


@dataclass(frozen=True)
class Chunk:
    """Consecutive rows in key order: one sequence of values for each column read, the last row's keyset."""

    columns: Sequence[Sequence[Value]]
    rows: int
    last: Keyset


@dataclass(frozen=True)
class EncodedChunk:
    """The bytes of consecutive rows, how many rows they are, and the keyset up to which all rows are read.

    A chunk may have no rows: then its whole range was filtered out, or deleted. `data` may be a view that
    ends when the next chunk is asked for: whoever wants to keep the bytes makes a copy.
    """

    data: bytes | bytearray | memoryview
    rows: int
    last: Keyset

"""Finds anchors and counts the rows of a query in one pass of hops, each so short that it can be stopped."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

from dataflow_desktop.domain.keyset import Anchor, Keyset
from dataflow_desktop.domain.row_query import RowQuery
from dataflow_desktop.domain.schema import Table
from dataflow_desktop.source.connection import SourceConnection
from dataflow_desktop.source.ordered_rows import OrderedRows
from dataflow_desktop.source.statements import select_rows, select_rows_backwards

HOP_SECONDS = 0.001
"""What one hop is to take, and so what a read takes that starts at the anchor before: the rows of a sparse
filter lie far apart, and then anchors have fewer rows between them."""

FIRST_HOP_ROWS = 512
MOST_HOP_ROWS = 8_192
LEAST_HOP_ROWS = 16

PART_SECONDS = 0.05
"""How often what was found is told."""


@dataclass(frozen=True)
class IndexPart:
    """The next anchors; `rows` are found up to the end of this part, which is the end of all if `is_last`."""

    anchors: tuple[Anchor, ...]
    rows: int
    is_last: bool


def index_rows(ordered: OrderedRows) -> Iterator[IndexPart]:
    """Yield the anchors of all rows, part by part; raises SourceError, and Stopped when interrupted."""
    keyset: Keyset | None = None
    rows = 0
    hop_rows = FIRST_HOP_ROWS
    anchors: list[Anchor] = []
    due = time.monotonic() + PART_SECONDS
    while True:
        begin = time.monotonic()
        hop = ordered.hop(keyset, hop_rows)
        now = time.monotonic()
        rows += hop.rows
        if hop.keyset is None:
            yield IndexPart(tuple(anchors), rows, is_last=True)
            return
        keyset = hop.keyset
        anchors.append(Anchor(rows, keyset))
        hop_rows = _next_hop_rows(hop_rows, now - begin)
        if now >= due:
            yield IndexPart(tuple(anchors), rows, is_last=False)
            anchors = []
            due = now + PART_SECONDS


def _next_hop_rows(rows: int, seconds: float) -> int:
    wanted = round(rows * HOP_SECONDS / max(seconds, 1e-6))
    # Never more than doubled: one hop that found its pages in memory says little of the next.
    return max(LEAST_HOP_ROWS, min(wanted, 2 * rows, MOST_HOP_ROWS))


def keyset_by_share(connection: SourceConnection, table: Table, share: float) -> Keyset | None:
    """Return about the key that so much of all rows, from 0 to 1, come before.

    A guess that takes the values of an integer key to be evenly spread; None for other keys and without rows.
    """
    ends = key_ends(connection, table)
    if ends is None:
        return None
    lowest, highest = ends
    return (lowest + round((highest - lowest) * share) - 1,)


def key_ends(connection: SourceConnection, table: Table) -> tuple[int, int] | None:
    """Return the lowest and the highest key, None where they are no integers and without rows."""
    by_key = RowQuery(table.name, ())
    ends = [
        connection.scalar(select(table, by_key).limit(1)) for select in (select_rows, select_rows_backwards)
    ]
    match ends:
        case [int() as lowest, int() as highest] if len(table.key) == 1:
            return lowest, highest
        case _:
            return None

"""Anchors: keysets of rows here and there, from which every row is a short read away."""

from array import array
from bisect import bisect_right
from collections.abc import Sequence

from dataflow_desktop.domain.keyset import Anchor, Keyset


class RowIndex:
    """The anchors of one generation, as far as they are known, from the first row on."""

    def __init__(self) -> None:
        self._rows = array("q")
        self._keysets: list[Keyset] = []
        self._count: int | None = None

    @property
    def count(self) -> int | None:
        """The exact number of rows; None until all are indexed."""
        return self._count

    @property
    def indexed_rows(self) -> int:
        """Rows behind which the next anchor is still to be found; all of them in the end."""
        if self._count is not None:
            return self._count
        return self._rows[-1] if self._rows else 0

    def grow(self, anchors: Sequence[Anchor]) -> None:
        """Take in the next anchors, in their order."""
        for anchor in anchors:
            if anchor.keyset is not None:
                self._rows.append(anchor.row)
                self._keysets.append(anchor.keyset)

    def complete(self, count: int) -> None:
        """Take in how many rows there are in all."""
        self._count = count

    def anchor_for(self, row: int) -> Anchor:
        """Return the nearest anchor not beyond row number `row`."""
        number = bisect_right(self._rows, row) - 1
        return Anchor(self._rows[number], self._keysets[number]) if number >= 0 else Anchor()

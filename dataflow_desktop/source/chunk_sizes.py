"""How many rows a chunk should have, learned from those before: both lanes aim at a size, each at its own."""

GROWTH = 4
"""At most so many times larger than the chunk before, for the next rows may be wider."""


class ChunkSizes:
    """The rows of the next chunk."""

    def __init__(self, fixed_rows: int | None, *, first_rows: int, most_rows: int, aimed_bytes: int) -> None:
        """`fixed_rows` sets the rows of every chunk; None lets them adapt, from `first_rows` on."""
        self._fixed_rows = fixed_rows
        self._most_rows = most_rows
        self._aimed_bytes = aimed_bytes
        self.rows = fixed_rows or first_rows

    def learn(self, rows: int, size: int) -> None:
        """Adapt to a chunk of `rows` rows, with those that a filter left out, which gave `size` bytes."""
        if self._fixed_rows is None:
            fitting = self._aimed_bytes * rows // max(size, 1)
            self.rows = max(1, min(fitting, rows * GROWTH, self._most_rows))

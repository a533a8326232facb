"""What an export spends its time on: on rows that it writes, or on the way through the key past others."""

from dataclasses import dataclass

SAMENESS = 1e-3
"""How alike rows and way may grow before they count as one: then each bears half of the time."""


@dataclass
class Pace:
    """Splits the time of a run into so much for each row and so much for each step of the key.

    A filter leaves many rows here and few there. Who reads ranges of the key takes as long for either; who
    asks for so many matching rows at a time, only as long as there are such rows. Which of them it is shows
    in the run itself, by least squares over its chunks, once a dense and a thin stretch lie behind it. Before
    that nobody can know, and the truth lies between the two: the middle is taken.
    """

    _rows_rows: float = 0.0
    _rows_way: float = 0.0
    _way_way: float = 0.0
    _rows_time: float = 0.0
    _way_time: float = 0.0

    def learn(self, rows: int, way: float, seconds: float) -> None:
        """Add a chunk: its rows, its share of the whole way, and how long it took."""
        self._rows_rows += rows * rows
        self._rows_way += rows * way
        self._way_way += way * way
        self._rows_time += rows * seconds
        self._way_time += way * seconds

    def seconds(self, rows: int, way: float) -> float | None:
        """Return how long `rows` rows on `way` of the key will take; None while nothing tells it."""
        if not self._rows_rows or not self._way_way:
            return None
        per_row, per_way = self._shares()
        return rows * per_row + way * per_way

    def _shares(self) -> tuple[float, float]:
        # Both in units in which what was seen is 1; the little that is added on the diagonal halves the time
        # where the two are alike, and is not felt where they are not.
        alike = self._rows_way / (self._rows_rows * self._way_way) ** 0.5
        by_rows = self._rows_time / self._rows_rows**0.5
        by_way = self._way_time / self._way_way**0.5
        own = 1 + SAMENESS
        rest = own * own - alike * alike
        rows, way = (by_rows * own - by_way * alike) / rest, (by_way * own - by_rows * alike) / rest
        if rows < 0:
            rows, way = 0.0, by_way
        elif way < 0:
            rows, way = by_rows, 0.0
        return rows / self._rows_rows**0.5, way / self._way_way**0.5

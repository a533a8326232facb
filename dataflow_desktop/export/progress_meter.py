"""How fast an export goes, and how long it will take."""

import time
from collections import deque

WINDOW_SECONDS = 5.0
"""Long enough to steady the figure, short enough to follow a disk that slows down."""


class ProgressMeter:
    """Rows per second over the last few seconds of this run; rows saved by an earlier run do not count."""

    def __init__(self, rows: int) -> None:
        self._marks = deque([(time.monotonic(), rows)])

    def mark(self, rows: int) -> None:
        """Note that `rows` are written now."""
        now = time.monotonic()
        self._marks.append((now, rows))
        while len(self._marks) > 2 and now - self._marks[0][0] > WINDOW_SECONDS:  # noqa: PLR2004 - a speed needs two
            self._marks.popleft()

    def rows_per_second(self) -> float:
        """Return the present speed, 0 before the first rows."""
        (first_time, first_rows), (last_time, last_rows) = self._marks[0], self._marks[-1]
        return (last_rows - first_rows) / (last_time - first_time) if last_time > first_time else 0.0

    def eta_seconds(self, total_rows: int) -> float | None:
        """Return how long the rest of `total_rows` will take, None while nothing tells it."""
        speed = self.rows_per_second()
        return max(total_rows - self._marks[-1][1], 0) / speed if speed > 0 else None

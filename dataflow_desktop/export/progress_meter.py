"""How fast an export goes, and how long it will take."""

import time
from collections import deque
from dataclasses import dataclass

from dataflow_desktop.domain.job import Job
from dataflow_desktop.domain.keyset import Keyset
from dataflow_desktop.export.pace import Pace

WINDOW_SECONDS = 5.0
"""Long enough to steady the figure, short enough to follow a disk that slows down."""

LEAST_MARKS = 2
"""A speed is one between two moments."""


@dataclass(frozen=True)
class _Mark:
    """How far the export was at a moment; `way` is the share of the key behind it."""

    seconds: float
    rows: int
    size: int
    way: float


class ProgressMeter:
    """Rows and bytes per second over the last few seconds of this run; what was saved before counts not."""

    def __init__(self, job: Job, rows: int, size: int) -> None:
        """`rows` and `size`, in bytes, are what `job` has written when the run begins."""
        self._total_rows = job.plan.total_rows
        self._way = _KeyWay.of(job)
        start = self._way.share(job.checkpoint.keyset if job.checkpoint else None) if self._way else 0.0
        self._marks = deque([_Mark(time.monotonic(), rows, size, start)])
        self._pace = Pace()
        self._chunks = 0

    def mark(self, rows: int, size: int, last: Keyset) -> None:
        """Note that `rows` rows and `size` bytes are written now, all up to the keyset `last`."""
        before = self._marks[-1]
        way = self._way.share(last) if self._way is not None else 0.0
        now = _Mark(time.monotonic(), rows, size, way)
        self._marks.append(now)
        self._chunks += 1
        if self._chunks == 1:
            return
        if self._chunks == LEAST_MARKS:
            self._marks.popleft()  # before the first chunk a reader had to start, which tells no speed
        self._pace.learn(rows - before.rows, way - before.way, now.seconds - before.seconds)
        while len(self._marks) > LEAST_MARKS and now.seconds - self._marks[0].seconds > WINDOW_SECONDS:
            self._marks.popleft()

    def rows_per_second(self) -> float:
        """Return the present speed, 0 before the first rows."""
        return self._per_second(self._marks[-1].rows - self._marks[0].rows)

    def bytes_per_second(self) -> float:
        """Return how fast the file grows now, 0 before the first rows."""
        return self._per_second(self._marks[-1].size - self._marks[0].size)

    def eta_seconds(self) -> float | None:
        """Return how long the rest of the rows will take, None while nothing tells it.

        What a filter leaves may lie anywhere: then it counts, too, how far it still is to the bound.
        """
        now = self._marks[-1]
        rows_left = max(self._total_rows - now.rows, 0)
        if (seconds := self._pace.seconds(rows_left, 1 - now.way)) is not None:
            return seconds * self._slowness()
        speed = self.rows_per_second()
        return rows_left / speed if speed > 0 else None

    def _slowness(self) -> float:
        """Return how much longer the last seconds took than the whole run lets expect."""
        first, last = self._marks[0], self._marks[-1]
        expected = self._pace.seconds(last.rows - first.rows, last.way - first.way)
        return (last.seconds - first.seconds) / expected if expected else 1.0

    def _per_second(self, count: int) -> float:
        seconds = self._marks[-1].seconds - self._marks[0].seconds
        return count / seconds if seconds > 0 else 0.0


@dataclass(frozen=True)
class _KeyWay:
    """The way along an integer key to the bound, in shares of the highest key."""

    last: int

    @classmethod
    def of(cls, job: Job) -> "_KeyWay | None":
        """Return the way of `job`; None unless its rows are filtered ones in the order of an integer key."""
        plan, query = job.plan, job.spec.query
        if not query.is_filtered or query.order or not plan.table.has_integer_key or not plan.bound:
            return None
        (last,) = plan.bound
        return cls(last) if isinstance(last, int) and last > 0 else None

    def share(self, keyset: Keyset | None) -> float:
        """Return which share of the way lies before `keyset`, 0 to 1."""
        if not keyset or not isinstance(keyset[0], int):
            return 0.0
        return min(max(keyset[0] / self.last, 0.0), 1.0)

"""The values of some rows, evenly drawn from all that were read, and what they tell of them."""

import heapq
import math
import random
import time
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import TypeVar

from dataflow_desktop.domain.profile import HistogramBar, ValueCount
from dataflow_desktop.domain.row_query import Value

SAMPLE_ROWS = 100_000
"""As many values of 200 letters are some 30 MB. A share of the rows is then off by 0.3 points at most, in
19 of 20 samples."""

TOP_VALUES = 10
MOST_BARS = 24

TIME_SHARE = 0.9
"""A column of dates may have a few words in between."""

SHORTEST_TIME = len("2024-01-31")

HEAVY_ROWS = 10
"""A value that more sampled rows have says nothing of those that none of them has. With 50, a thousand
frequent values among many single ones come near to hiding these."""

COIN_ROWS = 1_000
"""Of more rows than this the half is kept without tossing a coin for each: it would be off by 2 % at most."""

PIECE_ITEMS = 2_000
"""About a millisecond of Python, after which a window may have its turn."""

GIVE_WAY_SECONDS = 0.00005
"""Long enough for a waiting thread to take the interpreter, which a pause of zero seconds is not."""

NUMBER = (int, float)
"""For isinstance in long loops: `int | float` would be put together anew each time."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

T = TypeVar("T")
Weighted = Sequence[tuple[float, int]]
"""Numbers, and how many rows have each."""


@dataclass(frozen=True)
class SampleDigest:
    """What a sample of `rows` rows tells; `distinct` is an estimate for all unless it is of all rows."""

    rows: int
    distinct: int
    top_values: tuple[ValueCount, ...]
    histogram: tuple[HistogramBar, ...]
    is_time: bool


class ValueSample:
    """Values and how many sampled rows have them. Each row read is here with the same chance, 1 / `step`.

    When too many are here, a coin is tossed for each, and the step doubles (Bernoulli sampling). For one
    thread; every method gives way to others in between.
    """

    def __init__(self) -> None:
        self.step = 1
        self.rows = 0
        self._counts: dict[Value, int] = {}
        self._most_seen = 0
        # Seeded, so that the same draws give the same profile; nothing here is a secret.
        self._coins = random.Random(0)

    @property
    def is_whole(self) -> bool:
        """Whether every row is in the sample."""
        return self.step == 1

    @property
    def different(self) -> int:
        """How many different values the sample has, NULL among them."""
        return len(self._counts)

    def new_values(self, values: Iterable[Value]) -> int:
        """Return how many of these different values are not in the sample."""
        return sum(value not in self._counts for value in in_pieces(values))

    def make_room(self, rows: int) -> None:
        """Thin the sample until a share of `rows` more rows fits in."""
        while self.rows + rows // self.step > SAMPLE_ROWS:
            self._thin()

    def add(self, values: Iterable[tuple[Value, int]]) -> None:
        """Take in values and how many rows have each, already drawn by the step."""
        counts = self._counts
        for value, rows in in_pieces(values):
            counts[value] = counts.get(value, 0) + rows
            self.rows += rows

    def digest(self, filled_rows: int) -> SampleDigest:
        """Return what the sample tells, when so many of all rows have a value that is not NULL."""
        values = [item for item in in_pieces(self._counts.items()) if item[0] is not None]
        frequencies = Counter(rows for _, rows in in_pieces(values))
        numbers, is_time = self._numbers(values)
        self._see()
        estimate = estimated_distinct(frequencies, filled_rows)
        return SampleDigest(
            rows=self.rows,
            distinct=min(max(estimate, self._most_seen), filled_rows),
            top_values=_top_values(values, frequencies),
            histogram=_histogram(numbers),
            is_time=is_time,
        )

    def _numbers(self, values: Sequence[tuple[Value, int]]) -> tuple[Weighted, bool]:
        seconds = [
            (number, rows)
            for value, rows in in_pieces(values)
            if isinstance(value, str) and (number := seconds_of(value)) is not None
        ]
        if seconds and _rows_of(seconds) >= TIME_SHARE * _rows_of(values):
            return seconds, True
        numbers = [
            (value, rows)
            for value, rows in in_pieces(values)
            if isinstance(value, NUMBER) and math.isfinite(value)
        ]
        return numbers, False

    def _see(self) -> None:
        self._most_seen = max(self._most_seen, self.different - (None in self._counts))

    def _thin(self) -> None:
        self._see()
        thinned: dict[Value, int] = {}
        for value, rows in in_pieces(self._counts.items()):
            kept = self._half(rows)
            if kept:
                thinned[value] = kept
        self._counts = thinned
        self.rows = _rows_of(thinned.items())
        self.step *= 2

    def _half(self, rows: int) -> int:
        return rows // 2 if rows > COIN_ROWS else self._coins.getrandbits(rows).bit_count()


def order_of(value: Value) -> tuple[int, Value]:
    """Return what values are compared by, so that they stand in the database's order."""
    if value is None:
        return 0, 0
    return (1 if isinstance(value, NUMBER) else 2 if isinstance(value, str) else 3), value


def seconds_of(text: str) -> float | None:
    """Return the seconds since 1970 of a date or time as ISO 8601 has it, in UTC; None for other texts.

    Digits alone are rather a number than a date, so that there must be a hyphen after the year.
    """
    if len(text) < SHORTEST_TIME or text[4] != "-":
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - _EPOCH).total_seconds()


def estimated_distinct(frequencies: Mapping[int, int], rows: int) -> int:
    """Return about how many different values `rows` rows have.

    `frequencies` says of how many values there are one, two and so on in the sample. The unsmoothed
    first-order jackknife, as PostgreSQL's ANALYZE has it too, after the most frequent values were set aside:
    P. J. Haas and L. Stokes, Estimating the Number of Classes in a Finite Population, 1998 (Duj1, and the
    stabilizing of Duj2a). It is right where all values differ and where all are as frequent; where some are
    frequent, the others are judged by themselves. It is too low where frequencies are spread widely.
    """
    sampled = sum(times * values for times, values in frequencies.items())
    rare = {times: values for times, values in frequencies.items() if times <= HEAVY_ROWS}
    heavy_values = sum(frequencies.values()) - sum(rare.values())
    rare_rows = sum(times * values for times, values in rare.items())
    if not rare_rows:
        return heavy_values
    single = rare.get(1, 0)
    unseen_share = (rare_rows - single + single * sampled / max(rows, sampled)) / rare_rows
    return heavy_values + round(sum(rare.values()) / unseen_share)


def in_pieces(items: Iterable[T]) -> Iterator[T]:
    """Yield all items, and let other threads go on after each PIECE_ITEMS of them."""
    for number, item in enumerate(items, 1):
        yield item
        if number % PIECE_ITEMS == 0:
            time.sleep(GIVE_WAY_SECONDS)


def _rows_of(weighted: Iterable[tuple[object, int]]) -> int:
    return sum(rows for _, rows in in_pieces(weighted))


def _top_values(
    values: Iterable[tuple[Value, int]], frequencies: Mapping[int, int]
) -> tuple[ValueCount, ...]:
    if max(frequencies, default=1) == 1:
        return ()
    least = _least_of_top(frequencies)
    frequent = [item for item in in_pieces(values) if item[1] >= least]
    top = heapq.nsmallest(TOP_VALUES, in_pieces(frequent), key=lambda item: (-item[1], order_of(item[0])))
    return tuple(ValueCount(value, rows) for value, rows in top)


def _least_of_top(frequencies: Mapping[int, int]) -> int:
    """Return the frequency that the last of the top values has, so that most values need no comparing."""
    values = 0
    for rows in sorted(frequencies, reverse=True):
        values += frequencies[rows]
        if values >= TOP_VALUES:
            return rows
    return 1


def _histogram(numbers: Weighted) -> tuple[HistogramBar, ...]:
    if not numbers:
        return ()
    low = min(number for number, _ in in_pieces(numbers))
    high = max(number for number, _ in in_pieces(numbers))
    if low == high:
        return (HistogramBar(float(low), float(high), _rows_of(numbers)),)
    are_whole = all(isinstance(number, int) for number, _ in in_pieces(numbers))
    edges = _edges_of_whole(int(low), int(high)) if are_whole else _edges(low, high)
    last = len(edges) - 1
    bars = [0] * last
    for number, rows in in_pieces(numbers):
        bars[bisect_right(edges, number, hi=last) - 1] += rows
    ends = map(float, edges)
    return tuple(HistogramBar(*span, rows) for span, rows in zip(pairwise(ends), bars, strict=True))


def _edges_of_whole(low: int, high: int) -> list[int]:
    """Return where bars begin, and the last one ends, that have as many integers each.

    Else some would stand out whose values are no more frequent.
    """
    width = -(-(high - low + 1) // MOST_BARS)
    return list(range(low, high + width + 1, width))


def _edges(low: float, high: float) -> list[float]:
    """Return where bars of equal width begin, and the last one ends."""
    parts = range(1, MOST_BARS)
    # Neither the span nor a product may overflow. Numbers too near to each other have fewer between them.
    between = {low * ((MOST_BARS - part) / MOST_BARS) + high * (part / MOST_BARS) for part in parts}
    return [low, *sorted(edge for edge in between if low < edge < high), high]

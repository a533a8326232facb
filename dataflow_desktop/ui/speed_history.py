"""How fast an export ran over its last minute: a bounded number of samples, kept in the window's thread."""

import time
from collections import deque
from dataclasses import dataclass

SPAN_SECONDS = 60.0
SAMPLE_SECONDS = 0.5
"""Two samples a second are as fine as the line is wide."""


@dataclass(frozen=True)
class SpeedSample:
    """Rows per second, so many seconds before the newest sample."""

    age_seconds: float
    rows_per_second: float


class SpeedHistory:
    """Samples of one run, the oldest first; those older than SPAN_SECONDS are forgotten."""

    def __init__(self) -> None:
        self._samples: deque[tuple[float, float]] = deque()

    def note(self, rows_per_second: float) -> None:
        """Keep a speed; of those that come quickly one after the other only the newest."""
        now = time.monotonic()
        samples = self._samples
        if len(samples) > 1 and now - samples[-2][0] < SAMPLE_SECONDS:
            samples.pop()
        samples.append((now, rows_per_second))
        while now - samples[0][0] > SPAN_SECONDS:
            samples.popleft()

    @property
    def samples(self) -> tuple[SpeedSample, ...]:
        """All samples there are."""
        return tuple(SpeedSample(self._samples[-1][0] - then, speed) for then, speed in self._samples)

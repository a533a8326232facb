"""Patience with a source that is locked or away: longer and longer waits, and an end to them."""

import logging
import time

from dataflow_desktop.errors import SourceError
from dataflow_desktop.pacing import Stopped, StopRequest

FIRST_WAIT_SECONDS = 0.1
LONGEST_WAIT_SECONDS = 10.0

log = logging.getLogger(__name__)


class Retrying:
    """Waits between tries; each wait is twice as long as the one before, until there is progress again."""

    def __init__(self, stop: StopRequest, limit_seconds: float) -> None:
        """`stop` ends a wait; without progress in `limit_seconds` there are no more tries."""
        self._stop = stop
        self._limit_seconds = limit_seconds
        self._begun: float | None = None
        self._wait_seconds = FIRST_WAIT_SECONDS

    def hold_up(self, error: SourceError) -> None:
        """Wait before the next try; raises `error` when the limit is reached, and Stopped."""
        now = time.monotonic()
        if self._begun is None:
            self._begun = now
        left = self._begun + self._limit_seconds - now
        if left <= 0:
            raise error
        log.info("tried again in %.1f s: %s", min(self._wait_seconds, left), error.reason.message)
        self._stop.rest(min(self._wait_seconds, left))
        if self._stop.is_asked():
            raise Stopped
        self._wait_seconds = min(2 * self._wait_seconds, LONGEST_WAIT_SECONDS)

    def note_progress(self) -> None:
        """Begin with short waits again: the source has answered."""
        self._begun = None
        self._wait_seconds = FIRST_WAIT_SECONDS

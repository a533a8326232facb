"""Stopping and resting: how one thread asks another to stop, and how each leaves room for others."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum

LONGEST_PAINT_SECONDS = 0.1


def seconds_even_asleep() -> float:
    """Return a clock that goes on while this process, or the whole machine, sleeps."""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    elif sys.platform == "darwin":  # noqa: RET505 - or else mypy calls it unreachable
        # time.monotonic() is mach_absolute_time() there (https://peps.python.org/pep-0418/), which stands
        # still in sleep; this one does not: https://keith.github.io/xcode-man-pages/clock_gettime.3.html
        return time.clock_gettime(time.CLOCK_MONOTONIC)
    else:
        # Of Windows it asks GetTickCount64, since Python 3.13 QueryPerformanceCounter; both count sleep:
        # https://learn.microsoft.com/windows/win32/sysinfo/acquiring-high-resolution-time-stamps
        return time.monotonic()


class StopWish(Enum):
    """What the person, or the end of the program, wants of a running export."""

    PAUSE = "pause"
    CLOSE = "close"
    CANCEL = "cancel"


class Stopped(Exception):  # noqa: N818 - not an error: the answer to a wish
    """Reading was cut short because a stop was asked for; what was being read is dropped."""


class StopRequest:
    """A wish to stop, set from any thread or signal handler and looked at between two reads."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._wish: StopWish | None = None
        self._calls: list[Callable[[], None]] = []

    def ask(self, wish: StopWish) -> None:
        """Ask for a stop; the first wish counts, except that cancelling outweighs pausing."""
        if self._wish is None or wish is StopWish.CANCEL:
            self._wish = wish
        self._event.set()
        for call in tuple(self._calls):
            call()

    @contextmanager
    def calling(self, call: Callable[[], None]) -> Iterator[None]:
        """Let `call` be called in the thread that asks for a stop, or at once when one was asked for."""
        self._calls.append(call)
        try:
            if self.is_asked():
                call()
            yield
        finally:
            self._calls.remove(call)

    @property
    def wish(self) -> StopWish | None:
        """What was asked for, None while nothing was."""
        return self._wish

    def is_asked(self) -> bool:
        """Whether anybody asked for a stop."""
        return self._event.is_set()

    def rest(self, seconds: float) -> None:
        """Wait, but not beyond a wish to stop."""
        if seconds > 0:
            self._event.wait(seconds)


class PaintGate:
    """Lets painting go first, and work in Python afterwards.

    Two threads that both want the interpreter hand it to and fro at each call of Qt's: beside the formatting
    of a page a paint takes three times as long as alone (35 ms against 10), and so does the formatting.
    """

    def __init__(self) -> None:
        self._is_open = threading.Event()
        self._is_open.set()

    @contextmanager
    def painting(self) -> Iterator[None]:
        """Keep the gate closed meanwhile; in the window's thread."""
        self._is_open.clear()
        try:
            yield
        finally:
            self._is_open.set()

    def pass_through(self) -> None:
        """Wait until nothing is painted, but not for ever; in any other thread, between two bits of work."""
        if not self._is_open.is_set():
            self._is_open.wait(LONGEST_PAINT_SECONDS)


paint_gate = PaintGate()
"""The one of this process: the table closes it, and who reads for the table passes through it."""

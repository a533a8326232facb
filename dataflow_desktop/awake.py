"""Keeps the computer from falling asleep by itself while an export runs, where the system lets us."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

SECONDS_BEFORE_HOLD = 2.0
"""Most exports have ended by then: they need not load what asks the system, which takes 0.1 s."""

log = logging.getLogger(__name__)


@contextmanager
def kept_awake() -> Iterator[None]:
    """Hold sleep off until the block ends; whether the system lets us is nobody's error.

    Asked in a thread of its own: a desktop that does not answer holds nothing up.
    """
    is_over = threading.Event()
    threading.Thread(target=_hold, args=(is_over,), name="awake", daemon=True).start()
    try:
        yield
    finally:
        is_over.set()


def _hold(is_over: threading.Event) -> None:
    if is_over.wait(SECONDS_BEFORE_HOLD):
        return
    try:
        from wakepy import keep

        # Sleep that a person wishes for still comes, and the screen may go dark.
        with keep.running(on_fail="pass") as mode:
            log.info("sleep is %s", "held off" if mode.active else "not held off: the system does not let us")
            is_over.wait()
    except Exception:  # the thread's edge: whatever a desktop answers, the export goes on
        log.warning("sleep cannot be held off", exc_info=True)

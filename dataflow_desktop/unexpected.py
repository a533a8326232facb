"""Errors that nobody caught, in whichever thread: each goes to the log, and to whoever wants to know."""

import logging
import sys
import threading
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType

from dataflow_desktop.redaction import redacted

LOGGED_IN_FULL = 3
"""A slot that fails at each paint would push everything else out of the log: later ones are counted."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class UnexpectedError:
    """One that nobody caught, without secrets; `place` is the same when the same one happens again."""

    summary: str
    trace: str
    place: str


def unexpected_error(error: BaseException) -> UnexpectedError:
    """Return what there is to say of `error`."""
    frames = traceback.extract_tb(error.__traceback__)
    last = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    summary = "".join(traceback.format_exception_only(error)).strip()
    trace = "".join(traceback.format_exception(error))
    return UnexpectedError(redacted(summary), redacted(trace), f"{type(error).__qualname__} {last}")


def watch_uncaught(tell: Callable[[UnexpectedError], None] = lambda _: None) -> None:
    """Log what nobody catches, and let `tell` know, in the thread where it happened."""
    _Watch(tell).install()


class _Watch:
    def __init__(self, tell: Callable[[UnexpectedError], None]) -> None:
        self._tell = tell
        self._seen: Counter[str] = Counter()

    def install(self) -> None:
        sys.excepthook = self._on_uncaught
        threading.excepthook = self._on_thread_ended
        sys.unraisablehook = self._on_unraisable

    def _on_uncaught(
        self, _kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        with suppress(Exception):  # an error of a hook itself would go to nobody
            self._note("in the main thread", error.with_traceback(trace))

    def _on_thread_ended(self, ended: threading.ExceptHookArgs) -> None:
        name = ended.thread.name if ended.thread is not None else "a thread"
        if ended.exc_value is not None and ended.exc_type is not SystemExit:
            with suppress(Exception):
                self._note(f"in {name}", ended.exc_value.with_traceback(ended.exc_traceback))

    def _on_unraisable(self, found: "sys.UnraisableHookArgs") -> None:
        """Log only: it was in a destructor, or so, and whatever was being done goes on."""
        with suppress(Exception):
            where = found.err_msg or "ignored"
            log.warning("unexpected error, %s", where, exc_info=found.exc_value)

    def _note(self, where: str, error: BaseException) -> None:
        unexpected = unexpected_error(error)
        self._seen[unexpected.place] += 1
        times = self._seen[unexpected.place]
        if times <= LOGGED_IN_FULL:
            log.error("unexpected error %s", where, exc_info=error)
        elif times & (times - 1) == 0:  # at each power of two
            log.error("unexpected error %s, %d times by now: %s", where, times, unexpected.summary)
        self._tell(unexpected)

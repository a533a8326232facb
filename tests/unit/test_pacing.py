"""Wishes to stop."""

import threading
import time

from dataflow_desktop.pacing import StopRequest, StopWish


def test_nothing_is_asked_at_first() -> None:
    stop = StopRequest()
    assert not stop.is_asked()
    assert stop.wish is None


def test_the_first_wish_counts() -> None:
    stop = StopRequest()
    stop.ask(StopWish.PAUSE)
    stop.ask(StopWish.CLOSE)
    assert stop.is_asked()
    assert stop.wish is StopWish.PAUSE


def test_cancelling_outweighs_pausing() -> None:
    stop = StopRequest()
    stop.ask(StopWish.PAUSE)
    stop.ask(StopWish.CANCEL)
    stop.ask(StopWish.PAUSE)
    assert stop.wish is StopWish.CANCEL


def test_a_rest_ends_with_a_wish_from_another_thread() -> None:
    stop = StopRequest()
    threading.Timer(0.01, stop.ask, [StopWish.PAUSE]).start()
    began = time.monotonic()
    stop.rest(60)
    assert time.monotonic() - began < 30


def test_whoever_waits_is_called_by_the_one_who_asks() -> None:
    stop = StopRequest()
    called: list[str] = []
    with stop.calling(lambda: called.append("first")), stop.calling(lambda: called.append("second")):
        assert not called
        stop.ask(StopWish.PAUSE)
    stop.ask(StopWish.CANCEL)
    assert called == ["first", "second"]


def test_whoever_waits_too_late_is_called_at_once() -> None:
    stop = StopRequest()
    stop.ask(StopWish.PAUSE)
    called: list[str] = []
    with stop.calling(lambda: called.append("late")):
        assert called == ["late"]

"""Wishes to stop."""

import sys
import threading
import time
from threading import Event, Thread

import pytest

from dataflow_desktop import pacing
from dataflow_desktop.pacing import PaintGate, StopRequest, StopWish, seconds_even_asleep

CLOCKS = {"linux": "CLOCK_BOOTTIME", "darwin": "CLOCK_MONOTONIC", "win32": "time.monotonic"}
"""The clock of each system that does not stand still while the machine sleeps."""


@pytest.mark.parametrize("platform", CLOCKS)
def test_the_clock_that_counts_sleep_is_another_on_each_system(
    monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    values = {"CLOCK_BOOTTIME": 1.0, "CLOCK_MONOTONIC": 2.0, "time.monotonic": 3.0}
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(time, "CLOCK_BOOTTIME", "CLOCK_BOOTTIME", raising=False)
        elsewhere.setattr(time, "CLOCK_MONOTONIC", "CLOCK_MONOTONIC", raising=False)
        elsewhere.setattr(time, "clock_gettime", values.get, raising=False)
        elsewhere.setattr(time, "monotonic", lambda: values["time.monotonic"])
        elsewhere.setattr(sys, "platform", platform)
        found = seconds_even_asleep()
    assert found == values[CLOCKS[platform]]


def test_this_systems_clock_goes_on() -> None:
    first = seconds_even_asleep()
    assert first <= seconds_even_asleep() < first + 60


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


def test_work_waits_while_something_is_painted_and_goes_on_afterwards() -> None:
    gate, passed = PaintGate(), Event()

    def work() -> None:
        gate.pass_through()
        passed.set()

    worker = Thread(target=work)
    with gate.painting():
        worker.start()
        assert not passed.wait(0.02)
    worker.join(5)
    assert passed.is_set()


def test_work_does_not_wait_for_ever_for_a_paint_that_does_not_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pacing, "LONGEST_PAINT_SECONDS", 0.01)
    gate = PaintGate()
    with gate.painting():
        gate.pass_through()

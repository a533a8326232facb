"""What nobody catches goes to the log, without secrets, and is never lost in another thread."""

import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from dataflow_desktop import locations, logs, unexpected
from dataflow_desktop.unexpected import UnexpectedError, unexpected_error, watch_uncaught

UNCAUGHT = """
import threading
from dataflow_desktop.logs import log_to_file
from dataflow_desktop.unexpected import watch_uncaught

class Broken:
    def __del__(self):
        raise KeyError("in a destructor password=hunter2")

def fail():
    raise ValueError("in a thread postgresql://ada:hunter2@host/shop")

log_to_file()
watch_uncaught()
thread = threading.Thread(target=fail, name="a lane")
thread.start()
thread.join()
Broken()
raise RuntimeError("at last, with password='hunter2'")
"""


def raised(error: Exception) -> Exception:
    try:
        raise error
    except type(error) as caught:
        return caught


@pytest.fixture
def hooks() -> Iterator[None]:
    former = sys.excepthook, threading.excepthook, sys.unraisablehook
    yield
    sys.excepthook, threading.excepthook, sys.unraisablehook = former


def log_text() -> str:
    return locations.log_path().read_text(encoding="utf-8")


def test_all_that_a_process_does_not_catch_is_in_the_log_and_nowhere_else() -> None:
    process = subprocess.run(
        [sys.executable, "-c", UNCAUGHT], check=False, capture_output=True, text=True, timeout=60
    )
    assert (process.returncode, process.stdout, process.stderr) == (1, "", "")
    text = log_text()
    assert "unexpected error in a lane" in text
    assert "ValueError: in a thread postgresql://ada:***@host/shop" in text
    assert "KeyError: 'in a destructor password=***" in text
    assert "RuntimeError: at last, with password=***" in text
    assert text.count("Traceback") == 3
    assert "hunter2" not in text


def test_an_error_that_comes_with_each_paint_does_not_fill_the_log(hooks: None) -> None:
    logs.log_to_file()
    told: list[UnexpectedError] = []
    watch_uncaught(told.append)
    for _ in range(1000):
        error = raised(ValueError("the same"))
        sys.excepthook(type(error), error, error.__traceback__)
    error = raised(KeyError("another"))
    sys.excepthook(type(error), error, error.__traceback__)
    text = log_text()
    assert len(told) == 1001
    assert text.count("Traceback") == unexpected.LOGGED_IN_FULL + 1
    assert "512 times by now: ValueError: the same" in text
    assert len(text.splitlines()) < 50


def test_one_who_is_told_and_fails_does_not_fail_the_hook(hooks: None) -> None:
    def fail(_: UnexpectedError) -> None:
        raise RuntimeError("the window is gone")

    watch_uncaught(fail)
    error = raised(ValueError("first"))
    sys.excepthook(type(error), error, error.__traceback__)


def test_the_same_error_has_the_same_place_whatever_it_says() -> None:
    first, second = (unexpected_error(raised(ValueError(text))) for text in ("a", "b"))
    other = unexpected_error(raised(KeyError("a")))
    assert first.place == second.place != other.place
    assert (first.summary, other.summary) == ("ValueError: a", "KeyError: 'a'")
    assert "Traceback" in first.trace

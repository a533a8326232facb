"""The real window without a screen, built as the program builds it, and its event loop."""

import gc
import math
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer

from dataflow_desktop import locations
from dataflow_desktop.app.program import Program

PATIENCE_SECONDS = 600.0
"""To sort 50,000,000 rows takes minutes."""
LOOK_MS = 20


@contextmanager
def shown(folder: Path, database: Path) -> Iterator[Program]:
    """Show the table, wait until it is counted and its drop-downs are found, and close it all at the end."""
    os.environ[locations.HOME_VARIABLE] = str(folder / "home")
    program = Program(sys.argv[:1])
    program.window.show()
    program.start(str(database), "products")
    try:
        wait_until_counted(program)
        wait("the drop-downs are found", lambda: bool(program.window.filter_bar.facet_columns))
        yield program
    finally:
        program.exporting.stop_all()
        program.exporting.wait_stopped(PATIENCE_SECONDS)
        program.shut_down()
        _delete(program)


def _delete(program: Program) -> None:
    """Let Qt delete the window here: Python would do it in whichever thread it looks for garbage next."""
    program.window.deleteLater()
    program.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


def wait_until_counted(program: Program) -> None:
    """Wait until the rows shown are counted."""
    label = program.window.filter_bar.count_label
    wait("the rows are counted", lambda: label.text() != "" and "…" not in label.text())


def turn_until(is_so: Callable[[], bool], most_seconds: float, look_ms: int = LOOK_MS) -> bool:
    """Let the event loop turn as it does in the program, and return whether it `is_so` at the end."""
    loop, looking = QEventLoop(), QTimer(interval=look_ms)
    looking.timeout.connect(lambda: loop.quit() if is_so() else None)
    looking.start()
    QTimer.singleShot(round(most_seconds * 1000), loop.quit)
    loop.exec()
    return is_so()


def wait(what: str, is_so: Callable[[], bool]) -> None:
    """Let the event loop turn until it `is_so`, and end the benchmark when that takes too long."""
    if not turn_until(is_so, PATIENCE_SECONDS):
        sys.exit(f"not in time: {what}")


def percentile_ms(seconds: Sequence[float], percent: int) -> float:
    """Return the smallest of `seconds` that `percent` of them do not exceed, in milliseconds."""
    ordered = sorted(seconds)
    return ordered[math.ceil(len(ordered) * percent / 100) - 1] * 1000

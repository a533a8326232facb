"""Garbage is looked for where Qt's objects live, whoever makes it."""

import gc
import threading
import weakref
from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.gui.conftest import StartProgram


class Knot:
    """Something that only the collector of garbage can undo."""

    def __init__(self) -> None:
        self.itself = self


def make_garbage(undone_by: list[str]) -> None:
    knot = Knot()
    weakref.finalize(knot, lambda: undone_by.append(threading.current_thread().name))
    del knot
    for _ in range(100):  # far more than Python's own collector waits for
        list(map(dict, [[]] * 1_000))


def test_what_a_worker_leaves_is_undone_in_the_windows_thread(
    qtbot: QtBot, start: StartProgram, catalogue: Path
) -> None:
    start(catalogue)
    undone_by: list[str] = []
    worker = threading.Thread(target=make_garbage, args=[undone_by], name="worker")
    worker.start()
    qtbot.waitUntil(lambda: bool(undone_by), timeout=10_000)
    worker.join()
    assert undone_by == [threading.main_thread().name]


def test_python_collects_again_when_the_window_is_gone(start: StartProgram, catalogue: Path) -> None:
    program = start(catalogue)
    assert not gc.isenabled()
    program.window.close()
    program.shut_down()
    assert gc.isenabled()

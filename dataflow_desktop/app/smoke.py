"""Proves that the program as installed works: window, filter, export, file; without a screen or a person."""

import csv
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop

from dataflow_desktop import locations
from dataflow_desktop.app.program import Program
from dataflow_desktop.domain.job import JobState

ROWS = 2_000
SECONDS = 30
SEARCH = "ultra"


class _NotSo(Exception):  # noqa: N818 - the answer, not an error of ours
    """What did not come true."""


def smoke_test() -> int:
    """Make a catalogue, filter and export it through the window; return 0 when the file is right.

    All in a temporary folder; prints one line.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="dataflow-smoke-") as folder:
        os.environ[locations.HOME_VARIABLE] = folder
        program = Program(sys.argv[:1], ROWS)
        try:
            line, code = _run(program, Path(folder) / "smoke.csv"), 0
        except _NotSo as error:
            line, code = f"smoke test failed: {error}", 1
        finally:
            program.exporting.stop_all()
            program.exporting.wait_stopped(SECONDS)
            program.shut_down()
    sys.stdout.write(f"{line}\n")
    return code


def _run(program: Program, target: Path) -> str:
    window = program.window
    window.show()
    program.start(None)
    _wait("the catalogue is shown", lambda: window.row_model.rowCount() == ROWS)
    window.filter_bar.search_field.setText(SEARCH)
    window.filter_bar.apply()
    _wait("the search is answered", lambda: 0 < window.row_model.rowCount() < ROWS)
    rows = window.row_model.rowCount()
    program.ask_export()
    dialog = program.exporting.dialog
    if dialog is None:
        raise _NotSo("no export dialog")
    dialog.path_field.setText(str(target))
    dialog.export_button.click()
    _wait("the export is done", lambda: _states(program) == [JobState.DONE])
    return _checked(target, rows)


def _states(program: Program) -> list[JobState]:
    return [card.view.job.state for card in program.window.exports_panel.cards]


def _checked(target: Path, rows: int) -> str:
    with target.open(encoding="utf-8", newline="") as file:
        names = [row["name"] for row in csv.DictReader(file)]
    if len(names) != rows or not all(SEARCH in name.lower() for name in names):
        raise _NotSo(f"the file has {len(names)} rows, the table {rows}")
    return f"smoke test passed: {rows} rows filtered and exported"


def _wait(what: str, is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + SECONDS
    while not is_so():
        if time.monotonic() > end:
            raise _NotSo(f"not in time: {what}")
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)

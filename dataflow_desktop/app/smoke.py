"""Proves that the program as it stands here works: window, filter, each format, a kill; without a person."""

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
from dataflow_desktop.app.smoke_children import NotSoError, kill_and_resume, load_readers, verify_all
from dataflow_desktop.domain.job import JobState

ROWS = 2_000
SECONDS = 60
SEARCH = "ultra"
SUFFIXES = ("csv", "tsv", "jsonl", "parquet", "xlsx", "csv.gz", "csv.zst")


def smoke_test() -> int:
    """Make a catalogue, filter and export it through the window, and kill an export; 0 when all was right.

    All in a temporary folder; prints one line.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="dataflow-smoke-") as name:
        os.environ[locations.HOME_VARIABLE] = name
        folder = Path(name) / "exported"
        folder.mkdir()
        try:
            rows = _through_the_window(folder)
            load_readers()
            resumed_rows = kill_and_resume(folder)
            verify_all(folder)
            files = len(list(folder.iterdir()))
            line = f"smoke test passed: {rows} rows filtered, {files} files exported and verified, "
            line, code = f"{line}one of them killed and resumed at row {resumed_rows}", 0
        except NotSoError as error:
            line, code = f"smoke test failed: {error}", 1
    sys.stdout.write(f"{line}\n")
    return code


def _through_the_window(folder: Path) -> int:
    program = Program(sys.argv[:1], ROWS)
    try:
        rows = _filtered(program)
        for done, suffix in enumerate(SUFFIXES, 1):
            _export(program, folder / f"smoke.{suffix}", done)
        _check(folder / "smoke.csv", rows)
        return rows
    finally:
        program.exporting.stop_all()
        program.exporting.wait_stopped(SECONDS)
        program.shut_down()


def _filtered(program: Program) -> int:
    window = program.window
    window.show()
    program.start(None)
    _wait("the catalogue is shown", lambda: window.row_model.rowCount() == ROWS)
    window.filter_bar.search_field.setText(SEARCH)
    window.filter_bar.apply()
    _wait("the search is answered", lambda: 0 < window.row_model.rowCount() < ROWS)
    return window.row_model.rowCount()


def _export(program: Program, target: Path, done: int) -> None:
    program.ask_export()
    dialog = program.exporting.dialog
    if dialog is None:
        raise NotSoError("no export dialog")
    dialog.path_field.setText(str(target))
    dialog.export_button.click()
    _wait(f"{target.name} is exported", lambda: _states(program) == [JobState.DONE] * done)


def _states(program: Program) -> list[JobState]:
    return [card.view.job.state for card in program.window.exports_panel.cards]


def _check(target: Path, rows: int) -> None:
    with target.open(encoding="utf-8", newline="") as file:
        names = [row["name"] for row in csv.DictReader(file)]
    if len(names) != rows or not all(SEARCH in name.lower() for name in names):
        raise NotSoError(f"the file has {len(names)} rows, the table {rows}")


def _wait(what: str, is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + SECONDS
    while not is_so():
        if time.monotonic() > end:
            raise NotSoError(f"not in time: {what}")
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)

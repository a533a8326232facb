"""The program as a process of its own: what is loaded and opened at the first paint, and at first rows."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from dataflow_desktop.app.first_rows import FirstRows
from dataflow_desktop.app.frame import Frame
from dataflow_desktop.app.program import Program
from dataflow_desktop.source.product_catalogue import make_catalogue
from dataflow_desktop.ui.desktop import open_settings
from dataflow_desktop.ui.recent_sources import RecentSources
from tests.gui.driving import close, wait_until
from tests.unit.databases import make_database

HEAVY = (
    "sqlite3", "sqlalchemy", "polars", "adbc_driver_manager", "sqlglot", "cryptography", "keyring", "asyncio",
    "email", "http", "ssl", "subprocess", "multiprocessing", "concurrent", "logging.handlers", "psycopg",
    "pymysql", "cattrs", "PySide6.QtSvg", "PySide6.QtNetwork", "PySide6.QtDBus",
    "dataflow_desktop.app.program", "dataflow_desktop.source", "dataflow_desktop.workers.query_worker",
)  # fmt: skip

AFTER_THE_ROWS = (
    "sqlalchemy", "polars", "adbc_driver_manager", "sqlglot", "cryptography", "keyring", "psycopg", "pymysql",
    "cattrs", "dataflow_desktop.app.program", "dataflow_desktop.ui.export_dialog",
)  # fmt: skip

WATCHED = """
import json, linecache, os, sys

import dataflow_desktop.app

paths = []
sys.addaudithook(lambda event, facts: paths.append(str(facts[0])) if event == "sqlite3.connect" else None)

from dataflow_desktop.ui import start_times

def note(times, moment):
    facts = {"modules": sorted(sys.modules), "opened": paths, "read": sorted(linecache.cache)}
    print(json.dumps({"moment": moment, **facts}), flush=True)
    if moment == start_times.ROWS:
        window = times._window
        print(json.dumps([window.row_model.index(row, 1).data() for row in range(2)]), flush=True)
        os._exit(0)

start_times.StartTimes._note = note
os.environ[start_times.VARIABLE] = "unused"

from dataflow_desktop.__main__ import main

main()
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """What a start with a catalogue already made tells: at the first paint, at the first rows, and these."""
    home = tmp_path_factory.mktemp("home")
    make_catalogue(home / "products.db", rows=3_000)
    process = subprocess.run(
        [sys.executable, "-c", WATCHED],
        env={**os.environ, "DATAFLOW_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert process.returncode == 0, process.stderr
    return [json.loads(line) for line in process.stdout.splitlines()]


def loaded(moment: dict[str, Any], names: tuple[str, ...]) -> list[str]:
    return [name for name in names if name in moment["modules"]]


def test_the_window_is_painted_before_anything_heavy_is_imported(told: list[Any]) -> None:
    painted = told[0]
    assert painted["moment"] == "painted"
    assert loaded(painted, HEAVY) == []


def test_the_database_is_opened_only_after_the_window_was_painted(told: list[Any]) -> None:
    painted, rows, _ = told
    assert painted["opened"] == []
    assert any("products.db" in path for path in rows["opened"])


def test_rows_are_in_the_table_before_sqlalchemy_and_the_rest_of_the_window_are_imported(
    told: list[Any],
) -> None:
    rows, texts = told[1:]
    assert rows["moment"] == "rows"
    assert loaded(rows, AFTER_THE_ROWS) == []
    assert all(texts)


def test_importing_reads_no_source_of_ours(told: list[Any]) -> None:
    read = [path for path in told[1]["read"] if "dataflow_desktop" in path]
    assert read == []  # PySide's own import hook would read all of them


ENDED = """
import os, signal, sys

import dataflow_desktop.app
from dataflow_desktop.ui import start_times

moment = sys.argv.pop()

def note(times, name):
    if name == moment:
        os.kill(os.getpid(), signal.SIGTERM)

start_times.StartTimes._note = note
os.environ[start_times.VARIABLE] = "unused"

from dataflow_desktop.__main__ import main

sys.exit(main())
"""


@pytest.mark.parametrize("moment", ["painted", "rows"])
def test_a_termination_signal_ends_a_start_in_good_order(tmp_path: Path, moment: str) -> None:
    make_catalogue(tmp_path / "products.db", rows=3_000)
    process = subprocess.run(
        [sys.executable, "-c", ENDED, moment],
        env={**os.environ, "DATAFLOW_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (process.returncode, process.stderr) == (0, "")


def test_a_database_without_tables_that_opened_early_is_among_the_recent_ones(
    qtbot: QtBot, home: Path, tmp_path: Path
) -> None:
    path = make_database(tmp_path / "empty.db", "CREATE TABLE t (a)", "DROP TABLE t")
    begun = FirstRows(Frame(["dataflow-desktop"]))
    begun.browsing.open(str(path))
    wait_until(qtbot, lambda: begun.browsing._opening.opened_address == str(path))
    program = Program(["dataflow-desktop"], begun=begun)
    assert RecentSources(open_settings()).addresses == [str(path)]
    close(qtbot, program)

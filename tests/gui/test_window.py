"""What holds for every control of the window: names, shortcuts, colours, size, and its end."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dataflow_desktop.app.program import Program
from dataflow_desktop.ui.desktop import Appearance
from tests.gui.conftest import SMALL_ROWS, StartProgram
from tests.gui.driving import close, start_export, wait_for_rows, wait_until

ROOT = Path(__file__).parents[2]


def full_window(qtbot: QtBot, start: StartProgram, catalogue: Path, tmp_path: Path) -> Program:
    program = start(catalogue)
    wait_for_rows(qtbot, program, SMALL_ROWS)
    wait_until(qtbot, lambda: len(program.window.filter_bar.facet_columns) == 2)
    start_export(qtbot, program, tmp_path / "all.csv")
    wait_until(qtbot, (tmp_path / "all.csv").is_file)
    wait_until(qtbot, lambda: program.exporting.running_count == 0)
    return program


def test_tab_goes_from_the_search_field_through_the_filters(
    qtbot: QtBot, start: StartProgram, catalogue: Path, tmp_path: Path
) -> None:
    program = full_window(qtbot, start, catalogue, tmp_path)
    with qtbot.waitActive(program.window):
        program.window.activateWindow()
    bar = program.window.filter_bar
    bar.focus_search()
    visited = []
    for _ in range(7):
        widget = program.window.focusWidget()
        assert widget is not None
        visited.append(widget.accessibleName())
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    assert visited == [
        "Search text",
        "Column to search in",
        "Add a filter",
        "Show only rows by category",
        "Show only rows by status",
        "Export these rows to a file",
        "Rows of the table",
    ]


def test_the_window_fits_a_small_screen(
    qtbot: QtBot, start: StartProgram, catalogue: Path, tmp_path: Path
) -> None:
    program = full_window(qtbot, start, catalogue, tmp_path)
    program.window.resize(1024, 640)
    assert program.window.size() == QSize(1024, 640)
    assert program.window.row_view.height() > 200


def test_the_chosen_colours_are_worn_and_remembered(
    qtbot: QtBot, start: StartProgram, catalogue: Path
) -> None:
    first = start(catalogue)
    first.window.menus.appearance_chosen.emit(Appearance.DARK)
    assert QGuiApplication.palette().window().color().lightness() < 100
    close(qtbot, first)
    second = start(catalogue)
    assert second.desktop.appearance is Appearance.DARK
    assert QGuiApplication.palette().window().color().lightness() < 100
    second.window.menus.appearance_chosen.emit(Appearance.LIGHT)
    assert QGuiApplication.palette().window().color().lightness() > 150


def test_size_is_remembered(qtbot: QtBot, start: StartProgram, catalogue: Path) -> None:
    first = start(catalogue)
    first.window.resize(790, 560)
    close(qtbot, first)
    assert start(catalogue).window.size() == QSize(790, 560)


def test_a_termination_signal_closes_the_window(qtbot: QtBot, start: StartProgram, catalogue: Path) -> None:
    program = start(catalogue)
    os.kill(os.getpid(), signal.SIGTERM)
    wait_until(qtbot, lambda: not program.window.isVisible())


def test_the_window_is_built_before_any_database_library_is_imported() -> None:
    code = (
        "import sys; from dataflow_desktop.app.program import Program; program = Program(['x']);"
        "program.window.show(); program.shut_down();"
        "sys.exit('sqlalchemy' in sys.modules or 'sqlite3' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0

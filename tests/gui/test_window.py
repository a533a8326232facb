"""What holds for every control of the window: names, shortcuts, colours, size, and its end."""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QProgressBar,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from dataflow_desktop.app.program import Program
from dataflow_desktop.ui.desktop import Appearance
from tests.gui.conftest import SMALL_ROWS, StartProgram
from tests.gui.driving import close, open_dialog, start_export, wait_for_rows, wait_until

ROOT = Path(__file__).parents[2]
CONTROLS = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QProgressBar, QScrollArea)


def controls(root: QWidget) -> Iterator[QWidget]:
    """Every control a person can meet; those that Qt builds inside its own ones have Qt's names."""
    for widget in root.findChildren(QWidget):
        parent = widget.parentWidget()
        is_inner = widget.objectName().startswith("qt_") or isinstance(
            parent, QComboBox | QLineEdit | QAbstractItemView
        )
        is_popup = any(isinstance(ancestor, QComboBox) for ancestor in ancestors(widget))
        if isinstance(widget, CONTROLS) and not is_inner and not is_popup:
            yield widget


def ancestors(widget: QWidget) -> Iterator[QWidget]:
    parent = widget.parentWidget()
    while parent is not None:
        yield parent
        parent = parent.parentWidget()


def full_window(qtbot: QtBot, start: StartProgram, catalogue: Path, tmp_path: Path) -> Program:
    program = start(catalogue)
    wait_for_rows(qtbot, program, SMALL_ROWS)
    wait_until(qtbot, lambda: len(program.window.filter_bar.facet_columns) == 2)
    start_export(qtbot, program, tmp_path / "all.csv")
    wait_until(qtbot, (tmp_path / "all.csv").is_file)
    wait_until(qtbot, lambda: program.exporting.running_count == 0)
    return program


def test_every_control_has_an_accessible_name(
    qtbot: QtBot, start: StartProgram, catalogue: Path, tmp_path: Path
) -> None:
    program = full_window(qtbot, start, catalogue, tmp_path)
    QTest.keyClick(program.window.exports_panel.cards[0], Qt.Key.Key_Return)
    open_dialog(qtbot, program)
    program.window.exports_panel.ask_cancel(program.window.exports_panel.cards[0].view)
    found = list(controls(program.window))
    nameless = [
        widget
        for widget in found
        if not widget.accessibleName() and widget is not program.window.table_states.step_button
    ]
    assert len(found) > 20
    assert nameless == []


def test_every_shortcut_is_used_once(start: StartProgram, catalogue: Path) -> None:
    program = start(catalogue)
    used = Counter(
        shortcut.toString()
        for action in program.window.findChildren(QAction)
        for shortcut in action.shortcuts()
    )
    assert used
    assert {shortcut: count for shortcut, count in used.items() if count > 1} == {}


def test_mnemonics_of_what_is_on_the_screen_are_used_once(
    qtbot: QtBot, start: StartProgram, catalogue: Path, tmp_path: Path
) -> None:
    program = full_window(qtbot, start, catalogue, tmp_path)
    program.window.offer_bar.offer("something")
    texts = [action.text() for action in program.window.menuBar().actions()]
    texts += [button.text() for button in program.window.findChildren(QAbstractButton) if button.isVisible()]
    letters = Counter(text[text.index("&") + 1].lower() for text in texts if "&" in text)
    assert {letter: count for letter, count in letters.items() if count > 1} == {}


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

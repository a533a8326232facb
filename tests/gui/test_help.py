"""The windows of the Help menu say what is so: every key that works, and what the program is made of."""

import re
import tomllib
from importlib.metadata import metadata
from itertools import chain
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from dataflow_desktop import __version__, locations
from dataflow_desktop.app.program import Program
from dataflow_desktop.domain.row_query import SortColumn
from dataflow_desktop.ui.about_dialog import AboutDialog
from dataflow_desktop.ui.libraries import LIBRARIES, Library
from dataflow_desktop.ui.shortcuts_dialog import ShortcutsDialog, plain
from tests.gui.driving import dialog_of, wait_until

ROOT = Path(__file__).parents[2]


def opened_shortcuts(qtbot: QtBot, program: Program) -> ShortcutsDialog:
    program.window.menus.action("shortcuts_wished").trigger()
    dialog = dialog_of(qtbot, program, ShortcutsDialog)
    assert isinstance(dialog, ShortcutsDialog)
    return dialog


def listed(dialog: ShortcutsDialog) -> dict[str, str]:
    """What each line says a key does, and the key."""
    groups = [dialog.tree.topLevelItem(number) for number in range(dialog.tree.topLevelItemCount())]
    lines = [group.child(number) for group in groups if group for number in range(group.childCount())]
    return {line.text(0): line.text(1) for line in lines if line}


def test_every_entry_with_a_key_is_listed_with_it(qtbot: QtBot, shown: Program) -> None:
    lines = listed(opened_shortcuts(qtbot, shown))
    text = QKeySequence.SequenceFormat.NativeText
    for action in shown.window.findChildren(QAction):
        for shortcut in action.shortcuts():
            assert shortcut.toString(text) in lines[plain(action.text())], action.text()


@pytest.mark.parametrize("key", ["F1", "Ctrl+?"])
def test_its_own_keys_open_it(qtbot: QtBot, shown: Program, key: str) -> None:
    with qtbot.waitActive(shown.window):
        shown.window.activateWindow()
    QTest.keySequence(shown.window, QKeySequence(key))
    dialog_of(qtbot, shown, ShortcutsDialog)


def test_keys_are_found_by_what_they_do_and_by_their_name(qtbot: QtBot, shown: Program) -> None:
    dialog = opened_shortcuts(qtbot, shown)
    dialog.search_field.setText("COPY head")
    assert listed(dialog) == {"Copy with headers": "Ctrl+Shift+C"}
    dialog.search_field.setText("ctrl+g")
    assert listed(dialog) == {"Go to row": "Ctrl+G"}
    assert dialog.none_label.isHidden()
    dialog.search_field.setText("no such key")
    assert listed(dialog) == {}
    assert dialog.none_label.isVisible()
    QTest.keyClick(dialog.search_field, Qt.Key.Key_Escape)
    assert len(listed(dialog)) > 30


def test_return_in_the_search_for_a_key_closes_nothing(qtbot: QtBot, shown: Program) -> None:
    dialog = opened_shortcuts(qtbot, shown)
    QTest.keyClicks(dialog.search_field, "copy")
    QTest.keyClick(dialog.search_field, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert dialog.isVisible()
    dialog.close_button.click()
    wait_until(qtbot, lambda: not shown.window.findChildren(ShortcutsDialog))


def test_the_keys_of_the_rows_do_what_is_said_of_them(qtbot: QtBot, shown: Program) -> None:
    view, model = shown.window.row_view, shown.window.row_model
    view.setCurrentIndex(model.index(5, 3))
    for key, place in {
        "Ctrl+End": (model.rowCount() - 1, model.columnCount() - 1),
        "Ctrl+Home": (0, 0),
        "End": (0, model.columnCount() - 1),
        "Home": (0, 0),
    }.items():
        QTest.keySequence(view, QKeySequence(key))
        assert (view.currentIndex().row(), view.currentIndex().column()) == place, key


def cell_menu(program: Program) -> QMenu:
    """The menu that the menu key opens."""
    view = program.window.row_view
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, view.rect().center(), view.pos())
    QApplication.sendEvent(view.viewport(), event)
    return next(menu for menu in view.findChildren(QMenu) if menu.isVisible())


def test_a_column_is_sorted_by_keys_alone(qtbot: QtBot, shown: Program) -> None:
    view, model = shown.window.row_view, shown.window.row_model
    view.setCurrentIndex(model.index(1, 3))
    menu = cell_menu(shown)
    sort = next(action for action in menu.actions() if plain(action.text()) == "Sort by price")
    sort.trigger()
    menu.close()
    wait_until(qtbot, lambda: model.order == (SortColumn("price"),))


def test_find_an_export_goes_to_its_field(shown: Program) -> None:
    panel = shown.window.exports_panel
    shown.window.menus.action("find_export_wished").trigger()
    assert shown.window.focusWidget() is not panel.search_field  # there is no export, and so no field
    panel.search_field.show()
    shown.window.menus.action("find_export_wished").trigger()
    assert shown.window.focusWidget() is panel.search_field


def test_the_about_box_is_copied_whole(qtbot: QtBot, shown: Program) -> None:
    shown.window.menus.action("about_wished").trigger()
    box = dialog_of(qtbot, shown, AboutDialog)
    assert isinstance(box, AboutDialog)
    box.copy_button.click()
    copied = QGuiApplication.clipboard().text()
    assert f"DataFlow Desktop {__version__}" in copied
    for place in (locations.data_folder(), locations.settings_folder(), locations.log_path()):
        assert str(place) in copied
    assert all(f"{library.name} {library.version} · {library.licence}" in copied for library in LIBRARIES)


def test_the_libraries_are_those_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {re.split(r"[\[<>=!]", wanted)[0] for wanted in project["dependencies"]}
    assert {library.package for library in LIBRARIES} == names


@pytest.mark.parametrize("library", LIBRARIES, ids=lambda library: library.package)
def test_a_licence_is_the_one_the_package_names(library: Library) -> None:
    stated = metadata(library.package)
    fields = (stated.get_all(name) or [] for name in ("License-Expression", "License", "Classifier"))
    named = " ".join(chain.from_iterable(fields))
    assert library.version
    assert library.licence in named or f"{library.licence} License" in named

"""The window without a mouse and without eyes: names, keys, an order as one reads, a focus that is seen."""

import re
from collections import Counter
from itertools import pairwise

import pytest
from PySide6.QtCore import QAbstractAnimation, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAction, QContextMenuEvent, QMovie, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMenu,
    QProgressBar,
    QRadioButton,
    QScrollArea,
    QTreeView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from dataflow_desktop.app.program import Program
from dataflow_desktop.ui.desktop import Appearance, create_application
from dataflow_desktop.ui.export_dialog import ExportDialog
from tests.gui.every_window import (
    OPENERS,
    controls_of,
    every_window,
    takes_tab,
    window_with_all_bars,
    window_with_cards,
)

MNEMONIC = re.compile(r"(?<!&)&([^&\s])")
MOST_STOPS = 400


def said(widget: QWidget, text: QAccessible.Text) -> str:
    """What a screen reader is told."""
    return QAccessible.queryAccessibleInterface(widget).text(text)


def described(widget: QWidget) -> str:
    """What a failed test calls a widget."""
    name = widget.accessibleName() or widget.objectName()
    return f"{type(widget).__name__} {name!r} in {type(widget.parentWidget()).__name__}"


def test_every_window_has_a_title_and_every_control_a_name(qtbot: QtBot, shown: Program) -> None:
    unused = shown.window.table_states.step_button  # has its name once it says what it does
    nameless = []
    for name, window in every_window(qtbot, shown):
        assert window.windowTitle(), name
        found = controls_of(window)
        assert found, name
        nameless += [described(widget) for widget in found if not said(widget, QAccessible.Text.Name)]
    assert [widget for widget in nameless if widget != described(unused)] == []


def test_a_drop_down_is_called_by_more_than_what_it_shows(qtbot: QtBot, shown: Program) -> None:
    """On Linux its name is what it shows: what it is for, a label or a description says."""
    mute = []
    for _, window in every_window(qtbot, shown):
        labelled = {label.buddy() for label in window.findChildren(QLabel)}
        boxes = [box for box in controls_of(window) if isinstance(box, QComboBox)]
        mute += [described(box) for box in boxes if box not in labelled and not box.accessibleDescription()]
    assert mute == []


def test_what_is_not_plain_is_described(qtbot: QtBot, shown: Program) -> None:
    window = window_with_cards(qtbot, shown)
    export = OPENERS["export"](qtbot, shown)
    assert isinstance(export, ExportDialog)
    panel = shown.window.exports_panel
    for widget in (
        shown.window.row_view,
        shown.window.filter_bar.column_choice,
        panel.search_field,
        panel.card("RUNNING"),
        shown.window.column_pane.values,
        export.columns.list,
        export.command_button,
    ):
        assert said(widget, QAccessible.Text.Description), described(widget)
    assert window.windowTitle()


def repeated(texts: list[str]) -> dict[str, int]:
    """The letters that are underlined more than once."""
    letters = [found.group(1).lower() for text in texts if (found := MNEMONIC.search(text))]
    return {letter: count for letter, count in Counter(letters).items() if count > 1}


def test_underlined_letters_are_used_once(qtbot: QtBot, shown: Program) -> None:
    found = {name: repeated(underlined(window)) for name, window in every_window(qtbot, shown)}
    assert {name: letters for name, letters in found.items() if letters} == {}


def test_underlined_letters_are_used_once_when_all_bars_stand_together(shown: Program) -> None:
    window = shown.window
    found = {name: repeated(underlined(window)) for name in window_with_all_bars(shown)}
    assert len(found) > 5
    assert {name: letters for name, letters in found.items() if letters} == {}


def test_what_stands_in_the_place_of_rows_is_whole_beside_a_pane(shown: Program) -> None:
    states = shown.window.table_states
    shown.window.resize(shown.window.minimumSize())
    for name in window_with_all_bars(shown):
        labels = [label for label in states.findChildren(QLabel) if label.isVisible()]
        assert labels
        cut = [label.text() for label in labels if not states.rect().contains(place_of(label, states))]
        assert cut == [], name


def underlined(window: QWidget) -> list[str]:
    """The texts in a window that may have an underlined letter."""
    on_screen = [widget for widget in window.findChildren(QWidget) if widget.isVisible()]
    texts = [widget.text() for widget in on_screen if isinstance(widget, QAbstractButton)]
    texts += [
        widget.text() for widget in on_screen if isinstance(widget, QLabel) and widget.buddy() is not None
    ]
    texts += [box.title() for box in on_screen if isinstance(box, QGroupBox)]
    if isinstance(window, QMainWindow):
        texts += [action.text() for action in window.menuBar().actions()]
    return texts


def test_underlined_letters_are_used_once_in_each_menu(qtbot: QtBot, shown: Program) -> None:
    window_with_cards(qtbot, shown)
    view = shown.window.row_view
    view.setCurrentIndex(shown.window.row_model.index(0, 1))
    QApplication.sendEvent(
        view.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    )
    for card in shown.window.exports_panel.cards:
        card._make_menu()
    menus = shown.window.findChildren(QMenu)
    assert len(menus) > 15
    again = {menu.title(): repeated([action.text() for action in menu.actions()]) for menu in menus}
    assert {title: letters for title, letters in again.items() if letters} == {}


def test_no_key_is_used_twice(qtbot: QtBot, shown: Program) -> None:
    for name in ("window", "export", "connect", "query"):
        OPENERS[name](qtbot, shown)
    keys: dict[QWidget, list[str]] = {}
    for action in shown.window.findChildren(QAction):
        parent = action.parent()
        owner = parent.window() if isinstance(parent, QWidget) else shown.window
        keys.setdefault(owner, []).extend(shortcut.toString() for shortcut in action.shortcuts())
    for shortcut in shown.window.findChildren(QShortcut):
        parent = shortcut.parent()
        assert isinstance(parent, QWidget)
        keys.setdefault(parent.window(), []).append(shortcut.key().toString())
    assert len(keys) > 1
    used = {owner.windowTitle(): Counter(owned) for owner, owned in keys.items()}
    assert {
        (title, key): count for title, counts in used.items() for key, count in counts.items() if count > 1
    } == {}


def walk(opened: QWidget) -> list[QWidget]:
    """Where the Tab key stops, once around."""
    first = opened.focusWidget()
    assert first is not None
    visited = [first]
    while len(visited) < MOST_STOPS:
        QTest.keyClick(visited[-1], Qt.Key.Key_Tab)
        stop = opened.focusWidget()
        assert stop is not None
        if stop is first:
            return visited
        assert stop not in visited, f"Tab is trapped before {described(stop)}"
        visited.append(stop)
    raise AssertionError(f"Tab does not come around: {[described(stop) for stop in visited[-5:]]}")


def place_of(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def goes_back(before: QRect, after: QRect) -> bool:
    """Whether the step goes up in a column or left in a line; into another column it may go up."""
    shared_height = min(before.bottom(), after.bottom()) - max(before.top(), after.top())
    is_line = shared_height > min(before.height(), after.height()) / 2
    if is_line:
        return after.left() < before.left() and not before.contains(after)
    shared_width = min(before.right(), after.right()) - max(before.left(), after.left())
    return after.top() < before.top() and shared_width > 0


def test_tab_reaches_every_control_and_comes_around(qtbot: QtBot, shown: Program) -> None:
    missed = []
    for _, window in every_window(qtbot, shown):
        visited = walk(window)
        groups = {button.parentWidget() for button in visited if isinstance(button, QRadioButton)}
        wanted = [
            widget
            for widget in controls_of(window)
            if takes_tab(widget) and widget.isVisible() and widget.isEnabled()
            if not (isinstance(widget, QRadioButton) and widget.parentWidget() in groups)
        ]
        missed += [described(widget) for widget in wanted if widget not in visited]
    assert missed == []


def test_tab_comes_around_while_there_is_no_preview(qtbot: QtBot, shown: Program) -> None:
    dialog = OPENERS["export"](qtbot, shown)
    assert isinstance(dialog, ExportDialog)
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    dialog.preview.show_words("No column is chosen.", is_error=True)
    assert dialog.export_button in walk(dialog)


def test_tab_goes_as_one_reads(qtbot: QtBot, shown: Program) -> None:
    back = []
    for _, window in every_window(qtbot, shown):
        visited = walk(window)
        for area in window.findChildren(QScrollArea):
            area.verticalScrollBar().setValue(0)
        places = {stop: place_of(stop, window) for stop in visited}
        first = min(range(len(visited)), key=lambda number: _reading_place(places[visited[number]]))
        round_trip = visited[first:] + visited[:first]
        back += [
            f"{described(before)} → {described(after)}"
            for before, after in pairwise(round_trip)
            if goes_back(places[before], places[after])
        ]
    assert back == []


def _reading_place(place: QRect) -> tuple[int, int]:
    return place.top(), place.left()


@pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.CONTRAST_DARK])
def test_the_focus_is_seen_wherever_it_is(qtbot: QtBot, shown: Program, appearance: Appearance) -> None:
    shown.desktop.wear(appearance)
    unseen = []
    for _, window in every_window(qtbot, shown):
        stops, pictures = walk(window), {}
        for stop in stops:
            stop.setFocus(Qt.FocusReason.TabFocusReason)
            QApplication.processEvents()
            pictures[stop] = stop.grab().toImage()
            if stop.visibleRegion().isEmpty():
                unseen.append(f"out of sight: {described(stop)}")
        stops[0].setFocus(Qt.FocusReason.TabFocusReason)
        left = [stop for stop in stops if not stop.hasFocus()]
        unseen += [described(stop) for stop in left if pictures[stop] == stop.grab().toImage()]
    shown.desktop.wear(Appearance.LIGHT)
    assert unseen == []


def test_nothing_moves_but_what_tells_how_far_something_is(qtbot: QtBot, shown: Program) -> None:
    QApplication.setEffectEnabled(Qt.UIEffect.UI_AnimateMenu)
    create_application([])
    assert not any(QApplication.isEffectEnabled(effect) for effect in Qt.UIEffect)
    shown.window.column_pane.begin(shown.window.row_model.columns[0])
    for _, window in every_window(qtbot, shown):
        bars = window.findChildren(QProgressBar)
        assert [described(bar) for bar in bars if bar.minimum() == bar.maximum()] == []
        animations = window.findChildren(QAbstractAnimation)
        running = [one for one in animations if one.state() is QAbstractAnimation.State.Running]
        assert [type(one).__name__ for one in running if not fades_a_cross(one)] == []
        assert not (isinstance(window, QMainWindow) and window.isAnimated())
        assert window.findChildren(QMovie) == []
        assert not any(tree.isAnimated() for tree in window.findChildren(QTreeView))


def fades_a_cross(animation: QAbstractAnimation) -> bool:
    """Whether it is that of the cross which clears a field: it fades in where it is, and does not move."""
    parent = animation.parent()
    return isinstance(parent, QAbstractButton) and isinstance(parent.parentWidget(), QLineEdit)

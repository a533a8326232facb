"""Every window of the program, opened as a person opens it, and the controls in it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QInputDialog,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QProgressBar,
    QScrollArea,
    QScrollBar,
    QSplitterHandle,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from dataflow_desktop.app import browsing_words
from dataflow_desktop.app.program import Program
from dataflow_desktop.domain.job import JobState
from dataflow_desktop.domain.progress import Progress
from dataflow_desktop.domain.row_query import RowQuery, Search
from dataflow_desktop.errors import Reason, ReasonCode
from dataflow_desktop.ui.about_dialog import AboutDialog
from dataflow_desktop.ui.card_note import CardNote, NoteKind
from dataflow_desktop.ui.columns_dialog import ColumnsDialog
from dataflow_desktop.ui.condition_dialog import ConditionDialog
from dataflow_desktop.ui.connect_dialog import ConnectDialog
from dataflow_desktop.ui.crash_bar import CrashBar
from dataflow_desktop.ui.error_texts import describe
from dataflow_desktop.ui.export_dialog import ExportDialog
from dataflow_desktop.ui.exports_panel import FIRST_CARDS
from dataflow_desktop.ui.job_details import JobDetails
from dataflow_desktop.ui.job_words import JobView, Situation
from dataflow_desktop.ui.password_dialog import PasswordDialog
from dataflow_desktop.ui.query_dialog import QueryDialog
from dataflow_desktop.ui.shortcuts_dialog import ShortcutsDialog
from dataflow_desktop.ui.table_states import TableState
from tests.gui.driving import dialog_of, wait_until
from tests.gui.test_exports_panel import JOB

Opener = Callable[[QtBot, Program], QWidget]

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QScrollArea,
    QTextEdit,
)
BUILT_BY_QT = (QDialogButtonBox, QHeaderView, QScrollBar, QSplitterHandle)


def is_control(widget: QWidget) -> bool:
    """Whether a person can meet a widget; not what Qt builds inside of controls, which has their names."""
    above = list(ancestors(widget))
    is_inner = any(isinstance(one, QAbstractItemView | QAbstractSpinBox | QComboBox) for one in above)
    is_part = isinstance(widget.parentWidget(), QLineEdit) or widget.objectName().startswith("qt_menubar")
    if is_inner or is_part or isinstance(widget, BUILT_BY_QT):
        return False
    return isinstance(widget, CONTROLS) or takes_tab(widget)


def takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)


def ancestors(widget: QWidget) -> Iterator[QWidget]:
    parent = widget.parentWidget()
    while parent is not None:
        yield parent
        parent = parent.parentWidget()


def controls_of(window: QWidget) -> list[QWidget]:
    """The controls in a window, those that are hidden now too, and not those of its dialogs."""
    found = window.findChildren(QWidget)
    return [widget for widget in found if widget.window() is window and is_control(widget)]


def views_of_all_states() -> list[JobView]:
    """A job in every state, in every relation to this window, and for every kind of remedy."""
    views = [JobView(replace(JOB, id=state.name, state=state)) for state in JobState]
    progress = Progress("RUNNING", 45_000, 40_000, 100_000, 3_660_000, 910_000.0, 2.2, 73_400_000.0)
    for situation in Situation:
        of_it = replace(progress, job_id=situation.name) if situation is Situation.RUNNING else None
        views.append(JobView(replace(JOB, id=situation.name), situation, of_it))
    for code in (ReasonCode.PART_DAMAGED, ReasonCode.SOURCE_REPLACED, ReasonCode.FOLDER_MISSING):
        reason = Reason("destination", code.name, {"file": "file.csv", "folder": "/folder"})
        views.append(JobView(replace(JOB, id=code.name, reason=reason)))
    return views


def window_with_cards(qtbot: QtBot, program: Program) -> QWidget:
    """The window with an offer, a condition, a pane and a card of each kind."""
    window = program.window
    window.offer_bar.offer("1 export was interrupted.")
    panel = window.exports_panel
    panel.show_views(views_of_all_states())
    for kind in NoteKind:
        panel.show_note(("DONE", "CANCELLED", "PAUSED")[kind.value - 1], CardNote("words", kind))
    return window


def states_of_the_table() -> Mapping[str, TableState]:
    """All that can be said in the place of rows with a step to take."""
    missing = describe(Reason("source", ReasonCode.SOURCE_MISSING.name, {"source": "/x.db"}))
    return {
        "no row": browsing_words.empty_state(RowQuery("t", ("id",), search=Search("text"))),
        "no row at all": browsing_words.empty_state(RowQuery("t", ("id",))),
        "no table": browsing_words.no_tables_state(),
        "an error": browsing_words.error_state(missing),
        "locked": browsing_words.locked_state(missing),
        "stopped": browsing_words.stopped_state(),
    }


def window_with_all_bars(program: Program) -> Iterator[str]:
    """Show together what may stand in the window at one time; yield the name of each state of the table."""
    window = program.window
    window.put_on_top(CrashBar(lambda: "report"))
    window.offer_bar.offer("1 export was interrupted.")
    window.filter_bar.changed_button.show()
    window.menus.action("glance_wished").setChecked(True)
    window.exports_panel.show_views([JobView(replace(JOB, id=str(i))) for i in range(2 * FIRST_CARDS)])
    for name, state in states_of_the_table().items():
        window.table_states.show_state(state)
        window.column_pane.stop("")  # what was looked at ended with its rows
        QApplication.processEvents()  # a bar that was put into the window is on the screen only then
        yield name


def _dialog(wish: str, kind: type[QDialog]) -> Opener:
    def opened(qtbot: QtBot, program: Program) -> QWidget:
        program.window.menus.action(wish).trigger()
        return dialog_of(qtbot, program, kind)

    return opened


def _password(qtbot: QtBot, program: Program) -> QWidget:
    reason = Reason("configuration", ReasonCode.PASSWORD_NEEDED.name, {"server": "db.example.com"})
    PasswordDialog("postgresql://anna@db.example.com/shop", reason, program.window).open()
    return dialog_of(qtbot, program, PasswordDialog)


def _details(qtbot: QtBot, program: Program) -> QWidget:
    program.window.exports_panel.show_views([JobView(JOB)])
    QTest.keyClick(program.window.exports_panel.card(JOB.id), Qt.Key.Key_Return)
    return dialog_of(qtbot, program, JobDetails)


def _question(qtbot: QtBot, program: Program) -> QWidget:
    program.window.exports_panel.ask_cancel(JobView(JOB))
    return dialog_of(qtbot, program, QMessageBox)


def _export(qtbot: QtBot, program: Program) -> QWidget:
    dialog = _dialog("export_wished", ExportDialog)(qtbot, program)
    assert isinstance(dialog, ExportDialog)
    wait_until(qtbot, lambda: dialog.preview.currentWidget() is dialog.preview.text)
    return dialog


OPENERS: Mapping[str, Opener] = {
    "window": window_with_cards,
    "export": _export,
    "connect": _dialog("connect_wished", ConnectDialog),
    "condition": _dialog("add_filter_wished", ConditionDialog),
    "query": _dialog("new_query_wished", QueryDialog),
    "columns": _dialog("columns_wished", ColumnsDialog),
    "row": _dialog("go_to_row_wished", QInputDialog),
    "password": _password,
    "details": _details,
    "question": _question,
    "shortcuts": _dialog("shortcuts_wished", ShortcutsDialog),
    "about": _dialog("about_wished", AboutDialog),
}


def every_window(qtbot: QtBot, program: Program) -> Iterator[tuple[str, QWidget]]:
    """Open one window of the program after the other, each in front and closed before the next."""
    for name, opener in OPENERS.items():
        window = opener(qtbot, program)
        with qtbot.waitActive(window):
            window.activateWindow()
        yield name, window
        if isinstance(window, QDialog):
            window.close()
            wait_until(qtbot, partial(is_gone, window))


def is_gone(window: QWidget) -> bool:
    """Whether a window is no longer on the screen."""
    return not isValid(window) or not window.isVisible()

"""One function per picture: it brings the window to where it is taken, as a person does, and returns it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap

    from tests.pictures._stage import Stage


EXPORTS_HEIGHT = 330


def window(stage: Stage) -> QPixmap:
    """The window with its table, and an export that a crash interrupted."""
    stage.window.row_view.setCurrentIndex(stage.window.row_model.index(3, 1))
    return stage.picture_of(stage.window)


def filters(stage: Stage) -> QPixmap:
    """Rows found by a text, a drop-down and a condition."""
    from dataflow_desktop.domain.row_query import Condition, Operator
    from tests.gui.driving import choose, facet

    bar = stage.window.filter_bar
    bar.search_field.setText("lamp")
    bar.apply()
    choose(facet(stage.program, "category"), "Home")
    bar.add_condition(Condition("price", Operator.GREATER_OR_EQUAL, (500,)))
    stage.wait(lambda: stage.is_counted)
    return stage.picture_of(stage.window)


def panes(stage: Stage) -> QPixmap:
    """The details of a row beside the table."""
    stage.window.row_view.setCurrentIndex(stage.window.row_model.index(9, 1))
    stage.window.menus.action("details_wished").trigger()
    picture = stage.picture_of(stage.window)
    stage.window.menus.action("details_wished").trigger()
    return picture


def glance(stage: Stage) -> QPixmap:
    """A column at a glance."""
    stage.window.row_view.setCurrentIndex(stage.window.row_model.index(9, 3))
    stage.window.menus.action("glance_wished").trigger()
    stage.wait(lambda: not stage.program.column_glance.is_running)
    picture = stage.picture_of(stage.window)
    stage.window.menus.action("glance_wished").trigger()
    return picture


def export(stage: Stage) -> QPixmap:
    """What a person chooses before an export."""
    from dataflow_desktop.ui.export_dialog import ExportDialog

    stage.window.menus.action("export_wished").trigger()
    dialog = stage.dialog(ExportDialog)
    stage.wait(lambda: bool(dialog.space_label.text()))
    return stage.picture_of(dialog)


def connect(stage: Stage) -> QPixmap:
    """What a person fills in to reach a server."""
    from dataflow_desktop.ui.connect_dialog import ConnectDialog

    stage.window.menus.action("connect_wished").trigger()
    dialog = stage.dialog(ConnectDialog)
    dialog.form.url_field.setText("postgresql://anna@db.example.com/shop")
    dialog.form.url_field.textEdited.emit(dialog.form.url_field.text())
    return stage.picture_of(dialog)


def condition(stage: Stage) -> QPixmap:
    """A condition being made."""
    from dataflow_desktop.ui.condition_dialog import ConditionDialog

    stage.window.menus.action("add_filter_wished").trigger()
    return stage.picture_of(stage.dialog(ConditionDialog))


def query(stage: Stage) -> QPixmap:
    """A query of one's own."""
    from dataflow_desktop.ui.query_dialog import QueryDialog

    stage.window.menus.action("new_query_wished").trigger()
    return stage.picture_of(stage.dialog(QueryDialog))


def columns(stage: Stage) -> QPixmap:
    """Which columns are shown."""
    from dataflow_desktop.ui.columns_dialog import ColumnsDialog

    stage.window.menus.action("columns_wished").trigger()
    return stage.picture_of(stage.dialog(ColumnsDialog))


def row(stage: Stage) -> QPixmap:
    """The number of a row to go to."""
    from PySide6.QtWidgets import QInputDialog

    stage.window.menus.action("go_to_row_wished").trigger()
    return stage.picture_of(stage.dialog(QInputDialog))


def password(stage: Stage) -> QPixmap:
    """A password that a server wants."""
    from dataflow_desktop.errors import Reason, ReasonCode
    from dataflow_desktop.ui.password_dialog import PasswordDialog

    address = "postgresql://anna@db.example.com/shop"
    reason = Reason("configuration", ReasonCode.PASSWORD_NEEDED.name, {"server": "db.example.com"})
    PasswordDialog(address, reason, stage.window).open()
    return stage.picture_of(stage.dialog(PasswordDialog))


def details(stage: Stage) -> QPixmap:
    """The details of an export."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from dataflow_desktop.domain.job import JobState
    from dataflow_desktop.ui.job_details import JobDetails

    QTest.keyClick(stage.card(JobState.INTERRUPTED), Qt.Key.Key_Return)
    return stage.picture_of(stage.dialog(JobDetails))


def question(stage: Stage) -> QPixmap:
    """A question before something is lost."""
    from PySide6.QtWidgets import QMessageBox

    from dataflow_desktop.domain.job import JobState

    stage.window.exports_panel.ask_cancel(stage.card(JobState.INTERRUPTED).view)
    return stage.picture_of(stage.dialog(QMessageBox))


def shortcuts(stage: Stage) -> QPixmap:
    """All keys."""
    from dataflow_desktop.ui.shortcuts_dialog import ShortcutsDialog

    stage.window.menus.action("shortcuts_wished").trigger()
    return stage.picture_of(stage.dialog(ShortcutsDialog))


def about(stage: Stage) -> QPixmap:
    """What the program is, and where it keeps its things."""
    from dataflow_desktop.ui.about_dialog import AboutDialog

    stage.window.menus.action("about_wished").trigger()
    return stage.picture_of(stage.dialog(AboutDialog))


def no_rows(stage: Stage) -> QPixmap:
    """A search that finds nothing."""
    stage.window.filter_bar.search_field.setText("no such thing")
    stage.window.filter_bar.apply()
    stage.wait(lambda: not stage.window.table_states.is_table_shown)
    return stage.picture_of(stage.window)


def loading(stage: Stage) -> QPixmap:
    """The catalogue being made at the first start."""
    from dataflow_desktop.app.browsing_words import catalogue_state

    stage.window.table_states.show_state(catalogue_state(62_000, 100_000), 620)
    picture = stage.picture_of(stage.window)
    stage.window.table_states.show_table()
    return picture


def menu(stage: Stage) -> QPixmap:
    """A menu with its keys."""
    from PySide6.QtWidgets import QMenu

    view = stage.window.menus.action("refresh_wished").associatedObjects()[0]
    assert isinstance(view, QMenu)
    view.popup(stage.window.pos())
    view.setActiveAction(view.actions()[2])
    picture = stage.picture_of(view)
    view.close()
    return picture


def failure(stage: Stage) -> QPixmap:
    """A database that cannot be opened."""
    stage.open_damaged()
    picture = stage.picture_of(stage.window)
    stage.open_catalogue()
    return picture


def exports(stage: Stage) -> QPixmap:
    """An export that runs, one that waits for a person and one that is done."""
    from dataflow_desktop.domain.job import JobState

    stage.export_to("products.csv")
    stage.wait(lambda: stage.has_card(JobState.DONE))
    height = stage.window.height()
    stage.window.splitter.setSizes([height - EXPORTS_HEIGHT, EXPORTS_HEIGHT])
    stage.export_to("price-list.csv")
    stage.wait(lambda: any(380 <= card.view.permille < 1000 for card in stage.running_cards))
    return stage.picture_of(stage.window)


SCENES: dict[str, Callable[[Stage], QPixmap]] = {
    scene.__name__: scene
    for scene in (
        window, filters, panes, glance, export, connect, condition, query, columns, row, password, details,
        question, shortcuts, about, no_rows, loading, menu, failure, exports,
    )
}  # fmt: skip
"""Each picture by its name; in this order, for the last ones leave exports behind."""

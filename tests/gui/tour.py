"""A walk through the window: every part, dialog and menu is brought to the screen, whatever the language."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QInputDialog, QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from dataflow_desktop import locations
from dataflow_desktop.app.program import Program
from dataflow_desktop.domain.export_profile import ExportProfile
from dataflow_desktop.domain.file_options import FileFormat
from dataflow_desktop.domain.job import Job, JobState
from dataflow_desktop.errors import ReasonCode, SourceError
from dataflow_desktop.records.profiles import ProfileStore
from dataflow_desktop.ui.about_dialog import AboutDialog
from dataflow_desktop.ui.card_note import NoteKind
from dataflow_desktop.ui.columns_dialog import ColumnsDialog
from dataflow_desktop.ui.condition_dialog import ConditionDialog
from dataflow_desktop.ui.connect_dialog import ConnectDialog
from dataflow_desktop.ui.export_dialog import ExportDialog
from dataflow_desktop.ui.job_card import JobCard
from dataflow_desktop.ui.job_menu import FileStep, FileWish
from dataflow_desktop.ui.option_presets import Preset
from dataflow_desktop.ui.password_dialog import PasswordDialog
from dataflow_desktop.ui.query_dialog import QueryDialog
from dataflow_desktop.ui.split_part import Split
from tests.gui.conftest import SMALL_ROWS, StartProgram
from tests.gui.driving import (
    choose_table,
    dialog_of,
    open_dialog,
    start_export,
    wait_for_rows,
    wait_for_state,
    wait_until,
)
from tests.gui.every_window import window_with_all_bars
from tests.unit.exports import part_of

SMALL_SCREEN = (1024, 640)
SERVER = "postgresql://ada@db.example.com/shop?connect_timeout=10&retry_seconds=30"


class Tour:
    """Each of its walks yields the name of what is on the screen now."""

    def __init__(self, qtbot: QtBot, program: Program, catalogue: Path) -> None:
        self._qtbot = qtbot
        self._program = program
        self._window = program.window
        self._catalogue = catalogue

    def parts(self) -> Iterator[str]:
        """Yield with each part of the window."""
        window, menus = self._window, self._window.menus
        yield "the window"
        window.row_view.go_to_row(3)
        menus.action("details_wished").setChecked(True)
        self._wait(lambda: window.details_pane.fields.rowCount() > 0)
        yield "the details of a row"
        menus.action("glance_wished").setChecked(True)
        for column in (4, 1):  # with a mean and bars, and without
            window.row_view.setCurrentIndex(window.row_model.index(2, column))
            name = window.row_model.columns[column].name
            self._wait(partial(self._is_at_a_glance, name))
            yield f"the column {name} at a glance"
        menus.action("glance_wished").setChecked(False)
        window.filter_bar.search_field.setText("nothing has this text")
        window.filter_bar.apply()
        self._wait(window.table_states.step_button.isVisible)
        yield "no row"
        menus.action("clear_wished").trigger()
        wait_for_rows(self._qtbot, self._program, SMALL_ROWS)
        window.explorer.search_field.setText("no such table")
        yield "no table found"
        window.explorer.search_field.setText("")
        window.offer_bar.offer("{}")
        yield "the offer to go on"

    def bars(self) -> Iterator[str]:
        """Yield with each state of the table, below all bars and beside all else that may be there."""
        yield from window_with_all_bars(self._program)

    def menus(self) -> Iterator[str]:
        """Yield with each menu."""
        view = self._window.row_view
        for action in self._window.menuBar().actions():
            menu = action.menu()
            assert isinstance(menu, QMenu)
            menu.popup(self._window.mapToGlobal(QPoint(20, 20)))
            yield f"menu {action.text()}"
            menu.close()
        place = view.visualRect(view.model().index(1, 1)).center()
        reason = QContextMenuEvent.Reason.Mouse
        event = QContextMenuEvent(reason, place, view.viewport().mapToGlobal(place))
        QApplication.sendEvent(view.viewport(), event)
        yield from self._popup("the menu of a cell")
        view.horizontalHeader().customContextMenuRequested.emit(QPoint(5, 5))
        yield from self._popup("the menu of a column")

    def dialogs(self) -> Iterator[str]:
        """Yield with each dialog that needs nothing but a table."""
        menus = self._window.menus
        for wish, kind in (
            ("about_wished", AboutDialog),
            ("columns_wished", ColumnsDialog),
            ("go_to_row_wished", QInputDialog),
            ("open_wished", QFileDialog),
            ("recover_wished", QFileDialog),
        ):
            menus.action(wish).trigger()
            dialog = dialog_of(self._qtbot, self._program, kind)
            yield wish
            self._close(dialog)
        menus.action("add_filter_wished").trigger()
        condition = dialog_of(self._qtbot, self._program, ConditionDialog)
        assert isinstance(condition, ConditionDialog)
        for place in range(condition.column_choice.count()):
            condition.column_choice.setCurrentIndex(place)
            yield f"a condition on column {place}"
        condition.column_choice.setCurrentText("quantity")
        condition.operator_choice.setCurrentIndex(0)
        condition.value_field.setText("many")
        condition.add_button.click()
        yield "a condition that is wrong"
        condition.value_field.setText("7")
        condition.add_button.click()
        self._wait(lambda: menus.action("clear_wished").isEnabled())
        yield "a chip"
        menus.action("clear_wished").trigger()
        wait_for_rows(self._qtbot, self._program, SMALL_ROWS)

    def servers(self) -> Iterator[str]:
        """Yield with what is said about servers; none is asked."""
        self._window.menus.action("connect_wished").trigger()
        dialog = dialog_of(self._qtbot, self._program, ConnectDialog)
        assert isinstance(dialog, ConnectDialog)
        self._wait(lambda: bool(dialog.form.keep_box.why.text()))
        form = dialog.form
        for choice in (form.kind_choice, form.encryption_choice):
            for place in range(choice.count()):
                choice.setCurrentIndex(place)
                yield f"a server: {place}"
        dialog.form.show_url(SERVER)
        dialog.save_button.click()
        yield "a connection without a name"
        dialog.show_test_done(2)
        yield "a server that answers"
        reason = SourceError(ReasonCode.LOGIN_REFUSED, source=SERVER, reason="28P01").reason
        dialog.show_failure(reason)
        yield "a server that refuses"
        self._close(dialog)
        password = PasswordDialog(SERVER, SourceError(ReasonCode.PASSWORD_NEEDED, source=SERVER).reason)
        self._qtbot.addWidget(password)
        password.show()
        yield "a password"
        password.close()

    def queries(self) -> Iterator[str]:
        """Yield with a query of one's own."""
        self._window.menus.action("new_query_wished").trigger()
        dialog = dialog_of(self._qtbot, self._program, QueryDialog)
        assert isinstance(dialog, QueryDialog)
        yield "a new query"
        for statement in ("DELETE FROM products", "SELECT id AS a, 1 AS a FROM products"):
            said = dialog.result_line.text
            dialog.statement_field.setPlainText(statement)
            self._wait(partial(_says_something_else, dialog, said))
            yield f"a wrong query: {statement}"
        dialog.save_button.click()
        yield "a query without a name"
        dialog.statement_field.setPlainText("SELECT id, price FROM products WHERE price > :least")
        self._wait(lambda: list(dialog.value_fields) == ["least"] and dialog.key_list.count() == 2)
        dialog.name_field.setText("dear")
        dialog.value_fields["least"].setText("1000")
        yield "a query"
        dialog.save_button.click()
        self._wait(lambda: not self._window.findChildren(QueryDialog))
        delete = self._window.menus.action("delete_query_wished")
        self._wait(delete.isEnabled)
        delete.trigger()
        box = dialog_of(self._qtbot, self._program, QMessageBox)
        yield "a query to be deleted"
        self._close(box)
        choose_table(self._program, "products")
        wait_for_rows(self._qtbot, self._program, SMALL_ROWS)

    def export_dialog(self) -> Iterator[str]:
        """Yield with the dialog for an export, and all that can be chosen in it."""
        dialog = open_dialog(self._qtbot, self._program)
        yield from self._formats(dialog)
        part = dialog.profile_part
        part.menu_button.menu().popup(dialog.mapToGlobal(QPoint(5, 5)))
        yield "the menu of profiles"
        part.menu_button.menu().close()
        part.save_action.trigger()
        asking = part.findChildren(QInputDialog)[0]
        yield "the name of a profile"
        self._close(asking)
        part.choose("daily")
        part.delete_action.trigger()
        box = part.findChildren(QMessageBox)[0]
        yield "a profile to be deleted"
        self._close(box)
        dialog.columns.choose([])
        yield "no column"
        self._close(dialog)

    def exports(self, target: Path) -> Iterator[str]:
        """Yield with the exports, one of which was done with a profile and one to files of its own."""
        program, panel = self._program, self._window.exports_panel
        dialog = open_dialog(self._qtbot, program)
        self._wait(lambda: dialog.profile_part.box.count() == 2)
        dialog.profile_part.choose("daily")
        dialog.path_field.setText(str(target))
        dialog.export_button.click()
        self._wait(lambda: any(card.view.job.spec.target == str(target) for card in panel.cards))
        card = next(card for card in panel.cards if card.view.job.spec.target == str(target))
        wait_for_state(self._qtbot, program, card.view.job.id, JobState.DONE)
        yield "an export that is done"
        yield from self._done(card)
        yield from self._since(target)
        yield "the end notice"

    def ways_out(self, job: Job) -> Iterator[str]:
        """Yield with an export that cannot go on as it is; `job` is paused."""
        part = part_of(job)
        content = bytearray(part.read_bytes())
        content[len(content) // 3] ^= 1
        part.write_bytes(content)
        card = self._window.exports_panel.card(job.id)
        yield "an export that is paused"
        card.resume_button.click()
        self._wait(lambda: bool(card.remedy_buttons) and self._program.exporting.running_count == 0)
        yield "what can be done"
        list(card.remedy_buttons.values())[-1].click()
        box = dialog_of(self._qtbot, self._program, QMessageBox)
        yield "to begin again"
        self._close(box)
        card.menu_button.click()
        yield from self._popup("the menu of a paused export")
        yield from self._details(card)
        self._window.exports_panel.ask_cancel(card.view)
        box = dialog_of(self._qtbot, self._program, QMessageBox)
        yield "to give up"
        self._close(box)
        self._window.exports_panel.search_field.setText("no such export")
        yield "no export found"
        self._window.exports_panel.search_field.setText("")

    def other_sources(self, folder: Path) -> Iterator[str]:
        """Yield with a database of no tables, one of an empty table, and none."""
        bare, empty = folder / "bare.db", folder / "empty.db"
        for path, statements in ((bare, "PRAGMA user_version = 1"), (empty, "CREATE TABLE t (a)")):
            with closing(sqlite3.connect(path)) as connection, connection:
                connection.executescript(statements)
        states = self._window.table_states
        for path in (bare, empty, folder / "none.db"):
            before = states.state_text
            self._program.connecting.open(str(path), None)
            self._wait(partial(self._has_another_state, before))
            yield f"a database: {path.name}"

    def _formats(self, dialog: ExportDialog) -> Iterator[str]:
        part = dialog.file_part
        for file_format in FileFormat:
            part.format_box.setCurrentIndex(list(FileFormat).index(file_format))
            self._wait(dialog.space_label.isVisible)
            yield f"the format {file_format}"
        part.format_box.setCurrentIndex(0)
        for place, split in enumerate(Split):
            part.split_part.box.setCurrentIndex(place)
            yield f"split by {split}"
        part.split_part.box.setCurrentIndex(0)
        options = part.format_options
        options.delimiter_box.setCurrentIndex(options.delimiter_box.count() - 1)
        options.delimiter_field.setText('"')
        yield "a wrong delimiter"
        options.preset_box.choose(Preset.EXCEL)
        options.preset_box.chosen_changed.emit()
        yield "what Excel wants"
        dialog.path_field.setText("")
        dialog.export_button.click()
        yield "no file"
        dialog.path_field.setText(str(self._catalogue))
        dialog.export_button.click()
        self._wait(dialog.path_error.isVisible)
        yield "the database itself"

    def _done(self, card: JobCard) -> Iterator[str]:
        card.menu_button.click()
        yield from self._popup("the menu of an export")
        yield from self._details(card)
        path = Path(card.view.job.spec.file())
        for change in (b"", b"x"):
            path.write_bytes(path.read_bytes() + change)
            card.file_wished.emit(FileWish(card.view.job, FileStep.VERIFY))
            self._wait(lambda: card.note is not None and card.note.kind is not NoteKind.RUNNING)
            yield f"a file that was verified: {change!r}"
        path.write_bytes(path.read_bytes()[:-1])
        self._window.menus.action("remove_ended_wished").trigger()
        box = dialog_of(self._qtbot, self._program, QMessageBox)
        yield "exports to be removed"
        self._close(box)

    def _details(self, card: JobCard) -> Iterator[str]:
        QTest.keyClick(card, Qt.Key.Key_Return)
        panel = self._window.exports_panel
        assert panel.details is not None
        details = panel.details
        self._wait(lambda: details._traces is not None)
        yield "the details of an export"
        self._close(details)

    def _since(self, target: Path) -> Iterator[str]:
        dialog = open_dialog(self._qtbot, self._program)
        self._wait(lambda: dialog.profile_part.box.count() == 2)
        dialog.profile_part.choose("daily")
        self._wait(dialog.since_part.isVisible)
        dialog.since_part.new_button.click()
        dialog.path_field.setText(str(target))
        dialog.replace_box.click()
        self._wait(dialog.since_part.hint.isVisible)
        yield "only what is new"
        self._close(dialog)
        card = start_export(self._qtbot, self._program, target.with_name("second.jsonl"))
        wait_for_state(self._qtbot, self._program, card.view.job.id, JobState.DONE)

    def _popup(self, name: str) -> Iterator[str]:
        self._wait(lambda: QApplication.activePopupWidget() is not None)
        yield name
        popup = QApplication.activePopupWidget()
        assert popup is not None
        popup.close()

    def _close(self, dialog: QDialog) -> None:
        dialog.reject()
        QApplication.processEvents()

    def _is_at_a_glance(self, column: str) -> bool:
        pane = self._window.column_pane
        return pane.title == column and not pane.progress.isVisible()

    def _has_another_state(self, before: str) -> bool:
        states = self._window.table_states
        return states.state_text != before and states.step_button.isVisible()

    def _wait(self, is_so: Callable[[], bool]) -> None:
        wait_until(self._qtbot, is_so)


def _says_something_else(dialog: QueryDialog, before: str) -> bool:
    return dialog.result_line.text not in ("", before)


def begin(qtbot: QtBot, start: StartProgram, catalogue: Path) -> Tour:
    """Open the window at the catalogue, with one profile, as large as a small screen."""
    ProfileStore(locations.profiles_path()).save(ExportProfile("daily", "products", str(catalogue)))
    program = start(catalogue)
    program.window.resize(*SMALL_SCREEN)
    wait_for_rows(qtbot, program, SMALL_ROWS)
    wait_until(qtbot, lambda: program.window.filter_bar.facet_columns == ("category", "status"))
    return Tour(qtbot, program, catalogue)

"""Profiles in the export dialog, and the export as a command on the clipboard."""

import csv
import gzip
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMessageBox
from pytestqt.qtbot import QtBot

from dataflow_desktop import locations
from dataflow_desktop.app.program import Program
from dataflow_desktop.cli import main
from dataflow_desktop.domain.export_profile import ExportProfile
from dataflow_desktop.domain.file_options import (
    Compression,
    DelimitedOptions,
    FileFormat,
    FileOptions,
    Quoting,
)
from dataflow_desktop.domain.job import JobState
from dataflow_desktop.domain.reading import Consistency, InvalidText
from dataflow_desktop.domain.row_query import Condition, Operator, RowQuery, RowRange, Search, SortColumn
from dataflow_desktop.domain.schema import Column, ColumnKind, Table, TableKind
from dataflow_desktop.errors import Reason
from dataflow_desktop.records.profiles import ProfileStore, read_profile, write_profile
from dataflow_desktop.ui.export_choices import ExportChoices
from dataflow_desktop.ui.export_dialog import ExportDialog
from dataflow_desktop.ui.export_offer import ExportOffer
from tests.gui.driving import answer, dialog_of, open_dialog, wait_for_state, wait_until

COLUMNS = ("id", "name", "price")
TABLE = Table(
    "products",
    TableKind.TABLE,
    tuple(Column(name, "TEXT", ColumnKind.TEXT) for name in COLUMNS),
    ("id",),
)
BOOKS = Condition("name", Operator.EQUAL, ("book",))
TOYS = Condition("name", Operator.EQUAL, ("toy",))
PLAIN = ExportProfile("plain", "products", "a.db")
DEAR = ExportProfile(
    "dear",
    "products",
    "a.db",
    FileOptions(FileFormat.TSV, Compression.GZIP, DelimitedOptions("\t", Quoting.ALL), (("price", "Preis"),)),
    ("price", "id"),
    (TOYS,),
    Search("x"),
    (SortColumn("price", is_descending=True),),
    Consistency.SNAPSHOT,
    InvalidText.REPLACE,
)
ELSEWHERE = ExportProfile("other", "orders", "b.db", FileOptions(FileFormat.JSONL), ("nr",), (TOYS,))

OpenDialog = Callable[[RowQuery], ExportDialog]


@pytest.fixture
def open_alone(qtbot: QtBot, tmp_path: Path) -> OpenDialog:
    """The dialog without a window, which knows three profiles; nobody answers it."""
    choices = ExportChoices(QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))

    def opened(query: RowQuery) -> ExportDialog:
        offer = ExportOffer("a.db", query, 3, tmp_path / "products.csv", table=TABLE)
        dialog = ExportDialog(offer, choices)
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.profile_part.show_profiles([DEAR, ELSEWHERE, PLAIN])
        return dialog

    return opened


@pytest.fixture
def dialog(open_alone: OpenDialog) -> ExportDialog:
    return open_alone(RowQuery("products", COLUMNS, (BOOKS,)))


def asked(dialog: ExportDialog) -> ExportProfile:
    return dialog._profile("")


def test_one_that_is_chosen_fills_the_dialog(dialog: ExportDialog) -> None:
    dialog.profile_part.choose("dear")
    spec = dialog._spec(Path("x"))
    assert spec.options == DEAR.options
    assert spec.query == RowQuery("products", ("price", "id"), (TOYS,), Search("x"), DEAR.order)
    assert (spec.consistency, spec.invalid_text) == (Consistency.SNAPSHOT, InvalidText.REPLACE)
    assert dialog.path_field.text().endswith("products.tsv.gz")
    assert dialog.profile_part.box.currentText() == "dear"
    assert "toy" in dialog._offer_label.text()
    assert "one state" in dialog.profile_part.hint.text()
    assert dialog.rows is None  # nobody has counted these


def test_where_it_says_nothing_of_rows_those_of_the_table_stay(dialog: ExportDialog) -> None:
    dialog.profile_part.choose("plain")
    assert dialog._spec(Path("x")).query == RowQuery("products", COLUMNS, (BOOKS,))
    assert dialog.rows == 3
    assert not dialog.profile_part.is_changed


def test_none_brings_the_rows_of_the_table_back(dialog: ExportDialog) -> None:
    dialog.profile_part.choose("dear")
    dialog.profile_part.choose(None)
    spec = dialog._spec(Path("x"))
    assert (spec.query.conditions, spec.query.search, spec.query.order) == ((BOOKS,), None, ())
    assert spec.consistency is Consistency.LIVE
    assert not dialog.profile_part.hint.isVisible()


def test_selected_rows_stay_the_selected_rows(open_alone: OpenDialog) -> None:
    rows = RowRange((SortColumn("id"),), (1,), (2,))
    dialog = open_alone(RowQuery("products", COLUMNS, rows=rows))
    dialog.profile_part.choose("dear")
    assert dialog._spec(Path("x")).query == RowQuery("products", ("price", "id"), rows=rows)


def test_of_one_for_another_table_only_the_way_to_write_is_taken(dialog: ExportDialog) -> None:
    dialog.profile_part.choose("other")
    spec = dialog._spec(Path("x"))
    assert spec.options == ELSEWHERE.options
    assert spec.query == RowQuery("products", COLUMNS, (BOOKS,))
    assert "made for orders" in dialog.profile_part.hint.text()


def test_a_change_is_said_and_taken_back_by_choosing_again(dialog: ExportDialog) -> None:
    part = dialog.profile_part
    part.choose("dear")
    changes: tuple[Callable[[], object], ...] = (
        lambda: dialog.columns.choose(["id"]),
        lambda: dialog.columns.rename("id", "Nr"),
        dialog.file_part.format_options.header_check.click,
        lambda: dialog.path_field.setText("/tmp/a.parquet"),
    )
    for change in changes:
        change()
        assert part.box.currentText() == "dear (changed)"
        part.choose("dear")
        assert part.box.currentText() == "dear"
        assert asked(dialog).options == DEAR.options
        assert asked(dialog).columns == DEAR.columns
    dialog.file_part.format_options.header_check.click()
    dialog.file_part.format_options.header_check.click()
    assert part.box.currentText() == "dear"


def test_without_one_there_is_nothing_to_delete_or_export(dialog: ExportDialog) -> None:
    part = dialog.profile_part
    assert not part.delete_action.isEnabled()
    assert not part.export_action.isEnabled()
    part.choose("dear")
    assert part.delete_action.isEnabled()
    assert part.export_action.isEnabled()


def test_what_is_wrong_with_the_list_is_said(dialog: ExportDialog) -> None:
    notice = Reason("destination", "SETTINGS_MOVED_ASIDE", {"title": "saved profiles", "file": "aside.json"})
    dialog.profile_part.show_profiles([], notice)
    assert "aside.json" in dialog.profile_part.error.text()


def test_a_long_name_does_not_widen_the_dialog(dialog: ExportDialog) -> None:
    width = dialog.width()
    dialog.profile_part.show_profiles([ExportProfile("x" * 500)])
    dialog.profile_part.choose("x" * 500)
    assert dialog.width() == width


def test_selected_rows_have_no_command_and_the_button_says_so(open_alone: OpenDialog) -> None:
    rows = RowRange((SortColumn("id"),), (1,), (2,))
    dialog = open_alone(RowQuery("products", COLUMNS, rows=rows))
    assert not dialog.command_button.isEnabled()
    assert "Selected rows" in dialog.command_button.toolTip()


def test_a_filter_that_cannot_be_typed_has_no_command(open_alone: OpenDialog) -> None:
    dialog = open_alone(RowQuery("products", COLUMNS, (Condition("name", Operator.EQUAL, (5,)),)))
    assert not dialog.command_button.isEnabled()
    dialog.profile_part.choose("dear")
    assert dialog.command_button.isEnabled()
    dialog.profile_part.choose(None)
    assert not dialog.command_button.isEnabled()


def test_what_cannot_be_exported_is_not_copied_either(dialog: ExportDialog) -> None:
    QGuiApplication.clipboard().setText("before")
    dialog.columns.choose([])
    dialog.command_button.click()
    assert dialog.column_error.isVisible()
    assert QGuiApplication.clipboard().text() == "before"


def save_as(qtbot: QtBot, program: Program, dialog: ExportDialog, name: str) -> None:
    dialog.profile_part.save_action.trigger()
    asking = dialog_of(qtbot, program, QInputDialog)
    assert isinstance(asking, QInputDialog)
    asking.setTextValue(name)
    asking.accept()


def saved() -> list[ExportProfile]:
    return ProfileStore(locations.profiles_path()).profiles()


def test_it_is_saved_chosen_replaced_and_deleted(qtbot: QtBot, shown: Program) -> None:
    dialog = open_dialog(qtbot, shown)
    part = dialog.profile_part
    dialog.columns.choose(["id", "price"])
    save_as(qtbot, shown, dialog, " mine ")
    wait_until(qtbot, lambda: part.box.currentText() == "mine")
    (mine,) = saved()
    assert (mine.name, mine.table, mine.columns) == ("mine", "products", ("id", "price"))
    dialog.reject()
    wait_until(qtbot, lambda: not shown.window.findChildren(ExportDialog))
    dialog = open_dialog(qtbot, shown)
    part = dialog.profile_part
    wait_until(qtbot, lambda: part.box.count() == 2)
    assert part.box.currentText() == "(none)"
    part.choose("mine")
    assert dialog.columns.chosen() == ("id", "price")
    dialog.columns.choose(["name"])
    assert part.box.currentText() == "mine (changed)"
    save_as(qtbot, shown, dialog, "mine")
    assert "Replace the profile mine?" in answer(qtbot, shown, QMessageBox.ButtonRole.RejectRole)
    assert saved() == [mine]
    save_as(qtbot, shown, dialog, "mine")
    answer(qtbot, shown, QMessageBox.ButtonRole.DestructiveRole)
    wait_until(qtbot, lambda: part.box.currentText() == "mine")
    assert [profile.columns for profile in saved()] == [("name",)]
    part.delete_action.trigger()
    answer(qtbot, shown, QMessageBox.ButtonRole.DestructiveRole)
    wait_until(qtbot, lambda: part.box.count() == 1)
    assert saved() == []
    assert dialog.columns.chosen() == ("name",)
    dialog.reject()


def test_options_that_cannot_be_used_are_not_saved(qtbot: QtBot, shown: Program) -> None:
    dialog = open_dialog(qtbot, shown)
    part = dialog.profile_part
    dialog.file_part.format_options.null_field.setText("a,b")
    save_as(qtbot, shown, dialog, "mine")
    wait_until(qtbot, part.error.isVisible)
    assert "NULL" in part.error.text()
    assert saved() == []
    dialog.reject()


def choose_path(qtbot: QtBot, program: Program, path: Path) -> None:
    chooser = dialog_of(qtbot, program, QFileDialog)
    assert isinstance(chooser, QFileDialog)
    chooser.fileSelected.emit(str(path))
    chooser.reject()
    wait_until(qtbot, lambda: not program.window.findChildren(QFileDialog))


def test_it_travels_as_a_file(qtbot: QtBot, shown: Program, tmp_path: Path) -> None:
    gift, copy = tmp_path / "gift.json", tmp_path / "copy.json"
    write_profile(gift, ExportProfile("gift", "products", "x", columns=("price", "id")))
    dialog = open_dialog(qtbot, shown)
    part = dialog.profile_part
    part.import_action.trigger()
    choose_path(qtbot, shown, gift)
    wait_until(qtbot, lambda: part.box.currentText() == "gift")
    assert dialog.columns.chosen() == ("price", "id")
    part.export_action.trigger()
    choose_path(qtbot, shown, copy)
    wait_until(qtbot, copy.exists)
    wait_until(qtbot, lambda: copy.read_bytes() == gift.read_bytes())
    assert read_profile(copy).name == "gift"
    part.import_action.trigger()
    choose_path(qtbot, shown, gift)
    assert "Replace the profile gift?" in answer(qtbot, shown, QMessageBox.ButtonRole.RejectRole)
    gift.write_text("not a profile")
    part.import_action.trigger()
    choose_path(qtbot, shown, gift)
    wait_until(qtbot, part.error.isVisible)
    assert "no profile of an export" in part.error.text()
    dialog.reject()


def test_the_command_gives_the_bytes_of_the_window(
    qtbot: QtBot, shown: Program, catalogue: Path, tmp_path: Path
) -> None:
    target = tmp_path / "by window.csv.gz"
    ProfileStore(locations.profiles_path()).save(
        ExportProfile(
            "all at once",
            "products",
            str(catalogue),
            FileOptions(
                FileFormat.CSV,
                Compression.GZIP,
                DelimitedOptions(";", Quoting.ALL, "-", has_header=True, decimal_mark=","),
                (("name", 'a=b "c", d'), ("price", "-Preis")),
            ),
            ("price", "name", "id"),
            (
                Condition("category", Operator.IN, ("Books", "Toys")),
                Condition("price", Operator.GREATER, (100,)),
            ),
            Search("i"),
            (SortColumn("price", is_descending=True),),
        )
    )
    dialog = open_dialog(qtbot, shown)
    wait_until(qtbot, lambda: dialog.profile_part.box.count() == 2)
    dialog.profile_part.choose("all at once")
    dialog.path_field.setText(str(target))
    dialog.command_button.click()
    assert dialog.command_button.text() == "Copied"
    wait_until(qtbot, lambda: "Copy" in dialog.command_button.text() and "&" in dialog.command_button.text())
    program, *arguments = shlex.split(QGuiApplication.clipboard().text())
    assert program == "dataflow-desktop"
    dialog.export_button.click()
    wait_until(qtbot, lambda: len(shown.window.exports_panel.cards) == 1)
    job = shown.window.exports_panel.cards[0].view.job
    wait_for_state(qtbot, shown, job.id, JobState.DONE)
    other = tmp_path / "by command.csv.gz"
    assert main([str(other) if argument == str(target) else argument for argument in arguments]) == 0
    assert other.read_bytes() == target.read_bytes()
    lines = list(csv.reader(gzip.decompress(other.read_bytes()).decode().splitlines(), delimiter=";"))
    assert lines[0] == ["-Preis", 'a=b "c", d', "id"]
    assert len(lines) > 10

"""Drop-downs of columns whose values are known from a sample only."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from dataflow_desktop.app.program import Program
from dataflow_desktop.domain.facet import Facet
from dataflow_desktop.domain.row_query import Condition, Operator, Value
from dataflow_desktop.source import facets
from dataflow_desktop.ui.condition_dialog import ConditionDialog
from dataflow_desktop.ui.facet_choice import FacetChoice
from tests.gui.conftest import SMALL_ROWS, StartProgram
from tests.gui.driving import choose, counted, dialog_of, facet, wait_for_rows, wait_until

OTHER = "Other value…"


@pytest.fixture
def sampled(qtbot: QtBot, start: StartProgram, catalogue: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """A catalogue that counts as large, with an index on one column and a rare value in the other."""
    monkeypatch.setattr(facets, "SMALL_ROWS", 100)
    monkeypatch.setattr(facets, "LOOK_ROWS", 10)
    with closing(sqlite3.connect(catalogue)) as connection, connection:
        connection.execute("CREATE INDEX by_category ON products (category)")
    program = start(catalogue)
    wait_for_rows(qtbot, program, SMALL_ROWS)
    wait_until(qtbot, lambda: program.window.filter_bar.facet_columns == ("category", "status"))
    return program


@pytest.fixture
def parent(qtbot: QtBot) -> Iterator[QWidget]:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    yield widget
    widget.close()


def entries(choice: FacetChoice) -> list[str]:
    return [choice.box.itemText(index) for index in range(choice.box.count())]


def made(parent: QWidget, *values: Value, is_complete: bool = False) -> FacetChoice:
    choice = FacetChoice(Facet("c", values, is_complete), parent)
    choice.show()
    return choice


def is_value(value: str) -> Condition:
    return Condition("c", Operator.EQUAL, (value,))


def test_only_a_drop_down_from_a_sample_asks_for_other_values(sampled: Program) -> None:
    status = facet(sampled, "status")
    assert entries(status) == ["All", "active", "discontinued", "inactive", "", OTHER]
    hint = status.box.itemData(status.box.count() - 1, Qt.ItemDataRole.ToolTipRole)
    assert hint == "Found in a sample of the rows: rarer values are not listed"
    assert OTHER not in entries(facet(sampled, "category"))


def test_an_other_value_is_asked_for_in_the_dialog_and_becomes_a_filter(
    qtbot: QtBot, sampled: Program, catalogue: Path
) -> None:
    bar, status = sampled.window.filter_bar, facet(sampled, "status")
    choose(facet(sampled, "category"), "Books")
    books = counted(catalogue, "category = 'Books'")
    wait_for_rows(qtbot, sampled, books)
    choose(status, OTHER)
    assert status.box.currentText() == "All"
    dialog = dialog_of(qtbot, sampled, ConditionDialog)
    assert isinstance(dialog, ConditionDialog)
    assert dialog.column_choice.currentText() == "status"
    assert bar.row_query().conditions == (Condition("category", Operator.EQUAL, ("Books",)),)
    dialog.value_field.setText("active")
    dialog.add_button.click()
    wait_for_rows(qtbot, sampled, counted(catalogue, "category = 'Books' AND status = 'active'"))
    assert [chip.text() for chip in bar.chips.chips] == ["status is active"]
    sampled.window.menus.action("undo_wished").trigger()
    wait_for_rows(qtbot, sampled, books)
    assert not bar.chips.chips
    sampled.window.menus.action("redo_wished").trigger()
    wait_for_rows(qtbot, sampled, counted(catalogue, "category = 'Books' AND status = 'active'"))


def test_the_button_asks_for_no_column_beforehand(qtbot: QtBot, sampled: Program) -> None:
    sampled.window.filter_bar.add_button.click()
    dialog = dialog_of(qtbot, sampled, ConditionDialog)
    assert isinstance(dialog, ConditionDialog)
    assert dialog.column_choice.currentText() == "id"


def test_what_was_chosen_stays_while_another_value_is_asked_for(
    qtbot: QtBot, sampled: Program, catalogue: Path
) -> None:
    status = facet(sampled, "status")
    choose(status, "inactive")
    wait_for_rows(qtbot, sampled, counted(catalogue, "status = 'inactive'"))
    choose(status, OTHER)
    dialog_of(qtbot, sampled, ConditionDialog).reject()
    assert status.box.currentText() == "inactive"
    assert sampled.window.filter_bar.row_query().conditions == (
        Condition("status", Operator.EQUAL, ("inactive",)),
    )
    sampled.window.menus.action("clear_wished").trigger()
    wait_for_rows(qtbot, sampled, SMALL_ROWS)
    choose(status, OTHER)
    assert status.box.currentText() == "All"


def test_a_person_reaches_the_last_entry_in_the_open_list_only(qtbot: QtBot, parent: QWidget) -> None:
    choice = made(parent, "a", "b")
    wished: list[str] = []
    choice.other_wished.connect(wished.append)
    choice.box.setFocus()
    for _ in range(5):
        QTest.keyClick(choice.box, Qt.Key.Key_Down)
    assert (choice.condition(), wished) == (is_value("b"), [])
    QTest.keyClick(choice.box, Qt.Key.Key_O)
    assert wished == []
    choice.box.showPopup()
    QTest.keyClick(choice.box.view(), Qt.Key.Key_End)
    QTest.keyClick(choice.box.view(), Qt.Key.Key_Return)
    wait_until(qtbot, lambda: wished == ["c"])
    assert choice.condition() == is_value("b")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_O):
        QTest.keyClick(choice.box, key)
    assert (choice.condition(), wished) == (is_value("b"), ["c"])


def test_neither_the_line_nor_the_last_entry_is_ever_a_condition(parent: QWidget) -> None:
    choice = made(parent, "a", None)
    for index, condition in enumerate([None, is_value("a"), Condition("c", Operator.IS_NULL), None, None]):
        choice.box.setCurrentIndex(index)
        assert choice.condition() == condition
    choice.choose([is_value(OTHER), is_value("rare"), Condition("d", Operator.IS_NULL)])
    assert choice.box.currentIndex() == 0
    choice.choose([is_value("rare"), Condition("c", Operator.IS_NULL)])
    assert choice.box.currentIndex() == 2


@pytest.mark.parametrize("chosen", ["b", None])
def test_a_value_chosen_stays_where_a_sample_does_not_meet_it_again(parent: QWidget, chosen: Value) -> None:
    choice = made(parent, "a", chosen)
    choice.box.setCurrentIndex(2)
    condition = choice.condition()
    choice.offer(Facet("c", ("a", "c"), is_complete=False))
    assert choice.condition() == condition
    assert choice.box.count() == 6
    choice.offer(Facet("c", ("a", "c", "d"), is_complete=False))
    assert choice.condition() == condition
    choice.offer(Facet("c", ("a", "c")))
    assert choice.condition() is None
    assert entries(choice) == ["All", "a", "c"]


def test_a_value_that_is_not_offered_comes_back_as_a_chip(
    qtbot: QtBot, sampled: Program, catalogue: Path
) -> None:
    bar, status = sampled.window.filter_bar, facet(sampled, "status")
    choose(status, "inactive")
    wait_for_rows(qtbot, sampled, counted(catalogue, "status = 'inactive'"))
    bar.clear()
    status.offer(Facet("status", ("active", "discontinued"), is_complete=False))
    bar.undo()
    wait_for_rows(qtbot, sampled, counted(catalogue, "status = 'inactive'"))
    assert status.box.currentText() == "All"
    assert [chip.text() for chip in bar.chips.chips] == ["status is inactive"]

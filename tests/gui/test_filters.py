"""Filters a person adds, takes back by their chips, undoes and redoes."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot

from dataflow_desktop.app.program import Program
from dataflow_desktop.domain.row_query import Condition, Operator
from dataflow_desktop.domain.schema import ColumnKind
from dataflow_desktop.ui.condition_dialog import ConditionDialog
from dataflow_desktop.ui.condition_words import operators_for
from tests.gui.conftest import SMALL_ROWS
from tests.gui.driving import choose, counted, facet, wait_for_rows
from tests.unit.databases import column_of


def opened(program: Program) -> ConditionDialog:
    program.window.menus.action("add_filter_wished").trigger()
    dialogs = program.window.findChildren(ConditionDialog)
    return dialogs[-1]


def add(program: Program, column: str, operator: Operator, value: str = "") -> ConditionDialog:
    """Fill the dialog in and press Add."""
    dialog = opened(program)
    dialog.choose_column(column)
    dialog.operator_choice.setCurrentIndex(dialog.operator_choice.findData(str(operator)))
    dialog.value_field.setText(value)
    dialog.add_button.click()
    return dialog


def texts(program: Program) -> list[str]:
    return [chip.text() for chip in program.window.filter_bar.chips.chips]


def test_filters_add_up_and_each_chip_takes_its_own_back(
    qtbot: QtBot, shown: Program, catalogue: Path
) -> None:
    add(shown, "price", Operator.GREATER, "500")
    add(shown, "quantity", Operator.BETWEEN, "100,200")
    both = counted(catalogue, "price > 500 AND quantity BETWEEN 100 AND 200")
    assert 0 < both < SMALL_ROWS
    wait_for_rows(qtbot, shown, both)
    assert texts(shown) == ["price is more than 500", "quantity is between 100 and 200"]
    shown.window.filter_bar.chips.chips[0].click()
    wait_for_rows(qtbot, shown, counted(catalogue, "quantity BETWEEN 100 AND 200"))
    assert texts(shown) == ["quantity is between 100 and 200"]


def test_what_does_not_fit_is_said_and_nothing_is_filtered(qtbot: QtBot, shown: Program) -> None:
    dialog = add(shown, "price", Operator.GREATER, "much")
    assert dialog.isVisible()
    assert "price" in dialog.error.text()
    assert dialog.error.isVisible()
    dialog.value_field.setText("1")
    dialog.value_field.textEdited.emit("1")
    assert not dialog.error.isVisible()
    dialog.buttons.button(QDialogButtonBox.StandardButton.Cancel).click()
    assert texts(shown) == []
    wait_for_rows(qtbot, shown, SMALL_ROWS)


def test_changes_are_undone_and_made_again(qtbot: QtBot, shown: Program, catalogue: Path) -> None:
    menus, bar = shown.window.menus, shown.window.filter_bar
    assert not menus.action("undo_wished").isEnabled()
    choose(facet(shown, "status"), "active")
    active = counted(catalogue, "status = 'active'")
    wait_for_rows(qtbot, shown, active)
    add(shown, "price", Operator.LESS, "100")
    cheap = counted(catalogue, "status = 'active' AND price < 100")
    wait_for_rows(qtbot, shown, cheap)
    menus.action("clear_wished").trigger()
    wait_for_rows(qtbot, shown, SMALL_ROWS)
    for rows, chips in ((cheap, 1), (active, 0), (SMALL_ROWS, 0)):
        menus.action("undo_wished").trigger()
        wait_for_rows(qtbot, shown, rows)
        assert len(texts(shown)) == chips
    assert facet(shown, "status").condition() is None
    assert not menus.action("undo_wished").isEnabled()
    for rows in (active, cheap, SMALL_ROWS):
        menus.action("redo_wished").trigger()
        wait_for_rows(qtbot, shown, rows)
    assert not menus.action("redo_wished").isEnabled()
    assert bar.row_query().conditions == ()


def test_a_new_change_forgets_what_was_undone(qtbot: QtBot, shown: Program, catalogue: Path) -> None:
    add(shown, "price", Operator.LESS, "100")
    shown.window.menus.action("undo_wished").trigger()
    add(shown, "price", Operator.LESS, "200")
    wait_for_rows(qtbot, shown, counted(catalogue, "price < 200"))
    assert not shown.window.menus.action("redo_wished").isEnabled()


def test_another_table_begins_without_filters(qtbot: QtBot, shown: Program, large_table: Path) -> None:
    add(shown, "price", Operator.LESS, "100")
    shown.browsing.open(str(large_table))
    wait_for_rows(qtbot, shown, 1_000_000)
    assert texts(shown) == []
    assert not shown.window.menus.action("undo_wished").isEnabled()


def test_a_null_test_takes_no_value(shown: Program) -> None:
    dialog = opened(shown)
    dialog.operator_choice.setCurrentIndex(dialog.operator_choice.findData(str(Operator.IS_NULL)))
    assert not dialog.value_field.isEnabled()
    dialog.add_button.click()
    assert shown.window.filter_bar.row_query().conditions == (Condition("id", Operator.IS_NULL),)


@pytest.mark.parametrize("kind", ColumnKind)
def test_every_kind_of_column_has_comparisons_that_fit(kind: ColumnKind) -> None:
    operators = operators_for(column_of(kind))
    assert len(set(operators)) == len(operators)
    assert set(operators) >= {Operator.IS_NULL, Operator.NOT_NULL}
    assert (Operator.CONTAINS in operators) == (kind in {ColumnKind.TEXT, ColumnKind.ANY})

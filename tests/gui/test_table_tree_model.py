"""The model of the tree of tables, without a window."""

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy
from pytestqt.qtbot import QtBot

from dataflow_desktop.browse.table_tree import SchemaFolder, TableTree
from dataflow_desktop.domain.schema import KeyKind, Table, TableKind, TableSummary
from dataflow_desktop.ui.table_tree_model import TableTreeModel, TreeRole

TOOL_TIP, SPOKEN = Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole
FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


def table(name: str, *path: str, rows: int | None = None, kind: TableKind = TableKind.TABLE) -> TableSummary:
    return TableSummary(Table(name, kind, (), ("id",), KeyKind.PRIMARY, path=path), rows)


def view(name: str) -> TableSummary:
    return TableSummary(Table(name, TableKind.VIEW, (), (), KeyKind.NONE), None)


TREE = TableTree(
    (
        SchemaFolder("public", (table("a", "public", "a", rows=1234), table("b", "public", "b"))),
        SchemaFolder("", (table(".c", "", "c"),)),
    ),
    (view("d"),),
)


@pytest.fixture
def model(qtbot: QtBot) -> TableTreeModel:
    model = TableTreeModel()
    QAbstractItemModelTester(model, FATAL, model)
    model.show(TREE)
    return model


def said(model: TableTreeModel, summary: TableSummary, role: int) -> str:
    """What the one line that there is says then."""
    model.show(TableTree((), (summary,)))
    return str(model.index(0, 0).data(role))


def test_schemas_come_before_what_is_in_none(model: TableTreeModel) -> None:
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["public", "(no name)", "d"]
    public = model.index(0, 0)
    assert [model.index(row, 0, public).data() for row in range(model.rowCount(public))] == ["a", "b"]
    assert model.rowCount(model.index(0, 0, public)) == 0
    assert model.rowCount(model.index(2, 0)) == 0


def test_a_line_is_found_by_its_table_or_folder_and_knows_its_folder(model: TableTreeModel) -> None:
    assert model.index_of("b") == model.index(1, 0, model.index(0, 0))
    assert model.index_of("b").parent() == model.index_of(TREE.folders[0]) == model.index(0, 0)
    assert model.index_of(view("d")) == model.index(2, 0)
    assert not model.index_of("d").parent().isValid()
    assert not model.index_of("nothing").isValid()
    assert not model.index_of(None).isValid()
    assert model.node(model.index_of(".c")) == TREE.folders[1].tables[0]
    assert model.node(QModelIndex()) is None


def test_the_first_table_is_in_the_first_folder_where_there_is_one(model: TableTreeModel) -> None:
    assert model.first_table().data() == "a"
    model.show(TableTree((), TREE.loose))
    assert model.first_table().data() == "d"
    model.show(TableTree())
    assert not model.first_table().isValid()


def test_a_table_says_what_it_is_and_about_how_many_rows_it_has(model: TableTreeModel) -> None:
    index = model.index_of("a")
    assert index.data(TreeRole.ICON) == "table"
    assert index.data(TreeRole.ESTIMATE) == "~1,234"
    assert index.data(SPOKEN) == "a, Table, about 1,234 rows"
    assert "public.a" in index.data(TOOL_TIP)
    assert "no key" not in index.data(TOOL_TIP)
    assert model.index_of("b").data(TreeRole.ESTIMATE) == ""


def test_a_view_without_a_key_says_that_it_is_read_forward(model: TableTreeModel) -> None:
    index = model.index_of("d")
    assert index.data(TreeRole.ICON) == "view"
    assert index.data(SPOKEN) == "d, View, no key"
    assert "read forward" in index.data(TOOL_TIP)


def test_a_virtual_table_has_an_icon_of_its_own(model: TableTreeModel) -> None:
    virtual = TableSummary(Table("v", TableKind.TABLE, (), (), is_virtual=True), None)
    assert said(model, virtual, TreeRole.ICON) == "virtual-table"


def test_only_the_open_table_is_bold(model: TableTreeModel) -> None:
    model.mark_open("a")
    told = QSignalSpy(model.dataChanged)
    model.mark_open("b")
    assert [told.at(place)[0] for place in range(told.count())] == [model.index_of("a"), model.index_of("b")]
    fonts = [model.index_of(name).data(Qt.ItemDataRole.FontRole) for name in ("a", "b")]
    assert fonts[0] is None
    assert fonts[1].bold()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("", "(no name)"),
        ("two\nlines", "two↵lines"),
        ("\u202eevil", "\ufffdevil"),
        ("x" * 5_000, "x" * 300 + "…"),
        ("טבלה", "טבלה"),
    ],
)
def test_a_hostile_name_stays_on_its_line(model: TableTreeModel, name: str, text: str) -> None:
    assert said(model, table(name), Qt.ItemDataRole.DisplayRole) == text
    assert "\n" not in said(model, table(name), SPOKEN)
    assert max(map(len, said(model, table(name), TOOL_TIP).split("<br>"))) < 120


def test_a_name_with_markup_is_no_markup_in_the_tool_tip(model: TableTreeModel) -> None:
    tip = said(model, table("<img src=x>&amp;"), TOOL_TIP)
    assert "&lt;img src=x&gt;&amp;amp;" in tip
    assert "<img" not in tip

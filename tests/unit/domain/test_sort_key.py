"""The order of a query made total by the table's key."""

import pytest

from dataflow_desktop.domain.row_query import RowQuery, SortColumn
from dataflow_desktop.domain.schema import Column, ColumnKind, KeyKind, Table, TableKind
from dataflow_desktop.domain.sort_key import sort_key
from dataflow_desktop.errors import ConfigurationError, ReasonCode

COLUMNS = tuple(Column(name, "", ColumnKind.ANY) for name in "abcd")


def keys(key: str, *order: SortColumn) -> list[tuple[str, bool]]:
    """Return the sort key of a table whose key is the letters of `key`."""
    table = Table("t", TableKind.TABLE, COLUMNS, tuple(key), KeyKind.PRIMARY)
    found = sort_key(table, RowQuery("t", (), order=order))
    return [(by.column, by.is_descending) for by in found]


def test_without_an_order_the_key_is_the_order() -> None:
    assert keys("ba") == [("b", False), ("a", False)]


def test_the_key_follows_the_order_ascending_without_what_is_there_already() -> None:
    assert keys("abd", SortColumn("c", is_descending=True), SortColumn("b", is_descending=True)) == [
        ("c", True),
        ("b", True),
        ("a", False),
        ("d", False),
    ]


def test_behind_the_whole_key_no_column_orders_anything() -> None:
    assert keys("ab", SortColumn("b", is_descending=True), SortColumn("a"), SortColumn("c")) == [
        ("b", True),
        ("a", False),
    ]


def test_without_a_key_the_order_is_all_there_is() -> None:
    assert keys("") == []
    assert keys("", SortColumn("c"), SortColumn("a")) == [("c", False), ("a", False)]


@pytest.mark.parametrize("key", ["a", "c", ""])
@pytest.mark.parametrize(
    ("names", "code"),
    [("cc", ReasonCode.COLUMN_TWICE), ("acba", ReasonCode.COLUMN_TWICE), ("ax", ReasonCode.COLUMN_UNKNOWN)],
)
def test_a_column_that_is_unknown_or_named_twice_is_turned_down(
    key: str, names: str, code: ReasonCode
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        keys(key, *(SortColumn(name) for name in names))
    assert caught.value.reason.code == code.name

"""Tables and their columns."""

import pytest

from dataflow_desktop.domain.schema import Column, ColumnKind
from dataflow_desktop.errors import ConfigurationError, ReasonCode
from tests.unit.databases import table_of

ID = Column("id", "INTEGER", ColumnKind.INTEGER)
NAME = Column("name", "TEXT", ColumnKind.TEXT)
PRICE = Column("price", "DECIMAL(10,2)", ColumnKind.DECIMAL, decimals=2)
TABLE = table_of(ID, NAME, PRICE)


def test_columns_come_in_the_order_they_are_asked_for() -> None:
    assert TABLE.columns_named(["price", "id"]) == (PRICE, ID)


def test_an_unknown_column_is_named_with_the_known_ones() -> None:
    with pytest.raises(ConfigurationError) as caught:
        TABLE.columns_named(["id", "Name"])
    assert caught.value.reason.code == ReasonCode.COLUMN_UNKNOWN.name
    assert "no column Name in table t" in caught.value.reason.message
    assert "id, name, price" in caught.value.reason.hint


def test_a_search_looks_into_text_columns_only() -> None:
    assert TABLE.text_columns == (NAME,)


def test_numbers_are_numeric_and_text_is_not() -> None:
    assert [column.is_numeric for column in TABLE.columns] == [True, False, True]

"""Rows so large that not two of them may be held at once."""

import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from dataflow_desktop.domain.row_query import RowQuery
from dataflow_desktop.domain.schema import Table
from dataflow_desktop.source.connection import Row, SourceConnection
from dataflow_desktop.source.facets import find_facets
from dataflow_desktop.source.ordered_rows import OrderedRows
from dataflow_desktop.source.sorted_keys import RowsByKey, first_keys
from tests.unit.databases import all_of, connected, described, make_database

ROWS, LETTERS = 20, 1_000_000

Read = Callable[[SourceConnection, Table, RowQuery], object]


def read_in_order(connection: SourceConnection, table: Table, query: RowQuery) -> object:
    return OrderedRows(connection, table, query).read_as(length, None, ROWS)


def read_by_key(connection: SourceConnection, table: Table, query: RowQuery) -> object:
    return RowsByKey(connection, table, query).read_as(length, first_keys(connection, table, query, ROWS))


def length(row: Row) -> int:
    return len(str(row[1]))


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return make_database(
        tmp_path / "large.db",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT)",
        f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {ROWS})"
        f" INSERT INTO t SELECT i, printf('%.{LETTERS}c', 'x') FROM n",
    )


@pytest.mark.parametrize("read", [read_in_order, read_by_key])
def test_rows_are_held_one_at_a_time(database: Path, read: Read) -> None:
    table = described(database, "t")
    with connected(database) as connection:
        tracemalloc.start()
        lengths = read(connection, table, all_of(table))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert lengths == [LETTERS] * ROWS
    assert peak < 5 * LETTERS


def test_long_values_are_no_choices_and_are_not_kept(database: Path) -> None:
    table = described(database, "t")
    with connected(database) as connection:
        tracemalloc.start()
        facets = list(find_facets(connection, table))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert facets == []
    assert peak < 5 * LETTERS

"""Rows of views without a key, read from the first one on."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from dataflow_desktop.domain.row_query import Condition, Operator, RowQuery, SortColumn
from dataflow_desktop.source import forward_rows
from dataflow_desktop.source.connection import Row
from dataflow_desktop.source.forward_rows import ForwardRows
from tests.unit.databases import connected, described, insert, make_database

ROWS = 1_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = make_database(
        tmp_path / "v.db",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT)",
        "CREATE VIEW v AS SELECT id, name FROM t",
    )
    insert(path, "t", ((number, f"row {number % 10}") for number in range(ROWS)))
    return path


def read_all(path: Path, query: RowQuery, size: int) -> list[Row]:
    """Return all rows, page by page."""
    table = described(path, "v")
    assert table.key == ()
    rows: list[Row] = []
    with connected(path) as connection:
        forward = ForwardRows(connection, table, query)
        while page := forward.read(len(rows), size):
            rows += page
    return rows


@pytest.mark.parametrize("size", [1, 3, 7, 256, 999, 1_000, 5_000])
def test_pages_join_to_all_rows(path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(forward_rows, "MOST_ROWS_AHEAD", 64)
    monkeypatch.setattr(forward_rows, "ROWS_IN_FETCH", 10)
    found = read_all(path, RowQuery("v", ("name", "id")), size)
    assert found == [(f"row {number % 10}", number) for number in range(ROWS)]


def test_rows_are_filtered_and_in_the_order_asked_for(path: Path) -> None:
    query = RowQuery(
        "v", ("id",), (Condition("name", Operator.EQUAL, ("row 3",)),), order=(SortColumn("id", True),)
    )
    assert read_all(path, query, 7) == [(number,) for number in range(993, 0, -10)]


def test_rows_before_and_far_beyond_those_read_are_found(path: Path) -> None:
    with connected(path) as connection:
        forward = ForwardRows(connection, described(path, "v"), RowQuery("v", ("id",)))
        for first in (900, 10, 990, 0, 500, 2_000, 998):
            expected = [(number,) for number in range(first, min(first + 20, ROWS))]
            assert forward.read(first, 20) == expected


def test_the_source_is_asked_seldom(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    fetch = ForwardRows._fetch

    def counting(self: ForwardRows, first: int, least: int, most: int) -> None:
        asked.append(most)
        fetch(self, first, least, most)

    monkeypatch.setattr(ForwardRows, "_fetch", counting)
    assert len(read_all(path, RowQuery("v", ("id",)), 10)) == ROWS
    assert asked[:3] == [10, 10, 20]
    assert len(asked) < 12


def test_wide_values_are_not_heaped_up(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forward_rows, "MOST_BYTES_AHEAD", 30)
    monkeypatch.setattr(forward_rows, "ROWS_IN_FETCH", 2)
    with connected(path) as connection:
        forward = ForwardRows(connection, described(path, "v"), RowQuery("v", ("name",)))
        assert len(forward.read(100, 40)) == 40
        assert len(forward._rows) == 40


def test_a_writer_is_not_held_up_between_two_reads(path: Path) -> None:
    with connected(path) as connection:
        forward = ForwardRows(connection, described(path, "v"), RowQuery("v", ("id",)))
        forward.read(0, 10)
        with closing(sqlite3.connect(path, timeout=0)) as writer, writer:
            writer.execute("DELETE FROM t WHERE id > 20")
        assert len(forward.read(10, 20)) == 11

"""Joined pages and joined chunks are the whole, in order."""

import random
import sqlite3
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dataflow_desktop.domain.keyset import Keyset
from dataflow_desktop.domain.reading import ReadingTask
from dataflow_desktop.domain.row_query import Condition, Operator, RowQuery, Search
from dataflow_desktop.domain.schema import Table
from dataflow_desktop.errors import ConfigurationError
from dataflow_desktop.pacing import StopRequest
from dataflow_desktop.source.connection import Row, SourceConnection
from dataflow_desktop.source.exact_lane import ExactReader
from dataflow_desktop.source.ordered_rows import OrderedRows, count_rows
from tests.campaign import examples
from tests.unit.databases import connected, described, fetch, insert, make_database
from tests.unit.source.pages import page

CREATE = "CREATE TABLE t (name TEXT, id INTEGER PRIMARY KEY, n INTEGER)"
IDS = st.integers(-(2**63), 2**63 - 1) | st.integers(-10, 60)
TABLES = st.lists(
    st.tuples(st.sampled_from([None, "", "a", "ä", "ab%"]), IDS, st.none() | st.integers(-2, 2)),
    max_size=40,
    unique_by=lambda row: row[1],
)
FILTERS: st.SearchStrategy[tuple[str, RowQuery]] = st.sampled_from(
    [
        ("1", RowQuery("t", ("name", "id", "n"))),
        ("n > 0", RowQuery("t", ("n",), (Condition("n", Operator.GREATER, (0,)),))),
        ("n IS NULL", RowQuery("t", ("name",), (Condition("n", Operator.IS_NULL),))),
        ("id < 0", RowQuery("t", ("id", "name"), (Condition("id", Operator.LESS, (0,)),))),
        ("instr(name, 'a')", RowQuery("t", ("id",), search=Search("A"))),
        ("0", RowQuery("t", ("id",), search=Search("nowhere"))),
    ]
)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table that each example fills anew."""
    return make_database(tmp_path_factory.mktemp("pages") / "t.db", CREATE)


def fill(path: Path, rows: list[tuple[str | None, int, int | None]]) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM t")
        connection.executemany("INSERT INTO t VALUES (?, ?, ?)", rows)


def ordered(path: Path, where: str, query: RowQuery) -> list[Row]:
    """Return what one plain ORDER BY gives."""
    return fetch(path, f"SELECT {', '.join(query.columns)} FROM t WHERE {where} ORDER BY id")  # type: ignore[return-value]


@settings(max_examples=examples(150))
@given(rows=TABLES, chosen=FILTERS, size=st.integers(1, 7), seed=st.integers(0, 1000))
def test_pages_read_in_any_order_join_to_order_by(
    database: Path,
    rows: list[tuple[str | None, int, int | None]],
    chosen: tuple[str, RowQuery],
    size: int,
    seed: int,
) -> None:
    fill(database, rows)
    where, query = chosen
    expected = ordered(database, where, query)
    firsts = list(range(0, len(expected) + size, size))
    random.Random(seed).shuffle(firsts)
    with connected(database) as connection:
        table = described(database, "t")
        assert count_rows(connection, table, query) == len(expected)
        found = {first: page(connection, table, query, first, size) for first in firsts}
    assert [row for first in sorted(found) for row in found[first]] == expected
    assert all(found[first] == expected[first : first + size] for first in firsts)


@settings(max_examples=examples(150))
@given(
    rows=TABLES, chosen=FILTERS, jumps=st.lists(st.tuples(st.integers(0, 45), st.integers(1, 7)), max_size=12)
)
def test_any_jump_shows_the_rows_of_that_number(
    database: Path,
    rows: list[tuple[str | None, int, int | None]],
    chosen: tuple[str, RowQuery],
    jumps: list[tuple[int, int]],
) -> None:
    fill(database, rows)
    where, query = chosen
    expected = ordered(database, where, query)
    with connected(database) as connection:
        table = described(database, "t")
        for first, size in jumps:
            assert page(connection, table, query, first, size) == expected[first : first + size]


@settings(max_examples=examples(100))
@given(
    rows=TABLES,
    chosen=FILTERS,
    size=st.none() | st.integers(1, 7),
    bound=st.none() | IDS,
    resumed=st.booleans(),
)
def test_chunks_join_to_order_by_up_to_the_bound(
    database: Path,
    rows: list[tuple[str | None, int, int | None]],
    chosen: tuple[str, RowQuery],
    size: int | None,
    bound: int | None,
    resumed: bool,
) -> None:
    fill(database, rows)
    where, query = chosen
    highest = bound if bound is not None else max((row[1] for row in rows), default=None)
    expected = ordered(database, f"({where}) AND id <= {highest}", query) if highest is not None else []
    table = described(database, "t")
    with connected(database) as connection:
        found = joined(connection, table, query, None if highest is None else (highest,), size, resumed)
    assert found == expected


def joined(
    connection: SourceConnection,
    table: Table,
    query: RowQuery,
    bound: Keyset | None,
    size: int | None,
    resumed: bool,
) -> list[Row]:
    """Read all chunks; a resumed run has a new reader for each."""
    task = ReadingTask(connection.source.address, table, query, bound, chunk_rows=size)
    reader = ExactReader(connection, task, StopRequest())
    rows: list[Row] = []
    after: Keyset | None = None
    for number in count():
        if resumed and number:
            reader = ExactReader(connection, task, StopRequest())
        chunk = reader.read(after)
        if chunk is None:
            return rows
        assert chunk.rows == len(chunk.columns[0]) <= (size or 500)
        rows += zip(*chunk.columns, strict=True)
        after = chunk.last
    raise AssertionError


def test_rows_added_behind_the_page_do_not_move_the_next(tmp_path: Path) -> None:
    path = make_database(tmp_path / "m.db", CREATE)
    insert(path, "t", [("x", number, 0) for number in range(0, 100, 10)])
    with connected(path) as connection:
        ordered = OrderedRows(connection, described(path, "t"), RowQuery("t", ("id",)))
        first = ordered.read(None, 5)
        assert first == [(row, row) for row in (0, 10, 20, 30, 40)]
        insert(path, "t", [("new", 5, 0)])
        assert ordered.read((40,), 5) == [(row, row) for row in (50, 60, 70, 80, 90)]


def test_a_table_without_a_key_is_not_read_in_pieces(tmp_path: Path) -> None:
    path = make_database(tmp_path / "k.db", "CREATE VIEW t AS SELECT 1 AS id")
    table = described(path, "t")
    with connected(path) as connection, pytest.raises(ConfigurationError):
        OrderedRows(connection, table, RowQuery("t", ("id",)))

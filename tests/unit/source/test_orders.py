"""Rows in any order, by any key: what is joined piece by piece is what SQLite's own ORDER BY gives."""

import random
import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from dataflow_desktop.domain.keyset import Keyset
from dataflow_desktop.domain.row_query import Condition, Operator, RowQuery, RowRange, SortColumn, Value
from dataflow_desktop.domain.schema import Table
from dataflow_desktop.domain.sort_key import sort_key
from dataflow_desktop.source.connection import Row, SourceConnection
from dataflow_desktop.source.ordered_rows import OrderedRows, count_rows
from dataflow_desktop.source.query_plan import needs_sorting
from dataflow_desktop.source.sqlite.query_plan import plan_of
from dataflow_desktop.source.statements import (
    is_after,
    is_within,
    ranges_after,
    select_bound,
    select_keysets,
    select_rows,
    select_rows_backwards,
)
from tests.campaign import examples
from tests.unit.databases import connected, described, fetch, insert, make_database
from tests.unit.source.pages import indexed, page


@dataclass(frozen=True)
class Shape:
    """A way to build the table; `filled` are the columns that get values."""

    create: str
    key: tuple[str, ...]
    filled: tuple[str, ...]


OTHERS = "a, b NUMERIC, c TEXT COLLATE NOCASE NOT NULL"
SHAPES = {
    "alias": Shape(f"t (id INTEGER PRIMARY KEY, {OTHERS})", ("id",), ("id", "a", "b", "c")),
    "rowid": Shape(f"t ({OTHERS})", ("rowid",), ("rowid", "a", "b", "c")),
    "hidden rowid": Shape(f"t (rowid, oid, {OTHERS})", ("_rowid_",), ("_rowid_", "a", "b", "c")),
    "text": Shape(f"t ({OTHERS}, k TEXT PRIMARY KEY NOT NULL)", ("k",), ("a", "b", "c", "k")),
    "any": Shape(f"t ({OTHERS}, k NOT NULL UNIQUE)", ("k",), ("a", "b", "c", "k")),
    "pair": Shape(
        f"t (k TEXT NOT NULL, {OTHERS}, l INT NOT NULL, PRIMARY KEY (l, k))",
        ("l", "k"),
        ("k", "a", "b", "c", "l"),
    ),
    "pair without rowid": Shape(
        f"t (k, l REAL, {OTHERS}, PRIMARY KEY (k, l)) WITHOUT ROWID", ("k", "l"), ("k", "l", "a", "b", "c")
    ),
    "downwards": Shape(
        f"t (k, l, {OTHERS}, PRIMARY KEY (k, l DESC)) WITHOUT ROWID", ("k", "l"), ("k", "l", "a", "b", "c")
    ),
    "other collation": Shape(
        f"t (k TEXT COLLATE NOCASE PRIMARY KEY, {OTHERS}) WITHOUT ROWID", ("k",), ("k", "a", "b", "c")
    ),
}  # fmt: skip
INDEXES = (
    "CREATE INDEX on_a ON t (a)",
    "CREATE INDEX on_bc ON t (b DESC, c COLLATE BINARY)",
    "CREATE INDEX on_c ON t (c)",
)

FILLED: st.SearchStrategy[Value] = st.sampled_from(
    [-1, 0, 1, 2**53, 2**53 + 1, 2**63 - 1, -(2**63), 0.5, -0.0, 1e308, 2.0**53, float("inf"), "", "a", "A",
     "ab", "ä", "z", "Z", "5", "5.0", "a\0b", b"", b"a", b"\xff"]
)  # fmt: skip
VALUES: st.SearchStrategy[Value] = st.none() | FILLED
IDS = st.integers(-(2**63), 2**63 - 1) | st.integers(-5, 20)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "id": IDS,
            "k": FILLED,
            "l": FILLED,
            "a": VALUES,
            "b": VALUES,
            "c": st.sampled_from(["", "a", "A", "ä", "B"]),
        }
    ),
    max_size=25,
)
EXAMPLES_OF_EACH = 20
"""For each of the shapes, of which there are nine."""

DIRECTIONS = st.lists(st.booleans(), min_size=3, max_size=3)


@pytest.fixture(scope="module", params=SHAPES)
def shaped(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Shape, Path]:
    """A table that each example fills anew."""
    shape = SHAPES[request.param]
    path = tmp_path_factory.mktemp("orders") / "t.db"
    return shape, make_database(path, f"CREATE TABLE {shape.create}", *INDEXES)


def fill(path: Path, shape: Shape, rows: list[dict[str, Value]]) -> None:
    """Put in those rows whose key is not there yet."""
    names = ", ".join(shape.filled)
    marks = ", ".join(":id" if name.endswith(("id", "rowid_")) else f":{name}" for name in shape.filled)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM t")
        connection.executemany(f"INSERT OR IGNORE INTO t ({names}) VALUES ({marks})", rows)


def ordered(path: Path, shape: Shape, query: RowQuery, where: str = "1") -> list[Row]:
    """Return what one plain ORDER BY gives."""
    terms = [f"{by.column} COLLATE BINARY{' DESC' if by.is_descending else ''}" for by in query.order]
    terms += [f"{name} COLLATE BINARY" for name in shape.key if name not in {by.column for by in query.order}]
    columns = ", ".join(query.columns)
    return fetch(path, f"SELECT {columns} FROM t WHERE {where} ORDER BY {', '.join(terms)}")  # type: ignore[return-value]


def is_beyond(table: Table, query: RowQuery, keyset: Keyset, *, is_backwards: bool) -> sa.ColumnElement[bool]:
    """Return the condition that a row comes after `keyset`, in the order of `query` or backwards."""
    if is_backwards:
        return sa.or_(*ranges_after(table, query, keyset, is_backwards=True))
    return is_after(table, query, keyset)


def joined(
    connection: SourceConnection, table: Table, query: RowQuery, size: int, *, is_backwards: bool = False
) -> list[Row]:
    """Return all rows, read piece by piece from the keyset where the last one ended."""
    rows: list[Row] = []
    last: Keyset | None = None
    width = len(query.columns)
    for _ in count():
        statement = (select_rows_backwards if is_backwards else select_rows)(table, query).limit(size)
        if last is not None:
            statement = statement.where(is_beyond(table, query, last, is_backwards=is_backwards))
        found = connection.rows(statement)
        if not found:
            return rows
        rows += [row[:width] for row in found]
        last = found[-1][width:]
        assert len(rows) <= 100, "it goes round in circles"
    raise AssertionError


def query_by(shape: Shape, names: list[str], directions: list[bool], *conditions: Condition) -> RowQuery:
    names = ["k" if name == "l" and "l" not in shape.filled else name for name in names]
    names = [name for name in names if name in shape.filled and not (name == "k" and "k" not in shape.filled)]
    order = [SortColumn(name, down) for name, down in zip(dict.fromkeys(names), directions, strict=False)]
    return RowQuery("t", (*shape.filled,), conditions, order=tuple(order))


@settings(max_examples=examples(40))
@given(
    rows=ROWS,
    names=st.lists(st.sampled_from("abclk"), max_size=3),
    directions=DIRECTIONS,
    size=st.integers(1, 7),
    seed=st.integers(0, 1000),
)
def test_pages_and_pieces_join_to_order_by(
    shaped: tuple[Shape, Path],
    rows: list[dict[str, Value]],
    names: list[str],
    directions: list[bool],
    size: int,
    seed: int,
) -> None:
    shape, path = shaped
    fill(path, shape, rows)
    is_filtered = bool(seed % 2)
    conditions = [Condition("a", Operator.GREATER_OR_EQUAL, (0,))] if is_filtered else []
    query = query_by(shape, names, directions, *conditions)
    expected = ordered(path, shape, query, "a >= 0" if is_filtered else "1")
    firsts = list(range(0, len(expected) + size, size))
    random.Random(seed).shuffle(firsts)
    with connected(path) as connection:
        table = described(path, "t")
        assert table.key == shape.key
        assert same(joined(connection, table, query, size), expected)
        assert same(joined(connection, table, query, size, is_backwards=True), expected[::-1])
        assert indexed(connection, table, query).count == len(expected)
        found = {first: page(connection, table, query, first, size) for first in firsts}
        backwards = OrderedRows(connection, table, query).read(None, len(expected) + 1, is_backwards=True)
    width = len(query.columns)
    assert same([row[:width] for row in backwards], expected[::-1])
    assert same([row for first in sorted(found) for row in found[first]], expected)


def same(found: list[Row], expected: list[Row]) -> bool:
    """Tell 1 from 1.0 too."""
    return list(map(repr, found)) == list(map(repr, expected))


@settings(max_examples=examples(EXAMPLES_OF_EACH))
@given(rows=ROWS, names=st.lists(st.sampled_from("abcl"), max_size=3), directions=DIRECTIONS)
def test_the_bound_is_the_highest_key_whatever_the_order(
    shaped: tuple[Shape, Path], rows: list[dict[str, Value]], names: list[str], directions: list[bool]
) -> None:
    shape, path = shaped
    fill(path, shape, rows)
    query = query_by(shape, names, directions)
    table = described(path, "t")
    by_key = ordered(path, shape, RowQuery("t", shape.key))
    with connected(path) as connection:
        assert same(list(connection.rows(select_bound(table))), by_key[-1:])
        for place, bound in enumerate(by_key):
            below = connection.rows(select_keysets(table, RowQuery("t", ())).where(is_within(table, bound)))
            assert same(list(below), by_key[: place + 1])
            assert len(connection.rows(select_rows(table, query).where(is_within(table, bound)))) == place + 1


@settings(max_examples=examples(EXAMPLES_OF_EACH))
@given(
    rows=ROWS,
    names=st.lists(st.sampled_from("abcl"), max_size=3),
    directions=DIRECTIONS,
    ends=st.tuples(st.integers(0, 24), st.integers(0, 24)),
)
def test_a_range_has_the_rows_from_one_to_another_in_any_order(
    shaped: tuple[Shape, Path],
    rows: list[dict[str, Value]],
    names: list[str],
    directions: list[bool],
    ends: tuple[int, int],
) -> None:
    shape, path = shaped
    fill(path, shape, rows)
    query = query_by(shape, names, directions)
    table = described(path, "t")
    expected = ordered(path, shape, query)
    first, last = sorted(min(end, len(expected) - 1) for end in ends)
    with connected(path) as connection:
        keysets = connection.rows(select_keysets(table, query))
        if not keysets:
            return
        chosen = RowRange(sort_key(table, query), keysets[first], keysets[last])
        found = joined(connection, table, replace(query, rows=chosen), 4)
        assert count_rows(connection, table, replace(query, rows=chosen)) == last - first + 1
        bound = connection.rows(select_bound(table, chosen))
        by_key = connection.rows(select_keysets(table, RowQuery("t", (), rows=chosen)))
    assert same(found, expected[first : last + 1])
    assert same(bound, by_key[-1:])


@settings(max_examples=examples(EXAMPLES_OF_EACH))
@given(rows=ROWS, names=st.lists(st.sampled_from("abcl"), max_size=3), directions=DIRECTIONS)
def test_keysets_are_the_ends_of_the_rows(
    shaped: tuple[Shape, Path], rows: list[dict[str, Value]], names: list[str], directions: list[bool]
) -> None:
    shape, path = shaped
    fill(path, shape, rows)
    query = query_by(shape, names, directions)
    table = described(path, "t")
    with connected(path) as connection:
        ends = [row[len(query.columns) :] for row in connection.rows(select_rows(table, query))]
        assert same(list(connection.rows(select_keysets(table, query))), ends)
    assert all(len(end) == len(sort_key(table, query)) for end in ends)


@pytest.mark.parametrize("size", range(1, 8))
@pytest.mark.parametrize("is_descending", [False, True])
def test_texts_that_another_collation_calls_equal_are_all_read(
    tmp_path: Path, size: int, is_descending: bool
) -> None:
    texts = ["A", "B", "a", "b", "ä"]
    path = make_database(
        tmp_path / "n.db",
        "CREATE TABLE t (k INTEGER PRIMARY KEY DESC, c TEXT COLLATE NOCASE NOT NULL)",
        "CREATE INDEX on_c ON t (c)",
    )
    insert(path, "t", enumerate(reversed(texts)))
    query = RowQuery("t", ("c",), order=(SortColumn("c", is_descending),))
    with connected(path) as connection:
        found = joined(connection, described(path, "t"), query, size)
    assert [text for (text,) in found] == (texts[::-1] if is_descending else texts)


IN_ORDER = [
    ("t (id INTEGER PRIMARY KEY, v)", "", "INTEGER PRIMARY KEY (rowid>?)"),
    ("t (v)", "", "INTEGER PRIMARY KEY (rowid>?)"),
    ("t (v, k TEXT PRIMARY KEY NOT NULL)", "", "sqlite_autoindex_t_1 (k>?)"),
    ("t (v, k INT NOT NULL, l TEXT NOT NULL, PRIMARY KEY (k, l))", "", "sqlite_autoindex_t_1 ((k,l)>(?,?))"),
    ("t (v, k, l TEXT, PRIMARY KEY (k, l)) WITHOUT ROWID", "", "PRIMARY KEY ((k,l)>(?,?))"),
    ("t (v, k NOT NULL UNIQUE)", "", "sqlite_autoindex_t_1 (k>?)"),
    ("t (id INTEGER PRIMARY KEY, v)", "v", "on_v ((v,rowid)>(?,?))"),
    ("t (id INTEGER PRIMARY KEY, v TEXT)", "v", "on_v ((v,rowid)>(?,?))"),
    ("t (v NOT NULL)", "v", "on_v ((v,rowid)>(?,?))"),
    ("t (id INTEGER PRIMARY KEY, v NOT NULL)", "-v -id", "on_v ((v,rowid)<(?,?))"),
    ("t (v, k, l TEXT, PRIMARY KEY (k, l)) WITHOUT ROWID", "-k -l", "PRIMARY KEY ((k,l)<(?,?))"),
]


def query_of(order: str) -> RowQuery:
    """Return the query by the columns of `order`, those with a minus downwards."""
    return RowQuery(
        "t", ("v",), order=tuple(SortColumn(word.lstrip("-"), word[0] == "-") for word in order.split())
    )


@pytest.mark.parametrize(("create", "order", "search"), IN_ORDER)
def test_a_piece_in_the_order_of_an_index_is_searched_and_neither_scanned_nor_sorted(
    tmp_path: Path, create: str, order: str, search: str
) -> None:
    path = make_database(tmp_path / "p.db", f"CREATE TABLE {create}", "CREATE INDEX on_v ON t (v)")
    table, query = described(path, "t"), query_of(order)
    keyset = tuple(range(len(sort_key(table, query))))
    with connected(path) as connection:
        assert not needs_sorting(connection, table, query)
        (step,) = plan_of(connection, select_rows(table, query).where(is_after(table, query, keyset)))
        backwards = select_rows_backwards(table, query)
        backs = [
            plan_of(connection, backwards.where(piece))
            for piece in ranges_after(table, query, keyset, is_backwards=True)
        ]
    assert step.startswith("SEARCH t USING")
    assert step.endswith(search)
    # Backwards, rows whose column is NULL come last: no one range of an index reaches from a value to them.
    assert all(len(back) == 1 and back[0].startswith("SEARCH t USING") for back in backs)


@pytest.mark.parametrize("create", sorted({create for create, *_ in IN_ORDER}))
def test_a_range_of_the_key_is_searched_by_both_its_ends(tmp_path: Path, create: str) -> None:
    path = make_database(tmp_path / "r.db", f"CREATE TABLE {create}")
    table = described(path, "t")
    query = RowQuery("t", ())
    ends = tuple(range(len(table.key)))
    statement = select_keysets(table, query).where(is_after(table, query, ends), is_within(table, ends))
    with connected(path) as connection:
        (step,) = plan_of(connection, statement)
        (last,) = plan_of(connection, select_bound(table))
    assert step.startswith("SEARCH t USING")
    assert ">" in step
    assert "<" in step
    assert "TEMP B-TREE" not in last


@pytest.mark.parametrize("order", ["v -id", "-v w", "v -w id"])
def test_an_order_of_mixed_directions_still_begins_where_its_first_column_says(
    tmp_path: Path, order: str
) -> None:
    path = make_database(
        tmp_path / "m.db",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, v NOT NULL, w)",
        "CREATE INDEX on_v ON t (v)",
    )
    table, query = described(path, "t"), query_of(order)
    keyset = tuple(range(len(sort_key(table, query))))
    with connected(path) as connection:
        step = plan_of(connection, select_keysets(table, query).where(is_after(table, query, keyset)))[0]
    assert "SEARCH t USING INDEX on_v (v" in step or "SEARCH t USING COVERING INDEX on_v (v" in step


@pytest.mark.parametrize(
    ("create", "order", "is_sorted"),
    [
        ("t (id INTEGER PRIMARY KEY, v, w)", "", False),
        ("t (id INTEGER PRIMARY KEY, v, w)", "-id", False),
        ("t (id INTEGER PRIMARY KEY, v, w)", "v", False),
        ("t (id INTEGER PRIMARY KEY, v, w)", "v id", False),
        ("t (id INTEGER PRIMARY KEY, v, w)", "v -id", True),
        ("t (id INTEGER PRIMARY KEY, v, w)", "-v", True),
        ("t (id INTEGER PRIMARY KEY, v, w)", "v w", True),
        ("t (id INTEGER PRIMARY KEY, v, w)", "w", True),
        ("t (id INTEGER PRIMARY KEY, v TEXT COLLATE NOCASE, w)", "v", True),
        ("t (v, w TEXT COLLATE NOCASE PRIMARY KEY) WITHOUT ROWID", "", True),
        ("t (v, w, x, PRIMARY KEY (w, x DESC)) WITHOUT ROWID", "", True),
    ],
)
def test_it_is_known_beforehand_whether_sqlite_sorts(
    tmp_path: Path, create: str, order: str, is_sorted: bool
) -> None:
    path = make_database(tmp_path / "s.db", f"CREATE TABLE {create}", "CREATE INDEX on_v ON t (v)")
    with connected(path) as connection:
        assert needs_sorting(connection, described(path, "t"), query_of(order)) is is_sorted


def test_a_view_has_its_order_and_no_more(tmp_path: Path) -> None:
    path = make_database(
        tmp_path / "v.db", "CREATE TABLE t (x)", "CREATE VIEW v AS SELECT x, typeof(x) AS y FROM t"
    )
    insert(path, "t", [(2,), (None,), ("b",), ("B",)])
    view = described(path, "v")
    query = RowQuery("v", ("y",), order=(SortColumn("x", is_descending=True),))
    with connected(path) as connection:
        assert connection.rows(select_rows(view, query)) == [
            ("text", "b"),
            ("text", "B"),
            ("integer", 2),
            ("null", None),
        ]
        assert len(connection.rows(select_rows(view, RowQuery("v", ("y",))))) == 4

"""Values read from an index: as many steps as values, and none left out."""

from pathlib import Path

import pytest

from dataflow_desktop.domain.row_query import Value
from dataflow_desktop.source.index_values import has_index_values, read_index_values
from tests.unit.databases import connected, described, fetch, insert, make_database

MIXED = [None, 3, -1.5, "b", "B", "a", "", b"", b"a", 2**53 + 1]

MANY_ROWS = (
    "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
    " INSERT INTO t SELECT i, CASE WHEN i < 10000 THEN NULL ELSE 'v' || (i / 5000) END, i % 2 FROM n"
)


def made(folder: Path, index: str, declared: str = "c", rows: str = "") -> Path:
    statements = [f"CREATE TABLE t (id INTEGER PRIMARY KEY, {declared}, d)", index, rows, "ANALYZE"]
    return make_database(folder / "i.db", *filter(None, statements))


def has_values(path: Path) -> bool:
    table = described(path, "t")
    with connected(path) as connection:
        return has_index_values(connection, table, table.column("c"))


def values_of(path: Path, most: int = 100) -> tuple[Value, ...]:
    table = described(path, "t")
    with connected(path) as connection:
        assert has_index_values(connection, table, table.column("c"))
        return read_index_values(connection, table, table.column("c"), most)


@pytest.mark.parametrize("index", ["i ON t (c)", "i ON t (c DESC)", "i ON t (c, d)"])
@pytest.mark.parametrize("declared", ["c", "c TEXT", "c INTEGER"])
def test_values_of_all_types_come_once_and_in_order(tmp_path: Path, index: str, declared: str) -> None:
    path = made(tmp_path, f"CREATE INDEX {index}", declared)
    insert(path, "t", [(number, value, 0) for number, value in enumerate(MIXED * 3)])
    expected = [value for (value,) in fetch(path, "SELECT DISTINCT c FROM t ORDER BY c")]
    assert list(values_of(path)) == expected
    assert values_of(path, 4) == tuple(expected[:4])


@pytest.mark.parametrize(
    "index",
    [
        "",
        "i ON t (c) WHERE c > 'b'",
        "i ON t (c) WHERE c > ''",
        "i ON t (c) WHERE c IS NOT NULL",
        "i ON t (c) WHERE d = 1",
        "i ON t (lower(c))",
        "i ON t (c COLLATE NOCASE)",
        "i ON t (d, c)",
    ],
)
@pytest.mark.parametrize("declared", ["c TEXT", "c TEXT NOT NULL"])
def test_an_index_that_does_not_find_every_value_is_not_trusted(
    tmp_path: Path, index: str, declared: str
) -> None:
    create = index and f"CREATE INDEX {index}"
    (tmp_path / "filled").mkdir()
    rows = MANY_ROWS.replace("NULL", "''") if "NOT" in declared else MANY_ROWS
    assert not has_values(made(tmp_path, create, declared))
    assert not has_values(made(tmp_path / "filled", create, declared, rows))


def test_values_that_a_condition_takes_for_the_same_come_once(tmp_path: Path) -> None:
    path = made(tmp_path, "CREATE INDEX i ON t (c)", "c TEXT COLLATE NOCASE")
    insert(path, "t", [(number, value, 0) for number, value in enumerate(["b", "A", "a", "B"] * 2)])
    assert [str(value).lower() for value in values_of(path)] == ["a", "b"]
    by_bytes = make_database(path, "DROP INDEX i", "CREATE INDEX i ON t (c COLLATE BINARY)")
    assert not has_values(by_bytes)


def test_the_first_column_of_a_key_needs_no_other_index(tmp_path: Path) -> None:
    path = make_database(
        tmp_path / "k.db", "CREATE TABLE t (c TEXT, n INT, PRIMARY KEY (c, n)) WITHOUT ROWID"
    )
    insert(path, "t", [(value, number) for value in "ba" for number in range(3)])
    assert values_of(path) == ("a", "b")


@pytest.mark.parametrize("direction", ["", "DESC"])
def test_no_more_is_read_than_there_are_values(tmp_path: Path, direction: str) -> None:
    path = made(tmp_path, f"CREATE INDEX i ON t (c {direction})", "c TEXT", MANY_ROWS)
    table = described(path, "t")
    steps = []
    with connected(path) as connection:
        driver = connection._driver
        driver.set_progress_handler(lambda: steps.append(1), 100)
        values = read_index_values(connection, table, table.column("c"), 100)
    assert values == (None, "v2", "v3", "v4")
    assert len(steps) < 10  # thousands of instructions would be rows

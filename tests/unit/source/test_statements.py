"""Conditions as SQLite applies them, against a plain Python reference."""

import operator
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from dataflow_desktop.domain.condition_values import parse_condition
from dataflow_desktop.domain.row_query import Condition, Operator, RowQuery, Search, TypedValue, Value
from dataflow_desktop.source.ordered_rows import count_rows
from dataflow_desktop.source.statements import select_distinct, select_rows
from tests.unit.databases import connected, described, insert, make_database

HOSTILE = 'a"; DROP TABLE t;--:x %s 😀'
LOWEST, HIGHEST = -(2**63), 2**63 - 1
ROWS: list[tuple[int, int | None, str | None, float | None]] = [
    (LOWEST, 1, "apple", 0.5),
    (-1, None, "Apple", None),
    (0, 0, "", -0.0),
    (1, -5, None, 1e308),
    (2, HIGHEST, "50%_off", 5e-324),
    (3, LOWEST, "naïve", 0.1),
    (HIGHEST, 7, "NAÏVE", 20.0),
]
COLUMNS = ("id", "n", "s", "f")


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = make_database(
        tmp_path / "s.db", "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, s TEXT, f DECIMAL(10,2))"
    )
    insert(path, "t", ROWS)
    return path


def ids(path: Path, *conditions: Condition, search: Search | None = None) -> list[Value]:
    table = described(path, "t")
    query = RowQuery("t", ("id",), conditions, search)
    with connected(path) as connection:
        found = [row[0] for row in connection.rows(select_rows(table, query))]
        assert count_rows(connection, table, query) == len(found)
    return found


def ids_where(holds: Callable[[Sequence[Value]], bool]) -> list[int]:
    return [row[0] for row in ROWS if holds(row)]


@pytest.mark.parametrize(
    ("word", "compare"),
    [
        ("=", operator.eq),
        ("!=", operator.ne),
        ("<", operator.lt),
        ("<=", operator.le),
        (">", operator.gt),
        (">=", operator.ge),
    ],
)
@pytest.mark.parametrize("number", [LOWEST, -5, 0, 1, 0.5, HIGHEST, 2.0**63, -(2.0**63)])
def test_a_number_is_compared_exactly_and_null_is_never_compared(
    database: Path, word: str, compare: Callable[[object, object], bool], number: float
) -> None:
    expected = ids_where(lambda row: row[1] is not None and compare(row[1], number))
    assert ids(database, Condition("n", Operator(word), (number,))) == expected


@pytest.mark.parametrize(
    ("word", "values", "holds"),
    [
        ("=", ("apple",), lambda s: s == "apple"),
        ("!=", ("apple",), lambda s: s is not None and s != "apple"),
        ("<", ("a",), lambda s: s is not None and s < "a"),
        ("=", ("",), lambda s: s == ""),
        ("contains", ("APPLE",), lambda s: s in {"apple", "Apple"}),
        ("contains", ("%",), lambda s: s == "50%_off"),
        ("contains", ("ï",), lambda s: s in {"naïve", "NAÏVE"}),
        ("contains", ("",), lambda s: s is not None),
        ("starts", ("app",), lambda s: s in {"apple", "Apple"}),
        ("ends", ("OFF",), lambda s: s == "50%_off"),
        ("in", ("apple", "", "%"), lambda s: s in {"apple", ""}),
        ("not-in", ("apple", ""), lambda s: s is not None and s not in {"apple", ""}),
        ("between", ("A", "a"), lambda s: s is not None and "A" <= s <= "a"),
        ("is-null", (), lambda s: s is None),
        ("not-null", (), lambda s: s is not None),
    ],
)
def test_a_text_condition_holds_as_in_python(
    database: Path, word: str, values: tuple[TypedValue, ...], holds: Callable[[Value], bool]
) -> None:
    assert ids(database, Condition("s", Operator(word), values)) == ids_where(lambda row: holds(row[2]))


def test_a_range_includes_both_ends(database: Path) -> None:
    assert ids(database, Condition("n", Operator.BETWEEN, (-5, 1))) == [LOWEST, 0, 1]


def test_all_conditions_must_hold(database: Path) -> None:
    conditions = (Condition("n", Operator.GREATER, (0,)), Condition("s", Operator.NOT_EQUAL, ("50%_off",)))
    assert ids(database, *conditions) == [LOWEST, HIGHEST]


def test_a_search_looks_into_every_text_column_and_nowhere_else(database: Path) -> None:
    assert ids(database, search=Search("APPLE")) == [LOWEST, -1]
    assert ids(database, search=Search("7")) == []


def test_a_search_looks_into_the_one_column_that_is_named(database: Path) -> None:
    assert ids(database, search=Search("7", "n")) == ids_where(lambda row: "7" in str(row[1]))


def test_a_search_in_a_table_without_text_finds_nothing(tmp_path: Path) -> None:
    path = make_database(
        tmp_path / "n.db", "CREATE TABLE t (id INTEGER PRIMARY KEY)", "INSERT INTO t VALUES (1)"
    )
    assert ids(path, search=Search("1")) == []


def test_a_typed_condition_finds_the_rows_in_every_kind_of_column(tmp_path: Path) -> None:
    path = make_database(
        tmp_path / "k.db",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, d DECIMAL(10,2), b BLOB, day DATE, yes BOOLEAN)",
        "INSERT INTO t VALUES (1, '19.90', x'00ff', '2026-03-14', 1), (2, 20, x'', 20000, 0)",
    )
    table = described(path, "t")
    for column, text, expected in (
        ("d", "19.9", 1),
        ("d", "20.00", 2),
        ("b", "00FF", 1),
        ("b", "", 2),
        ("day", "2026-03-14", 1),
        ("day", "20000", 2),
        ("yes", "true", 1),
        ("yes", "FALSE", 2),
    ):
        condition = parse_condition(table.column(column), Operator.EQUAL, text)
        assert ids(path, condition) == [expected], (column, text)


@pytest.mark.parametrize(("text", "expected"), [("x", 1), ("5", 2), ("-1.5", 3)])
def test_a_column_without_a_type_is_asked_for_text_or_a_number(
    tmp_path: Path, text: str, expected: int
) -> None:
    path = make_database(
        tmp_path / "a.db",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, bare)",
        "INSERT INTO t VALUES (1, 'x'), (2, 5), (3, -1.5)",
    )
    condition = parse_condition(described(path, "t").column("bare"), Operator.EQUAL, text)
    assert ids(path, condition) == [expected]


def test_hostile_names_and_values_are_only_names_and_values(tmp_path: Path) -> None:
    quoted = '"' + HOSTILE.replace('"', '""') + '"'
    path = make_database(tmp_path / "h.db", f"CREATE TABLE {quoted} (id INTEGER PRIMARY KEY, {quoted} TEXT)")
    insert(path, quoted, [(1, HOSTILE), (2, "other")])
    table = described(path, HOSTILE)
    query = RowQuery(
        HOSTILE, (HOSTILE,), (Condition(HOSTILE, Operator.EQUAL, (HOSTILE,)),), Search(HOSTILE, HOSTILE)
    )
    with connected(path) as connection:
        assert connection.rows(select_rows(table, query)) == [(HOSTILE, 1)]


def test_columns_come_in_the_order_asked_for_and_end_in_the_keyset(database: Path) -> None:
    table = described(database, "t")
    with connected(database) as connection:
        rows = connection.rows(select_rows(table, RowQuery("t", ("f", "id", "s"))))
    assert rows == [(f, number, s, number) for number, _, s, f in ROWS]


def test_different_values_come_once_and_in_their_order(database: Path) -> None:
    insert(database, "t", [(100, 7, "apple", None)])
    with connected(database) as connection:
        rows = connection.rows(select_distinct(described(database, "t"), "s", 10))
    assert rows == [(None,), ("",), ("50%_off",), ("Apple",), ("NAÏVE",), ("apple",), ("naïve",)]

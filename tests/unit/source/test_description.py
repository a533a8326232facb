"""Tables as SQLite describes them."""

import sqlite3
from pathlib import Path

import pytest

from dataflow_desktop.domain.schema import ColumnKind, TableKind
from dataflow_desktop.errors import ConfigurationError, ReasonCode
from dataflow_desktop.source.description import describe_table, list_tables, require_key
from dataflow_desktop.source.sqlite.description import kind_of
from tests.unit.databases import connected, described, insert, make_database

HOSTILE_NAMES = [
    'a"; DROP TABLE x;--',
    ":x",
    "%",
    "%s",
    "?1",
    "😀",
    "a b",
    "a.b",
    "[x]",
    "`x`",
    "select",
    "'",
]


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


@pytest.mark.parametrize(
    ("declared", "kind"),
    [
        ("INTEGER", ColumnKind.INTEGER),
        ("int", ColumnKind.INTEGER),
        ("BIGINT", ColumnKind.INTEGER),
        ("UNSIGNED BIG INT", ColumnKind.INTEGER),
        ("TEXT", ColumnKind.TEXT),
        ("VARCHAR(255)", ColumnKind.TEXT),
        ("nvarchar(10)", ColumnKind.TEXT),
        ("CLOB", ColumnKind.TEXT),
        ("BLOB", ColumnKind.BYTES),
        ("REAL", ColumnKind.FLOAT),
        ("DOUBLE PRECISION", ColumnKind.FLOAT),
        ("FLOAT", ColumnKind.FLOAT),
        ("DECIMAL(10,2)", ColumnKind.DECIMAL),
        ("NUMERIC", ColumnKind.DECIMAL),
        ("BOOLEAN", ColumnKind.BOOLEAN),
        ("DATE", ColumnKind.DATE),
        ("DATETIME", ColumnKind.TIMESTAMP),
        ("TIMESTAMP", ColumnKind.TIMESTAMP),
        ("", ColumnKind.ANY),
        ("JSON", ColumnKind.ANY),
    ],
)
def test_the_declared_type_gives_the_kind(declared: str, kind: ColumnKind) -> None:
    assert kind_of(declared) is kind


@pytest.mark.parametrize(
    ("declared", "decimals"),
    [
        ("DECIMAL(10,2)", 2),
        ("decimal( 10 , 0 )", 0),
        ("NUMERIC(5)", None),
        ("DECIMAL", None),
        ("REAL", None),
        ("TEXT(1,2)", None),
    ],
)
def test_only_a_decimal_with_a_scale_has_decimals(
    tmp_path: Path, declared: str, decimals: int | None
) -> None:
    path = make_database(tmp_path / "d.db", f"CREATE TABLE t (id INTEGER PRIMARY KEY, c {declared})")
    column = described(path, "t").column("c")
    assert column.decimals == decimals
    assert column.declared_type == declared


def test_a_table_that_cannot_be_read_in_pieces_is_turned_down(tmp_path: Path) -> None:
    path = make_database(tmp_path / "k.db", "CREATE TABLE t (x)", "CREATE VIEW v AS SELECT x FROM t")
    require_key(described(path, "t"))
    with pytest.raises(ConfigurationError) as caught:
        require_key(described(path, "v"))
    assert caught.value.reason.code == ReasonCode.TABLE_WITHOUT_KEY.name


def test_what_is_called_no_key_may_hold_what_no_key_may(tmp_path: Path) -> None:
    path = make_database(tmp_path / "desc.db", "CREATE TABLE t (id INTEGER PRIMARY KEY DESC, x)")
    insert(path, "t", [(None, 1), (None, 2), ("text", 3)])
    assert described(path, "t").key == ("rowid",)


def test_a_view_has_columns_and_no_key(tmp_path: Path) -> None:
    path = make_database(
        tmp_path / "v.db",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT)",
        "CREATE VIEW v AS SELECT id, name, id + 1 AS next FROM t",
    )
    view = described(path, "v")
    assert (view.kind, view.column_names, view.key) == (TableKind.VIEW, ("id", "name", "next"), ())


def test_generated_columns_are_columns(tmp_path: Path) -> None:
    path = make_database(
        tmp_path / "g.db",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, b INTEGER AS (a * 2), c TEXT AS (a) STORED)",
    )
    assert described(path, "t").column_names == ("id", "a", "b", "c")


def test_hidden_columns_of_a_virtual_table_are_left_out(tmp_path: Path) -> None:
    path = make_database(tmp_path / "f.db", "CREATE VIRTUAL TABLE f USING fts5(title, body)")
    table = described(path, "f")
    assert (table.column_names, table.key) == (("title", "body"), ())


def test_not_null_is_seen(tmp_path: Path) -> None:
    path = make_database(
        tmp_path / "n.db", "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL, b TEXT)"
    )
    assert [column.is_nullable for column in described(path, "t").columns[1:]] == [False, True]


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_name_is_only_a_name(tmp_path: Path, name: str) -> None:
    path = make_database(
        tmp_path / "h.db",
        f"CREATE TABLE {quoted(name)} (id INTEGER PRIMARY KEY, {quoted(name)} TEXT)",
        "CREATE TABLE x (id INTEGER PRIMARY KEY)",
    )
    table = described(path, name)
    assert (table.name, table.column_names, table.key) == (name, ("id", name), ("id",))
    with connected(path) as connection:
        assert {summary.table.name for summary in list_tables(connection)} == {name, "x"}


def test_an_unknown_table_is_named_with_the_known_ones(tmp_path: Path) -> None:
    path = make_database(tmp_path / "u.db", "CREATE TABLE a (x)", "CREATE VIEW b AS SELECT 1")
    with connected(path) as connection, pytest.raises(ConfigurationError) as caught:
        describe_table(connection, "A")
    assert caught.value.reason.code == ReasonCode.TABLE_UNKNOWN.name
    assert caught.value.reason.facts["known"] == "a, b"


@pytest.mark.parametrize("name", ["sqlite_master", "sqlite_sequence", "an_index", "", "t%", "_"])
def test_what_is_no_table_of_the_user_is_unknown(tmp_path: Path, name: str) -> None:
    path = make_database(
        tmp_path / "i.db",
        "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, x)",
        "CREATE INDEX an_index ON t (x)",
    )
    with connected(path) as connection, pytest.raises(ConfigurationError):
        describe_table(connection, name)


def test_tables_are_listed_by_name_with_rows_guessed_from_the_key(tmp_path: Path) -> None:
    path = make_database(
        tmp_path / "l.db",
        "CREATE TABLE keyed (id INTEGER PRIMARY KEY)",
        "CREATE TABLE empty (id INTEGER PRIMARY KEY)",
        "CREATE TABLE analyzed (x)",
        "CREATE INDEX of_x ON analyzed (x)",
        "CREATE TABLE plain (x)",
        "CREATE VIEW seen AS SELECT x FROM plain",
    )
    insert(path, "keyed", [(-1,), (8,)])
    insert(path, "analyzed", [(number,) for number in range(7)])
    make_database(path, "ANALYZE analyzed")
    with connected(path) as connection:
        listed = {summary.table.name: summary.estimated_rows for summary in list_tables(connection)}
    assert listed == {"analyzed": 7, "empty": 0, "keyed": 10, "plain": 0, "seen": None}
    assert list(listed) == sorted(listed)


def test_a_broken_view_does_not_hide_the_other_tables(tmp_path: Path) -> None:
    path = make_database(
        tmp_path / "b.db",
        "CREATE TABLE t (id INTEGER PRIMARY KEY)",
        "CREATE TABLE gone (x)",
        "CREATE VIEW broken AS SELECT x FROM gone",
        "DROP TABLE gone",
    )
    with connected(path) as connection:
        assert "t" in [summary.table.name for summary in list_tables(connection)]


def test_this_sqlite_knows_strict_tables() -> None:
    assert sqlite3.sqlite_version_info >= (3, 37)

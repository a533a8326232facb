"""Which key is found in which table."""

from pathlib import Path

import pytest

from dataflow_desktop.domain.row_query import RowQuery
from dataflow_desktop.domain.schema import KeyKind
from dataflow_desktop.source.description import list_tables
from dataflow_desktop.source.ordered_rows import OrderedRows
from tests.unit.databases import connected, described, insert, make_database

ALIAS, PRIMARY, UNIQUE, ROWID, NONE = (
    KeyKind.ROWID_ALIAS, KeyKind.PRIMARY, KeyKind.UNIQUE, KeyKind.ROWID, KeyKind.NONE,
)  # fmt: skip


@pytest.mark.parametrize(
    ("create", "kind", "key", "rowid_name"),
    [
        ("t (id INTEGER PRIMARY KEY, a TEXT UNIQUE NOT NULL)", ALIAS, "id", "id"),
        ("t (rowid, oid, _rowid_, id INTEGER PRIMARY KEY)", ALIAS, "id", "id"),
        ("t (oid INTEGER PRIMARY KEY, rowid)", ALIAS, "oid", "oid"),
        ("t (id INTEGER PRIMARY KEY DESC)", ROWID, "rowid", "rowid"),
        ("t (id INTEGER PRIMARY KEY DESC NOT NULL)", PRIMARY, "id", "rowid"),
        ("t (a TEXT PRIMARY KEY NOT NULL)", PRIMARY, "a", "rowid"),
        ("t (a TEXT PRIMARY KEY)", ROWID, "rowid", "rowid"),
        ("t (a TEXT PRIMARY KEY) STRICT", PRIMARY, "a", "rowid"),
        ("t (a INT NOT NULL, b TEXT NOT NULL, PRIMARY KEY (b, a))", PRIMARY, "b a", "rowid"),
        ("t (a INT NOT NULL, b TEXT, PRIMARY KEY (b, a))", ROWID, "rowid", "rowid"),
        ("t (a INT NOT NULL, b INT NOT NULL, PRIMARY KEY (a DESC, b DESC))", PRIMARY, "a b", "rowid"),
        ("t (a INT NOT NULL, b INT NOT NULL, PRIMARY KEY (a, b DESC))", ROWID, "rowid", "rowid"),
        ("t (a TEXT PRIMARY KEY NOT NULL COLLATE NOCASE)", ROWID, "rowid", "rowid"),
        ("t (a TEXT PRIMARY KEY NOT NULL COLLATE NOCASE, b INT NOT NULL UNIQUE)", UNIQUE, "b", "rowid"),
        ("t (a TEXT PRIMARY KEY, b INT NOT NULL UNIQUE)", UNIQUE, "b", "rowid"),
        ("t (a TEXT PRIMARY KEY NOT NULL, b INT NOT NULL UNIQUE)", PRIMARY, "a", "rowid"),
        ("t (a INT NOT NULL, b INT NOT NULL, c INT NOT NULL UNIQUE, UNIQUE (a, b))", UNIQUE, "c", "rowid"),
        ("t (a INT NOT NULL, UNIQUE (a, a))", UNIQUE, "a", "rowid"),
        ("t (a INT UNIQUE)", ROWID, "rowid", "rowid"),
        ("t (a INT, b INT AS (a + 1) NOT NULL UNIQUE)", UNIQUE, "b", "rowid"),
        ("t (x)", ROWID, "rowid", "rowid"),
        ("t (RowId)", ROWID, "_rowid_", "_rowid_"),
        ("t (rowid, _ROWID_)", ROWID, "oid", "oid"),
        ("t (rowid, _rowid_, oid)", NONE, "", None),
        ("t (rowid, _rowid_, oid, a INT NOT NULL UNIQUE)", UNIQUE, "a", None),
        ("t (a TEXT, b INT, PRIMARY KEY (a, b)) WITHOUT ROWID", PRIMARY, "a b", None),
        ("t (id INTEGER PRIMARY KEY) WITHOUT ROWID", PRIMARY, "id", None),
        ("t (a TEXT COLLATE NOCASE PRIMARY KEY) WITHOUT ROWID", PRIMARY, "a", None),
        ("t (a TEXT COLLATE NOCASE PRIMARY KEY, b INT NOT NULL UNIQUE) WITHOUT ROWID", UNIQUE, "b", None),
        ("t (a INT, b INT, PRIMARY KEY (a, b DESC)) WITHOUT ROWID", PRIMARY, "a b", None),
    ],
)  # fmt: skip
def test_the_best_key_of_a_table_is_found(
    tmp_path: Path, create: str, kind: KeyKind, key: str, rowid_name: str | None
) -> None:
    table = described(make_database(tmp_path / "k.db", f"CREATE TABLE {create}"), "t")
    assert (table.key_kind, table.key, table.rowid_name) == (kind, tuple(key.split()), rowid_name)
    assert not table.is_virtual
    assert set(table.column_names).isdisjoint({"rowid"} if key == "rowid" else {})


@pytest.mark.parametrize(
    ("index", "key"),
    [
        ("UNIQUE INDEX i ON t (a)", "a"),
        ("UNIQUE INDEX i ON t (a, b)", "a b"),
        ("UNIQUE INDEX i ON t (a DESC)", "a"),
        ("UNIQUE INDEX i ON t (a) WHERE a > 0", "rowid"),
        ("UNIQUE INDEX i ON t (a + 1)", "rowid"),
        ("UNIQUE INDEX i ON t (a, a + 1)", "rowid"),
        ("UNIQUE INDEX i ON t (a COLLATE NOCASE)", "rowid"),
        ("UNIQUE INDEX i ON t (nullable)", "rowid"),
        ("UNIQUE INDEX i ON t (a, nullable)", "rowid"),
        ("INDEX i ON t (a)", "rowid"),
    ],
)
def test_an_index_is_a_key_only_if_it_tells_all_rows_apart_in_order(
    tmp_path: Path, index: str, key: str
) -> None:
    path = make_database(
        tmp_path / "i.db", "CREATE TABLE t (a INT NOT NULL, b INT NOT NULL, nullable)", f"CREATE {index}"
    )
    assert described(path, "t").key == tuple(key.split())


def test_of_equal_indexes_the_first_by_name_is_taken(tmp_path: Path) -> None:
    path = make_database(
        tmp_path / "e.db",
        "CREATE TABLE t (a NOT NULL, b NOT NULL, c NOT NULL)",
        "CREATE UNIQUE INDEX second ON t (a)",
        "CREATE UNIQUE INDEX first ON t (b)",
        "CREATE UNIQUE INDEX wide ON t (a, c)",
    )
    assert described(path, "t").key == ("b",)


def test_a_virtual_table_has_no_key_and_the_tables_behind_it_have_one(tmp_path: Path) -> None:
    path = make_database(tmp_path / "f.db", "CREATE VIRTUAL TABLE f USING fts5(title)")
    virtual = described(path, "f")
    assert (virtual.key_kind, virtual.key, virtual.rowid_name, virtual.is_virtual) == (NONE, (), None, True)
    assert not virtual.is_coerced
    behind = described(path, "f_content")
    assert (behind.key_kind, behind.key, behind.is_virtual, behind.is_coerced) == (
        ALIAS,
        ("id",),
        False,
        True,
    )
    assert described(path, "f_idx").key == ("segid", "term")


def test_a_view_has_no_key(tmp_path: Path) -> None:
    path = make_database(tmp_path / "v.db", "CREATE TABLE t (x)", "CREATE VIEW v AS SELECT x FROM t")
    view = described(path, "v")
    assert (view.key_kind, view.key, view.rowid_name, view.is_virtual) == (NONE, (), None, False)
    assert not view.is_coerced


def test_hostile_names_of_columns_and_indexes_are_only_names(tmp_path: Path) -> None:
    name = '"a""; DROP TABLE t;--:x %s 😀"'
    path = make_database(
        tmp_path / "h.db",
        f"CREATE TABLE t ({name} NOT NULL)",
        f'CREATE UNIQUE INDEX {name[:-1]}i" ON t ({name})',
    )
    insert(path, "t", [("b",), ("a",)])
    table = described(path, "t")
    assert table.key == ('a"; DROP TABLE t;--:x %s 😀',)
    with connected(path) as connection:
        ordered = OrderedRows(connection, table, RowQuery("t", table.key))
        assert ordered.read(None, 9) == [("a", "a"), ("b", "b")]


def test_only_numbered_tables_are_guessed_from_their_key(tmp_path: Path) -> None:
    path = make_database(
        tmp_path / "n.db",
        "CREATE TABLE by_rowid (x)",
        "CREATE TABLE by_text (a TEXT PRIMARY KEY NOT NULL)",
        "CREATE TABLE by_number (a INT PRIMARY KEY NOT NULL)",
        "CREATE TABLE by_pair (a INT, b INT, PRIMARY KEY (a, b)) WITHOUT ROWID",
        "CREATE VIEW broken AS SELECT x FROM by_rowid",
    )
    insert(path, "by_rowid", [(1,), (2,), (3,)])
    insert(path, "by_number", [(1,), (1000,)])
    make_database(
        path,
        "ALTER TABLE by_rowid RENAME COLUMN x TO y",
        "DROP VIEW broken",
        "CREATE VIEW broken AS SELECT z FROM by_rowid",
    )
    with connected(path) as connection:
        listed = {
            summary.table.name: (summary.table.key_kind, summary.estimated_rows)
            for summary in list_tables(connection)
        }
    assert listed == {
        "broken": (NONE, None),
        "by_number": (PRIMARY, None),
        "by_pair": (PRIMARY, None),
        "by_rowid": (ROWID, 3),
        "by_text": (PRIMARY, None),
    }

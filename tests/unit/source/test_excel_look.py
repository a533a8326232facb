"""Values that Excel would change are found wherever they stand, in a bounded number of rows."""

from dataclasses import replace
from pathlib import Path

import pytest

from dataflow_desktop.domain.excel_changes import ExcelChange
from dataflow_desktop.domain.row_query import Condition, Operator, SortColumn
from dataflow_desktop.source.connection import Row
from dataflow_desktop.source.excel_look import FILTERED_ROWS, excel_changes
from dataflow_desktop.source.spread_sample import PLACES, ROWS_AT_PLACE
from dataflow_desktop.source.sqlite.connection import SqliteConnection
from tests.unit.databases import all_of, connected, described, insert, make_database

ROWS = 60_000


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Codes with zeros in the last third, long numbers in the middle one, and neither in other columns."""
    return make_database(
        tmp_path_factory.mktemp("excel") / "codes.db",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, code TEXT, card INTEGER, name TEXT, price REAL, raw BLOB)",
        f"""WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {ROWS})
        INSERT INTO t SELECT i, CASE WHEN i > 40000 THEN '00123' ELSE 'A' || i END,
        CASE WHEN i BETWEEN 20001 AND 40000 THEN 4111111111111111 ELSE i END, 'name ' || i, 0.1 + 0.2,
        '00123' FROM n""",
    )


def test_they_are_found_wherever_they_stand(source: Path) -> None:
    table = described(source, "t")
    with connected(source) as connection:
        found = excel_changes(connection, table, all_of(table))
        assert found == (
            ExcelChange("code", "00123", "123"),
            ExcelChange("card", "4111111111111111", "4111111111111110"),
        )
        only = replace(all_of(table), columns=("name", "card"))
        assert excel_changes(connection, table, only) == found[1:]


def test_no_more_rows_are_read_than_a_sample_has(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = described(source, "t")
    read = 0
    run_as = SqliteConnection.run_as

    def counted(self: SqliteConnection, *arguments: object) -> list[object]:
        nonlocal read
        rows: list[object] = run_as(self, *arguments)  # type: ignore[arg-type]  # passed on as they come
        read += len(rows)
        return rows

    monkeypatch.setattr(SqliteConnection, "run_as", counted)
    with connected(source) as connection:
        assert excel_changes(connection, table, replace(all_of(table), columns=("name",))) == ()
    assert 0 < read <= PLACES * ROWS_AT_PLACE


def test_of_a_filter_only_its_own_rows_count(source: Path) -> None:
    table = described(source, "t")
    low = replace(
        all_of(table),
        conditions=(Condition("id", Operator.LESS, (20_000,)),),
        order=(SortColumn("price"),),
    )
    middle = replace(low, conditions=(), beyond=(30_000,))
    with connected(source) as connection:
        assert excel_changes(connection, table, low) == ()
        assert [change.column for change in excel_changes(connection, table, middle)] == ["card"]
    assert FILTERED_ROWS < 10_000


def test_views_and_odd_values_are_looked_at_too(tmp_path: Path) -> None:
    source = make_database(
        tmp_path / "odd.db", "CREATE TABLE t (a, b TEXT)", "CREATE VIEW v AS SELECT a, b FROM t"
    )
    rows: list[Row] = [(None, "x" * 100_000), (b"\x00", "\x00"), ("Ä", "00"), ("007", None)]
    insert(source, "t", rows)
    make_database(source, "INSERT INTO t VALUES (CAST(x'ff' AS TEXT), 'z')")
    for name in ("t", "v"):
        table = described(source, name)
        with connected(source) as connection:
            found = excel_changes(connection, table, all_of(table))
        assert found == (ExcelChange("a", "007", "7"), ExcelChange("b", "00", "0"))

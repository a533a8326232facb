"""Any database that SQLAlchemy has a dialect for, shown by DuckDB, which has no package of its own here."""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Timer

import pytest
import sqlalchemy as sa

from dataflow_desktop.domain.keyset import Keyset
from dataflow_desktop.domain.profile import ColumnProfile
from dataflow_desktop.domain.row_query import Condition, Operator, RowQuery, Search, SortColumn
from dataflow_desktop.domain.schema import ColumnKind, KeyKind, Table, TableKind
from dataflow_desktop.errors import ConfigurationError, DataFlowError, ReasonCode, SourceError
from dataflow_desktop.pacing import Stopped, StopRequest, StopWish
from dataflow_desktop.source.anydb.connection import AnyConnection
from dataflow_desktop.source.column_profile import profile_column
from dataflow_desktop.source.connection import Row, SourceConnection
from dataflow_desktop.source.description import describe_table, list_tables
from dataflow_desktop.source.facets import find_facets
from dataflow_desktop.source.opening import open_source
from dataflow_desktop.source.ordered_rows import OrderedRows
from dataflow_desktop.source.query_plan import needs_sorting
from dataflow_desktop.source.statements import select_rows
from tests.unit.databases import connected as sqlite_connected
from tests.unit.databases import insert, make_database

TEXTS = (
    *(
        "",
        " ",
        "a",
        "A",
        "ab",
        "Straße",
        "STRASSE",
        "MÖWE",
        "möwe",
        "mowe",
        "Ελλάδα",
        "ελλάδα",
        "日本語",
        "🐦",
    ),
    *("%", "_", "!", "\\", "a%b", "a_b", "a!b", "'", '"', "line\nbreak", "[x]", "k", "\u212a", "x" * 300),
)

Fill = Callable[..., str]


@pytest.fixture
def fill(tmp_path: Path) -> Fill:
    """Make a DuckDB file by statements, each with the rows of its parameters, and return its URL."""

    def fill(*statements: str, rows: Sequence[tuple[object, ...]] = ()) -> str:
        url = f"duckdb:///{tmp_path / 'other.duckdb'}"
        engine = sa.create_engine(url)
        with engine.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
            for row in rows:
                connection.exec_driver_sql(f"INSERT INTO t VALUES ({', '.join('?' * len(row))})", row)
        engine.dispose()
        return url

    return fill


def both(fill: Fill, folder: Path, rows: Sequence[tuple[object, ...]]) -> tuple[str, Path]:
    """Return the same rows in DuckDB and in SQLite."""
    create = "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, n BIGINT, x DOUBLE)"
    sqlite = make_database(folder / "same.db", create)
    insert(sqlite, "t", rows)
    return fill(create.replace("TEXT", "VARCHAR"), rows=rows), sqlite


def same_rows() -> list[tuple[object, ...]]:
    return [
        (
            number,
            TEXTS[number % len(TEXTS)] if number % 7 else None,
            number**3 if number % 3 else None,
            number / 7,
        )
        for number in range(200)
    ]


def read_all(connection: SourceConnection, query: RowQuery, size: int) -> list[Row]:
    ordered = OrderedRows(connection, describe_table(connection, query.table), query)
    after: Keyset | None = None
    rows: list[Row] = []
    while page := ordered.read(after, size):
        rows += page
        after = page[-1][len(query.columns) :]
    return rows


@pytest.fixture
def connection(fill: Fill) -> Iterator[SourceConnection]:
    url = fill(
        "CREATE TABLE t (id BIGINT PRIMARY KEY, small SMALLINT, huge HUGEINT, p DECIMAL(10,2), f FLOAT,"
        " d DOUBLE, name VARCHAR, raw BLOB, day DATE, seen TIMESTAMP, zoned TIMESTAMPTZ, yes BOOLEAN, u UUID,"
        " ti TIME, span INTERVAL, list INTEGER[])",
        "INSERT INTO t VALUES (1, -5, 170141183460469231731687303715884105727, 12.5, 0.1, 0.1,"
        " 'Ü', '\\x00\\xFF', '2026-11-25', '2026-11-25 10:00:00', '2026-11-25 10:00:00.5+02', true,"
        " 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '10:00:00', INTERVAL 90 MINUTE, [1, 2])",
        "INSERT INTO t (id, p, d, name, raw, yes) VALUES (2, -0.1, 5e-324, '', '', false)",
        "CREATE TABLE u (a VARCHAR NOT NULL UNIQUE, b INTEGER UNIQUE)",
        "CREATE TABLE two (b INTEGER, a VARCHAR, PRIMARY KEY (a, b))",
        "CREATE VIEW v AS SELECT id, name FROM t",
        "CREATE SCHEMA s",
        "CREATE TABLE s.inner_one (id INTEGER PRIMARY KEY)",
    )
    with open_source(url).connect() as connection:
        yield connection


def test_tables_views_and_keys_are_described(connection: SourceConnection) -> None:
    tables = {summary.table.name: summary.table for summary in list_tables(connection)}
    assert list(tables) == ["t", "two", "u", "v"]
    assert (tables["t"].key, tables["t"].key_kind) == (("id",), KeyKind.PRIMARY)
    assert set(tables["two"].key) == {"a", "b"}
    assert (tables["u"].key, tables["u"].key_kind) == (("a",), KeyKind.UNIQUE)
    assert (tables["v"].kind, tables["v"].key) == (TableKind.VIEW, ())
    assert describe_table(connection, "s.inner_one").key == ("id",)
    kinds = {column.name: column.kind for column in tables["t"].columns}
    assert kinds["p"] is ColumnKind.DECIMAL
    assert tables["t"].column("p").decimals == 2
    assert (kinds["seen"], kinds["day"], kinds["yes"]) == (
        ColumnKind.TIMESTAMP,
        ColumnKind.DATE,
        ColumnKind.BOOLEAN,
    )
    with pytest.raises(ConfigurationError) as caught:
        describe_table(connection, "none")
    assert caught.value.reason.code == ReasonCode.TABLE_UNKNOWN.name


def test_values_leave_in_one_spelling(connection: SourceConnection) -> None:
    table = describe_table(connection, "t")
    first, second = connection.rows(select_rows(table, RowQuery("t", table.column_names)))
    assert first[:-1] == (
        *(1, -5, 170141183460469231731687303715884105727, "12.50", 0.1, 0.1, "Ü", b"\x00\xff", "2026-11-25"),
        *("2026-11-25T10:00:00", "2026-11-25T08:00:00.500000+00:00", "true"),
        *("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "10:00:00", "P0DT5400S", "[1, 2]"),
    )
    assert second[:-1] == (
        *(2, None, None, "-0.10", None, 5e-324, "", b"", None, None, None, "false"),
        *(None, None, None, None),
    )


def test_every_value_of_a_known_kind_is_found_again(connection: SourceConnection) -> None:
    table = describe_table(connection, "t")
    for column in table.columns:
        if column.kind in {ColumnKind.ANY, ColumnKind.FLOAT}:
            continue
        (value,) = connection.rows(select_rows(table, RowQuery("t", (column.name,))))[0][:1]
        condition = Condition(column.name, Operator.EQUAL, (value,)) if value is not None else None
        assert condition is not None
        query = RowQuery("t", ("id",), conditions=(condition,))
        assert connection.rows(select_rows(table, query)) == [(1, 1)], column


ORDERS = [
    (),
    (SortColumn("name"),),
    (SortColumn("name", is_descending=True),),
    (SortColumn("n", is_descending=True), SortColumn("name")),
    (SortColumn("x"),),
    (SortColumn("id", is_descending=True),),
]


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: ",".join(by.column for by in order) or "key")
@pytest.mark.parametrize("size", [7, 1_000])
def test_pages_one_after_the_other_are_those_of_sqlite(
    fill: Fill, tmp_path: Path, order: tuple[SortColumn, ...], size: int
) -> None:
    url, sqlite = both(fill, tmp_path, same_rows())
    query = RowQuery("t", ("id", "name", "n", "x"), order=order)
    with open_source(url).connect() as other, sqlite_connected(sqlite) as reference:
        assert read_all(other, query, size) == read_all(reference, query, size)
        is_by_key = not order or order[0].column == "id"
        assert needs_sorting(other, describe_table(other, "t"), query) is not is_by_key


CONDITIONS = [
    *(
        Condition("name", operator, (text,))
        for operator in (
            *(Operator.CONTAINS, Operator.STARTS, Operator.ENDS, Operator.EQUAL, Operator.NOT_EQUAL),
            *(Operator.LESS, Operator.GREATER_OR_EQUAL),
        )
        for text in ("a", "A", "ß", "straß", "MÖ", "λλά", "%", "_", "!", "\\", "'", "k", "日本", "B")
    ),
    Condition("name", Operator.CONTAINS, ("[X",)),
    Condition("n", Operator.CONTAINS, ("7",)),
    Condition("n", Operator.BETWEEN, (5, 5_000)),
    Condition("x", Operator.LESS_OR_EQUAL, (3.0,)),
    Condition("name", Operator.IN, ("a", "möwe", "")),
    Condition("name", Operator.NOT_IN, ("a", "möwe")),
    Condition("name", Operator.IS_NULL, ()),
    Condition("n", Operator.NOT_NULL, ()),
]


def test_conditions_and_searches_find_the_same_rows_as_in_sqlite(fill: Fill, tmp_path: Path) -> None:
    url, sqlite = both(fill, tmp_path, same_rows())
    queries = [RowQuery("t", ("id", "name"), conditions=(condition,)) for condition in CONDITIONS]
    queries += [RowQuery("t", ("id", "name"), search=Search(text)) for text in TEXTS if text]
    with open_source(url).connect() as other, sqlite_connected(sqlite) as reference:
        for query in queries:
            assert read_all(other, query, 250) == read_all(reference, query, 250), query


def test_what_cannot_be_done_exactly_is_refused(connection: SourceConnection) -> None:
    table = describe_table(connection, "t")
    for query in (
        RowQuery("t", ("id",), order=(SortColumn("u"),)),
        RowQuery("t", ("id",), conditions=(Condition("span", Operator.EQUAL, ("x",)),)),
        RowQuery("t", ("id",), conditions=(Condition("p", Operator.CONTAINS, ("1",)),)),
        RowQuery("t", ("id",), conditions=(Condition("name", Operator.STARTS, ("[",)),)),
    ):
        with pytest.raises(ConfigurationError):
            select_rows(table, query)


def test_texts_are_not_searched_where_the_database_does_not_compare_bytes(
    connection: SourceConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(AnyConnection, "is_ordered_by_bytes", False)
    table = describe_table(connection, "t")
    for query in (
        RowQuery("t", ("id",), search=Search("a")),
        RowQuery("t", ("id",), order=(SortColumn("name"),)),
    ):
        with pytest.raises(ConfigurationError) as caught:
            select_rows(table, query)
        assert caught.value.reason.code == ReasonCode.NOT_EXACT_HERE.name


def test_a_column_is_told_at_a_glance_and_facets_are_found(fill: Fill) -> None:
    rows = [(number, f"kind {number % 3}" if number % 4 else None, number % 5) for number in range(1, 3_001)]
    url = fill("CREATE TABLE t (id INTEGER PRIMARY KEY, kind VARCHAR, n INTEGER)", rows=rows)
    with open_source(url).connect() as connection:
        table = describe_table(connection, "t")
        facets = {facet.column: facet.values for facet in find_facets(connection, table)}
        assert facets["kind"] == (None, "kind 0", "kind 1", "kind 2")
        assert facets["n"] == (0, 1, 2, 3, 4)
        profile = last_profile(connection, table, "n")
        assert (profile.rows, profile.smallest, profile.largest, profile.mean) == (3_000, 0, 4, 2.0)
        kinds = last_profile(connection, table, "kind")
        assert (kinds.null_rows, kinds.smallest, kinds.largest) == (750, "kind 0", "kind 2")


def test_nothing_can_be_written(connection: SourceConnection) -> None:
    with pytest.raises(SourceError):
        connection.rows(sa.text("UPDATE t SET small = 1"))
    assert connection.scalar(sa.text("SELECT small FROM t WHERE id = 1")) == -5


def test_a_stop_ends_a_long_statement_and_the_connection_lives_on(connection: SourceConnection) -> None:
    stop = StopRequest()
    connection.obey(stop)
    timer = Timer(0.3, stop.ask, [StopWish.CANCEL])
    timer.start()
    begun = time.monotonic()
    with pytest.raises(Stopped):
        connection.rows(
            sa.text("SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range < b.range")
        )
    assert time.monotonic() - begun < 3
    timer.join()
    connection.obey(StopRequest())
    assert connection.scalar(sa.text("SELECT 7")) == 7


@pytest.mark.parametrize(
    ("url", "package"),
    [
        ("oracle+oracledb://user:pass@host/db", "oracledb"),
        ("mssql+pyodbc://user:pass@host/db", "pyodbc"),
        ("snowflake://user:pass@host/db", "snowflake-sqlalchemy"),
    ],
)
def test_a_missing_driver_is_named(url: str, package: str) -> None:
    error = error_of(url)
    assert error.reason.code == ReasonCode.SOURCE_DRIVER_MISSING.name
    assert f"pip install {package}" in error.reason.hint


def test_a_build_says_that_it_has_no_such_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    error = error_of("mssql+pyodbc://user:pass@host/db")
    assert error.reason.code == ReasonCode.SOURCE_DRIVER_NOT_IN_BUILD.name
    assert "This build" in error.reason.message


@pytest.mark.parametrize("url", ["nonsense://host/db", "oracle+nonsense://host/db"])
def test_an_unknown_dialect_is_told(url: str) -> None:
    assert error_of(url).reason.code == ReasonCode.SOURCE_DIALECT_UNKNOWN.name


def error_of(url: str) -> DataFlowError:
    with pytest.raises(ConfigurationError) as caught:
        open_source(url)
    return caught.value


def last_profile(connection: SourceConnection, table: Table, column: str) -> ColumnProfile:
    *_, profile = profile_column(connection, table, RowQuery("t", table.column_names), column)
    return profile

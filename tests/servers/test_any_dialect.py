"""What is for any database, shown by servers whose own packages are left aside: each takes its words."""

from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa

from dataflow_desktop.domain.keyset import Keyset
from dataflow_desktop.domain.row_query import Condition, Operator, RowQuery, Search, SortColumn
from dataflow_desktop.domain.schema import ColumnKind, DatabaseSystem, KeyKind, TableKind
from dataflow_desktop.errors import ConfigurationError, ReasonCode, SourceError
from dataflow_desktop.pacing import StopRequest
from dataflow_desktop.source.anydb.connection import AnySource
from dataflow_desktop.source.connection import Row, SourceConnection
from dataflow_desktop.source.description import describe_table, list_tables
from dataflow_desktop.source.ordered_rows import OrderedRows
from dataflow_desktop.source.retrying import Retrying
from dataflow_desktop.source.statements import select_rows
from tests.servers.mariadb_server import MariadbServer
from tests.servers.postgres_server import PostgresServer
from tests.servers.tcp_proxy import TcpProxy

ROWS = 200

TABLE = (
    "CREATE TABLE things (id BIGINT PRIMARY KEY, name VARCHAR(100), n BIGINT, price DECIMAL(10, 2),"
    " ratio DOUBLE PRECISION, day DATE, seen TIMESTAMP NULL)"
)
VIEW = "CREATE VIEW few AS SELECT id, name FROM things WHERE id <= 3"
UNIQUE = "CREATE TABLE pairs (a INTEGER NOT NULL, b INTEGER NOT NULL, UNIQUE (b, a))"
LEFT_OUT = 3
"""Every third n is NULL."""


def made_rows() -> list[tuple[object, ...]]:
    return [
        (
            number,
            f"Thing {number % 17}",
            None if number % LEFT_OUT == 0 else number % 23,
            f"{number * 37 / 100:.2f}",
            number / 7,
            f"2024-02-{number % 28 + 1:02}",
            f"2024-02-{number % 28 + 1:02} 10:00:00",
        )
        for number in range(1, ROWS + 1)
    ]


@pytest.fixture(scope="module", params=["postgresql", "mysql"])
def url(request: pytest.FixtureRequest) -> str:
    marks = ", ".join(["%s"] * 7)
    if request.param == "mysql":
        mariadb: MariadbServer = request.getfixturevalue("mariadb")
        address = mariadb.create_database("anybody")
        for statement in (TABLE, VIEW, UNIQUE):
            mariadb.execute(statement, database="anybody")
        with mariadb.connect("anybody") as connection, connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO things VALUES ({marks})", made_rows())
        return address
    postgres: PostgresServer = request.getfixturevalue("postgres")
    postgres.create_database("anybody")
    postgres.execute(f"{TABLE}; {VIEW}; {UNIQUE}", database="anybody")
    with postgres.connect("anybody") as connection:
        connection.cursor().executemany(f"INSERT INTO things VALUES ({marks})".encode(), made_rows())
    return postgres.url("anybody").replace("postgresql:", "postgresql+psycopg:")


@pytest.fixture
def connection(url: str) -> Iterator[SourceConnection]:
    with AnySource(sa.make_url(url)).connect() as connection:
        yield connection


def read_ids(connection: SourceConnection, query: RowQuery, size: int = 37) -> list[object]:
    ordered = OrderedRows(connection, describe_table(connection, query.table), query)
    after: Keyset | None = None
    rows: list[Row] = []
    while page := ordered.read(after, size):
        rows += page
        after = page[-1][len(query.columns) :]
    return [row[0] for row in rows]


def test_what_is_there_is_described(connection: SourceConnection) -> None:
    tables = {summary.table.name: summary.table for summary in list_tables(connection)}
    assert list(tables) == ["few", "pairs", "things"]
    things = tables["things"]
    assert things.system is DatabaseSystem.OTHER
    assert (things.key, things.key_kind) == (("id",), KeyKind.PRIMARY)
    assert [column.kind for column in things.columns] == [
        ColumnKind.INTEGER,
        ColumnKind.TEXT,
        ColumnKind.INTEGER,
        ColumnKind.DECIMAL,
        ColumnKind.FLOAT,
        ColumnKind.DATE,
        ColumnKind.TIMESTAMP,
    ]
    assert (tables["pairs"].key, tables["pairs"].key_kind) == (("b", "a"), KeyKind.UNIQUE)
    assert (tables["few"].kind, tables["few"].key) == (TableKind.VIEW, ())


def test_values_leave_in_one_spelling(connection: SourceConnection) -> None:
    table = describe_table(connection, "things")
    (first, *_) = connection.rows(select_rows(table, RowQuery("things", table.column_names)).limit(1))
    assert first[:-1] == (1, "Thing 1", 1, "0.37", 1 / 7, "2024-02-02", "2024-02-02T10:00:00")


def _sorted_ids(key: Callable[[tuple[object, ...]], object], *, is_descending: bool = False) -> list[object]:
    return [row[0] for row in sorted(made_rows(), key=key, reverse=is_descending)]  # type: ignore[arg-type]


def test_pages_follow_each_other_with_null_as_the_lowest(connection: SourceConnection) -> None:
    assert read_ids(connection, RowQuery("things", ("id",))) == list(range(1, ROWS + 1))
    by_n = RowQuery("things", ("id",), order=(SortColumn("n"),))
    assert read_ids(connection, by_n) == _sorted_ids(lambda row: (row[2] is not None, row[2] or 0, row[0]))
    down = RowQuery("things", ("id",), order=(SortColumn("n", is_descending=True),))
    lowest_last = _sorted_ids(lambda row: (row[2] is None, -int(str(row[2] or 0)), row[0]))
    assert read_ids(connection, down) == lowest_last
    by_day = RowQuery("things", ("id",), order=(SortColumn("day"), SortColumn("price", is_descending=True)))
    assert read_ids(connection, by_day) == _sorted_ids(lambda row: (row[5], -float(str(row[3]))))


@pytest.mark.parametrize(
    ("condition", "ids"),
    [
        (Condition("n", Operator.IS_NULL, ()), list(range(3, ROWS + 1, 3))),
        (Condition("price", Operator.LESS, ("1.12",)), [1, 2, 3]),
        (Condition("ratio", Operator.EQUAL, (3 / 7,)), [3]),
        (Condition("day", Operator.EQUAL, ("2024-02-01",)), list(range(28, ROWS + 1, 28))),
        (Condition("seen", Operator.GREATER, ("2024-02-27T23:00:00",)), list(range(27, ROWS + 1, 28))),
        (Condition("id", Operator.BETWEEN, (4, 6)), [4, 5, 6]),
        (Condition("id", Operator.IN, (4, 6, 1_000)), [4, 6]),
        (Condition("name", Operator.EQUAL, ("Thing 16",)), list(range(16, ROWS + 1, 17))),
    ],
    ids=str,
)
def test_conditions_find_their_rows(
    connection: SourceConnection, condition: Condition, ids: list[int]
) -> None:
    assert read_ids(connection, RowQuery("things", ("id",), conditions=(condition,))) == ids


def test_a_search_is_exact_or_refused(connection: SourceConnection, url: str) -> None:
    query = RowQuery("things", ("id",), search=Search("THING 16"))
    if url.startswith("postgresql"):  # whose server has the order of bytes
        assert read_ids(connection, query) == list(range(16, ROWS + 1, 17))
        return
    with pytest.raises(ConfigurationError) as caught:  # and this one the collation of a language
        read_ids(connection, query)
    assert caught.value.reason.code == ReasonCode.NOT_EXACT_HERE.name


def test_what_a_statement_would_write_is_never_committed(connection: SourceConnection, url: str) -> None:
    with pytest.raises(SourceError):  # it has no rows to return
        connection.rows(sa.text("UPDATE things SET n = 5 WHERE id = 1"))
    with AnySource(sa.make_url(url)).connect() as another:
        assert another.scalar(sa.text("SELECT n FROM things WHERE id = 1")) == 1


def test_a_cut_connection_is_opened_anew(url: str, proxy: Callable[[int], TcpProxy]) -> None:
    address = sa.make_url(url)
    assert address.port is not None
    way = proxy(address.port)
    with AnySource(address.set(port=way.port)).connect() as connection:
        query = RowQuery("things", ("id",))
        connection.wait_for_locks(Retrying(StopRequest(), 10).hold_up)
        assert len(read_ids(connection, query)) == ROWS
        way.cut()
        assert len(read_ids(connection, query)) == ROWS
        assert way.connections > 1


def test_a_server_that_is_not_there_is_told(url: str, proxy: Callable[[int], TcpProxy]) -> None:
    way = proxy(1)
    way.refuse()
    with pytest.raises(SourceError) as caught:
        AnySource(sa.make_url(url).set(port=way.port)).connect()
    assert caught.value.reason.code == ReasonCode.SERVER_UNREACHABLE.name

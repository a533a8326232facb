"""Queries of one's own on servers: the types of their columns, their parameters, exports of them."""

from pathlib import Path

import pytest

from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.own_query import OwnQuery
from dataflow_desktop.domain.row_query import RowQuery, Search
from dataflow_desktop.domain.schema import Column, ColumnKind
from dataflow_desktop.errors import ConfigurationError, ReasonCode, SourceError
from dataflow_desktop.source.connection import Row
from dataflow_desktop.source.description import check_key, describe_query
from dataflow_desktop.source.opening import open_source
from dataflow_desktop.source.statements import select_rows
from tests.servers.mariadb_server import MariadbServer
from tests.servers.postgres_databases import PRODUCTS
from tests.servers.postgres_server import PostgresServer
from tests.servers.server_exports import exported

POSTGRES_RESULT = """
SELECT id, price, price * 2 AS twice, name::varchar(40) AS v, seen, seen::date AS d, id = 1 AS b,
       ARRAY[id, 2] AS a, (ARRAY[1, 2, 3])[1:2] AS slice, '{"x": 1}'::jsonb AS j, '12:30' AS t, NULL AS n
FROM products WHERE id < :most
"""

MARIADB_RESULT = """
SELECT id, price, price * 2 AS twice, name, made, CAST(made AS DATE) AS d, id = 1 AS b, raw, kind, x,
       'it''s :t' AS t
FROM goods WHERE id < :most
"""


@pytest.fixture(scope="module")
def shop(postgres: PostgresServer) -> str:
    url = postgres.create_database("own_queries")
    postgres.execute(PRODUCTS.format(rows=3_000), database="own_queries")
    return url


@pytest.fixture(scope="module")
def goods(mariadb: MariadbServer) -> str:
    url = mariadb.create_database("own_queries")
    with mariadb.connect("own_queries") as connection, connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE goods (id int PRIMARY KEY, price decimal(10,2), name varchar(40), "
            "made datetime(3), raw varbinary(9), kind enum('b','a'), x double)"
        )
        cursor.execute(
            "INSERT INTO goods SELECT seq, seq * 0.37, concat('Tool ', seq), "
            "'2020-01-01 00:00:00.5' + INTERVAL seq SECOND, unhex('00ff'), IF(seq % 2, 'a', 'b'), seq / 3e0 "
            "FROM seq_1_to_3000"
        )
        connection.commit()
    return url


def query_of(url: str, query: OwnQuery, search: str | None = None) -> tuple[tuple[Column, ...], list[Row]]:
    with open_source(url).connect() as connection:
        table = describe_query(connection, query)
        check_key(connection, table)
        wished = RowQuery("q", table.column_names, search=Search(search) if search is not None else None)
        rows = connection.rows(select_rows(table, wished))
        return table.columns, [row[: len(table.columns)] for row in rows]


def kinds_of(columns: tuple[Column, ...]) -> dict[str, ColumnKind]:
    return {column.name: column.kind for column in columns}


def test_postgres_tells_the_types_of_a_result(shop: str) -> None:
    query = OwnQuery("q", POSTGRES_RESULT, ("id",), (("most", "3"),))
    columns, rows = query_of(shop, query)
    assert [(column.name, column.declared_type) for column in columns] == [
        ("id", "integer"),
        ("price", "numeric(10,2)"),
        ("twice", "numeric"),
        ("v", "character varying(40)"),
        ("seen", "timestamp with time zone"),
        ("d", "date"),
        ("b", "boolean"),
        ("a", "integer[]"),
        ("slice", "integer[]"),
        ("j", "jsonb"),
        ("t", "text"),
        ("n", "text"),
    ]
    assert columns[1].decimals == 2
    assert [row[:4] for row in rows] == [(1, "0.37", "0.74", "Tool 1"), (2, "0.74", "1.48", "Tool 2")]
    assert rows[0][6:] == ("true", "{1,2}", "{1,2}", '{"x": 1}', "12:30", None)
    assert query_of(shop, query, "tool 2")[1] == rows[1:]


def test_mariadb_tells_the_types_of_a_result(goods: str) -> None:
    query = OwnQuery("q", MARIADB_RESULT, ("id",), (("most", "3"),))
    columns, rows = query_of(goods, query)
    assert kinds_of(columns) == {
        "id": ColumnKind.INTEGER,
        "price": ColumnKind.DECIMAL,
        "twice": ColumnKind.DECIMAL,
        "name": ColumnKind.TEXT,
        "made": ColumnKind.TIMESTAMP,
        "d": ColumnKind.DATE,
        "b": ColumnKind.INTEGER,
        "raw": ColumnKind.BYTES,
        "kind": ColumnKind.TEXT,
        "x": ColumnKind.FLOAT,
        "t": ColumnKind.TEXT,
    }
    assert columns[1].declared_type == "decimal(10,2)"
    assert [row[:4] for row in rows] == [(1, "0.37", "0.74", "Tool 1"), (2, "0.74", "1.48", "Tool 2")]
    assert rows[0][6:] == (1, b"\x00\xff", "a", 1 / 3, "it's :t")
    assert query_of(goods, query, "TOOL 2")[1] == rows[1:]


@pytest.mark.parametrize("value", ['Tool 7, "fine"', "'; DROP TABLE products; --", "%s", "\\", ":v", "$1"])
def test_a_parameter_is_bound_and_never_read(shop: str, value: str) -> None:
    statement = "SELECT count(*) AS n, CAST(:v AS text) AS v FROM products WHERE name = :v"
    found = query_of(shop, OwnQuery("q", statement, (), (("v", value),)))[1]
    assert found == [(1 if "fine" in value else 0, value)]


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("SELECT id, name AS id FROM products", "two columns of its result are called id"),
        ("WITH gone AS (DELETE FROM products RETURNING id) SELECT * FROM gone", "it would write"),
        ("SELECT id FROM products FOR UPDATE", "read-only transaction"),
        ("SELECT nextval('numbers') AS n", "read-only transaction"),
        ("SELECT id FROM products; SELECT 1", "more than one statement"),
        ("SELECT * FROM nowhere", 'relation "nowhere" does not exist'),
    ],
)
def test_what_writes_or_is_wrong_is_refused(
    postgres: PostgresServer, shop: str, statement: str, words: str
) -> None:
    postgres.execute("CREATE SEQUENCE IF NOT EXISTS numbers", database="own_queries")
    with pytest.raises((ConfigurationError, SourceError)) as caught:
        query_of(shop, OwnQuery("q", statement))
    assert words in caught.value.reason.message
    assert query_of(shop, OwnQuery("q", "SELECT count(*) AS n FROM products"))[1] == [(3_000,)]


def test_mariadb_refuses_two_columns_of_one_name(goods: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        query_of(goods, OwnQuery("q", "SELECT id, price AS id FROM goods"))
    assert caught.value.reason.code == ReasonCode.OWN_QUERY_WRONG.name


@pytest.mark.parametrize("key", [(), ("id",)])
def test_it_is_exported_whole(shop: str, goods: str, tmp_path: Path, key: tuple[str, ...]) -> None:
    files = []
    for number, (url, table) in enumerate([(shop, "products"), (goods, "goods")]):
        query = OwnQuery(
            "q", f"SELECT name, id FROM {table} WHERE id > :least ORDER BY id", key, (("least", "10"),)
        )
        row_query = RowQuery("q", ("id",))
        source = open_source(url).address
        spec = ExportSpec(source, row_query, str(tmp_path / f"{number}.csv"), chunk_rows=700, own_query=query)
        files.append(exported(spec))
    expected = "id\n" + "".join(f"{number}\n" for number in range(11, 3_001))
    assert files == [expected.encode()] * 2

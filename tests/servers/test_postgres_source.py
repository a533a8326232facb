"""PostgreSQL described, read and searched like any other source."""

import math
import threading
import time
from itertools import permutations
from pathlib import Path

import pytest
import sqlalchemy as sa

from dataflow_desktop.domain.condition_values import parse_condition
from dataflow_desktop.domain.row_query import Operator, RowQuery, Search, SortColumn, Value
from dataflow_desktop.domain.schema import ColumnKind, KeyKind, TableKind
from dataflow_desktop.errors import ConfigurationError, ReasonCode, SourceError
from dataflow_desktop.pacing import Stopped, StopRequest, StopWish
from dataflow_desktop.source.column_profile import profile_column
from dataflow_desktop.source.description import describe_table, list_tables
from dataflow_desktop.source.facets import find_facets
from dataflow_desktop.source.opening import open_source
from dataflow_desktop.source.ordered_rows import OrderedRows, count_rows
from dataflow_desktop.source.query_plan import needs_sorting
from dataflow_desktop.source.statements import select_rows
from tests.servers.own_server import wait_until
from tests.servers.postgres_databases import PRODUCTS
from tests.servers.postgres_server import PostgresServer
from tests.servers.server_exports import connected, described
from tests.unit import databases as sqlite

TEXTS = ["", "a", "A", "ab", "Übung", "übung", "ÜBUNG", "50%", "50_", "x*y[z]?", "K", "K", "ß", "é\n", "a b"]
SEARCHES = ["", "a", "AB", "ü", "%", "_", "*", "[z]", "k", "ẞ", "É", "\\", "b", "İ", "x*y", "(", "50"]


@pytest.fixture(scope="module")
def url(postgres: PostgresServer) -> str:
    """A database with tables of all sorts."""
    url = postgres.create_database("sources")
    postgres.execute(
        """
        CREATE TABLE plain (id integer PRIMARY KEY, t text, n numeric(6, 2), b boolean, x double precision);
        INSERT INTO plain SELECT g, CASE WHEN g % 3 > 0 THEN 'v' || g % 4 END,
                          CASE WHEN g % 4 > 0 THEN g % 5 + 0.5 END, g % 2 = 0, g / 7.0
                          FROM generate_series(1, 40) g;
        CREATE SCHEMA sales;
        CREATE TABLE sales.orders (region text, number integer, note text, PRIMARY KEY (region, number));
        CREATE TABLE doubtful (id integer, code text NOT NULL, UNIQUE (id), UNIQUE (code));
        CREATE UNIQUE INDEX partly ON doubtful (id) WHERE id > 0;
        CREATE TABLE loose (a integer, b text);
        CREATE VIEW seen AS SELECT t, n FROM plain;
        CREATE MATERIALIZED VIEW kept AS SELECT t FROM plain;
        CREATE TABLE parts (id integer PRIMARY KEY, v text) PARTITION BY RANGE (id);
        CREATE TABLE parts_low PARTITION OF parts FOR VALUES FROM (0) TO (100);
        INSERT INTO parts SELECT g, 'p' || g FROM generate_series(1, 50) g;
        CREATE TABLE "a""; DROP TABLE plain;--" (":x" integer PRIMARY KEY, "%s" text, "é ""n" text);
        INSERT INTO "a""; DROP TABLE plain;--" VALUES (1, '%s :x', 'it''s \\');
        CREATE TABLE texts (id integer PRIMARY KEY, t text);
        ANALYZE;
        """,
        database="sources",
    )
    for number, text in enumerate(TEXTS):
        postgres.execute("INSERT INTO texts VALUES (%s, %s)", [number, text], database="sources")
    return url


@pytest.fixture
def same_texts(tmp_path: Path) -> Path:
    """The table of texts in SQLite."""
    path = sqlite.make_database(tmp_path / "texts.db", "CREATE TABLE texts (id INTEGER PRIMARY KEY, t TEXT)")
    sqlite.insert(path, "texts", enumerate(TEXTS))
    return path


def test_tables_views_and_partitioned_tables_are_listed_and_partitions_are_not(url: str) -> None:
    with connected(url) as connection:
        listed = {summary.table.name: summary for summary in list_tables(connection)}
    names = {"plain", "sales.orders", "doubtful", "loose", "seen", "kept", "parts", "texts"}
    assert set(listed) == {*names, 'a"; DROP TABLE plain;--'}
    assert listed["plain"].estimated_rows == 40
    assert listed["seen"].table.kind is TableKind.VIEW


@pytest.mark.parametrize(
    ("name", "key", "kind"),
    [
        ("plain", ("id",), KeyKind.PRIMARY),
        ("sales.orders", ("region", "number"), KeyKind.PRIMARY),
        ("doubtful", ("code",), KeyKind.UNIQUE),
        ("loose", (), KeyKind.NONE),
        ("seen", (), KeyKind.NONE),
        ("kept", (), KeyKind.NONE),
        ("parts", ("id",), KeyKind.PRIMARY),
        ("parts_low", ("id",), KeyKind.PRIMARY),
        ("public.plain", ("id",), KeyKind.PRIMARY),
    ],
)
def test_the_key_is_one_that_never_holds_null(
    url: str, name: str, key: tuple[str, ...], kind: KeyKind
) -> None:
    table = described(url, name)
    assert (table.key, table.key_kind) == (key, kind)


def test_an_unknown_table_is_named_beside_the_known_ones(url: str) -> None:
    with pytest.raises(ConfigurationError, match=r"There is no table orders in .*"):
        described(url, "orders")


def test_a_type_is_told_by_what_is_behind_a_domain(postgres: PostgresServer) -> None:
    url = postgres.create_database("domains")
    postgres.execute(
        "CREATE DOMAIN price AS numeric(12, 3); CREATE DOMAIN dear AS price CHECK (VALUE > 100);"
        "CREATE TABLE t (id integer PRIMARY KEY, p dear, q numeric, r numeric(4, 0), s numeric(3, -2))",
        database="domains",
    )
    columns = {column.name: column for column in described(url, "t").columns}
    assert {name: column.decimals for name, column in columns.items()} == {
        "id": None,
        "p": 3,
        "q": None,
        "r": 0,
        "s": None,
    }
    assert columns["p"].kind is ColumnKind.DECIMAL
    assert columns["p"].declared_type == "dear"


def test_hostile_names_and_values_are_only_names_and_values(url: str) -> None:
    name = 'a"; DROP TABLE plain;--'
    table = described(url, name)
    query = RowQuery(name, table.column_names, search=Search("%s :x"))
    with connected(url) as connection:
        assert connection.rows(select_rows(table, query)) == [(1, "%s :x", "it's \\", 1)]
        assert OrderedRows(connection, table, query).read(None, 9) == [(1, "%s :x", "it's \\", 1)]
        assert count_rows(connection, described(url, "plain"), RowQuery("plain", ())) == 40


@pytest.mark.parametrize("text", SEARCHES)
@pytest.mark.parametrize("operator", [Operator.CONTAINS, Operator.STARTS, Operator.ENDS])
def test_a_search_finds_just_what_it_finds_in_sqlite(
    url: str, same_texts: Path, operator: Operator, text: str
) -> None:
    table, other = described(url, "texts"), sqlite.described(same_texts, "texts")
    condition = parse_condition(table.column("t"), operator, text)
    query = RowQuery("texts", ("id", "t"), (condition,))
    with connected(url) as connection, sqlite.connected(same_texts) as same:
        found = connection.rows(select_rows(table, query))
        assert found == same.rows(select_rows(other, query))


@pytest.mark.parametrize("operator", [Operator.LESS, Operator.GREATER_OR_EQUAL, Operator.NOT_EQUAL])
@pytest.mark.parametrize("text", TEXTS)
def test_a_comparison_of_texts_means_what_it_means_in_sqlite(
    url: str, same_texts: Path, operator: Operator, text: str
) -> None:
    table, other = described(url, "texts"), sqlite.described(same_texts, "texts")
    query = RowQuery("texts", ("id",), (parse_condition(table.column("t"), operator, text),))
    with connected(url) as connection, sqlite.connected(same_texts) as same:
        assert connection.rows(select_rows(table, query)) == same.rows(select_rows(other, query))


@pytest.mark.parametrize(("first", "second"), list(permutations(["t", "n", "b", "x"], 2)))
@pytest.mark.parametrize("directions", [(False, False), (True, False), (False, True), (True, True)])
def test_joined_pages_are_the_whole_in_order(
    url: str, first: str, second: str, directions: tuple[bool, bool]
) -> None:
    named = dict(zip((first, second), directions, strict=True))
    order = tuple(SortColumn(name, is_descending) for name, is_descending in named.items())
    table = described(url, "plain")
    query = RowQuery("plain", table.column_names, order=order)
    with connected(url) as connection:
        whole = connection.rows(select_rows(table, query))
        for rows in (1, 3, 7):
            ordered = OrderedRows(connection, table, query)
            joined: list[tuple[Value, ...]] = []
            while page := ordered.read(joined[-1][5:] if joined else None, rows):
                joined += page
            assert joined == whole
    assert len(whole) == 40
    place = table.column_names.index(first)
    nulls = [row[place] is None for row in whole]
    assert nulls == sorted(nulls, reverse=not directions[0])


def test_only_an_index_spares_sorting(url: str) -> None:
    table = described(url, "plain")
    with connected(url) as connection:
        assert not needs_sorting(connection, table, RowQuery("plain", ()))
        assert needs_sorting(connection, table, RowQuery("plain", (), order=(SortColumn("x"),)))


def test_a_value_that_does_not_fit_names_its_column(url: str) -> None:
    column = described(url, "plain").column("n")
    with pytest.raises(ConfigurationError, match="column n "):
        parse_condition(column, Operator.EQUAL, "twelve")


def test_columns_of_few_values_get_a_drop_down(url: str) -> None:
    table = described(url, "plain")
    with connected(url) as connection:
        facets = {facet.column: facet.values for facet in find_facets(connection, table)}
    assert facets["t"] == (None, "v0", "v1", "v2", "v3")
    assert facets["b"] == ("false", "true")


def test_a_column_at_a_glance(url: str) -> None:
    table = described(url, "plain")
    with connected(url) as connection:
        *_, profile = profile_column(connection, table, RowQuery("plain", ()), "n")
        *_, texts = profile_column(connection, table, RowQuery("plain", ()), "t")
    assert (profile.rows, profile.null_rows, profile.smallest, profile.largest) == (40, 10, 0.5, 4.5)
    assert profile.mean is not None
    assert math.isclose(profile.mean, 2.5)
    assert (texts.smallest, texts.largest, texts.distinct) == ("v0", "v3", 4)


def test_nothing_can_be_written(url: str) -> None:
    with connected(url) as connection, pytest.raises(SourceError, match="read-only"):
        connection.rows(sa.table("plain", sa.column("id")).delete())


def _is_sleeping(postgres: PostgresServer) -> bool:
    return any("pg_sleep" in one.query and one.state == "active" for one in postgres.backends())


def test_a_stop_ends_a_slow_query_here_at_once_and_soon_on_the_server(
    url: str, postgres: PostgresServer
) -> None:
    stop = StopRequest()
    with connected(url) as connection:
        connection.obey(stop)
        timer = threading.Timer(0.3, stop.ask, [StopWish.CANCEL])
        timer.start()
        begun = time.monotonic()
        with pytest.raises(Stopped):
            connection.rows(sa.text("SELECT pg_sleep(30)"))
        assert time.monotonic() - begun < 1  # 0.3 of which are before the stop
        wait_until(lambda: not _is_sleeping(postgres), 1)
        connection.obey(StopRequest())
        assert connection.scalar(sa.text("SELECT 7")) == 7
        timer.join()


def test_a_stop_ends_a_wait_for_a_server_that_does_not_answer(url: str, postgres: PostgresServer) -> None:
    stop = StopRequest()
    postgres.freeze()
    try:
        timer = threading.Timer(0.2, stop.ask, [StopWish.CANCEL])
        timer.start()
        begun = time.monotonic()
        with pytest.raises(Stopped):
            open_source(url).connect(stop)
        assert time.monotonic() - begun < 1
        timer.join()
    finally:
        postgres.thaw()


def test_what_a_stop_left_behind_ends_no_other_statement(url: str) -> None:
    with connected(url) as connection:
        for _ in range(10):
            stop = StopRequest()
            connection.obey(stop)
            timer = threading.Timer(0.02, stop.ask, [StopWish.CANCEL])
            timer.start()
            with pytest.raises(Stopped):
                connection.rows(sa.text("SELECT pg_sleep(30)"))
            timer.join()
            connection.obey(StopRequest())
            assert connection.scalar(sa.text("SELECT sum(g) FROM generate_series(1, 100000) g")) == 5000050000


def test_another_database_has_another_identity(url: str, postgres: PostgresServer) -> None:
    other = postgres.create_database("others")
    with connected(url) as connection, connected(url) as same, connected(other) as another:
        assert connection.identity() == same.identity()
        assert not connection.identity().may_be(another.identity())


@pytest.mark.parametrize(
    ("path", "code"),
    [("none", ReasonCode.DATABASE_UNKNOWN), ("sources?connect_timeout=2", None)],
)
def test_what_cannot_be_opened_says_why(postgres: PostgresServer, path: str, code: ReasonCode | None) -> None:
    address = postgres.url().rpartition("/")[0] + "/" + path
    if code is None:
        open_source(address).connect().close()
        return
    with pytest.raises(SourceError) as caught:
        open_source(address).connect()
    assert caught.value.reason.code == code.name


def test_a_password_is_asked_for_and_never_shown() -> None:
    with PostgresServer(password="s3cret/@") as server:
        open_source(server.url()).connect().close()
        stranger = server.url(user="postgres", password="wr0ng")
        with pytest.raises(SourceError) as caught:
            open_source(stranger).connect()
        assert caught.value.reason.code == ReasonCode.LOGIN_REFUSED.name
        said = caught.value.reason.message + caught.value.reason.hint
        assert "wr0ng" not in said + open_source(stranger).address
        with pytest.raises(SourceError) as caught:
            open_source(f"postgresql://nobody@127.0.0.1:{server.port}/postgres").connect()
        assert caught.value.reason.code == ReasonCode.PASSWORD_NEEDED.name


def test_a_table_that_one_may_not_read_says_so(postgres: PostgresServer) -> None:
    postgres.create_database("secrets")
    postgres.execute(PRODUCTS.format(rows=3) + "CREATE ROLE guest LOGIN", database="secrets")
    with connected(postgres.url("secrets", user="guest")) as connection:
        table = describe_table(connection, "products")
        with pytest.raises(SourceError) as caught:
            count_rows(connection, table, RowQuery("products", ()))
    assert caught.value.reason.code == ReasonCode.PERMISSION_DENIED.name

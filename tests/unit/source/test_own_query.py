"""A SELECT of a person's own: what gets through, and that nothing else does."""

from pathlib import Path

import pytest

from dataflow_desktop.domain.own_query import OwnQuery
from dataflow_desktop.domain.row_query import Condition, Operator, RowQuery, Search, SortColumn
from dataflow_desktop.domain.schema import ColumnKind, DatabaseSystem, KeyKind, TableKind
from dataflow_desktop.errors import ConfigurationError, ReasonCode
from dataflow_desktop.source.connection import Row
from dataflow_desktop.source.description import check_key, describe_query, describe_table, list_tables
from dataflow_desktop.source.own_query import check_statement, parameters_of
from dataflow_desktop.source.statements import select_rows
from tests.unit.databases import connected, fetch, insert, make_database

SQLITE, POSTGRESQL, MYSQL = DatabaseSystem.SQLITE, DatabaseSystem.POSTGRESQL, DatabaseSystem.MYSQL


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    path = make_database(
        tmp_path / "shop.db",
        "CREATE TABLE goods (id INTEGER PRIMARY KEY, name TEXT, price DECIMAL(10,2), kind TEXT)",
    )
    insert(path, "goods", [(1, "Äpfel", 2.5, "a:b"), (2, "Brot", 30, None), (3, "Ölfaß", None, "%s")])
    return path


def rows_of(path: Path, query: OwnQuery, row_query: RowQuery | None = None) -> list[Row]:
    with connected(path) as connection:
        table = describe_query(connection, query)
        row_query = row_query or RowQuery(table.name, table.column_names)
        return [row[: len(row_query.columns)] for row in connection.rows(select_rows(table, row_query))]


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT name FROM goods",
        "select name from goods;",
        "select name from goods -- the end ;",
        "select name from goods /* ) */ ; -- and :more ' of it",
        "WITH g AS (SELECT * FROM goods) SELECT name FROM g",
        "SELECT [name] FROM goods WHERE kind IS NULL OR kind <> ':nothing ; ) '",
        'SELECT "name" FROM goods ORDER BY id',
    ],
)
def test_one_select_gets_through(shop: Path, statement: str) -> None:
    assert rows_of(shop, OwnQuery("q", statement)) == [("Äpfel",), ("Brot",), ("Ölfaß",)]


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("", "there is no statement"),
        ("  -- nothing", "there is no statement"),
        ("DELETE FROM goods", "it begins with DELETE"),
        ("PRAGMA user_version = 1", "it begins with PRAGMA"),
        ("ATTACH 'x' AS y", "it begins with ATTACH"),
        ("WITH g AS (SELECT 1) DELETE FROM goods", "it would write (DELETE)"),
        ("SELECT 1; DELETE FROM goods", "more than one statement"),
        ("SELECT 1) AS q; DELETE FROM goods; SELECT * FROM (SELECT 1", "more than one statement"),
        ("SELECT 1 AS id) UNION SELECT 2 FROM (SELECT 1", "a ) closes nothing"),
        ("SELECT (1", "a bracket is not closed"),
        ("SELECT 'x", "a quote or a comment is not closed"),
        ("SELECT 1 /* x", "a quote or a comment is not closed"),
        ("SELECT * FROM goods WHERE id = ?", "is written with ?"),
        ("SELECT * FROM goods WHERE id = @id", "is written with @"),
        ("SELECT * FROM goods WHERE id = $id", "is written with $"),
        ("SELECT * FROM goods WHERE id = :id AND name = :name", "no value is given for :id, :name"),
        ("SELECT nope FROM goods", "the database says: no such column: nope"),
        ("SELECT * FROM nowhere", "the database says: no such table: nowhere"),
    ],
)
def test_anything_else_is_refused_and_changes_nothing(shop: Path, statement: str, problem: str) -> None:
    before = shop.read_bytes()
    with pytest.raises(ConfigurationError) as caught:
        rows_of(shop, OwnQuery("q", statement))
    assert caught.value.reason.code == ReasonCode.OWN_QUERY_WRONG.name
    assert problem in caught.value.reason.message
    assert shop.read_bytes() == before


def test_the_second_of_two_columns_of_one_name_gets_another(shop: Path) -> None:
    assert rows_of(shop, OwnQuery("q", "SELECT id, name, id FROM goods LIMIT 1")) == [(1, "Äpfel", 1)]


def test_a_connection_stays_read_only_after_a_query_is_described(shop: Path) -> None:
    with connected(shop) as connection:
        describe_query(connection, OwnQuery("q", "SELECT 1 AS one"))
        with pytest.raises(ConfigurationError):
            describe_query(connection, OwnQuery("q", "SELECT * FROM nowhere"))
        assert connection._pragma("query_only") == 1
        assert [summary.table.name for summary in list_tables(connection)] == ["goods"]


def test_columns_have_the_types_of_those_they_come_from(shop: Path) -> None:
    with connected(shop) as connection:
        table = describe_query(
            connection, OwnQuery("q", "SELECT id, price AS p, price * 2 AS twice FROM goods")
        )
    assert [(column.name, column.kind, column.decimals) for column in table.columns] == [
        ("id", ColumnKind.INTEGER, None),
        ("p", ColumnKind.DECIMAL, 2),
        ("twice", ColumnKind.ANY, None),
    ]
    assert (table.kind, table.key, table.key_kind) == (TableKind.QUERY, (), KeyKind.NONE)


@pytest.mark.parametrize("value", ["Brot", "'; DROP TABLE goods; --", "%s", ":id", "", "\\:x", "Äpfel"])
def test_a_parameter_is_bound_and_never_read(shop: Path, value: str) -> None:
    query = OwnQuery("q", "SELECT :v AS v, name FROM goods WHERE name = :v OR :v = ''", (), (("v", value),))
    expected = fetch(shop, "SELECT ?, name FROM goods WHERE name = ? OR ? = ''", value, value, value)
    assert rows_of(shop, query) == expected


def test_a_number_is_one_for_sqlite_and_a_text_of_digits_is_not(shop: Path) -> None:
    values = (("whole", "2"), ("part", "2.50"), ("text", "007"), ("long", "9" * 30))
    statement = "SELECT typeof(:whole) a, typeof(:part) b, typeof(:text) c, typeof(:long) d"
    assert rows_of(shop, OwnQuery("q", statement, (), values)) == [("integer", "real", "text", "text")]


def test_it_is_searched_filtered_and_sorted_like_a_table(shop: Path) -> None:
    query = OwnQuery("q", "SELECT name, price * 2 AS twice, id FROM goods", ("id",))
    wished = RowQuery(
        "q",
        ("id",),
        conditions=(Condition("twice", Operator.NOT_NULL),),
        search=Search("R"),
        order=(SortColumn("name", is_descending=True),),
    )
    assert rows_of(shop, query, wished) == [(2,)]
    backwards = RowQuery("q", ("id",), order=(SortColumn("name", is_descending=True),))
    assert rows_of(shop, query, backwards) == [
        (3,),
        (1,),
        (2,),
    ]


@pytest.mark.parametrize(
    ("key", "problem"),
    [
        (("kind",), "it holds NULL"),
        (("half",), "several rows have the same value"),
        (("half", "kind"), "NULL"),
    ],
)
def test_a_key_must_tell_all_rows_apart(shop: Path, key: tuple[str, ...], problem: str) -> None:
    query = OwnQuery("q", "SELECT id, id / 2 AS half, kind FROM goods", key)
    with connected(shop) as connection, pytest.raises(ConfigurationError) as caught:
        check_key(connection, describe_query(connection, query))
    assert caught.value.reason.code == ReasonCode.OWN_QUERY_KEY_WRONG.name
    assert problem in caught.value.reason.message


@pytest.mark.parametrize("key", [("id",), ("half", "id"), ("name",), ()])
def test_a_key_that_does_is_taken(shop: Path, key: tuple[str, ...]) -> None:
    query = OwnQuery("q", "SELECT id, id / 2 AS half, name FROM goods", key)
    with connected(shop) as connection:
        table = describe_query(connection, query)
        check_key(connection, table)
    assert table.key == key


def test_a_key_that_is_no_column_is_refused(shop: Path) -> None:
    with connected(shop) as connection, pytest.raises(ConfigurationError) as caught:
        describe_query(connection, OwnQuery("q", "SELECT id FROM goods", ("ID",)))
    assert caught.value.reason.code == ReasonCode.COLUMN_UNKNOWN.name


def test_it_is_listed_behind_the_tables_and_found_by_its_name(shop: Path) -> None:
    queries = [OwnQuery("one", "SELECT 1 AS a"), OwnQuery("goods", "SELECT 2 AS a")]
    with connected(shop) as connection:
        listed = list_tables(connection, queries)
        assert [summary.table.name for summary in listed] == ["goods", "one"]
        assert describe_table(connection, "one", queries).own_query == queries[0]
        assert describe_table(connection, "goods", queries).own_query is None


def test_one_that_no_longer_works_is_listed_and_hides_no_other(shop: Path) -> None:
    broken = OwnQuery("broken", "SELECT * FROM nowhere")
    with connected(shop) as connection:
        listed = list_tables(connection, [broken, OwnQuery("one", "SELECT 1 AS a")])
    assert [(summary.table.name, summary.table.column_names) for summary in listed[1:]] == [
        ("broken", ()),
        ("one", ("a",)),
    ]


@pytest.mark.parametrize(
    ("system", "statement", "names"),
    [
        (POSTGRESQL, "SELECT a::int, :x, d[1:2], d[:n], '12:30', $$ :y $$, E'\\':z', \":c\" -- :d", ("x",)),
        (POSTGRESQL, "SELECT * FROM t WHERE a=:a AND b IN(:b,:a) AND c>:c_1", ("a", "b", "c_1")),
        (MYSQL, "SELECT 'it\\'s :no', \":no\", `:no`, :yes # :no", ("yes",)),
        (SQLITE, "SELECT ':no', [a:no], \"b:no\", x'00', :yes, '' || :yes", ("yes",)),
    ],
)
def test_parameters_are_those_that_a_reader_sees(
    system: DatabaseSystem, statement: str, names: tuple[str, ...]
) -> None:
    assert parameters_of(OwnQuery("q", statement), system) == names


@pytest.mark.parametrize(
    ("system", "statement"),
    [
        (MYSQL, "SELECT 1 /*! ) AS a; DROP TABLE goods */"),
        (MYSQL, "SELECT 1 /*M! , 2 */"),
        (POSTGRESQL, "SELECT id FROM goods WHERE id = $1"),
        (POSTGRESQL, "WITH gone AS (DELETE FROM goods RETURNING *) SELECT * FROM gone"),
        (POSTGRESQL, "COPY goods TO '/x'"),
        (MYSQL, "SELECT '\\' AS a"),
    ],
)
def test_what_other_systems_would_make_more_of_is_refused_too(system: DatabaseSystem, statement: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        check_statement(OwnQuery("q", statement), system)
    assert caught.value.reason.code == ReasonCode.OWN_QUERY_WRONG.name

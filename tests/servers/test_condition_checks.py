"""Values that only a server can read, checked before a query depends on them."""

from pathlib import Path

import pytest

from dataflow_desktop.domain.condition_values import parse_condition
from dataflow_desktop.domain.row_query import Operator, RowQuery
from dataflow_desktop.errors import ConfigurationError, ReasonCode
from dataflow_desktop.source.condition_checks import check_values
from tests.servers.postgres_server import PostgresServer
from tests.servers.server_exports import connected, described, exported, spec_for


@pytest.fixture(scope="module")
def url(postgres: PostgresServer) -> str:
    url = postgres.create_database("condition_checks")
    postgres.execute(
        "CREATE TYPE mood AS ENUM ('sad', 'ok');"
        "CREATE TABLE t (id int PRIMARY KEY, m mood, time time, r int4range, i interval, a int[], j jsonb);"
        "INSERT INTO t VALUES (1, 'ok', '12:30', '[1,5)', '1 day', '{1,2}', '{}')",
        database="condition_checks",
    )
    return url


def query_of(url: str, column: str, operator: Operator, text: str) -> RowQuery:
    table = described(url, "t")
    return RowQuery("t", ("id",), (parse_condition(table.column(column), operator, text),))


@pytest.mark.parametrize(
    ("column", "text"),
    [("m", "glad"), ("time", "noon"), ("r", "1 to 5"), ("i", "soon"), ("a", "1,2"), ("j", "{")],
)
@pytest.mark.parametrize("operator", [Operator.EQUAL, Operator.LESS, Operator.NOT_EQUAL])
def test_a_wrong_value_is_refused_by_the_name_of_its_column(
    url: str, column: str, operator: Operator, text: str, tmp_path: Path
) -> None:
    query = query_of(url, column, operator, text)
    with pytest.raises(ConfigurationError) as caught:
        exported(spec_for(url, "t", tmp_path / "t.csv", query))
    assert caught.value.reason.code == ReasonCode.VALUE_WRONG_FOR_SERVER.name
    assert f"column {column} " in caught.value.reason.message
    assert text in caught.value.reason.message
    assert list(tmp_path.glob("*.csv")) == []


@pytest.mark.parametrize(
    ("column", "operator", "text"),
    [
        ("m", Operator.EQUAL, "ok"),
        ("m", Operator.IN, "ok,sad"),
        ("time", Operator.LESS, "13:00"),
        ("r", Operator.EQUAL, "[1,5)"),
        ("i", Operator.EQUAL, "24:00:00"),
        ("a", Operator.EQUAL, "{1,2}"),
        ("j", Operator.EQUAL, "{}"),
        ("m", Operator.CONTAINS, "O"),
    ],
)
def test_a_right_value_finds_the_row(
    url: str, column: str, operator: Operator, text: str, tmp_path: Path
) -> None:
    query = query_of(url, column, operator, text)
    with connected(url) as connection:
        check_values(connection, described(url, "t"), query)
    assert exported(spec_for(url, "t", tmp_path / "t.csv", query)) == b"id\n1\n"

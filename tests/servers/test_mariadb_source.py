"""Tables of MariaDB, read as those of SQLite are: every value exactly, and nothing written."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest
import sqlalchemy as sa

from dataflow_desktop.domain.chunk import Chunk
from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.job import JobState
from dataflow_desktop.domain.keyset import Keyset
from dataflow_desktop.domain.profile import ColumnProfile
from dataflow_desktop.domain.reading import Consistency
from dataflow_desktop.domain.row_query import Condition, Operator, RowQuery, Search, SortColumn, Value
from dataflow_desktop.domain.schema import ColumnKind, KeyKind, Table, TableKind
from dataflow_desktop.errors import ConfigurationError, ReasonCode, SourceError
from dataflow_desktop.formats.delimited import DelimitedEncoder
from dataflow_desktop.pacing import Stopped, StopRequest, StopWish
from dataflow_desktop.records.job_store import JobStore
from dataflow_desktop.source.column_profile import profile_column
from dataflow_desktop.source.connection import Row, SourceConnection
from dataflow_desktop.source.description import describe_table, list_tables
from dataflow_desktop.source.facets import find_facets
from dataflow_desktop.source.opening import open_source
from dataflow_desktop.source.ordered_rows import OrderedRows, count_rows
from dataflow_desktop.source.query_plan import needs_sorting
from dataflow_desktop.source.retrying import Retrying
from dataflow_desktop.source.row_marks import has_marked_row, mark_rows
from dataflow_desktop.source.statements import select_rows
from tests.servers.mariadb_server import MariadbServer, quoted
from tests.servers.own_server import wait_until
from tests.servers.tcp_proxy import TcpProxy
from tests.unit.databases import insert, make_database
from tests.unit.exports import job_store, new_job, run_to_end

MakeProxy = Callable[[int], TcpProxy]

TRICKY = (
    *(
        "",
        " ",
        "a",
        "A",
        "a ",
        "a\t",
        "ab",
        "Ab",
        "aB",
        "b",
        "B",
        "Straße",
        "STRASSE",
        "straße",
        "MÖWE",
        "möwe",
    ),
    *(
        "mowe",
        "Ελλάδα",
        "ελλάδα",
        "日本語",
        "🐦",
        "%",
        "_",
        "\\",
        "a%b",
        "a_b",
        "a\\b",
        "'",
        '"',
        "`",
        "a'b",
        ";",
    ),
    *(
        "line\nbreak",
        "a\rb",
        "a,b",
        "[x]",
        "a.b",
        "a+b",
        "(a)",
        "a|b",
        "^a$",
        "{2}",
        "K",
        "\u212a",
        "k",
        "\u017f",
        "s",
    ),
    *("é", "e\u0301", "#a", "\x01", "0", "007", "%s", "%(a)s", "a" * 300, "a" * 299 + "b", "\x7f", "\ufffd"),
)


@pytest.fixture(scope="module")
def server() -> Iterator[MariadbServer]:
    """A server of this module's own, for some tests change its settings."""
    with MariadbServer() as server:
        yield server


@pytest.fixture
def url(server: MariadbServer) -> Iterator[str]:
    yield server.create_database("shop")
    server.drop_database("shop")


@pytest.fixture
def store() -> Iterator[JobStore]:
    with job_store() as store:
        yield store


@pytest.fixture
def connection(url: str) -> Iterator[SourceConnection]:
    with open_source(url).connect() as connection:
        yield connection


def make(server: MariadbServer, *statements: str) -> None:
    for statement in statements:
        server.execute(statement, database="shop")


def fill(server: MariadbServer, table: str, rows: Sequence[Sequence[object]]) -> None:
    with server.connect("shop") as connection, connection.cursor() as cursor:
        marks = ", ".join(["%s"] * len(rows[0]))
        name = quoted(table).replace("%", "%%")
        cursor.executemany(f"INSERT INTO {name} VALUES ({marks})", [tuple(row) for row in rows])


def read_all(connection: SourceConnection, query: RowQuery) -> list[Row]:
    table = describe_table(connection, query.table)
    return [row[: len(query.columns)] for row in connection.rows(select_rows(table, query))]


def shown(
    connection: SourceConnection, declared: str, value: str, server: MariadbServer
) -> tuple[Value, str]:
    """Return how one value leaves: as the program holds it, and in a file."""
    make(server, "DROP TABLE IF EXISTS one", f"CREATE TABLE one (id INT PRIMARY KEY, v {declared})")
    make(server, f"SET sql_mode = ''; INSERT INTO one VALUES (1, {value})")
    table = describe_table(connection, "one")
    ((found,),) = read_all(connection, RowQuery("one", ("v",)))
    line = DelimitedEncoder(table.columns_named(["v"])).encode(Chunk([(found,)], 1, ()))
    is_found = read_all(connection, RowQuery("one", ("id",), (Condition("v", Operator.EQUAL, (found,)),)))  # type: ignore[arg-type]  # not NULL
    assert is_found == [(1,)]
    by_value = OrderedRows(connection, table, RowQuery("one", (), order=(SortColumn("v"),)))
    assert by_value.read(by_value.read(None, 1)[0], 1) == []  # nothing comes after it
    return found, line.decode().removesuffix("\n")


@pytest.mark.parametrize(
    ("declared", "value", "found", "cell"),
    [
        ("TINYINT(1)", "TRUE", 1, "1"),
        ("INT(5) ZEROFILL", "42", 42, "42"),
        ("BIGINT", "-9223372036854775808", -(2**63), "-9223372036854775808"),
        ("BIGINT UNSIGNED", "18446744073709551615", 2**64 - 1, "18446744073709551615"),
        (
            "BIT(64)",
            "b'1000000000000000000000000000000000000000000000000000000000000001'",
            2**63 + 1,
            "9223372036854775809",
        ),
        ("YEAR", "0", 0, "0"),
        ("YEAR", "2024", 2024, "2024"),
        (
            "DECIMAL(40,20)",
            "-12345678901234567890.12345678901234567891",
            *["-12345678901234567890.12345678901234567891"] * 2,
        ),
        ("DECIMAL(65,0)", "9" * 65, *["9" * 65] * 2),
        ("DECIMAL(38,38)", "0." + "1" * 38, *["0." + "1" * 38] * 2),
        ("DECIMAL(6,2) ZEROFILL", "3.1", "3.10", "3.10"),
        ("FLOAT", "0.1", 0.1, "0.1"),
        ("FLOAT", "16777215", 16777215.0, "16777215.0"),
        ("FLOAT", "0.123456789", 0.12345679, "0.12345679"),
        ("FLOAT(7,2)", "1234.56", 1234.56, "1234.56"),
        ("DOUBLE", "0.1e0+0.2e0", 0.1 + 0.2, "0.30000000000000004"),
        ("DOUBLE", "1.7976931348623157e308", 1.7976931348623157e308, "1.7976931348623157e+308"),
        ("DOUBLE(10,3)", "1.5", 1.5, "1.5"),
        ("DATE", "'2024-02-29'", "2024-02-29", "2024-02-29"),
        ("DATE", "'0000-00-00'", "0000-00-00", "0000-00-00"),
        ("DATE", "'2024-00-00'", "2024-00-00", "2024-00-00"),
        ("DATETIME", "'2024-02-29 13:14:15'", *["2024-02-29T13:14:15"] * 2),
        ("DATETIME(3)", "'2024-02-29 13:14:15.5'", *["2024-02-29T13:14:15.500000"] * 2),
        ("DATETIME(6)", "'2024-02-29 13:14:15'", *["2024-02-29T13:14:15"] * 2),
        ("DATETIME", "'0000-00-00 00:00:00'", *["0000-00-00 00:00:00"] * 2),
        ("TIMESTAMP(6) NULL", "'2024-02-29 13:14:15.000001'", *["2024-02-29T13:14:15.000001+00:00"] * 2),
        ("TIME(1)", "'-838:59:58.5'", *["-838:59:58.5"] * 2),
        ("ENUM('b','a')", "'a'", "a", "a"),
        ("SET('b','a')", "'a,b'", "b,a", '"b,a"'),
        ("JSON", "'{\"a\": [1]}'", '{"a": [1]}', '"{""a"": [1]}"'),
        ("CHAR(9)", "'a  '", "a", "a"),
        ("VARCHAR(9)", "'a  '", "a  ", "a  "),
        ("VARCHAR(9) CHARACTER SET latin1", "'é€'", "é€", "é€"),
        ("VARCHAR(9) CHARACTER SET utf16", "'é🐦'", "é🐦", "é🐦"),
        ("TEXT", "'a\\0🐦\\\\'", "a\0🐦\\", "a\0🐦\\"),
        ("BINARY(3)", "x'00ff'", b"\x00\xff\x00", "00ff00"),
        ("LONGBLOB", "x'00ff27225c'", b"\x00\xff'\"\\", "00ff27225c"),
        ("UUID", "'00112233-4455-6677-8899-AABBCCDDEEFF'", *["00112233-4455-6677-8899-aabbccddeeff"] * 2),
        ("INET6", "'2001:db8::1'", *["2001:db8::1"] * 2),
        (
            "POINT",
            "POINT(1,2)",
            bytes.fromhex("000000000101000000000000000000f03f0000000000000040"),
            "000000000101000000000000000000f03f0000000000000040",
        ),
    ],
)
def test_every_type_leaves_exactly_and_is_found_again(
    server: MariadbServer, connection: SourceConnection, declared: str, value: str, found: Value, cell: str
) -> None:
    assert shown(connection, declared, value, server) == (found, cell)
    assert type(shown(connection, declared, value, server)[0]) is type(found)


def test_null_and_empty_are_two(server: MariadbServer, connection: SourceConnection) -> None:
    make(server, "CREATE TABLE t (id INT PRIMARY KEY, v TEXT, b BLOB, d DATETIME, f FLOAT)")
    fill(server, "t", [(1, None, None, None, None), (2, "", b"", None, 0)])
    assert read_all(connection, RowQuery("t", ("v", "b", "d", "f"))) == [(None,) * 4, ("", b"", None, 0.0)]


def test_values_larger_than_a_packet_are_whole(server: MariadbServer, connection: SourceConnection) -> None:
    make(server, "CREATE TABLE t (id INT PRIMARY KEY, v LONGTEXT)")
    fill(server, "t", [(1, "é" * 5_000_000), (2, "b")])
    make(server, "SET SESSION sql_mode = ''; SET GLOBAL max_allowed_packet = 1048576")
    try:
        with open_source(server.url("shop")).connect() as limited:
            query = RowQuery("t", ("v",), order=(SortColumn("v"),))
            assert [len(str(row[0])) for row in read_all(limited, query)] == [1, 5_000_000]
            searched = RowQuery("t", ("id",), search=Search("éÉ"))
            assert read_all(limited, searched) == [(1,)]
    finally:
        make(server, "SET GLOBAL max_allowed_packet = 16777216")


# Tables and keys.


def key_of(connection: SourceConnection, name: str) -> tuple[tuple[str, ...], KeyKind]:
    table = describe_table(connection, name)
    return table.key, table.key_kind


def test_the_best_key_is_found(server: MariadbServer, connection: SourceConnection) -> None:
    make(
        server,
        "CREATE TABLE one (id INT PRIMARY KEY, other INT NOT NULL UNIQUE)",
        "CREATE TABLE two (a INT, b VARCHAR(9), c INT, PRIMARY KEY (b, a))",
        "CREATE TABLE short (a INT NOT NULL, b INT NOT NULL, c INT NOT NULL, UNIQUE x (a, b), UNIQUE y (c))",
        "CREATE TABLE nullable (a INT, UNIQUE (a))",
        "CREATE TABLE prefixed (a VARCHAR(99) NOT NULL, UNIQUE (a(3)))",
        "CREATE TABLE parted (a INT PRIMARY KEY) PARTITION BY HASH (a) PARTITIONS 3",
        "CREATE VIEW seen AS SELECT a FROM parted",
        "CREATE SEQUENCE counter",
    )
    assert key_of(connection, "one") == (("id",), KeyKind.PRIMARY)
    assert key_of(connection, "two") == (("b", "a"), KeyKind.PRIMARY)
    assert key_of(connection, "short") == (("c",), KeyKind.UNIQUE)
    for name in ("nullable", "prefixed", "seen"):
        assert key_of(connection, name) == ((), KeyKind.NONE)
    assert key_of(connection, "parted") == (("a",), KeyKind.PRIMARY)
    assert describe_table(connection, "seen").kind is TableKind.VIEW
    names = ["nullable", "one", "parted", "prefixed", "seen", "short", "two"]
    assert [summary.table.name for summary in list_tables(connection)] == names


def test_rows_are_estimated(server: MariadbServer, connection: SourceConnection) -> None:
    make(
        server,
        "CREATE TABLE t (a INT PRIMARY KEY)",
        "INSERT INTO t SELECT seq FROM seq_1_to_5000",
        "ANALYZE TABLE t",
    )
    (summary,) = list_tables(connection)
    assert 4_000 < (summary.estimated_rows or 0) < 6_000


def test_an_unknown_table_names_the_others(server: MariadbServer, connection: SourceConnection) -> None:
    make(server, "CREATE TABLE Known (a INT)")
    with pytest.raises(ConfigurationError) as caught:
        describe_table(connection, "known")
    assert "Known" in caught.value.reason.hint


HOSTILE = (
    "a`b",
    "a'b",
    'a"b',
    "a b",
    "%s",
    "100%",
    "select",
    "offset",
    "a;--",
    "möwe",
    "0",
    "a.b",
    ":x",
    "\\",
)


def test_hostile_names_are_names(server: MariadbServer, connection: SourceConnection) -> None:
    for number, name in enumerate(HOSTILE):
        columns = ", ".join(f"{quoted(column)} INT" for column in HOSTILE)
        make(server, f"CREATE TABLE {quoted(name)} (id INT PRIMARY KEY, {columns}) COLLATE utf8mb4_bin")
        fill(server, name, [(1, *range(number, number + len(HOSTILE)))])
        where = tuple(Condition(column, Operator.LESS, (100,)) for column in HOSTILE)
        order = tuple(SortColumn(column, is_descending=True) for column in HOSTILE)
        query = RowQuery(name, HOSTILE, where, order=order)
        assert read_all(connection, query) == [tuple(range(number, number + len(HOSTILE)))]
        table = describe_table(connection, name)
        assert len(OrderedRows(connection, table, query).read(None, 5)) == 1
        needs_sorting(connection, table, query)


# Order.


def pages_of(
    connection: SourceConnection, table: Table, query: RowQuery, size: int, *, up: bool = False
) -> list[Row]:
    ordered = OrderedRows(connection, table, query)
    rows: list[Row] = []
    after: Keyset | None = None
    while page := ordered.read(after, size, is_backwards=up):
        rows += page
        after = page[-1][len(query.columns) :]
    return rows[::-1] if up else rows


ORDERS = [
    (),
    (SortColumn("n"),),
    (SortColumn("n", is_descending=True),),
    (SortColumn("s"),),
    (SortColumn("s", is_descending=True), SortColumn("n")),
    (SortColumn("f"), SortColumn("d", is_descending=True)),
    (SortColumn("e", is_descending=True), SortColumn("s")),
    (SortColumn("code", is_descending=True),),
    (SortColumn("t", is_descending=True),),
    (SortColumn("b"), SortColumn("l", is_descending=True)),
    (SortColumn("j"),),
]


@pytest.fixture
def mixed(server: MariadbServer, connection: SourceConnection) -> Table:
    make(
        server,
        "CREATE TABLE mixed (code VARCHAR(20), lang VARCHAR(5), n INT, s VARCHAR(400), f FLOAT,"
        " d DECIMAL(30,10), e ENUM('z', 'm', 'a'), t DATETIME(6), b VARBINARY(400),"
        " l TEXT CHARACTER SET latin1, j LONGTEXT, PRIMARY KEY (lang, code), KEY (n), KEY (s))",
    )
    rows = []
    for number in range(60):
        text = TRICKY[number % len(TRICKY)]
        rows.append(
            (
                f"{'cC'[number % 2]}ode {number // 2} {number % 2}",
                ("de", "DE ", "en", "ÉN")[number % 4],
                None if number % 5 == 0 else number % 7,
                None if number % 11 == 0 else text,
                None if number % 6 == 0 else number % 4 / 10,
                f"{number % 3}{'.' + '1' * 10 if number % 2 else ''}",
                (None, "z", "m", "a")[number % 4],
                None if number % 7 == 0 else f"2024-01-0{number % 3 + 1} 00:00:00.{number % 2}",
                None if number % 8 == 0 else text.encode(),
                None if number % 9 == 0 else ("é", "e", "É", "€")[number % 4],
                "x" * 1_100 + str(number % 3),
            )
        )
    fill(server, "mixed", rows)
    return describe_table(connection, "mixed")


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: ",".join(by.column for by in order) or "key")
def test_pages_one_after_the_other_are_the_whole(
    connection: SourceConnection, mixed: Table, order: tuple[SortColumn, ...]
) -> None:
    query = RowQuery("mixed", ("n", "s", "f", "d"), order=order)
    whole = connection.rows(select_rows(mixed, query))
    assert len(whole) == 60
    for size in (1, 2, 3, 5, 7):
        assert pages_of(connection, mixed, query, size) == whole
        assert pages_of(connection, mixed, query, size, up=True) == whole
    assert count_rows(connection, mixed, query) == 60


def test_texts_are_ordered_by_their_bytes_with_null_first(
    server: MariadbServer, connection: SourceConnection
) -> None:
    make(server, "CREATE TABLE t (id INT PRIMARY KEY, s VARCHAR(400), l VARCHAR(9) CHARACTER SET latin1)")
    fill(
        server,
        "t",
        [*((number, text, "é€z"[number % 3]) for number, text in enumerate(TRICKY)), (999, None, None)],
    )
    found = [row[0] for row in read_all(connection, RowQuery("t", ("s",), order=(SortColumn("s"),)))]
    assert found == [None, *sorted(TRICKY, key=str.encode)]
    found = [row[0] for row in read_all(connection, RowQuery("t", ("l",), order=(SortColumn("l"),)))]
    assert found[0] is None
    assert list(dict.fromkeys(found[1:])) == ["z", "é", "€"]


def test_a_key_of_texts_without_case_is_read_by_its_index(
    server: MariadbServer, connection: SourceConnection
) -> None:
    make(server, "CREATE TABLE t (code VARCHAR(60), n INT, PRIMARY KEY (code), KEY (n))")
    make(server, "INSERT INTO t SELECT CONCAT(IF(seq % 2, 'k', 'K'), seq), seq % 10 FROM seq_1_to_3000")
    table = describe_table(connection, "t")
    by_key = RowQuery("t", ("code",))
    assert not needs_sorting(connection, table, by_key)
    assert needs_sorting(
        connection,
        table,
        RowQuery("t", ("code",), order=(SortColumn("n", is_descending=True), SortColumn("code"))),
    )
    assert not needs_sorting(connection, table, RowQuery("t", ("code",), order=(SortColumn("n"),)))
    assert sorted(pages_of(connection, table, by_key, 700)) == sorted(
        connection.rows(select_rows(table, by_key))
    )
    before = handler_reads(connection)
    OrderedRows(connection, table, by_key).read(("k2500",), 10)
    assert handler_reads(connection) - before < 100


def test_a_key_of_two_columns_is_entered_in_the_middle(
    server: MariadbServer, connection: SourceConnection
) -> None:
    make(server, "CREATE TABLE t (a INT, b VARCHAR(9), c INT, PRIMARY KEY (a, b, c))")
    make(
        server, "INSERT INTO t SELECT seq DIV 100, CONCAT('K', seq DIV 10 % 10), seq % 10 FROM seq_1_to_5000"
    )
    table = describe_table(connection, "t")
    before = handler_reads(connection)
    OrderedRows(connection, table, RowQuery("t", ("a",))).read((40, "k5", 5), 10)
    assert handler_reads(connection) - before < 100


def handler_reads(connection: SourceConnection) -> int:
    found = connection.rows(sa.text("SHOW SESSION STATUS LIKE 'Handler_read%'"))
    return sum(int(str(count)) for _, count in found)


# Filters and search.


@pytest.fixture
def both(
    server: MariadbServer, url: str, tmp_path: Path
) -> Iterator[tuple[SourceConnection, SourceConnection]]:
    """The same rows in MariaDB, where texts are compared as they are written, and in SQLite."""
    make(
        server,
        "CREATE TABLE t (id INT PRIMARY KEY, s VARCHAR(400) COLLATE utf8mb4_nopad_bin, n INT, x DOUBLE,"
        " d DATETIME)",
    )
    sqlite = make_database(
        tmp_path / "same.db", "CREATE TABLE t (id INTEGER PRIMARY KEY, s TEXT, n INTEGER, x REAL, d DATETIME)"
    )
    rows: list[tuple[object, ...]] = [
        (
            number,
            text,
            number % 7 if number % 5 else None,
            number / 8,
            f"2024-01-{number % 28 + 1:02}T00:00:00",
        )
        for number, text in enumerate(TRICKY)
    ]
    rows.append((999, None, None, None, None))
    fill(server, "t", rows)
    insert(sqlite, "t", rows)
    with open_source(url).connect() as mine, open_source(str(sqlite)).connect() as others:
        yield mine, others


CONDITIONS = [
    *(Condition("s", operator, ("a",)) for operator in (Operator.EQUAL, Operator.NOT_EQUAL, Operator.LESS)),
    *(
        Condition("s", operator, ("möwe",))
        for operator in (Operator.GREATER, Operator.LESS_OR_EQUAL, Operator.EQUAL)
    ),
    Condition("s", Operator.IN, ("a", "A", "'", "\\", "🐦", "%s")),
    Condition("s", Operator.NOT_IN, ("a", "b")),
    Condition("s", Operator.BETWEEN, ("A", "a")),
    Condition("s", Operator.IS_NULL),
    Condition("n", Operator.NOT_NULL),
    Condition("n", Operator.EQUAL, (3,)),
    Condition("n", Operator.GREATER_OR_EQUAL, (2.5,)),
    Condition("x", Operator.BETWEEN, (0.25, 3.125)),
    Condition("d", Operator.LESS, ("2024-01-05T00:00:00",)),
    Condition("d", Operator.EQUAL, ("2024-01-05T00:00:00",)),
]


@pytest.mark.parametrize("condition", CONDITIONS, ids=str)
def test_conditions_find_the_same_rows_as_in_sqlite(
    both: tuple[SourceConnection, SourceConnection], condition: Condition
) -> None:
    mine, others = (
        read_all(connection, RowQuery("t", ("id", "s", "n", "x", "d"), (condition,))) for connection in both
    )
    assert mine == others
    assert mine


def test_searches_find_the_same_rows_as_in_sqlite(both: tuple[SourceConnection, SourceConnection]) -> None:
    texts = {text.replace("\0", "") for text in TRICKY} | {"MÖ", "ss", "Λ", "x]", "b", "AAA", "\u0301"}
    for text in sorted(texts - {""}):
        for operator in (Operator.CONTAINS, Operator.STARTS, Operator.ENDS):
            query = RowQuery("t", ("id", "s"), (Condition("s", operator, (text,)),))
            mine, others = (read_all(connection, query) for connection in both)
            assert mine == others, (operator, text)


def test_equality_is_the_columns_own(server: MariadbServer, connection: SourceConnection) -> None:
    make(server, "CREATE TABLE t (id INT PRIMARY KEY, s VARCHAR(9), l VARCHAR(9) CHARACTER SET latin1)")
    fill(server, "t", [(1, "a", "é"), (2, "A", "?"), (3, "b", "É")])

    def found(column: str, operator: Operator, value: str) -> list[Row]:
        return read_all(connection, RowQuery("t", ("id",), (Condition(column, operator, (value,)),)))

    assert found("s", Operator.EQUAL, "a") == [(1,), (2,)]
    assert found("l", Operator.EQUAL, "é") == [(1,), (3,)]
    assert found("l", Operator.EQUAL, "日") == []
    assert found("l", Operator.NOT_EQUAL, "日") == [(1,), (2,), (3,)]
    assert found("l", Operator.CONTAINS, "É") == [(1,), (3,)]


def test_values_of_any_type_can_be_looked_for(server: MariadbServer, connection: SourceConnection) -> None:
    make(server, "CREATE TABLE t (id INT PRIMARY KEY, u UUID, ts TIMESTAMP NULL, b BLOB, d DECIMAL(10,2))")
    make(
        server,
        "SET time_zone = '+00:00'; INSERT INTO t VALUES (1, UUID(), '2024-01-01 12:00:00', x'c0ffee', 1.25)",
    )

    def count(column: str, operator: Operator, *values: float | str | bytes) -> int:
        return len(read_all(connection, RowQuery("t", ("id",), (Condition(column, operator, values),))))

    assert count("u", Operator.IN, 5, "5") == 0
    assert count("u", Operator.CONTAINS, "-") == 1
    assert count("ts", Operator.EQUAL, "2024-01-01T14:00:00+02:00") == 1
    assert count("ts", Operator.STARTS, "2024-01-01T12") == 1
    assert count("b", Operator.CONTAINS, "C0FF") == 1
    assert count("b", Operator.EQUAL, b"\xc0\xff\xee") == 1
    assert count("d", Operator.EQUAL, 1.25) == 1
    assert count("d", Operator.LESS, "1.2500000001") == 1
    assert count("d", Operator.EQUAL, "1.251") == 0


# Columns at a glance.


def test_a_column_is_told_at_a_glance(server: MariadbServer, connection: SourceConnection) -> None:
    make(
        server,
        "CREATE TABLE t (id INT PRIMARY KEY, s VARCHAR(20), n INT, d DECIMAL(10,2), t DATETIME, b BLOB)",
    )
    make(
        server,
        "INSERT INTO t SELECT seq, IF(seq % 2, 'a', IF(seq % 4, 'A', '')), NULLIF(seq % 10, 0), seq / 4,"
        " '2024-01-01' + INTERVAL seq DAY, x'00' FROM seq_1_to_5000",
    )
    table = describe_table(connection, "t")

    def profile(column: str) -> ColumnProfile:
        return list(profile_column(connection, table, RowQuery("t", ()), column))[-1]

    texts = profile("s")
    assert (texts.rows, texts.empty_rows, texts.smallest, texts.largest, texts.distinct) == (
        5000,
        1250,
        "",
        "a",
        3,
    )
    numbers = profile("n")
    assert (numbers.null_rows, numbers.smallest, numbers.largest, numbers.mean) == (500, 1, 9, 5.0)
    assert profile("d").largest == 1250.0
    assert profile("t").is_time
    assert profile("b").smallest == b"\x00"
    facets = {facet.column: facet.values for facet in find_facets(connection, table)}
    assert facets["n"] == (None, *range(1, 10))
    marks = mark_rows(connection, table, (5000,))
    assert len(marks) == 10
    assert has_marked_row(connection, table, marks)


# Sessions.


def test_nothing_can_be_written(server: MariadbServer, connection: SourceConnection) -> None:
    make(server, "CREATE TABLE t (id INT PRIMARY KEY)")
    for statement in ("INSERT INTO t VALUES (1)", "DROP TABLE t", "CREATE TABLE u (id INT)"):
        with pytest.raises(SourceError, match="READ ONLY"):
            connection.rows(sa.text(statement))
    assert server.execute("SELECT COUNT(*) FROM t", database="shop") == [(0,)]


def test_settings_of_the_server_change_no_value(server: MariadbServer, url: str) -> None:
    make(server, "CREATE TABLE t (id INT PRIMARY KEY, s VARCHAR(20), ts TIMESTAMP NULL)")
    make(
        server,
        "SET time_zone = '+00:00'; INSERT INTO t VALUES (1, 'a\\\\b', '2024-01-01 12:00:00'), (2, 'c', NULL)",
    )
    hostile = "sql_mode = 'ANSI,NO_BACKSLASH_ESCAPES', time_zone = '-05:00', max_sort_length = 64"
    make(server, "SET GLOBAL " + hostile.replace(", ", ", GLOBAL ").replace("'ANSI, GLOBAL ", "'ANSI,"))
    make(server, "SET GLOBAL sql_select_limit = 1")
    try:
        with open_source(url).connect() as connection:
            equal = (Condition("s", Operator.IN, ("a\\b", "c")),)
            found = read_all(connection, RowQuery("t", ("s", "ts"), equal))
        assert found == [("a\\b", "2024-01-01T12:00:00+00:00"), ("c", None)]
    finally:
        for name in ("sql_mode", "time_zone", "max_sort_length", "sql_select_limit"):
            make(server, f"SET GLOBAL {name} = DEFAULT")


def test_one_state_is_seen_until_its_end(server: MariadbServer, connection: SourceConnection) -> None:
    make(server, "CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (1)")
    with connection.one_state():
        make(server, "INSERT INTO t VALUES (2)")
        assert read_all(connection, RowQuery("t", ("id",))) == [(1,)]
    assert read_all(connection, RowQuery("t", ("id",))) == [(1,), (2,)]


def busy_sessions(server: MariadbServer) -> int:
    commands = "SELECT command FROM information_schema.processlist WHERE info LIKE CONCAT('%%slo', 'w%%')"
    return server.execute(commands % ()).count(("Query",))


SLOW = sa.text("SELECT 'slow', COUNT(*) FROM seq_1_to_1000000 a, seq_1_to_1000000 b")


@pytest.mark.parametrize("way", ["interrupt", "stop"])
def test_a_cancel_frees_the_server_at_once(
    server: MariadbServer, connection: SourceConnection, way: str
) -> None:
    stop = StopRequest()
    connection.obey(stop)
    cancel = connection.interrupt if way == "interrupt" else lambda: stop.ask(StopWish.PAUSE)

    def cancel_when_busy() -> None:
        wait_until(lambda: busy_sessions(server) == 1)
        cancelled.append(time.monotonic())
        cancel()

    cancelled: list[float] = []
    thread = threading.Thread(target=cancel_when_busy)
    thread.start()
    with pytest.raises(Stopped):
        connection.rows(SLOW)
    answered = time.monotonic() - cancelled[0]
    wait_until(lambda: busy_sessions(server) == 0, 1)
    thread.join()
    assert answered < 0.5
    connection.obey(StopRequest())
    assert connection.scalar(sa.text("SELECT 5")) == 5


def test_a_server_that_does_not_answer_is_left_at_once(
    server: MariadbServer, proxy: MakeProxy, url: str
) -> None:
    way = proxy(server.port)
    with open_source(server.url("shop", port=way.port)).connect() as connection:
        way.hold()
        threading.Timer(0.2, connection.interrupt).start()
        begin = time.monotonic()
        with pytest.raises(Stopped):
            connection.rows(SLOW)
        assert time.monotonic() - begin < 1
        way.pass_on()
        assert connection.scalar(sa.text("SELECT 5")) == 5


def test_a_cut_connection_is_told_and_opened_anew(server: MariadbServer, proxy: MakeProxy, url: str) -> None:
    way = proxy(server.port)
    with open_source(server.url("shop", port=way.port)).connect() as connection:
        way.cut()
        with pytest.raises(SourceError) as caught:
            connection.scalar(sa.text("SELECT 5"))
        assert caught.value.reason.code == ReasonCode.CONNECTION_LOST.name
        assert connection.scalar(sa.text("SELECT 5")) == 5
        connection.wait_for_locks(Retrying(StopRequest(), 20).hold_up)
        way.cut()
        assert connection.scalar(sa.text("SELECT 6")) == 6
        with connection.one_state():
            way.cut()
            for said in ("was lost", "snapshot"):
                with pytest.raises(SourceError, match=said):
                    connection.scalar(sa.text("SELECT 5"))
        assert connection.scalar(sa.text("SELECT 7")) == 7


@pytest.mark.parametrize("is_cut", [False, True])
def test_rows_one_by_one_are_all_or_an_error(
    server: MariadbServer, proxy: MakeProxy, url: str, is_cut: bool
) -> None:
    make(server, "CREATE TABLE t (s TEXT)", "INSERT INTO t SELECT REPEAT('x', 1000) FROM seq_1_to_20000")
    way = proxy(server.port)
    with open_source(server.url("shop", port=way.port)).connect() as connection:
        statement = select_rows(describe_table(connection, "t"), RowQuery("t", ("s",)))
        lost = pytest.raises(SourceError, match="was lost")
        if is_cut:
            way.cut_after(3_000_000)
        rows = 0
        with connection.cursor(statement) as cursor, lost if is_cut else nullcontext():
            while found := cursor.fetch(999):
                rows += len(found)
        assert (rows < 20_000) == is_cut
        assert connection.scalar(sa.text("SELECT 5")) == 5


def test_nothing_is_asked_while_rows_are_still_to_come(connection: SourceConnection) -> None:
    two = sa.select(sa.text("seq FROM seq_1_to_2"))
    with connection.cursor(two), pytest.raises(RuntimeError):
        connection.scalar(sa.text("SELECT 5"))
    assert connection.scalar(sa.text("SELECT 5")) == 5


def test_who_leaves_rows_behind_does_not_wait_for_them(
    server: MariadbServer, connection: SourceConnection
) -> None:
    statement = sa.text("SELECT 'slow', a.seq FROM seq_1_to_1000000 a, seq_1_to_1000 b")
    with connection.cursor(statement) as cursor:  # type: ignore[arg-type]  # rows like those of a select
        assert len(cursor.fetch(3)) == 3
    assert connection.scalar(sa.text("SELECT 5")) == 5
    wait_until(lambda: busy_sessions(server) == 0, 5)


def reason_of(url: str) -> str:
    with pytest.raises(SourceError) as caught:
        open_source(url).connect()
    assert "s3" not in str(caught.value)
    return caught.value.reason.code


def test_what_keeps_people_out_is_told(server: MariadbServer, url: str) -> None:
    server.execute("CREATE OR REPLACE USER ada IDENTIFIED BY 's3 crét:@/'")
    make(server, "CREATE TABLE t (id INT)", "CREATE TABLE hidden (id INT)", "GRANT SELECT ON shop.t TO ada")
    try:
        assert reason_of(server.url("shop", user="ada", password="s3-wrong")) == ReasonCode.LOGIN_REFUSED.name
        assert reason_of(server.url("nothing")) == ReasonCode.DATABASE_UNKNOWN.name
        assert reason_of(server.url("shop", port=1)) == ReasonCode.SERVER_UNREACHABLE.name
        assert reason_of(server.url("shop") + "&ssl=required") == ReasonCode.SERVER_UNREACHABLE.name
        with open_source(server.url("shop", user="ada", password="s3 crét:@/")).connect() as connection:
            assert [summary.table.name for summary in list_tables(connection)] == ["t"]
            assert connection.identity().server not in {None, "/shop"}
            with pytest.raises(SourceError) as caught:
                connection.rows(sa.text("SELECT * FROM hidden"))
            assert caught.value.reason.code == ReasonCode.PERMISSION_DENIED.name
    finally:
        server.execute("DROP USER ada")


def test_a_password_is_asked_for(server: MariadbServer, url: str) -> None:
    server.execute("CREATE OR REPLACE USER bob IDENTIFIED BY 's3'")
    try:
        assert reason_of(server.url("shop", user="bob")) == ReasonCode.PASSWORD_NEEDED.name
    finally:
        server.execute("DROP USER bob")


def test_a_server_that_never_answers_is_given_up(server: MariadbServer, proxy: MakeProxy, url: str) -> None:
    way = proxy(server.port)
    way.blackhole()
    source = open_source(server.url("shop", port=way.port) + "&connect_timeout=1")
    with pytest.raises(SourceError) as caught:
        source.connect()
    assert caught.value.reason.code == ReasonCode.SERVER_UNREACHABLE.name
    stop = StopRequest()
    stop.ask(StopWish.CANCEL)
    with pytest.raises(Stopped):
        source.connect(stop)


def test_a_locked_table_is_busy(server: MariadbServer, connection: SourceConnection) -> None:
    make(server, "CREATE TABLE t (id INT PRIMARY KEY)")
    connection.rows(sa.text("SET SESSION lock_wait_timeout = 1"))
    with server.connect("shop") as other, other.cursor() as cursor:
        cursor.execute("LOCK TABLES t WRITE")
        with pytest.raises(SourceError) as caught:
            read_all(connection, RowQuery("t", ("id",)))
        assert caught.value.reason.code == ReasonCode.SOURCE_BUSY.name


# Exports.


@contextmanager
def same_rows(server: MariadbServer, folder: Path, rows: int) -> Iterator[str]:
    columns = "id INTEGER PRIMARY KEY, name VARCHAR(400), n INTEGER, x DOUBLE, b BLOB, d DATETIME"
    make(server, f"CREATE TABLE t ({columns})")
    sqlite = make_database(folder / "same.db", f"CREATE TABLE t ({columns})")
    made: list[tuple[object, ...]] = [
        (
            number * 3 - 50,
            TRICKY[number % len(TRICKY)] if number % 13 else None,
            number**3 if number % 3 else None,
            number / 7 * 10.0 ** (number % 40 - 20),
            bytes([number % 256, 0, 39]) if number % 5 else None,
            f"2024-02-{number % 28 + 1:02}T{number % 24:02}:00:00",
        )
        for number in range(rows)
    ]
    fill(server, "t", made)
    insert(sqlite, "t", made)
    yield str(sqlite)


@pytest.mark.parametrize("consistency", list(Consistency))
@pytest.mark.parametrize("order", [(), (SortColumn("name", is_descending=True),)], ids=["key", "name"])
def test_an_export_has_the_bytes_of_sqlites(
    server: MariadbServer,
    url: str,
    store: JobStore,
    tmp_path: Path,
    consistency: Consistency,
    order: tuple[SortColumn, ...],
) -> None:
    with same_rows(server, tmp_path, 300) as sqlite:
        made = []
        for number, source in enumerate((url, sqlite)):
            query = RowQuery("t", ("id", "name", "n", "x", "b", "d"), order=order)
            target = tmp_path / f"{number}.csv"
            spec = ExportSpec(source, query, str(target), chunk_rows=17, consistency=consistency)
            job = new_job(store, spec)
            run_to_end(store, job)
            assert store.job(job.id).state is JobState.DONE
            made.append(target.read_bytes())
        assert made[0] == made[1]
        assert made[0].count(b"\n") > 300


def test_a_table_without_a_key_is_exported_in_one_pass(
    server: MariadbServer, url: str, store: JobStore, tmp_path: Path
) -> None:
    make(server, "CREATE TABLE t (a INT, b VARCHAR(9))", "INSERT INTO t SELECT seq, 'x' FROM seq_1_to_5000")
    job = new_job(store, ExportSpec(url, RowQuery("t", ("a", "b")), str(tmp_path / "t.csv")))
    run_to_end(store, job)
    lines = (tmp_path / "t.csv").read_text().splitlines()
    assert sorted(lines[1:]) == sorted(f"{number},x" for number in range(1, 5001))


def test_an_export_goes_on_after_a_cut(
    server: MariadbServer, url: str, proxy: MakeProxy, store: JobStore, tmp_path: Path
) -> None:
    make(server, "CREATE TABLE t (a VARCHAR(20), b TEXT, PRIMARY KEY (a))")
    make(server, "INSERT INTO t SELECT CONCAT('k', seq), REPEAT('y', 200) FROM seq_1_to_20000")
    way = proxy(server.port)
    source = server.url("shop", port=way.port) + "&retry_seconds=20"
    job = new_job(store, ExportSpec(source, RowQuery("t", ("a", "b")), str(tmp_path / "t.csv")))
    way.cut_after(1_500_000)
    run_to_end(store, job)
    keys = [line.partition(",")[0] for line in (tmp_path / "t.csv").read_text().splitlines()[1:]]
    assert len(keys) == len(set(keys)) == 20_000
    assert way.connections > 2


def test_kinds_are_those_of_the_declaration(server: MariadbServer, connection: SourceConnection) -> None:
    make(
        server,
        "CREATE TABLE t (a INT UNSIGNED, b BOOLEAN, c DECIMAL(7,3), d JSON, e TIMESTAMP NULL, f BINARY(2),"
        " g TIME)",
    )
    kinds = [(column.kind, column.decimals) for column in describe_table(connection, "t").columns]
    assert kinds == [
        (ColumnKind.INTEGER, None),
        (ColumnKind.INTEGER, None),
        (ColumnKind.DECIMAL, 3),
        (ColumnKind.TEXT, None),
        (ColumnKind.TIMESTAMP, None),
        (ColumnKind.BYTES, None),
        (ColumnKind.ANY, None),
    ]

"""The same rows in SQLite, PostgreSQL and MariaDB leave as the same bytes, through the real command line.

Of the types that all three have. Booleans are none of them: SQLite and MariaDB hold integers for them, and
show what they hold. Nor is negative zero, which PostgreSQL alone keeps.
"""

import random
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple, TypeVar
from unittest.mock import patch

import pytest

from dataflow_desktop.cli import main
from dataflow_desktop.export import lanes
from tests.conftest import close_log
from tests.program import ENDING_SECONDS, Program
from tests.servers.mariadb_server import MariadbServer
from tests.servers.postgres_server import PostgresServer

T = TypeVar("T")

ROWS = 26_000
"""So many that whoever has a columnar lane takes it: see `lanes.FEW_CELLS`."""

DOUBLES = (
    *(0.0, 1.0, -1.0, 0.1, 0.1 + 0.2, 1 / 3, 100.0, 1e15, 1e16, 1e17, 123456789012345680.0, 1e21, 1e22, 1e23),
    *(1e-4, 1e-5, 1.5e-7, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, -1.7976931348623157e308),
    *(9007199254740993.0, 4.35, 0.5, 123456.789, 2.5e-310, float(2**63)),
)
BIGS = (0, 1, -1, 2**31, -(2**31) - 1, 2**53 + 1, 2**63 - 1, -(2**63))
TEXTS = (
    *("", " ", "a", "A", "a ", " a", "ab", "Straße", "STRASSE", "MÖWE", "möwe", "mowe", "Ελλάδα", "ελλάδα"),
    *("日本語", "🐦", "%", "_", "\\", "a%b", "a_b", "'", '"', "a,b", "line\nbreak", "a\rb", "a\r\nb", "\t"),
    *("007", "NULL", "null", "\\N", "é", "e\u0301", "İ", "\u0131", "ß", "ẞ", "\u212a", "k", "\x01", "\x7f"),
    *(
        "\ufeff",
        "\ufffd",
        "=1+1",
        "-",
        "1e5",
        "true",
        "x" * 3_000,
        "ﬁ",
        "fi",
        "Ǆ",
        "ǆ",
        "ǅ",
        "Σ",
        "\u03c3",
        "ς",
    ),
)
FIRST_DAY = date(1000, 1, 1)
FIRST_MOMENT = datetime.combine(FIRST_DAY, time())
DAYS = (date(9999, 12, 31) - FIRST_DAY).days

Row = tuple[int, int | None, int | None, Decimal | None, Decimal | None, float | None, str | None, str | None,
            bytes | None, date | None, datetime | None, datetime | None]  # fmt: skip

NAMES = ("id", "small", "big", "price", "amount", "ratio", "name", "note", "raw", "day", "seen", "exactly")

TABLES = {
    "sqlite": """
        CREATE TABLE things (
            id INTEGER PRIMARY KEY, small SMALLINT, big BIGINT, price DECIMAL(10, 2), amount DECIMAL(15, 5),
            ratio DOUBLE, name VARCHAR(3000), note TEXT NOT NULL, raw BLOB, day DATE, seen DATETIME,
            exactly DATETIME
        )
    """,
    "postgresql": """
        CREATE TABLE things (
            id bigint PRIMARY KEY, small smallint, big bigint, price numeric(10, 2), amount numeric(15, 5),
            ratio double precision, name varchar(3000), note text NOT NULL, raw bytea, day date,
            seen timestamp(0), exactly timestamp(6)
        )
    """,
    # A collation that tells all texts apart, as the other two do: = follows the column's own.
    "mariadb": """
        CREATE TABLE things (
            id BIGINT PRIMARY KEY, small SMALLINT, big BIGINT, price DECIMAL(10, 2), amount DECIMAL(15, 5),
            ratio DOUBLE, name VARCHAR(3000), note LONGTEXT NOT NULL, raw LONGBLOB, day DATE,
            seen DATETIME(0), exactly DATETIME(6)
        ) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
    """,
}


def made_rows() -> list[Row]:
    """Return rows of every edge there is, and then of chance."""
    draw = random.Random(20)
    return [_row(number, draw) for number in range(ROWS)]


def _row(number: int, draw: random.Random) -> Row:
    moment = FIRST_MOMENT + timedelta(days=draw.randrange(DAYS), seconds=draw.randrange(86_400))
    return (
        number * 3 - 500,
        _or_null(draw, draw.randrange(-(2**15), 2**15)),
        BIGS[number] if number < len(BIGS) else _or_null(draw, draw.randrange(-(2**63), 2**63)),
        _or_null(draw, Decimal(draw.randrange(-(10**10), 10**10)).scaleb(-2)),
        _or_null(draw, Decimal(draw.randrange(-(10**14), 10**14)).scaleb(-5)),
        _double(number, draw) if number % 11 else None,
        _or_null(draw, TEXTS[number % len(TEXTS)]),
        TEXTS[draw.randrange(len(TEXTS))] if number % 3 else f"thing {number % 100}",
        _or_null(draw, draw.randbytes(draw.randrange(20))),
        _or_null(draw, FIRST_DAY + timedelta(days=draw.randrange(DAYS))),
        _or_null(draw, moment),
        _or_null(draw, moment + timedelta(microseconds=draw.choice([0, 1, 500_000, 999_999]))),
    )  # fmt: skip


def _double(number: int, draw: random.Random) -> float:
    if number % 11 == 1:
        return draw.choice(DOUBLES)
    return draw.uniform(-1, 1) * 10.0 ** draw.randrange(-30, 30)


def _or_null(draw: random.Random, value: T) -> T | None:
    return value if draw.random() < 0.9 else None


class Sources(NamedTuple):
    """Where the same rows stand."""

    sqlite: str
    postgresql: str
    mariadb: str


@pytest.fixture(scope="module")
def sources(
    postgres: PostgresServer, mariadb: MariadbServer, tmp_path_factory: pytest.TempPathFactory
) -> Sources:
    rows = made_rows()
    path = tmp_path_factory.mktemp("same") / "things.db"
    _fill_sqlite(path, rows)
    addresses = postgres.create_database("same"), mariadb.create_database("same")
    postgres.execute(TABLES["postgresql"], database="same")
    mariadb.execute(TABLES["mariadb"], database="same")
    insert = f"INSERT INTO things VALUES ({', '.join(['%s'] * len(NAMES))})"
    with postgres.connect("same") as connection, connection.transaction():
        connection.cursor().executemany(insert.encode(), rows)
        connection.execute("ANALYZE things")
    with mariadb.connect("same") as connection, connection.cursor() as cursor:
        cursor.executemany(insert, rows)
    return Sources(str(path), *addresses)


def _fill_sqlite(path: Path, rows: Sequence[Row]) -> None:
    """Put the same rows where dates are texts, in the form in which servers' dates leave."""
    marks = ", ".join("?" * len(NAMES))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(TABLES["sqlite"])
        kept = (tuple(map(_as_sqlite, row)) for row in rows)
        connection.executemany(f"INSERT INTO things VALUES ({marks})", kept)


def _as_sqlite(value: object) -> object:
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def made_by_processes(sources: Sources, home: Path, folder: Path, *options: str) -> list[bytes]:
    """Return the files that three processes of the program make side by side."""
    targets = [folder / f"{name}.csv" for name in Sources._fields]
    started = [
        Program(home).start("export", source, "things", "-o", str(target), *options)
        for source, target in zip(sources, targets, strict=True)
    ]
    ended = [process.communicate(timeout=ENDING_SECONDS) for process in started]
    assert [process.returncode for process in started] == [0, 0, 0], ended
    return [target.read_bytes() for target in targets]


def made_here(sources: Sources, folder: Path, *options: str) -> list[bytes]:
    """Return the files that the command line makes in this process."""
    made = []
    for source in sources:
        target = folder / "here.csv"
        arguments = ["export", source, "things", "-o", str(target), "--overwrite", *options]
        try:
            assert main(arguments) == 0
        finally:
            close_log()
        made.append(target.read_bytes())
    return made


def see_same(made: Sequence[bytes], *, some: bool = True) -> None:
    sqlite, *servers = made
    for server in servers:
        assert server.splitlines()[:3] == sqlite.splitlines()[:3]  # says more when it fails
        assert server == sqlite
    assert (sqlite.count(b"\n") > 1) is some


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--chunk-rows", "997"),
        ("--consistency", "snapshot"),
        ("--search", "möW", "--columns", "name,id,note"),
        ("--order-by", "name:desc,ratio,id"),
        ("--order-by", "day,price:desc", "--where", "small", ">", "0"),
    ],
    ids=" ".join,
)
def test_the_same_rows_leave_as_the_same_bytes(
    sources: Sources, home: Path, tmp_path: Path, options: tuple[str, ...]
) -> None:
    see_same(made_by_processes(sources, home, tmp_path, *options))


def test_every_row_is_there(sources: Sources, home: Path, tmp_path: Path) -> None:
    made = made_by_processes(sources, home, tmp_path, "--columns", "id")
    assert made[0] == b"id\n" + b"".join(b"%d\n" % (number * 3 - 500) for number in range(ROWS))
    see_same(made)


SEARCHED = ("a", "ö", "STRASSE", "ß", "\u03c3", "k", "%", "_", "\\", "'", "ǆ", "ﬁ", "\x01", "🐦")


@pytest.mark.parametrize("text", SEARCHED)
def test_a_search_finds_the_same_rows(sources: Sources, tmp_path: Path, text: str) -> None:
    see_same(made_here(sources, tmp_path, "--search", text, "--columns", "id,name,note"))


@pytest.mark.parametrize("column", NAMES[1:])
@pytest.mark.parametrize("direction", ["", ":desc"])
def test_any_column_gives_the_same_order(
    sources: Sources, tmp_path: Path, column: str, direction: str
) -> None:
    few = ("--where", "id", "between", "-500,1500")
    see_same(made_here(sources, tmp_path, "--order-by", column + direction, *few))


@pytest.mark.parametrize("invalid_text", ["fail", "replace"])
def test_a_text_that_has_the_mark_of_a_replaced_byte_is_as_good_as_any(
    sources: Sources, tmp_path: Path, invalid_text: str
) -> None:
    # Read in one pass, each chunk of which ends in such a text.
    options = ("--where", "name", "=", "\ufffd", "--order-by", "name,big", "--chunk-rows", "50")
    with patch.multiple(lanes, FEW_CELLS=0, VERY_FEW_CELLS=0):
        see_same(made_here(sources, tmp_path, *options, "--invalid-text", invalid_text))


CONDITIONS = [
    ("id", "=", "-500"),
    ("big", "=", "9223372036854775807"),
    ("big", "=", "9007199254740993"),
    ("big", "<", "-9223372036854775807"),
    ("small", "!=", "7"),
    ("small", "between", "-5,5"),
    ("small", "in", "1,2,3,-4"),
    ("small", "not-in", "1,2,3"),
    ("price", "<", "-99990000"),
    ("price", "between", "-0.5,100000.25"),
    ("amount", ">=", "999000000.5"),
    ("ratio", "=", "0.1"),
    ("ratio", "=", "1e22"),
    ("ratio", "=", "5e-324"),
    ("ratio", "<=", "-1.5e28"),
    ("ratio", ">", "1e300"),
    ("ratio", "in", "0.1,0.30000000000000004"),
    ("name", "=", "a"),
    ("name", "=", ""),
    ("name", "!=", "MÖWE"),
    ("name", "<", "B"),
    ("name", "<=", "é"),
    ("name", ">", "日"),
    ("name", ">=", "🐦"),
    ("name", "between", "a,b"),
    ("name", "in", '"a,b",möwe,a'),
    ("name", "not-in", "a,A"),
    ("name", "contains", "A"),
    ("name", "starts", "straß"),
    ("name", "ends", "ΔΑ"),
    ("name", "ends", " "),
    ("name", "is-null"),
    ("name", "not-null"),
    ("id", "contains", "77"),
    ("day", "=", "9999-12-31"),
    ("day", ">", "9990-01-01"),
    ("day", "between", "1500-01-01,1510-12-31"),
    ("seen", "<", "1010-01-01T00:00:00"),
    ("exactly", ">=", "9990-01-01T00:00:00.000001"),
    ("raw", "is-null"),
    ("day", "not-null"),
]


@pytest.mark.parametrize("condition", CONDITIONS, ids=" ".join)
def test_a_condition_finds_the_same_rows(
    sources: Sources, tmp_path: Path, condition: tuple[str, ...]
) -> None:
    some = condition != ("day", "=", "9999-12-31")
    see_same(made_here(sources, tmp_path, "--where", *condition), some=some)


def test_negative_zero_is_kept_by_postgresql_alone(
    postgres: PostgresServer, mariadb: MariadbServer, home: Path, tmp_path: Path
) -> None:
    path = tmp_path / "zero.db"
    create = "CREATE TABLE things (id INTEGER PRIMARY KEY, f DOUBLE PRECISION)"
    insert = "INSERT INTO things VALUES (1, -0e0)"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(create)
        connection.execute(insert)
    addresses = postgres.create_database("zero"), mariadb.create_database("zero")
    for statement in (create, insert.replace("-0e0", "'-0'")):
        postgres.execute(statement, database="zero")
        mariadb.execute(statement, database="zero")
    made = made_by_processes(Sources(str(path), *addresses), home, tmp_path)
    assert made == [b"id,f\n1,0.0\n", b"id,f\n1,-0.0\n", b"id,f\n1,0.0\n"]

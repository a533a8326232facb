"""The command line over a database that only SQLAlchemy knows: DuckDB."""

import json
from pathlib import Path

import pytest

from tests.duckdb_files import make_duckdb
from tests.program import ENDING_SECONDS, Program, parts_in, read_event
from tests.unit.cli.conftest import Command

ROWS = 20_000

PRODUCTS = (
    (
        "CREATE TABLE products (id INTEGER PRIMARY KEY, name VARCHAR NOT NULL, category VARCHAR,"
        " price DECIMAL(10,2))"
    ),
    (
        "INSERT INTO products SELECT i, 'Tool ' || i || CASE WHEN i % 7 = 0 THEN ', \"fine\"' ELSE '' END,"
        " CASE WHEN i % 5 = 0 THEN NULL WHEN i % 5 = 1 THEN '' ELSE 'category ' || i % 5 END, i * 37 / 100.0"
        f" FROM range(1, {ROWS + 1}) r(i)"
    ),
    "CREATE VIEW few AS SELECT id, name FROM products WHERE id <= 3 ORDER BY id",
)

SLOWLY = ("--chunk-rows", "250", "--throttle-ms", "15", "--checkpoint-seconds", "0.05", "--progress", "json")


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return make_duckdb(tmp_path_factory.mktemp("duckdb") / "shop.duckdb", *PRODUCTS)


def expected() -> bytes:
    return b"id,name,category,price\n" + "".join(map(_line, range(1, ROWS + 1))).encode()


def _line(number: int) -> str:
    name = f'"Tool {number}, ""fine"""' if number % 7 == 0 else f"Tool {number}"
    category = {0: "", 1: '""'}.get(number % 5, f"category {number % 5}")
    return f"{number},{name},{category},{number * 37 / 100:.2f}\n"


def test_tables_are_listed(run: Command, url: str) -> None:
    listed = json.loads(run("tables", url, "--json").output)
    assert [(table["name"], table["kind"]) for table in listed] == [("few", "view"), ("products", "table")]
    assert listed[1]["key_columns"] == ["id"]


def test_the_whole_table_and_a_view_leave_exactly(run: Command, url: str, folder: Path) -> None:
    assert run("export", url, "products", "-o", "p.csv").code == 0
    assert Path("p.csv").read_bytes() == expected()
    assert run("export", url, "few", "-o", "few.csv").code == 0
    assert Path("few.csv").read_bytes() == b"id,name\n1,Tool 1\n2,Tool 2\n3,Tool 3\n"


def test_a_search_a_condition_and_an_order_are_those_of_every_database(
    run: Command, url: str, folder: Path
) -> None:
    options = ("--search", "FINE", "--where", "price", "<", "10", "--order-by", "category:desc,id:desc")
    assert run("export", url, "products", "-o", "p.csv", "--columns", "id,category", *options).code == 0
    lines = Path("p.csv").read_text().splitlines()
    assert lines == ["id,category", "14,category 4", "7,category 2", '21,""']


def test_a_snapshot_is_one_state_of_a_file_opened_read_only(run: Command, url: str, folder: Path) -> None:
    assert run("export", url, "products", "-o", "p.csv", "--consistency", "snapshot").code == 0
    assert Path("p.csv").read_bytes() == expected()


def test_an_export_killed_and_resumed_from_elsewhere_ends_in_the_same_bytes(
    program: Program, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = Path(url.removeprefix("duckdb:///"))
    monkeypatch.chdir(source.parent)
    target = tmp_path / "p.csv"
    process = program.start("export", f"duckdb:///{source.name}", "products", "-o", str(target), *SLOWLY)
    while read_event(process.stdout).get("durable_rows", 0) < 4_000:
        assert process.poll() is None
    process.kill()
    process.communicate()
    assert parts_in(tmp_path)
    monkeypatch.chdir(tmp_path)
    resumed = program.start("resume", "--all", "--progress", "json")
    first = read_event(resumed.stdout)
    _, errors = resumed.communicate(timeout=ENDING_SECONDS)
    assert resumed.returncode == 0, errors
    assert first["resumed_rows"] >= 4_000
    assert target.read_bytes() == expected()


def test_another_file_under_the_name_is_refused(program: Program, tmp_path: Path) -> None:
    path, target = tmp_path / "shop.duckdb", tmp_path / "p.csv"
    url = make_duckdb(path, *PRODUCTS)
    process = program.start("export", url, "products", "-o", str(target), *SLOWLY)
    while read_event(process.stdout).get("durable_rows", 0) < 4_000:
        assert process.poll() is None
    process.kill()
    process.communicate()
    path.rename(tmp_path / "old.duckdb")
    make_duckdb(path, *PRODUCTS)
    resumed = program.start("resume", "--all")
    _, errors = resumed.communicate(timeout=ENDING_SECONDS)
    assert resumed.returncode == 5, errors
    assert not target.exists()


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("oracle+oracledb://ann:s3cret@host/db", "python -m pip install oracledb"),
        ("mssql+pyodbc://ann:s3cret@host/db", "python -m pip install pyodbc"),
        ("nonsense://ann:s3cret@host/db", "SQLAlchemy knows no databases of the kind nonsense"),
    ],
)
@pytest.mark.parametrize(
    "command", [("tables",), ("export", "products", "-o", "p.csv")], ids=lambda it: it[0]
)
def test_what_is_missing_for_a_database_is_told(
    run: Command, folder: Path, address: str, words: str, command: tuple[str, ...]
) -> None:
    name, *others = command
    ended = run(name, address, *others)
    assert ended.code == 2
    assert words in ended.errors.replace("\n", " ")
    assert "s3cret" not in ended.errors


def test_a_file_that_is_not_there_is_told(run: Command, folder: Path) -> None:
    ended = run("tables", f"duckdb:///{folder / 'none.duckdb'}")
    assert ended.code == 3
    assert "none.duckdb" in ended.errors


def test_what_cannot_be_done_exactly_ends_with_2(run: Command, url: str, folder: Path) -> None:
    ended = run("export", url, "products", "-o", "p.csv", "--where", "price", "contains", "1")
    assert ended.code == 2
    assert "price" in ended.errors

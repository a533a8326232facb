"""`export --order-by`: which row comes first, and what is refused."""

import json
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Command
from tests.unit.databases import insert, make_database


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A table with ties, NULLs and names that need quotes."""
    path = make_database(
        tmp_path / "shop.db",
        'CREATE TABLE goods (id INTEGER PRIMARY KEY, n, "a,b", "a:desc", "say ""hi""", a)',
        "CREATE TABLE pairs (k TEXT, l INT, PRIMARY KEY (l, k)) WITHOUT ROWID",
        "CREATE TABLE plain (x)",
        "CREATE VIEW seen AS SELECT id, n FROM goods",
    )
    insert(
        path, "goods", [(1, 5, 2, 1, 3, 3), (2, None, 1, 3, 1, 2), (3, "x", 3, 2, 2, 1), (4, 5, 2, 1, 3, 3)]
    )
    insert(path, "pairs", [("b", 1), ("a", 2), ("c", 1)])
    insert(path, "plain", [(3,), (1,), (2,)])
    return path


def exported(run: Command, source: Path, table: str, column: str, *options: str) -> list[str]:
    """Return the values of `column` in the order they came out."""
    ended = run("export", source, table, "-o", "out.csv", "--columns", column, "--overwrite", *options)
    assert ended.code == 0, ended.errors
    return Path("out.csv").read_text(encoding="utf-8").splitlines()[1:]


@pytest.mark.parametrize("chunk_rows", ["1", "3", "100"])
@pytest.mark.parametrize(
    ("order", "ids"),
    [
        ("id", "1234"),
        ("id:desc", "4321"),
        ("id:asc", "1234"),
        ("n", "2143"),
        ("n:desc", "3142"),
        ("n:desc,id:desc", "3412"),
        ('"a,b"', "2143"),
        ('"a,b":desc', "3142"),
        ('"a,b:desc"', "3142"),
        ('"a,b":asc,id:desc', "2413"),
        ("a:desc", "1432"),
        ("a:desc:desc", "2314"),
        ('"a":desc', "1423"),
        ('"a:desc":asc,id:desc', "4132"),
        ('say "hi"', "2314"),
        ('"say ""hi""":desc', "1432"),
    ],
)
def test_rows_come_in_the_order_asked_for(
    run: Command, folder: Path, shop: Path, order: str, ids: str, chunk_rows: str
) -> None:
    found = exported(run, shop, "goods", "id", "--order-by", order, "--chunk-rows", chunk_rows)
    assert "".join(found) == ids


def test_tables_of_every_kind_of_key_have_an_order(run: Command, folder: Path, shop: Path) -> None:
    assert exported(run, shop, "pairs", "k") == ["b", "c", "a"]
    assert exported(run, shop, "pairs", "k", "--order-by", "k:desc") == ["c", "b", "a"]
    assert exported(run, shop, "plain", "x") == ["3", "1", "2"]
    assert exported(run, shop, "plain", "x", "--order-by", "x") == ["1", "2", "3"]
    assert exported(run, shop, "seen", "id", "--order-by", "id:desc") == ["4", "3", "2", "1"]


@pytest.mark.parametrize(
    "order",
    [
        "",
        "nothing",
        "nothing:desc",
        "id:up",
        "id,",
        "id,id",
        "id,id:desc",
        'n,"n"',
        '"id',
        '"id"x',
        'id,"n',
        "ID",
        "rowid",
    ],
)
def test_an_order_that_does_not_fit_ends_with_2(run: Command, folder: Path, shop: Path, order: str) -> None:
    ended = run("export", shop, "goods", "-o", "out.csv", "--order-by", order)
    assert (ended.code, ended.output) == (2, "")
    assert "Nothing was changed" in ended.errors
    assert list(folder.iterdir()) == []
    assert json.loads(run("jobs", "--json").output) == []


def test_tables_tell_the_key_of_every_kind(run: Command, shop: Path) -> None:
    listed = {
        table["name"]: table["key_columns"] for table in json.loads(run("tables", shop, "--json").output)
    }
    assert listed == {"goods": ["id"], "pairs": ["l", "k"], "plain": ["rowid"], "seen": []}

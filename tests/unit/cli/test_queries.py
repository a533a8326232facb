"""Queries of one's own on the command line: saved, shown, listed, exported, resumed, forgotten."""

import io
import json
from pathlib import Path

import pytest

from dataflow_desktop import locations
from tests.program import ENDING_SECONDS, Program, read_event
from tests.unit.cli.conftest import Command
from tests.unit.databases import fetch, make_database

DEAREST = "SELECT category, id, name, price FROM products WHERE price > :least ORDER BY price DESC"


def save(run: Command, catalogue: Path, *options: str) -> None:
    ended = run("query", catalogue, "dearest", DEAREST, "--set", "least=100", *options)
    assert ended.code == 0, ended.errors


def test_it_is_exported_like_a_table(run: Command, catalogue: Path, folder: Path) -> None:
    save(run, catalogue, "--key", "id")
    target = folder / "dearest.csv"
    options = ("--where", "category", "=", "Books", "--columns", "id,price", "--order-by", "price:desc")
    ended = run("export", catalogue, "dearest", "-o", target, *options)
    assert ended.code == 0, ended.errors
    rows = fetch(
        catalogue,
        "SELECT id, printf('%.2f', price) FROM products WHERE price > 100 AND category = 'Books' "
        "ORDER BY price DESC, id",
    )
    assert rows
    expected = ["id,price", *(f"{number},{price}" for number, price in rows)]
    assert target.read_text().splitlines() == expected


@pytest.mark.parametrize("options", [(), ("--key", "id")])
def test_all_of_it_is_exported_with_and_without_a_key(
    run: Command, catalogue: Path, folder: Path, options: tuple[str, ...]
) -> None:
    save(run, catalogue, *options)
    target = folder / "dearest.csv"
    ended = run("export", catalogue, "dearest", "-o", target)
    assert ended.code == 0, ended.errors
    assert ("in one pass" in ended.errors) is (not options)
    ids = [line.split(",")[1] for line in target.read_text().splitlines()[1:]]
    expected = fetch(catalogue, "SELECT id FROM products WHERE price > 100")
    assert sorted(map(int, ids)) == [row[0] for row in expected]


def test_it_is_shown_listed_changed_and_forgotten(run: Command, catalogue: Path) -> None:
    save(run, catalogue)
    shown = run("query", catalogue, "dearest")
    assert shown.output.splitlines() == [DEAREST, "-- key: none", "-- :least = 100"]
    save(run, catalogue, "--key", "id")
    (entry,) = [
        entry for entry in json.loads(run("tables", catalogue, "--json").output) if entry["kind"] == "query"
    ]
    assert entry == {"name": "dearest", "kind": "query", "estimated_rows": None, "key_columns": ["id"]}
    assert run("query", catalogue, "dearest", "--delete").code == 0
    gone = run("query", catalogue, "dearest")
    assert gone.code == 2
    assert "No query dearest" in gone.errors
    assert "dearest" not in run("tables", catalogue).output


def test_the_statement_may_come_from_standard_input(
    run: Command, catalogue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("SELECT id\nFROM products"))
    assert run("query", catalogue, "ids", "-", "--key", "id").code == 0
    assert run("query", catalogue, "ids").output.splitlines()[:2] == ["SELECT id", "FROM products"]


def test_a_query_is_known_for_its_own_source_only(run: Command, catalogue: Path, tmp_path: Path) -> None:
    save(run, catalogue)
    other = make_database(tmp_path / "other.db", "CREATE TABLE t (id INTEGER PRIMARY KEY)")
    assert "dearest" not in run("tables", other).output
    assert run("export", other, "dearest", "-o", tmp_path / "x.csv").code == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("products", "SELECT 1 AS a"), "a table has that name"),
        (("q", "DELETE FROM products"), "only a SELECT is allowed"),
        (("q", "SELECT category FROM products", "--key", "category"), "several rows have the same value"),
        (("q", "SELECT id FROM products", "--key", "nope"), "no column nope"),
        (("q", "SELECT :a AS a"), "no value is given for :a"),
        (("q", "SELECT 1 AS a", "--set", "a"), "is not NAME=VALUE"),
        (("q", "SELECT 1 AS a", "--key", '"a'), "a quote that does not close"),
        ((" ", "SELECT 1 AS a"), "it has no name"),
        (("q", "SELECT 1 AS a FROM nowhere"), "no such table: nowhere"),
    ],
)
def test_what_cannot_be_used_is_refused_and_not_saved(
    run: Command, catalogue: Path, arguments: tuple[str, ...], words: str
) -> None:
    ended = run("query", catalogue, *arguments)
    assert ended.code == 2
    assert words in ended.errors
    assert not locations.queries_path().exists()


def test_a_job_keeps_the_query_it_was_made_with(run: Command, catalogue: Path, program: Program) -> None:
    """Killed, the query changed and forgotten: the export still ends with the rows it began with."""
    folder = catalogue.parent
    save(run, catalogue, "--key", "id")
    program.run("export", str(catalogue), "dearest", "-o", str(folder / "whole.csv"))
    target = folder / "killed.csv"
    slow = ("--progress", "json", "--chunk-rows", "20", "--checkpoint-seconds", "0", "--throttle-ms", "20")
    process = program.start("export", str(catalogue), "dearest", "-o", str(target), *slow)
    assert read_event(process.stdout)["event"] == "started"
    while read_event(process.stdout).get("durable_rows", 0) < 60:
        pass
    process.kill()
    process.communicate(timeout=ENDING_SECONDS)
    assert run("query", catalogue, "dearest", "SELECT 1 AS other").code == 0
    assert run("query", catalogue, "dearest", "--delete").code == 0
    resumed = program.run("resume", "--all", "--progress", "json")
    started = json.loads(resumed.splitlines()[0])
    assert started["resumed_rows"] >= 60
    assert target.read_bytes() == (folder / "whole.csv").read_bytes()

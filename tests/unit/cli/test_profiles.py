"""Profiles on the command line: saved, used, overruled, listed, given away, forgotten."""

import json
from pathlib import Path

import pytest

from dataflow_desktop import locations
from dataflow_desktop.__main__ import _is_window
from tests.unit.cli.conftest import Command
from tests.unit.databases import fetch, make_database

OPTIONS = (
    "--where", "category", "in", "Books,Toys", "--where", "price", ">", "100", "--columns", "name,id,price",
    "--order-by", "price:desc", "--rename", "price=Preis", "--delimiter", ";", "--decimal", ",",
    "--line-ending", "crlf", "--search", "ultra",
)  # fmt: skip


def save(run: Command, catalogue: Path, *options: str) -> None:
    ended = run("profile", "dear", "--save", catalogue, "products", *options)
    assert ended.code == 0, ended.errors


def exported(run: Command, catalogue: Path, target: Path, *options: str) -> bytes:
    ended = run("export", catalogue, "products", "-o", target, *options)
    assert ended.code == 0, ended.errors
    return target.read_bytes()


def test_it_stands_for_all_its_options(run: Command, catalogue: Path, folder: Path) -> None:
    save(run, catalogue, *OPTIONS)
    by_profile = exported(run, catalogue, folder / "a.csv", "--profile", "dear")
    assert by_profile == exported(run, catalogue, folder / "b.csv", *OPTIONS)
    assert by_profile.startswith(b"name;id;Preis\r\n")
    rows = fetch(
        catalogue,
        "SELECT id FROM products WHERE category IN ('Books', 'Toys') AND price > 100 AND name LIKE '%ultra%'",
    )
    assert by_profile.count(b"\r\n") == len(rows) + 1 > 1


@pytest.mark.parametrize(
    ("beside", "whole"),
    [
        (("--delimiter", "|"), (*OPTIONS, "--delimiter", "|")),
        (("--where", "id", "<", "50"), (*OPTIONS[8:], "--where", "id", "<", "50")),
        (("--search", ""), OPTIONS[:-2]),
        (("--columns", "id"), ("--columns", "id", *(OPTIONS[:8]), *OPTIONS[10:12], *OPTIONS[14:])),
        (("--order-by", "id"), (*OPTIONS, "--order-by", "id")),
        (("--rename", "price=Price", "--rename", "id=Nr"),
         (*OPTIONS, "--rename", "id=Nr", "--rename", "price=Price")),
        (("--preset", "plain"), (*OPTIONS[:14], *OPTIONS[-2:])),
        (("--preset", "excel"), (*OPTIONS[:14], *OPTIONS[-2:], "--preset", "excel")),
        (("--format", "tsv"), (*OPTIONS[:14], *OPTIONS[-2:], "--format", "tsv")),
        (("--format", "jsonl"), (*OPTIONS[:14], *OPTIONS[-2:], "--format", "jsonl")),
        (("--compress", "gzip"), (*OPTIONS, "--compress", "gzip")),
    ],
    ids=lambda options: " ".join(options)[:30],
)  # fmt: skip
def test_an_option_beside_it_wins(
    run: Command, catalogue: Path, folder: Path, beside: tuple[str, ...], whole: tuple[str, ...]
) -> None:
    save(run, catalogue, *OPTIONS)
    by_profile = exported(run, catalogue, folder / "a.csv", "--profile", "dear", *beside)
    assert by_profile == exported(run, catalogue, folder / "b.csv", *whole)


def test_its_format_counts_more_than_the_name_of_the_file(
    run: Command, catalogue: Path, folder: Path
) -> None:
    save(run, catalogue, "--format", "jsonl", "--compress", "none")
    assert exported(run, catalogue, folder / "a.csv.gz", "--profile", "dear").startswith(b'{"id":')


def test_how_it_is_read_is_kept_too(run: Command, catalogue: Path) -> None:
    save(run, catalogue, "--consistency", "snapshot", "--invalid-text", "replace")
    assert "--consistency=snapshot --invalid-text=replace" in run("profile", "dear").output


def test_an_unknown_one_ends_with_2_and_names_the_known(run: Command, catalogue: Path, folder: Path) -> None:
    save(run, catalogue)
    ended = run("export", catalogue, "products", "-o", folder / "a.csv", "--profile", "cheap")
    assert ended.code == 2
    assert "No profile cheap is saved" in ended.errors
    assert "dear" in ended.errors
    assert list(folder.iterdir()) == []


def test_of_a_table_without_its_columns_it_says_which(run: Command, catalogue: Path, tmp_path: Path) -> None:
    other = make_database(tmp_path / "other.db", "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT)")
    for options in (OPTIONS[:4], OPTIONS[8:10], OPTIONS[10:12]):
        save(run, catalogue, *options)
        ended = run("export", other, "t", "-o", tmp_path / "a.csv", "--profile", "dear")
        assert ended.code == 2
        assert "There is no column" in ended.errors


def test_it_is_shown_listed_changed_and_forgotten(run: Command, catalogue: Path) -> None:
    save(run, catalogue)
    save(run, catalogue, *OPTIONS[:12])
    made_for, options = run("profile", "dear").output.splitlines()
    assert made_for == f"# for products of {catalogue}"
    assert options == (
        "--where category in Books,Toys --where price '>' 100 --columns=name,id,price "
        "'--order-by=\"price\":desc' --format=csv"
    )
    assert "dear" in run("profiles").output
    (entry,) = json.loads(run("profiles", "--json").output)
    assert (entry["name"], entry["table"], entry["format"]) == ("dear", "products", "csv")
    assert run("profile", "dear", "--delete").code == 0
    assert run("profile", "dear").code == 2
    assert json.loads(run("profiles", "--json").output) == []


def test_it_goes_to_somebody_else_as_a_file(run: Command, catalogue: Path, folder: Path) -> None:
    save(run, catalogue, *OPTIONS)
    assert run("profile", "dear", "--export", "dear.json").code == 0
    assert run("profile", "dear", "--export", "dear.json").code == 5  # it is never overwritten
    assert run("profile", "dear", "--delete").code == 0
    assert run("profile", "dearest", "--import", "dear.json").code == 0
    by_file = exported(run, catalogue, folder / "a.csv", "--profile", "dearest")
    assert by_file == exported(run, catalogue, folder / "b.csv", *OPTIONS)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("x", "--delimiter", ";"), 2, "Options of export are for"),
        (("x", "--where", "id", "=", "1"), 2, "Options of export are for"),
        (("x", "--import", "nowhere.json"), 4, "cannot be used"),
        (("x", "--export", "a.json"), 2, "No profile x is saved"),
        (("x", "--delete", "--import", "a"), 2, "not allowed with"),
        (("x", "--save", "products.db"), 2, "expected 2 arguments"),
        (("x", "--save", "nowhere.db", "products"), 3, "nowhere.db"),
    ],
)
def test_what_makes_no_sense_is_refused(
    run: Command, folder: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    ended = run("profile", *arguments)
    assert ended.code == code
    assert words in ended.errors
    assert not locations.profiles_path().exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--columns", "nope"), "There is no column nope"),
        (("--rename", "nope=x"), "There is no column nope"),
        (("--null", ","), "NULL"),
        (("--format", "xlsx", "--delimiter", ";"), "--delimiter"),
    ],
)
def test_options_that_do_not_fit_the_table_are_not_saved(
    run: Command, catalogue: Path, options: tuple[str, ...], words: str
) -> None:
    for name in ("dear", " "):
        ended = run("profile", name, "--save", catalogue, "products", *options)
        assert ended.code == 2
        assert words in ended.errors
    assert not locations.profiles_path().exists()


def test_a_profile_without_a_name_is_not_saved(run: Command, catalogue: Path) -> None:
    ended = run("profile", " ", "--save", catalogue, "products")
    assert ended.code == 2
    assert "needs a name" in ended.errors


def test_a_damaged_list_is_put_aside_and_said(run: Command, catalogue: Path, folder: Path) -> None:
    locations.profiles_path().parent.mkdir(parents=True, exist_ok=True)
    locations.profiles_path().write_text("{")
    ended = run("profiles")
    assert ended.code == 0
    assert "put aside" in ended.errors


@pytest.mark.parametrize("command", [["profiles"], ["profile", "x"], ["query", "x"]])
def test_a_command_of_one_or_two_words_opens_no_window(command: list[str]) -> None:
    assert not _is_window(command)

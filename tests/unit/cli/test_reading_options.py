"""`--consistency`, `--invalid-text` and views: how the rows are read, and what is said of it."""

import json
from pathlib import Path

import pytest

from dataflow_desktop.export import lanes
from tests.unit.cli.conftest import Command
from tests.unit.databases import insert, make_database

INVALID = "INSERT INTO t VALUES (2, CAST(x'61ff' AS TEXT))"


@pytest.fixture(params=["exact lane", "columnar lane"])
def source(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    if request.param == "columnar lane":
        monkeypatch.setattr(lanes, "FEW_CELLS", -1)
    path = make_database(tmp_path / "s.db", "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT)")
    insert(path, "t", [(1, "one"), (3, "three")])
    return path


def test_a_snapshot_has_the_same_rows(run: Command, source: Path, folder: Path) -> None:
    assert run("export", source, "t", "-o", "t.csv", "--consistency", "snapshot").code == 0
    assert (folder / "t.csv").read_text() == "id,name\n1,one\n3,three\n"


def test_invalid_text_ends_with_3_and_says_where_it_is(run: Command, source: Path, folder: Path) -> None:
    make_database(source, INVALID)
    ended = run("export", source, "t", "-o", "t.csv")
    assert ended.code == 3
    assert "Table t holds text that is not valid UTF-8: column name, row 2." in ended.errors
    assert not (folder / "t.csv").exists()


def test_invalid_text_may_be_replaced(run: Command, source: Path, folder: Path) -> None:
    make_database(source, INVALID)
    assert run("export", source, "t", "-o", "t.csv", "--invalid-text", "replace").code == 0
    assert (folder / "t.csv").read_text(encoding="utf-8") == "id,name\n1,one\n2,a\ufffd\n3,three\n"


@pytest.mark.parametrize("option", ["--consistency", "--invalid-text"])
def test_a_word_that_is_none_of_the_choices_ends_with_2(
    run: Command, source: Path, folder: Path, option: str
) -> None:
    ended = run("export", source, "t", "-o", "t.csv", option, "sometimes")
    assert ended.code == 2
    assert "'sometimes' is none of: " in ended.errors


def test_a_view_says_before_the_start_that_it_is_read_in_one_pass(
    run: Command, source: Path, folder: Path
) -> None:
    make_database(source, "CREATE VIEW v AS SELECT name FROM t")
    ended = run("export", source, "v", "-o", "v.csv", "--order-by", "name:desc")
    assert ended.code == 0
    assert "v has no key: it is read in one pass" in ended.errors
    assert (folder / "v.csv").read_text() == "name\nthree\none\n"


def test_the_rest_of_a_lost_snapshot_is_read_when_a_person_accepts_it(
    run: Command, source: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_database(source, INVALID)
    options = ("--consistency", "snapshot", "--chunk-rows", "1", "--checkpoint-seconds", "0")
    assert run("export", source, "t", "-o", "t.csv", *options).code == 3
    make_database(source, "DELETE FROM t WHERE id = 2")
    (job,) = json.loads(run("jobs", "--json").output)
    if job["durable_rows"]:
        refused = run("resume", job["id"])
        assert refused.code == 5
        assert "--accept-live" in refused.errors
    assert run("resume", job["id"], "--accept-live").code == 0
    assert (folder / "t.csv").read_text() == "id,name\n1,one\n3,three\n"

"""`export --since-last`: only rows that were added since the last export of a profile."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from dataflow_desktop import locations
from dataflow_desktop.cli import commands
from dataflow_desktop.records.job_store import JobStore
from dataflow_desktop.source.product_catalogue import make_catalogue
from tests.unit.cli.conftest import Command
from tests.unit.databases import fetch, make_database


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Twenty products that the test may add to."""
    path = tmp_path / "few.db"
    make_catalogue(path, 20)
    return path


@pytest.fixture(autouse=True)
def _profile(run: Command, source: Path) -> None:
    assert run("profile", "daily", "--save", source, "products", "--columns", "id,name").code == 0


def add(source: Path, *names: str) -> None:
    for name in names:
        make_database(
            source,
            f"INSERT INTO products SELECT NULL, '{name}', category, price, quantity, status, created_at "
            "FROM products WHERE id = 1",
        )


def arguments(source: Path, name: str, *more: str) -> tuple[str, ...]:
    return ("export", str(source), "products", "-o", name, "--profile", "daily", "--since-last", *more)


def test_each_file_has_what_came_since_the_one_before(run: Command, source: Path, folder: Path) -> None:
    first = run(*arguments(source, "1.csv"))
    assert first.code == 0
    assert (
        "No export of these rows by the profile daily has ended yet: this one has them all." in first.errors
    )
    assert "Rows added since" not in first.errors
    add(source, "a", "b")
    second = run(*arguments(source, "2.csv"))
    assert second.code == 0
    assert "Rows added since" in second.errors
    assert f"{folder / '1.csv'} was exported" in second.errors
    assert (folder / "2.csv").read_text() == "id,name\n21,a\n22,b\n"
    third = run(*arguments(source, "3.csv"))
    assert third.code == 0
    assert "No rows were added since " in third.errors
    assert (folder / "3.csv").read_text() == "id,name\n"


def test_an_export_that_was_removed_from_the_list_is_gone_on_from(
    run: Command, source: Path, folder: Path
) -> None:
    assert run(*arguments(source, "1.csv")).code == 0
    with closing(JobStore(locations.job_store_path())) as store:
        store.remove_ended([job.id for job in store.jobs()])
    assert json.loads(run("jobs", "--json").output or "[]") == []
    again = run(*arguments(source, "2.csv"))
    assert "No rows were added since " in again.errors
    assert (folder / "2.csv").read_text() == "id,name\n"
    assert run("verify", "1.csv").code == 0


def test_an_export_of_the_profile_without_the_option_counts_too(
    run: Command, source: Path, folder: Path
) -> None:
    assert run("export", source, "products", "-o", "all.csv", "--profile", "daily").code == 0
    add(source, "a")
    assert run(*arguments(source, "new.csv")).code == 0
    assert (folder / "new.csv").read_text() == "id,name\n21,a\n"


def test_behind_the_rows_of_the_old_file(run: Command, source: Path, folder: Path) -> None:
    assert run(*arguments(source, "kept.csv.gz", "--overwrite")).code == 0
    add(source, "a", "b")
    assert run(*arguments(source, "kept.csv.gz")).code == 5  # nobody allowed it to be replaced
    ended = run(*arguments(source, "kept.csv.gz", "--overwrite", "--progress", "json", "--manifest"))
    assert ended.code == 0
    assert "are put behind those of kept.csv.gz, in a new version" in ended.errors
    assert (ended.events[0]["total_rows"], ended.events[0]["resumed_rows"]) == (22, 20)
    assert (ended.events[-1]["rows"], ended.events[-1]["new_rows"]) == (22, 2)
    assert ended.events[-1]["since"] < ended.events[-1]["since"].replace("20", "21", 1)
    says = json.loads((folder / "kept.csv.gz.manifest.json").read_bytes())
    assert (says["profile"], says["rows"], says["since"]["key"]) == ("daily", 22, [20])
    assert (says["since"]["file"], says["since"]["appended_to"]["rows"]) == ("kept.csv.gz", 20)
    assert run("verify", "kept.csv.gz").code == 0


def test_what_an_ordinary_manifest_says_is_as_before(run: Command, source: Path, folder: Path) -> None:
    assert run(*arguments(source, "a.csv", "--manifest")).code == 0
    assert "since" not in json.loads((folder / "a.csv.manifest.json").read_bytes())


def test_a_changed_file_ends_with_5_and_says_the_way_out(run: Command, source: Path, folder: Path) -> None:
    assert run(*arguments(source, "a.csv", "--overwrite")).code == 0
    (folder / "a.csv").write_text("mine")
    ended = run(*arguments(source, "a.csv", "--overwrite"))
    assert ended.code == 5
    assert "is no longer what was exported" in ended.errors
    assert "a file with another name" in ended.errors
    assert (folder / "a.csv").read_text() == "mine"


def test_a_workbook_ends_with_2_and_says_the_way_out(run: Command, source: Path, folder: Path) -> None:
    assert run(*arguments(source, "a.xlsx", "--format", "xlsx")).code == 0
    ended = run(*arguments(source, "a.xlsx", "--format", "xlsx", "--overwrite"))
    assert ended.code == 2
    assert "XLSX files cannot be added to" in ended.errors
    assert "a file of their own" in ended.errors
    assert list(folder.iterdir()) == [folder / "a.xlsx"]


def test_without_a_profile_it_makes_no_sense(run: Command, source: Path, folder: Path) -> None:
    ended = run("export", source, "products", "-o", "a.csv", "--since-last")
    assert ended.code == 2
    assert "--since-last needs --profile NAME" in ended.errors
    assert list(folder.iterdir()) == []


def test_a_key_that_tells_no_time_ends_with_2_at_once(run: Command, source: Path, folder: Path) -> None:
    make_database(source, "CREATE TABLE t (id TEXT PRIMARY KEY NOT NULL, name TEXT) WITHOUT ROWID")
    ended = run("export", source, "t", "-o", "a.csv", "--profile", "daily", "--since-last")
    assert ended.code == 2
    assert "cannot be told by its key (id)" in ended.errors
    assert list(folder.iterdir()) == []


def test_an_unfinished_export_of_the_profile_is_said(
    run: Command, source: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(*arguments(source, "a.csv")).code == 0
    add(source, "a")
    with monkeypatch.context() as stopped:
        stopped.setattr(commands, "run_job", lambda *_, **__: iter(()))
        run(*arguments(source, "b.csv"))
    ended = run(*arguments(source, "c.csv"))
    assert ended.code == 0
    assert "is not finished: some rows may be in both files" in ended.errors
    assert fetch(source, "SELECT count(*) FROM products") == [(21,)]
    assert (folder / "c.csv").read_text() == "id,name\n21,a\n"


def test_a_query_of_ones_own_goes_on_too(run: Command, source: Path, folder: Path) -> None:
    statement = "SELECT id, name FROM products WHERE name <> :name"
    assert run("query", source, "q", statement, "--key", "id", "--set", "name=b").code == 0
    asked = ("export", source, "q", "--profile", "daily", "--since-last", "-o")
    assert run(*asked, "1.csv").code == 0
    add(source, "a", "b", "c")
    assert run(*asked, "2.csv").code == 0
    assert (folder / "2.csv").read_text() == "id,name\n21,a\n23,c\n"
    assert run("query", source, "q", statement, "--key", "id", "--set", "name=c").code == 0
    ended = run(*asked, "3.csv")  # other rows: nobody has exported those called b
    assert ended.code == 0
    assert "this one has them all" in ended.errors

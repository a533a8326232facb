"""Wrong things end well: the exit code promised, words for people, nothing left behind."""

import re
import shutil
from pathlib import Path

import pytest

from dataflow_desktop.cli.arguments import parse_arguments
from tests.unit.cli.conftest import Command, Ended
from tests.unit.databases import fetch


@pytest.fixture
def source(tmp_path: Path, catalogue: Path) -> Path:
    path = tmp_path / "products.db"
    shutil.copy(catalogue, path)
    return path


def ends_well(run: Command, folder: Path, code: int, *arguments: str | Path) -> Ended:
    """Run what must fail and see that nothing is left of it."""
    before = sorted(folder.rglob("*"))
    ended = run(*arguments)
    assert ended.code == code, ended.errors
    assert ended.output == ""
    what_happened, what_to_do = ended.errors.splitlines()
    assert what_happened
    assert what_to_do
    assert sorted(folder.rglob("*")) == before
    store = folder.parent / "home" / "jobs.db"
    assert not store.exists() or fetch(store, "SELECT * FROM jobs") == []
    return ended


@pytest.mark.parametrize(
    "options",
    [
        ["--where", "nothing", "=", "1"],
        ["--where", "id", "like", "1"],
        ["--where", "id", "=", "abc"],
        ["--where", "id"],
        ["--where", "id", "between", "1"],
        ["--where", "name", "in", '"unclosed'],
        ["--where", "created_at", ">", "yesterday"],
        ["--columns", "id,nothing"],
        ["--columns", "id,id"],
        ["--columns", ""],
        ["--columns", "id,,name"],
        ["--columns", '"id'],
        ["--columns", "id\nname"],
        ["--search", "x" * 3000],
        ["--search"],
        ["--chunk-rows", "0"],
        ["--chunk-rows", "-1"],
        ["--chunk-rows", "ten"],
        ["--chunk-rows", "9" * 30],
        ["--throttle-ms", "-1"],
        ["--throttle-ms", "9" * 30],
        ["--checkpoint-seconds", "-1"],
        ["--checkpoint-seconds", "nan"],
        ["--progress", "loud"],
        ["--delimiter", "ab"],
        ["--delimiter", '"'],
        ["--encoding", "latin1"],
        ["--encoding", "cp1252", "--bom"],
        ["--encoding", "cp1252", "--rename", "name=имя"],
        ["--rename", "id"],
        ["--rename", "nothing=x"],
        ["--rename", "id=name"],
        ["--null", "a,b"],
        ["--format", "xml"],
        ["--compress", "rar"],
        ["--preset", "word"],
        ["--decimal", ";"],
        ["--line-ending", "cr"],
        ["--quote", "some"],
        ["--nonsense"],
        ["too", "many"],
    ],
    ids=" ".join,
)
def test_wrong_options_end_with_2(run: Command, folder: Path, source: Path, options: list[str]) -> None:
    ends_well(run, folder, 2, "export", source, "products", "-o", "out.csv", *options)


def test_every_promised_option_is_built(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse_arguments(["export", "--help"])
    built = set(re.findall(r"--[a-z-]+", capsys.readouterr().out))
    promised = {
        "--where", "--search", "--columns", "--order-by", "--rename", "--format", "--compress", "--preset",
        "--encoding", "--decimal", "--invalid-text", "--split-rows", "--split-bytes", "--profile",
        "--since-last", "--delimiter", "--null", "--line-ending", "--bom", "--no-header", "--quote",
        "--formula-guard", "--overwrite", "--chunk-rows", "--throttle-ms", "--manifest",
        "--checkpoint-seconds", "--consistency", "--progress",
    }  # fmt: skip
    assert built >= promised


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("out.parquet", ["--delimiter", ";"]),
        ("out.jsonl", ["--no-header"]),
        ("out.jsonl", ["--preset", "excel"]),
        ("out.xlsx", ["--null", ""]),
        ("out.xlsx", ["--compress", "gzip"]),
        ("out.xlsx.gz", []),
        ("out.csv", ["--format", "jsonl", "--encoding", "utf-16"]),
    ],
)
def test_an_option_of_another_format_ends_with_2(
    run: Command, folder: Path, source: Path, name: str, options: list[str]
) -> None:
    ends_well(run, folder, 2, "export", source, "products", "-o", name, *options)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nonsense"],
        ["export"],
        ["export", "x.db"],
        ["resume"],
        ["resume", "--all", "abc"],
        ["resume", "abc"],
        ["cancel"],
        ["cancel", "abc"],
        ["cancel", ""],
        ["resume", ""],
        ["jobs", "abc"],
        ["tables"],
        ["verify"],
        ["demo"],
        ["demo", "x.db", "--rows", "-1"],
        ["demo", "x.db", "--rows", "many"],
        ["jobs", "--where", "a", "=", "1"],
    ],
    ids=" ".join,
)
def test_wrong_arguments_end_with_2(run: Command, folder: Path, arguments: list[str]) -> None:
    ends_well(run, folder, 2, *arguments)


def test_an_empty_job_never_stands_for_the_only_one(run: Command, folder: Path, source: Path) -> None:
    run("export", source, "products", "-o", "out.csv")
    for command in ("cancel", "resume"):
        assert "There is no export" in run(command, "").errors


def test_an_unknown_table_ends_with_2_and_the_known_ones(run: Command, folder: Path, source: Path) -> None:
    ended = ends_well(run, folder, 2, "export", source, "nothing", "-o", "out.csv")
    assert "no table nothing" in ended.errors
    assert "products" in ended.errors


@pytest.mark.parametrize("command", [["export", "SOURCE", "products", "-o", "out.csv"], ["tables", "SOURCE"]])
@pytest.mark.parametrize(
    "source", ["none.db", "text.db", "folder", "none/none.db", "~nobody-there/x.db", "x" * 300]
)
def test_a_source_that_is_no_database_ends_with_3(
    run: Command, folder: Path, command: list[str], source: str
) -> None:
    Path("text.db").write_text("no database " * 100)
    Path("folder").mkdir()
    ends_well(run, folder, 3, *[source if word == "SOURCE" else word for word in command])


@pytest.mark.parametrize("url", ["oracle://user:secret@host/db", "mysql://user:secret@host:port/db", "x://"])
def test_another_kind_of_database_ends_with_2_and_tells_no_secret(
    run: Command, folder: Path, url: str
) -> None:
    ended = ends_well(run, folder, 2, "export", url, "products", "-o", "out.csv")
    assert "secret" not in ended.errors


def test_a_server_out_of_reach_ends_with_3_and_tells_no_secret(run: Command, folder: Path) -> None:
    url = "postgresql://user:secret@127.0.0.1:1/db"
    ended = ends_well(run, folder, 3, "export", url, "products", "-o", "out.csv")
    assert "does not answer" in ended.errors
    assert "secret" not in ended.errors


@pytest.mark.parametrize(
    "target", ["none/out.csv", "text/out.csv", "folder", "x" * 300, "~nobody-there/x.csv", "/"]
)
def test_a_file_that_cannot_be_ends_with_4(run: Command, folder: Path, source: Path, target: str) -> None:
    Path("text").touch()
    Path("folder").mkdir()
    ends_well(run, folder, 4, "export", source, "products", "-o", target)


def test_a_home_that_cannot_be_used_ends_with_4(run: Command, folder: Path, source: Path, home: Path) -> None:
    home.write_text("in the way")
    ended = run("export", source, "products", "-o", "out.csv")
    assert (ended.code, ended.output) == (4, "")
    assert list(folder.iterdir()) == []


def test_an_existing_file_ends_with_5_and_is_not_touched(run: Command, folder: Path, source: Path) -> None:
    Path("out.csv").write_text("mine")
    ends_well(run, folder, 5, "export", source, "products", "-o", "out.csv")
    assert Path("out.csv").read_text() == "mine"


def test_an_existing_file_is_no_demo(run: Command, folder: Path) -> None:
    Path("mine.db").write_text("mine")
    ends_well(run, folder, 5, "demo", "mine.db")
    assert Path("mine.db").read_text() == "mine"


def test_the_source_is_no_target(run: Command, folder: Path, source: Path) -> None:
    before = source.read_bytes()
    ended = run("export", source, "products", "-o", source, "--overwrite")
    assert source.read_bytes() == before
    assert ended.code in {2, 4, 5}


@pytest.mark.parametrize("text", ["\udcff", "a\udc80b"])
def test_arguments_that_are_no_text_end_well(run: Command, folder: Path, source: Path, text: str) -> None:
    ends_well(run, folder, 2, "export", source, "products", "-o", "out.csv", "--search", text)
    ends_well(run, folder, 2, "export", source, "products", "-o", "out.csv", "--where", "name", "=", text)
    ends_well(run, folder, 2, "export", source, text, "-o", "out.csv")


def test_a_file_name_that_is_no_text_ends_well(run: Command, folder: Path, source: Path) -> None:
    ended = run("export", source, "products", "-o", "out\udcff.csv")
    assert ended.code in {0, 2, 4}
    if ended.code:
        assert list(folder.iterdir()) == []

"""`--split-rows` and `--split-bytes`: what is written, said and verified."""

import json
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Command

NAMES = [f"out-{number:04}.csv" for number in range(1, 5)]


@pytest.fixture
def split(run: Command, folder: Path, catalogue: Path) -> Path:
    """The name of an export of 1,000 products in four files, with a manifest."""
    assert (
        run("export", catalogue, "products", "-o", "out.csv", "--split-rows", "300", "--manifest").code == 0
    )
    return folder / "out.csv"


def test_the_events_name_the_files(run: Command, folder: Path, catalogue: Path) -> None:
    ended = run("export", catalogue, "products", "-o", "out.csv", "--split-rows", "300", "--progress", "json")
    done = json.loads(ended.output.splitlines()[-1])
    assert (done["rows"], done["file"], done["files"]) == (1_000, str(folder / "out.csv"), NAMES)
    assert sorted(path.name for path in folder.glob("out*")) == NAMES


def test_people_are_told_the_first_and_the_last(run: Command, folder: Path, catalogue: Path) -> None:
    ended = run("export", catalogue, "products", "-o", "out.csv", "--split-bytes", "30000")
    assert f"in {folder / 'out-0001.csv'} to out-0003.csv (3 files)" in ended.errors
    assert all(path.stat().st_size <= 30_000 for path in folder.glob("out*"))


def test_the_manifest_lists_the_files(split: Path) -> None:
    manifest = json.loads(split.with_name("out.csv.manifest.json").read_bytes())
    files = manifest["files"]
    assert [(file["name"], file["rows"]) for file in files] == list(
        zip(NAMES, [300, 300, 300, 100], strict=True)
    )
    assert (manifest["rows"], manifest["options"]["split_rows"]) == (1_000, 300)
    assert manifest["bytes"] == sum(file["bytes"] for file in files)


@pytest.mark.parametrize("has_manifest", [True, False])
def test_all_files_are_verified_by_the_name_of_the_export(
    run: Command, split: Path, *, has_manifest: bool
) -> None:
    if not has_manifest:
        split.with_name("out.csv.manifest.json").unlink()
    equal = run("verify", split)
    assert (equal.code, equal.output.count("equal ")) == (0, 4)
    split.with_name(NAMES[1]).unlink()
    third = split.with_name(NAMES[2])
    third.write_bytes(third.read_bytes().replace(b"a", b"b", 1))
    differing = run("verify", split)
    assert (differing.code, differing.output.count("equal ")) == (5, 2)
    assert f"missing    {NAMES[1]}" in differing.output
    assert f"different  {NAMES[2]}" in differing.output
    assert run("verify", third).code == 5
    assert run("verify", split.with_name(NAMES[0])).code == 0


def test_a_folder_of_them_is_verified(run: Command, split: Path) -> None:
    ended = run("verify", split.parent)
    assert (ended.code, ended.output.count("equal ")) == (0, 4)


def test_files_that_stand_there_are_not_touched(run: Command, folder: Path, split: Path) -> None:
    before = {path: path.read_bytes() for path in folder.glob("out*")}
    again = run("export", folder / "none.db", "products", "-o", "out.csv", "--split-rows", "500")
    assert again.code == 3
    assert {path: path.read_bytes() for path in folder.glob("out*")} == before


@pytest.mark.parametrize(
    "options",
    [
        ["--split-rows", "0"],
        ["--split-rows", "x"],
        ["--split-bytes", "-5"],
        ["--split-rows", "5", "--split-bytes", "5"],
        ["--split-bytes", "5000", "--format", "xlsx"],
    ],
    ids=" ".join,
)
def test_wrong_numbers_end_with_2(run: Command, folder: Path, catalogue: Path, options: list[str]) -> None:
    assert run("export", catalogue, "products", "-o", "out.csv", *options).code == 2
    assert not list(folder.glob("*out*"))


def test_a_profile_splits_unless_an_option_says_otherwise(
    run: Command, folder: Path, catalogue: Path
) -> None:
    run("profile", "parts", "--save", catalogue, "products", "--split-rows", "400")
    assert "--split-rows=400" in run("profile", "parts").output
    run("export", catalogue, "products", "-o", "out.csv", "--profile", "parts")
    assert len(list(folder.glob("out-*"))) == 3
    run("export", catalogue, "products", "-o", "other.csv", "--profile", "parts", "--split-bytes", "9000000")
    assert len(list(folder.glob("other-*"))) == 1


@pytest.mark.parametrize("option", ["--split-rows", "--split-bytes"])
def test_without_saving_a_profile_no_split_can_be_asked_for(
    run: Command, catalogue: Path, option: str
) -> None:
    run("profile", "parts", "--save", catalogue, "products")
    assert run("profile", "parts", option, "400").code == 2

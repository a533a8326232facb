"""Exports to numbered files, killed three times: they end in the files of an undisturbed one."""

import json
from pathlib import Path

import pytest

from tests.crash.forks import ForkedProgram
from tests.crash.killing import IN_SMALL_STEPS, SLOWLY, kill_when_saved
from tests.unit.kinds import make_kinds

ROWS = 12_000
KILLS = (1 / 5, 2 / 5, 4 / 5)
"""Shares of all rows that are saved when the process is killed."""

BY_ROWS = ("--split-rows", "1117")
"""Far from any multiple of what is read at a time."""

CASES = [
    ("csv", BY_ROWS),
    ("csv.gz", ("--split-bytes", "300000")),
    ("parquet", BY_ROWS),
    ("xlsx", BY_ROWS),
]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_kinds(tmp_path_factory.mktemp("kinds") / "kinds.db", ROWS)


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.mark.parametrize(("suffix", "options"), CASES)
def test_killed_three_times_the_files_are_those_of_an_undisturbed_export(
    tmp_path: Path, program: ForkedProgram, source: Path, suffix: str, options: tuple[str, ...]
) -> None:
    undisturbed, killed = tmp_path / "undisturbed", tmp_path / "killed"
    for folder in (undisturbed, killed):
        folder.mkdir()
    program.run("export", str(source), "kinds", "-o", str(undisturbed / f"kinds.{suffix}"), *options)
    target = str(killed / f"kinds.{suffix}")
    export = (
        "export",
        str(source),
        "kinds",
        "-o",
        target,
        *options,
        *SLOWLY,
        *IN_SMALL_STEPS,
        "--progress",
        "json",
    )
    for share in KILLS:
        kill_when_saved(program, share * ROWS, *export)
        assert not list(killed.glob("kinds*"))
        export = ("resume", "--all", "--progress", "json")
    events = [json.loads(line) for line in program.run(*export).splitlines()]
    assert events[0]["resumed_rows"] > 0
    assert (events[-1]["rows"], events[-1]["files"]) == (ROWS, sorted(files_in(undisturbed)))
    assert len(events[-1]["files"]) > 3
    assert files_in(killed) == files_in(undisturbed)

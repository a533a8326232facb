"""Exports of each format, killed three times: they end in the bytes of an undisturbed one.

DATAFLOW_CAMPAIGN=full in the environment adds what differs in nothing but the text that is packed.
"""

import json
from pathlib import Path

import pytest

from tests.campaign import IS_FULL
from tests.crash.forks import ForkedProgram
from tests.crash.killing import IN_SMALL_STEPS, SLOWLY, kill_when_saved
from tests.unit.kinds import make_kinds

ROWS = 12_000
KILLS = (1 / 5, 2 / 5, 4 / 5)
"""Shares of all rows that are saved when the process is killed."""

TELLING: list[tuple[str, tuple[str, ...]]] = [
    *((suffix, ()) for suffix in ("csv", "csv.gz", "csv.zst", "jsonl", "parquet", "xlsx")),
    ("parquet", ("--compress", "gzip")),
]
MORE: list[tuple[str, tuple[str, ...]]] = [
    *((suffix, ()) for suffix in ("tsv", "jsonl.gz", "jsonl.zst")),
    ("parquet", ("--compress", "none")),
]
FILES = [*TELLING, *MORE] if IS_FULL else TELLING


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_kinds(tmp_path_factory.mktemp("kinds") / "kinds.db", ROWS)


@pytest.mark.parametrize(("suffix", "options"), FILES)
def test_an_export_killed_three_times_has_the_bytes_of_an_undisturbed_one(
    tmp_path: Path, program: ForkedProgram, source: Path, suffix: str, options: tuple[str, ...]
) -> None:
    undisturbed, target = tmp_path / f"undisturbed.{suffix}", tmp_path / f"killed.{suffix}"
    program.run("export", str(source), "kinds", "-o", str(undisturbed), *options)
    export = ("export", str(source), "kinds", "-o", str(target), *options, *SLOWLY, *IN_SMALL_STEPS)
    export = (*export, "--progress", "json")
    for share in KILLS:
        kill_when_saved(program, share * ROWS, *export)
        assert not target.exists()
        export = ("resume", "--all", "--progress", "json")
    events = [json.loads(line) for line in program.run(*export).splitlines()]
    assert events[0]["resumed_rows"] > 0
    assert events[-1]["rows"] == ROWS
    assert target.read_bytes() == undisturbed.read_bytes()

"""What a person reads when something small is wrong: the cause by its name, and what to do."""

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from dataflow_desktop import locations
from dataflow_desktop.domain.job import JobState
from dataflow_desktop.errors import Reason, ReasonCode
from dataflow_desktop.records.job_store import JobStore
from tests.program import ENDING_SECONDS, Program, parts_in
from tests.unit.cli.conftest import Command
from tests.unit.exports import new_job, spec_for


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("export", "SOURCE", "products", "-o", ""), 4, "names no file"),
        (("export", "SOURCE", "products", "-o", "taken/out.csv"), 4, "it is a file"),
        (("export", ".", "products", "-o", "out.csv"), 3, "it is a folder"),
        (("demo", "nowhere/demo.db"), 4, "no folder"),
        (("verify", "nowhere.csv"), 5, "There is no file"),
    ],
)
def test_the_cause_is_named(
    run: Command, folder: Path, catalogue: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    (folder / "taken").write_text("mine")
    ended = run(*(str(catalogue) if word == "SOURCE" else word for word in arguments))
    assert (ended.code, words in ended.errors) == (code, True), ended.errors
    assert [path.name for path in folder.iterdir()] == ["taken"]


def test_a_damaged_database_is_called_so(run: Command, folder: Path, catalogue: Path) -> None:
    damaged = folder / "damaged.db"
    damaged.write_bytes(catalogue.read_bytes()[:-20_000])
    ended = run("export", damaged, "products", "-o", "out.csv")
    assert (ended.code, "is damaged" in ended.errors) == (3, True), ended.errors
    assert list(folder.iterdir()) == [damaged]


def test_a_name_as_long_as_the_folder_takes_is_a_name(run: Command, folder: Path, catalogue: Path) -> None:
    name = "ü" * 125 + ".csv"
    assert len(name.encode()) == 254
    assert run("export", catalogue, "products", "-o", name).code == 0
    assert [path.name for path in folder.iterdir()] == [name]


def test_jobs_say_why_they_stopped(run: Command, folder: Path, catalogue: Path) -> None:
    with closing(JobStore(locations.job_store_path())) as store:
        job = new_job(store, spec_for(catalogue, folder / "out.csv"))
        store.take(job.id).enter(JobState.PAUSED, Reason("asked", ReasonCode.PAUSE_ASKED.name, {}))
    assert "Paused as you asked." in run("jobs").output


@pytest.mark.skipif(sys.platform != "linux", reason="needs /dev/full")
def test_an_output_that_is_full_pauses_the_export(program: Program, folder: Path, catalogue: Path) -> None:
    process = program.start("export", str(catalogue), "products", "-o", str(folder / "out.csv"))
    process.communicate(timeout=ENDING_SECONDS)
    target = folder / "again.csv"
    into_full_disk = ["sh", "-c", 'exec "$@" > /dev/full', "sh", sys.executable, "-m", "dataflow_desktop"]
    export = ["export", str(catalogue), "products", "-o", str(target), "--progress", "json"]
    environment = {**os.environ, "DATAFLOW_HOME": str(program.home)}
    code = subprocess.run(
        [*into_full_disk, *export], env=environment, stderr=subprocess.DEVNULL, check=False
    ).returncode
    assert code == 6
    assert len(parts_in(folder)) == 2  # with its sidecar
    program.run("resume", "--all")
    assert target.read_bytes() == (folder / "out.csv").read_bytes()

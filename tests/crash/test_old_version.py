"""A job that an older version began is finished by this one, to the byte."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.program import Program, parts_in

VERSION_2 = Path(__file__).parent / "old_versions" / "2"
PART_NAME = ".products.csv.1eb8bf8c5927.part"
REST_BETWEEN_READS = '"throttle_ms": 700'
"""So that the old version could be stopped in the middle; nobody need wait for it now."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Home, source and unfinished file as version 2 left them: 160 of 264 rows are saved."""
    for name in ("home", "out"):
        (tmp_path / name).mkdir()
    shutil.copy(VERSION_2 / "part.csv", tmp_path / "out" / PART_NAME)
    load(tmp_path / "catalogue.db", (VERSION_2 / "catalogue.sql").read_text())
    dump = (VERSION_2 / "jobs.sql").read_text()
    assert REST_BETWEEN_READS in dump
    dump = dump.replace(REST_BETWEEN_READS, '"throttle_ms": 0').replace("@FOLDER@", str(tmp_path))
    load(tmp_path / "home" / "jobs.db", dump + "PRAGMA user_version = 2;")
    return tmp_path


def load(database: Path, dump: str) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.executescript(dump)


@pytest.mark.parametrize(("state", "seen"), [("PAUSED", "PAUSED"), ("PROCESSING", "INTERRUPTED")])
def test_a_job_of_the_version_before_resumes_to_its_bytes(
    folder: Path, program: Program, state: str, seen: str
) -> None:
    load(folder / "home" / "jobs.db", f"UPDATE jobs SET state = '{state}';")
    (job,) = program.jobs()
    assert (job["state"], job["durable_rows"], job["total_rows"]) == (seen, 160, 264)
    started = program.run("resume", "--all", "--progress", "json").splitlines()[0]
    assert '"resumed_rows": 160' in started
    assert (folder / "out" / "products.csv").read_bytes() == (VERSION_2 / "whole.csv").read_bytes()
    assert parts_in(folder / "out") == []
    assert [job["state"] for job in program.jobs()] == ["DONE"]

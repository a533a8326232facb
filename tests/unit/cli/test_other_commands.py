"""`jobs`, `resume`, `cancel`, `tables`, `verify`, `demo`, `--version`."""

import json
from pathlib import Path
from typing import Any

import pytest

from dataflow_desktop import __version__, locations
from dataflow_desktop.destination import job_lock
from dataflow_desktop.destination.job_lock import JobLock
from dataflow_desktop.domain.job import Job
from dataflow_desktop.records.job_store import JobStore
from tests.unit.cli.conftest import Command
from tests.unit.databases import fetch, make_database
from tests.unit.exports import drop_after, job_store, new_job, part_of, spec_for

JOB_KEYS = ["id", "state", "rows", "durable_rows", "total_rows", "file", "created_at", "reason"]


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give up on a held lock at once: nobody here lets it go by waiting."""
    monkeypatch.setattr(job_lock, "WAIT_SECONDS", 0.001)


@pytest.fixture
def interrupted(folder: Path, catalogue: Path) -> Job:
    """A job whose process is gone, with 200 of 1,000 rows saved."""
    with job_store() as store:
        job = new_job(store, spec_for(catalogue, folder / "out.csv", chunk_rows=100))
        drop_after(store, job, 3)
    return job


def listed(run: Command) -> list[dict[str, Any]]:
    jobs: list[dict[str, Any]] = json.loads(run("jobs", "--json").output)
    return jobs


def test_jobs_are_listed_as_promised(run: Command, interrupted: Job, catalogue: Path) -> None:
    run("export", catalogue, "products", "-o", "other.csv")
    newest, oldest = listed(run)
    assert list(newest) == list(oldest) == JOB_KEYS
    assert (newest["state"], newest["rows"], newest["reason"]) == ("DONE", 1000, None)
    assert oldest == {
        "id": interrupted.id,
        "state": "INTERRUPTED",
        "rows": 200,
        "durable_rows": 200,
        "total_rows": 1000,
        "file": interrupted.spec.target,
        "created_at": interrupted.created_at,
        "reason": "The program ended in the middle of this export.",
    }


def test_jobs_are_listed_for_people(run: Command, interrupted: Job) -> None:
    ended = run("jobs")
    header, line = ended.output.splitlines()
    assert header.split()[0] == "ID"
    assert line.split()[:2] == [interrupted.id, "INTERRUPTED"]
    assert ended.errors == ""


def test_no_jobs_are_an_empty_list(run: Command, folder: Path) -> None:
    assert listed(run) == []
    assert run("resume", "--all").code == 0


def test_resume_all_finishes_what_was_interrupted(run: Command, interrupted: Job, catalogue: Path) -> None:
    ended = run("resume", "--all", "--progress", "json")
    assert ended.code == 0
    assert ended.events[0] == {
        "event": "started",
        "job": interrupted.id,
        "total_rows": 1000,
        "resumed_rows": 200,
    }
    run("export", catalogue, "products", "-o", "undisturbed.csv")
    assert Path("out.csv").read_bytes() == Path("undisturbed.csv").read_bytes()
    assert not part_of(interrupted).exists()
    assert run("resume", "--all").output == ""


def test_a_prefix_names_a_job(run: Command, interrupted: Job) -> None:
    assert run("resume", interrupted.id[:6]).code == 0
    assert Path("out.csv").exists()


def test_resume_all_leaves_alone_what_another_program_owns(run: Command, interrupted: Job) -> None:
    with job_store() as store:
        # Owned, but not yet running: a large part file is being verified.
        run("resume", "--all")
        assert listed(run)[0]["state"] == "DONE"
        job = new_job(store, spec_for(Path(interrupted.spec.source), Path("second.csv").absolute()))
        lock = JobLock.acquire(store.lock_folder, job.id)
        assert lock is not None
        ended = run("resume", "--all")
        lock.release()
    assert (ended.code, ended.errors) == (0, "")


def test_a_job_that_another_program_owns_is_refused_with_5(run: Command, interrupted: Job) -> None:
    with job_store() as store:
        lock = JobLock.acquire(store.lock_folder, interrupted.id)
        assert lock is not None
        assert run("resume", interrupted.id).code == 5
        lock.release()


def test_resume_all_skips_what_waits_for_a_person(run: Command, interrupted: Job) -> None:
    part_of(interrupted).write_text("edited")
    assert run("resume", "--all").code == 5
    assert listed(run)[0]["state"] == "FAILED"
    assert run("resume", "--all").code == 0
    assert run("resume", interrupted.id).code == 5
    assert part_of(interrupted).read_text() == "edited"


def test_one_job_that_cannot_go_on_does_not_keep_the_others_back(
    run: Command, interrupted: Job, catalogue: Path
) -> None:
    with job_store() as store:
        drop_after(store, new_job(store, spec_for(catalogue, Path("second.csv").absolute())), 2)
    part_of(interrupted).unlink()
    assert run("resume", "--all").code == 5
    assert Path("second.csv").exists()


def test_a_target_of_an_unfinished_job_is_refused_with_5(
    run: Command, interrupted: Job, catalogue: Path
) -> None:
    ended = run("export", catalogue, "products", "-o", "out.csv", "--overwrite")
    assert ended.code == 5
    assert interrupted.id in ended.errors
    assert part_of(interrupted).exists()


def test_cancel_removes_the_part_file_and_keeps_the_record(
    run: Command, interrupted: Job, folder: Path
) -> None:
    assert run("cancel", interrupted.id).code == 0
    assert list(folder.iterdir()) == []
    assert [job["state"] for job in listed(run)] == ["CANCELLED"]
    assert run("resume", interrupted.id).code == 2
    assert run("resume", "--all").code == 0


def test_a_done_job_cannot_be_cancelled(run: Command, folder: Path, catalogue: Path) -> None:
    run("export", catalogue, "products", "-o", "out.csv")
    assert run("cancel", listed(run)[0]["id"]).code == 2
    assert Path("out.csv").exists()


def test_a_newer_record_is_refused_with_5(run: Command, folder: Path) -> None:
    JobStore(locations.job_store_path()).close()
    make_database(locations.job_store_path(), "PRAGMA user_version = 99")
    assert run("jobs").code == 5


def test_tables_are_listed_as_promised(run: Command, catalogue: Path) -> None:
    (table,) = json.loads(run("tables", catalogue, "--json").output)
    assert table == {
        "name": "products",
        "kind": "table",
        "estimated_rows": 1000,
        "key_columns": ["id"],
    }
    assert "products" in run("tables", catalogue).output


def test_a_database_without_tables_has_an_empty_list(run: Command, tmp_path: Path) -> None:
    path = make_database(tmp_path / "empty.db")
    assert json.loads(run("tables", path, "--json").output) == []
    assert run("tables", path).code == 0


def test_verify_tells_equal_from_different_and_unknown(run: Command, folder: Path, catalogue: Path) -> None:
    run("export", catalogue, "products", "-o", "out.csv")
    target = Path("out.csv")
    content = target.read_bytes()
    assert run("verify", "out.csv").code == 0
    for other in (content[:-1], content + b"\n", content.replace(b"1", b"7"), b""):
        target.write_bytes(other)
        assert run("verify", "out.csv").code == 5
        assert target.read_bytes() == other
    Path("unknown.csv").write_bytes(content)
    assert run("verify", "unknown.csv").code == 5


def test_verify_compares_with_the_newest_export(run: Command, folder: Path, catalogue: Path) -> None:
    run("export", catalogue, "products", "-o", "out.csv")
    run("export", catalogue, "products", "-o", "out.csv", "--overwrite", "--columns", "id")
    assert run("verify", folder / "." / "out.csv").code == 0


def test_demo_makes_a_catalogue(run: Command, folder: Path) -> None:
    assert run("demo", "a.db", "--rows", "20").code == 0
    assert run("demo", "b.db", "--rows", "20", "--seed", "1").code == 0
    assert run("demo", "c.db", "--rows", "20", "--seed", "2").code == 0
    contents = [fetch(Path(name), "SELECT * FROM products ORDER BY id") for name in ("a.db", "b.db", "c.db")]
    assert len(contents[0]) == 20
    assert contents[0] == contents[1] != contents[2]
    assert sorted(path.name for path in folder.iterdir()) == ["a.db", "b.db", "c.db"]


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_version_and_help_are_printed(run: Command, capsys: pytest.CaptureFixture[str], option: str) -> None:
    with pytest.raises(SystemExit) as ended:
        run(option)
    assert ended.value.code == 0
    assert (__version__ if option == "--version" else "export") in capsys.readouterr().out

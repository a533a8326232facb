"""A home, or a folder for the moved target, that is read-only: said plainly, and as it was before."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.program import ENDING_SECONDS, Program, read_event

pytestmark = pytest.mark.root


@contextmanager
def mounted(folder: Path) -> Iterator[None]:
    """Mount a small file system in memory at `folder`."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=5m", "tmpfs", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def make_read_only(folder: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A home on a file system of its own."""
    folder = tmp_path / "home"
    with mounted(folder):
        yield folder


def errors_of(program: Program, code: int, *arguments: str) -> str:
    """Run what must end with `code` and return what it says."""
    process = program.start(*arguments)
    output, errors = process.communicate(timeout=ENDING_SECONDS)
    assert process.returncode == code, errors
    assert "Traceback" not in errors
    assert output == ""
    return errors


@pytest.mark.parametrize("has_store", [True, False])
def test_a_read_only_home_is_said_before_anything_is_written(
    program: Program, home: Path, small_catalogue: Path, tmp_path: Path, has_store: bool
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    if has_store:
        program.run("export", str(small_catalogue), "products", "-o", str(tmp_path / "first.csv"))
    make_read_only(home)
    before = sorted(home.rglob("*"))
    target = out / "second.csv"
    for command in (["jobs"], ["export", str(small_catalogue), "products", "-o", str(target)]):
        errors = errors_of(program, 4, *command)
        assert "record of exports" in errors
        assert "cannot be written" in errors
    assert list(out.iterdir()) == []
    assert sorted(home.rglob("*")) == before


def test_a_home_that_becomes_writable_again_has_all_its_jobs(
    program: Program, home: Path, small_catalogue: Path, tmp_path: Path
) -> None:
    program.run("export", str(small_catalogue), "products", "-o", str(tmp_path / "first.csv"))
    make_read_only(home)
    errors_of(program, 4, "jobs")
    subprocess.run(["mount", "-o", "remount,rw", str(home)], check=True)
    assert [job["state"] for job in program.jobs()] == ["DONE"]


def test_an_export_is_not_moved_to_a_read_only_folder_and_the_cause_is_said(
    program: Program, small_catalogue: Path, tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    arguments = ["export", str(small_catalogue), "products", "-o", str(tmp_path / "all.csv")]
    arguments += ["--chunk-rows", "100", "--throttle-ms", "5000", "--progress", "json"]
    process = program.start(*arguments)
    assert read_event(process.stdout)["event"] == "started"
    process.terminate()
    process.communicate(timeout=ENDING_SECONDS)
    (job,) = program.jobs()
    with mounted(disk):
        make_read_only(disk)
        errors = errors_of(program, 4, "resume", job["id"], "--to", str(disk / "all.csv"))
        assert "Read-only file system" in errors
        assert list(disk.iterdir()) == []
    assert [job["state"] for job in program.jobs()] == ["PAUSED"]


def test_a_disk_that_is_nearly_full_pauses_before_it_is_full(
    program: Program, small_catalogue: Path, small_reference: bytes, tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    with mounted(disk):
        filler = disk / "filler"
        filler.write_bytes(bytes(5_000_000))
        target = disk / "all.csv"
        arguments = ["export", str(small_catalogue), "products", "-o", str(target), "--chunk-rows", "100"]
        assert "nearly full" in errors_of(program, 4, *arguments)
        (job,) = program.jobs()
        assert (job["state"], target.exists()) == ("PAUSED", False)
        assert job["durable_rows"] < job["total_rows"]
        filler.unlink()
        program.run("resume", "--all")
        assert target.read_bytes() == small_reference

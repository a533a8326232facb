"""Disks that run full at any place, that of the job store too: a clear end, and nothing lost."""

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.crash.forks import ForkedProgram
from tests.program import ENDING_SECONDS, Program

pytestmark = pytest.mark.root

RECORDS_ROOM = ("128k", "160k", "256k", "300k")
"""From room for a few checkpoints to room for most of them; an empty job store takes about 70 kB."""

TOO_LITTLE_FOR_RECORDS = ("4k", "16k", "32k", "64k")


class MemoryDisk:
    """A file system in memory, of a size that can be changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()

    def mount(self, size: str) -> None:
        """Put it where its folder is."""
        self._mount("-t", "tmpfs", "-o", f"size={size}", "tmpfs")

    def resize(self, size: str) -> None:
        """Make room, or take it."""
        self._mount("-o", f"remount,size={size}")

    def unmount(self) -> None:
        """Take it away, with all that is on it."""
        subprocess.run(["umount", str(self.folder)], check=True)

    def _mount(self, *arguments: str) -> None:
        subprocess.run(["mount", *arguments, str(self.folder)], check=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[MemoryDisk]:
    disk = MemoryDisk(tmp_path / "disk")
    disk.mount("50m")
    yield disk
    disk.unmount()


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder / "products.csv"


def export_arguments(catalogue: Path, target: Path, chunk_rows: int) -> list[str]:
    each_chunk_a_checkpoint = ("--chunk-rows", str(chunk_rows), "--checkpoint-seconds", "0")
    return ["export", str(catalogue), "products", "-o", str(target), *each_chunk_a_checkpoint]


def failed(program: Program, *arguments: str) -> str:
    """Run `arguments` to the end that is a destination's failure, and return what was said."""
    process = program.start(*arguments)
    _, errors = process.communicate(timeout=ENDING_SECONDS)
    assert process.returncode == 4, errors
    assert "Traceback" not in errors
    return errors


def see_made_whole(program: Program, target: Path, reference: bytes) -> None:
    program.run("resume", "--all")
    assert target.read_bytes() == reference
    assert list(target.parent.glob(".*.part")) == []
    assert [job["state"] for job in program.jobs()] == ["DONE"]


@pytest.mark.parametrize("size", RECORDS_ROOM)
def test_job_store_without_room_in_the_middle_stops_the_export_and_says_so(
    program: ForkedProgram,
    small_catalogue: Path,
    small_reference: bytes,
    target: Path,
    disk: MemoryDisk,
    size: str,
) -> None:
    disk.resize(size)
    program = replace(program, home=disk.folder / "home")
    errors = failed(program, *export_arguments(small_catalogue, target, chunk_rows=25))
    assert "record of exports" in errors
    assert "room" in errors or "full" in errors
    assert not target.exists()

    disk.resize("50m")
    (job,) = program.jobs()
    assert job["state"] in {"PENDING", "PAUSED", "INTERRUPTED"}
    assert job["durable_rows"] < job["total_rows"]
    see_made_whole(program, target, small_reference)


@pytest.mark.parametrize("size", TOO_LITTLE_FOR_RECORDS)
def test_job_store_without_room_from_the_start_is_said_and_leaves_nothing(
    program: ForkedProgram,
    small_catalogue: Path,
    small_reference: bytes,
    target: Path,
    disk: MemoryDisk,
    size: str,
) -> None:
    disk.resize(size)
    program = replace(program, home=disk.folder / "home")
    arguments = export_arguments(small_catalogue, target, chunk_rows=500)
    errors = failed(program, *arguments)
    assert "record of exports" in errors
    assert not target.exists()

    disk.resize("50m")
    if program.jobs():
        see_made_whole(program, target, small_reference)
    else:
        assert list(target.parent.iterdir()) == []
        program.run(*arguments)
        assert target.read_bytes() == small_reference


@pytest.mark.parametrize("size", ["4k", "20k", "64k", "100k", "180k"])
def test_disk_of_the_file_full_at_any_place_pauses_and_goes_on_when_there_is_room(
    program: Program, small_catalogue: Path, small_reference: bytes, disk: MemoryDisk, size: str
) -> None:
    disk.resize(size)
    target = disk.folder / "products.csv"
    arguments = export_arguments(small_catalogue, target, chunk_rows=100)
    errors = failed(program, *arguments)
    assert "room" in errors or "full" in errors
    assert not target.exists()

    disk.resize("50m")
    if program.jobs():
        see_made_whole(program, target, small_reference)
    else:
        program.run(*arguments)
        assert target.read_bytes() == small_reference

"""Folders nobody may write to, and disks that run full: a clear end, and nothing lost."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.program import Program, parts_in

pytestmark = pytest.mark.root

Mount = Callable[[str], Path]


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Mount]:
    """Mounts a file system in memory with the options given; it goes with the test."""
    folder = tmp_path / "disk"
    folder.mkdir()

    def mounted(options: str) -> Path:
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], check=True)
        return folder

    yield mounted
    subprocess.run(["umount", str(folder)], check=True)


def test_read_only_folder_is_said_and_nothing_is_left(
    program: Program, small_catalogue: Path, mount: Mount
) -> None:
    folder = mount("ro")
    process = program.start("export", str(small_catalogue), "products", "-o", str(folder / "all.csv"))
    _, errors = process.communicate()
    assert process.returncode == 4
    assert "Read-only file system" in errors
    assert "Traceback" not in errors
    assert program.jobs() == []
    assert list(folder.iterdir()) == []


def test_full_disk_pauses_and_goes_on_when_there_is_room(
    program: Program, large_catalogue: Path, large_reference: bytes, mount: Mount
) -> None:
    folder = mount("size=2m")
    target = folder / "all.csv"
    arguments = ["export", str(large_catalogue), "products", "-o", str(target)]
    process = program.start(*arguments, "--checkpoint-seconds", "0", "--chunk-rows", "1000")
    _, errors = process.communicate()
    assert process.returncode == 4
    assert "nearly full" in errors
    assert not target.exists()
    (job,) = program.jobs()
    assert job["state"] == "PAUSED"
    assert "nearly full" in job["reason"]
    assert 0 < job["durable_rows"] < job["total_rows"]

    subprocess.run(["mount", "-o", "remount,size=50m", str(folder)], check=True)
    program.run("resume", "--all")
    assert target.read_bytes() == large_reference
    assert parts_in(folder) == []

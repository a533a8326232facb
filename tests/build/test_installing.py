"""The executable in a person's home: put there, found by the desktop, taken out again."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from dataflow_desktop import __version__
from dataflow_desktop.locations import APP_ID
from tests.build.built_program import BuiltProgram

SEARCHED = "/usr/bin:/bin"


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A home with a space in its name; what was installed into it is large."""
    folder = tmp_path / "a home"
    (folder / "Documents").mkdir(parents=True)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def program(linux_folder: Path, tmp_path: Path) -> Path:
    """The folder of the program with all but its libraries, which take long to copy."""
    return shutil.copytree(
        linux_folder, tmp_path / "unpacked", ignore=shutil.ignore_patterns("_internal", "DataFlow")
    )


def script(path: Path, home: Path) -> "subprocess.CompletedProcess[str]":
    environment = {"HOME": str(home), "PATH": SEARCHED}
    return subprocess.run(["/bin/sh", path], env=environment, capture_output=True, text=True, check=False)


def ran(path: Path, home: Path) -> str:
    done = script(path, home)
    assert done.returncode == 0, done.stderr
    return done.stdout


def everything_in(home: Path) -> set[str]:
    return {str(path.relative_to(home)) for path in home.rglob("*")}


def test_the_desktop_file_is_valid(linux_folder: Path) -> None:
    path = linux_folder / "share" / "applications" / f"{APP_ID}.desktop"
    assert subprocess.check_output(["desktop-file-validate", path], text=True) == ""


def test_the_metainfo_is_valid_and_of_this_version(linux_folder: Path) -> None:
    path = linux_folder / "share" / "metainfo" / f"{APP_ID}.metainfo.xml"
    subprocess.run(["appstreamcli", "validate", "--no-net", path], check=True, capture_output=True)
    release = ET.parse(path).getroot().find("releases/release")
    assert release is not None
    assert release.attrib["version"] == __version__


def test_the_icon_is_there_in_each_size(linux_folder: Path) -> None:
    icons = linux_folder / "share" / "icons" / "hicolor"
    for size in (16, 22, 24, 32, 48, 64, 128, 256, 512):
        content = (icons / f"{size}x{size}" / "apps" / f"{APP_ID}.png").read_bytes()
        assert content[16:24] == size.to_bytes(4, "big") * 2  # as its header says
    assert (icons / "scalable" / "apps" / f"{APP_ID}.svg").is_file()


def test_an_installed_program_starts_by_its_command_and_its_entry(linux_folder: Path, home: Path) -> None:
    ran(linux_folder / "install.sh", home)
    command = home / ".local" / "bin" / "dataflow-desktop"
    assert __version__ in BuiltProgram(home, command).run("--version")
    entry = home / ".local/share/applications" / f"{APP_ID}.desktop"
    assert subprocess.check_output(["desktop-file-validate", entry], text=True) == ""
    started = next(
        line for line in entry.read_text(encoding="utf-8").splitlines() if line.startswith("Exec=")
    )
    assert started == f'Exec="{home}/.local/lib/dataflow-desktop/DataFlow" %f'


def test_taking_out_leaves_what_was_there_before(program: Path, home: Path) -> None:
    (home / ".local/share/applications").mkdir(parents=True)
    (home / ".local/share/applications/mine.desktop").write_text("[Desktop Entry]\n")
    data = home / ".local/share/DataFlow Desktop/jobs.db"
    data.parent.mkdir()
    data.write_bytes(b"jobs")
    before = everything_in(home)
    ran(program / "install.sh", home)
    assert len(everything_in(home)) > len(before) + 20
    words = ran(home / ".local/lib/dataflow-desktop/uninstall.sh", home)
    assert everything_in(home) == before
    assert str(data.parent) in words


def test_a_file_put_beside_the_program_survives_taking_out(program: Path, home: Path) -> None:
    ran(program / "install.sh", home)
    mine = home / ".local/lib/dataflow-desktop/mine.txt"
    mine.write_text("mine")
    ran(program / "uninstall.sh", home)
    assert mine.read_text() == "mine"
    assert [path for path in mine.parent.iterdir() if path != mine] == []


def test_a_newer_one_takes_the_place_of_the_older(program: Path, home: Path) -> None:
    (program / "old.txt").write_text("only the older one has it")
    ran(program / "install.sh", home)
    first = everything_in(home)
    (program / "old.txt").unlink()
    ran(program / "install.sh", home)
    assert first - everything_in(home) == {".local/lib/dataflow-desktop/old.txt"}
    ran(program / "uninstall.sh", home)
    assert everything_in(home) == {"Documents"}


@pytest.mark.parametrize("place", [".local/lib/dataflow-desktop/x", ".local/bin/dataflow-desktop"])
def test_what_is_not_ours_is_never_replaced(program: Path, home: Path, place: str) -> None:
    theirs = home / place
    theirs.parent.mkdir(parents=True)
    theirs.write_text("theirs")
    before = everything_in(home)
    done = script(program / "install.sh", home)
    assert done.returncode == 1
    assert "Nothing was changed." in done.stderr
    assert everything_in(home) == before


def test_taking_out_what_is_not_there_says_so(program: Path, home: Path) -> None:
    done = script(program / "uninstall.sh", home)
    assert done.returncode == 1
    assert "is not installed" in done.stderr

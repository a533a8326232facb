"""The executable in a person's home: put there, found by the desktop, taken out again."""

import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from dataflow_desktop import __version__
from dataflow_desktop.locations import APP_ID
from tests.build.built_program import BuiltProgram

SEARCHED = "/usr/bin:/bin"
INSTALLED = ".local/lib/dataflow-desktop"


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


def script(path: Path, home: Path | str, searched: str = SEARCHED) -> "subprocess.CompletedProcess[str]":
    environment = {"HOME": str(home), "PATH": searched}
    return subprocess.run(["/bin/sh", path], env=environment, capture_output=True, text=True, check=False)


def ran(path: Path, home: Path | str) -> str:
    done = script(path, home)
    assert done.returncode == 0, done.stderr
    return done.stdout


def killed(path: Path, home: Path, by: str, after: int) -> None:
    """Run a script that is killed when it calls the command `by` once more than `after` times."""
    folder = home.parent / f"{by} kills"
    folder.mkdir(exist_ok=True)
    counted = folder / "counted"
    counted.write_text("")
    (folder / by).write_text(
        f'#!/bin/sh\nprintf x >>"{counted}"\n'
        f'if [ "$(wc -c <"{counted}")" -gt {after} ]; then kill -KILL $PPID; exit 1; fi\n'
        f'exec /usr/bin/{by} "$@"\n'
    )
    (folder / by).chmod(0o755)
    done = script(path, home, f"{folder}:{SEARCHED}")
    assert done.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL), done.stderr


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


@pytest.mark.parametrize("is_there_first", [True, False])
def test_what_other_programs_open_is_told_after_taking_out(
    program: Path, home: Path, *, is_there_first: bool
) -> None:
    applications = home / ".local/share/applications"
    applications.mkdir(parents=True)
    if not is_there_first:
        ran(program / "install.sh", home)
    entry = "[Desktop Entry]\nType=Application\nName=Mine\nExec=mine\nMimeType=text/x-mine;\n"
    (applications / "mine.desktop").write_text(entry)
    subprocess.run(["update-desktop-database", applications], check=True)
    if is_there_first:
        ran(program / "install.sh", home)
    assert APP_ID in (applications / "mimeinfo.cache").read_text()
    ran(program / "uninstall.sh", home)
    assert (applications / "mimeinfo.cache").read_text() == "[MIME Cache]\ntext/x-mine=mine.desktop;\n"


def other_names(home: Path) -> list[str]:
    """Other paths to the same home."""
    link = home.parent / "a link"
    link.symlink_to(home)
    return [f"{home}/", str(link), f"{link}/"]


def test_the_installed_one_does_not_install_itself_by_whatever_path(program: Path, home: Path) -> None:
    ran(program / "install.sh", home)
    before = everything_in(home)
    for name in other_names(home):
        done = script(home / INSTALLED / "install.sh", name)
        assert (done.returncode, "installed program already" in done.stderr) == (1, True), name
        assert everything_in(home) == before, name


def test_a_home_is_the_same_by_whatever_path(program: Path, home: Path) -> None:
    ran(program / "install.sh", home)
    before = everything_in(home)
    for name in other_names(home):
        ran(program / "install.sh", name)
        assert everything_in(home) == before, name
    ran(program / "uninstall.sh", home)
    assert everything_in(home) == {"Documents"}


@pytest.mark.parametrize(("by", "after"), [("cp", 1), ("cp", 3), ("install", 2), ("sed", 4), ("ln", 0)])
def test_an_install_that_was_killed_is_begun_again(program: Path, home: Path, by: str, after: int) -> None:
    killed(program / "install.sh", home, by, after)
    ran(program / "install.sh", home)
    assert (home / ".local/bin/dataflow-desktop").is_symlink()
    ran(home / INSTALLED / "uninstall.sh", home)
    assert everything_in(home) == {"Documents"}


@pytest.mark.parametrize("after", [0, 5, 20])
def test_taking_out_that_was_killed_is_begun_again(program: Path, home: Path, after: int) -> None:
    ran(program / "install.sh", home)
    killed(home / INSTALLED / "uninstall.sh", home, "rm", after)
    ran(home / INSTALLED / "uninstall.sh", home)
    assert everything_in(home) == {"Documents"}


def test_empty_folders_left_over_are_used_again(program: Path, home: Path) -> None:
    ran(program / "install.sh", home)
    killed(program / "uninstall.sh", home, "rmdir", 0)
    assert not any(path.is_file() for path in home.rglob("*"))
    assert (home / INSTALLED / "share").is_dir()
    ran(program / "install.sh", home)
    ran(program / "uninstall.sh", home)
    assert not (home / INSTALLED).exists()


def test_the_command_of_one_that_was_deleted_is_replaced(program: Path, home: Path) -> None:
    ran(program / "install.sh", home)
    shutil.rmtree(home / INSTALLED)
    ran(program / "install.sh", home)
    assert (home / ".local/bin/dataflow-desktop").readlink() == home / INSTALLED / "DataFlow"


def test_taking_out_what_is_not_there_says_so(program: Path, home: Path) -> None:
    done = script(program / "uninstall.sh", home)
    assert done.returncode == 1
    assert "is not installed" in done.stderr

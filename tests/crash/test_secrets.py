"""A password in a database URL is kept nowhere and said nowhere."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.program import ENDING_SECONDS, Program, read_event

CANARY = "c4n4ry-Pa55"

URLS = (
    f"postgresql://somebody:{CANARY}@127.0.0.1:1/shop",
    f"mysql+pymysql://somebody:{CANARY}@127.0.0.1:1/shop",
    f"postgresql://somebody:{CANARY}@[broken/shop",
    f"nonsense://somebody:{CANARY}@127.0.0.1/shop",
)


def contents_below(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """Yield every file below `folder`: job store, log, settings, sidecars, manifests."""
    for path in folder.rglob("*"):
        if path.is_file():
            yield path, path.read_bytes()


def see_no_canary(*folders: Path) -> None:
    for folder in folders:
        leaks = [path for path, content in contents_below(folder) if CANARY.encode() in content]
        assert leaks == []


@pytest.mark.parametrize("url", URLS)
@pytest.mark.parametrize("progress", ["json", "none"])
def test_a_refused_url_leaves_its_password_nowhere(
    program: Program, tmp_path: Path, url: str, progress: str
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    for command in (
        ["export", url, "products", "-o", str(out / "all.csv"), "--progress", progress],
        ["tables", url],
    ):
        process = program.start(*command)
        output, errors = process.communicate(timeout=ENDING_SECONDS)
        assert process.returncode in {2, 3}  # no such address, or nobody there
        assert CANARY not in output + errors
    see_no_canary(program.home, out)


def test_an_export_by_url_keeps_its_password_nowhere(
    program: Program, small_catalogue: Path, tmp_path: Path
) -> None:
    url = f"sqlite:///{small_catalogue}?password={CANARY}"
    target = tmp_path / "out" / "all.csv"
    target.parent.mkdir()
    steps = ("--chunk-rows", "500", "--checkpoint-seconds", "0", "--throttle-ms", "300", "--progress", "json")
    process = program.start("export", url, "products", "-o", str(target), *steps)
    assert read_event(process.stdout)["event"] == "started"
    see_no_canary(program.home, target.parent)  # while job, part file and sidecar are there
    process.kill()
    process.communicate()
    program.run("resume", "--all")
    assert CANARY not in program.run("jobs", "--json")
    see_no_canary(program.home, target.parent)


def test_the_reader_process_is_told_nothing_by_its_arguments(
    program: Program, large_catalogue: Path, tmp_path: Path
) -> None:
    target = tmp_path / "all.csv"
    rests = ("--throttle-ms", "50", "--chunk-rows", "1000", "--progress", "json")
    where = ("--where", "name", "!=", CANARY)
    process = program.start("export", str(large_catalogue), "products", "-o", str(target), *where, *rests)
    assert read_event(process.stdout)["event"] == "started"
    assert read_event(process.stdout)["event"] == "progress"  # by then somebody has read
    readers = children_of(process.pid)
    assert len(readers) == 1
    assert CANARY not in readers[0]
    assert str(large_catalogue) not in readers[0]


def children_of(pid: int) -> list[str]:
    """Return the command lines of the children of a process."""
    lists = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    return [Path(f"/proc/{child}/cmdline").read_text() for child in " ".join(lists).split()]


def test_the_window_says_and_keeps_no_password(program: Program) -> None:
    script = (
        "import sys\n"
        "from PySide6.QtCore import QTimer\n"
        "from PySide6.QtWidgets import QLabel, QWidget\n"
        "from dataflow_desktop.app.program import Program\n"
        "program = Program(sys.argv[:1])\n"
        "program.window.show()\n"
        "program.start(sys.argv[1])\n"
        "def look():\n"
        "    texts = [label.text() for label in program.window.findChildren(QLabel)]\n"
        "    tips = [part.toolTip() for part in program.window.findChildren(QWidget)]\n"
        "    print(program.window.windowTitle(), *texts, *tips)\n"
        "    program.window.close()\n"
        "QTimer.singleShot(2500, look)\n"
        "program.application.exec()\n"
        "program.shut_down()\n"
    )
    process = subprocess.run(
        [sys.executable, "-c", script, URLS[0]],
        env={**os.environ, "DATAFLOW_HOME": str(program.home), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=ENDING_SECONDS,
        check=True,
    )
    assert "postgresql" in process.stdout
    assert CANARY not in process.stdout + process.stderr
    see_no_canary(program.home)

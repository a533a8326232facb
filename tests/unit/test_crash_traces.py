"""A process that crashes leaves a trace, and who asks for it hears of it once."""

import subprocess
import sys
from pathlib import Path

import pytest

from dataflow_desktop import locations
from dataflow_desktop.crash_traces import MOST_BYTES, ProcessKind, last_traces, take_traces
from tests.program import Program

CRASH = """
import faulthandler, sys
from dataflow_desktop.crash_traces import ProcessKind, watch_for_crashes

def where_it_happened():
    faulthandler._sigsegv()

watch_for_crashes(ProcessKind(sys.argv[1]))
where_it_happened()
"""


def crash(kind: ProcessKind) -> None:
    process = subprocess.run(
        [sys.executable, "-c", CRASH, kind], check=False, capture_output=True, text=True, timeout=60
    )
    assert process.returncode != 0
    assert "Fatal" not in process.stderr


def test_a_crash_is_heard_of_once_and_kept() -> None:
    assert take_traces(ProcessKind.WINDOW) == ""
    crash(ProcessKind.WINDOW)
    traces = take_traces(ProcessKind.WINDOW)
    assert "Segmentation fault" in traces or "access violation" in traces
    assert "where_it_happened" in traces
    assert take_traces(ProcessKind.WINDOW) == ""
    assert last_traces(ProcessKind.WINDOW) == traces


def test_kinds_of_processes_are_told_apart() -> None:
    crash(ProcessKind.READER)
    assert take_traces(ProcessKind.WINDOW) == take_traces(ProcessKind.COMMAND) == ""
    assert "where_it_happened" in take_traces(ProcessKind.READER)


def test_two_crashes_are_both_kept_until_somebody_asks() -> None:
    crash(ProcessKind.WINDOW)
    crash(ProcessKind.WINDOW)
    assert take_traces(ProcessKind.WINDOW).count("where_it_happened") == 2


def test_traces_that_nobody_takes_do_not_grow_without_end(home: Path) -> None:
    path = locations.crash_path(ProcessKind.COMMAND)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"x" * (MOST_BYTES + 1))
    crash(ProcessKind.COMMAND)
    assert path.stat().st_size < MOST_BYTES


def test_a_log_folder_that_cannot_be_written_keeps_nobody_from_working(home: Path) -> None:
    home.write_text("no folder")
    assert take_traces(ProcessKind.WINDOW) == ""
    script = "from dataflow_desktop.crash_traces import *; watch_for_crashes(ProcessKind.WINDOW)"
    assert subprocess.run([sys.executable, "-c", script], check=False, timeout=60).returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
def test_commands_and_readers_watch_for_crashes(home: Path, catalogue: Path, tmp_path: Path) -> None:
    import signal

    command = Program(home).start(
        "export", str(catalogue), "products", "-o", str(tmp_path / "a.csv"), "--throttle-ms", "500"
    )
    crash_log = locations.crash_path(ProcessKind.COMMAND)
    while not (home / "jobs.db").exists():
        assert command.poll() is None
    command.send_signal(signal.SIGSEGV)
    command.communicate(timeout=60)
    assert command.returncode == -signal.SIGSEGV
    assert "Segmentation fault" in crash_log.read_text()

    reader = subprocess.Popen(
        [sys.executable, "-m", "dataflow_desktop", "--reader-process", "file"], stdin=subprocess.PIPE
    )
    with reader:
        while not locations.crash_path(ProcessKind.READER).exists():
            assert reader.poll() is None
        reader.communicate(b"", timeout=60)
    assert reader.returncode == 0


@pytest.mark.parametrize(
    ("trace", "is_crash"),
    [
        ("Windows fatal exception: code 0x8001010d\n\nThread 0x00000b2c:\n", False),
        ("Windows fatal exception: access violation\n\nThread 0x00000b2c:\n", True),
        ("Fatal Python error: Aborted\n", True),
    ],
)
def test_what_a_healthy_program_handles_later_is_no_crash(trace: str, is_crash: bool) -> None:
    path = locations.crash_path(ProcessKind.WINDOW)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(trace, encoding="utf-8")
    assert (take_traces(ProcessKind.WINDOW) == trace) is is_crash
    assert path.stat().st_size == 0

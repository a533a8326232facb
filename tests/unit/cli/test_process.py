"""The command line as a real process: signals, pipes, encodings."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.program import ENDING_SECONDS, Program, parts_in, read_event
from tests.unit.databases import make_database

SLOW = ("--progress", "json", "--chunk-rows", "50", "--checkpoint-seconds", "0", "--throttle-ms", "20")


@pytest.fixture
def undisturbed(program: Program, catalogue: Path, tmp_path: Path) -> bytes:
    target = tmp_path / "undisturbed.csv"
    program.run("export", str(catalogue), "products", "-o", str(target))
    return target.read_bytes()


def run_with(
    program: Program, variables: dict[str, str], *arguments: str
) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [sys.executable, "-m", "dataflow_desktop", *arguments],
        env={**os.environ, "DATAFLOW_HOME": str(program.home), **variables},
        capture_output=True,
        check=False,
        timeout=ENDING_SECONDS,
    )


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_in_a_checkpoint_and_the_rest_follows_later(
    program: Program, catalogue: Path, folder: Path, undisturbed: bytes, number: signal.Signals
) -> None:
    target = folder / "out.csv"
    process = program.start("export", str(catalogue), "products", "-o", str(target), *SLOW)
    started = read_event(process.stdout)
    assert read_event(process.stdout)["event"] == "progress"
    process.send_signal(number)
    output, errors = process.communicate(timeout=ENDING_SECONDS)
    assert process.returncode == 6, errors
    assert '"event": "paused"' in output.splitlines()[-1]
    assert "Traceback" not in errors
    (paused, _) = program.jobs()
    assert (paused["id"], paused["state"]) == (started["job"], "PAUSED")
    assert 0 < paused["durable_rows"] < 1000
    assert not target.exists()
    program.run("resume", "--all")
    assert target.read_bytes() == undisturbed
    assert parts_in(folder) == []


def test_a_cancel_from_another_process_is_obeyed(program: Program, catalogue: Path, folder: Path) -> None:
    # Slow enough for another process to start meanwhile.
    slow = ("--progress", "json", "--chunk-rows", "2", "--checkpoint-seconds", "0", "--throttle-ms", "20")
    process = program.start("export", str(catalogue), "products", "-o", str(folder / "out.csv"), *slow)
    started = read_event(process.stdout)
    assert read_event(process.stdout)["event"] == "progress"
    program.run("cancel", started["job"])
    _, errors = process.communicate(timeout=ENDING_SECONDS)
    assert "Traceback" not in errors
    assert list(folder.iterdir()) == []
    assert [job["state"] for job in program.jobs()] == ["CANCELLED"]
    assert process.returncode != 0, "0 is promised for an export that is done"


def test_a_reader_that_goes_away_pauses_the_export(
    program: Program, catalogue: Path, folder: Path, undisturbed: bytes
) -> None:
    process = program.start("export", str(catalogue), "products", "-o", str(folder / "out.csv"), *SLOW)
    assert process.stdout is not None
    assert process.stderr is not None
    read_event(process.stdout)
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    assert process.wait(ENDING_SECONDS) == 6
    assert "Traceback" not in errors
    assert "BrokenPipe" not in errors
    program.run("resume", "--all")
    assert (folder / "out.csv").read_bytes() == undisturbed


def test_a_list_whose_reader_goes_away_ends_without_a_traceback(program: Program, tmp_path: Path) -> None:
    # Together more than a pipe holds.
    tables = [f"CREATE TABLE t{number:03}_{'x' * 2000} (id INTEGER PRIMARY KEY)" for number in range(100)]
    path = make_database(tmp_path / "many.db", *tables)
    process = program.start("tables", str(path))
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline().startswith("NAME")
    process.stdout.close()
    assert process.stderr.read() == ""
    process.stderr.close()
    process.wait(ENDING_SECONDS)


def test_a_signal_during_another_command_leaves_no_traceback_and_no_file(
    program: Program, folder: Path
) -> None:
    process = program.start("demo", str(folder / "large.db"), "--rows", "50000000")
    while not parts_in(folder):
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=ENDING_SECONDS)
    assert process.returncode != 0
    assert "Traceback" not in errors
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_lists_are_printed_where_the_output_has_few_letters(
    program: Program, catalogue: Path, folder: Path, encoding: str
) -> None:
    program.run("export", str(catalogue), "products", "-o", str(folder / "größe😀.csv"))
    variables = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    for arguments in (("jobs", "--json"), ("jobs",)):
        ended = run_with(program, variables, *arguments)
        assert ended.returncode == 0, ended.stderr
        assert b".csv" in ended.stdout


def test_wrong_things_end_with_their_codes_in_a_process_too(
    program: Program, catalogue: Path, folder: Path
) -> None:
    target = folder / "taken.csv"
    target.touch()
    for code, arguments in (
        (2, ("export", str(catalogue), "products")),
        (3, ("export", "none.db", "products", "-o", "out.csv")),
        (4, ("export", str(catalogue), "products", "-o", "none/out.csv")),
        (5, ("export", str(catalogue), "products", "-o", str(target))),
    ):
        ended = run_with(program, {}, *arguments)
        assert ended.returncode == code
        assert ended.stdout == b""
        assert len(ended.stderr.splitlines()) == 2
    assert list(folder.iterdir()) == [target]

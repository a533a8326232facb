"""What the smoke test does with processes of the program itself: load, export, kill, resume, verify."""

import hashlib
import json
import subprocess
from pathlib import Path

from dataflow_desktop.export.reader_process import program_command
from dataflow_desktop.export.reader_protocol import FILE, READER_ARGUMENT, SERVER

ROWS = 40_000
KILLED_AT = ROWS // 4
SLOWLY = ("--chunk-rows", "2000", "--throttle-ms", "30", "--checkpoint-seconds", "0.05")
TABLE = "products"
SECONDS = 120


class NotSoError(Exception):
    """What did not come true."""


def load_readers() -> None:
    """Let reader processes load what they read with; without it exports would go on, but slower."""
    for likely in (FILE, SERVER):
        _run(READER_ARGUMENT, likely)


def kill_and_resume(folder: Path) -> int:
    """Kill an export in the middle and resume it; return the row at which it went on.

    Raises NotSoError unless it ends in the bytes of an undisturbed one.
    """
    source = folder.parent / "killed.db"
    undisturbed, killed = folder / "undisturbed.csv", folder / "killed.csv"
    _run("demo", str(source), "--rows", str(ROWS))
    _run("export", str(source), TABLE, "-o", str(undisturbed))
    _kill_in_the_middle("export", str(source), TABLE, "-o", str(killed), *SLOWLY, "--progress", "json")
    if killed.exists():
        raise NotSoError("the export was whole before it was killed")
    first, *_ = _run("resume", "--all", "--progress", "json").splitlines()
    resumed_rows = int(json.loads(first).get("resumed_rows", 0))
    if not KILLED_AT <= resumed_rows < ROWS:
        raise NotSoError(f"the export went on at row {resumed_rows}")
    if _sha256(undisturbed) != _sha256(killed):
        raise NotSoError("the resumed file differs from the undisturbed one")
    return resumed_rows


def verify_all(folder: Path) -> None:
    """Compare every file in `folder` with what was exported; raises NotSoError."""
    _run("verify", str(folder))


def _kill_in_the_middle(*arguments: str) -> None:
    with subprocess.Popen(
        [*program_command(), *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
    ) as process:
        for line in process.stdout or ():
            if json.loads(line).get("durable_rows", 0) >= KILLED_AT:
                break
        process.kill()


def _run(*arguments: str) -> str:
    try:
        done = subprocess.run(
            [*program_command(), *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        raise NotSoError(f"not in time: {arguments[0]}") from error
    if done.returncode != 0:
        words = done.stderr.decode(errors="replace")
        raise NotSoError(f"{arguments[0]} ended with {done.returncode}: {words}")
    return done.stdout.decode()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

"""How soon a job with a 2 GB prefix writes new rows, against `sha256sum` over that prefix."""

import argparse
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench._data import FOLDER, bring_into_cache, long_text
from tests.bench._figures import Figure, machine, print_figures

PREFIX_BYTES = 2_000_000_000
ROWS = 1_200_000
"""Of 2 kB each: some are left to be written after the prefix."""

RUNS = 5
MOST_TIMES = 1.3


def main() -> None:
    """Measure in turns, print the table, and write the figures where --json says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    source = long_text(ROWS)
    with TemporaryDirectory(dir=FOLDER) as name:
        folder = Path(name)
        _stop_after_prefix(source, folder)
        ours, theirs = [], []
        for _ in range(RUNS):
            part = _cut_to_checkpoint(folder)
            bring_into_cache(part)
            theirs.append(_seconds_of_digest(part))
            ours.append(_seconds_to_new_rows(folder))
    ratio = statistics.median(ours) / statistics.median(theirs)
    sys.stdout.write(f"{machine()}\n")
    print_figures(
        [
            Figure("sha256sum over 2 GB", statistics.median(theirs), "s"),
            Figure("resume to the first new rows", statistics.median(ours), "s"),
            Figure("resume against sha256sum", ratio, "x", bar=MOST_TIMES, at_most=True),
        ],
        arguments.json,
    )


def _stop_after_prefix(source: Path, folder: Path) -> None:
    target = str(folder / "texts.csv")
    process = _started(folder, "export", str(source), "texts", "-o", target)
    for line in process.stdout or ():
        event = json.loads(line)
        if event["event"] == "progress" and event["bytes"] > PREFIX_BYTES * 1.05:
            break
    process.kill()
    process.communicate()


def _cut_to_checkpoint(folder: Path) -> Path:
    """Leave what is saved: this is what a resume verifies."""
    with closing(sqlite3.connect(folder / "home" / "jobs.db")) as connection:
        (size,) = connection.execute("SELECT max(bytes) FROM checkpoints").fetchone()
    part = next(folder.glob(".*.part"))
    os.truncate(part, size)
    return part


def _seconds_of_digest(part: Path) -> float:
    started = time.perf_counter()
    subprocess.run(["sha256sum", str(part)], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def _seconds_to_new_rows(folder: Path) -> float:
    started = time.perf_counter()
    process = _started(folder, "resume", "--all")
    resumed_rows = rows = 0
    while rows <= resumed_rows:
        event = json.loads((process.stdout or sys.stdin).readline())
        resumed_rows = event.get("resumed_rows", resumed_rows)
        rows = event.get("rows", 0)
    seconds = time.perf_counter() - started
    process.kill()
    process.communicate()
    return seconds


def _started(folder: Path, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "dataflow_desktop", *arguments, "--progress", "json"],
        env={**os.environ, "DATAFLOW_HOME": str(folder / "home")},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


if __name__ == "__main__":
    main()

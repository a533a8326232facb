"""How soon the window is painted, and rows are in it, against a bare PySide6 window started the same way.

Processes in turns, each from its start by the system's clock: a window with nothing in it, then the program
with the product catalogue of 100,000 rows already made, which notes both moments itself (see
`ui.start_times`). From source, and also built where `dev.py build` has made dist/DataFlow: then against a
bare window that PyInstaller made into a folder, too. The first round makes everything warm and is not
counted; a figure is the ratio of the medians.

Without a screen, so that no display server's time is in it; QT_QPA_PLATFORM=xcb measures on the screen.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from dataflow_desktop.locations import HOME_VARIABLE
from dataflow_desktop.ui.start_times import PAINTED, ROWS, VARIABLE
from tests.bench import _data
from tests.bench._figures import Figure, machine, print_figures

CATALOGUE_ROWS = 100_000
ROUNDS = 25
PATIENCE_SECONDS = 60.0
LOOK_SECONDS = 0.01

MOST_PAINT, MOST_ROWS = 1.6, 3.5

ROOT = Path(__file__).resolve().parents[2]
BARE_SOURCE = Path(__file__).with_name("_bare_window.py")
SUFFIX = ".exe" if os.name == "nt" else ""
BUILT = ROOT / "dist" / "DataFlow" / f"DataFlow{SUFFIX}"
BUILT_BARE = _data.FOLDER / "bare-window"


@dataclass(frozen=True)
class Pair:
    """A bare window and the program, started the same way."""

    words: str
    bare: Sequence[str]
    program: Sequence[str]


@dataclass(frozen=True)
class Moment:
    """When something was on the screen, since the process was started, and the CPU time until then."""

    seconds: float
    cpu_seconds: float


Moments = Mapping[str, Moment]


def main() -> None:
    """Measure, print the table, and write the figures where --json says."""
    arguments = _arguments()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # a warm start has its modules compiled
    pairs = list(_pairs())
    with TemporaryDirectory(dir=_data.FOLDER) as name:
        home = Path(name)
        shutil.copy(_data.products(CATALOGUE_ROWS), home / "products.db")
        rounds = []
        for number in range(arguments.rounds + 1):
            sys.stderr.write(f"Round {number} of {arguments.rounds}: {machine()}\n")
            rounds.append([(_started(pair.bare, home, 1), _started(pair.program, home, 2)) for pair in pairs])
    figures = []
    for pair, moments in zip(pairs, zip(*rounds[1:], strict=True), strict=True):
        bare, program = zip(*moments, strict=True)
        figures += _figures(pair.words, bare, program)
    print_figures(figures, arguments.json)


def _pairs() -> "list[Pair]":
    python = [sys.executable, "-m"]
    pairs = [Pair("source", [*python, f"tests.bench.{BARE_SOURCE.stem}"], [*python, "dataflow_desktop"])]
    if BUILT.exists():
        pairs.append(Pair("built", [str(_built_bare())], [str(BUILT)]))
    else:
        sys.stderr.write("Only from source: `python3 dev.py build` has not made dist/DataFlow.\n")
    return pairs


def _built_bare() -> Path:
    """Return the bare window as PyInstaller makes it, of the same code as the one from source."""
    name = "bare"
    program = BUILT_BARE / name / f"{name}{SUFFIX}"
    if program.exists() and program.stat().st_mtime > BARE_SOURCE.stat().st_mtime:
        return program
    shutil.rmtree(BUILT_BARE, ignore_errors=True)
    options = ["--noconfirm", "--onedir", "--log-level=ERROR", f"--name={name}", f"--distpath={BUILT_BARE}"]
    with TemporaryDirectory() as work:
        folders = [f"--workpath={work}", f"--specpath={work}"]
        command = [sys.executable, "-m", "PyInstaller", *options, *folders, str(BARE_SOURCE)]
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=sys.stderr)
    return program


def _started(command: Sequence[str], home: Path, moments: int) -> Moments:
    """Return so many moments of a process, which is ended then."""
    times = home / "times"
    times.unlink(missing_ok=True)
    environment = {**os.environ, VARIABLE: str(times), HOME_VARIABLE: str(home)}
    began = time.monotonic()
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL)
    try:
        lines = _lines(times, moments, process)
    finally:
        process.terminate()
        process.wait(PATIENCE_SECONDS)
    return {name: Moment(float(at) - began, float(cpu)) for name, at, cpu in map(str.split, lines)}


def _lines(times: Path, count: int, process: "subprocess.Popen[bytes]") -> list[str]:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        lines = times.read_text(encoding="utf-8").splitlines() if times.exists() else []
        if len(lines) == count:
            return lines
        if process.poll() not in {None, 0}:
            break
        time.sleep(LOOK_SECONDS)
    sys.exit(f"not in time: {process.args!r}")


def _figures(words: str, bare: Sequence[Moments], program: Sequence[Moments]) -> list[Figure]:
    figures = []
    least = median(moments[PAINTED].seconds for moments in bare)
    least_cpu = median(moments[PAINTED].cpu_seconds for moments in bare)
    figures.append(Figure(f"{words}: a bare window", least * 1000, "ms"))
    for moment, name, most in (
        (PAINTED, "first paint of the window", MOST_PAINT),
        (ROWS, "rows of the catalogue in the table", MOST_ROWS),
    ):
        seconds = median(moments[moment].seconds for moments in program)
        cpu = median(moments[moment].cpu_seconds for moments in program)
        figures += [
            Figure(f"{words}: {name}", seconds * 1000, "ms"),
            Figure(f"{words}: {name}, against a bare window", seconds / least, "×", most, at_most=True),
            Figure(f"{words}: the same in CPU time", cpu / least_cpu, "×"),
        ]
    return figures


class Arguments(argparse.Namespace):
    """What was asked for."""

    json: Path | None
    rounds: int


def _arguments() -> Arguments:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures that have a bar")
    parser.add_argument("--rounds", type=int, default=ROUNDS, metavar="N", help="counted (%(default)s)")
    return parser.parse_args(namespace=Arguments())


if __name__ == "__main__":
    main()

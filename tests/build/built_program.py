"""Starts the executable of dist/ with an environment in which no Python is to be found."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.program import note_started

DIST = Path(__file__).resolve().parents[2] / "dist"
FOLDER = DIST / "DataFlow"
PROGRAM = {
    "win32": FOLDER / "dataflow-desktop.exe",
    "darwin": DIST / "DataFlow.app" / "Contents" / "MacOS" / "DataFlow",
}.get(sys.platform, FOLDER / "DataFlow")

SECONDS = 240.0
"""A smoke test takes 10 s, on a machine with much else to do ten times that."""

_NEEDED_BY_WINDOWS = ("SYSTEMROOT", "APPDATA", "LOCALAPPDATA", "USERPROFILE")


@dataclass(frozen=True)
class BuiltProgram:
    """The executable with a home of its own."""

    home: Path
    program: Path = PROGRAM

    def environment(self, **more: str) -> dict[str, str]:
        """Return all that it is told: where home and temporary files are, and `more`."""
        places = {"HOME": str(self.home), "TMPDIR": str(self.home), "TEMP": str(self.home)}
        needed = {name: os.environ[name] for name in _NEEDED_BY_WINDOWS if name in os.environ}
        return {**needed, **places, **more}

    def run(self, *arguments: str, **more: str) -> str:
        """Run to a good end, from the folder that is its home, and return standard output."""
        done = subprocess.run(
            [self.program, *arguments],
            check=False,
            cwd=self.home,
            env=self.environment(**more),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=SECONDS,
        )
        assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
        return done.stdout

    def start(self, *arguments: str, **more: str) -> "subprocess.Popen[str]":
        """Start it with a pipe to its input; it ends with the test."""
        process = subprocess.Popen(
            [self.program, *arguments],
            cwd=self.home,
            env=self.environment(**more),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        note_started(process)
        return process

    @property
    def log(self) -> str:
        """What it wrote into its log."""
        return "".join(path.read_text(encoding="utf-8") for path in self.home.rglob("dataflow-desktop.log"))

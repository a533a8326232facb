"""The command line as a person runs it, in a process that can be killed."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

ENDING_SECONDS = 60.0

PROGRAM = ("-m", "dataflow_desktop")
"""What Python runs when it runs the program."""

_started: "list[subprocess.Popen[str]]" = []


def note_started(process: "subprocess.Popen[str]") -> None:
    """Let `end_what_was_started` know of a process."""
    _started.append(process)


def end_what_was_started() -> None:
    """Kill every process that a test started and left running."""
    while _started:
        process = _started.pop()
        if process.poll() is None:
            process.kill()
            process.communicate()


@dataclass(frozen=True)
class Program:
    """The program with a home of its own."""

    home: Path

    @property
    def environment(self) -> dict[str, str]:
        """What tells a process of its home."""
        return {**os.environ, "DATAFLOW_HOME": str(self.home)}

    def start(self, *arguments: str, launcher: Sequence[str] = PROGRAM) -> "subprocess.Popen[str]":
        """Start a process that runs `arguments`."""
        process = subprocess.Popen(
            [sys.executable, *launcher, *arguments],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        note_started(process)
        return process

    def run(self, *arguments: str) -> str:
        """Run `arguments` to a good end and return standard output."""
        process = self.start(*arguments)
        output, errors = process.communicate(timeout=ENDING_SECONDS)
        assert process.returncode == 0, errors
        return output

    def jobs(self) -> list[dict[str, Any]]:
        """Return what `jobs --json` lists."""
        listed: list[dict[str, Any]] = json.loads(self.run("jobs", "--json"))
        return listed


def read_event(stream: "IO[str] | None") -> dict[str, Any]:
    """Return the next event of `--progress json`, empty at the end of the stream."""
    assert stream is not None
    line = stream.readline()
    event: dict[str, Any] = json.loads(line) if line.endswith("\n") else {}
    return event


def parts_in(folder: Path) -> list[Path]:
    """Return the part files in `folder`, and what stands beside them."""
    return sorted(folder.glob(".*.part*"))

"""A window in a process of its own, as a test sees it."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.program import note_started

ROOT = Path(__file__).parents[2]
ENDING_SECONDS = 60.0

Shown = dict[str, Any]


class WatchedWindow:
    """What `window_process` says of itself; `states` has all of it, the oldest first."""

    def __init__(self, home: Path, *arguments: str, **environment: str) -> None:
        self.states: list[Shown] = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.gui.window_process", *arguments],
            cwd=ROOT,
            env=_environment(home, environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        note_started(self.process)

    def wait(self, is_so: Callable[[Shown], bool]) -> Shown:
        """Wait until the window shows what `is_so` says; the test's own time limit is the end of it."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.states.append(json.loads(line))
            if is_so(self.states[-1]):
                return self.states[-1]
        assert self.process.stderr is not None
        raise AssertionError(f"{self.states[-1:]}\n{self.process.stderr.read()}")

    def quit(self) -> int:
        """Quit as a person does, hear all it still says, and return the exit code."""
        output, _ = self.process.communicate(timeout=ENDING_SECONDS)
        self.states += map(json.loads, output.splitlines())
        return self.process.returncode

    def die(self, number: int) -> None:
        """Let a signal end it."""
        self.process.send_signal(number)
        self.quit()


def start_second(home: Path, *arguments: str, folder: Path = ROOT) -> "tuple[int, float]":
    """Start the program itself, and return its exit code and how many seconds it took."""
    begin = time.monotonic()
    process = subprocess.run(
        [sys.executable, "-m", "dataflow_desktop", *arguments],
        cwd=folder,
        env=_environment(home, {}),
        check=False,
        capture_output=True,
        text=True,
        timeout=ENDING_SECONDS,
    )
    assert process.stderr == ""
    return process.returncode, time.monotonic() - begin


@contextmanager
def window_of(home: Path, *arguments: str, **environment: str) -> Iterator[WatchedWindow]:
    """A window that is quit at the end, and must end well."""
    window = WatchedWindow(home, *arguments, **environment)
    yield window
    assert window.quit() == 0


def _environment(home: Path, more: dict[str, str]) -> dict[str, str]:
    path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    return {**os.environ, "DATAFLOW_HOME": str(home), "PYTHONPATH": path, **more}

"""Runs a process to its end: how long it took, and how much memory it and its children held."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import Self

import psutil

SAMPLE_SECONDS = 0.05

SAMPLES_BETWEEN_LOOKS = 10
"""To look for children costs 3 ms, for it reads the whole process table."""


@dataclass(frozen=True)
class Run:
    """What one process took, start to end; `cpu_seconds` are its own and its children's, on all cores.

    `peak_bytes` is the highest sum of the resident memory (RSS) of the process and its children. Pages that
    two of them share count twice: never too small a figure, and cheap enough not to slow them, while PSS
    takes 3 ms for 200 MB. `largest_bytes` is the highest RSS of any one of them, as the system noted it.
    """

    seconds: float
    cpu_seconds: float
    peak_bytes: int
    largest_bytes: int


def run_process(command: Sequence[str], environment: Mapping[str, str], output: Path) -> Run:
    """Run `command`, its standard output into `output`; a command that fails ends the benchmark."""
    with output.open("wb") as sink, TemporaryFile() as errors:
        whole_environment = {**os.environ, **environment}
        started = time.perf_counter()
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=sink, stderr=errors, env=whole_environment
        )
        with _MemoryWatch(process.pid) as watch:
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            errors.seek(0)
            sys.exit(f"exit code {process.returncode}: {' '.join(command)}\n{errors.read().decode()}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, watch.peak_bytes, usage.ru_maxrss * 1024)


class _MemoryWatch:
    """Samples, while it is open, what a process and its children hold."""

    def __init__(self, process_id: int) -> None:
        self.peak_bytes = 0
        self._root = psutil.Process(process_id)
        self._has_ended = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._has_ended.set()
        self._thread.join()

    def _watch(self) -> None:
        family = [self._root]
        samples = 0
        while not self._has_ended.wait(SAMPLE_SECONDS):
            if samples % SAMPLES_BETWEEN_LOOKS == 0:
                with suppress(psutil.Error):  # it has just ended
                    family = [self._root, *self._root.children(recursive=True)]
            samples += 1
            self.peak_bytes = max(self.peak_bytes, sum(map(_resident_bytes, family)))


def _resident_bytes(process: psutil.Process) -> int:
    try:
        return process.memory_info().rss
    except psutil.Error:
        return 0

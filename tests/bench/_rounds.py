"""Processes in turns (A B C A B C …), so that whatever else the machine does meets all of them alike."""

import sys
import time
from collections.abc import Callable, Iterable
from typing import TypeVar

from tests.bench._figures import machine
from tests.bench._processes import Run

Subject = TypeVar("Subject")


def run_in_turns(
    subjects: Iterable[Subject], run: Callable[[Subject], Run], most_rounds: int, most_seconds: float
) -> dict[Subject, list[Run]]:
    """Run every subject once in each round; no round begins that would last beyond `most_seconds`."""
    runs: dict[Subject, list[Run]] = {subject: [] for subject in subjects}
    started = time.monotonic()
    for done in range(most_rounds):
        passed = time.monotonic() - started
        if done and passed * (done + 1) / done > most_seconds:
            sys.stderr.write(f"Only {done} rounds: another would not be done in {most_seconds:.0f} s.\n")
            break
        sys.stderr.write(f"Round {done + 1} of {most_rounds}, after {passed:.0f} s: {machine()}\n")
        for subject, so_far in runs.items():
            so_far.append(run(subject))
    return runs

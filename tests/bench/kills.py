"""Exports killed again and again at random: how many end in the bytes of an undisturbed one.

`--runs N` exports, up to five SIGKILLs in each; `--seed S --only K` repeats one of them alone. What must hold
after each kill stands in `tests.crash.kill_campaign`. A run that fails says so on standard error at once, and
its files are kept.
"""

import argparse
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.bench._figures import Figure, machine, print_figures
from tests.crash.forks import forks_ready
from tests.crash.kill_campaign import Campaign, Outcome, Place
from tests.program import end_what_was_started

RUNS = 50
SAY_EVERY = 10


def ran(campaign: Campaign, numbers: Iterable[int]) -> list[Outcome]:
    """Run the campaign's runs of these numbers, and say what comes of them on standard error."""
    outcomes = []
    for number in numbers:
        outcome = campaign.run(number)
        outcomes.append(outcome)
        if outcome.broken:
            sys.stderr.write(f"{outcome.broken}\n")
        elif len(outcomes) % SAY_EVERY == 0:
            sys.stderr.write(f"{len(outcomes)} runs\n")
        sys.stderr.flush()
    return outcomes


def figures_of(outcomes: Sequence[Outcome], seconds: float) -> list[Figure]:
    """Return what the runs amount to."""
    kills = sum((outcome.kills for outcome in outcomes), Counter[Place]())
    identical = sum(not outcome.broken for outcome in outcomes)
    return [
        Figure("kills: runs", len(outcomes), "exports"),
        Figure("kills: seconds", seconds, "s"),
        Figure("kills: all", kills.total(), "SIGKILLs"),
        *(Figure(f"kills: {place.value}", kills[place], "SIGKILLs") for place in Place),
        Figure("kills: left a reader, gone soon", sum(outcome.orphans for outcome in outcomes), "processes"),
        Figure("kills: identical files", identical, "files", bar=len(outcomes)),
    ]


def main() -> None:
    """Run the campaign, print the table, and write the figures where --json says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, metavar="K", help="no run but the one of this number")
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    numbers = range(arguments.runs) if arguments.only is None else [arguments.only]
    begun = time.monotonic()
    with forks_ready() as forks:
        try:
            outcomes = ran(Campaign(folder, arguments.seed, forks), numbers)
        finally:
            end_what_was_started()
    print(f"seed {arguments.seed}, {machine()}")
    print_figures(figures_of(outcomes, time.monotonic() - begun), arguments.json)
    if any(outcome.broken for outcome in outcomes):
        print(f"The files of broken runs are in {folder}.")
    else:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()

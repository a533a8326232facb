"""Speed and memory of exports, against rivals and against ourselves.

Whole processes, in turns (A B C A B C …), the databases in the system's cache and on the disk that the files
go to; ratios are those of medians. Start-up is the time of an export of one row, taken off where a figure
says so; one row needs no reader process, so a part of our own start stays in.

The bars are those of issue 3 and mean the default sizes.
"""

import argparse
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.bench import _data
from tests.bench._contenders import (
    EXACT_LANE,
    NOT_DURABLE,
    OURS,
    PANDAS,
    PLAIN_SCAN,
    SHELL,
    SQLITE_UTILS,
    Contender,
    Wish,
    run_contender,
)
from tests.bench._figures import Figure, print_figures
from tests.bench._processes import Run
from tests.bench._rounds import run_in_turns

SMALL_ROWS, LARGE_ROWS = 1_000_000, 10_000_000
RUNS = 5
MINUTES = 15.0
TENTH = ("category", "=", "Food")
TENTH_NAME = "10 % filter"

EXACT_LANE_BEFORE = 0.15
"""What the shell took in times of ours at 09f84e8, before there was a columnar lane, start-ups taken off:
measured again beside today's, in turns."""

SMALL, LARGE, WIDE, LONG_TEXT, FILTER, START = "small", "large", "wide", "long text", "filter", "start-up"

Subject = tuple[str, Contender]


@dataclass(frozen=True)
class Measured:
    """All runs of each subject: a wish by its name, and who fulfils it."""

    wishes: Mapping[str, Wish]
    runs: Mapping[Subject, Sequence[Run]]

    def seconds(self, wish: str, contender: Contender) -> float:
        """Return the median of the whole process."""
        return median(run.seconds for run in self.runs[wish, contender])

    def net_seconds(self, wish: str, contender: Contender) -> float:
        """Return the median with the start-up taken off."""
        start = EXACT_START.get(contender, contender)
        return self.seconds(wish, contender) - self.seconds(START, start)

    def peak_bytes(self, wish: str) -> float:
        """Return the median peak of ours."""
        return median(run.peak_bytes for run in self.runs[wish, OURS])


EXACT_START = {EXACT_LANE: OURS}
"""Whose start-up stands for that of another."""

CONTENDERS: Mapping[str, Sequence[Contender]] = {
    START: (OURS, SHELL, PANDAS, SQLITE_UTILS, PLAIN_SCAN),
    SMALL: (OURS, SHELL, PANDAS, SQLITE_UTILS, EXACT_LANE, PLAIN_SCAN),
    LARGE: (OURS, SHELL, NOT_DURABLE, PLAIN_SCAN),
    WIDE: (OURS, SHELL, PLAIN_SCAN),
    LONG_TEXT: (OURS, SHELL, PLAIN_SCAN),
    FILTER: (OURS, SHELL, PLAIN_SCAN),
}


class Arguments(argparse.Namespace):
    """What was asked for."""

    json: Path | None
    runs: int
    rows: tuple[int, int]
    minutes: float


def main() -> None:
    """Measure, print the tables, and write the figures where --json says."""
    arguments = _arguments()
    measured = measure(_wishes(*arguments.rows), arguments.runs, arguments.minutes * 60)
    _print_runs(measured)
    print_figures(_figures(measured), arguments.json)


def measure(wishes: Mapping[str, Wish], most_rounds: int, most_seconds: float) -> Measured:
    """Run all contenders for all wishes in turns."""
    subjects = [(wish, who) for wish in wishes for who in CONTENDERS[wish]]
    return Measured(
        wishes,
        run_in_turns(
            subjects, lambda subject: run_contender(subject[1], wishes[subject[0]]), most_rounds, most_seconds
        ),
    )


def _wishes(small: int, large: int) -> Mapping[str, Wish]:
    large_database = _data.products(large)
    wishes = {
        START: Wish(str(_data.products(1)), "products", 1),
        SMALL: Wish(str(_data.products(small)), "products", small),
        LARGE: Wish(str(large_database), "products", large),
        WIDE: Wish(str(_data.wide()), "wide", _data.WIDE_ROWS),
        LONG_TEXT: Wish(str(_data.long_text()), "texts", _data.LONG_TEXT_ROWS),
        FILTER: Wish(str(large_database), "products", _rows_in_tenth(large_database), TENTH),
    }
    for database in {wish.database for wish in wishes.values()}:
        _data.bring_into_cache(Path(database))
    return wishes


def _rows_in_tenth(database: Path) -> int:
    column, operator, value = TENTH
    with closing(sqlite3.connect(database)) as connection:
        counted = connection.execute(f"SELECT count(*) FROM products WHERE {column} {operator} ?", [value])
        return int(counted.fetchone()[0])


def _print_runs(measured: Measured) -> None:
    heads = f"{'median s':>9} {'min':>7} .. {'max':>6} {'CPU s':>7} {'rows/s':>10} {'no start-up':>11}"
    print(f"\n{'':45}{heads} {'peak MB':>8} {'largest':>8}")
    for (wish, contender), runs in measured.runs.items():
        rows = measured.wishes[wish].rows
        print(f"{wish:10} {rows:>10,} {contender.name:23}{_line(measured, wish, contender, runs)}")
    print()


def _line(measured: Measured, wish: str, contender: Contender, runs: Sequence[Run]) -> str:
    rows, times = measured.wishes[wish].rows, [run.seconds for run in runs]
    line = f"{median(times):9.2f} {min(times):7.2f} .. {max(times):6.2f}"
    line += f" {median(run.cpu_seconds for run in runs):7.2f} {rows / median(times):10,.0f}"
    has_start = wish != START and contender is not NOT_DURABLE
    line += f" {rows / measured.net_seconds(wish, contender):11,.0f}" if has_start else f" {'':11}"
    peak, largest = max(run.peak_bytes for run in runs), max(run.largest_bytes for run in runs)
    return f"{line} {peak / 1e6:8.0f} {largest / 1e6:8.0f}"


def _figures(measured: Measured) -> list[Figure]:
    return [*_against_shell(measured), *_against_python(measured), *_against_ourselves(measured)]


def _against_shell(measured: Measured) -> list[Figure]:
    names = {
        LARGE: f"products {measured.wishes[LARGE].rows:,}",
        WIDE: WIDE,
        LONG_TEXT: LONG_TEXT,
        FILTER: TENTH_NAME,
    }
    figures = []
    for wish, name in names.items():
        whole = measured.seconds(wish, SHELL) / measured.seconds(wish, OURS)
        net = measured.net_seconds(wish, SHELL) / measured.net_seconds(wish, OURS)
        figures.append(Figure(f"speed against sqlite3 shell, {name}", whole, "×", bar=1.5))
        figures.append(Figure("… without start-up", net, "×"))
    return [*figures, Figure("time against a plain scan, products", _against_floor(measured), "×")]


def _against_floor(measured: Measured) -> float:
    return measured.net_seconds(LARGE, OURS) / measured.net_seconds(LARGE, PLAIN_SCAN)


def _against_python(measured: Measured) -> list[Figure]:
    def speed(contender: Contender, rival: Contender) -> float:
        return measured.net_seconds(SMALL, rival) / measured.net_seconds(SMALL, contender)

    return [
        Figure("speed against pandas, without start-up", speed(OURS, PANDAS), "×", bar=6),
        Figure("speed against sqlite-utils, without start-up", speed(OURS, SQLITE_UTILS), "×", bar=5),
        Figure(
            "exact lane: speed against sqlite3 shell, without start-up",
            speed(EXACT_LANE, SHELL),
            "×",
            bar=EXACT_LANE_BEFORE,
        ),
    ]


def _against_ourselves(measured: Measured) -> list[Figure]:
    small, large = measured.wishes[SMALL].rows, measured.wishes[LARGE].rows
    small_rate, large_rate = (
        small / measured.net_seconds(SMALL, OURS),
        large / measured.net_seconds(LARGE, OURS),
    )
    durability = measured.seconds(LARGE, OURS) / measured.seconds(LARGE, NOT_DURABLE)
    peak = measured.peak_bytes(LARGE)
    return [
        Figure(
            f"rows/s of {large:,} rows against {small:,}, without start-up",
            large_rate / small_rate,
            "×",
            bar=0.95,
        ),
        Figure("time with durability and digest against without", durability, "×", bar=1.10, at_most=True),
        Figure("peak RSS of all processes", peak / 1e6, "MB", bar=250, at_most=True),
        Figure(
            f"peak RSS against that of {small:,} rows",
            peak / measured.peak_bytes(SMALL),
            "×",
            bar=1.10,
            at_most=True,
        ),
    ]


def _arguments() -> Arguments:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures that have a bar")
    parser.add_argument("--runs", type=int, default=RUNS, metavar="N", help="of each (%(default)s)")
    parser.add_argument("--rows", type=_two, default=(SMALL_ROWS, LARGE_ROWS), metavar="SMALL,LARGE")
    parser.add_argument(
        "--minutes", type=float, default=MINUTES, metavar="M", help="at most, data apart (%(default)s)"
    )
    return parser.parse_args(namespace=Arguments())


def _two(text: str) -> tuple[int, int]:
    small, large = (int(number) for number in text.split(","))
    return small, large


if __name__ == "__main__":
    main()

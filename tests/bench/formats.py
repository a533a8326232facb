r"""Exports of the product table in each format, against rivals and against our own CSV.

Whole processes from start to end, in turns (A B C A B C …), the database in the system's cache; ratios are
those of medians. Ours makes its files durable, the rivals do not.

JSON Lines goes against `sqlite-utils rows … --nl`, its output into a file.

gzip goes against piping our CSV through `gzip -1` on the other core. Our CSV cannot go into a pipe, for a
file is made durable and published as a whole; so the rival's time is put together of two: that of the
CSV export, and that of `cat FILE | gzip -1 >FILE` for the very same CSV, which lies in the system's cache. In
a pipe both would run side by side, and the slower of the two would set the time: so the longer median is
taken. That flatters the rival, which neither waits for the first bytes nor shares memory or disk with the
export.

The bars mean the default size.
"""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.bench import _data
from tests.bench._contenders import GZIP, SQLITE_UTILS_LINES, Contender, Wish, ours_as, run_contender
from tests.bench._figures import Figure, print_figures
from tests.bench._processes import Run
from tests.bench._rounds import run_in_turns

ROWS = 1_000_000
ROUNDS = 5
MINUTES = 15.0

CSV, JSON_LINES, PARQUET, CSV_GZIP, CSV_ZSTD, XLSX = map(
    ours_as, ("csv", "jsonl", "parquet", "csv.gz", "csv.zst", "xlsx")
)
OURS = (CSV, JSON_LINES, PARQUET, CSV_GZIP, CSV_ZSTD, XLSX)

LEAST_JSON_LINES_SPEED = 5
MOST_PARQUET_TIME = 1.5
MOST_GZIP_TIME = 1.5
MOST_XLSX_PEAK_MB = 300


class Arguments(argparse.Namespace):
    """What was asked for."""

    json: Path | None
    rounds: int
    rows: int
    minutes: float


@dataclass(frozen=True)
class Measured:
    """All runs of each contender, and the bytes of its file."""

    runs: Mapping[Contender, Sequence[Run]]
    file_bytes: Mapping[Contender, int]

    def seconds(self, contender: Contender) -> float:
        """Return the median of the whole process."""
        return median(run.seconds for run in self.runs[contender])

    def time(self, contender: Contender, *rivals: Contender) -> float:
        """Return how many times as long as the slowest of `rivals` the contender takes."""
        return self.seconds(contender) / max(map(self.seconds, rivals))

    def size(self, contender: Contender, rival: Contender) -> float:
        """Return how many times as large as the rival's file that of the contender is."""
        return self.file_bytes[contender] / self.file_bytes[rival]

    def peak_mb(self, contender: Contender) -> float:
        """Return the median peak of all its processes together, in MB (10^6 bytes)."""
        return median(run.peak_bytes for run in self.runs[contender]) / 1e6


@dataclass
class _Sizes:
    """Notes how large files are."""

    file_bytes: dict[Contender, int] = field(default_factory=dict)

    def note(self, contender: Contender, target: Path) -> None:
        self.file_bytes[contender] = target.stat().st_size


def main() -> None:
    """Measure, print the tables, and write the figures where --json says."""
    arguments = _arguments()
    with _wishes(arguments.rows) as wishes:
        measured = measure(wishes, arguments.rounds, arguments.minutes * 60)
    _print_runs(measured, arguments.rows)
    print_figures(_figures(measured), arguments.json)


@contextmanager
def _wishes(rows: int) -> Iterator[Mapping[Contender, Wish]]:
    """Yield what each contender exports: the products, and what gzip compresses is our CSV of them."""
    database = _data.products(rows)
    _data.bring_into_cache(database)
    products = Wish(str(database), "products", rows)
    with TemporaryDirectory(dir=_data.FOLDER) as folder:
        csv = Path(folder) / "products.csv"
        run_contender(CSV, products, csv.hardlink_to)
        compressing = Wish(str(csv), "products", rows)
        yield {GZIP: compressing} | dict.fromkeys((*OURS, SQLITE_UTILS_LINES), products)


def measure(wishes: Mapping[Contender, Wish], most_rounds: int, most_seconds: float) -> Measured:
    """Run all contenders in turns."""
    sizes = _Sizes()

    def run(contender: Contender) -> Run:
        return run_contender(contender, wishes[contender], lambda target: sizes.note(contender, target))

    runs = run_in_turns(wishes, run, most_rounds, most_seconds)
    return Measured(runs, sizes.file_bytes)


def _print_runs(measured: Measured, rows: int) -> None:
    heads = f"{'median s':>9} {'min':>7} .. {'max':>6} {'CPU s':>7} {'rows/s':>10} {'file MB':>8}"
    print(f"\n{'':20}{heads} {'peak MB':>8} {'largest':>8}")
    for contender, runs in measured.runs.items():
        times = [run.seconds for run in runs]
        line = f"{median(times):9.2f} {min(times):7.2f} .. {max(times):6.2f}"
        line += f" {median(run.cpu_seconds for run in runs):7.2f} {rows / median(times):10,.0f}"
        line += f" {measured.file_bytes[contender] / 1e6:8.1f}"
        line += f" {max(run.peak_bytes for run in runs) / 1e6:8.0f}"
        line += f" {max(run.largest_bytes for run in runs) / 1e6:8.0f}"
        print(f"{contender.name:20}{line}")
    print()


def _figures(measured: Measured) -> list[Figure]:
    return [
        Figure(
            "JSON Lines: speed against sqlite-utils",
            measured.time(SQLITE_UTILS_LINES, JSON_LINES),
            "×",
            bar=LEAST_JSON_LINES_SPEED,
        ),
        Figure(
            "Parquet: time against our CSV",
            measured.time(PARQUET, CSV),
            "×",
            bar=MOST_PARQUET_TIME,
            at_most=True,
        ),
        Figure(
            "gzip: time against our CSV piped through gzip -1",
            measured.time(CSV_GZIP, CSV, GZIP),
            "×",
            bar=MOST_GZIP_TIME,
            at_most=True,
        ),
        Figure("… size against that of gzip -1", measured.size(CSV_GZIP, GZIP), "×"),
        Figure("zstd: time against our CSV", measured.time(CSV_ZSTD, CSV), "×"),
        Figure("… size against that of gzip -1", measured.size(CSV_ZSTD, GZIP), "×"),
        Figure("XLSX: time of the export", measured.seconds(XLSX), "s"),
        Figure(
            "XLSX: peak RSS of all processes",
            measured.peak_mb(XLSX),
            "MB",
            bar=MOST_XLSX_PEAK_MB,
            at_most=True,
        ),
    ]


def _arguments() -> Arguments:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures that have a bar")
    parser.add_argument("--rounds", type=int, default=ROUNDS, metavar="N", help="of all (%(default)s)")
    parser.add_argument("--rows", type=int, default=ROWS, metavar="N", help="of the table (%(default)s)")
    parser.add_argument(
        "--minutes", type=float, default=MINUTES, metavar="M", help="at most, data apart (%(default)s)"
    )
    return parser.parse_args(namespace=Arguments())


if __name__ == "__main__":
    main()

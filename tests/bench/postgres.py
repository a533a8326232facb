r"""Exports from a PostgreSQL server, against psql's \copy and pandas.

A server of our own on this machine with what it has by itself (128 MB of shared buffers), its tables loaded
from the very files that `bench export` reads, vacuumed, and in the system's cache: made anew each time, which
takes about a minute for 10,000,000 rows where those files are there, for the server's folder belongs
to another user than ours. Its own time counts like ours, for it works on the same cores; its memory does not.

psql writes the very same bytes, which is looked at in each round; "as it is" leaves the blank in its times.
Ours makes its file durable, the others do not. Start-up is the time of an export of one row.

The bars mean the default sizes.
"""

import argparse
import hashlib
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from tests.bench import _data
from tests.bench._contenders import OURS, PANDAS, Contender, Wish, run_contender
from tests.bench._figures import Figure, print_figures
from tests.bench._processes import Run
from tests.bench._rounds import run_in_turns
from tests.servers.own_server import program_path
from tests.servers.postgres_server import PostgresServer

ROWS = (1_000_000, 10_000_000)
RUNS = 5
MINUTES = 15.0
MOST_ROWS_OF_PANDAS = 1_000_000

SPEED_BAR = 0.75
MOST_PEAK_MB = 250

SETTINGS = {
    "shared_buffers": "128MB",
    # For loading alone: reading asks nothing of them.
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "4GB",
    "maintenance_work_mem": "256MB",
}

CREATE = """
CREATE TABLE products (
    id integer NOT NULL, name text NOT NULL, category text NOT NULL, price numeric(10,2) NOT NULL,
    quantity integer NOT NULL, status text NOT NULL, created_at timestamp NOT NULL
)
"""
AS_IT_IS = "SELECT * FROM products ORDER BY id"
SAME_TEXT = (
    "SELECT id, name, category, price, quantity, status,"
    """ to_char(created_at, 'YYYY-MM-DD"T"HH24:MI:SS') AS created_at FROM products ORDER BY id"""
)


def _psql(statement: str) -> Callable[[Wish, Path], Sequence[str]]:
    def command(wish: Wish, target: Path) -> Sequence[str]:
        copy = f"\\copy ({statement}) TO '{target}' CSV HEADER"
        return [program_path("psql"), "--no-psqlrc", wish.database, "--command", copy]

    return command


PSQL = Contender("psql \\copy", _psql(SAME_TEXT))
PSQL_AS_IT_IS = Contender("psql \\copy, as it is", _psql(AS_IT_IS))
ALIKE = (OURS, PSQL)
"""Whose files have the same bytes."""

Subject = tuple[int, Contender]
"""How many rows, and who exports them."""


class Arguments(argparse.Namespace):
    """What was asked for."""

    json: Path | None
    runs: int
    rows: list[int]
    minutes: float


@dataclass(frozen=True)
class Measured:
    """All runs of each subject."""

    runs: Mapping[Subject, Sequence[Run]]

    def seconds(self, rows: int, contender: Contender) -> float:
        """Return the median of the whole process."""
        return median(run.seconds for run in self.runs[rows, contender])

    def speed(self, rows: int, rival: Contender) -> float:
        """Return how many times as fast as `rival` ours is."""
        return self.seconds(rows, rival) / self.seconds(rows, OURS)

    def net_speed(self, rows: int, rival: Contender) -> float:
        """Return the same with the start-ups taken off."""
        net = {who: self.seconds(rows, who) - self.seconds(1, who) for who in (OURS, rival)}
        return net[rival] / net[OURS]

    def peak_mb(self, rows: int) -> float:
        """Return the median peak of ours, in MB (10^6 bytes)."""
        return median(run.peak_bytes for run in self.runs[rows, OURS]) / 1e6


@dataclass
class SameBytes:
    """Ends the benchmark when files that should be alike are not."""

    digests: dict[int, bytes] = field(default_factory=dict)

    def look_at(self, rows: int, target: Path) -> None:
        """Compare a file of so many rows with the first one."""
        digest = hashlib.sha256()
        for block in _data.blocks(target):
            digest.update(block)
        if self.digests.setdefault(rows, digest.digest()) != digest.digest():
            sys.exit(f"{rows:,} rows: our file and that of psql are not the same")


def main() -> None:
    """Measure, print the tables, and write the figures where --json says."""
    arguments = _arguments()
    with loaded_server([1, *arguments.rows]) as wishes:
        measured = measure(wishes, arguments.runs, arguments.minutes * 60)
    _print_runs(measured)
    print_figures(_figures(measured, sorted(arguments.rows)), arguments.json)


@contextmanager
def loaded_server(sizes: Sequence[int]) -> Iterator[Mapping[int, Wish]]:
    """Run a server that has a table of each size, and yield the wishes for them."""
    catalogues = {rows: _data.products(rows) for rows in sizes}
    with PostgresServer(settings=SETTINGS) as server:
        for rows, catalogue in catalogues.items():
            started = time.monotonic()
            server.create_database(_database(rows))
            _load(server, _database(rows), catalogue)
            sys.stderr.write(f"Loaded {rows:,} rows in {time.monotonic() - started:.0f} s.\n")
        yield {rows: Wish(server.url(_database(rows)), "products", rows) for rows in sizes}


def measure(wishes: Mapping[int, Wish], most_rounds: int, most_seconds: float) -> Measured:
    """Run all contenders for all sizes in turns; psql's and our file are compared each time."""
    same = SameBytes()

    def run(subject: Subject) -> Run:
        rows, contender = subject
        if contender not in ALIKE:
            return run_contender(contender, wishes[rows])
        return run_contender(contender, wishes[rows], lambda target: same.look_at(rows, target))

    subjects = [(rows, who) for rows in wishes for who in _contenders(rows)]
    return Measured(run_in_turns(subjects, run, most_rounds, most_seconds))


def _contenders(rows: int) -> Sequence[Contender]:
    """Return who exports so many rows; psql goes first, for what keeps the server busy after its start."""
    rivals = (PSQL, PSQL_AS_IT_IS)
    return (*rivals, OURS, PANDAS) if rows <= MOST_ROWS_OF_PANDAS else (*rivals, OURS)


def _database(rows: int) -> str:
    return f"products_{rows}"


def _load(server: PostgresServer, database: str, catalogue: Path) -> None:
    read = [program_path("sqlite3"), "-csv", str(catalogue), "SELECT * FROM products ORDER BY id"]
    with server.connect(database) as session, session.transaction():
        session.execute(CREATE)
        with (
            subprocess.Popen(read, stdout=subprocess.PIPE) as rows,
            session.cursor().copy("COPY products FROM STDIN CSV") as copy,
        ):
            assert rows.stdout is not None
            while block := rows.stdout.read(1 << 20):
                copy.write(block)
        if rows.returncode != 0:
            sys.exit(f"sqlite3 could not read {catalogue}")
        session.execute("ALTER TABLE products ADD PRIMARY KEY (id)")
    server.execute("VACUUM (FREEZE, ANALYZE) products", database=database)
    server.execute("CHECKPOINT")


def _print_runs(measured: Measured) -> None:
    heads = (
        f"{'median s':>9} {'min':>7} .. {'max':>6} {'CPU s':>7} {'rows/s':>10} {'peak MB':>8} {'largest':>8}"
    )
    print(f"\n{'':35}{heads}")
    for (rows, contender), runs in measured.runs.items():
        times = [run.seconds for run in runs]
        line = f"{median(times):9.2f} {min(times):7.2f} .. {max(times):6.2f}"
        line += f" {median(run.cpu_seconds for run in runs):7.2f} {rows / median(times):10,.0f}"
        line += f" {max(run.peak_bytes for run in runs) / 1e6:8.0f}"
        line += f" {max(run.largest_bytes for run in runs) / 1e6:8.0f}"
        print(f"{rows:>10,} {contender.name:24}{line}")
    print()


def _figures(measured: Measured, sizes: Sequence[int]) -> list[Figure]:
    figures = []
    for rows in sizes:
        bar = SPEED_BAR if rows == sizes[-1] else None
        name = f"{rows:,} rows: speed against psql \\copy"
        figures.append(Figure(name, measured.speed(rows, PSQL), "×", bar=bar))
        figures.append(Figure("… without start-up", measured.net_speed(rows, PSQL), "×"))
        figures.append(Figure("… with the times as they are", measured.speed(rows, PSQL_AS_IT_IS), "×"))
        if rows <= MOST_ROWS_OF_PANDAS:
            name = f"{rows:,} rows: speed against pandas"
            figures.append(Figure(name, measured.speed(rows, PANDAS), "×"))
    figures.append(Figure("time of an export of one row", measured.seconds(1, OURS), "s"))
    peak = measured.peak_mb(sizes[-1])
    return [*figures, Figure("peak RSS of both our processes", peak, "MB", bar=MOST_PEAK_MB, at_most=True)]


def _arguments() -> Arguments:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures that have a bar")
    parser.add_argument("--runs", type=int, default=RUNS, metavar="N", help="of each (%(default)s)")
    parser.add_argument("--rows", type=int, nargs="+", default=list(ROWS), metavar="N", help="of the tables")
    parser.add_argument(
        "--minutes", type=float, default=MINUTES, metavar="M", help="at most, loading apart (%(default)s)"
    )
    return parser.parse_args(namespace=Arguments())


if __name__ == "__main__":
    main()

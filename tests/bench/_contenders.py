"""Who exports: ours, its variants, the rivals and the floor, each as the command of a process."""

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import _data
from tests.bench._processes import Run, run_process
from tests.bench._written_rows import written_rows


@dataclass(frozen=True)
class Wish:
    """What is to be exported, of a file or the address of a server; `where` is column, operator and value."""

    database: str
    table: str
    rows: int
    where: tuple[str, str, str] | None = None

    @property
    def statement(self) -> str:
        """The rows in SQL."""
        if self.where is None:
            return f"SELECT * FROM {self.table}"
        column, operator, value = self.where
        return f"SELECT * FROM {self.table} WHERE {column} {operator} '{value}'"


@dataclass(frozen=True)
class Contender:
    """A way to export a wish into a target; what does not write the target itself writes it to its output.

    The suffixes of `file_name` say what the target is.
    """

    name: str
    command: Callable[[Wish, Path], Sequence[str]]
    has_own_target: bool = True
    has_file: bool = True
    file_name: str = "rows.csv"


def _ours(module: str) -> Callable[[Wish, Path], Sequence[str]]:
    def command(wish: Wish, target: Path) -> Sequence[str]:
        where = ["--where", *wish.where] if wish.where is not None else []
        line = [sys.executable, "-m", module, "export", wish.database, wish.table, "-o", str(target)]
        return [*line, *where, "--progress", "none"]

    return command


def _module(name: str) -> Callable[[Wish, Path], Sequence[str]]:
    def command(wish: Wish, target: Path) -> Sequence[str]:
        return [sys.executable, "-m", name, wish.database, wish.statement, str(target)]

    return command


def _shell(wish: Wish, _target: Path) -> Sequence[str]:
    return ["sqlite3", "-csv", "-header", wish.database, wish.statement]


def _sqlite_utils(wish: Wish, _target: Path) -> Sequence[str]:
    return [sys.executable, "-m", "sqlite_utils", "rows", wish.database, wish.table, "--csv"]


def _sqlite_utils_lines(wish: Wish, _target: Path) -> Sequence[str]:
    return [sys.executable, "-m", "sqlite_utils", "rows", wish.database, wish.table, "--nl"]


def _gzip(wish: Wish, _target: Path) -> Sequence[str]:
    return ["sh", "-c", 'cat "$1" | gzip -1', "sh", wish.database]


def _plain_scan(wish: Wish, _target: Path) -> Sequence[str]:
    return [sys.executable, "-m", "tests.bench._plain_scan", wish.database, wish.statement]


OURS = Contender("ours", _ours("dataflow_desktop"))
NOT_DURABLE = Contender("ours, nothing durable", _ours("tests.bench._without_durability"))
EXACT_LANE = Contender("ours, exact lane", _ours("tests.bench._exact_lane"))
SHELL = Contender("sqlite3 shell", _shell, has_own_target=False)
PANDAS = Contender("pandas chunks", _module("tests.bench._pandas_chunks"))
SQLITE_UTILS = Contender("sqlite-utils", _sqlite_utils, has_own_target=False)
SQLITE_UTILS_LINES = Contender(
    "sqlite-utils --nl", _sqlite_utils_lines, has_own_target=False, file_name="rows.jsonl"
)
GZIP = Contender("cat | gzip -1", _gzip, has_own_target=False, file_name="rows.csv.gz")
"""Exports nothing: the file of its wish is a CSV file."""

PLAIN_SCAN = Contender("plain scan", _plain_scan, has_file=False)


def ours_as(suffixes: str) -> Contender:
    """Return what writes files with these suffixes, `csv.gz`."""
    return replace(OURS, name=f"ours .{suffixes}", file_name=f"rows.{suffixes}")


_AS_INSTALLED = {"PYTHONDONTWRITEBYTECODE": ""}
"""Lets modules be compiled once, as they are by whoever installs a program, wherever benchmarks run."""


def run_contender(
    contender: Contender, wish: Wish, look_at: Callable[[Path], None] = lambda _target: None
) -> Run:
    """Let `contender` export `wish` to a new file, with a home of its own; a file that is short ends all.

    `look_at` is shown the file before it goes.
    """
    with TemporaryDirectory(dir=_data.FOLDER) as name:
        folder = Path(name)
        target, home = folder / contender.file_name, folder / "home"
        output = folder / "output" if contender.has_own_target else target
        os.sync()  # nobody pays for what another left to be written
        environment = {"DATAFLOW_HOME": str(home), **_AS_INSTALLED}
        run = run_process(contender.command(wish, target), environment, output)
        if contender.has_file and (rows := written_rows(target)) != wish.rows:
            sys.exit(f"{contender.name}: {rows:,} rows instead of {wish.rows:,} of {wish.database}")
        look_at(target)
    return run

"""What a kill campaign exports: tables with keys of several sorts, and the bytes that must come of them."""

import os
import shutil
import subprocess
import time
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from dataflow_desktop.source.product_catalogue import make_catalogue
from tests.crash.forks import ForkedProgram, Forks
from tests.program import ENDING_SECONDS, Program
from tests.unit.databases import make_database

SMALL_ROWS = 3_000
"""Read row by row in the exporting process."""

LARGE_ROWS = 51_000
"""A few more cells than `export.lanes.FEW_CELLS`: a reader process of its own reads them."""

# Rests make an export last longer than its process takes to start, so that many kills meet it writing.
SMALL_PACE = ("--chunk-rows", "250", "--throttle-ms", "25", "--checkpoint-seconds", "0.05")
LARGE_PACE = ("--chunk-rows", "5000", "--throttle-ms", "10", "--checkpoint-seconds", "0.05")

WINDOW = ("-m", "tests.gui.exporting_process")
WINDOW_STARTS = 3.5
"""A window takes so many times as long to its first row as a command without a fork (3.3 s and 0.9 s)."""

WINDOW_WRITING_SECONDS = 0.8
"""The rests of the window's three chunks, and the publishing."""

# Windows of a campaign need no screen, and take none.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_OTHER_KEYS = (
    """
    CREATE TABLE places (
        kind TEXT, number INTEGER, name TEXT, price DECIMAL(10,2), quantity INTEGER, status TEXT,
        created_at DATETIME, PRIMARY KEY (kind, number)
    ) WITHOUT ROWID
    """,
    "INSERT INTO places SELECT category, id, name, price, quantity, status, created_at FROM products",
    """
    CREATE TABLE words (
        name TEXT PRIMARY KEY NOT NULL, category TEXT, price DECIMAL(10,2), quantity INTEGER, status TEXT,
        created_at DATETIME
    )
    """,
    "INSERT INTO words SELECT name, category, price, quantity, status, created_at FROM products",
)


@dataclass(frozen=True)
class Wish:
    """One sort of export."""

    name: str
    table: str
    options: tuple[str, ...] = ()
    is_large: bool = False
    is_by_window: bool = False

    def arguments(self, source: Path, target: Path) -> list[str]:
        """Return the command line that exports it, with JSON events."""
        pace = LARGE_PACE if self.is_large else SMALL_PACE
        return [
            *("export", str(source), self.table, "-o", str(target), "--progress", "json"),
            *self.options,
            *pace,
        ]


MANY_ROWS = Wish("many rows", "products", is_large=True)
WISHES = (
    Wish("few rows", "products"),
    Wish("few rows by a filter", "products", ("--where", "price", ">", "200", "--search", "e")),
    Wish("few rows by a composite key", "places"),
    Wish("few rows by a text key", "words", ("--columns", "price,name,status")),
    Wish("few rows in another order", "products", ("--order-by", "price:desc,name")),
    MANY_ROWS,
    Wish("many rows by a filter", "products", ("--where", "price", ">", "150"), is_large=True),
    Wish("many rows by a composite key", "places", is_large=True),
    Wish("many rows by a text key", "words", is_large=True),
    Wish("many rows in another order", "products", ("--order-by", "category,price:desc"), is_large=True),
)
WINDOW_WISH = Wish("many rows by the window", "products", is_large=True, is_by_window=True)


@dataclass(frozen=True)
class Reference:
    """What an undisturbed export gives, and how long it takes to its first row and from there to its end."""

    data: bytes
    starting_seconds: float
    writing_seconds: float


class Sources:
    """The databases of a campaign and the references for them, each made when it is first needed."""

    def __init__(self, folder: Path, forks: Forks) -> None:
        self._folder = folder
        self._forks = forks
        folder.mkdir(parents=True)
        self.reference = cache(self._reference)

    def path(self, wish: Wish) -> Path:
        """Return the database that `wish` reads."""
        if wish.is_by_window:
            return self._catalogue
        return self._large if wish.is_large else self._small

    def _reference(self, wish: Wish) -> Reference:
        if wish.is_by_window:
            return self._window_reference()
        target = self._folder / f"{wish.name}.csv"
        begun = time.perf_counter()
        program = ForkedProgram(self._folder / f"{wish.name} home", self._forks)
        process = program.start(*wish.arguments(self.path(wish), target))
        read_line(process)
        started_after = time.perf_counter() - begun
        _, errors = process.communicate(timeout=ENDING_SECONDS)
        if process.returncode != 0:
            raise RuntimeError(errors)
        return Reference(target.read_bytes(), started_after, time.perf_counter() - begun - started_after)

    def _window_reference(self) -> Reference:
        begun = time.perf_counter()
        Program(self._folder / "window home").run("jobs")
        started_after = time.perf_counter() - begun
        like = self.reference(MANY_ROWS)
        return Reference(like.data, WINDOW_STARTS * started_after, WINDOW_WRITING_SECONDS)

    @cached_property
    def _catalogue(self) -> Path:
        path = self._folder / "catalogue.db"
        make_catalogue(path, LARGE_ROWS)
        return path

    @cached_property
    def _large(self) -> Path:
        path = Path(shutil.copy(self._catalogue, self._folder / "large.db"))
        return make_database(path, *_OTHER_KEYS)

    @cached_property
    def _small(self) -> Path:
        path = self._folder / "small.db"
        make_catalogue(path, SMALL_ROWS)
        return make_database(path, *_OTHER_KEYS)


def read_line(process: "subprocess.Popen[str]") -> str:
    """Return the next line that a process prints, empty at its end."""
    assert process.stdout is not None
    return process.stdout.readline()

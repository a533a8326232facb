"""Databases that benchmarks read: made once, kept in .bench-data/, everywhere the same.

No value holds a line break, so that every line of a CSV file is a row.
"""

import random
import sqlite3
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from dataflow_desktop.source.product_catalogue import make_catalogue

FOLDER = Path(__file__).resolve().parents[2] / ".bench-data"

VERSION = 1
"""Part of every name: raise it when the product catalogue or something here changes."""

WIDE_ROWS, WIDE_COLUMNS = 500_000, 60
LONG_TEXT_ROWS = 500_000

_BATCH_ROWS = 5_000
_READ_BYTES = 1 << 20
_NULL_SHARE = 0.05
_SENTENCES = 1_000
_SENTENCES_IN_TEXT = 30
_WORDS = (
    "export", "row", "table", "whole", "exact", "checkpoint", "power", "cut", "café", "naïve", "Größe",
    "durable", "a", "of", "the", "and", "never", "short", "file", "resume",
)  # fmt: skip
_TYPES = ("INTEGER", "REAL", "DECIMAL(12,2)", "TEXT")

Row = tuple[object, ...]


def products(rows: int) -> Path:
    """Return a product catalogue of `rows` rows, table `products`."""
    return _kept(f"products-{rows}", lambda path: make_catalogue(path, rows))


def wide() -> Path:
    """Return a table `wide` of integers, floats, decimals and texts in turns, some of them NULL."""
    types = [_TYPES[number % len(_TYPES)] for number in range(1, WIDE_COLUMNS)]
    columns = [f"c{number} {kind}" for number, kind in enumerate(types, 1)]
    return _kept(f"wide-{WIDE_ROWS}", lambda path: _write(path, "wide", columns, _wide_rows()))


def long_text(rows: int = LONG_TEXT_ROWS) -> Path:
    """Return a table `texts` with 2 kB of prose in each row: commas everywhere, quotes here and there."""
    columns = ["title TEXT NOT NULL", "body TEXT NOT NULL"]
    return _kept(f"long-text-{rows}", lambda path: _write(path, "texts", columns, _long_rows(rows)))


def blocks(path: Path) -> Iterator[bytes]:
    """Read a file piece by piece: what this process once held, its children's ru_maxrss never falls below."""
    with path.open("rb", buffering=0) as file:
        yield from iter(lambda: file.read(_READ_BYTES), b"")


def bring_into_cache(path: Path) -> None:
    """Let the system keep the file in memory."""
    for _ in blocks(path):
        pass


def _kept(name: str, make: Callable[[Path], None]) -> Path:
    path = FOLDER / f"{name}-v{VERSION}.db"
    if path.exists():
        return path
    sys.stderr.write(f"Making {path.name}; once, it takes a few minutes at most.\n")
    FOLDER.mkdir(exist_ok=True)
    for older in FOLDER.glob(f"{name}-v*"):
        older.unlink()
    unfinished = path.with_suffix(".unfinished")
    make(unfinished)
    return unfinished.rename(path)


def _write(path: Path, table: str, columns: list[str], rows: Iterator[Row]) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute(f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, {', '.join(columns)})")
    insert = f"INSERT INTO {table} VALUES ({', '.join('?' * (1 + len(columns)))})"
    while batch := list(islice(rows, _BATCH_ROWS)):
        connection.executemany(insert, batch)
    connection.commit()
    connection.close()


def _wide_rows() -> Iterator[Row]:
    draw = random.Random("wide").random
    makers: tuple[Callable[[], object], ...] = (
        lambda: int(draw() * 1_000_000),
        lambda: draw() * 1_000,
        lambda: int(draw() * 10_000_000) / 100,
        lambda: f"{_WORDS[int(draw() * len(_WORDS))]} {int(draw() * 1_000)}",
    )
    in_order = [makers[number % len(makers)] for number in range(1, WIDE_COLUMNS)]
    for key in range(1, WIDE_ROWS + 1):
        yield (key, *(None if draw() < _NULL_SHARE else make() for make in in_order))


def _long_rows(rows: int) -> Iterator[Row]:
    draw = random.Random("long text").random
    sentences = [_sentence(draw) for _ in range(_SENTENCES)]
    for key in range(1, rows + 1):
        body = " ".join(sentences[int(draw() * _SENTENCES)] for _ in range(_SENTENCES_IN_TEXT))
        yield (key, f"Text {key}", body)


def _sentence(draw: Callable[[], float]) -> str:
    words = [_WORDS[int(draw() * len(_WORDS))] for _ in range(8 + int(draw() * 8))]
    if draw() < 0.1:
        words[0] = f'"{words[0]}"'
    words[len(words) // 2] += ","
    return " ".join(words) + "."

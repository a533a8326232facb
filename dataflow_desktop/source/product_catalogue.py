"""The embedded example: a table of products, the same for the same seed, in a file of its own."""

import os
import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from dataflow_desktop.errors import DestinationError, ReasonCode, RefusedError

CATALOGUE_ROWS = 100_000
BATCH_ROWS = 5_000

CATEGORIES = (
    "Electronics", "Clothing", "Food", "Books", "Toys", "Sports", "Home", "Garden", "Automotive", "Health",
)  # fmt: skip
STATUSES = ("active", "active", "active", "active", "inactive", "discontinued")
QUALITIES = (
    "Ultra", "Pro", "Classic", "Smart", "Eco", "Mini", "Mega", "Royal", "Café", "Naïve", "Übergroße", "Señor",
)  # fmt: skip
THINGS = (
    "Tool", "Lamp", "Jacket", "Novel", "Kit", "Ball", "Chair", "Seed", "Filter", "Blender", "Brush", "Gadget",
)  # fmt: skip

_FIRST_TIME = datetime(2020, 1, 1)  # noqa: DTZ001 - the catalogue's times are local times without a zone
_SECONDS = 6 * 365 * 24 * 3600
_DEAREST_CENTS = 200_000
_MOST_PIECES = 1_000
_COMMA_EVERY, _QUOTE_EVERY = 97, 101

_CREATE = """
CREATE TABLE products (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, category TEXT NOT NULL, price DECIMAL(10,2) NOT NULL,
    quantity INTEGER NOT NULL, status TEXT NOT NULL, created_at DATETIME NOT NULL
)
"""

Product = tuple[int, str, str, float, int, str, str]


def make_catalogue(
    path: Path, rows: int = CATALOGUE_ROWS, seed: int = 1, on_progress: Callable[[int], None] = lambda _: None
) -> None:
    """Write a new SQLite file at `path` with `rows` products; `on_progress` hears the rows written so far.

    The file appears when it is whole. Raises RefusedError when something stands at `path`, DestinationError
    when it cannot be written.
    """
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        _check_free(path)
        _write(unfinished, rows, seed, on_progress)
        _give_name(unfinished, path)
    except (OSError, sqlite3.Error) as error:
        raise DestinationError(ReasonCode.WRITE_FAILED, file=path, reason=error) from error
    finally:
        with suppress(OSError):  # it was never made, or there is nowhere to look for it
            unfinished.unlink()


def _give_name(unfinished: Path, path: Path) -> None:
    try:
        path.hardlink_to(unfinished)  # the one way that never takes a name from somebody else
    except FileExistsError as error:
        raise RefusedError(ReasonCode.TARGET_EXISTS, target=path) from error
    except OSError:  # a file system without links
        _check_free(path)
        unfinished.rename(path)


def _check_free(path: Path) -> None:
    if path.is_symlink() or path.exists():
        raise RefusedError(ReasonCode.TARGET_EXISTS, target=path)


def _write(path: Path, rows: int, seed: int, on_progress: Callable[[int], None]) -> None:
    connection = sqlite3.connect(path)
    try:
        # One new file that nobody reads before it is renamed: it needs no journal.
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute(_CREATE)
        products = _products(rows, seed)
        for written in range(0, rows, BATCH_ROWS):
            batch = islice(products, BATCH_ROWS)
            connection.executemany("INSERT INTO products VALUES (?, ?, ?, ?, ?, ?, ?)", batch)
            on_progress(min(written + BATCH_ROWS, rows))
        connection.commit()
    finally:
        connection.close()


def _products(rows: int, seed: int) -> Iterator[Product]:
    # random() is the one method whose numbers are promised to stay the same for a seed in every Python. As a
    # number the seed would lose its sign.
    draw = random.Random(str(seed)).random
    for number in range(1, rows + 1):
        yield (
            number,
            _name(number, QUALITIES[int(draw() * len(QUALITIES))], THINGS[int(draw() * len(THINGS))]),
            CATEGORIES[int(draw() * len(CATEGORIES))],
            int(draw() * _DEAREST_CENTS + 1) / 100,
            int(draw() * _MOST_PIECES),
            STATUSES[int(draw() * len(STATUSES))],
            (_FIRST_TIME + timedelta(seconds=int(draw() * _SECONDS))).isoformat(),
        )


def _name(number: int, quality: str, thing: str) -> str:
    if number % _COMMA_EVERY == 0:
        return f"{quality} {thing}, large {number}"
    if number % _QUOTE_EVERY == 0:
        return f'{quality} "{thing}" {number}'
    return f"{quality} {thing} {number}"

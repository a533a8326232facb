"""A table with a column of each kind, five times over, and the values that formats write differently."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from dataflow_desktop.domain.row_query import Value

KINDS = {
    "whole": "INTEGER",
    "real": "REAL",
    "price": "DECIMAL(10,2)",
    "name": "TEXT",
    "born": "DATE",
    "seen": "DATETIME",
    "is_new": "BOOLEAN",
    "raw": "BLOB",
}
REPEATS = 5

_NAMES = ("", "plain", "Müller, Ärzte", 'say "so"', "two\nlines", "=1+1", "007", "\u2028 🙂", " padded ")


def make_kinds(path: Path, rows: int) -> Path:
    """Make a SQLite file with a table `kinds` of so many rows, each fifth value NULL, every value regular."""
    declared = ", ".join(f"{name}_{n} {kind}" for n in range(REPEATS) for name, kind in KINDS.items())
    marks = ", ".join("?" * (1 + REPEATS * len(KINDS)))
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(f"CREATE TABLE kinds (id INTEGER PRIMARY KEY, {declared})")
        database.executemany(f"INSERT INTO kinds VALUES ({marks})", map(kinds_row, range(1, rows + 1)))
    return path


def kinds_row(key: int) -> Sequence[Value]:
    """Return the values of one row."""
    values: list[Value] = [key]
    for repeat in range(REPEATS):
        found = _values(key + 7 * repeat)
        values += [None if (key + place) % 5 == 0 else value for place, value in enumerate(found)]
    return values


def _values(number: int) -> list[Value]:
    return [
        number * (-1) ** number,
        number / 7,
        round(number * 1.01, 2),
        f"{_NAMES[number % len(_NAMES)]}{'' if number % len(_NAMES) == 0 else number % 50}",
        f"20{number % 90 + 10}-{number % 12 + 1:02}-{number % 28 + 1:02}",
        f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}T{number % 24:02}:{number % 60:02}:{number % 59:02}",
        number % 2,
        number.to_bytes(4, "little"),
    ]

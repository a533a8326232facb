"""A rival: pandas reads chunks of a table and appends them to a CSV file."""

import sqlite3
import sys

import pandas as pd  # type: ignore[import-untyped]  # its stubs are a package of their own

CHUNK_ROWS = 50_000


def export(database: str, statement: str, target: str) -> None:
    """Write the rows of `statement` to `target`."""
    chunks = pd.read_sql(statement, sqlite3.connect(database), chunksize=CHUNK_ROWS)
    for number, chunk in enumerate(chunks):
        chunk.to_csv(target, mode="a", header=number == 0, index=False)


if __name__ == "__main__":
    export(*sys.argv[1:])

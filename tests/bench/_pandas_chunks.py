"""A rival: pandas reads chunks of a table and appends them to a CSV file."""

import sqlite3
import sys
from typing import Any

import pandas as pd  # type: ignore[import-untyped]  # its stubs are a package of their own
import sqlalchemy as sa

CHUNK_ROWS = 50_000


def export(database: str, statement: str, target: str) -> None:
    """Write the rows of `statement` to `target`; a database is a SQLite file or the address of a server."""
    chunks = pd.read_sql(statement, _connected(database), chunksize=CHUNK_ROWS)
    for number, chunk in enumerate(chunks):
        chunk.to_csv(target, mode="a", header=number == 0, index=False)


def _connected(database: str) -> Any:  # noqa: ANN401 - of either kind
    if "://" not in database:
        return sqlite3.connect(database)
    url = sa.make_url(database).set(drivername="postgresql+psycopg")
    # Or the driver would have all rows before the first chunk.
    return sa.create_engine(url).connect().execution_options(stream_results=True)


if __name__ == "__main__":
    export(*sys.argv[1:])

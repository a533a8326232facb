"""SQLite files made for a test, and the parts of the program that read them."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from dataflow_desktop.domain.row_query import RowQuery
from dataflow_desktop.domain.schema import Column, ColumnKind, Table, TableKind
from dataflow_desktop.source.description import describe_table
from dataflow_desktop.source.sqlite.connection import SqliteConnection, SqliteSource


def make_database(path: Path, *statements: str) -> Path:
    """Make or change the SQLite file at `path` by `statements`, and return it."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)
    return path


def insert(path: Path, table: str, rows: Iterable[Sequence[object]]) -> None:
    """Add `rows` to a table whose name needs no quotes."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for row in rows:
            marks = ", ".join("?" * len(row))
            connection.execute(f"INSERT INTO {table} VALUES ({marks})", row)


def fetch(path: Path, statement: str, *values: object) -> list[tuple[object, ...]]:
    """Return what SQLite itself answers, by a connection that is not the program's."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(statement, values).fetchall()


@contextmanager
def connected(path: Path) -> Iterator[SqliteConnection]:
    """Yield the program's connection to the file at `path`."""
    with SqliteSource(path.absolute()).connect() as connection:
        yield connection


def described(path: Path, name: str) -> Table:
    """Return the table `name` as the program sees it."""
    with connected(path) as connection:
        return describe_table(connection, name)


def all_of(table: Table) -> RowQuery:
    """Return the query for all rows and columns of `table`."""
    return RowQuery(table.name, table.column_names)


def column_of(kind: ColumnKind, declared_type: str = "", decimals: int | None = None) -> Column:
    """Return a column called `c`."""
    return Column("c", declared_type, kind, decimals=decimals)


def table_of(*columns: Column) -> Table:
    """Return a table called `t`, keyed by its first column."""
    return Table("t", TableKind.TABLE, columns, (columns[0].name,))


WIDEST = 2_000
"""As many columns as SQLite allows in a table: https://www.sqlite.org/limits.html#max_column."""


def make_wide_database(path: Path, rows: Iterable[Sequence[object]]) -> Path:
    """Make a table `t` of 2,000 columns: the key `id`, and the texts `c1`, `c2` and so on."""
    texts = ", ".join(f"c{number} TEXT" for number in range(1, WIDEST))
    make_database(path, f"CREATE TABLE t (id INTEGER PRIMARY KEY, {texts})")
    insert(path, "t", rows)
    return path

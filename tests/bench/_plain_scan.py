"""The floor: SQLite reads every column of every row on one core, and nobody looks at them.

`executescript` steps through the rows in C and drops them: each column is decoded into a register (and long
text collected from its pages), but no value becomes a Python object, nor text, nor a byte of a file. Sums or
lengths would add work of their own; a count of columns or a NULL test would leave work out.
"""

import sqlite3
import sys


def scan(database: str, statement: str) -> None:
    """Read all rows of `statement`."""
    connection = sqlite3.connect(database)
    connection.executescript(statement)
    connection.close()


if __name__ == "__main__":
    scan(*sys.argv[1:])

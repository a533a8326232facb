"""Results with more columns than SQLite gives: what is asked for twice is read once.

Rows end in their keyset, and of a table with as many columns as there can be, the key's are among the others.
"""

from operator import itemgetter
from typing import Any, cast

import sqlalchemy as sa

from dataflow_desktop.source.filled import Widen
from dataflow_desktop.source.sqlite.limits import MOST_COLUMNS


def narrowed(statement: sa.Select[Any]) -> tuple[sa.Select[Any], Widen | None]:
    """Return a statement that SQLite can answer, and what makes its rows those of `statement`."""
    columns = list(statement.selected_columns)
    if len(columns) <= MOST_COLUMNS:
        return statement, None
    places = {column: place for place, column in enumerate(dict.fromkeys(columns))}
    widen = itemgetter(*(places[column] for column in columns))
    return statement.with_only_columns(*places, maintain_column_froms=True), cast("Widen", widen)

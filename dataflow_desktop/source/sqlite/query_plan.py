"""How SQLite would go about a statement."""

from typing import Any

import sqlalchemy as sa

from dataflow_desktop.source.connection import SourceConnection
from dataflow_desktop.source.explanation import Explanation


def is_sorted_anew(connection: SourceConnection, statement: sa.Select[Any]) -> bool:
    """Return whether no index has the rows of `statement` in its order, so that SQLite sorts them itself."""
    return any("ORDER BY" in step for step in plan_of(connection, statement))


def plan_of(connection: SourceConnection, statement: sa.Select[Any]) -> list[str]:
    """Return the steps of a statement in SQLite's words: https://www.sqlite.org/eqp.html."""
    return [str(step[-1]) for step in connection.rows(Explanation("EXPLAIN QUERY PLAN", statement))]

"""How SQLite would go about a statement."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import ClauseElement, Executable

from dataflow_desktop.source.connection import SourceConnection


def is_sorted_anew(connection: SourceConnection, statement: sa.Select[Any]) -> bool:
    """Return whether no index has the rows of `statement` in its order, so that SQLite sorts them itself."""
    return any("ORDER BY" in step for step in plan_of(connection, statement))


def plan_of(connection: SourceConnection, statement: sa.Select[Any]) -> list[str]:
    """Return the steps of a statement in SQLite's words: https://www.sqlite.org/eqp.html."""
    return [str(step[-1]) for step in connection.rows(_Explanation(statement))]


class _Explanation(Executable, ClauseElement):
    inherit_cache = False

    def __init__(self, statement: sa.Select[Any]) -> None:
        self.statement = statement


@compiles(_Explanation)
def _explain(explanation: _Explanation, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 - SQLAlchemy's
    return f"EXPLAIN QUERY PLAN {compiler.process(explanation.statement, **options)}"

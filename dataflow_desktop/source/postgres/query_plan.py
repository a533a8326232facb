"""How PostgreSQL would go about a statement."""

from collections.abc import Iterator
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import ClauseElement, Executable

from dataflow_desktop.errors import ReasonCode, SourceError
from dataflow_desktop.source.connection import SourceConnection

_FIRST_ROWS = 256
"""A plan for all rows may sort them although an index has them in order: for the first ones it does not."""


def is_sorted_anew(connection: SourceConnection, statement: sa.Select[Any]) -> bool:
    """Return whether all rows of `statement` have to be sorted before the first one is known.

    An incremental sort is none: it sorts what is equal in the first columns. Of servers that tell their plans
    in another way the answer is yes.
    """
    with _without_sorting(connection):
        try:
            explained = connection.scalar(_Explanation(statement.limit(_FIRST_ROWS)))
        except SourceError as error:
            if error.reason.code != ReasonCode.QUERY_FAILED.name:
                raise
            return True
    (whole,) = cast("list[dict[str, Any]]", explained)  # the driver reads JSON
    return "Sort" in _steps(whole["Plan"])


class _without_sorting:  # noqa: N801 - reads as what it does
    """Let the planner sort only where there is no other way: a small table it would rather sort."""

    def __init__(self, connection: SourceConnection) -> None:
        self._connection = connection

    def __enter__(self) -> None:
        self._connection.rows(_set_sorting("off"))

    def __exit__(self, *_: object) -> None:
        self._connection.rows(_set_sorting("on"))


def _set_sorting(value: str) -> sa.Select[Any]:
    return sa.select(sa.func.set_config("enable_sort", value, sa.false()))


def _steps(plan: dict[str, Any]) -> Iterator[str]:
    yield str(plan["Node Type"])
    for part in plan.get("Plans", ()):
        yield from _steps(part)


class _Explanation(Executable, ClauseElement):
    inherit_cache = False

    def __init__(self, statement: sa.Select[Any]) -> None:
        self.statement = statement


@compiles(_Explanation)
def _explain(explanation: _Explanation, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 - SQLAlchemy's
    return f"EXPLAIN (FORMAT JSON) {compiler.process(explanation.statement, **options)}"

"""How PostgreSQL would go about a statement."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import sqlalchemy as sa

from dataflow_desktop.errors import ReasonCode, SourceError
from dataflow_desktop.source.connection import SourceConnection
from dataflow_desktop.source.explanation import Explanation

_FIRST_ROWS = 256
"""A plan for all rows may sort them although an index has them in order: for the first ones it does not."""


def is_sorted_anew(connection: SourceConnection, statement: sa.Select[Any]) -> bool:
    """Return whether all rows of `statement` have to be sorted before the first one is known.

    An incremental sort is none: it sorts what is equal in the first columns. Of servers that tell their plans
    in another way the answer is yes.
    """
    with _without_sorting(connection):
        try:
            explained = connection.scalar(Explanation("EXPLAIN (FORMAT JSON)", statement.limit(_FIRST_ROWS)))
        except SourceError as error:
            if error.reason.code != ReasonCode.QUERY_FAILED.name:
                raise
            return True
    (whole,) = cast("list[dict[str, Any]]", explained)  # the driver reads JSON
    return "Sort" in _steps(whole["Plan"])


@contextmanager
def _without_sorting(connection: SourceConnection) -> Iterator[None]:
    """Let the planner sort only where there is no other way: a small table it would rather sort."""
    connection.rows(_set_sorting("off"))
    try:
        yield
    finally:
        connection.rows(_set_sorting("on"))


def _set_sorting(value: str) -> sa.Select[Any]:
    return sa.select(sa.func.set_config("enable_sort", value, sa.false()))


def _steps(plan: dict[str, Any]) -> Iterator[str]:
    yield str(plan["Node Type"])
    for part in plan.get("Plans", ()):
        yield from _steps(part)

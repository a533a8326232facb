"""How MySQL or MariaDB would go about a statement."""

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import ClauseElement, Executable

from dataflow_desktop.errors import ReasonCode, SourceError
from dataflow_desktop.source.connection import SourceConnection

_FIRST_ROWS = 256
"""A plan for all rows may sort them although an index has them in order: for the first ones it does not."""

_NOT_TOLD = frozenset({ReasonCode.QUERY_FAILED.name, ReasonCode.PERMISSION_DENIED.name})

_SORTING = frozenset({"filesort", "using_filesort"})
"""What has this name in a plan of MariaDB's is the sorting itself; in one of MySQL's it says whether."""


def is_sorted_anew(connection: SourceConnection, statement: sa.Select[Any]) -> bool:
    """Return whether all rows of `statement` have to be sorted before the first one is known.

    Of servers that tell their plans in another way, or not at all, the answer is yes.
    """
    try:
        plan = json.loads(str(connection.scalar(_Explanation(statement.limit(_FIRST_ROWS)))))
    except SourceError as error:
        if error.reason.code not in _NOT_TOLD:
            raise
        return True
    except ValueError:
        return True
    return any(name in _SORTING and bool(said) for name, said in _parts(plan))


def _parts(plan: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - JSON
    if isinstance(plan, dict):
        yield from plan.items()
        plan = list(plan.values())
    if isinstance(plan, list):
        for part in plan:
            yield from _parts(part)


class _Explanation(Executable, ClauseElement):
    inherit_cache = False

    def __init__(self, statement: sa.Select[Any]) -> None:
        self.statement = statement


@compiles(_Explanation)
def _explain(explanation: _Explanation, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 - SQLAlchemy's
    return f"EXPLAIN FORMAT=JSON {compiler.process(explanation.statement, **options)}"

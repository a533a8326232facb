"""A statement that asks for the plan of another one."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import ClauseElement, Executable


class Explanation(Executable, ClauseElement):
    """The plan of `statement`, asked for by `words`, which each database has of its own."""

    inherit_cache = False

    def __init__(self, words: str, statement: sa.Select[Any]) -> None:
        self.words = words
        self.statement = statement


@compiles(Explanation)
def _explain(explanation: Explanation, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 - SQLAlchemy's
    return f"{explanation.words} {compiler.process(explanation.statement, **options)}"

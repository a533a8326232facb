"""What SQLite says of the result of a SELECT: a view of it, which only one connection sees, is described."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.ddl import DDLElement

from dataflow_desktop.domain.own_query import OwnQuery
from dataflow_desktop.domain.schema import Column, DatabaseSystem
from dataflow_desktop.source.connection import SourceConnection
from dataflow_desktop.source.filled import Filled
from dataflow_desktop.source.own_query import without_values
from dataflow_desktop.source.sqlite.connection import SqliteConnection
from dataflow_desktop.source.sqlite.description import COLUMNS, column_of

_VIEW = "dataflow_own_query"


class _CreateView(DDLElement):
    def __init__(self, select: sa.TextClause) -> None:
        self.select = select


class _DropView(DDLElement):
    pass


@compiles(_CreateView)
def _create(create: _CreateView, compiler: SQLCompiler, **_: Any) -> str:  # noqa: ANN401 - SQLAlchemy's
    # A view takes no parameters, and what type a column has does not depend on them: they are NULL here.
    return f"CREATE TEMP VIEW {_VIEW} AS {compiler.sql_compiler.process(create.select, literal_binds=True)}"


@compiles(_DropView)
def _drop(_drop: _DropView, _compiler: SQLCompiler, **_: Any) -> str:  # noqa: ANN401 - SQLAlchemy's
    return f"DROP VIEW {_VIEW}"


def columns_of(connection: SourceConnection, query: OwnQuery) -> list[Column]:
    """Return the columns of the result of `query`, declared as those they come from; SourceError."""
    if not isinstance(connection, SqliteConnection):
        raise TypeError(connection)
    create = _CreateView(without_values(query, DatabaseSystem.SQLITE))
    with connection.temporarily(create, _DropView()):
        described = connection.run(Filled(COLUMNS, (_VIEW,)))
    return [column_of(row) for row in described]

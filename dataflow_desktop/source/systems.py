"""What the database systems each answer in their own way; who reads a file does not load a server's part."""

import functools
from typing import TYPE_CHECKING, Any, Protocol

import sqlalchemy as sa

from dataflow_desktop.domain.own_query import OwnQuery
from dataflow_desktop.domain.schema import Column, DatabaseSystem, Table, TableSummary
from dataflow_desktop.source.sqlalchemy_loading import load_mysql, load_postgres, load_sqlalchemy

if TYPE_CHECKING:  # a dialect is one of the parts, and looks tables up by the module that asks for it
    from dataflow_desktop.source.connection import SourceConnection
    from dataflow_desktop.source.dialects import Dialect


class Parts(Protocol):
    """The module `parts` of each system's package."""

    @property
    def dialect(self) -> "Dialect":
        """How statements are put."""

    def list_tables(self, connection: "SourceConnection", /) -> list[TableSummary]:
        """Return all tables and views, by name."""

    def find_table(self, connection: "SourceConnection", name: str, /) -> Table | None:
        """Return the table or view called `name`, None where there is none."""

    def columns_of(self, connection: "SourceConnection", query: OwnQuery, /) -> list[Column]:
        """Return the columns of the result of `query`, which has been checked."""

    def is_sorted_anew(self, connection: "SourceConnection", statement: sa.Select[Any], /) -> bool:
        """Whether no index has the rows of `statement` in its order."""


@functools.cache
def parts_of(system: DatabaseSystem) -> Parts:
    """Return what `system` answers in its own way."""
    match system:
        case DatabaseSystem.SQLITE:
            from dataflow_desktop.source.sqlite import parts as sqlite_parts

            return sqlite_parts
        case DatabaseSystem.POSTGRESQL:
            load_postgres()
            from dataflow_desktop.source.postgres import parts as postgres_parts

            return postgres_parts
        case DatabaseSystem.MYSQL:
            load_mysql()
            from dataflow_desktop.source.mysql import parts as mysql_parts

            return mysql_parts
        case DatabaseSystem.OTHER:
            load_sqlalchemy()
            from dataflow_desktop.source.anydb import parts as other_parts

            return other_parts

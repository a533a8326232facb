"""Whether an index has the rows of a query in its order, as the database itself plans to read them."""

from dataflow_desktop.domain.row_query import RowQuery
from dataflow_desktop.domain.schema import DatabaseSystem, Table
from dataflow_desktop.source.connection import SourceConnection
from dataflow_desktop.source.sqlite import query_plan as sqlite_plan
from dataflow_desktop.source.statements import select_keysets


def needs_sorting(connection: SourceConnection, table: Table, query: RowQuery) -> bool:
    """Return whether no index has the rows of `query` in its order, so that all are sorted for the first."""
    statement = select_keysets(table, query)
    match table.system:
        case DatabaseSystem.SQLITE:
            return sqlite_plan.is_sorted_anew(connection, statement)
        case DatabaseSystem.POSTGRESQL:
            from dataflow_desktop.source.postgres import query_plan as postgres_plan

            return postgres_plan.is_sorted_anew(connection, statement)

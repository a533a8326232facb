"""Whether an index has the rows of a query in its order, as the database itself plans to read them."""

from dataflow_desktop.domain.row_query import RowQuery
from dataflow_desktop.domain.schema import Table
from dataflow_desktop.source.connection import SourceConnection
from dataflow_desktop.source.statements import select_keysets
from dataflow_desktop.source.systems import parts_of


def needs_sorting(connection: SourceConnection, table: Table, query: RowQuery) -> bool:
    """Return whether no index has the rows of `query` in its order, so that all are sorted for the first."""
    return parts_of(table.system).is_sorted_anew(connection, select_keysets(table, query))

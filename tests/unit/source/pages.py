"""Pages of rows by their number, as the window reads them: from the nearest anchor of an index."""

from unittest.mock import patch

from dataflow_desktop.browse.row_index import RowIndex
from dataflow_desktop.domain.row_query import RowQuery
from dataflow_desktop.domain.schema import Table
from dataflow_desktop.source import row_index
from dataflow_desktop.source.connection import Row, SourceConnection
from dataflow_desktop.source.ordered_rows import OrderedRows


def indexed(connection: SourceConnection, table: Table, query: RowQuery, hop_rows: int = 3) -> RowIndex:
    """Return the whole index of a query, with an anchor after so many rows each."""
    index = RowIndex()
    with patch.multiple(row_index, FIRST_HOP_ROWS=hop_rows, LEAST_HOP_ROWS=hop_rows, MOST_HOP_ROWS=hop_rows):
        for part in row_index.index_rows(OrderedRows(connection, table, query)):
            index.grow(part.anchors)
            if part.is_last:
                index.complete(part.rows)
    return index


def page(connection: SourceConnection, table: Table, query: RowQuery, first: int, rows: int) -> list[Row]:
    """Return rows without their keysets from row number `first` on."""
    anchor = indexed(connection, table, query).anchor_for(first)
    found = OrderedRows(connection, table, query).read(anchor.keyset, rows, skipped=first - anchor.row)
    return [row[: len(query.columns)] for row in found]

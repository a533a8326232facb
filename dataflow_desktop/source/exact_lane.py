"""Chunks read row by row, every value exactly as SQLite holds it."""

from dataflow_desktop.domain.chunk import Chunk
from dataflow_desktop.domain.keyset import Keyset
from dataflow_desktop.domain.row_query import RowQuery
from dataflow_desktop.domain.schema import Table
from dataflow_desktop.source.connection import SourceConnection
from dataflow_desktop.source.statements import is_after, is_within, select_rows


def read_exact_chunk(
    connection: SourceConnection,
    table: Table,
    query: RowQuery,
    after: Keyset | None,
    bound: Keyset,
    rows: int,
) -> Chunk | None:
    """Return the next `rows` rows beyond `after` (None: the first) and up to `bound`; fewer at the end.

    None when there are none left.
    """
    statement = select_rows(table, query).where(is_within(table, bound)).limit(rows)
    if after is not None:
        statement = statement.where(is_after(table, after))
    found = connection.rows(statement)
    if not found:
        return None
    columns = list(zip(*found, strict=True))
    return Chunk(columns[: len(query.columns)], len(found), found[-1][len(query.columns) :])

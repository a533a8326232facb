"""A table as statements name it."""

import functools

import sqlalchemy as sa

from dataflow_desktop.domain.schema import Column, Table
from dataflow_desktop.source.own_query import selected_from


@functools.lru_cache(maxsize=64)
def rows_of(table: Table) -> sa.FromClause:
    """Return the table for a statement, its rowid included where that is the key.

    Its columns have no type: values go in and come out as the database holds them.
    """
    if table.own_query is not None:
        return selected_from(table.own_query, table.column_names, table.system)
    hidden = [name for name in table.key if name not in table.column_names]
    schema, name = table.path or (None, table.name)
    names = (*table.column_names, *hidden)
    return sa.table(name, *(sa.column(column) for column in names), schema=schema)


@functools.lru_cache(maxsize=64)
def columns_by_name(table: Table) -> dict[str, Column]:
    """Return what is known of each column; the rowid is none of them."""
    return {column.name: column for column in table.columns}

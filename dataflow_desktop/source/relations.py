"""A table as statements name it."""

import functools
import weakref
from collections.abc import Callable
from typing import TypeVar

import sqlalchemy as sa

from dataflow_desktop.domain.schema import Column, Table
from dataflow_desktop.source.own_query import selected_from

Known = TypeVar("Known")


def _once_for_each(derive: Callable[[Table], Known]) -> Callable[[Table], Known]:
    """Remember what `derive` says of a table for as long as that object lives.

    Statements ask for each column, and there can be thousands: an equal table is never looked for, because
    that compares all columns each time.
    """
    known: dict[int, Known] = {}

    @functools.wraps(derive)
    def remembered(table: Table) -> Known:
        key = id(table)
        if key not in known:
            known[key] = derive(table)
            weakref.finalize(table, known.pop, key, None).atexit = False
        return known[key]

    return remembered


@_once_for_each
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


@_once_for_each
def columns_by_name(table: Table) -> dict[str, Column]:
    """Return what is known of each column; the rowid is none of them."""
    return {column.name: column for column in table.columns}

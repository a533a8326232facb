"""The statements of the columnar lane: hops over the key, ranges of it, and rows by their rowid."""

from typing import Any

import sqlalchemy as sa

from dataflow_desktop.domain.keyset import Keyset
from dataflow_desktop.domain.row_query import RowQuery
from dataflow_desktop.domain.schema import Table
from dataflow_desktop.source.statements import (
    Rows,
    is_after,
    is_within,
    rows_of,
    select_keysets,
    select_rows,
    select_rows_backwards,
)


def select_hop(table: Table, after: Keyset | None, bound: Keyset, rows: int) -> Rows:
    """Return the key of the last of the next `rows` rows of the table; no row where fewer are left."""
    in_key_order = RowQuery(table.name, ())
    statement = select_keysets(table, in_key_order).where(is_within(table, bound))
    return _beyond(statement, table, in_key_order, after).limit(1).offset(rows - 1)


def select_range(table: Table, query: RowQuery, after: Keyset | None, last: Keyset) -> Rows:
    """Return the query's columns of its rows beyond the key `after`, up to the key `last`, in key order."""
    statement = select_rows(table, query).where(is_within(table, last))
    columns = list(statement.selected_columns)[: len(query.columns)]
    statement = statement.with_only_columns(*columns, maintain_column_froms=True)
    return _beyond(statement, table, query, after)


def select_sorted_rowids(table: Table, query: RowQuery, after: Keyset | None, bound: Keyset) -> Rows:
    """Return the rowids of all rows of `query` beyond `after`, in its order."""
    statement = select_rows(table, query).where(is_within(table, bound))
    statement = statement.with_only_columns(_rowid(table), maintain_column_froms=True)
    return _beyond(statement, table, query, after)


def select_row_at(table: Table, query: RowQuery) -> Rows:
    """Return the query's columns of one row, whose rowid is the statement's parameter."""
    columns = rows_of(table).c
    return sa.select(*(columns[name] for name in query.columns)).where(
        _rowid(table) == sa.bindparam("rowid", 0)
    )


def select_keyset_at(table: Table, query: RowQuery, rowid: int) -> Rows:
    """Return the keyset of the row with that rowid."""
    statement = select_keysets(table, RowQuery(table.name, (), order=query.order))
    return statement.order_by(None).where(_rowid(table) == rowid)


def select_width_at(table: Table, query: RowQuery, rowid: int) -> Rows:
    """Return how many bytes the query's columns have in the row with that rowid."""
    return sa.select(_width(table, query)).where(_rowid(table) == rowid)


def select_width(table: Table, query: RowQuery, last: Keyset) -> Rows:
    """Return how many bytes the query's columns have in the last row up to the key `last`."""
    statement = select_rows_backwards(table, RowQuery(table.name, ())).where(is_within(table, last)).limit(1)
    return statement.with_only_columns(_width(table, query), maintain_column_froms=True)


def _beyond(statement: Rows, table: Table, query: RowQuery, after: Keyset | None) -> Rows:
    return statement if after is None else statement.where(is_after(table, query, after))


def _rowid(table: Table) -> sa.ColumnClause[Any]:
    return sa.column(table.rowid_name or "rowid", _selectable=rows_of(table))


def _width(table: Table, query: RowQuery) -> sa.ColumnElement[Any]:
    columns = rows_of(table).c
    width: sa.ColumnElement[Any] = sa.literal(0)
    for name in query.columns:
        # octet_length reads a row's header, not the value: https://www.sqlite.org/lang_corefunc.html#octet_length
        width = width + sa.func.coalesce(sa.func.octet_length(columns[name]), 0)
    return width.label("width")

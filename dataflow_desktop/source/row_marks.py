"""Some rows of a table, remembered to know it again: a database file can be overwritten in place."""

import hashlib
from typing import Any

import sqlalchemy as sa

from dataflow_desktop.domain.keyset import Keyset, store_value
from dataflow_desktop.domain.row_query import RowQuery
from dataflow_desktop.domain.schema import ColumnKind, Table
from dataflow_desktop.domain.source_identity import RowMark
from dataflow_desktop.errors import ReasonCode, SourceError
from dataflow_desktop.source.connection import Row, SourceConnection
from dataflow_desktop.source.dialects import dialect_of
from dataflow_desktop.source.query_plan import needs_sorting
from dataflow_desktop.source.relations import rows_of
from dataflow_desktop.source.statements import (
    is_at,
    is_within,
    select_rows,
    select_rows_backwards,
    shown_columns,
)

ROWS_AT_EACH_END = 5
"""So many may change, or go, at one end without the table being taken for another."""

MOST_COLUMNS = 100
MOST_CHARACTERS = 200
"""Of each value; what tells two tables apart stands at the beginning of theirs too."""


def mark_rows(connection: SourceConnection, table: Table, bound: Keyset | None) -> tuple[RowMark, ...]:
    """Return marks of the first and the last rows not above `bound`; raises SourceError."""
    query = RowQuery(table.name, ())
    if not table.key or bound is None or needs_sorting(connection, table, query):
        return ()
    try:
        return tuple(
            _mark(table, row)
            for select in (select_rows, select_rows_backwards)
            for row in connection.rows(
                _shown(table, select(table, query).where(is_within(table, bound)).limit(ROWS_AT_EACH_END))
            )
        )
    except SourceError as error:
        if error.reason.code != ReasonCode.TEXT_INVALID.name:
            raise
        return ()  # a key that is no text cannot be kept; what is wrong with it, whoever reads it says


def has_marked_row(connection: SourceConnection, table: Table, marks: tuple[RowMark, ...]) -> bool:
    """Return whether one of `marks` is still true, or there are none; raises SourceError.

    One is enough: rows may have been changed or deleted since, and the table is the same for all that.
    """
    return not marks or any(mark in _marks_at(connection, table, mark.keyset) for mark in marks)


def _marks_at(connection: SourceConnection, table: Table, keyset: Keyset) -> list[RowMark]:
    statement = sa.select().select_from(rows_of(table)).where(is_at(table, keyset))
    return [_mark(table, row) for row in connection.rows(_shown(table, statement))]


def _shown(table: Table, statement: sa.Select[Any]) -> sa.Select[Any]:
    """Let `statement` give the key and, cut short, what else tells one row from another."""
    # A declared BLOB may be as large as memory, and says the least of what makes a row.
    names = [column.name for column in table.columns if column.kind is not ColumnKind.BYTES]
    dialect = dialect_of(table)
    values = [dialect.beginning(table, name, MOST_CHARACTERS) for name in names[:MOST_COLUMNS]]
    return statement.with_only_columns(*shown_columns(table, table.key), *values, maintain_column_froms=True)


def _mark(table: Table, row: Row) -> RowMark:
    values = repr([store_value(value) for value in row])
    return RowMark(row[: len(table.key)], hashlib.sha256(values.encode()).hexdigest())

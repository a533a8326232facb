"""The different values of a column, from one to the next of an index that leads with it."""

from dataflow_desktop.domain.row_query import Value
from dataflow_desktop.domain.schema import Column, DatabaseSystem, Table
from dataflow_desktop.source.connection import SourceConnection
from dataflow_desktop.source.sqlite.query_plan import plan_of
from dataflow_desktop.source.statements import Rows, select_next_value, select_null

_ANY_VALUE = b""
"""Stands for a value in a plan. SQLite trusts a partial index to a value that is just its own bound, and no
bound is an empty blob."""


def has_index_values(connection: SourceConnection, table: Table, column: Column) -> bool:
    """Return whether an index finds all values of `column`, NULL included, each in one step."""
    if table.system is not DatabaseSystem.SQLITE:  # whose plans are the ones that are understood here
        return False
    next_value = select_next_value(table, column.name, _ANY_VALUE)
    if not _is_search(connection, next_value, f"({column.name}>?)"):
        return False
    # A partial index of all that is not NULL would do until here, and knows nothing of the others.
    null = select_null(table, column.name)
    return not column.is_nullable or _is_search(connection, null, f"({column.name}=?)")


def read_index_values(
    connection: SourceConnection, table: Table, column: Column, most: int
) -> tuple[Value, ...]:
    """Return the different values of `column` in their order, but no more than `most`.

    Without the index that `has_index_values` tells of, it reads all rows for each value.
    """
    values: list[Value] = [value for (value,) in connection.rows(select_null(table, column.name))]
    value = connection.scalar(select_next_value(table, column.name, None))
    while value is not None and len(values) < most:
        values.append(value)
        value = connection.scalar(select_next_value(table, column.name, value))
    return tuple(values)


def _is_search(connection: SourceConnection, statement: Rows, sought: str) -> bool:
    # `sought` is all that is searched for. Behind other columns, as in a skip-scan, each value takes a scan.
    match plan_of(connection, statement):
        case [step]:
            return step.startswith("SEARCH ") and step.endswith(sought)
        case _:
            return False

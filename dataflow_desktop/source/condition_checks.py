"""Whether the database can read the values of conditions, before a query depends on them."""

from dataflow_desktop.domain.row_query import ON_TEXT, RowQuery
from dataflow_desktop.domain.schema import ColumnKind, Table
from dataflow_desktop.errors import ConfigurationError, ReasonCode, SourceError
from dataflow_desktop.source.connection import SourceConnection
from dataflow_desktop.source.statements import select_nothing_where


def check_values(connection: SourceConnection, table: Table, query: RowQuery) -> None:
    """Raise ConfigurationError, naming the column, for a value that a server's type does not know.

    `domain.condition_values` has checked the common types; what an enum, a range or an interval may be, only
    the server knows. Raises SourceError.
    """
    for condition in query.conditions:
        column = table.column(condition.column)
        if not column.base_type or column.kind is not ColumnKind.ANY or condition.operator in ON_TEXT:
            continue
        try:
            connection.rows(select_nothing_where(table, condition))
        except SourceError as error:
            if error.reason.code != ReasonCode.QUERY_FAILED.name:
                raise
            raise ConfigurationError(
                ReasonCode.VALUE_WRONG_FOR_SERVER,
                value=", ".join(map(repr, condition.values)),
                column=column.name,
                declared_type=column.declared_type,
                reason=error.reason.facts["reason"],
            ) from error

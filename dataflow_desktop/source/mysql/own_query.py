"""What MySQL says of the result of a SELECT."""

from dataflow_desktop.domain.own_query import OwnQuery
from dataflow_desktop.domain.schema import Column, ColumnKind, DatabaseSystem
from dataflow_desktop.source.connection import SourceConnection
from dataflow_desktop.source.mysql.column_types import kind_of
from dataflow_desktop.source.mysql.connection import MysqlConnection
from dataflow_desktop.source.mysql.session import ResultField
from dataflow_desktop.source.own_query import no_rows_of

_NOT_FIXED = 31
"""The number of decimals of a FLOAT or DOUBLE that has as many as it needs."""


def columns_of(connection: SourceConnection, query: OwnQuery) -> list[Column]:
    """Return the columns of the result of `query`; raises SourceError.

    By whose rules a text in it is ordered nobody tells: it is taken for those of a language.
    """
    if not isinstance(connection, MysqlConnection):
        raise TypeError(connection)
    fields = connection.fields_of(no_rows_of(query, DatabaseSystem.MYSQL))
    return [_column(field) for field in fields]


def _column(field: ResultField) -> Column:
    kind = kind_of(field.base_type)
    is_fixed = kind is ColumnKind.FLOAT and field.decimals < _NOT_FIXED
    has_digits = is_fixed or kind is ColumnKind.DECIMAL
    return Column(
        name=field.name,
        declared_type=f"{field.base_type}({field.digits},{field.decimals})"
        if has_digits
        else field.base_type,
        kind=kind,
        decimals=field.decimals if kind is ColumnKind.DECIMAL else None,
        base_type=field.base_type,
        has_language_order=kind is ColumnKind.TEXT,
    )

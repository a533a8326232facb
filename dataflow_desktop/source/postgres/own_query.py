"""What PostgreSQL says of the result of a SELECT."""

import sqlalchemy as sa

from dataflow_desktop.domain.own_query import OwnQuery
from dataflow_desktop.domain.schema import Column, DatabaseSystem
from dataflow_desktop.source.connection import SourceConnection
from dataflow_desktop.source.own_query import no_rows_of
from dataflow_desktop.source.postgres.connection import PostgresConnection
from dataflow_desktop.source.postgres.description import column_of

_TYPES = sa.text(
    """
    SELECT asked.place::int, pg_catalog.format_type(asked.type, asked.modifier), t.typname
    FROM unnest(CAST(:types AS oid[]), CAST(:modifiers AS int[]))
         WITH ORDINALITY AS asked(type, modifier, place)
    JOIN pg_catalog.pg_type t ON t.oid = asked.type
    ORDER BY asked.place
    """
)


def columns_of(connection: SourceConnection, query: OwnQuery) -> list[Column]:
    """Return the columns of the result of `query`; raises SourceError.

    By whose rules a text in it is ordered nobody tells: it is taken for those of a language.
    """
    if not isinstance(connection, PostgresConnection):
        raise TypeError(connection)
    fields = connection.fields_of(no_rows_of(query, DatabaseSystem.POSTGRESQL))
    names = [name for name, _, _ in fields]
    types, modifiers = ([str(field[place]) for field in fields] for place in (1, 2))
    asked = _TYPES.bindparams(types=f"{{{','.join(types)}}}", modifiers=f"{{{','.join(modifiers)}}}")
    described = connection.rows(asked)
    return [
        column_of((name, place, declared_type, base_type, False, modifier, True))
        for name, modifier, (place, declared_type, base_type) in zip(names, modifiers, described, strict=True)
    ]

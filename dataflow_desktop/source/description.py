"""Tables, columns, kinds and keys of a source, as the database itself describes them."""

import functools
from dataclasses import replace

from dataflow_desktop.domain.schema import Table, TableSummary
from dataflow_desktop.errors import ConfigurationError, ReasonCode
from dataflow_desktop.source.connection import SourceConnection
from dataflow_desktop.source.systems import parts_of


def list_tables(connection: SourceConnection) -> list[TableSummary]:
    """Return all tables and views of the source, by name; raises SourceError."""
    summaries = parts_of(connection.source.system).list_tables(connection)
    return [replace(summary, table=_as_before(summary.table)) for summary in summaries]


def describe_table(connection: SourceConnection, name: str) -> Table:
    """Return the table or view called `name`; raises ConfigurationError when there is none, SourceError."""
    table = parts_of(connection.source.system).find_table(connection, name)
    if table is None:
        known = ", ".join(summary.table.name for summary in list_tables(connection)) or "none"
        raise ConfigurationError(
            ReasonCode.TABLE_UNKNOWN, table=name, source=connection.source.address, known=known
        )
    return _as_before(table)


def require_key(table: Table) -> None:
    """Raise ConfigurationError unless `table` can be read in pieces."""
    if not table.key:
        raise ConfigurationError(ReasonCode.TABLE_WITHOUT_KEY, table=table.name)


@functools.lru_cache(maxsize=64)
def _as_before(table: Table) -> Table:
    """Return the table equal to this one that was described first.

    Statements look up what they know of a table for each of its columns. The same object is found at once;
    another one is compared by all its columns, which is slow where there are thousands.
    """
    return table

"""Tables, columns, kinds and keys of a source, as the database itself describes them."""

from collections.abc import Sequence

from dataflow_desktop.domain.own_query import OwnQuery
from dataflow_desktop.domain.schema import Column, KeyKind, Table, TableKind, TableSummary
from dataflow_desktop.errors import ConfigurationError, ReasonCode, SourceError
from dataflow_desktop.phrases import Phrase
from dataflow_desktop.source.connection import SourceConnection
from dataflow_desktop.source.own_query import check_parameters, check_statement
from dataflow_desktop.source.statements import select_equal_keys, select_null_keys
from dataflow_desktop.source.systems import parts_of


def list_tables(connection: SourceConnection, queries: Sequence[OwnQuery] = ()) -> list[TableSummary]:
    """Return all tables and views of the source, by name, and then `queries`; raises SourceError.

    A query whose name a table has got is left out: that name means the table.
    """
    known = list(parts_of(connection.source.system).list_tables(connection))
    names = {summary.table.name for summary in known}
    return known + [_summary(connection, query) for query in queries if query.name not in names]


def describe_table(connection: SourceConnection, name: str, queries: Sequence[OwnQuery] = ()) -> Table:
    """Return the table, view or one of `queries` called `name`.

    Raises ConfigurationError when there is none, SourceError, and what `describe_query` does.
    """
    table = parts_of(connection.source.system).find_table(connection, name)
    if table is not None:
        return table
    for query in queries:
        if query.name == name:
            return describe_query(connection, query)
    known = ", ".join(summary.table.name for summary in list_tables(connection, queries)) or "none"
    raise ConfigurationError(
        ReasonCode.TABLE_UNKNOWN, table=name, source=connection.source.address, known=known
    )


def describe_query(connection: SourceConnection, query: OwnQuery) -> Table:
    """Return the table that `query` is.

    Raises ConfigurationError when it is no SELECT that can stand in a statement, or has no such key;
    SourceError where the source does not answer.
    """
    system = connection.source.system
    check_parameters(query, system)
    columns = columns_of(connection, query)
    names = [column.name for column in columns]
    for name in names:
        if names.count(name) > 1:
            problem = Phrase.TWO_COLUMNS.format(name=name)
            raise ConfigurationError(ReasonCode.OWN_QUERY_WRONG, name=query.name, problem=problem)
    table = Table(
        name=query.name,
        kind=TableKind.QUERY,
        columns=columns,
        key=query.key,
        key_kind=KeyKind.UNIQUE if query.key else KeyKind.NONE,
        system=system,
        own_query=query,
    )
    table.columns_named(query.key)
    return table


def columns_of(connection: SourceConnection, query: OwnQuery) -> tuple[Column, ...]:
    """Return the columns of the result of `query`, whose parameters need no values for that.

    Raises ConfigurationError when it is no SELECT that can stand in a statement; SourceError where the source
    does not answer.
    """
    check_statement(query, connection.source.system)
    try:
        return tuple(parts_of(connection.source.system).columns_of(connection, query))
    except SourceError as error:
        if error.reason.code != ReasonCode.QUERY_FAILED.name:
            raise
        problem = Phrase.DATABASE_SAYS.format(reason=error.reason.facts["reason"])
        raise ConfigurationError(ReasonCode.OWN_QUERY_WRONG, name=query.name, problem=problem) from error


def check_query(connection: SourceConnection, query: OwnQuery) -> None:
    """Raise ConfigurationError unless `query` can be used under its name; SourceError."""
    if not query.name.strip():
        raise ConfigurationError(ReasonCode.OWN_QUERY_WRONG, name='""', problem=Phrase.NO_NAME)
    if parts_of(connection.source.system).find_table(connection, query.name) is not None:
        problem = Phrase.NAME_OF_A_TABLE
        raise ConfigurationError(ReasonCode.OWN_QUERY_WRONG, name=query.name, problem=problem)
    check_key(connection, describe_query(connection, query))


def check_key(connection: SourceConnection, table: Table) -> None:
    """Raise ConfigurationError unless the key chosen for a query tells its rows apart; reads all of them.

    What a source calls a key is one. Raises SourceError.
    """
    if table.own_query is None or not table.key:
        return
    is_null, is_twice = (
        connection.rows(statement) for statement in (select_null_keys(table), select_equal_keys(table))
    )
    if is_null or is_twice:
        problem = Phrase.KEY_HOLDS_NULL if is_null else Phrase.KEY_NOT_UNIQUE
        key = ", ".join(table.key)
        raise ConfigurationError(ReasonCode.OWN_QUERY_KEY_WRONG, key=key, name=table.name, problem=problem)


def _summary(connection: SourceConnection, query: OwnQuery) -> TableSummary:
    try:
        return TableSummary(describe_query(connection, query), None)
    except ConfigurationError:
        # What it asks for is gone, perhaps: it stands there all the same, and hides none of the others.
        system = connection.source.system
        table = Table(query.name, TableKind.QUERY, (), (), KeyKind.NONE, system=system, own_query=query)
        return TableSummary(table, None)


def require_key(table: Table) -> None:
    """Raise ConfigurationError unless `table` can be read in pieces."""
    if not table.key:
        raise ConfigurationError(ReasonCode.TABLE_WITHOUT_KEY, table=table.name)

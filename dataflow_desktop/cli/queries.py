"""Queries of a person's own: saved under a name, and used like tables from then on."""

import sys

from dataflow_desktop import locations
from dataflow_desktop.cli.arguments import Arguments, split_names
from dataflow_desktop.cli.login import connected
from dataflow_desktop.cli.output import print_lines, print_reason, say
from dataflow_desktop.domain.own_query import OwnQuery
from dataflow_desktop.domain.schema import Table
from dataflow_desktop.domain.source_address import without_options
from dataflow_desktop.errors import ConfigurationError, ReasonCode
from dataflow_desktop.records.queries import QueryStore
from dataflow_desktop.source.connection import SourceConnection
from dataflow_desktop.source.description import check_query, describe_table
from dataflow_desktop.source.opening import open_source

DONE = 0


def query_store() -> QueryStore:
    """Return the saved queries; what is wrong with their file is said."""
    store = QueryStore(locations.queries_path())
    store.all()
    if store.notice is not None:
        print_reason(store.notice)
    return store


def table_named(connection: SourceConnection, name: str) -> Table:
    """Return the table of that name, or the query saved under it; raises DataFlowError."""
    return describe_table(connection, name, query_store().queries_of(connection.source.address))


def query(arguments: Arguments) -> int:
    """Save a query, show the one of that name, or forget it."""
    store = query_store()
    if arguments.statement is None or arguments.delete:
        saved = _saved(store, arguments)
        if arguments.delete:
            store.forget(open_source(arguments.source).address, saved)
            say(f"The query {saved.name} is forgotten. What was exported from it stays.")
        else:
            print_lines(_shown(saved))
        return DONE
    wished = _wished(arguments)
    with connected(arguments.source) as connection:
        check_query(connection, wished)
        store.keep(connection.source.address, wished)
    say(f"The query {wished.name} is saved for {without_options(connection.source.address)}.")
    if not wished.key:
        say("It has no key: an export of it is made in one pass, and begins again when it is stopped.")
    return DONE


def _wished(arguments: Arguments) -> OwnQuery:
    statement = sys.stdin.read() if arguments.statement == "-" else arguments.statement or ""
    key = tuple(split_names(arguments.key, "--key", "query")) if arguments.key is not None else ()
    return OwnQuery(arguments.name, statement, key, tuple(arguments.parameters))


def _saved(store: QueryStore, arguments: Arguments) -> OwnQuery:
    address = open_source(arguments.source).address
    saved = {query.name: query for query in store.queries_of(address)}
    if arguments.name not in saved:
        known = ", ".join(saved) or "none"
        raise ConfigurationError(
            ReasonCode.OWN_QUERY_UNKNOWN, name=arguments.name, source=address, known=known
        )
    return saved[arguments.name]


def _shown(saved: OwnQuery) -> list[str]:
    lines = [saved.statement.rstrip(), f"-- key: {', '.join(saved.key) or 'none'}"]
    return lines + [f"-- :{name} = {value}" for name, value in saved.parameters]

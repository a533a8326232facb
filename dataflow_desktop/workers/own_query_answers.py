"""What the window asks about queries of a person's own."""

from collections.abc import Sequence

from dataflow_desktop import locations
from dataflow_desktop.domain.schema import TableSummary
from dataflow_desktop.errors import ConfigurationError, ReasonCode
from dataflow_desktop.phrases import Phrase
from dataflow_desktop.records.queries import QueryStore
from dataflow_desktop.source.connection import SourceConnection
from dataflow_desktop.source.description import check_query, columns_of, list_tables
from dataflow_desktop.source.own_query import parameters_of
from dataflow_desktop.workers.query_wishes import (
    DeleteQueryWish,
    LookAtQueryWish,
    QueryDeleted,
    QueryLooked,
    QuerySaved,
    SaveQueryWish,
)


def own_query_answer(
    connection: SourceConnection, wish: LookAtQueryWish | SaveQueryWish | DeleteQueryWish
) -> QueryLooked | QuerySaved | QueryDeleted:
    """Return the answer to `wish`; raises DataFlowError, Stopped."""
    match wish:
        case LookAtQueryWish():
            return _looked(connection, wish)
        case SaveQueryWish():
            return _saved(connection, wish)
        case DeleteQueryWish():
            return _deleted(connection, wish)


def tables_of(connection: SourceConnection) -> Sequence[TableSummary]:
    """Return all tables and views of the source, and the queries saved for it; raises DataFlowError."""
    return list_tables(connection, _query_store().queries_of(connection.source.address))


def _query_store() -> QueryStore:
    return QueryStore(locations.queries_path())


def _looked(connection: SourceConnection, wish: LookAtQueryWish) -> QueryLooked:
    """Return what the statement is so far; what is wrong with it is part of the answer."""
    parameters: tuple[str, ...] = ()
    try:
        parameters = parameters_of(wish.query, connection.source.system)
        return QueryLooked(wish, parameters, columns_of(connection, wish.query), None)
    except ConfigurationError as error:
        return QueryLooked(wish, parameters, (), error.reason)


def _saved(connection: SourceConnection, wish: SaveQueryWish) -> QuerySaved:
    check_query(connection, wish.query)
    source, store = connection.source.address, _query_store()
    is_renamed = wish.replaced is None or wish.replaced.name != wish.query.name
    if is_renamed and wish.query.name in {query.name for query in store.queries_of(source)}:
        problem = Phrase.NAME_OF_A_QUERY
        raise ConfigurationError(ReasonCode.OWN_QUERY_WRONG, name=wish.query.name, problem=problem)
    store.keep(source, wish.query)
    if is_renamed and wish.replaced is not None:
        store.forget(source, wish.replaced)
    return QuerySaved(wish)


def _deleted(connection: SourceConnection, wish: DeleteQueryWish) -> QueryDeleted:
    _query_store().forget(connection.source.address, wish.query)
    return QueryDeleted(wish)

"""Queries of one's own, which need to know the types of a result: no word for that is common to all."""

from dataflow_desktop.domain.own_query import OwnQuery
from dataflow_desktop.domain.schema import Column
from dataflow_desktop.errors import ConfigurationError, ReasonCode
from dataflow_desktop.phrases import Phrase
from dataflow_desktop.source.connection import SourceConnection


def columns_of(connection: SourceConnection, query: OwnQuery) -> list[Column]:  # noqa: ARG001 - of a kind with the others
    """Raise ConfigurationError: of this database only tables and views are shown."""
    problem = Phrase.NOT_OF_THIS_KIND
    raise ConfigurationError(ReasonCode.OWN_QUERY_WRONG, name=query.name, problem=problem)

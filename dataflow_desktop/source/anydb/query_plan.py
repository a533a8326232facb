"""Whether rows come in the order of an index, where no plan can be read."""

from typing import Any

import sqlalchemy as sa

from dataflow_desktop.source.anydb.dialect import is_key_term
from dataflow_desktop.source.connection import SourceConnection


def is_sorted_anew(connection: SourceConnection, statement: sa.Select[Any]) -> bool:  # noqa: ARG001 - one of `Parts`
    """Return whether the order is another than that of the key, which every database has an index for."""
    return not all(map(is_key_term, statement._order_by_clauses))  # noqa: SLF001 - nothing else tells the order

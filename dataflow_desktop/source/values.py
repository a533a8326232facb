"""Values on their way into statements."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from dataflow_desktop.domain.row_query import Value


@dataclass(frozen=True)
class Given:
    """Stands in a statement for a value that is there only when it is run."""

    name: str


def untyped(value: Value) -> sa.BindParameter[Any]:
    """Return a value for a statement as it is: without a type nothing is made of it."""
    return sa.literal(value, sa.types.NullType())

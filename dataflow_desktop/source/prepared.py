"""Statements compiled once and run many times: to compile takes as long as reading a thousand rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect

from dataflow_desktop.domain.row_query import Value

_DIALECT = sqlite_dialect()


@dataclass(frozen=True)
class Given:
    """Stands in a statement for a value that is there only when it is run."""

    name: str


@dataclass(frozen=True)
class Filled:
    """A statement as text, and the values of its parameters in order."""

    text: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Prepared:
    """A statement as text, and for each of its parameters in order a value, or which one is to be given."""

    text: str
    parameters: tuple[Value | Given, ...]

    @classmethod
    def of(cls, statement: sa.Select[Any]) -> "Prepared":
        """Compile `statement`, the columns of its result called by their numbers from 0 on."""
        # A frame's columns need different names; those of a query may be the same, or empty.
        columns = [column.label(str(number)) for number, column in enumerate(statement.selected_columns)]
        statement = statement.with_only_columns(*columns, maintain_column_froms=True)
        compiled = statement.compile(dialect=_DIALECT, compile_kwargs={"render_postcompile": True})
        values = compiled.params
        return cls(str(compiled), tuple(values[name] for name in compiled.positiontup or ()))

    def filled(self, given: Mapping[str, Value]) -> Filled:
        """Return the statement with what it lacks taken from `given`, which may hold more."""
        values = (given[value.name] if isinstance(value, Given) else value for value in self.parameters)
        return Filled(self.text, tuple(values))

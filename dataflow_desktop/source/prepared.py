"""Statements compiled once and run many times: to compile takes as long as reading a thousand rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.sql.compiler import SQLCompiler

from dataflow_desktop.domain.keyset import Keyset
from dataflow_desktop.domain.row_query import Value
from dataflow_desktop.domain.schema import DatabaseSystem
from dataflow_desktop.source.dialects import sqlalchemy_dialect
from dataflow_desktop.source.filled import Filled, Widen
from dataflow_desktop.source.values import Given
from dataflow_desktop.source.wide_results import narrowed


@dataclass(frozen=True)
class Prepared:
    """A statement as text, and for each of its parameters in order a value, or which one is to be given."""

    text: str
    parameters: tuple[Value | Given, ...]
    widen: Widen | None = None
    statement: sa.Select[Any] | None = None
    """Instead of a text, of a database whose words only its session knows."""

    @classmethod
    def of(cls, statement: sa.Select[Any], system: DatabaseSystem) -> "Prepared":
        """Compile `statement` for `system`, the columns of its result called by their numbers from 0 on."""
        widen = None
        if system is DatabaseSystem.SQLITE:
            statement, widen = narrowed(statement)
        # A frame's columns need different names; those of a query may be the same, or empty.
        columns = [column.label(str(number)) for number, column in enumerate(statement.selected_columns)]
        statement = statement.with_only_columns(*columns, maintain_column_froms=True)
        if system is DatabaseSystem.OTHER:
            return cls("", (), statement=statement)
        return cls(*compiled(statement, system), widen)

    def filled(self, given: Mapping[str, Value]) -> Filled:
        """Return the statement with what it lacks taken from `given`, which may hold more."""
        if self.statement is not None:
            return Filled("", (), statement=self.statement, given=tuple(given.items()))
        values = (given[value.name] if isinstance(value, Given) else value for value in self.parameters)
        return Filled(self.text, tuple(values), self.widen)


def compiled(statement: sa.Executable, system: DatabaseSystem) -> tuple[str, tuple[Any, ...]]:
    """Return the text of `statement` for the driver of `system`, and its parameters in order."""
    made = cast("sa.ClauseElement", statement).compile(
        dialect=sqlalchemy_dialect(system), compile_kwargs={"render_postcompile": True}
    )
    values = made.params
    return str(made), tuple(values[name] for name in cast("SQLCompiler", made).positiontup or ())


def shape_of(keyset: Keyset | None) -> object:
    """Return what of a keyset makes the statement another one."""
    return None if keyset is None else tuple(value is None for value in keyset)


def given_keyset(name: str, keyset: Keyset) -> Keyset:
    """Return what stands in a statement for `keyset`, until `named_values` gives its values."""
    given = tuple(None if value is None else Given(f"{name} {number}") for number, value in enumerate(keyset))
    return cast("Keyset", given)  # statements only ask a value whether it is None


def named_values(name: str, keyset: Keyset) -> dict[str, Value]:
    """Return the values of `keyset` for the places that `given_keyset` left open."""
    return {f"{name} {number}": value for number, value in enumerate(keyset)}

"""A statement that can be run, whoever put it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dataflow_desktop.domain.row_query import Value

if TYPE_CHECKING:  # whoever reads the first rows of a file does without it
    import sqlalchemy as sa

Widen = Callable[[tuple[Value, ...]], tuple[Value, ...]]


@dataclass(frozen=True)
class Filled:
    """A statement as text, and the values of its parameters in order; its rows go through `widen`."""

    text: str
    values: tuple[Value, ...]
    widen: Widen | None = None
    statement: "sa.Select[Any] | None" = None
    """Instead of a text: what a session compiles by itself, its values in `given`."""
    given: tuple[tuple[str, Value], ...] = ()

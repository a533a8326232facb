"""A column with few values, as a drop-down offers it."""

from dataclasses import dataclass

from dataflow_desktop.domain.row_query import Value


@dataclass(frozen=True)
class Facet:
    """All different values of one column, in their order; None stands for NULL."""

    column: str
    values: tuple[Value, ...]

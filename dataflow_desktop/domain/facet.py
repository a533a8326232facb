"""A column with few values, as a drop-down offers it."""

from dataclasses import dataclass

from dataflow_desktop.domain.row_query import Value


@dataclass(frozen=True)
class Facet:
    """The different values of one column, in their order; None stands for NULL.

    All of them when `is_complete`; else those met in a sample of the rows, where rarer ones may be missing.
    """

    column: str
    values: tuple[Value, ...]
    is_complete: bool = True

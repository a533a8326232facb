"""What the user asked to see: table, columns, conditions, search, order."""

from dataclasses import dataclass
from enum import StrEnum

TypedValue = int | float | str | bytes
Value = TypedValue | None
"""One cell as the program holds it; text and numbers are never turned into each other."""


class Operator(StrEnum):
    """How a condition compares; the value is the word a person types."""

    EQUAL = "="
    NOT_EQUAL = "!="
    LESS = "<"
    LESS_OR_EQUAL = "<="
    GREATER = ">"
    GREATER_OR_EQUAL = ">="
    CONTAINS = "contains"
    STARTS = "starts"
    ENDS = "ends"
    IN = "in"
    NOT_IN = "not-in"
    BETWEEN = "between"
    IS_NULL = "is-null"
    NOT_NULL = "not-null"


WITHOUT_VALUE = frozenset({Operator.IS_NULL, Operator.NOT_NULL})
WITH_LIST = frozenset({Operator.IN, Operator.NOT_IN, Operator.BETWEEN})
ON_TEXT = frozenset({Operator.CONTAINS, Operator.STARTS, Operator.ENDS})


@dataclass(frozen=True)
class Condition:
    """One comparison that must hold; `values` has none, one or many, as the operator takes."""

    column: str
    operator: Operator
    values: tuple[TypedValue, ...] = ()


@dataclass(frozen=True)
class Search:
    """Literal text, letters compared without case, in any text column or in the one named."""

    text: str
    column: str | None = None


@dataclass(frozen=True)
class SortColumn:
    """One column of an order; NULL comes before everything else, descending after it."""

    column: str
    is_descending: bool = False


@dataclass(frozen=True)
class RowRange:
    """Rows from one keyset to another, both of them included, in an order that ends in the table's key."""

    order: tuple[SortColumn, ...]
    first: tuple[Value, ...]
    last: tuple[Value, ...]


@dataclass(frozen=True)
class RowQuery:
    """Rows of one table: those within `rows` for which all conditions and the search hold.

    They come in the order asked for, and in that of the table's key where it leaves a choice. With `beyond`,
    only rows count whose key lies beyond that one.
    """

    table: str
    columns: tuple[str, ...]
    conditions: tuple[Condition, ...] = ()
    search: Search | None = None
    order: tuple[SortColumn, ...] = ()
    rows: RowRange | None = None
    beyond: tuple[Value, ...] | None = None

    @property
    def is_filtered(self) -> bool:
        """Whether the query asks for less than all rows."""
        is_cut = self.rows is not None or self.beyond is not None
        return bool(self.conditions) or self.search is not None or is_cut

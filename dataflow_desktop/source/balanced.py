"""Long sums and conditions as trees, for SQLite takes no expression that is more than 1,000 deep.

A chain of terms is as deep as it is long: https://www.sqlite.org/limits.html#max_expr_depth. A table may have
2,000 columns.
"""

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy.sql.elements import ColumnElement, Grouping

T = TypeVar("T")


def balanced(word: str, terms: Sequence[ColumnElement[T]]) -> ColumnElement[T]:
    """Return all `terms`, one at least, with `word` between them: AND, OR or another that is associative."""
    if len(terms) == 1:
        return terms[0]
    middle = len(terms) // 2
    first, others = (Grouping(balanced(word, half)) for half in (terms[:middle], terms[middle:]))
    # Of its own operators SQLAlchemy knows that they are associative, and makes a chain of any tree again.
    return first.op(word)(others)

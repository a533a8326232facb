"""Which values Excel changes when it opens delimited text, and into what: no quotes keep it from doing so.

It takes digits for a number and drops zeros before them, and a number has 15 digits there:
https://support.microsoft.com/office/keeping-leading-zeros-and-large-numbers-1bf7b935-36e1-4985-842f-5dfa51f85fe7
"""

from dataclasses import dataclass

from dataflow_desktop.domain.row_query import Value
from dataflow_desktop.domain.schema import Column, ColumnKind

MOST_DIGITS = 15

CHANGED_KINDS = frozenset({ColumnKind.TEXT, ColumnKind.INTEGER, ColumnKind.DECIMAL, ColumnKind.ANY})
"""Of columns that can hold such values."""

_SMALLEST_CHANGED = 10**MOST_DIGITS


@dataclass(frozen=True)
class ExcelChange:
    """What a column holds, and what that becomes in Excel: an example of its values."""

    column: str
    value: str
    becomes: str


def may_be_changed(column: Column) -> bool:
    """Whether a column is of a kind that can hold such values."""
    return column.kind in CHANGED_KINDS


def shown_by_excel(value: Value) -> str | None:
    """Return what `value` becomes, None where it stays what it is."""
    if isinstance(value, int):
        return _cut(str(value)) if abs(value) > _SMALLEST_CHANGED else None
    if not isinstance(value, str) or len(value) < 2 or not value.isascii():  # noqa: PLR2004 - one digit stays
        return None
    if not (value[0] == "0" or len(value) > MOST_DIGITS):
        return None
    digits = value.removeprefix("-")
    if not digits.isdigit():
        return None
    number = digits.lstrip("0") or "0"
    return _cut(number if digits == value else f"-{number}", value)


def _cut(number: str, before: str | None = None) -> str | None:
    """Return `number` with zeros for all digits after the fifteenth; None where it was that before."""
    digits = number.removeprefix("-")
    sign = number[: len(number) - len(digits)]
    cut = sign + digits[:MOST_DIGITS] + "0" * (len(digits) - MOST_DIGITS)
    return cut if cut != (before or number) else None

"""Turns values into text for the eye: on one line, cut when long, everything visible."""

import re
from collections.abc import Callable, Sequence

from dataflow_desktop.domain.row_query import Value
from dataflow_desktop.domain.schema import Column

CellText = str | None
"""One cell as the table shows it; None stands for NULL, so that it differs from an empty text."""

CellMaker = Callable[[Value], CellText]

LONGEST_TEXT = 300
"""Characters shown of a long text: wider than any column gets, small enough to keep pages light."""

LONGEST_BYTES = 32
CUT_MARK = "…"

# Control characters and line separators break the line, bidirectional overrides mirror the cells beside.
_UNSHOWABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_VISIBLE: dict[int, int | str] = {
    **{code: 0x2400 + code for code in range(0x20)},
    **dict.fromkeys(range(0x80, 0xA0), 0xFFFD),
    **dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)], 0xFFFD),
    0x09: "⇥",
    0x0A: "↵",
    0x0D: "␍",
    0x7F: "␡",
    0x2028: "↵",
    0x2029: "↵",
}


def cell_makers(columns: Sequence[Column]) -> tuple[CellMaker, ...]:
    """Return for each column the function that turns its values into text for the eye."""
    return tuple(
        _decimal_maker(column.decimals) if column.decimals is not None else cell_text for column in columns
    )


def format_row(makers: Sequence[CellMaker], row: Sequence[Value]) -> tuple[CellText, ...]:
    """Return one row as text for the eye."""
    return tuple(make(value) for make, value in zip(makers, row, strict=True))


def cell_text(value: Value) -> CellText:
    """Return `value` on one line, cut when long; None for NULL."""
    match value:
        case None:
            return None
        case str():
            return _one_line(value)
        case bytes():
            return _hex(value)
        case float():
            return repr(value)
        case int():
            return str(value)


def decimal_text(value: float, decimals: int) -> str:
    """Return a number with that many decimals where this loses nothing, else in full."""
    if isinstance(value, int):
        return f"{value}.{'0' * decimals}" if decimals else str(value)
    text = f"{value:.{decimals}f}"
    return text if float(text) == value else repr(value)


def _decimal_maker(decimals: int) -> CellMaker:
    def make(value: Value) -> CellText:
        return decimal_text(value, decimals) if isinstance(value, int | float) else cell_text(value)

    return make


def _one_line(text: str) -> str:
    shown = text if len(text) <= LONGEST_TEXT else text[:LONGEST_TEXT] + CUT_MARK
    return shown.translate(_VISIBLE) if _UNSHOWABLE.search(shown) else shown


def _hex(value: bytes) -> str:
    if len(value) <= LONGEST_BYTES:
        return value.hex()
    return f"{value[:LONGEST_BYTES].hex()}{CUT_MARK} ({len(value)} B)"

"""How one text stands in a spreadsheet's XML, and what no cell can hold; nothing is loaded for it."""

import re

# What XML 1.0 has no way to write, and CR, which every XML reader turns into LF. ECMA-376 part 1, 22.9.2.19
# (ST_Xstring) writes them as _xHHHH_, and so must escape a text that looks like one already, or does when the
# letter behind it is escaped.
_UNWRITABLE = [*range(9), *range(0x0B, 0x20), 0xFFFE, 0xFFFF]
UNWRITABLE_CLASS = "\\x00-\\x08\\x0B-\\x1F\ufffe\uffff"
REPLACED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"} | {chr(code): f"_x{code:04X}_" for code in _UNWRITABLE}
"""Characters, and what stands for each."""

_TRANSLATION = str.maketrans(REPLACED)
_ESCAPE_BEGINS = re.compile(f"_(?=x[0-9A-Fa-f]{{4}}[_{UNWRITABLE_CLASS}])")


class LongTextError(Exception):
    """A text of `units` UTF-16 units is more than a cell can hold.

    `column` is the column's name in the table. `row` counts in the frame, from 0, and is None for the header.
    """

    def __init__(self, column: str, row: int | None, units: int) -> None:
        super().__init__(f"{column}, row {row}: {units}")
        self.column = column
        self.row = row
        self.units = units


def without_lookalikes(text: str) -> str:
    """Return the text with an escape for what looks like one."""
    return _ESCAPE_BEGINS.sub("_x005F_", text)


def escaped_text(text: str) -> str:
    """Return the text as it stands between two tags."""
    return without_lookalikes(text).translate(_TRANSLATION)


def utf16_units(text: str) -> int:
    """Return how many UTF-16 units the text has, by which cells are limited."""
    return len(text.encode("utf-16-le")) // 2

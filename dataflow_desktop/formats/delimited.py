"""Delimited text after RFC 4180: header, NULL as nothing, '' as two quotes."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from dataflow_desktop.domain.chunk import Chunk
from dataflow_desktop.domain.row_query import Value
from dataflow_desktop.domain.schema import Column

ENCODER_VERSION = 1
"""Changes only when the same rows and options would give other bytes: such jobs cannot go on."""

_DELIMITER = ","
_LINE_END = "\n"
_QUOTE = '"'
_NEEDS_QUOTES = re.compile(r'[",\r\n]').search

CellText = Callable[[Value], str]


class DelimitedEncoder:
    """Encodes chunks of the given columns; the bytes never depend on where chunks begin and end."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._columns = columns
        self._cell_texts = [_cell_text_for(column) for column in columns]

    def header(self) -> bytes:
        """Return the bytes that come before the first row."""
        return (_DELIMITER.join(_text(column.name) for column in self._columns) + _LINE_END).encode()

    def encode(self, chunk: Chunk) -> bytes:
        """Return the bytes of all rows of `chunk`, in order."""
        texts = [
            list(map(cell_text, values))
            for cell_text, values in zip(self._cell_texts, chunk.columns, strict=True)
        ]
        lines = map(_DELIMITER.join, zip(*texts, strict=True))
        return "".join(line + _LINE_END for line in lines).encode()


def _cell_text_for(column: Column) -> CellText:
    if column.decimals is None:
        return _cell_text
    decimals = column.decimals

    def scaled_or_plain(value: Value) -> str:
        return _scaled(value, decimals) if isinstance(value, int | float) else _cell_text(value)

    return scaled_or_plain


def _cell_text(value: Value) -> str:
    return _TEXTS[type(value)](value)


def _text(value: str) -> str:
    if not value or _NEEDS_QUOTES(value):
        return _QUOTE + value.replace(_QUOTE, _QUOTE + _QUOTE) + _QUOTE
    return value


def _scaled(number: float, decimals: int) -> str:
    """Return `number` with so many decimals where that reads back to the same number, else in full."""
    if isinstance(number, int):
        return f"{number}.{'0' * decimals}" if decimals else str(number)
    text = f"{number:.{decimals}f}"
    return text if float(text) == number else repr(number)


def _bytes_text(value: bytes) -> str:
    return value.hex() or _QUOTE + _QUOTE


# By type and not by declaration: SQLite lets any column hold any type. repr() of a float is the shortest text
# that reads back to the same double: https://docs.python.org/3/tutorial/floatingpoint.html
_TEXTS: dict[type, Callable[[Any], str]] = {
    type(None): lambda _: "",
    int: str,
    float: repr,
    str: _text,
    bytes: _bytes_text,
}

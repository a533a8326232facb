"""One value for a person who wants all of it: whole text, JSON indented, bytes as hex."""

import json
from collections.abc import Iterator

from dataflow_desktop.domain.row_query import Value

MOST_CHARACTERS = 200_000
"""A text field lays them out in 0.1 s if they stand on one line (measured), and anew with each new width."""

MOST_BYTES = 64 * 1024
BYTES_IN_LINE = 16
_PRINTABLE = range(0x20, 0x7F)


def whole_value(value: Value) -> tuple[str, int]:
    """Return `value` as text, and how many characters or bytes of it are left out."""
    match value:
        case None:
            return "NULL", 0
        case str():
            text = value if len(value) > MOST_CHARACTERS else _indented(value)
            return text[:MOST_CHARACTERS], max(0, len(text) - MOST_CHARACTERS)
        case bytes():
            return "\n".join(_hex_lines(value[:MOST_BYTES])), max(0, len(value) - MOST_BYTES)
        case int() | float():
            return repr(value), 0


def _indented(text: str) -> str:
    """Return JSON of an object or a list indented, every other text as it is."""
    if text.lstrip()[:1] not in {"{", "["}:
        return text
    try:
        indented = json.dumps(json.loads(text), ensure_ascii=False, indent=2)
    except (ValueError, RecursionError):
        return text
    # Only where nothing but space was changed: 1.10 is not 1.1, and a key may stand there twice.
    return indented if _without_space(indented) == _without_space(text) else text


def _without_space(text: str) -> str:
    return "".join(text.split())


def _hex_lines(data: bytes) -> Iterator[str]:
    for first in range(0, len(data), BYTES_IN_LINE):
        line = data[first : first + BYTES_IN_LINE]
        letters = "".join(chr(code) if code in _PRINTABLE else "." for code in line)
        yield f"{first:08x}  {line.hex(' '):<{3 * BYTES_IN_LINE - 1}}  {letters}"

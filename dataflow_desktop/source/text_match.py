"""Literal text search that compares letters of any script without case, in SQLite's own means."""

import functools
import sys
from collections import defaultdict

import sqlalchemy as sa

from dataflow_desktop.domain.row_query import Operator
from dataflow_desktop.errors import ConfigurationError, ReasonCode

SEARCH_LIMIT = 2_000
"""Characters of a search text: SQLite's patterns end at 50,000 bytes, and a letter's class takes up to 20."""

_ESCAPE = "\\"


def matches(column: sa.ColumnElement[object], operator: Operator, text: str) -> sa.ColumnElement[bool]:
    """Return the condition that `column` contains, starts or ends with `text`.

    ASCII letters equal each other in either case, and so do all other letters; nothing in `text` is special.
    LIKE folds ASCII only and is three times as fast as GLOB, whose classes spell both cases of a letter.
    """
    if len(text) > SEARCH_LIMIT:
        raise ConfigurationError(ReasonCode.SEARCH_TOO_LONG, limit=SEARCH_LIMIT)
    before = "" if operator is Operator.STARTS else "%"
    after = "" if operator is Operator.ENDS else "%"
    if text.isascii():
        return column.like(f"{before}{_like_pattern(text)}{after}", escape=_ESCAPE)
    wild = str.maketrans("%", "*")
    return column.bool_op("GLOB")(f"{before.translate(wild)}{_glob_pattern(text)}{after.translate(wild)}")


def _like_pattern(text: str) -> str:
    return "".join(_ESCAPE + letter if letter in {"%", "_", _ESCAPE} else letter for letter in text)


def _glob_pattern(text: str) -> str:
    return "".join(_glob_class(letter) for letter in text)


def _glob_class(letter: str) -> str:
    if letter in "*?[":
        return f"[{letter}]"
    variants = _case_variants().get(_folded(letter), letter)
    return f"[{variants}]" if len(variants) > 1 else letter


def _folded(letter: str) -> str:
    # Two symbols fold to one ASCII letter (the Kelvin sign to k). LIKE does not know them: they stand alone.
    folded = letter.casefold()
    return letter if len(folded) == 1 and folded.isascii() and not letter.isascii() else folded


@functools.cache
def _case_variants() -> dict[str, str]:
    variants: defaultdict[str, str] = defaultdict(str)
    for letter in map(chr, range(sys.maxunicode + 1)):
        if letter.isupper() or letter.islower() or letter.istitle():
            variants[_folded(letter)] += letter
    return dict(variants)

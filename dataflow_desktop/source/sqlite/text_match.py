"""Literal text search that compares letters of any script without case, in SQLite's own means."""

import sqlalchemy as sa

from dataflow_desktop.domain.row_query import Operator
from dataflow_desktop.source.letters import case_variants, check_length, like_pattern

_ESCAPE = "\\"


def matches(column: sa.ColumnElement[object], operator: Operator, text: str) -> sa.ColumnElement[bool]:
    """Return the condition that `column` contains, starts or ends with `text`.

    ASCII letters equal each other in either case, and so do all other letters; nothing in `text` is special.
    LIKE folds ASCII only and is three times as fast as GLOB, whose classes spell both cases of a letter.
    """
    check_length(text)
    before = "" if operator is Operator.STARTS else "%"
    after = "" if operator is Operator.ENDS else "%"
    if text.isascii():
        return column.like(f"{before}{like_pattern(text, _ESCAPE)}{after}", escape=_ESCAPE)
    wild = str.maketrans("%", "*")
    return column.bool_op("GLOB")(f"{before.translate(wild)}{_glob_pattern(text)}{after.translate(wild)}")


def _glob_pattern(text: str) -> str:
    return "".join(_glob_class(letter) for letter in text)


def _glob_class(letter: str) -> str:
    if letter in "*?[":
        return f"[{letter}]"
    variants = case_variants(letter)
    return f"[{variants}]" if len(variants) > 1 else letter

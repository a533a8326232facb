"""Literal text search that compares letters of any script without case, in SQLite's own means."""

import sqlalchemy as sa

from dataflow_desktop.domain.row_query import Operator
from dataflow_desktop.source.letters import case_variants, check_length, like_pattern, with_room

_ESCAPE = "\\"


def matches(column: sa.ColumnElement[object], operator: Operator, text: str) -> sa.ColumnElement[bool]:
    """Return the condition that `column` contains, starts or ends with `text`.

    ASCII letters equal each other in either case, and so do all other letters; nothing in `text` is special.
    LIKE folds ASCII only and is three times as fast as GLOB, whose classes spell both cases of a letter.
    """
    check_length(text)
    if text.isascii():
        return column.like(with_room(operator, like_pattern(text, _ESCAPE), "%"), escape=_ESCAPE)
    return column.bool_op("GLOB")(with_room(operator, _glob_pattern(text), "*"))


def _glob_pattern(text: str) -> str:
    return "".join(_glob_class(letter) for letter in text)


def _glob_class(letter: str) -> str:
    if letter in "*?[":
        return f"[{letter}]"
    variants = case_variants(letter)
    return f"[{variants}]" if len(variants) > 1 else letter

"""Literal text search in PostgreSQL that means the same as in SQLite: see `sqlite.text_match`."""

from typing import Any

import sqlalchemy as sa

from dataflow_desktop.domain.row_query import Operator
from dataflow_desktop.source.letters import case_variants, check_length, like_pattern, with_room

ESCAPE = "\\"


def matches(column: sa.ColumnElement[Any], operator: Operator, text: str) -> sa.ColumnElement[bool]:
    """Return the condition that `column` contains, starts or ends with `text`.

    In the collation of bytes ILIKE folds ASCII letters and no others, whatever the server's language; and a
    regular expression that spells both cases of a letter asks no language at all.
    """
    check_length(text)
    by_bytes = sa.collate(column, "C")
    if text.isascii():
        return by_bytes.ilike(with_room(operator, like_pattern(text, ESCAPE), "%"), escape=ESCAPE)
    before = "^" if operator is Operator.STARTS else ""
    after = "$" if operator is Operator.ENDS else ""
    return by_bytes.regexp_match(before + "".join(map(_class, text)) + after)


def _class(letter: str) -> str:
    variants = case_variants(letter)
    if len(variants) > 1:
        return f"[{variants}]"  # letters only: none of them is special in a bracket
    return letter if letter.isalnum() or ord(letter) > 127 else f"\\{letter}"  # noqa: PLR2004 - the end of ASCII

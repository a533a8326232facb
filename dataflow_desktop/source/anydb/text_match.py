"""Literal text search by REPLACE and LIKE alone, which means the same as in SQLite: see `sqlite.text_match`.

It holds where the database tells texts apart by their bytes. Who calls has seen to that.
"""

from typing import Any

import sqlalchemy as sa

from dataflow_desktop.domain.row_query import Operator
from dataflow_desktop.errors import ConfigurationError, ReasonCode
from dataflow_desktop.source.letters import case_variants, check_length, like_pattern, with_room

ESCAPE = "!"
"""Special to no database outside a pattern."""


def matches(column: sa.ColumnElement[Any], operator: Operator, text: str) -> sa.ColumnElement[bool]:
    """Return the condition that `column` contains, starts or ends with `text`."""
    check_length(text)
    folded = _text(column)
    for letter in dict.fromkeys(map(_first_variant, text)):
        for variant in case_variants(letter):
            if variant != letter:
                folded = sa.func.replace(folded, _given(variant), _given(letter), type_=sa.Unicode())
    wanted = "".join(map(_first_variant, text))
    if not wanted:
        return column.is_not(None)
    if operator is Operator.CONTAINS:
        # No pattern, in which more may be special than one knows of.
        return sa.func.replace(folded, _given(wanted), _given(wanted + "x"), type_=sa.Unicode()) != folded
    if "[" in text:  # to some databases a class of letters, and to others an error when it is escaped
        raise ConfigurationError(ReasonCode.SEARCH_NOT_EXACT_HERE, text=text)
    return folded.like(_given(with_room(operator, like_pattern(wanted, ESCAPE), "%")), escape=ESCAPE)


def _first_variant(letter: str) -> str:
    return case_variants(letter)[0]


def _text(column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    return sa.type_coerce(column, sa.Unicode())


def _given(text: str) -> sa.ColumnElement[Any]:
    return sa.literal(text, sa.Unicode())

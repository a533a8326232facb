"""Literal text search in MySQL and MariaDB that means the same as in SQLite: see `sqlite.text_match`."""

from typing import Any

import sqlalchemy as sa

from dataflow_desktop.domain.row_query import Operator
from dataflow_desktop.source.letters import case_variants, check_length

BY_LETTERS = "utf8mb4_bin"
"""A collation that both have, in which each letter equals only itself."""

_FIRST = r"\A"
_LAST = r"\z"
"""The ends of the text, and not of a line in it as ^ and $ may be."""


def matches(text_column: sa.ColumnElement[Any], operator: Operator, text: str) -> sa.ColumnElement[bool]:
    """Return the condition that `text_column`, in utf8mb4, contains, starts or ends with `text`.

    A regular expression spells both cases of a letter, in words that MySQL's engine (ICU) and MariaDB's
    (PCRE2) read alike whatever their options. LIKE takes as long (1 µs for a row), and has no classes; the
    collations without case call other letters equal too.
    """
    check_length(text)
    before = _FIRST if operator is Operator.STARTS else ""
    after = _LAST if operator is Operator.ENDS else ""
    pattern = before + "".join(map(_class, text)) + after
    return sa.collate(text_column, BY_LETTERS).bool_op("REGEXP")(pattern)


def _class(letter: str) -> str:
    variants = case_variants(letter)
    if len(variants) > 1:
        return f"[{variants}]"  # letters only: none of them is special in a bracket
    return letter if letter.isalnum() else f"\\x{{{ord(letter):x}}}"

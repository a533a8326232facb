"""Columns of texts as cells of delimited text: in quotes, guarded, with a comma; most stay as they are."""

from collections.abc import Callable

import polars as pl

from dataflow_desktop.domain.file_options import DelimitedOptions, Encoding
from dataflow_desktop.formats.delimited_rules import (
    COMMA,
    FORMULA_GUARD,
    FORMULA_START,
    PLAIN_NUMBER,
    QUOTE,
    odd_character,
)

Step = Callable[[pl.Series], pl.Series]

_BEGINS_LIKE_A_FORMULA = f"^{FORMULA_START}"
_IS_PLAIN_NUMBER = f"^(?:{PLAIN_NUMBER})$"


def quoted_where_needed(options: DelimitedOptions) -> Step:
    """Return the step that puts those texts in quotes that could be taken for something else."""
    has_odd_character = odd_character(options)

    def step(texts: pl.Series) -> pl.Series:
        needs_quotes = texts.str.contains(has_odd_character) | (texts == "")
        if options.null_text:
            needs_quotes |= texts == options.null_text
        return _changed_where(needs_quotes, texts, quoted)

    return step


def quoted(texts: pl.Series) -> pl.Series:
    """Return every text in quotes, its own quotes doubled."""
    doubled = texts.str.replace_all(QUOTE, QUOTE + QUOTE, literal=True)
    return pl.select(pl.format(f"{QUOTE}{{}}{QUOTE}", doubled)).to_series()


def guarded(texts: pl.Series) -> pl.Series:
    """Return the texts, those that a spreadsheet may take for formulas with an apostrophe before them."""
    return _changed_where(texts.str.contains(_BEGINS_LIKE_A_FORMULA), texts, _guarded_unless_numbers)


def _guarded_unless_numbers(texts: pl.Series) -> pl.Series:
    return _changed_where(~texts.str.contains(_IS_PLAIN_NUMBER), texts, lambda found: FORMULA_GUARD + found)


def with_comma(numbers: pl.Series) -> pl.Series:
    """Return the numbers with a comma for the point."""
    return numbers.str.replace(".", COMMA, literal=True)


def with_comma_in_numbers(texts: pl.Series) -> pl.Series:
    """Return the texts, those that are numbers and nothing else with a comma for the point."""
    return _changed_where(texts.str.contains(_IS_PLAIN_NUMBER), texts, with_comma)


def with_question_marks(encoding: Encoding) -> list[Step]:
    """Return the step, if one is needed, that has a question mark for what `encoding` does not have."""
    if encoding is not Encoding.CP1252:  # a String is Unicode, without surrogates
        return []
    known = bytes(range(256)).decode(encoding.codec, "ignore")
    unknown_character = "[^" + "".join(f"\\x{{{ord(character):x}}}" for character in known) + "]"

    def step(texts: pl.Series) -> pl.Series:
        return _changed_where(
            texts.str.contains(unknown_character),
            texts,
            lambda found: found.str.replace_all(unknown_character, "?"),
        )

    return [step]


def _changed_where(is_meant: pl.Series, texts: pl.Series, change: Step) -> pl.Series:
    if not is_meant.any():
        return texts
    return texts.clone().scatter(is_meant.arg_true(), change(texts.filter(is_meant)))

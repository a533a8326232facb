"""Columns of texts as the XML of a spreadsheet holds them: nothing lost, and what does not fit named."""

import polars as pl
from polars import selectors

from dataflow_desktop.domain.sheet_limits import CELL_UNITS
from dataflow_desktop.formats.xlsx_rules import (
    REPLACED,
    UNWRITABLE_CLASS,
    utf16_units,
    without_lookalikes,
)

_NEEDS_REPLACING = f"[&<>{UNWRITABLE_CLASS}]"
_LOOKS_ESCAPED = "_x[0-9A-Fa-f]{4}"
_HAS_OUTER_SPACE = r"^\s|\s$"
_ODD = f"{_NEEDS_REPLACING}|{_LOOKS_ESCAPED}|{_HAS_OUTER_SPACE}"


def escaped(texts: pl.Series) -> pl.Series:
    """Return the texts as they stand between two tags."""
    if texts.str.contains(_LOOKS_ESCAPED).any():
        texts = pl.Series([None if text is None else without_lookalikes(text) for text in texts])
    return texts.str.replace_many(REPLACED) if texts.str.contains(_NEEDS_REPLACING).any() else texts


def plain_columns(frame: pl.DataFrame) -> set[str]:
    """Return the names of the columns of text that fits and stands between two tags as it is."""
    texts = selectors.string()
    odd = frame.select((texts.str.contains(_ODD) | (texts.str.len_bytes() > CELL_UNITS)).any())
    return {series.name for series in odd.iter_columns() if not series.item()}


def has_outer_space(texts: pl.Series) -> pl.Series:
    """Tell which texts begin or end with white space, which a reader may drop unless told to keep it."""
    return texts.str.contains(_HAS_OUTER_SPACE)


def first_long(texts: pl.Series) -> tuple[int, int] | None:
    """Return the row and the UTF-16 units of the first text that no cell can hold, None where all fit."""
    # A text has at least as many bytes as UTF-16 units.
    if not (texts.str.len_bytes() > CELL_UNITS).any():
        return None
    units = (utf16_units(text or "") for text in texts)
    return next(((row, count) for row, count in enumerate(units) if count > CELL_UNITS), None)

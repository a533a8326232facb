"""Columns of numbers as cells: with the decimals of their column, or as Python spells each of them."""

import polars as pl

from dataflow_desktop.formats import float_text

# Polars' decimals have 38 digits, an INTEGER up to 19.
_MOST_NATIVE_DECIMALS = 19


def integer_cells(integers: pl.Series, decimals: int | None) -> pl.Series:
    """Return cells of integers, with so many zeros behind a point."""
    if not decimals:
        return integers
    if decimals <= _MOST_NATIVE_DECIMALS:
        return integers.cast(pl.Decimal(38, decimals))
    return integers.cast(pl.String) + ("." + "0" * decimals)


def real_cells(reals: pl.Series, decimals: int | None) -> pl.Series:
    """Return cells of reals, which keep their point when they are whole."""
    return float_text.real_cells(reals) if decimals is None else float_text.scaled_cells(reals, decimals)


def number_cells(numbers: pl.Series, decimals: int | None) -> pl.Series:
    """Return cells of numbers, of which the whole ones are integers."""
    if decimals is None:
        return float_text.number_cells(numbers)
    return float_text.scaled_cells(float_text.without_negative_zeros(numbers), decimals)


def first_of(cells: pl.Series, others: pl.Series) -> pl.Series:
    """Return the texts of `cells`, and those of `others` where it has none."""
    return cells.cast(pl.String).zip_with(cells.is_not_null(), others.cast(pl.String))

"""Columns of doubles as cells that Polars writes exactly as Python would spell each number."""

from collections.abc import Callable
from functools import partial

import polars as pl

from dataflow_desktop.formats.delimited import _scaled

# Outside these bounds repr() has an exponent, and Polars' spelling is its own.
_SMALLEST_WITHOUT_EXPONENT = 1e-4
_SMALLEST_WITH_EXPONENT = 1e16

# Below so many units of the last decimal, neighbouring doubles are half a unit apart at most. So a decimal
# that reads back to the double is the only one within half a unit of it, and that is what format() rounds to.
# The number of units is a double, and so is 10**22, but no higher power of ten: Polars, which divides the one
# by the other, then rounds once, as float() does. And no cast overflows, which Polars does not check.
_PROVABLE_UNITS = 2.0**51
_MOST_PROVABLE_DECIMALS = 22
_DECIMAL_DIGITS = 38

# On a short series most methods take 0.1 ms, comparisons and cast() a few microseconds: wide tables notice.


def real_cells(reals: pl.Series) -> pl.Series:
    """Return cells written as repr() spells each number; the same series where Polars does so by itself."""
    is_ordinary = _is_below(reals, _SMALLEST_WITH_EXPONENT) & ~_is_below(reals, _SMALLEST_WITHOUT_EXPONENT)
    is_ordinary |= reals == 0
    if is_ordinary.all():
        return reals
    return _spelled_where(~is_ordinary, reals.cast(pl.String), reals, repr)


def number_cells(numbers: pl.Series) -> pl.Series:
    """Return cells with digits only for whole numbers below 1e16, and as repr() spells any other."""
    whole = numbers.cast(pl.Int64, strict=False)
    if whole.cast(pl.Float64).equals(numbers) and _is_below(numbers, _SMALLEST_WITH_EXPONENT).all():
        return whole
    return real_cells(without_negative_zeros(numbers)).cast(pl.String).str.strip_suffix(".0")


def scaled_cells(reals: pl.Series, decimals: int) -> pl.Series:
    """Return cells with so many decimals where that reads back to the same number, else as repr() has it."""
    spell = partial(_scaled, decimals=decimals)
    if decimals > _MOST_PROVABLE_DECIMALS:
        return _spelled_where(reals.is_not_null(), reals.cast(pl.String), reals, spell)
    scaled = _provable(reals, decimals).cast(pl.Decimal(_DECIMAL_DIGITS, decimals))
    read_back = scaled.cast(pl.Float64)
    is_negative_zero = _is_negative_zero(reals)
    if read_back.equals(reals) and not is_negative_zero.any():
        return scaled
    is_odd = read_back.ne_missing(reals) | is_negative_zero
    return _spelled_where(is_odd, scaled.cast(pl.String), reals, spell)


def without_negative_zeros(numbers: pl.Series) -> pl.Series:
    """Return the numbers with 0.0 for -0.0, which no integer is."""
    is_negative_zero = _is_negative_zero(numbers)
    if not is_negative_zero.any():
        return numbers
    # Polars leaves out an addition of 0.0, which would do the same.
    return pl.select(pl.when(is_negative_zero).then(0.0).otherwise(numbers)).to_series()


def _is_negative_zero(numbers: pl.Series) -> pl.Series:
    """Tell where -0.0 is, which equals 0.0."""
    is_zero = numbers == 0
    return is_zero & (1 / numbers < 0) if is_zero.any() else is_zero


def _is_below(numbers: pl.Series, limit: float) -> pl.Series:
    """Tell where the magnitude is below `limit`; NaN is above all numbers."""
    return (numbers < limit) & (numbers > -limit)


def _provable(reals: pl.Series, decimals: int) -> pl.Series:
    """Return the numbers with NULL for those whose decimals cannot be proven to be right."""
    is_provable = _is_below(reals, _PROVABLE_UNITS / 10**decimals)
    if is_provable.all():
        return reals
    return pl.select(pl.when(is_provable).then(reals)).to_series()


def _spelled_where(
    is_odd: pl.Series, texts: pl.Series, reals: pl.Series, spell: Callable[[float], str]
) -> pl.Series:
    """Return `texts`, changed, with those of the odd rows spelled by Python, one by one."""
    spelled = pl.Series(list(map(spell, reals.filter(is_odd).to_list())), dtype=pl.String)
    return texts.scatter(is_odd.arg_true(), spelled)

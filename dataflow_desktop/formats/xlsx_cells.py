"""Columns of values as the XML of spreadsheet cells, whole columns at once."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from dataflow_desktop.domain.schema import Column, ColumnKind
from dataflow_desktop.formats.number_cells import number_cells, real_cells
from dataflow_desktop.formats.xlsx_package import CellStyles
from dataflow_desktop.formats.xlsx_rules import LongTextError
from dataflow_desktop.formats.xlsx_text import escaped, first_long, has_outer_space

# Excel shows and keeps so many digits of a number: "Number precision" in its own limits.
_MOST_DIGITS = 15
_BEYOND_DIGITS = 10**_MOST_DIGITS

_TEXT = ' t="inlineStr"><is><t>', "</t></is></c>"
_SPACED_TEXT = ' t="inlineStr"><is><t xml:space="preserve">', "</t></is></c>"
_NUMBER_END = "</v></c>"
_NUMBER = "><v>", _NUMBER_END
_BOOLEAN = ' t="b"><v>', _NUMBER_END

_WHOLE = r"^-?(?:0|[1-9][0-9]*)"
_DECIMAL = rf"{_WHOLE}(?:\.[0-9]+)?$"
_FRACTION_ZEROS = r"(\.[0-9]*?)0+$"
_NOT_FINITE = ["nan", "inf", "-inf"]
_BITS = ["0", "1"]
_TRUTHS = {"true": "1", "false": "0"}
_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
# Zeros behind the milliseconds lose nothing.
_MOMENT = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ](?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,3}0*)?$"
# Excel counts a 29 February 1900 that never was: from the day behind it on, all programs agree.
_FIRST_DAY = "1900-03-01"
_UNIX_EPOCH_SERIAL = 25_569
_DAY_MILLISECONDS = 86_400_000

_PARSED_KINDS = frozenset(
    {ColumnKind.INTEGER, ColumnKind.DECIMAL, ColumnKind.DATE, ColumnKind.TIMESTAMP, ColumnKind.BOOLEAN}
)
"""Kinds whose texts may be something else."""


@dataclass(frozen=True)
class Cells:
    """Cells of one sort: their XML is the value with `around` it, and NULL stands in all other rows."""

    around: tuple[str, str]
    values: pl.Series


class ColumnCells:
    """Turns the values of one column into cells."""

    def __init__(self, column: Column, styles: CellStyles) -> None:
        self._column = column
        self._day = _number(styles.day)
        self._second = _number(styles.second)
        self._millisecond = _number(styles.millisecond)
        self._fixed = _number(styles.fixed.get(column.decimals))
        self._are_counted = column.kind is not ColumnKind.BOOLEAN
        self._zeros = "." + "0" * column.decimals if column.decimals else ""
        self._is_fixed = (
            rf"{_WHOLE}(?:\.[0-9]{{1,{column.decimals}}})?$" if column.decimals else rf"{_WHOLE}$"
        )

    def sorts(self, series: pl.Series, *, is_plain: bool) -> Iterator[Cells]:
        """Yield the cells of `series` by their sort; NULL is in none of them.

        The same value becomes the same cell, whatever the dtype it comes in. `is_plain` where plain_columns()
        has the column. Raises LongTextError for a text that no cell can hold.
        """
        match series.dtype:
            case pl.Int64:
                yield from self._integers(series)
            case pl.Float64 if self._column.kind is ColumnKind.FLOAT:
                yield from self._reals(series)
            case pl.Float64:
                yield from self._numbers(series)
            case pl.String if is_plain and self._column.kind not in _PARSED_KINDS:
                yield Cells(_TEXT, series)
            case pl.String:
                yield from self._strings(series)
            case pl.Null:
                return
            case pl.Binary:
                yield from self._texts(series.bin.encode("hex"))
            case pl.Struct():
                yield from self._mixed(series)
            case _:
                raise TypeError(f"no cells for {series.dtype}")

    def _mixed(self, mixed: pl.Series) -> Iterator[Cells]:
        yield from self._integers(mixed.struct.field("integer"))
        yield from self._reals(mixed.struct.field("real"))
        yield from self._strings(mixed.struct.field("text"))
        yield from self._texts(mixed.struct.field("bytes").bin.encode("hex"))

    def _integers(self, integers: pl.Series) -> Iterator[Cells]:
        texts = integers.cast(pl.String) + self._zeros if self._zeros else integers.cast(pl.String)
        is_short = (integers < _BEYOND_DIGITS) & (integers > -_BEYOND_DIGITS)
        if self._are_counted and is_short.all():
            yield Cells(self._fixed, texts)
        else:
            yield from self._spelled(texts)

    def _reals(self, reals: pl.Series) -> Iterator[Cells]:
        yield from self._doubles(reals, real_cells(reals, self._column.decimals), math.inf)

    def _numbers(self, numbers: pl.Series) -> Iterator[Cells]:
        """Yield the cells of doubles that are integers where they are whole."""
        yield from self._doubles(numbers, number_cells(numbers, self._column.decimals), _BEYOND_DIGITS)

    def _doubles(self, doubles: pl.Series, cells: pl.Series, limit: float) -> Iterator[Cells]:
        """Yield `cells`, which say the doubles; those without decimals are numbers below `limit`."""
        decimals, are_scaled = self._column.decimals, isinstance(cells.dtype, pl.Decimal)
        limit = limit if decimals is None else 10.0 ** (_MOST_DIGITS - decimals)
        are_ordinary = decimals is None or are_scaled
        if are_ordinary and self._are_counted and ((doubles < limit) & (doubles > -limit)).all():
            yield Cells(self._fixed, cells)
        else:
            yield from self._spelled(cells.cast(pl.String))

    def _spelled(self, texts: pl.Series) -> Iterator[Cells]:
        """Yield the cells of numbers, all of which are exact as doubles.

        Those with the column's decimals are texts beyond 15 digits, which Excel would show and keep as zeros;
        other doubles are numbers, or else no sum would count them.
        """
        is_bit = texts.is_in(_BITS) & (not self._are_counted)
        is_fixed = texts.str.contains(self._is_fixed) & ~is_bit
        is_text = texts.is_in(_NOT_FINITE) | (is_fixed & ~_is_short(texts))
        yield Cells(_BOOLEAN, _kept(texts, is_bit))
        yield Cells(self._fixed, _kept(texts, is_fixed & ~is_text))
        yield Cells(_NUMBER, _kept(texts, ~(is_bit | is_fixed | is_text)))
        yield from self._texts(_kept(texts, is_text))

    def _strings(self, texts: pl.Series) -> Iterator[Cells]:
        match self._column.kind:
            case ColumnKind.INTEGER | ColumnKind.DECIMAL:
                yield from self._decimals(texts)
            case ColumnKind.DATE | ColumnKind.TIMESTAMP:
                yield from self._times(texts)
            case ColumnKind.BOOLEAN:
                truths = texts.replace_strict(_TRUTHS, default=None, return_dtype=pl.String)
                yield Cells(_BOOLEAN, truths)
                yield from self._texts(_kept(texts, truths.is_null()))
            case _:
                yield from self._texts(texts)

    def _decimals(self, texts: pl.Series) -> Iterator[Cells]:
        """Yield numbers that a server wrote as text; a double keeps 15 digits of any."""
        is_number = texts.str.contains(_DECIMAL) & _is_short(texts)
        is_fixed = is_number & texts.str.contains(self._is_fixed)
        yield Cells(self._fixed, _kept(texts, is_fixed))
        yield Cells(_NUMBER, _kept(texts, is_number & ~is_fixed))
        yield from self._texts(_kept(texts, ~is_number))

    def _times(self, texts: pl.Series) -> Iterator[Cells]:
        days, moments = _days(texts), _moments(texts)
        milliseconds = moments.cast(pl.Int64)
        is_second = milliseconds % 1000 == 0
        serials = (milliseconds + _UNIX_EPOCH_SERIAL * _DAY_MILLISECONDS) / _DAY_MILLISECONDS
        yield Cells(self._day, days.cast(pl.Int64) + _UNIX_EPOCH_SERIAL)
        yield Cells(self._second, _kept(serials, is_second))
        yield Cells(self._millisecond, _kept(serials, ~is_second))
        yield from self._texts(_kept(texts, days.is_null() & moments.is_null()))

    def _texts(self, texts: pl.Series) -> Iterator[Cells]:
        if texts.null_count() == len(texts):
            return
        if found := first_long(texts):
            raise LongTextError(self._column.name, *found)
        is_spaced, texts = has_outer_space(texts), escaped(texts)
        yield Cells(_TEXT, _kept(texts, ~is_spaced))
        yield Cells(_SPACED_TEXT, _kept(texts, is_spaced))


def _number(style: int | None) -> tuple[str, str]:
    return _NUMBER if style is None else (f' s="{style}"><v>', _NUMBER_END)


def _kept(values: pl.Series, is_kept: pl.Series) -> pl.Series:
    """Return the values, with NULL where they are not to be kept."""
    if is_kept.all():
        return values
    if not is_kept.any():
        return values.clear(len(values))
    return pl.select(pl.when(is_kept).then(values)).to_series()


def _is_short(texts: pl.Series) -> pl.Series:
    """Tell which plain decimals have no more digits than Excel keeps."""
    is_short = texts.str.len_bytes() <= _MOST_DIGITS
    if is_short.all():
        return is_short
    digits = (
        texts.str.replace(_FRACTION_ZEROS, "$1")
        .str.strip_chars_start("-0.")
        .str.replace(".", "", literal=True)
    )
    return digits.str.len_bytes() <= _MOST_DIGITS


def _days(texts: pl.Series) -> pl.Series:
    """Return the texts that are days, as days."""
    is_day = texts.str.contains(_DAY) & (texts >= _FIRST_DAY)
    if not is_day.any():
        return pl.repeat(None, len(texts), dtype=pl.Date, eager=True)
    return _kept(texts, is_day).str.to_date("%Y-%m-%d", strict=False)


def _moments(texts: pl.Series) -> pl.Series:
    """Return the texts that are times without a zone, in milliseconds."""
    is_moment = texts.str.contains(_MOMENT) & (texts >= _FIRST_DAY)
    if not is_moment.any():
        return pl.repeat(None, len(texts), dtype=pl.Datetime("ms"), eager=True)
    moments = _kept(texts, is_moment).str.replace(" ", "T", literal=True)
    return moments.str.to_datetime("%Y-%m-%dT%H:%M:%S%.f", time_unit="ms", strict=False)

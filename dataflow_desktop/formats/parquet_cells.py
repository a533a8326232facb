"""Whole columns of a frame as the types of a Parquet file, exactly or not at all.

Whether a value fits follows from that value alone, never from its neighbours or from the type of the series
that brought it. So it makes no difference to a file in which chunks its rows were read.
"""

from collections.abc import Callable

import polars as pl

from dataflow_desktop.domain.schema import Column, ColumnKind
from dataflow_desktop.formats.delimited_columns import plain_cells
from dataflow_desktop.formats.float_text import scaled_cells
from dataflow_desktop.formats.mixed import FIELDS
from dataflow_desktop.formats.parquet_types import ParquetKind, ParquetType

_MOST_EXACT = 2**53
"""Up to it every integer is a double of its own."""


def dtype_of(planned: ParquetType) -> pl.DataType:
    """Return the type of Polars that is written as the planned one."""
    if planned.kind is ParquetKind.DECIMAL:
        return pl.Decimal(planned.precision, planned.scale)
    return _DTYPES[planned.kind]


def typed_cells(series: pl.Series, column: Column, planned: ParquetType) -> pl.Series | None:
    """Return the values of `series`, one of a frame for an encoder, as planned; None where one does not fit.

    As text they are what delimited text has in its cells.
    """
    if planned.kind is ParquetKind.UTF8:
        return plain_cells(series, column).cast(pl.String)
    typed = pl.Series([None], dtype=dtype_of(planned)).new_from_index(0, len(series))
    for field, part in _parts(series, column, planned).items():
        if part.null_count() == len(part):
            continue
        fit = _FITS[planned.kind].get(field)
        if fit is None or not _means_the_same(field, column, planned):
            return None
        fitting = fit(part, planned)
        if fitting.null_count() > part.null_count():
            return None
        typed = fitting if part.null_count() == 0 else fitting.zip_with(fitting.is_not_null(), typed)
    return typed


def _means_the_same(field: str, column: Column, planned: ParquetType) -> bool:
    """Whether a value of that type keeps its meaning in the planned one.

    An integer does as a double in a column of reals, but not among both; a text of digits as a number where a
    server wrote it, but not in SQLite, where it stands for itself.
    """
    if field == "text" and planned.kind in {ParquetKind.INT64, ParquetKind.DOUBLE} and not column.base_type:
        return False
    return field == "real" or planned.kind is not ParquetKind.DOUBLE or column.kind is ColumnKind.FLOAT


def _parts(series: pl.Series, column: Column, planned: ParquetType) -> dict[str, pl.Series]:
    """Return the integers, reals, texts and bytes of a series, each with NULL for the rest."""
    match series.dtype:
        case pl.Struct():
            return {field: series.struct.field(field) for field in FIELDS}
        case pl.Float64 if column.kind is not ColumnKind.FLOAT and planned.kind is not ParquetKind.DECIMAL:
            is_whole = (series == series.floor()) & (series.abs() < _MOST_EXACT)
            return {"integer": _where(is_whole, series).cast(pl.Int64), "real": _where(~is_whole, series)}
        case pl.Null:
            return {}
        case dtype:
            return {_FIELD_OF[dtype]: series}


# What follows makes of a part the planned type; what does not fit becomes NULL.


def _unchanged(part: pl.Series, _: ParquetType) -> pl.Series:
    return part


def _integers_of_texts(texts: pl.Series, _: ParquetType) -> pl.Series:
    return _matching(texts, r"^(0|-?[1-9][0-9]*)$").cast(pl.Int64, strict=False)


def _doubles_of_integers(integers: pl.Series, _: ParquetType) -> pl.Series:
    return _where(integers.is_between(-_MOST_EXACT, _MOST_EXACT), integers).cast(pl.Float64)


def _doubles_of_texts(texts: pl.Series, planned: ParquetType) -> pl.Series:
    return _doubles_of_integers(_integers_of_texts(texts, planned), planned)


def _decimals_of_integers(integers: pl.Series, planned: ParquetType) -> pl.Series:
    return integers.cast(dtype_of(planned), strict=False)


def _decimals_of_reals(reals: pl.Series, planned: ParquetType) -> pl.Series:
    cells = scaled_cells(reals, planned.scale)
    if cells.dtype == pl.String:  # some are as repr() has them
        return _decimals_of_texts(cells, planned)
    return cells.cast(dtype_of(planned), strict=False)


def _decimals_of_texts(texts: pl.Series, planned: ParquetType) -> pl.Series:
    # The cast alone would round what has more decimals, and takes exponents.
    decimals = rf"(\.[0-9]{{1,{planned.scale}}})?" if planned.scale else ""
    fitting = _matching(texts, rf"^-?(0|[1-9][0-9]*){decimals}$")
    return fitting.cast(dtype_of(planned), strict=False)


def _booleans_of_integers(integers: pl.Series, _: ParquetType) -> pl.Series:
    return _where(integers.is_between(0, 1), integers).cast(pl.Boolean)


def _booleans_of_texts(texts: pl.Series, _: ParquetType) -> pl.Series:
    words = {"true": True, "false": False, "1": True, "0": False}
    return texts.replace_strict(words, default=None, return_dtype=pl.Boolean)


# Polars takes '+2020-1-1' for a date, ' 1' for a hour and 60 for a second, so a pattern goes before. What day
# a month has, and that no hour is 24, is left to Polars.
_DAY = r"(000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-[0-9]{2}-[0-9]{2}"
_CLOCK = r"[0-9]{2}:[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?"
_MOMENT = rf"^{_DAY}[T ]{_CLOCK}$"
_MOMENT_UTC = rf"^{_DAY}[T ]{_CLOCK}(Z|\+00:00)$"
_TO_THE_SECOND = len("2026-01-31T23:59:59")


def _dates_of_texts(texts: pl.Series, _: ParquetType) -> pl.Series:
    return _matching(texts, rf"^{_DAY}$").str.strptime(pl.Date, "%Y-%m-%d", strict=False, cache=False)


def _moments_of_texts(texts: pl.Series, planned: ParquetType) -> pl.Series:
    if planned.kind is ParquetKind.TIMESTAMP:
        return _moments(_matching(texts, _MOMENT))
    fitting = _matching(texts, _MOMENT_UTC).str.strip_suffix("Z").str.strip_suffix("+00:00")
    return _moments(fitting).dt.replace_time_zone("UTC")


def _moments(texts: pl.Series) -> pl.Series:
    """Return the moments that texts of the pattern say, NULL for those that no calendar has."""
    longest = texts.str.len_bytes().max()
    if not isinstance(longest, int) or longest == _TO_THE_SECOND:
        return _seconds(texts)
    seconds = _seconds(texts.str.slice(0, _TO_THE_SECOND))
    fractions = texts.str.slice(_TO_THE_SECOND + 1).str.pad_end(6, "0").cast(pl.Int64)
    return (seconds.to_physical() + fractions).cast(pl.Datetime("us"))


def _seconds(texts: pl.Series) -> pl.Series:
    is_spaced = texts.str.contains(" ", literal=True)
    separator = " " if is_spaced.all() else "T"
    if separator == "T" and is_spaced.any():
        texts = texts.str.replace(" ", "T", literal=True)
    # Its cache of texts seen before costs more than it saves where most differ.
    return texts.str.strptime(pl.Datetime("us"), f"%Y-%m-%d{separator}%H:%M:%S", strict=False, cache=False)


def _matching(texts: pl.Series, pattern: str) -> pl.Series:
    return _where(texts.str.contains(pattern), texts)


def _where(is_fitting: pl.Series, part: pl.Series) -> pl.Series:
    return part if is_fitting.all() else pl.select(pl.when(is_fitting).then(part)).to_series()


_DTYPES: dict[ParquetKind, pl.DataType] = {
    ParquetKind.INT64: pl.Int64(),
    ParquetKind.DOUBLE: pl.Float64(),
    ParquetKind.UTF8: pl.String(),
    ParquetKind.BINARY: pl.Binary(),
    ParquetKind.BOOL: pl.Boolean(),
    ParquetKind.DATE: pl.Date(),
    ParquetKind.TIMESTAMP: pl.Datetime("us"),
    ParquetKind.TIMESTAMP_UTC: pl.Datetime("us", "UTC"),
}

_FIELD_OF = {dtype: field for field, dtype in FIELDS.items()}

_FITS: dict[ParquetKind, dict[str, Callable[[pl.Series, ParquetType], pl.Series]]] = {
    ParquetKind.INT64: {"integer": _unchanged, "text": _integers_of_texts},
    ParquetKind.DOUBLE: {
        "integer": _doubles_of_integers,
        "real": _unchanged,
        "text": _doubles_of_texts,
    },
    ParquetKind.DECIMAL: {
        "integer": _decimals_of_integers,
        "real": _decimals_of_reals,
        "text": _decimals_of_texts,
    },
    ParquetKind.BINARY: {"bytes": _unchanged},
    ParquetKind.BOOL: {"integer": _booleans_of_integers, "text": _booleans_of_texts},
    ParquetKind.DATE: {"text": _dates_of_texts},
    ParquetKind.TIMESTAMP: {"text": _moments_of_texts},
    ParquetKind.TIMESTAMP_UTC: {"text": _moments_of_texts},
}
"""What of each part can be of a type; of a part that is not here nothing can."""

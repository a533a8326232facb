"""Series of mixed values: each value in the field of its own type, the others of the row NULL."""

import polars as pl

from dataflow_desktop.domain.schema import Column, ColumnKind

FIELDS = {"integer": pl.Int64(), "real": pl.Float64(), "text": pl.String(), "bytes": pl.Binary()}
"""The fields of a struct of mixed values, and their types."""


def as_struct(series: pl.Series, column: Column) -> pl.Series:
    """Return the values of any series that a frame may have, by type: see `encoding.FileEncoder`."""
    if isinstance(series.dtype, pl.Struct):
        return series
    fields = {
        name: pl.Series([None], dtype=kind).new_from_index(0, len(series)) for name, kind in FIELDS.items()
    }
    match series.dtype:
        case pl.Int64:
            fields["integer"] = series
        case pl.Float64 if column.kind is ColumnKind.FLOAT:
            fields["real"] = series
        case pl.Float64:
            is_whole = (series == series.floor()) & series.is_finite()
            fields["integer"] = series.set(~is_whole, None).cast(pl.Int64)
            fields["real"] = series.set(is_whole, None)
        case pl.String:
            fields["text"] = series
        case pl.Binary:
            fields["bytes"] = series
        case pl.Null:
            pass
        case _:
            raise TypeError(f"no values in {series.dtype}")
    return pl.DataFrame([found.alias(name) for name, found in fields.items()]).to_struct()

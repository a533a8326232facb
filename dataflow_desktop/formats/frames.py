"""Chunks of Python values → the frames that file encoders take."""

from collections.abc import Sequence

import polars as pl

from dataflow_desktop.domain.chunk import Chunk
from dataflow_desktop.domain.row_query import Value
from dataflow_desktop.domain.schema import Column, ColumnKind
from dataflow_desktop.formats.mixed import FIELDS

_LOWEST, _HIGHEST = -(2**63), 2**63 - 1

_FIELD_OF: dict[type, str] = {int: "integer", float: "real", str: "text", bytes: "bytes"}
"""The struct's field for each type of values."""


def frame_of(chunk: Chunk, columns: Sequence[Column]) -> pl.DataFrame:
    """Return the frame that an encoder of `columns` takes for the rows of `chunk`.

    A series is a struct where values are of several types, or reals that would be taken for integers. An
    integer of more than 64 bits becomes a text, spelled as the column's other integers are.
    """
    series = [_series(values, column) for values, column in zip(chunk.columns, columns, strict=True)]
    return pl.DataFrame([found.alias(str(number)) for number, found in enumerate(series)])


def _series(values: Sequence[Value], column: Column) -> pl.Series:
    types = _types(values)
    try:
        return _typed(values, types, column.kind)
    except (OverflowError, TypeError):
        # Polars raises the one or the other for a wide integer: asking it is cheaper than looking at each.
        narrow = [_narrow(value, column.decimals) for value in values]
        return _typed(narrow, _types(narrow), column.kind)


def _types(values: Sequence[Value]) -> set[type]:
    types = set(map(type, values)) - {type(None)}
    if unknown := types - _FIELD_OF.keys():
        raise TypeError(f"no series for {unknown}")
    return types


def _typed(values: Sequence[Value], types: set[type], kind: ColumnKind) -> pl.Series:
    if not types:
        return pl.Series(values, dtype=pl.String)
    if len(types) > 1 or (types == {float} and kind is not ColumnKind.FLOAT):
        return _mixed(values, types)
    (only,) = types
    return pl.Series(values, dtype=FIELDS[_FIELD_OF[only]])


def _mixed(values: Sequence[Value], types: set[type]) -> pl.Series:
    nothing = [None] * len(values)
    fields = [
        pl.Series(name, _of_type(values, wanted) if wanted in types else nothing, dtype=FIELDS[name])
        for wanted, name in _FIELD_OF.items()
    ]
    return pl.DataFrame(fields).to_struct()


def _of_type(values: Sequence[Value], wanted: type) -> list[Value]:
    return [value if type(value) is wanted else None for value in values]


def _narrow(value: Value, decimals: int | None) -> Value:
    """Return the digits of an integer that has more than 64 bits, any other value as it is."""
    if type(value) is not int or _LOWEST <= value <= _HIGHEST:
        return value
    return f"{value}.{'0' * decimals}" if decimals else str(value)

"""Chunks as typed columns, each proven to be what the database holds.

ADBC gives a column of a result one type and turns whatever differs into it: integers among reals become
reals, numbers among text become text (a real as C's `%e`), text among blobs becomes bytes. Whether anything
was lost follows from the type that came and the column's affinity (https://www.sqlite.org/datatype3.html):

    Int64    integers and NULL only, always exact
    Float64  in a REAL column only reals; in a NUMERIC or INTEGER one whole values are integers, for SQLite
             stores them so, exact below 2**53; in others only if no value is whole
    String   in a TEXT column only text; in others text and integers, whose text is the same, unless a value
             looks like `%e`; where the two must be told apart, unless a value looks like an integer
    Binary   never: it may hold text

A column that is not proven is read once more, split by storage class: a struct of which one field is set. It
stays split for the chunks that follow, for what was mixed once will be again. Affinity only holds for what is
stored: the columns of views and virtual tables hold whatever they like.
"""

from collections.abc import Callable, Sequence

import polars as pl

from dataflow_desktop.domain.reading import InvalidText
from dataflow_desktop.domain.schema import Column, ColumnKind
from dataflow_desktop.source.arrow_errors import ArrowReadError
from dataflow_desktop.source.filled import Filled
from dataflow_desktop.source.prepared import Prepared
from dataflow_desktop.source.range_statements import STORAGE_CLASSES
from dataflow_desktop.source.sqlite.arrow_connection import ArrowConnection, validated

EXACT_BELOW = 2.0**53
"""Beyond it two integers may become one double."""

MOST_RESULT_COLUMNS = 1_900
"""SQLite takes 2,000: https://www.sqlite.org/limits.html#max_column."""

_WHOLE_MEANS_INTEGER = frozenset(
    {ColumnKind.INTEGER, ColumnKind.DECIMAL, ColumnKind.DATE, ColumnKind.TIMESTAMP, ColumnKind.BOOLEAN}
)
_LOOKS_LIKE_A_REAL = r"^-?(\d\.\d{6}e[+-]\d{2,3}|inf)$"
_LOOKS_LIKE_A_NUMBER = r"^-?(\d+|\d\.\d{6}e[+-]\d{2,3}|inf)$"
_LONGEST = {_LOOKS_LIKE_A_REAL: len("-1.000000e-100"), _LOOKS_LIKE_A_NUMBER: len(str(-(2**63)))}

_STRUCT: Sequence[tuple[str, pl.DataType]] = (
    ("integer", pl.Int64()),
    ("real", pl.Float64()),
    ("text", pl.Binary()),
    ("bytes", pl.Binary()),
)
"""The struct's field for each of the STORAGE_CLASSES, and the type it is read as; text as unchecked bytes."""


class ColumnarReader:
    """Reads chunks of the given columns; for one thread at a time, `connection` is its own."""

    def __init__(
        self,
        connection: ArrowConnection,
        columns: Sequence[Column],
        invalid_text: InvalidText,
        *,
        is_coerced: bool,
        is_typed: bool = False,
        key_columns: int = 0,
    ) -> None:
        """`is_coerced` says whether affinity holds: for stored tables, not for views and virtual ones.

        With `is_typed` integers never come as the texts they look like. The last `key_columns` are those of
        keysets: a replaced text is another place in the order, from which nothing leads on.
        """
        self._connection = connection
        self._columns = columns
        self._invalid_text = invalid_text
        self._shown_columns = len(columns) - key_columns
        self._is_coerced = is_coerced
        self._looks_like_a_number = _LOOKS_LIKE_A_NUMBER if is_typed else _LOOKS_LIKE_A_REAL
        self._mixed: frozenset[int] = frozenset()

    def read(self, statement_for: Callable[[frozenset[int]], Filled], most_rows: int) -> pl.DataFrame:
        """Return the rows of a statement that selects the columns in order; one series for each.

        `statement_for` returns it with some of the columns split by storage class. A series is Int64,
        Float64, String, or a struct with the fields integer, real, text and bytes. Raises ArrowReadError when
        the rows cannot be read exactly.
        """
        return self._proven(lambda: self._connection.frame(statement_for(self._split()), most_rows))

    def read_each(
        self, statement_for: Callable[[frozenset[int]], Prepared], parameter: pl.Series
    ) -> pl.DataFrame:
        """Return the rows of a statement for each value of its one parameter, as `read` does."""
        return self._proven(lambda: self._connection.rows_of(statement_for(self._split()), parameter))

    def _proven(self, read: Callable[[], pl.DataFrame]) -> pl.DataFrame:
        """Read until every column is proven; each time, those that were not come split."""
        while True:
            frame = read()
            unproven = {
                number
                for number, found in self._by_column(frame)
                if number not in self._mixed and not self._is_proven(self._columns[number], found[0])
            }
            if not unproven:
                return self._joined(frame)
            self._mixed |= unproven

    def _split(self) -> frozenset[int]:
        if len(self._columns) + len(self._mixed) * (len(STORAGE_CLASSES) - 1) > MOST_RESULT_COLUMNS:
            raise ArrowReadError("too many columns of mixed types")
        return self._mixed

    def _by_column(self, frame: pl.DataFrame) -> list[tuple[int, list[pl.Series]]]:
        rest = iter(frame.get_columns())
        width = len(STORAGE_CLASSES)
        return [
            (number, [next(rest) for _ in range(width if number in self._mixed else 1)])
            for number in range(len(self._columns))
        ]

    def _is_proven(self, column: Column, found: pl.Series) -> bool:
        if found.dtype == pl.Int64:
            return True
        if found.dtype == pl.Float64:
            return self._are_reals_proven(column, found)
        if found.dtype == pl.String:
            return (column.kind is ColumnKind.TEXT and self._is_coerced) or (
                column.decimals is None and not _may_hold(found, self._looks_like_a_number)
            )
        return False

    def _are_reals_proven(self, column: Column, found: pl.Series) -> bool:
        if column.kind is ColumnKind.FLOAT and self._is_coerced:
            return True
        whole = found.filter(found == found.floor())
        if column.kind in _WHOLE_MEANS_INTEGER and self._is_coerced:
            return whole.is_empty() or not (whole.abs() >= EXACT_BELOW).any()
        return whole.is_empty()

    def _joined(self, frame: pl.DataFrame) -> pl.DataFrame:
        return pl.DataFrame(
            [self._column(number, found).alias(str(number)) for number, found in self._by_column(frame)]
        )

    def _column(self, number: int, found: Sequence[pl.Series]) -> pl.Series:
        may_replace = self._invalid_text is InvalidText.REPLACE and number < self._shown_columns
        if number in self._mixed:
            return _struct(found, may_replace=may_replace)
        return _valid(found[0], may_replace=may_replace) if found[0].dtype == pl.String else found[0]


def _valid(found: pl.Series, *, may_replace: bool) -> pl.Series:
    try:
        return validated(found)
    except ArrowReadError:
        if not may_replace:
            raise
    raw = found.cast(pl.Binary).to_list()
    replaced = [None if value is None else value.decode(errors="replace") for value in raw]
    return pl.Series(replaced, dtype=pl.String)


def _struct(found: Sequence[pl.Series], *, may_replace: bool) -> pl.Series:
    fields = [
        # A class that no value has comes as Int64, all NULL.
        (series if series.null_count() < len(series) else pl.Series([None] * len(series), dtype=kind))
        .cast(kind)
        .alias(field)
        for series, (field, kind) in zip(found, _STRUCT, strict=True)
    ]
    fields[2] = _valid(fields[2], may_replace=may_replace).alias("text")
    return pl.DataFrame(fields).to_struct()


def _may_hold(found: pl.Series, looks: str) -> bool:
    shortest = found.str.len_bytes().min()
    if shortest is None or (isinstance(shortest, int) and shortest > _LONGEST[looks]):
        return False  # so are times and dates as ISO 8601 writes them, at a tenth of the pattern's cost
    return found.str.contains(looks).any()

"""Rows as they are read → frames as a file's layout wants them, each with the keyset it ends at."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from dataflow_desktop.domain.chunk import EncodedChunk
from dataflow_desktop.domain.frame_layout import LONG_BYTES
from dataflow_desktop.domain.keyset import Keyset
from dataflow_desktop.domain.row_query import Value
from dataflow_desktop.domain.schema import Column
from dataflow_desktop.domain.writing import WritingTask
from dataflow_desktop.formats.encoding import FileEncoder
from dataflow_desktop.formats.mixed import FIELDS, as_struct


@dataclass(frozen=True)
class Frame:
    """Rows that are encoded as one, without their keysets; `first_row` of their file is the first, from 0."""

    rows: pl.DataFrame
    first_row: int
    last: Keyset

    def encoded(self, encoder: FileEncoder) -> EncodedChunk:
        """Return the bytes of these rows; none where there are no rows."""
        data = encoder.encode(self.rows, self.first_row) if self.rows.height else b""
        return EncodedChunk(data, self.rows.height, self.last)


class FrameCutter:
    """Takes rows in the order of the file and gives frames; for one thread.

    A frame of no rows moves the position while nothing waits: rows that were filtered out, or deleted.
    """

    def __init__(self, task: WritingTask, key_columns: Sequence[Column]) -> None:
        """With the first row of `task` a frame begins; raises ValueError where its file has no frames."""
        if task.layout is None:
            raise ValueError(task)
        self._layout = task.layout
        self._columns = task.columns
        self._key_columns = key_columns
        self._first_row = task.first_row
        self._waiting: list[pl.DataFrame] = []
        self._waiting_rows = 0
        self._waiting_long_bytes = 0
        self._last: Keyset = ()

    def add(self, rows: pl.DataFrame, last: Keyset) -> Iterator[Frame]:
        """Yield the frames that are full with these `rows`, which end in their keysets; `last` is where.

        It may lie beyond the last of them.
        """
        while rows.height:
            part = self._take(rows)
            rows = rows.slice(part.height)
            if self._is_full():
                self._last = self._keyset_of(part)
                yield self._cut()
        self._last = last
        if not self._waiting_rows:
            yield Frame(_without_rows(self._columns), self._layout.row_in_file(self._first_row), last)

    def rest(self) -> Iterator[Frame]:
        """Yield the last frame, if rows wait for one."""
        if self._waiting_rows:
            yield self._cut()

    def _take(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Take those of `rows` that still belong to the frame, at least one, and return them."""
        part = rows.head(self._layout.rows_left(self._first_row) - self._waiting_rows)
        long_bytes = _long_bytes(part, len(self._columns))
        if long_bytes is not None:
            reached = (long_bytes.cum_sum() + self._waiting_long_bytes) >= self._layout.long_bytes
            first = reached.arg_max() if reached.any() else None
            if first is not None:
                part, long_bytes = part.head(first + 1), long_bytes.head(first + 1)
            self._waiting_long_bytes += int(long_bytes.sum())
        self._waiting.append(part)
        self._waiting_rows += part.height
        return part

    def _is_full(self) -> bool:
        return (
            self._waiting_rows >= self._layout.rows_left(self._first_row)
            or self._waiting_long_bytes >= self._layout.long_bytes
        )

    def _cut(self) -> Frame:
        width = len(self._columns)
        parts = [pl.DataFrame(part.get_columns()[:width]) for part in self._waiting]
        frame = Frame(joined(parts, self._columns), self._layout.row_in_file(self._first_row), self._last)
        self._first_row += self._waiting_rows
        self._waiting, self._waiting_rows, self._waiting_long_bytes = [], 0, 0
        return frame

    def _keyset_of(self, part: pl.DataFrame) -> Keyset:
        keys = part.get_columns()[len(self._columns) :]
        ends = zip(keys, self._key_columns, strict=True)
        return tuple(_value(as_struct(key.tail(1), column)) for key, column in ends)


def joined(parts: Sequence[pl.DataFrame], columns: Sequence[Column]) -> pl.DataFrame:
    """Return the rows of all `parts`; where they differ in type, a column becomes one of mixed values."""
    if len(parts) == 1:
        return parts[0]
    series = zip(*(part.get_columns() for part in parts), strict=True)
    return pl.DataFrame(
        [
            _joined_column(found, column).alias(str(number))
            for number, (found, column) in enumerate(zip(series, columns, strict=True))
        ]
    )


def _joined_column(parts: Sequence[pl.Series], column: Column) -> pl.Series:
    if len({part.dtype for part in parts}) > 1:
        parts = [as_struct(part, column) for part in parts]
    return pl.concat([part.alias("") for part in parts])


def _long_bytes(rows: pl.DataFrame, width: int) -> pl.Series | None:
    """Return for each row the bytes of its long values; None where no value is long."""
    lengths = [
        length
        for series in rows.get_columns()[:width]
        for length in _lengths(series)
        if isinstance(longest := length.max(), int) and longest > LONG_BYTES
    ]
    if not lengths:
        return None
    return pl.DataFrame(
        [
            length.set(length <= LONG_BYTES, 0).fill_null(0).alias(str(number))
            for number, length in enumerate(lengths)
        ]
    ).sum_horizontal()


def _lengths(series: pl.Series) -> list[pl.Series]:
    """Return the lengths in bytes of texts and blobs, the only values that may be long."""
    match series.dtype:
        case pl.String:
            return [series.str.len_bytes().cast(pl.Int64)]
        case pl.Binary:
            return [series.bin.size().cast(pl.Int64)]
        case pl.Struct():
            fields = (series.struct.field("text"), series.struct.field("bytes"))
            return [length for field in fields for length in _lengths(field)]
        case _:
            return []


def _value(mixed: pl.Series) -> Value:
    values: dict[str, Value] = mixed.item()
    return next((values[field] for field in FIELDS if values[field] is not None), None)


def _without_rows(columns: Sequence[Column]) -> pl.DataFrame:
    return pl.DataFrame([pl.Series(str(number), [], dtype=pl.String) for number in range(len(columns))])

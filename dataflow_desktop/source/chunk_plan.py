"""Which rows the next chunk reads: ranges of the key, or slices of a sorted list of rows.

Ranges are planned without the query's conditions: stepping over rows costs a tenth of reading them, and the
conditions are then looked at once only, by several readers at a time. Each range ends at a row that was there
when it was planned, so that chunks follow one another without a gap whatever is written meanwhile.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

import polars as pl

from dataflow_desktop.domain.keyset import Keyset
from dataflow_desktop.domain.reading import ReadingTask
from dataflow_desktop.domain.row_query import Value
from dataflow_desktop.source.arrow_errors import ArrowReadError
from dataflow_desktop.source.chunk_sizes import ChunkSizes
from dataflow_desktop.source.filled import Filled
from dataflow_desktop.source.range_statements import RangeStatements
from dataflow_desktop.source.sqlite.arrow_connection import ArrowConnection
from dataflow_desktop.source.sqlite.columnar_lane import ColumnarReader

FIRST_ROWS = 2_000
"""Small, because nothing is known yet: a row may hold a megabyte."""

MOST_ROWS = 200_000
"""Rows stepped over for one chunk, of which a filter leaves few: 20 to 50 ms, which a writer can wait."""

CHUNK_BYTES = 3_000_000
"""Bytes of output aimed at: large enough that the steps around a chunk do not count (1.5 ms of 30; measured:
5 MB is no faster), small enough that a dozen of them in memory do not hurt."""

WIDEST_CHUNK_BYTES = 16_000_000
"""What a chunk may hold if all its rows were as wide as its last; wider ones are planned with fewer rows."""

COUNTED_RANGES = 16
"""Ranges planned by arithmetic before a hop looks again whether the key still has few gaps; hops cost a tenth
of an export."""

GAPS_SHARE = 4
"""One key in so many may be missing: counting over it then costs less than hopping."""

SAMPLE_ROWS = 50
"""Rows whose width tells how many of a sorted list make a chunk."""

MOST_SLICE_ROWS = 20_000
"""Rows read one by one for a chunk of a sorted list: as long as it takes to step over MOST_ROWS."""


class Planning(Protocol):
    """A connection that says where ranges end."""

    def row(self, statement: Filled, /) -> tuple[Value, ...] | None:
        """Return the only row of `statement`, None without one."""


class ChunkReader(Protocol):
    """Reads the rows of ranges as whole columns."""

    def read(self, statement_for: Callable[[frozenset[int]], Filled], most_rows: int, /) -> pl.DataFrame:
        """Return the rows of a statement that selects the columns in order; one series for each.

        `statement_for` returns it with some of the columns split by storage class, where a database has any.
        """


@dataclass(frozen=True)
class Step:
    """The rows of one chunk, `most_rows` at most if nothing is added meanwhile, and its end as a keyset."""

    most_rows: int
    last: Keyset


@dataclass(frozen=True)
class KeyRange(Step):
    """Rows beyond `after` (None: from the first on) up to `last`."""

    after: Keyset | None

    def read(self, reader: ChunkReader, statements: RangeStatements) -> pl.DataFrame:
        """Return the rows that the query's conditions leave of the range."""
        # Rows may have been added to the range meanwhile; many more than planned are an error there.
        most_rows = 2 * self.most_rows + 1_000
        return reader.read(lambda split: statements.rows_in(self.after, self.last, split), most_rows)


@dataclass(frozen=True)
class RowSlice(Step):
    """Rows by their rowid, in the order of the list."""

    rowids: pl.Series

    def read(self, reader: ChunkReader, statements: RangeStatements) -> pl.DataFrame:
        """Return the rows of the slice that are still there."""
        if not isinstance(reader, ColumnarReader):
            raise TypeError(reader)
        return reader.read_each(statements.row_at, self.rowids)


class ChunkPlan(Protocol):
    """Plans chunk after chunk."""

    def next(self) -> KeyRange | RowSlice | None:
        """Return what the next chunk reads, None when all is planned."""

    def learn(self, step: Step, rows: int, size: int) -> None:
        """Learn from the chunk that `step` gave: its rows, and its size in bytes."""


class KeyRanges:
    """Ranges of the key: by hops over its rows, and where it counts nearly without gaps, by arithmetic."""

    def __init__(
        self,
        connection: Planning,
        task: ReadingTask,
        statements: RangeStatements,
        chunk_bytes: int = CHUNK_BYTES,
    ) -> None:
        """`chunk_bytes` of output are aimed at for each range."""
        self._connection = connection
        self._statements = statements
        self._task = task
        self._after = task.after
        self._sizes = ChunkSizes(
            task.chunk_rows, first_rows=FIRST_ROWS, most_rows=MOST_ROWS, aimed_bytes=chunk_bytes
        )
        self._is_planned = task.bound is None
        self._has_integer_key = task.table.has_integer_key
        self._counted_ranges = 0

    def next(self) -> KeyRange | None:
        """Return the range beyond the last one."""
        if self._is_planned or self._task.bound is None:
            return None
        rows = self._sizes.rows
        while True:
            last = self._end_of(rows, self._task.bound)
            width = self._width_at(last)
            if rows == 1 or width * rows <= WIDEST_CHUNK_BYTES:
                break
            rows = max(1, WIDEST_CHUNK_BYTES // width)
        self._is_planned = last == self._task.bound
        planned = KeyRange(rows, last, self._after)
        self._after = last
        return planned

    def learn(self, step: Step, rows: int, size: int) -> None:
        """Learn how wide the rows are, and whether the key still counts without gaps."""
        self._sizes.learn(step.most_rows, size)
        if rows * 2 < step.most_rows and not self._task.query.is_filtered:
            self._counted_ranges = 0

    def _end_of(self, rows: int, bound: Keyset) -> Keyset:
        """Return the key at which a range of at most `rows` rows ends."""
        after = self._after
        if after is not None and self._counted_ranges:
            self._counted_ranges -= 1
            return _counted(after, rows, bound)
        last = self._connection.row(self._statements.hop(after, rows)) or bound
        if after is not None and self._has_integer_key and last <= _counted(after, _with_gaps(rows), bound):
            self._counted_ranges = COUNTED_RANGES
        return last

    def _width_at(self, keyset: Keyset) -> int:
        width = self._connection.row(self._statements.width(keyset))
        return width[0] if width is not None and isinstance(width[0], int) else 0


def _counted(after: Keyset, rows: int, bound: Keyset) -> Keyset:
    """Return the key `rows` further by counting: so many integers are so many rows at most."""
    (first,), (last,) = after, bound
    if not isinstance(first, int) or not isinstance(last, int):
        raise TypeError(after)
    return (min(first + rows, last),)


def _with_gaps(rows: int) -> int:
    return rows + rows // GAPS_SHARE


class RowSlices:
    """Slices of the list of all rows in an order of their own, which one sorted pass has made.

    The list and the keysets at the ends of its slices are of one state of the source; the rows themselves are
    read later. 8 bytes a row are kept. Where each row is to come with its keyset, a row that was moved in the
    order since would come with one that does not lead back to its place: nothing may be changed then.
    """

    def __init__(
        self,
        connection: ArrowConnection,
        task: ReadingTask,
        statements: RangeStatements,
        *,
        has_snapshot: bool,
    ) -> None:
        """`has_snapshot`: the connection sees one state already."""
        self._connection = connection
        self._statements = statements
        self._must_stay = task.is_keyed and not has_snapshot
        if not has_snapshot:
            connection.begin()
        self._slices = list(self._planned(connection, task))
        self._version = connection.data_version()
        if not has_snapshot:
            connection.end()
        self._slices.reverse()

    def next(self) -> RowSlice | None:
        """Return the slice after the last one."""
        return self._slices.pop() if self._slices else None

    def learn(self, step: Step, rows: int, size: int) -> None:  # noqa: ARG002 - the slices are made
        """Learn whether the rows may be where they were; raises ArrowReadError."""
        if self._must_stay and self._connection.data_version() != self._version:
            raise ArrowReadError("something was changed since the rows were sorted")

    def _planned(self, connection: ArrowConnection, task: ReadingTask) -> Iterator[RowSlice]:
        if task.bound is None:
            return
        rowids = connection.integers(self._statements.sorted_rowids(task.after))
        rows = task.chunk_rows or self._fitting_rows(connection, rowids)
        for first in range(0, len(rowids), rows):
            part = rowids[first : first + rows]
            last = connection.row(self._statements.keyset_at(part[-1]))
            if last is None:
                raise ArrowReadError("a row that was in the list is gone")
            yield RowSlice(len(part), last, part)

    def _fitting_rows(self, connection: ArrowConnection, rowids: pl.Series) -> int:
        """Return how many rows make a chunk, by the width of a few of them."""
        widths = [
            width[0]
            for rowid in rowids.gather_every(max(1, len(rowids) // SAMPLE_ROWS))
            if (width := connection.row(self._statements.width_at(rowid))) is not None
        ]
        mean = sum(width for width in widths if isinstance(width, int)) // max(len(widths), 1)
        return max(1, min(CHUNK_BYTES // max(mean, 1), MOST_SLICE_ROWS))

"""One column at a glance, read range by range of the table's key."""

import math
import time
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from dataflow_desktop.domain.keyset import Keyset
from dataflow_desktop.domain.profile import CUT_LENGTH, ColumnProfile
from dataflow_desktop.domain.row_query import RowQuery, Value
from dataflow_desktop.domain.schema import Table
from dataflow_desktop.errors import ReasonCode, SourceError
from dataflow_desktop.source.connection import Row, SourceConnection, TextDecoding
from dataflow_desktop.source.dialects import dialect_of
from dataflow_desktop.source.ordered_rows import OrderedRows
from dataflow_desktop.source.prepared import Prepared, given_keyset, named_values, shape_of
from dataflow_desktop.source.relations import rows_of
from dataflow_desktop.source.statements import Rows, select_key_range
from dataflow_desktop.source.value_sample import SampleDigest, ValueSample, order_of
from dataflow_desktop.source.values import Given

REPORT_SECONDS = 0.3

FEW_VALUES = 1_000
"""Up to so many different values, all rows are counted for each: to sort more takes longer than to read."""

RANGE_SECONDS = 0.05
"""What one range is to take, all its statements together: so long may a stop have to wait in a column of
huge cells, of which SQLite reads many between two looks at it."""

FIRST_RANGE_ROWS = 64
"""Little to read even where each cell has a megabyte."""

MOST_RANGE_ROWS = 200_000
"""More rows are not read any faster, and their values have to be sorted."""

DIGEST_GROWTH = 2
"""So much more must have been read before a sample is looked through again, which takes some 0.2 s."""

KEYS_TRIED = 8
"""So many rows may follow each other whose keys are no valid text, and cannot be the end of a range."""


def profile_column(
    connection: SourceConnection, table: Table, query: RowQuery, column: str
) -> Iterator[ColumnProfile]:
    """Yield growing profiles of a column, in all rows of `query` in whatever order; the last is complete.

    One comes every REPORT_SECONDS, the first as soon as there is anything. A view and whatever else has no
    key is read in one statement. Texts and blobs are taken for equal when their first CUT_LENGTH letters or
    bytes are. Reading sees what others write meanwhile. Raises ConfigurationError for an unknown column,
    SourceError, and Stopped when interrupted.
    """
    table.column(column)
    reading = _Reading(connection, table, query, column)
    due = time.monotonic()
    for _ in reading.ranges():
        if time.monotonic() >= due:
            yield reading.profile()
            due = time.monotonic() + REPORT_SECONDS
    yield reading.profile(is_complete=True)


class _Reading:
    """What is known of a column, and how it grows: as long as there are few values, by counting each."""

    def __init__(self, connection: SourceConnection, table: Table, query: RowQuery, column: str) -> None:
        self._connection = connection
        self._table = table
        self._is_key = table.key == (column,)
        self._statements = _Statements(table, query, column)
        # Hops go over all rows: those of a sparse filter may be a whole table apart.
        self._ordered = OrderedRows(connection, table, RowQuery(table.name, ())) if table.key else None
        self._totals = _Totals()
        self._sample = ValueSample()
        self._has_few_values = bool(table.key)
        self._digest: SampleDigest | None = None
        self._digested_rows = 0

    def ranges(self) -> Iterator[None]:
        """Read range after range, each in one state of the database."""
        after: Keyset | None = None
        rows = FIRST_RANGE_ROWS
        while True:
            begin = time.monotonic()
            with self._connection.one_state():
                last = self._end_of_range(after, rows)
                with self._connection.decoding(TextDecoding.REPLACE):
                    self._read(after, last)
            yield
            if last is None:
                return
            after = last
            rows = _next_rows(rows, time.monotonic() - begin)

    def profile(self, *, is_complete: bool = False) -> ColumnProfile:
        """Return what is known now."""
        totals = self._totals
        digest = self._fresh_digest(is_complete=is_complete)
        return ColumnProfile(
            rows=totals.rows,
            null_rows=totals.null_rows,
            empty_rows=totals.empty_rows,
            smallest=totals.smallest,
            largest=totals.largest,
            mean=None if digest.is_time else totals.mean(),
            distinct=totals.rows - totals.null_rows if self._is_key else digest.distinct,
            is_distinct_exact=self._sample.is_whole or self._is_key,
            sampled_rows=digest.rows,
            top_values=digest.top_values,
            histogram=digest.histogram,
            is_time=digest.is_time,
            is_complete=is_complete,
        )

    def _fresh_digest(self, *, is_complete: bool) -> SampleDigest:
        rows = self._totals.rows
        has_grown = self._sample.is_whole or rows >= DIGEST_GROWTH * self._digested_rows
        if self._digest is None or is_complete or has_grown:
            self._digest = self._sample.digest(rows - self._totals.null_rows)
            self._digested_rows = rows
        return self._digest

    def _end_of_range(self, after: Keyset | None, rows: int) -> Keyset | None:
        """Return the key of a row about `rows` rows further; None: all the others are one range."""
        if self._ordered is None:
            return None
        for more in range(KEYS_TRIED):
            try:
                return self._ordered.hop(after, rows + more).keyset
            except SourceError as error:
                if error.reason.code != ReasonCode.TEXT_INVALID.name:
                    raise
        return None

    def _read(self, after: Keyset | None, last: Keyset | None) -> None:
        if self._has_few_values:
            groups = self._run("groups", after, last)
            self._has_few_values = self._are_few(groups)
            if self._has_few_values:
                self._take_groups(groups)
                return
        rows = self._take_aggregates(after, last)
        self._sample.make_room(rows)
        drawn = self._run("sample", after, last)
        self._sample.add((value, 1) for (value,) in drawn)

    def _are_few(self, groups: Sequence[Row]) -> bool:
        if len(groups) > FEW_VALUES:
            return False
        new = self._sample.new_values(value for value, _ in groups)
        return self._sample.different + new <= FEW_VALUES

    def _take_groups(self, groups: Sequence[Row]) -> None:
        counted = [(value, _whole(rows)) for value, rows in groups]
        self._sample.add(counted)
        for value, rows in counted:
            self._totals.add_value(value, rows)

    def _take_aggregates(self, after: Keyset | None, last: Keyset | None) -> int:
        ((rows, filled, smallest, largest, total),) = self._run("aggregates", after, last)
        totals = self._totals
        totals.add_rows(_whole(rows), _whole(rows) - _whole(filled), smallest, largest)
        if isinstance(largest, int | float):  # then all values are numbers
            totals.add_numbers(_whole(filled), total)
        elif _may_be_mixed(smallest, largest):
            ((numbers, total, empty_rows),) = self._run("mixed", after, last)
            totals.add_numbers(_whole(numbers), total)
            totals.empty_rows += _whole(empty_rows)
        return _whole(rows)

    def _run(self, what: str, after: Keyset | None, last: Keyset | None) -> list[Row]:
        prepared = self._statements.of(what, after, last)
        given = {
            "mask": self._sample.step - 1,
            **named_values("after", after or ()),
            **named_values("last", last or ()),
        }
        return self._connection.run(prepared.filled(given))


class _Totals:
    """What is known exactly of all rows read."""

    def __init__(self) -> None:
        self.rows = 0
        self.null_rows = 0
        self.empty_rows = 0
        self.smallest: Value = None
        self.largest: Value = None
        self._numbers = 0
        self._total: float = 0  # an integer, and exact, as long as only integers are counted one by one

    def add_rows(self, rows: int, null_rows: int, smallest: Value, largest: Value) -> None:
        """Take in rows, and what lies between NULL and the ends of their values."""
        self.rows += rows
        self.null_rows += null_rows
        if smallest is not None and (self.smallest is None or order_of(smallest) < order_of(self.smallest)):
            self.smallest = smallest
        if largest is not None and (self.largest is None or order_of(largest) > order_of(self.largest)):
            self.largest = largest

    def add_numbers(self, numbers: int, total: Value) -> None:
        """Take in how many of those rows have numbers, and their sum."""
        if isinstance(total, int | float):
            self._numbers += numbers
            self._total += total

    def add_value(self, value: Value, rows: int) -> None:
        """Take in rows that have the same value."""
        self.add_rows(rows, rows if value is None else 0, value, value)
        if isinstance(value, int | float):
            self.add_numbers(rows, value * rows)
        elif value is not None and not value:
            self.empty_rows += rows

    def mean(self) -> float | None:
        """Return the mean of the numbers; None without one, as that of opposite infinities."""
        if not self._numbers:
            return None
        mean = self._total / self._numbers
        return None if math.isnan(mean) else mean


class _Statements:
    """The statements about ranges of the key, each compiled when it is needed first."""

    def __init__(self, table: Table, query: RowQuery, column: str) -> None:
        self._table = table
        self._query = query
        self._name = column
        self._prepared: dict[object, Prepared] = {}

    def of(self, what: str, after: Keyset | None, last: Keyset | None) -> Prepared:
        """Return the statement `what` for rows beyond `after`, up to `last`, whose values are to be given."""
        key = what, shape_of(after), shape_of(last)
        if key not in self._prepared:
            rows = select_key_range(
                self._table,
                self._query,
                after and given_keyset("after", after),
                last and given_keyset("last", last),
            )
            self._prepared[key] = Prepared.of(self._about(what, rows), self._table.system)
        return self._prepared[key]

    def _about(self, what: str, rows: Rows) -> Rows:
        table, name, dialect = self._table, self._name, dialect_of(self._table)
        match what:
            case "groups":
                grouped = _only(rows, dialect.glanced(table, name, CUT_LENGTH), sa.func.count())
                return grouped.group_by(sa.literal_column("1")).limit(FEW_VALUES + 1)
            case "aggregates":
                filled = sa.func.count(rows_of(table).c[name])
                ends = dialect.glanced_ends(table, name, CUT_LENGTH)
                return _only(rows, sa.func.count(), filled, *ends, dialect.glanced_total(table, name))
            case "mixed":
                return _only(rows, *dialect.glanced_mixture(table, name))
            case _:
                drawn = dialect.drawn(sa.bindparam("mask", Given("mask")))
                return _only(rows, dialect.glanced(table, name, CUT_LENGTH)).where(drawn)


def _only(rows: Rows, *columns: sa.ColumnElement[Any]) -> Rows:
    return rows.with_only_columns(*columns, maintain_column_froms=True)


def _may_be_mixed(smallest: Value, largest: Value) -> bool:
    """Return whether there may be numbers or empty values among others: both come first in their class."""
    return largest is not None and (not smallest or order_of(smallest)[0] != order_of(largest)[0])


def _next_rows(rows: int, seconds: float) -> int:
    wanted = round(rows * RANGE_SECONDS / max(seconds, 1e-6))
    # Never more than doubled: one range of short values says little of the next.
    return max(1, min(wanted, 2 * rows, MOST_RANGE_ROWS))


def _whole(value: Value) -> int:
    if not isinstance(value, int | float):
        raise TypeError(value)
    return int(value)

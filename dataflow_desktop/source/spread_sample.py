"""What columns hold in rows from everywhere in a table, however many it has."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Protocol

from dataflow_desktop.domain.keyset import Keyset
from dataflow_desktop.domain.row_query import RowQuery, Value
from dataflow_desktop.domain.schema import KeyKind, Table
from dataflow_desktop.source.connection import Row, SourceConnection, TextDecoding
from dataflow_desktop.source.ordered_rows import OrderedRows
from dataflow_desktop.source.row_index import key_ends
from dataflow_desktop.source.statements import select_rows

PLACES = 50
"""A value that fills a fiftieth of a sorted table is met for sure; each place costs a page or two."""

ROWS_AT_PLACE = 400
"""Half a millisecond of reading. With 50 places, a value of one row in 4,000 is missed once in 150 times."""

LONGEST_CHOICE = 1_000
"""Characters of a value that can be chosen from a list; a longer one is no name of anything."""

_TOO_LONG = " " * (LONGEST_CHOICE + 1)

ROWS_WITHOUT_KEY = 100_000
"""Nothing but the beginning of a view can be looked at: a tenth of a second, where its rows cost nothing."""

LOWEST_INTEGER = -(2**63)
"""SQLite knows none below: https://www.sqlite.org/datatype3.html. The row there may be missed."""


class SpreadSample:
    """The different values met in each column, as long as they are few; `is_whole` if no row was left out."""

    def __init__(self, columns: Iterable[str], most: int) -> None:
        self.rows = 0
        self.is_whole = False
        self._most = most
        self._values: dict[str, set[Value]] = {column: set() for column in columns}

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that held no more than `most` values so far, all of them readable."""
        return tuple(self._values)

    def values(self, column: str) -> frozenset[Value]:
        """Return what was met in one of `columns`."""
        return frozenset(self._values[column])

    def add(self, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Take note of what `rows` hold in `columns`; their further values have no meaning here."""
        self.rows += len(rows)
        for number, column in enumerate(columns):
            values = self._values.get(column)
            if values is not None:
                values.update(row[number] for row in rows)
                if len(values) > self._most or not all(map(_is_choice, values)):
                    del self._values[column]


class Sample(Protocol):
    """Takes note of rows."""

    is_whole: bool
    """Whether no row was left out, for all that is known."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of which it wants to know more."""

    def add(self, columns: Sequence[str], rows: Sequence[Row], /) -> None:
        """Take note of what `rows` hold in `columns`; their further values have no meaning here."""


def sample_values(
    connection: SourceConnection, table: Table, columns: Iterable[str], most: int
) -> SpreadSample:
    """Return what `columns` hold in a sample of rows; a column of more than `most` values drops out.

    Raises as `look_over` does.
    """
    sample = SpreadSample(columns, most)
    look_over(connection, table, sample)
    return sample


def look_over(connection: SourceConnection, table: Table, sample: Sample) -> None:
    """Let `sample` take note of rows until it wants to know no more, of a bounded number of them.

    They come from places all over the table where it has a number for each, else from both ends of its key,
    and of what has no key from its beginning. Raises SourceError, and Stopped when interrupted.
    """
    with connection.decoding(TextDecoding.ESCAPE):  # one bad text is no reason to know nothing of the others
        if not table.key:
            _look_at_the_beginning(connection, table, sample)
            return
        numbered = _by_number(table)
        ends = key_ends(connection, numbered)
        if ends is not None:
            _look_everywhere(_Look(connection, numbered, sample), *ends)
        else:
            _look_at_both_ends(_Look(connection, table, sample))


class _Look:
    """Reads, place by place, those columns of which the sample still wants to know."""

    def __init__(self, connection: SourceConnection, table: Table, sample: Sample) -> None:
        self._connection = connection
        self._table = table
        self._sample = sample
        self._columns: tuple[str, ...] = ()
        self._ordered: OrderedRows | None = None

    def at(self, after: Keyset | None, *, is_backwards: bool = False) -> Keyset | None:
        """Look at the rows beyond `after`; return the last one's keyset, None when all is seen."""
        columns = self._sample.columns
        if not columns:
            return None
        if self._ordered is None or columns != self._columns:
            self._columns = columns
            self._ordered = OrderedRows(self._connection, self._table, RowQuery(self._table.name, columns))
        width = len(columns)

        def shortened(row: Row) -> Row:
            return (*map(_shortened, row[:width]), *row[width:])

        rows = self._ordered.read_as(shortened, after, ROWS_AT_PLACE, is_backwards=is_backwards)
        self._sample.add(columns, rows)
        return rows[-1][width:] if len(rows) == ROWS_AT_PLACE else None


def _look_everywhere(look: _Look, lowest: int, highest: int) -> None:
    first = max(lowest - 1, LOWEST_INTEGER)
    last = max(first, highest - ROWS_AT_PLACE)
    seen: Keyset = (first,)
    for place in range(PLACES):
        # Never back to rows that were seen: the same few again and again would look like values that repeat.
        keyset = look.at(max(seen, (first + (last - first) * place // max(1, PLACES - 1),)))
        if keyset is None:
            return
        seen = keyset


def _look_at_both_ends(look: _Look) -> None:
    for is_backwards in (False, True):
        keyset: Keyset | None = None
        for _ in range(PLACES // 2):
            keyset = look.at(keyset, is_backwards=is_backwards)
            if keyset is None:
                return


def _look_at_the_beginning(connection: SourceConnection, table: Table, sample: Sample) -> None:
    columns = sample.columns
    statement = select_rows(table, RowQuery(table.name, columns)).limit(ROWS_WITHOUT_KEY)
    count = 0
    with connection.cursor(statement) as cursor:
        while sample.columns and (rows := cursor.fetch(ROWS_AT_PLACE)):
            sample.add(columns, rows)
            count += len(rows)
    sample.is_whole = count < ROWS_WITHOUT_KEY


def _by_number(table: Table) -> Table:
    """Return the table with SQLite's own number of a row as its key, if it has one."""
    if table.rowid_name is None or table.key == (table.rowid_name,):
        return table
    return replace(table, key=(table.rowid_name,), key_kind=KeyKind.ROWID)


def _is_choice(value: Value) -> bool:
    """Whether it can be read, and is short enough to stand in a list."""
    match value:
        case str():
            return len(value) <= LONGEST_CHOICE and value.encode(errors="replace").decode() == value
        case bytes():
            return len(value) <= LONGEST_CHOICE
        case _:
            return True


def _shortened(value: Value) -> Value:
    """Return a value that is no choice for one that is too long for it, and no row of them fills memory."""
    return _TOO_LONG if isinstance(value, str | bytes) and len(value) > LONGEST_CHOICE else value

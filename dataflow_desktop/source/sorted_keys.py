"""The keys of all rows in an order that no index has: found in one pass, kept in a file without a name."""

import marshal
import tempfile
import threading
import weakref
from array import array
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from dataflow_desktop.domain.keyset import Keyset
from dataflow_desktop.domain.row_query import RowQuery, Value
from dataflow_desktop.domain.schema import Table
from dataflow_desktop.source.connection import Made, Row, SourceConnection
from dataflow_desktop.source.dialects import dialect_of
from dataflow_desktop.source.prepared import Prepared, given_keyset, named_values
from dataflow_desktop.source.relations import rows_of
from dataflow_desktop.source.statements import Rows, is_at, select_keysets, select_rows, shown_columns

KEYS_IN_BLOCK = 256
BLOCKS_IN_PART = 64
"""After so many blocks, some 10 ms of work, one is told how far it is."""


class SortedKeys:
    """The table's key of each row, by row number. Memory holds an offset for each block, the disk the rest.

    One thread appends; when all is there, any thread may read.
    """

    def __init__(self) -> None:
        """Raise OSError where no temporary file can be made."""
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with this object, whoever keeps it last
        weakref.finalize(self, self._file.close)
        self._lock = threading.Lock()
        self._offsets = array("Q", [0])
        self._rows = 0

    @property
    def rows(self) -> int:
        """How many keys there are."""
        return self._rows

    def append(self, keys: Sequence[Keyset]) -> None:
        """Take in the next KEYS_IN_BLOCK keys, fewer only at the end; raises OSError."""
        block = marshal.dumps(list(keys))
        self._file.write(block)
        self._offsets.append(self._offsets[-1] + len(block))
        self._rows += len(keys)

    def finish(self) -> None:
        """Let all that was appended be read; raises OSError."""
        self._file.flush()

    def read(self, first: int, count: int) -> list[Keyset]:
        """Return the keys of `count` rows from row number `first` on, fewer at the end; raises OSError."""
        keys: list[Keyset] = []
        blocks = len(self._offsets) - 1
        for number in range(first // KEYS_IN_BLOCK, min((first + count - 1) // KEYS_IN_BLOCK + 1, blocks)):
            keys += marshal.loads(self._block(number))  # noqa: S302 - bytes of our own
        skipped = first % KEYS_IN_BLOCK
        return keys[skipped : skipped + count]

    def _block(self, number: int) -> bytes:
        begin, end = self._offsets[number], self._offsets[number + 1]
        with self._lock:
            self._file.seek(begin)
            return self._file.read(end - begin)


def sort_keys(
    connection: SourceConnection, table: Table, query: RowQuery
) -> Iterator[tuple[SortedKeys, bool]]:
    """Yield the keys of all rows of `query` in its order, growing, and whether they are all there.

    Raises SourceError, and Stopped when interrupted.
    """
    found = SortedKeys()
    with connection.cursor(_select_keys(table, query)) as cursor:
        blocks = 0
        while keys := cursor.fetch(KEYS_IN_BLOCK):
            found.append(keys)
            blocks += 1
            if blocks % BLOCKS_IN_PART == 0:
                yield found, False
    found.finish()
    yield found, True


def first_keys(connection: SourceConnection, table: Table, query: RowQuery, count: int) -> list[Keyset]:
    """Return the keys of the first `count` rows of `query`, fewer where there are fewer.

    Much sooner than the rows themselves, which SQLite would sort with all that stands in their columns.
    """
    return connection.rows(_select_keys(table, query).limit(count))


def _select_keys(table: Table, query: RowQuery) -> Rows:
    key = shown_columns(table, table.key)
    return select_keysets(table, query).with_only_columns(*key, maintain_column_froms=True)


class RowsByKey:
    """Reads rows of a query by the table's key through one connection; for one thread.

    A statement is compiled once for so many keys, not at each read: that takes longer than to read the rows.
    """

    def __init__(self, connection: SourceConnection, table: Table, query: RowQuery) -> None:
        self._connection = connection
        self._table = table
        self._width = len(query.columns)
        self._statement = select_rows(table, RowQuery(table.name, query.columns)).order_by(None)
        self._prepared: dict[int, Prepared] = {}

    def read_as(self, make: Callable[[Row], Made], keys: Sequence[Keyset]) -> list[Made | None]:
        """Return what `make` makes of the rows with these keys, in this order; None for one that has gone.

        It is given the query's columns of one row after the other. Raises SourceError.
        """
        values: dict[str, Value] = {}
        for place, key in enumerate(keys):
            values.update(named_values(str(place), key))
        width = self._width

        def keyed(row: Row) -> tuple[Keyset, Made]:
            return row[width:], make(row[:width])

        filled = self._prepared_for(keys).filled(values)
        found = dict(self._connection.run_as(filled, keyed)) if keys else {}
        return [found.get(keyset) for keyset in keys]

    def _prepared_for(self, keys: Sequence[Keyset]) -> Prepared:
        if len(keys) not in self._prepared:
            key = [rows_of(self._table).c[name] for name in self._table.key]
            given = [self._wanted(given_keyset(str(place), values)) for place, values in enumerate(keys)]
            is_among = (
                key[0].in_([value for (value,) in given])
                if len(key) == 1
                else sa.tuple_(*key).in_([sa.tuple_(*values) for values in given])
            )
            self._prepared[len(keys)] = Prepared.of(self._statement.where(is_among), self._table.system)
        return self._prepared[len(keys)]

    def _wanted(self, keyset: Keyset) -> list[sa.ColumnElement[Any]]:
        dialect, table = dialect_of(self._table), self._table
        return [dialect.wanted(table, name, value) for name, value in zip(table.key, keyset, strict=True)]


def keyset_of(connection: SourceConnection, table: Table, query: RowQuery, key: Keyset) -> Keyset | None:
    """Return the keyset, in the order of `query`, of the row with that key; None when it has gone."""
    by_key = RowQuery(table.name, (), order=query.order)
    rows = connection.rows(select_keysets(table, by_key).where(is_at(table, key)).order_by(None))
    return rows[0] if rows else None

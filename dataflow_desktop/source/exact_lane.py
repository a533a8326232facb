"""Chunks read row by row, every value exactly as the database holds it."""

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

import sqlalchemy as sa

from dataflow_desktop.domain.chunk import Chunk
from dataflow_desktop.domain.keyset import Keyset
from dataflow_desktop.domain.reading import InvalidText, ReadingTask
from dataflow_desktop.domain.row_query import Value
from dataflow_desktop.domain.sort_key import sort_key
from dataflow_desktop.errors import ReasonCode, SourceError
from dataflow_desktop.pacing import StopRequest
from dataflow_desktop.source.chunk_sizes import ChunkSizes
from dataflow_desktop.source.connection import Row, SourceConnection, TextDecoding
from dataflow_desktop.source.statements import select_rows, select_span

FIRST_ROWS = 500
"""Small, because nothing is known yet: a row may hold a megabyte."""

MOST_ROWS = 10_000
CHUNK_BYTES = 1_000_000
"""Bytes of output aimed at: well below a checkpoint's second, so that a stop is answered at once."""

REPLACED = "\ufffd"
"""What stands in a text for bytes that are no UTF-8."""


class ExactReader:
    """Reads the rows of one task from one connection, on the thread that calls.

    Without a key the rows can only be read in one pass, and no keyset leads back into it.
    """

    def __init__(self, connection: SourceConnection, task: ReadingTask, stop: StopRequest) -> None:
        """`stop` cuts a read short."""
        self._connection = connection
        self._task = task
        self._stop = stop
        self._may_replace = (
            bool(task.table.key)
            and task.invalid_text is InvalidText.REPLACE
            and connection.may_hold_invalid_text
        )
        self._sizes = ChunkSizes(
            task.chunk_rows, first_rows=FIRST_ROWS, most_rows=MOST_ROWS, aimed_bytes=CHUNK_BYTES
        )
        connection.obey(stop)

    def read(self, after: Keyset | None) -> Chunk | None:
        """Return the chunk beyond `after` (None: the first), None when all rows were read.

        Raises SourceError, and Stopped when a stop was asked for meanwhile.
        """
        if self._task.bound is None:
            return None
        statement = self._statement(after).limit(self._sizes.rows)
        return self._chunk(self._decoded(lambda: self._connection.rows(statement), statement), statement)

    def read_in_one_pass(self, after: Keyset | None) -> Iterator[Chunk]:
        """Yield all chunks beyond `after` from one statement, which stays open: for rows not read by key.

        Raises as `read` does.
        """
        if self._task.bound is None:
            return
        statement = self._statement(after)
        with self._connection.cursor(statement) as cursor:
            while True:
                found = self._decoded(lambda: cursor.fetch(self._sizes.rows), statement)
                if (chunk := self._chunk(found, statement)) is None:
                    return
                yield chunk

    def learn(self, rows: int, size: int) -> None:
        """Adapt the next chunk to one of `rows` rows that gave `size` bytes."""
        self._sizes.learn(rows, size)

    def _statement(self, after: Keyset | None) -> sa.Select[Any]:
        table, query = self._task.table, self._task.query
        if not table.key or self._task.bound is None:
            return select_rows(table, query)
        return select_span(table, query, after, self._task.bound)

    def _chunk(self, found: list[Row], statement: sa.Select[Any]) -> Chunk | None:
        if not found:
            return None
        columns = list(zip(*found, strict=True))
        width = len(self._task.query.columns)
        last = found[-1][width:]
        # A replaced text is another place in the order: nothing leads on from there.
        places = columns[width:] if self._task.is_keyed else [(value,) for value in last]
        if self._may_replace and any(map(_may_be_replaced, chain(*places))):
            self._name_invalid_text(statement, range(width, width + len(last)))
        return Chunk(columns if self._task.is_keyed else columns[:width], len(found), last)

    def _decoded(self, read: Callable[[], list[Row]], statement: sa.Select[Any]) -> list[Row]:
        is_replacing = self._task.invalid_text is InvalidText.REPLACE
        try:
            with self._connection.decoding(TextDecoding.REPLACE if is_replacing else TextDecoding.STRICT):
                return read()
        except SourceError as error:
            is_text = error.reason.code == ReasonCode.TEXT_INVALID.name
            if is_text and self._connection.may_hold_invalid_text:
                self._name_invalid_text(statement, range(len(self._task.query.columns)))
            raise

    def _name_invalid_text(self, statement: sa.Select[Any], places: range) -> None:
        """Raise the SourceError that says where the first invalid text of `statement` in `places` stands."""
        task = self._task
        names = (*task.query.columns, *(sort.column for sort in sort_key(task.table, task.query)))
        with self._connection.decoding(TextDecoding.ESCAPE), self._connection.cursor(statement) as cursor:
            while found := cursor.fetch(1):
                for place in places:
                    value = found[0][place]
                    if isinstance(value, str) and not _is_valid(value):
                        key = found[0][len(task.query.columns) :]
                        raise SourceError(
                            ReasonCode.TEXT_INVALID_AT,
                            table=task.table.name,
                            column=names[place],
                            key=", ".join(map(repr, key)) or "without a key",
                        )


def _may_be_replaced(value: Value) -> bool:
    return isinstance(value, str) and REPLACED in value


def _is_valid(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:  # an escaped byte
        return False
    return True

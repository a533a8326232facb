"""Chunks of a job, encoded and in order, by whichever lane can read them; both give the same bytes.

columnar lane    a reader process: fast, for all that can be read in pieces of the key or by rowid
exact lane       row by row in this process: for what is too small to be worth a process, for what only it can
                 read, and for the stretch in which the columnar lane gave up. It knows what is wrong with
                 a source, and says it
"""

import logging
from collections.abc import Generator, Iterator
from contextlib import nullcontext
from dataclasses import replace

from dataflow_desktop.domain.chunk import Chunk, EncodedChunk
from dataflow_desktop.domain.reading import Consistency, ReadingTask
from dataflow_desktop.domain.writing import WritingTask
from dataflow_desktop.errors import ReasonCode, SourceError
from dataflow_desktop.export.chunk_encoding import chunk_encoding
from dataflow_desktop.export.reader_client import ReaderFailedError, read_chunks
from dataflow_desktop.export.reader_process import ReaderProcess, is_large
from dataflow_desktop.pacing import Stopped, StopRequest
from dataflow_desktop.source.connection import SourceConnection
from dataflow_desktop.source.exact_lane import ExactReader
from dataflow_desktop.source.query_plan import needs_sorting

log = logging.getLogger(__name__)

FEW_CELLS = 300_000
"""Read here in the time that a reader process takes to start (measured: 0.3 s)."""

MOST_COLUMNS = 900
"""The columnar lane adds up the widths of all columns, and SQLite's expressions end at a depth of 1,000:
https://www.sqlite.org/limits.html#max_expr_depth."""

EXACT_ROWS = 50_000
"""Rows read exactly before the columnar lane is tried again; doubled each time that it gets no further."""

VERY_FEW_CELLS = 20_000
"""The same where the source is large, and its texts may be long."""


def is_columnar(connection: SourceConnection, task: ReadingTask) -> bool:
    """Whether the columnar lane can read `task`, unless the values tell otherwise."""
    table, query = task.table, task.query
    return (
        bool(table.key)
        and len(query.columns) <= MOST_COLUMNS
        and (table.rowid_name is not None if query.order else not needs_sorting(connection, table, query))
        and connection.can_read_columns()
    )


class Lanes:
    """Reads the rows of one task; for one thread."""

    def __init__(
        self,
        connection: SourceConnection,
        reading: ReadingTask,
        writing: WritingTask,
        total_rows: int,
        stop: StopRequest,
    ) -> None:
        """`total_rows` is how many rows the whole task is expected to have."""
        self._connection = connection
        self._task = task = reading
        self._writing = writing
        self._stop = stop
        self._position = task.after
        self._rows = writing.first_row
        self._has_snapshot = task.consistency is Consistency.SNAPSHOT
        few_cells = VERY_FEW_CELLS if is_large(task.source) else FEW_CELLS
        self._is_small = total_rows * len(task.query.columns) <= few_cells

    def chunks(self, prepared: ReaderProcess | None = None) -> Generator[EncodedChunk, None, None]:
        """Yield all chunks in order; `prepared` is a reader process at hand.

        Raises SourceError, and Stopped when a stop was asked for meanwhile.
        """
        if self._stop.is_asked():
            raise Stopped
        if not self._is_small and is_columnar(self._connection, self._task):
            yield from self._columnar_chunks(prepared)
            return
        if prepared is not None:
            prepared.end()  # it may be reading ahead
        with self._connection.one_state() if self._has_snapshot else nullcontext():
            yield from self._exact_chunks(None)

    def _columnar_chunks(self, prepared: ReaderProcess | None) -> Iterator[EncodedChunk]:
        exact_rows = EXACT_ROWS
        while True:
            before = self._position
            try:
                with prepared or ReaderProcess(self._task.source) as reader:
                    reading, writing = self._rest_of_tasks()
                    yield from map(self._passed, read_chunks(reader, reading, writing, self._stop))
            except ReaderFailedError as error:
                log.info("the columnar lane cannot read on: %s", error)
                if prepared is not None and self._position == before:
                    prepared = None  # perhaps a writer kept it out while the rows were counted
                    continue
                if self._has_snapshot:  # which ended with the process
                    self._find_cause()
                    raise SourceError(
                        ReasonCode.SNAPSHOT_UNREADABLE, source=self._task.source, reason=error
                    ) from error
            else:
                return
            exact_rows = 2 * exact_rows if self._position == before else EXACT_ROWS
            prepared = None
            if (yield from self._exact_chunks(exact_rows)):
                return

    def _find_cause(self) -> None:
        """Raise what keeps the next rows from being read or encoded, if the exact lane meets it."""
        reader = ExactReader(self._connection, self._task, self._stop)
        encoding = chunk_encoding(*self._rest_of_tasks())
        position = self._position
        rows = 0
        while rows < EXACT_ROWS and (chunk := reader.read(position)) is not None:
            position = chunk.last
            rows += sum(encoded.rows for encoded in encoding.encode(chunk))
        for _ in encoding.rest():
            pass

    def _exact_chunks(self, most_rows: int | None) -> Generator[EncodedChunk, None, bool]:
        """Yield chunks beyond the position, until `most_rows` rows or all; return whether it was all."""
        reader = ExactReader(self._connection, self._task, self._stop)
        is_one_pass = self._needs_one_pass()
        rows = 0
        encoding = chunk_encoding(*self._rest_of_tasks())
        for chunk in self._in_one_pass(reader) if is_one_pass else self._in_pieces(reader):
            encoded_chunks = list(encoding.encode(chunk))
            reader.learn(chunk.rows, encoding.chunk_bytes)
            for encoded in encoded_chunks:
                yield self._passed(encoded)
                rows += encoded.rows
                if most_rows is not None and rows >= most_rows and not is_one_pass:
                    return False
        for encoded in encoding.rest():
            yield self._passed(encoded)
        return True

    def _needs_one_pass(self) -> bool:
        if not self._task.table.key:
            return True
        # A few rows may be sorted anew for each chunk: better than a read that holds up writers all the time.
        return not self._is_small and needs_sorting(self._connection, self._task.table, self._task.query)

    def _in_one_pass(self, reader: ExactReader) -> Iterator[Chunk]:
        read_to = self._position  # further than the position, while rows wait for the end of a frame
        while True:
            try:
                for chunk in reader.read_in_one_pass(read_to):
                    read_to = chunk.last
                    yield chunk
                    self._rest()
            except SourceError as error:
                # A lost connection takes the pass with it; a key leads back to where it was.
                if not self._task.table.key or self._has_snapshot:
                    raise
                self._connection.hold_up(error)
            else:
                return

    def _in_pieces(self, reader: ExactReader) -> Iterator[Chunk]:
        read_to = self._position
        while (chunk := reader.read(read_to)) is not None:
            read_to = chunk.last
            yield chunk
            self._rest()

    def _rest(self) -> None:
        self._stop.rest(self._task.throttle_ms / 1000)
        if self._stop.is_asked():
            raise Stopped

    def _passed(self, chunk: EncodedChunk) -> EncodedChunk:
        self._position = chunk.last
        self._rows += chunk.rows
        return chunk

    def _rest_of_tasks(self) -> tuple[ReadingTask, WritingTask]:
        """Return what is left of the tasks beyond the position."""
        return replace(self._task, after=self._position), replace(self._writing, first_row=self._rows)

"""Chunks in order, read and encoded ahead of whoever takes them by a few threads."""

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence, Sized
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import polars as pl
import sqlalchemy as sa

from dataflow_desktop.domain.keyset import Keyset
from dataflow_desktop.domain.reading import Consistency, ReadingTask
from dataflow_desktop.domain.schema import DatabaseSystem
from dataflow_desktop.source.arrow_connection import ArrowConnection, ArrowReadError
from dataflow_desktop.source.chunk_plan import ChunkPlan, KeyRange, KeyRanges, RowSlice, RowSlices
from dataflow_desktop.source.columnar_lane import ColumnarReader
from dataflow_desktop.source.prepared import Prepared
from dataflow_desktop.source.range_statements import RangeStatements

READERS = 3
"""Reading and encoding hold no lock of Python's: two keep two cores busy, and the third takes over while one
waits for the encoder's only thread or for the disk (measured: 7 % faster than two)."""

CHUNKS_AHEAD = 5
"""Chunks in work or done before their turn; two more than readers, for some take longer than others."""

SNAPSHOT_TRIES = 100
"""How often connections are opened before a writer that never pauses wins."""

Encoded = TypeVar("Encoded", bound=Sized)
"""What the rows of a chunk become; its length is that of their bytes."""


@dataclass(frozen=True)
class ReadChunk(Generic[Encoded]):
    """Consecutive rows, encoded, how many they are, and the keyset up to which all rows are read."""

    data: Encoded
    rows: int
    last: Keyset


class ReadAhead(Generic[Encoded]):
    """Reads the rows of one task; raises ArrowReadError when they cannot be read this way."""

    def __init__(self, task: ReadingTask, encode: Callable[[pl.DataFrame], Encoded]) -> None:
        self._task = task
        self._statements = RangeStatements(task)
        self._encode = encode
        self._has_snapshot = task.consistency is Consistency.SNAPSHOT

    def chunks(self) -> Iterator[ReadChunk[Encoded]]:
        """Yield all chunks in order; those of no rows too, for they move the position."""
        # Whoever asks for rests between reads wants one read at a time.
        readers = 1 if self._task.throttle_ms else READERS
        with ExitStack() as stack:
            planning, *reading = self._connections(stack, readers + 1)
            plan = self._plan(planning)
            idle = deque(self._reader(connection) for connection in reading)
            pool = stack.enter_context(ThreadPoolExecutor(readers, "reader"))
            yield from self._in_order(plan, pool, idle)

    def _connections(self, stack: ExitStack, count: int) -> Sequence[ArrowConnection]:
        path = Path(self._task.source)
        connections = [stack.enter_context(closing(ArrowConnection(path))) for _ in range(count)]
        if self._has_snapshot:
            monitor = stack.enter_context(closing(ArrowConnection(path)))
            see_one_state(connections, monitor)
        return connections

    def _plan(self, connection: ArrowConnection) -> ChunkPlan:
        if self._task.query.order:
            return RowSlices(connection, self._task, self._statements, has_snapshot=self._has_snapshot)
        return KeyRanges(connection, self._task, self._statements)

    def _reader(self, connection: ArrowConnection) -> ColumnarReader:
        table, query = self._task.table, self._task.query
        return ColumnarReader(
            connection,
            table.columns_named(query.columns),
            self._task.invalid_text,
            is_coerced=table.is_coerced,
        )

    def _in_order(
        self, plan: ChunkPlan, pool: ThreadPoolExecutor, idle: deque[ColumnarReader]
    ) -> Iterator[ReadChunk[Encoded]]:
        waiting: deque[tuple[KeyRange | RowSlice, Future[ReadChunk[Encoded]]]] = deque()
        while True:
            while len(waiting) < CHUNKS_AHEAD and (step := plan.next()) is not None:
                waiting.append((step, pool.submit(self._chunk, step, idle)))
            if not waiting:
                return
            step, future = waiting.popleft()
            chunk = future.result()
            plan.learn(step, chunk.rows, len(chunk.data))
            yield chunk

    def _chunk(self, step: KeyRange | RowSlice, idle: deque[ColumnarReader]) -> ReadChunk[Encoded]:
        reader = idle.pop()  # there are as many as threads
        try:
            frame = step.read(reader, self._statements)
        finally:
            idle.append(reader)
        chunk = ReadChunk(self._encode(frame), frame.height, step.last)
        time.sleep(self._task.throttle_ms / 1000)
        return chunk


def see_one_state(connections: Sequence[ArrowConnection], monitor: ArrowConnection) -> None:
    """Let all `connections` see the same state of the database, until they are closed.

    Proven by `monitor`: while its data_version stands still, nobody has committed anything
    (https://www.sqlite.org/pragma.html#pragma_data_version). Raises ArrowReadError when that never happens.
    """
    for _ in range(SNAPSHOT_TRIES):
        before = monitor.row(_DATA_VERSION)
        for connection in connections:
            connection.begin()
            connection.row(_TOUCH)
        if monitor.row(_DATA_VERSION) == before:
            return
        for connection in connections:
            connection.end()
    raise ArrowReadError("somebody writes without a pause")


_DATA_VERSION = Prepared.of(
    sa.select(sa.func.pragma_data_version().table_valued("data_version").c.data_version),
    DatabaseSystem.SQLITE,
).filled({})
_TOUCH = Prepared.of(
    sa.select(sa.func.count()).select_from(sa.table("sqlite_schema")), DatabaseSystem.SQLITE
).filled({})

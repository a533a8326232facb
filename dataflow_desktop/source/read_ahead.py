"""Chunks in order, read and encoded ahead of whoever takes them by a few threads."""

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence, Sized
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import polars as pl

from dataflow_desktop.domain.keyset import Keyset
from dataflow_desktop.domain.reading import Consistency, ReadingTask
from dataflow_desktop.domain.schema import DatabaseSystem
from dataflow_desktop.source.arrow_errors import ArrowReadError
from dataflow_desktop.source.chunk_plan import ChunkPlan, ChunkReader, KeyRange, RowSlice
from dataflow_desktop.source.range_statements import RangeStatements
from dataflow_desktop.source.sqlalchemy_loading import load_postgres

READERS = 3
"""Reading and encoding hold no lock of Python's: two keep two cores busy, and the third takes over while one
waits for the encoder's only thread or for the disk (measured: 7 % faster than two)."""

CHUNKS_AHEAD = 5
"""Chunks in work or done before their turn; two more than readers, for some take longer than others."""

Encoded = TypeVar("Encoded", bound=Sized)
"""What the rows of a chunk become; its length is that of their bytes."""


@dataclass(frozen=True)
class ReadChunk(Generic[Encoded]):
    """Consecutive rows, encoded, how many they are, and the keyset up to which all rows are read."""

    data: Encoded
    rows: int
    last: Keyset


class Readers(Protocol):
    """The module `readers` of each system's package."""

    @property
    def CHUNK_BYTES(self) -> int:  # noqa: N802 - a constant of the module
        """Bytes of output that a chunk aims at."""

    def open_readers(
        self, stack: ExitStack, task: ReadingTask, statements: RangeStatements, count: int, /
    ) -> tuple[ChunkPlan, Sequence[ChunkReader]]:
        """Return what plans the chunks of `task`, and so many readers of them; `stack` closes them all."""


def readers_of(system: DatabaseSystem) -> Readers:
    """Return what reads columns of `system`, loaded; raises ArrowReadError where nothing does."""
    match system:
        case DatabaseSystem.SQLITE:
            from dataflow_desktop.source.sqlite import readers as sqlite

            return sqlite
        case DatabaseSystem.POSTGRESQL:
            load_postgres()
            from dataflow_desktop.source.postgres import readers as postgres

            return postgres
        case DatabaseSystem.MYSQL | DatabaseSystem.OTHER:
            raise ArrowReadError("nothing reads columns of it")


class ReadAhead(Generic[Encoded]):
    """Reads the rows of one task; raises ArrowReadError when they cannot be read this way."""

    def __init__(
        self,
        task: ReadingTask,
        encode: Callable[[pl.DataFrame], Encoded],
        *,
        readers: int = READERS,
        chunks_ahead: int = CHUNKS_AHEAD,
    ) -> None:
        self._task = task
        # Whoever asks for rests between reads wants one read at a time.
        self._readers = 1 if task.throttle_ms else readers
        self._chunks_ahead = chunks_ahead
        self._statements = RangeStatements(task)
        self._encode = encode
        self._has_snapshot = task.consistency is Consistency.SNAPSHOT

    def chunks(self) -> Iterator[ReadChunk[Encoded]]:
        """Yield all chunks in order; those of no rows too, for they move the position."""
        with ExitStack() as stack:
            opened = readers_of(self._task.table.system)
            plan, ready = opened.open_readers(stack, self._task, self._statements, self._readers)
            pool = stack.enter_context(ThreadPoolExecutor(self._readers, "reader"))
            yield from self._in_order(plan, pool, deque(ready))

    def _in_order(
        self, plan: ChunkPlan, pool: ThreadPoolExecutor, idle: deque[ChunkReader]
    ) -> Iterator[ReadChunk[Encoded]]:
        waiting: deque[tuple[KeyRange | RowSlice, Future[ReadChunk[Encoded]]]] = deque()
        while True:
            while len(waiting) < self._chunks_ahead and (step := plan.next()) is not None:
                waiting.append((step, pool.submit(self._chunk, step, idle)))
            if not waiting:
                return
            step, future = waiting.popleft()
            chunk = future.result()
            plan.learn(step, chunk.rows, len(chunk.data))
            yield chunk

    def _chunk(self, step: KeyRange | RowSlice, idle: deque[ChunkReader]) -> ReadChunk[Encoded]:
        reader = idle.pop()  # there are as many as threads
        try:
            frame = step.read(reader, self._statements)
        finally:
            idle.append(reader)
        chunk = ReadChunk(self._encode(frame), frame.height, step.last)
        time.sleep(self._task.throttle_ms / 1000)
        return chunk

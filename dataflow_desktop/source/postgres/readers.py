"""Readers of a PostgreSQL database that see what a task asks for: each read for itself, or one state."""

from collections.abc import Sequence
from contextlib import ExitStack, closing

from dataflow_desktop.domain.reading import Consistency, ReadingTask
from dataflow_desktop.errors import SourceError
from dataflow_desktop.source.arrow_errors import ArrowReadError
from dataflow_desktop.source.chunk_plan import ChunkPlan, KeyRanges
from dataflow_desktop.source.opening import open_source
from dataflow_desktop.source.postgres.arrow_reader import PostgresReader
from dataflow_desktop.source.postgres.connection import PostgresConnection
from dataflow_desktop.source.range_statements import RangeStatements

CHUNK_BYTES = 2_000_000
"""Bytes of output aimed at: the driver holds each chunk a second time. 3 MB are a little slower, and take
18 MB more in all; 1 MB are slower by a fifth."""


def open_readers(
    stack: ExitStack, task: ReadingTask, statements: RangeStatements, count: int
) -> tuple[ChunkPlan, Sequence[PostgresReader]]:
    """Return a plan of the chunks of `task`, and so many readers; `stack` closes them all.

    Raises ArrowReadError.
    """
    try:
        planning = stack.enter_context(open_source(task.source).connect())
        if not isinstance(planning, PostgresConnection):
            raise TypeError(planning)
        snapshot = None
        if task.consistency is Consistency.SNAPSHOT:
            stack.enter_context(planning.one_state())
            snapshot = planning.exported_snapshot()
    except SourceError as error:
        raise ArrowReadError(str(error)) from error
    readers = [
        stack.enter_context(closing(PostgresReader(planning, task.read_columns, snapshot)))
        for _ in range(count)
    ]
    return KeyRanges(planning, task, statements, CHUNK_BYTES), readers

"""Readers of one SQLite file that see what a task asks for: each read for itself, or all one state."""

from collections.abc import Sequence
from contextlib import ExitStack, closing
from pathlib import Path

import sqlalchemy as sa

from dataflow_desktop.domain.reading import Consistency, ReadingTask
from dataflow_desktop.domain.schema import DatabaseSystem
from dataflow_desktop.source import chunk_plan
from dataflow_desktop.source.arrow_errors import ArrowReadError
from dataflow_desktop.source.chunk_plan import ChunkPlan, KeyRanges, RowSlices
from dataflow_desktop.source.prepared import Prepared
from dataflow_desktop.source.range_statements import RangeStatements
from dataflow_desktop.source.sqlite.arrow_connection import ArrowConnection
from dataflow_desktop.source.sqlite.columnar_lane import ColumnarReader

CHUNK_BYTES = chunk_plan.CHUNK_BYTES

SNAPSHOT_TRIES = 100
"""How often connections are opened before a writer that never pauses wins."""


def open_readers(
    stack: ExitStack, task: ReadingTask, statements: RangeStatements, count: int
) -> tuple[ChunkPlan, Sequence[ColumnarReader]]:
    """Return a plan of the chunks of `task`, and so many readers; `stack` closes them all.

    Raises ArrowReadError.
    """
    has_snapshot = task.consistency is Consistency.SNAPSHOT
    planning, *reading = _connections(stack, Path(task.source), count + 1, has_snapshot=has_snapshot)
    readers = [
        ColumnarReader(
            connection,
            task.read_columns,
            task.invalid_text,
            is_coerced=task.table.is_coerced,
            is_typed=task.is_keyed or task.is_typed,
            key_columns=len(task.read_columns) - len(task.query.columns),
        )
        for connection in reading
    ]
    if task.query.order:
        return RowSlices(planning, task, statements, has_snapshot=has_snapshot), readers
    return KeyRanges(planning, task, statements), readers


def _connections(
    stack: ExitStack, path: Path, count: int, *, has_snapshot: bool
) -> Sequence[ArrowConnection]:
    connections = [stack.enter_context(closing(ArrowConnection(path))) for _ in range(count)]
    if has_snapshot:
        monitor = stack.enter_context(closing(ArrowConnection(path)))
        see_one_state(connections, monitor)
    return connections


def see_one_state(connections: Sequence[ArrowConnection], monitor: ArrowConnection) -> None:
    """Let all `connections` see the same state of the database, until they are closed.

    Proven by `monitor`: while its data_version stands still, nobody has committed anything. Raises
    ArrowReadError when that never happens.
    """
    for _ in range(SNAPSHOT_TRIES):
        before = monitor.data_version()
        for connection in connections:
            connection.begin()
            connection.row(_TOUCH)
        if monitor.data_version() == before:
            return
        for connection in connections:
            connection.end()
    raise ArrowReadError("somebody writes without a pause")


_TOUCH = Prepared.of(
    sa.select(sa.func.count()).select_from(sa.table("sqlite_schema")), DatabaseSystem.SQLITE
).filled({})

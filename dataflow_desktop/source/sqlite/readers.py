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
    columns = task.table.columns_named(task.query.columns)
    readers = [
        ColumnarReader(connection, columns, task.invalid_text, is_coerced=task.table.is_coerced)
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

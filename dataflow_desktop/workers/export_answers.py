"""What the export engine answers to each wish but a run; imported in a worker's thread, for it is heavy."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from dataflow_desktop.destination.target import absolute_target
from dataflow_desktop.domain.job import Job
from dataflow_desktop.export.cancellation import cancel_job
from dataflow_desktop.export.creation import create_job, described
from dataflow_desktop.export.estimate import estimate_space
from dataflow_desktop.export.going_on import going_on_from_last
from dataflow_desktop.export.job_list import list_jobs
from dataflow_desktop.export.obstacles import is_worth_trying
from dataflow_desktop.export.preview import preview_of, read_first_rows
from dataflow_desktop.export.relocation import locate_part, move_export, recover_job
from dataflow_desktop.pacing import StopRequest
from dataflow_desktop.records.job_store import JobStore
from dataflow_desktop.source.connection import Source, SourceConnection
from dataflow_desktop.source.excel_look import excel_changes
from dataflow_desktop.source.opening import open_source
from dataflow_desktop.source.ordered_rows import count_rows
from dataflow_desktop.workers.export_wishes import (
    Answer,
    CancelWish,
    CreateWish,
    EstimateWish,
    ExcelChangesFound,
    ExcelLookWish,
    JobCancelled,
    JobCreated,
    JobFound,
    JobLookedAt,
    JobsListed,
    JobsRemoved,
    LastExportFound,
    LastExportWish,
    ListWish,
    LocateWish,
    LookWish,
    MoveWish,
    PreviewMade,
    PreviewWish,
    QueueKept,
    QueueWish,
    RebuildWish,
    RemoveWish,
    SpaceEstimated,
    Wish,
)


def answer_to(opened: Callable[[], JobStore], wish: Wish) -> Answer:
    """Do what is wished; raises DataFlowError, and Stopped when the wish was given up.

    `opened` returns the job store; a look, an estimate or a preview needs none, and does not wait for it
    either.
    """
    match wish:
        case LookWish(job):
            return JobLookedAt(job.id, is_worth_trying(job))
        case EstimateWish():
            return _estimated(wish)
        case ExcelLookWish():
            return _looked_for_excel(wish)
        case PreviewWish():
            return _previewed(wish)
        case _:
            return _recorded(opened(), wish)


def _recorded(store: JobStore, wish: Wish) -> Answer:
    answer: Answer
    match wish:
        case CreateWish():
            answer = JobCreated(wish, create_job(store, wish.spec, wish.stop))
        case ListWish():
            answer = JobsListed(tuple(list_jobs(store)), store.notice)
        case CancelWish(job_id):
            cancel_job(store, job_id)
            answer = JobCancelled(job_id)
        case QueueWish(order, left):
            store.keep_queue(order, left)
            answer = QueueKept()
        case RemoveWish(job_ids):
            store.remove_ended(job_ids)
            answer = JobsRemoved()
        case LocateWish(job_id, part):
            answer = JobFound(wish, locate_part(store, job_id, Path(part), wish.stop))
        case MoveWish():
            answer = JobFound(wish, _moved(store, wish))
        case LastExportWish():
            answer = _last_found(store, wish)
        case RebuildWish(part):
            answer = JobFound(wish, recover_job(store, Path(part)))
        case _:
            raise TypeError(wish)
    return answer


def _last_found(store: JobStore, wish: LastExportWish) -> LastExportFound:
    source = open_source(wish.spec.source)
    target = str(absolute_target(Path(wish.spec.target)))
    spec = replace(wish.spec, source=source.address, target=target)
    with _connected(source, wish.stop) as connection:
        table = described(connection, spec)
        spec = going_on_from_last(store, connection, spec, table)
        rows = count_rows(connection, table, spec.query) if spec.last is not None else 0
    return LastExportFound(wish, spec, rows)


def _moved(store: JobStore, wish: MoveWish) -> Job:
    target = Path(wish.target)
    return move_export(store, wish.job_id, target, wish.stop, is_without_rows=wish.is_without_rows)


def _estimated(wish: EstimateWish) -> SpaceEstimated:
    with open_source(wish.spec.source).connect() as connection:
        table = described(connection, wish.spec)
        estimate = estimate_space(connection, table, wish.spec, wish.rows)
    room = estimate.room
    free = room.free if room.is_known else None
    return SpaceEstimated(wish, estimate.needed, free, estimate.is_enough)


def _looked_for_excel(wish: ExcelLookWish) -> ExcelChangesFound:
    with _connected(open_source(wish.spec.source), wish.stop) as connection:
        table = described(connection, wish.spec)
        return ExcelChangesFound(wish, excel_changes(connection, table, wish.spec.query))


def _previewed(wish: PreviewWish) -> PreviewMade:
    rows = wish.known
    if rows is None or not rows.are_of(wish.spec):
        with _connected(open_source(wish.spec.source), wish.stop) as connection:
            rows = read_first_rows(connection, wish.spec, wish.stop)
    return PreviewMade(wish, preview_of(rows, wish.spec), rows)


@contextmanager
def _connected(source: Source, stop: StopRequest) -> Iterator[SourceConnection]:
    """Connect, so that `stop` cuts short even what is one step of SQLite's: to sort or to count all rows."""
    with source.connect(stop) as connection:
        connection.obey(stop)
        with stop.calling(connection.interrupt):
            yield connection

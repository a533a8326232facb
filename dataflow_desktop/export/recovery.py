"""Checkpoint against file and source: how a job goes on after whatever stopped it, or why not."""

import os
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from dataflow_desktop.destination.part_files import PartFiles, part_place_of
from dataflow_desktop.destination.publishing import make_name_durable
from dataflow_desktop.domain.consent import Consent
from dataflow_desktop.domain.finished_file import FinishedFile, SavedFile
from dataflow_desktop.domain.job import Job
from dataflow_desktop.domain.reading import Consistency, ReadingTask
from dataflow_desktop.domain.writing import WritingTask
from dataflow_desktop.errors import ReasonCode, RefusedError
from dataflow_desktop.export.creation import described, fingerprint_of, plan_for, reading_for, writing_for
from dataflow_desktop.export.publication import (
    discard_surplus,
    is_published,
    publish_files,
    unpublished,
)
from dataflow_desktop.export.source_watch import check_database, check_rows, identity_of
from dataflow_desktop.export.unfinished_file import UnfinishedFile
from dataflow_desktop.formats.parquet_types import TEXT_TYPE
from dataflow_desktop.pacing import Stopped, StopRequest
from dataflow_desktop.records.owned_job import OwnedJob
from dataflow_desktop.source.connection import SourceConnection
from dataflow_desktop.source.opening import open_source

T = TypeVar("T")

Consents = AbstractSet[Consent]


def prepared(owned: OwnedJob, job: Job, consents: Consents, stop: StopRequest) -> Job:
    """Return `job` as it goes on when a person agreed to lose some of what was written, or all.

    What is published already stays, whatever they agreed to. Raises DataFlowError, or Stopped when `stop` was
    asked while the rows were counted; nothing is lost then.
    """
    if not consents or is_published(owned, job):
        return job
    if Consent.RESTART in consents:
        return _begun_again(owned, job, stop)
    if job.whole_file is not None and Consent.CUT_BACK in consents:
        with closing(PartFiles.reopen(part_place_of(job))) as parts:
            return _cut_back(owned, job, parts, consents)
    return job


def checked(owned: OwnedJob, job: Job, connection: SourceConnection, consents: Consents) -> Job:
    """Return `job`, with what a person agreed to, when it can go on and gives the same bytes.

    Raises RefusedError when the source, its table or this program is another, or its snapshot is lost.
    """
    is_same = _holds(check_database, job, connection, consents)
    table = described(connection, job.spec)
    if job.plan.table != table:
        raise RefusedError(ReasonCode.TABLE_CHANGED, table=table.name)
    if job.checkpoint is not None:  # or else there are no rows that others could be added to
        is_same = is_same and _holds(check_rows, job, connection, consents)
    _check_format(job)
    plan = job.plan
    if not is_same:
        identity = identity_of(connection, table, plan.bound)
        schema_version = connection.schema_version()
        plan = replace(plan, source_identity=identity, schema_version=schema_version, is_source_replaced=True)
    if _has_lost_snapshot(job):
        if Consent.LIVE not in consents:
            raise RefusedError(ReasonCode.SNAPSHOT_LOST, source=job.spec.source)
        plan = replace(plan, is_snapshot_lost=True)
    if plan != job.plan:
        owned.replan(plan)
    return replace(job, plan=plan)


def writing_of(job: Job) -> WritingTask:
    """Return what is still to be written of `job`."""
    writing = writing_for(job.spec, job.plan.table, job.plan.column_types)
    return replace(writing, first_row=job.durable_rows)


def reading_of(job: Job) -> ReadingTask:
    """Return what is still to be read for `job`."""
    task = reading_for(job.spec, job.plan.table, job.plan.bound, writing_of(job))
    if job.position is None:
        return task
    return replace(task, after=job.position, consistency=Consistency.LIVE)


@contextmanager
def open_unfinished(
    owned: OwnedJob, job: Job, consents: Consents = frozenset()
) -> Iterator[tuple[Job, UnfinishedFile]]:
    """Yield the file of `job`, cut back to its checkpoint or emptied, and the job as it goes on.

    Raises RefusedError, with the part files untouched, when they are not what the checkpoint says, unless a
    person agreed to cut them back further.
    """
    with closing(_opened_parts(job)) as parts:
        job = _cut_back(owned, job, parts, consents)
        with closing(UnfinishedFile(owned, job, parts, reversed(owned.checkpoints()))) as file:
            yield job, file


def publish_whole(owned: OwnedJob, job: Job) -> None:
    """Let the files of a job found in FINALIZING have their names, whether or not they got them before.

    Raises RefusedError when one of them stands neither there nor unfinished.
    """
    files = owned.files()
    missing = unpublished(job, files)
    if missing:
        with closing(PartFiles.reopen(part_place_of(job))) as parts:
            if len(missing) == len(files):
                _cut_back(owned, job, parts, frozenset())
            _make_ready(parts, files, missing)
            publish_files(owned, job, parts, missing)
    make_name_durable(Path(job.spec.target))  # whoever gave it may have been killed before
    discard_surplus(owned, job, len(files))


def _make_ready(parts: PartFiles, files: Sequence[FinishedFile], numbers: Sequence[int]) -> None:
    """Make those files what they will be; raises RefusedError for one that is not what was finished."""
    for number in numbers:
        with parts.opened(number) as part:
            if len(numbers) < len(files):  # or else all of them were cut back at once
                part.cut_back(files[number - 1].bytes, files[number - 1].sha256)
            part.make_public()
            part.make_durable()


def saved_files(owned: OwnedJob, job: Job) -> tuple[SavedFile, ...]:
    """Return what the part files of `job` must begin with, in order; none while nothing was promised."""
    if job.whole_file is not None:
        return tuple(file.saved for file in owned.files())
    return job.checkpoint.saved_files(owned.files()) if job.checkpoint is not None else ()


def _begun_again(owned: OwnedJob, job: Job, stop: StopRequest) -> Job:
    """Return `job` with nothing written, for the source as it is now."""
    with open_source(job.spec.source).connect(stop) as connection, stop.calling(connection.interrupt):
        connection.obey(stop)
        plan = plan_for(connection, job.spec)
        if stop.is_asked():
            raise Stopped
    # What was saved is given up only when there is a file to begin again in.
    with closing(_opened_parts(replace(job, checkpoint=None))):
        owned.start_over(plan)
    return replace(job, plan=plan, checkpoint=None, whole_file=None)


def retyped(owned: OwnedJob, job: Job, misfits: AbstractSet[str]) -> Job:
    """Return `job` with nothing written and these columns as text: a value was met that is nothing else.

    Raises ValueError when they are text already: it would be met again and again.
    """
    writing = writing_of(job)
    types = [
        str(TEXT_TYPE) if column.name in misfits else kind
        for column, kind in zip(writing.columns, writing.column_types, strict=True)
    ]
    if tuple(types) == writing.column_types:
        raise ValueError(misfits)
    writing = replace(writing, column_types=tuple(types), first_row=0)
    fingerprint = fingerprint_of(job.spec, job.plan.table, job.plan.bound, writing)
    plan = replace(
        job.plan,
        column_types=writing.column_types,
        fingerprint=fingerprint,
        is_snapshot_lost=False,  # all rows are read anew, of another one
    )
    owned.start_over(plan)
    return replace(job, plan=plan, checkpoint=None)


def _holds(check: Callable[[Job, T], None], job: Job, seen: T, consents: Consents) -> bool:
    """Return whether `check` found the source as it was; False only where a person agreed to another one."""
    try:
        check(job, seen)
    except RefusedError:
        if Consent.SOURCE not in consents:
            raise
        return False
    return True


def _check_format(job: Job) -> None:
    """Raise RefusedError unless this program would write the same bytes as the one that began."""
    plan = job.plan
    fingerprint = fingerprint_of(job.spec, plan.table, plan.bound, writing_of(job))
    saved = job.checkpoint.fingerprint if job.checkpoint is not None else fingerprint
    if {plan.fingerprint, saved} != {fingerprint}:
        raise RefusedError(ReasonCode.JOB_FORMAT_UNKNOWN, job=job.id)


def _has_lost_snapshot(job: Job) -> bool:
    is_of_snapshot = job.spec.consistency is Consistency.SNAPSHOT and job.position is not None
    return is_of_snapshot and not job.plan.is_snapshot_lost


def _opened_parts(job: Job) -> PartFiles:
    place = part_place_of(job)
    is_new = job.checkpoint is None and not os.path.lexists(place.path)
    return PartFiles.create(place) if is_new else PartFiles.reopen(place)


def _cut_back(owned: OwnedJob, job: Job, parts: PartFiles, consents: Consents) -> Job:
    """Cut `parts` back to what was saved of `job`; to less, where that is damaged and a person agreed."""
    saved = saved_files(owned, job)
    if not saved:
        parts.start_over()
        return job
    try:
        parts.cut_back(saved)
    except RefusedError as error:
        finished, checkpoints = owned.files(), owned.checkpoints()
        newest = parts.newest_intact([checkpoint.saved_files(finished) for checkpoint in checkpoints])
        if newest is None:
            raise
        intact = checkpoints[newest]
        if Consent.CUT_BACK not in consents:
            raise RefusedError(
                ReasonCode.PART_DAMAGED,
                part=parts.place.path,
                rows=f"{intact.rows:,}",
                saved=f"{job.durable_rows:,}",
            ) from error
        # First the record: killed in between, the files are cut back to it the next time.
        owned.cut_back(intact)
        parts.cut_back(intact.saved_files(finished))
        return replace(job, checkpoint=intact, whole_file=None)
    return job

"""Checkpoint against file and source: how a job goes on after whatever stopped it, or why not."""

import os
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from dataflow_desktop.destination.part_file import PartFile
from dataflow_desktop.destination.part_names import part_path_of
from dataflow_desktop.destination.publishing import is_file_with, make_name_durable
from dataflow_desktop.domain.consent import Consent
from dataflow_desktop.domain.job import Job
from dataflow_desktop.domain.reading import Consistency, ReadingTask
from dataflow_desktop.domain.writing import WritingTask
from dataflow_desktop.errors import ReasonCode, RefusedError
from dataflow_desktop.export.creation import described, fingerprint_of, plan_for, reading_for, writing_for
from dataflow_desktop.export.source_watch import check_database, check_rows, identity_of
from dataflow_desktop.export.unfinished_file import UnfinishedFile, publish_part
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
    if not consents or _is_published(job):
        return job
    if Consent.RESTART in consents:
        return _begun_again(owned, job, stop)
    if job.whole_file is not None and Consent.CUT_BACK in consents:
        with closing(PartFile.reopen(part_path_of(job))) as part:
            return _cut_back(owned, job, part, consents)
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
    if job.checkpoint is None:
        return task
    return replace(task, after=job.checkpoint.keyset, consistency=Consistency.LIVE)


@contextmanager
def open_unfinished(
    owned: OwnedJob, job: Job, consents: Consents = frozenset()
) -> Iterator[tuple[Job, UnfinishedFile]]:
    """Yield the file of `job`, cut back to its checkpoint or emptied, and the job as it goes on.

    Raises RefusedError, with the part file untouched, when it is not what the checkpoint says, unless a
    person agreed to cut it back further.
    """
    with closing(_opened_part(job)) as part:
        job = _cut_back(owned, job, part, consents)
        with closing(UnfinishedFile(owned, job, part, reversed(owned.checkpoints()))) as file:
            yield job, file


def publish_whole(owned: OwnedJob, job: Job) -> None:
    """Let the target of a job found in FINALIZING have its name, whether or not it got it before.

    Raises RefusedError when neither the target nor the part file is the whole file.
    """
    if _is_published(job):
        make_name_durable(Path(job.spec.target))  # whoever gave it may have been killed before
        return
    with closing(PartFile.reopen(part_path_of(job))) as part:
        _cut_back(owned, job, part, frozenset())
        part.make_public()
        part.make_durable()
        publish_part(owned, job, part)


def _is_published(job: Job) -> bool:
    whole_file = job.whole_file
    return whole_file is not None and is_file_with(Path(job.spec.target), whole_file.bytes, whole_file.sha256)


def _begun_again(owned: OwnedJob, job: Job, stop: StopRequest) -> Job:
    """Return `job` with nothing written, for the source as it is now."""
    with open_source(job.spec.source).connect(stop) as connection, stop.calling(connection.interrupt):
        connection.obey(stop)
        plan = plan_for(connection, job.spec)
        if stop.is_asked():
            raise Stopped
    # What was saved is given up only when there is a file to begin again in.
    with closing(_opened_part(replace(job, checkpoint=None))):
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
    is_of_snapshot = job.spec.consistency is Consistency.SNAPSHOT and job.checkpoint is not None
    return is_of_snapshot and not job.plan.is_snapshot_lost


def _opened_part(job: Job) -> PartFile:
    path = part_path_of(job)
    is_new = job.checkpoint is None and not os.path.lexists(path)
    return PartFile.create(path) if is_new else PartFile.reopen(path)


def _cut_back(owned: OwnedJob, job: Job, part: PartFile, consents: Consents) -> Job:
    """Cut `part` back to what was saved of `job`; to less, where that is damaged and a person agreed."""
    saved = job.saved
    if saved is None:
        part.start_over()
        return job
    try:
        part.cut_back(saved.bytes, saved.digest)
    except RefusedError as error:
        intact = part.newest_intact(owned.checkpoints())
        if intact is None:
            raise
        if Consent.CUT_BACK not in consents:
            raise RefusedError(
                ReasonCode.PART_DAMAGED, part=part.path, rows=f"{intact.rows:,}", saved=f"{saved.rows:,}"
            ) from error
        # First the record: killed in between, the file is cut back to it the next time.
        owned.cut_back(intact)
        part.cut_back(intact.bytes, intact.digest)
        return replace(job, checkpoint=intact, whole_file=None)
    return job

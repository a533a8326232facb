"""Checkpoint against file and source: how a job goes on after whatever stopped it, or why not."""

import os
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from dataflow_desktop.destination.part_file import PartFile
from dataflow_desktop.destination.part_names import part_path_of
from dataflow_desktop.destination.publishing import is_file_with, make_name_durable, publish
from dataflow_desktop.domain.consent import Consent
from dataflow_desktop.domain.job import Job, WholeFile
from dataflow_desktop.domain.reading import Consistency, ReadingTask
from dataflow_desktop.errors import ReasonCode, RefusedError
from dataflow_desktop.export.creation import fingerprint_of, plan_for, task_for
from dataflow_desktop.export.source_watch import check_source
from dataflow_desktop.export.unfinished_file import UnfinishedFile
from dataflow_desktop.pacing import Stopped, StopRequest
from dataflow_desktop.records.owned_job import OwnedJob
from dataflow_desktop.source.connection import SourceConnection, open_source
from dataflow_desktop.source.description import describe_table

Consents = AbstractSet[Consent]


def begun_again(owned: OwnedJob, job: Job, stop: StopRequest) -> Job:
    """Return `job` with nothing written, for the source as it is now; what its part file held is given up.

    Raises SourceError, or Stopped when `stop` was asked while the rows were counted.
    """
    with open_source(job.spec.source).connect() as connection, stop.calling(connection.interrupt):
        connection.obey(stop)
        plan = plan_for(connection, job.spec)
        if stop.is_asked():
            raise Stopped
    owned.start_over(plan)
    return replace(job, plan=plan, checkpoint=None, whole_file=None)


def checked(owned: OwnedJob, job: Job, connection: SourceConnection, consents: Consents) -> Job:
    """Return `job`, with what a person agreed to, when it can go on and gives the same bytes.

    Raises RefusedError when the source, its table or this program is another.
    """
    plan = job.plan
    try:
        check_source(job, connection.source)
    except RefusedError:
        if Consent.SOURCE not in consents:
            raise
        file_number = connection.source.file_number()
        plan = replace(plan, file_number=file_number, schema_version=connection.schema_version())
    table = describe_table(connection, job.spec.query.table)
    if plan.table != table:
        raise RefusedError(ReasonCode.TABLE_CHANGED, table=table.name)
    fingerprint = fingerprint_of(job.spec, table, plan.bound)
    saved = job.checkpoint.fingerprint if job.checkpoint is not None else fingerprint
    if {plan.fingerprint, saved} != {fingerprint}:
        raise RefusedError(ReasonCode.JOB_FORMAT_UNKNOWN, job=job.id)
    if plan != job.plan:
        owned.replan(plan)
    return replace(job, plan=plan)


def task_of(job: Job, consents: Consents = frozenset()) -> ReadingTask:
    """Return what is still to be read for `job`.

    Raises RefusedError when its snapshot is lost, unless a person accepted the rest as it is now.
    """
    task = task_for(job.spec, job.plan.table, job.plan.bound)
    if job.checkpoint is None:
        return task
    if task.consistency is Consistency.SNAPSHOT and Consent.LIVE not in consents:
        raise RefusedError(ReasonCode.SNAPSHOT_LOST, source=task.source)
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


def _opened_part(job: Job) -> PartFile:
    path = part_path_of(job)
    is_new = job.checkpoint is None and not os.path.lexists(path)
    return PartFile.create(path) if is_new else PartFile.reopen(path)


def _cut_back(owned: OwnedJob, job: Job, part: PartFile, consents: Consents) -> Job:
    checkpoint = job.checkpoint
    if checkpoint is None:
        part.start_over()
        return job
    try:
        part.cut_back(checkpoint.bytes, checkpoint.digest)
    except RefusedError as error:
        intact = part.newest_intact(owned.checkpoints())
        if intact is None:
            raise
        if Consent.CUT_BACK not in consents:
            raise RefusedError(
                ReasonCode.PART_DAMAGED, part=part.path, rows=f"{intact.rows:,}", saved=f"{checkpoint.rows:,}"
            ) from error
        # First the record: killed in between, the file is cut back to it the next time.
        owned.cut_back(intact)
        part.cut_back(intact.bytes, intact.digest)
        return replace(job, checkpoint=intact)
    return job


def publish_whole(job: Job, whole_file: WholeFile) -> None:
    """Let the target of a job found in FINALIZING have its name, whether or not it got it before.

    Raises RefusedError when neither the target nor the part file is the whole file.
    """
    target = Path(job.spec.target)
    if is_file_with(target, whole_file.bytes, whole_file.sha256):
        make_name_durable(target)  # whoever gave it may have been killed before
        return
    with closing(PartFile.reopen(part_path_of(job))) as part:
        part.cut_back(whole_file.bytes, whole_file.sha256)
        part.make_durable()
    publish_part(job)


def publish_part(job: Job) -> None:
    """Give the part file of `job`, whole and durable, the target's name; raises as `publish` does."""
    spec = job.spec
    publish(part_path_of(job), Path(spec.target), is_overwrite_allowed=spec.is_overwrite_allowed)

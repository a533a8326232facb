"""Checkpoint against file: how a job goes on after whatever stopped it."""

import os
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from dataflow_desktop.destination.part_file import PartFile, discard_part, part_path_for
from dataflow_desktop.destination.publishing import is_file_with, publish
from dataflow_desktop.domain.job import Job, WholeFile
from dataflow_desktop.domain.reading import Consistency, ReadingTask
from dataflow_desktop.domain.schema import Table
from dataflow_desktop.errors import ReasonCode, RefusedError
from dataflow_desktop.export.creation import fingerprint_of, task_for


def check_unchanged(job: Job, table: Table) -> None:
    """Raise RefusedError unless `table`, as it is now, and this program would go on with the same bytes."""
    if job.plan.table != table:
        raise RefusedError(ReasonCode.TABLE_CHANGED, table=table.name)
    fingerprint = fingerprint_of(job.spec, table, job.plan.bound)
    saved = job.checkpoint.fingerprint if job.checkpoint is not None else fingerprint
    if {job.plan.fingerprint, saved} != {fingerprint}:
        raise RefusedError(ReasonCode.JOB_FORMAT_UNKNOWN, job=job.id)


def task_of(job: Job, *, is_live_accepted: bool) -> ReadingTask:
    """Return what is still to be read for `job`.

    Raises RefusedError when its snapshot is lost, unless a person accepted the rest as it is now.
    """
    task = task_for(job.spec, job.plan.table, job.plan.bound)
    if job.checkpoint is None:
        return task
    if task.consistency is Consistency.SNAPSHOT and not is_live_accepted:
        raise RefusedError(ReasonCode.SNAPSHOT_LOST, source=task.source, job=job.id)
    return replace(task, after=job.checkpoint.keyset, consistency=Consistency.LIVE)


def open_part(job: Job) -> PartFile:
    """Return the part file of `job`, cut back to its checkpoint, or empty when it has none.

    Raises RefusedError, with the file untouched, when it is not what the checkpoint says.
    """
    path = part_path_for(Path(job.spec.target), job.id)
    if job.checkpoint is None and not os.path.lexists(path):
        return PartFile.create(path)
    part = PartFile.reopen(path)
    try:
        if job.checkpoint is None:
            part.start_over()
        else:
            part.cut_back(job.checkpoint.bytes, job.checkpoint.digest)
    except BaseException:
        part.close()
        raise
    return part


def publish_whole(job: Job, whole_file: WholeFile) -> None:
    """Let the target of a job found in FINALIZING have its name, whether or not it got it before.

    Raises RefusedError when neither the target nor the part file is the whole file.
    """
    target = Path(job.spec.target)
    path = part_path_for(target, job.id)
    if is_file_with(target, whole_file.bytes, whole_file.sha256):
        discard_part(path)
        return
    with closing(PartFile.reopen(path)) as part:
        part.cut_back(whole_file.bytes, whole_file.sha256)
        part.make_durable()
    publish(path, target, is_overwrite_allowed=job.spec.is_overwrite_allowed)

"""Owning a job: its lock held, a new epoch begun, and both let go in the right order."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dataflow_desktop.destination.job_lock import JobLock
from dataflow_desktop.destination.part_file import check_not_in_use, rename_part
from dataflow_desktop.destination.part_files import part_place_of
from dataflow_desktop.destination.part_names import part_path_for
from dataflow_desktop.domain.job import Job
from dataflow_desktop.errors import ConfigurationError, ReasonCode, RefusedError
from dataflow_desktop.records.job_store import JobStore
from dataflow_desktop.records.owned_job import OwnedJob


@contextmanager
def owning(store: JobStore, job_id: str) -> Iterator[tuple[Job, OwnedJob]]:
    """Yield a job as it is now and the right to change it, for as long as the lock is held.

    Raises RefusedError when another owner keeps it, ConfigurationError when it has ended.
    """
    lock = JobLock.acquire(store.lock_folder, job_id)
    if lock is None:
        raise RefusedError(ReasonCode.JOB_OWNED, job=job_id)
    has_ended = False
    try:
        job = store.job(job_id)
        has_ended = job.has_ended
        if has_ended:
            raise ConfigurationError(ReasonCode.JOB_ENDED, job=job.id, state=job.state)
        # Before the epoch is raised: an owner whose lock file was removed is still the owner.
        check_not_in_use(part_place_of(job).path)
        owned = store.take(job.id)
        settle_move(job)
        try:
            yield job, owned
        finally:
            has_ended = owned.has_ended
    finally:
        if has_ended:
            lock.release_for_good()
        else:
            lock.release()


def settle_move(job: Job) -> None:
    """Give the part file of `job` the place that was recorded for it, unless it has it.

    Recorded first: whoever moves an export may be killed before the file has followed. Raises as
    `rename_part` does.
    """
    if job.spec.moved_from is None:
        return
    old, new = part_path_for(Path(job.spec.moved_from), job.id), part_place_of(job).path
    if os.path.lexists(old) and not os.path.lexists(new):
        rename_part(old, new)

"""Giving a job up, whether it is ours, nobody's or another process's."""

from pathlib import Path

from dataflow_desktop.destination.job_lock import JobLock
from dataflow_desktop.destination.part_file import discard_part, part_path_for
from dataflow_desktop.domain.job import Job, JobState
from dataflow_desktop.errors import ConfigurationError, ReasonCode
from dataflow_desktop.records.job_store import JobStore


def cancel_job(store: JobStore, job_id: str) -> bool:
    """Give a job up: its part file goes, its record stays.

    Returns True when that is done, False when a running owner was asked to do it at its next checkpoint.
    Raises ConfigurationError for a job that is done, DestinationError when the part file cannot be removed.
    """
    lock = JobLock.acquire(store.lock_folder, job_id)
    if lock is None:
        store.wish_cancel(job_id)
        return False
    try:
        _give_up(store, store.job(job_id))
    except BaseException:
        lock.release()
        raise
    lock.release_for_good()
    return True


def _give_up(store: JobStore, job: Job) -> None:
    if job.state is JobState.DONE:
        raise ConfigurationError(ReasonCode.JOB_ENDED, job=job.id, state=job.state)
    owned = store.take(job.id)
    discard_part(part_path_for(Path(job.spec.target), job.id))
    owned.enter(JobState.CANCELLED)

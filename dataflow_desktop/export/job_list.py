"""Every job as a person should see it: those whose process is gone say so."""

from dataclasses import replace
from operator import attrgetter

from dataflow_desktop.destination.job_lock import is_owned
from dataflow_desktop.domain.job import RUNNING, Job, JobState
from dataflow_desktop.errors import Reason, ReasonCode
from dataflow_desktop.records.job_store import JobStore

_PROCESS_GONE = Reason("interrupted", ReasonCode.PROCESS_GONE.name, {})


def list_jobs(store: JobStore) -> list[Job]:
    """Return every job, newest first; a running state without an owner is INTERRUPTED."""
    return [_seen(store, job) for job in store.jobs()]


def job_seen(store: JobStore, job_id: str) -> Job:
    """Return one job as `list_jobs` does; raises as `JobStore.job` does."""
    return _seen(store, store.job(job_id))


def jobs_to_resume(store: JobStore) -> list[Job]:
    """Return every job that can go on by itself and that nobody owns, in turn: the queue, then the oldest."""
    return [
        job
        for job in sorted(list_jobs(store), key=attrgetter("turn"))
        if job.can_resume_by_itself and not is_owned(store.lock_folder, job.id)
    ]


def _seen(store: JobStore, job: Job) -> Job:
    if job.state not in RUNNING or is_owned(store.lock_folder, job.id):
        return job
    # Its owner may have ended it between our two looks; only a state read without an owner tells.
    job = store.job(job.id)
    if job.state not in RUNNING:
        return job
    return replace(job, state=JobState.INTERRUPTED, reason=_PROCESS_GONE)

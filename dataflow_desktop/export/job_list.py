"""Every job as a person should see it: those whose process is gone say so."""

from dataclasses import replace

from dataflow_desktop.destination.job_lock import is_owned
from dataflow_desktop.domain.job import RUNNING, Job, JobState
from dataflow_desktop.errors import Reason, ReasonCode
from dataflow_desktop.records.job_store import JobStore

_PROCESS_GONE = Reason("interrupted", ReasonCode.PROCESS_GONE.name, {})


def list_jobs(store: JobStore) -> list[Job]:
    """Return every job, newest first; a running state without an owner is INTERRUPTED."""
    return [_seen(store, job) for job in store.jobs()]


def _seen(store: JobStore, job: Job) -> Job:
    if job.state in RUNNING and not is_owned(store.lock_folder, job.id):
        return replace(job, state=JobState.INTERRUPTED, reason=_PROCESS_GONE)
    return job

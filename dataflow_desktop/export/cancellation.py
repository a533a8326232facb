"""Giving a job up, whether it is ours, nobody's or another process's."""

from pathlib import Path

from dataflow_desktop.destination.part_file import discard_part
from dataflow_desktop.destination.part_names import part_path_for, sidecar_path_for
from dataflow_desktop.destination.sidecar import discard_sidecar
from dataflow_desktop.domain.job import Job, JobState
from dataflow_desktop.errors import ReasonCode, RefusedError
from dataflow_desktop.export.ownership import owning
from dataflow_desktop.records.job_store import JobStore


def cancel_job(store: JobStore, job_id: str) -> bool:
    """Give a job up: its part file goes, its record stays.

    Returns True when that is done, False when a running owner was asked to do it at its next checkpoint.
    Raises ConfigurationError for a job that is done, DestinationError when the part file cannot be removed.
    """
    try:
        with owning(store, job_id) as (job, owned):
            discard_unfinished(job)
            owned.enter(JobState.CANCELLED)
    except RefusedError as error:
        if error.reason.code != ReasonCode.JOB_OWNED.name:
            raise
        store.wish_cancel(job_id)
        return False
    return True


def discard_unfinished(job: Job) -> None:
    """Remove part file and sidecar of a job, if they are there; raises DestinationError."""
    target = Path(job.spec.target)
    discard_part(part_path_for(target, job.id))
    discard_sidecar(sidecar_path_for(target, job.id))

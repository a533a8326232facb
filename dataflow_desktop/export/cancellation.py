"""Giving a job up, whether it is ours, nobody's or another process's."""

from dataflow_desktop.destination.part_file import discard_part
from dataflow_desktop.destination.part_files import discard_parts, part_place_of
from dataflow_desktop.destination.part_names import manifest_draft_of, sidecar_path_of
from dataflow_desktop.destination.sidecar import discard_sidecar
from dataflow_desktop.domain.job import Job, JobState
from dataflow_desktop.errors import ReasonCode, RefusedError
from dataflow_desktop.export.ownership import owning
from dataflow_desktop.export.publication import check_has_no_name
from dataflow_desktop.records.job_store import JobStore


def cancel_job(store: JobStore, job_id: str) -> bool:
    """Give a job up: its part file goes, its record stays.

    Returns True when that is done, False when a running owner was asked to do it at its next checkpoint.
    Raises ConfigurationError for a job that has ended, DestinationError when the part file cannot be removed,
    RefusedError when some of its numbered files have their names already.
    """
    try:
        with owning(store, job_id) as (job, owned):
            check_has_no_name(owned, job)
            discard_unfinished(job)
            owned.enter(JobState.CANCELLED)
    except RefusedError as error:
        if error.reason.code != ReasonCode.JOB_OWNED.name:
            raise
        store.wish_cancel(job_id)
        return False
    return True


def discard_unfinished(job: Job) -> None:
    """Remove part files, sidecar and draft of a job, if they are there; raises DestinationError."""
    discard_parts(part_place_of(job))
    discard_sidecar(sidecar_path_of(job))
    if job.spec.has_manifest:
        discard_part(manifest_draft_of(job))

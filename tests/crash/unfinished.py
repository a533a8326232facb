"""Exports left unfinished as a crash leaves them; made in the test's own process, which costs no start."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

from dataflow_desktop.domain.progress import Progress
from dataflow_desktop.export.engine import run_job
from dataflow_desktop.pacing import StopRequest
from dataflow_desktop.records.job_store import JobStore
from tests.unit.exports import new_job, spec_for


def leave_unfinished(store: JobStore, catalogue: Path, target: Path, *, chunk_rows: int, rest_ms: int) -> str:
    """Export products until the first rows are saved, let go of the job there, and return its id."""
    spec = replace(spec_for(catalogue, target, chunk_rows=chunk_rows), throttle_ms=rest_ms)
    job = new_job(store, spec)
    reports = run_job(store, job.id, StopRequest())
    while not (isinstance(report := next(reports), Progress) and report.durable_rows):
        pass
    reports.close()  # type: ignore[attr-defined]  # a generator, which only the engine need know
    return job.id


def store_in(home: Path) -> "closing[JobStore]":
    """Open the job store of a program whose home that is."""
    return closing(JobStore(home / "jobs.db"))

"""Giving a job up."""

from pathlib import Path

import pytest

from dataflow_desktop.destination.job_lock import JobLock
from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.job import JobState
from dataflow_desktop.domain.progress import Cancelled, Progress
from dataflow_desktop.errors import ConfigurationError, ReasonCode
from dataflow_desktop.export.cancellation import cancel_job
from dataflow_desktop.export.engine import run_job
from dataflow_desktop.pacing import StopRequest
from dataflow_desktop.records.job_store import JobStore
from tests.unit.exports import drop_after, new_job, run_to_end


@pytest.mark.parametrize("reports", [0, 1, 3])
def test_a_job_that_nobody_runs_is_given_up_at_once(
    store: JobStore, spec: ExportSpec, folder: Path, reports: int
) -> None:
    job = new_job(store, spec)
    if reports:
        drop_after(store, job, reports)
    assert cancel_job(store, job.id)
    assert store.job(job.id).state is JobState.CANCELLED
    assert list(folder.iterdir()) == []
    assert list(store.lock_folder.iterdir()) == []


def test_a_running_job_is_asked_to_give_up(store: JobStore, spec: ExportSpec, folder: Path) -> None:
    job = new_job(store, spec)
    reports = []
    for report in run_job(store, job.id, StopRequest()):
        reports.append(report)
        if isinstance(report, Progress) and report.rows == 10:
            assert not cancel_job(store, job.id)
    assert reports[-1] == Cancelled(job.id)
    assert list(folder.iterdir()) == []


def test_a_wish_that_its_owner_never_heard_still_counts(
    store: JobStore, spec: ExportSpec, folder: Path
) -> None:
    job = new_job(store, spec)
    lock = JobLock.acquire(store.lock_folder, job.id)
    assert lock is not None
    assert not cancel_job(store, job.id)
    lock.release()
    run_to_end(store, job)
    assert store.job(job.id).state is JobState.CANCELLED
    assert list(folder.iterdir()) == []


def test_a_done_job_cannot_be_given_up(store: JobStore, spec: ExportSpec, target: Path) -> None:
    job = new_job(store, spec)
    run_to_end(store, job)
    with pytest.raises(ConfigurationError) as caught:
        cancel_job(store, job.id)
    assert caught.value.reason.code == ReasonCode.JOB_ENDED.name
    assert store.job(job.id).state is JobState.DONE
    assert target.exists()


def test_a_given_up_job_frees_its_target(store: JobStore, spec: ExportSpec, target: Path) -> None:
    cancel_job(store, new_job(store, spec).id)
    run_to_end(store, new_job(store, spec))
    assert target.exists()


def test_a_job_whose_folder_is_gone_can_be_given_up(store: JobStore, spec: ExportSpec, folder: Path) -> None:
    job = new_job(store, spec)
    folder.rename(folder.with_name("away"))
    cancel_job(store, job.id)
    assert store.job(job.id).state is JobState.CANCELLED

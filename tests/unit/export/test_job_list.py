"""Jobs as a person sees them."""

from dataclasses import replace
from pathlib import Path

from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.job import JobState
from dataflow_desktop.domain.progress import Finished
from dataflow_desktop.errors import ReasonCode
from dataflow_desktop.export.engine import run_job
from dataflow_desktop.export.job_list import jobs_to_resume, list_jobs
from dataflow_desktop.pacing import StopRequest
from dataflow_desktop.records.job_store import JobStore
from tests.unit.exports import drop_after, new_job


def test_a_running_job_is_shown_as_running(store: JobStore, spec: ExportSpec) -> None:
    job = new_job(store, spec)
    states = []
    for report in run_job(store, job.id, StopRequest()):
        states.append(list_jobs(store)[0].state)
        assert isinstance(report, Finished) or states[-1] is JobState.PROCESSING
    assert states[-1] is JobState.DONE


def test_a_job_whose_process_is_gone_says_so_but_is_not_changed(store: JobStore, spec: ExportSpec) -> None:
    job = new_job(store, spec)
    drop_after(store, job, 2)
    (seen,) = list_jobs(store)
    assert seen.state is JobState.INTERRUPTED
    assert seen.reason is not None
    assert seen.reason.code == ReasonCode.PROCESS_GONE.name
    assert seen.reason.hint
    assert store.job(job.id).state is JobState.PROCESSING


def test_jobs_come_newest_first(store: JobStore, spec: ExportSpec, folder: Path) -> None:
    jobs = [new_job(store, replace(spec, target=str(folder / f"{number}.csv"))) for number in range(3)]
    assert [job.id for job in list_jobs(store)] == [job.id for job in reversed(jobs)]


def test_jobs_are_resumed_in_turn(store: JobStore, spec: ExportSpec, folder: Path) -> None:
    oldest, middle, newest = (
        new_job(store, replace(spec, target=str(folder / f"{number}.csv"))) for number in range(3)
    )
    assert [job.id for job in jobs_to_resume(store)] == [oldest.id, middle.id, newest.id]
    store.keep_queue([newest.id, middle.id])
    drop_after(store, newest, 2)
    assert [job.id for job in jobs_to_resume(store)] == [newest.id, middle.id, oldest.id]

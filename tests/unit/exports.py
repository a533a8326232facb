"""Exports made and run inside the test's own process, through the same engine as everywhere."""

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from dataflow_desktop import locations
from dataflow_desktop.destination.part_names import part_path_for
from dataflow_desktop.domain.consent import Consent
from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.job import Job
from dataflow_desktop.domain.progress import Report
from dataflow_desktop.domain.row_query import RowQuery
from dataflow_desktop.export.creation import create_job
from dataflow_desktop.export.engine import run_job
from dataflow_desktop.pacing import StopRequest, StopWish
from dataflow_desktop.records.job_store import JobStore
from tests.unit.databases import described


@contextmanager
def job_store() -> Iterator[JobStore]:
    """Yield the job store of this test's home."""
    store = JobStore(locations.job_store_path())
    yield store
    store.close()


def spec_for(
    source: Path, target: Path, query: RowQuery | None = None, *, chunk_rows: int | None = 10
) -> ExportSpec:
    """Return the wish for all products, with a checkpoint after every chunk."""
    if query is None:
        table = described(source, "products")
        query = RowQuery(table.name, table.column_names)
    return ExportSpec(str(source), query, str(target), chunk_rows=chunk_rows, checkpoint_seconds=0)


def new_job(store: JobStore, spec: ExportSpec) -> Job:
    """Return a new job for `spec`."""
    return create_job(store, spec, StopRequest())


def run_to_end(store: JobStore, job: Job, *consents: Consent) -> list[Report]:
    """Run a job until it ends, and return its reports."""
    return list(run_job(store, job.id, StopRequest(), consents=frozenset(consents)))


def run_until(
    store: JobStore, job: Job, is_enough: Callable[[Report], bool], wish: StopWish = StopWish.PAUSE
) -> list[Report]:
    """Run a job and wish for a stop at the first report for which `is_enough` holds."""
    stop = StopRequest()
    reports = []
    for report in run_job(store, job.id, stop):
        reports.append(report)
        if is_enough(report):
            stop.ask(wish)
    return reports


def drop_after(store: JobStore, job: Job, reports: int, *consents: Consent) -> list[Report]:
    """Run a job for so many reports and then let go of it, which leaves it as a crash would."""
    running = run_job(store, job.id, StopRequest(), consents=frozenset(consents))
    found = [next(running) for _ in range(reports)]
    running.close()  # type: ignore[attr-defined]  # a generator, which only the engine need know
    return found


def part_of(job: Job) -> Path:
    """Return where the part file of `job` stands."""
    return part_path_for(Path(job.spec.target), job.id)


def as_csv(header: tuple[str, ...], rows: list[tuple[object, ...]]) -> bytes:
    """Return what Python's own writer makes of `rows` without NULL, '' and blobs."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([header, *rows])
    return text.getvalue().encode()

"""Databases of servers as the program sees them, and exports of them while their server comes and goes."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.job import Job, JobState
from dataflow_desktop.domain.progress import Progress
from dataflow_desktop.domain.reading import Consistency
from dataflow_desktop.domain.row_query import RowQuery
from dataflow_desktop.domain.schema import Table
from dataflow_desktop.errors import ReasonCode, SourceError
from dataflow_desktop.export.engine import run_job
from dataflow_desktop.pacing import StopRequest
from dataflow_desktop.records.job_store import JobStore
from dataflow_desktop.source.connection import SourceConnection
from dataflow_desktop.source.description import describe_table
from dataflow_desktop.source.opening import open_source
from tests.servers.tcp_proxy import TcpProxy
from tests.unit.exports import job_store, new_job, run_to_end


def products_csv(rows: int) -> bytes:
    """Return the file that an export of so many products is, worked out here and by no server."""
    return (
        b"id,name,category,price,quantity,seen\n" + "".join(map(_product_line, range(1, rows + 1))).encode()
    )


def _product_line(number: int) -> str:
    name = f'"Tool {number}, ""fine"""' if number % 7 == 0 else f"Tool {number}"
    category = {0: "", 1: '""'}.get(number % 5, f"category {number % 5}")
    seen = datetime(2020, 1, 1, tzinfo=UTC) + number * timedelta(seconds=1.5)
    return f"{number},{name},{category},{number * 37 / 100:.2f},{number % 100},{seen.isoformat()}\n"


@contextmanager
def connected(url: str) -> Iterator[SourceConnection]:
    """Yield the program's connection to the database at `url`."""
    with open_source(url).connect() as connection:
        yield connection


def described(url: str, name: str) -> Table:
    """Return the table `name` as the program sees it."""
    with connected(url) as connection:
        return describe_table(connection, name)


def spec_for(
    url: str,
    table: str,
    target: Path,
    query: RowQuery | None = None,
    *,
    consistency: Consistency = Consistency.LIVE,
    chunk_rows: int | None = None,
    throttle_ms: int = 0,
) -> ExportSpec:
    """Return the wish for all of a table, or for what `query` leaves of it."""
    source = open_source(url)
    query = query or RowQuery(table, described(url, table).column_names)
    return ExportSpec(
        source.address,
        query,
        str(target),
        consistency=consistency,
        chunk_rows=chunk_rows,
        throttle_ms=throttle_ms,
    )


def exported(spec: ExportSpec) -> bytes:
    """Return the bytes of the file that an export makes."""
    with job_store() as store:
        run_to_end(store, new_job(store, spec))
    return Path(spec.target).read_bytes()


def run_while_cut(
    store: JobStore, job_id: str, way: TcpProxy, cuts: int, seconds: Callable[[], float]
) -> int:
    """Run a job to its end while its connections are cut at random moments; return how often.

    From its first report on, for whom nothing ever answered at all is told so at once.
    """
    ended = threading.Event()
    made = 0

    def cut() -> None:
        nonlocal made
        while made < cuts and not ended.wait(seconds()):
            way.cut()
            made += 1

    cutting = threading.Thread(target=cut)
    reports = run_job(store, job_id, StopRequest())
    next(reports)
    cutting.start()
    try:
        for _ in reports:
            pass
    finally:
        ended.set()
        cutting.join()
    return made


def run_until_first_rows(
    store: JobStore, job_id: str, then: Callable[[], None], stop: StopRequest | None = None
) -> None:
    """Run a job, and do something once after its first rows."""
    has_rows = False
    for report in run_job(store, job_id, stop or StopRequest()):
        if isinstance(report, Progress) and not has_rows:
            has_rows = True
            then()


def paused_when_gone(store: JobStore, job: Job, leave: Callable[[], None], *, seconds: float) -> Job:
    """Run a job whose server leaves after its first rows: it must pause within `seconds`; return it so."""
    left: list[float] = []

    def leave_and_look() -> None:
        leave()
        left.append(time.monotonic())

    with pytest.raises(SourceError) as caught:
        run_until_first_rows(store, job.id, leave_and_look)
    assert time.monotonic() - left[0] < seconds
    assert caught.value.reason.code in {ReasonCode.SERVER_UNREACHABLE.name, ReasonCode.CONNECTION_LOST.name}
    paused = store.job(job.id)
    assert paused.state is JobState.PAUSED
    assert paused.durable_rows > 0
    return paused

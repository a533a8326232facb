"""What is read of a server while its rows are still counted: used, and nothing that changed goes unsaid."""

import select
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.job import Job, SourceChanged
from dataflow_desktop.export import creation, lanes
from dataflow_desktop.export.creation import create_job
from dataflow_desktop.export.engine import run_job
from dataflow_desktop.export.head_start import HeadStart
from dataflow_desktop.export.reader_process import ReaderProcess
from dataflow_desktop.pacing import StopRequest
from dataflow_desktop.source.ordered_rows import count_rows
from tests.servers.postgres_server import PostgresServer
from tests.servers.server_exports import spec_for
from tests.unit.exports import job_store

ROWS = 5_000


@pytest.fixture
def spec(postgres: PostgresServer, tmp_path: Path) -> Iterator[ExportSpec]:
    """An export of a table of a new database."""
    url = postgres.create_database("head_start")
    postgres.execute("CREATE TABLE t (id integer PRIMARY KEY, v text NOT NULL)", database="head_start")
    postgres.execute(
        f"INSERT INTO t SELECT g, 'old' FROM generate_series(1, {ROWS}) g", database="head_start"
    )
    yield spec_for(url, "t", tmp_path / "t.csv", chunk_rows=100)
    postgres.drop_database("head_start")


def expected(value: str) -> list[str]:
    return ["id,v", *(f"{number},{value}" for number in range(1, ROWS + 1))]


def run_with_head_start(spec: ExportSpec, meanwhile: Callable[[], object]) -> Job:
    """Export with a head start, and call `meanwhile` when it has read something and rows are counted."""
    with job_store() as store, ReaderProcess(spec.source) as reader, HeadStart(reader) as head_start:

        def slow_count(*arguments: object) -> int:
            assert select.select([reader.output], [], [], 30)[0], "nothing is read"
            meanwhile()
            return count_rows(*arguments)  # type: ignore[arg-type]  # just what it was called with

        with patch.object(creation, "count_rows", slow_count):
            job = create_job(store, spec, StopRequest(), head_start)
        for _ in run_job(store, job.id, StopRequest(), head_start=head_start):
            pass
        return store.job(job.id)


def test_what_was_read_before_the_run_is_used(spec: ExportSpec) -> None:
    # Nothing else may read: no other process, and not this one.
    with patch.multiple(lanes, FEW_CELLS=0, ReaderProcess=None, ExactReader=None):
        run_with_head_start(spec, lambda: None)
    assert Path(spec.target).read_text().splitlines() == expected("old")


def test_a_change_while_rows_are_counted_is_read_or_told(spec: ExportSpec, postgres: PostgresServer) -> None:
    with patch.multiple(lanes, FEW_CELLS=0):
        job = run_with_head_start(
            spec, lambda: postgres.execute("UPDATE t SET v = 'new'", database="head_start")
        )
    is_told = job.source_changed is SourceChanged.YES
    assert is_told or Path(spec.target).read_text().splitlines() == expected("new")

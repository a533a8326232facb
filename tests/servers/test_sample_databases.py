"""The samples that everybody knows are listed, browsed and exported, the same from a file and a server."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.schema import Table, TableKind
from dataflow_desktop.source.connection import Row, SourceConnection
from dataflow_desktop.source.description import describe_table, list_tables
from dataflow_desktop.source.forward_rows import ForwardRows
from dataflow_desktop.source.opening import open_source
from dataflow_desktop.source.ordered_rows import OrderedRows
from tests.servers.postgres_server import PostgresServer
from tests.servers.sample_databases import SAMPLES, SampleDatabase, make_in_file, make_on_server
from tests.unit.databases import all_of
from tests.unit.exports import job_store, new_job, run_to_end

PAGE_ROWS = 2


@pytest.fixture(params=SAMPLES, ids=[sample.name for sample in SAMPLES])
def sample(request: pytest.FixtureRequest) -> SampleDatabase:
    """Each of the samples."""
    return request.param  # type: ignore[no-any-return]  # one of SAMPLES


@pytest.fixture(params=["file", "server"])
def address(request: pytest.FixtureRequest, sample: SampleDatabase, tmp_path: Path) -> Iterator[str]:
    """Where the sample is: in a SQLite file, or on a PostgreSQL server."""
    if request.param == "file":
        yield make_in_file(sample, tmp_path / f"{sample.name}.db")
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    yield make_on_server(sample, server)
    server.drop_database(sample.name)


@contextmanager
def tables_of(address: str) -> Iterator[tuple[SourceConnection, list[Table]]]:
    with open_source(address).connect() as connection:
        yield connection, [summary.table for summary in list_tables(connection)]


def test_all_tables_and_views_are_listed(address: str, sample: SampleDatabase) -> None:
    with tables_of(address) as (connection, tables):
        assert {table.name for table in tables} == set(sample.files)
        assert len(tables) == len(sample.files)
        views = {table.name for table in tables if table.kind is TableKind.VIEW}
        assert views == {view.name for view in sample.views}
        assert all(bool(table.key) != (table.name in views) for table in tables)
        assert [describe_table(connection, table.name) for table in tables] == tables


def test_each_is_browsed_page_by_page(address: str, sample: SampleDatabase) -> None:
    with tables_of(address) as (connection, tables):
        for table in tables:
            pages = list(_pages(connection, table))
            rows = [row for page in pages for row in page]
            _, *expected = csv.reader(io.StringIO(sample.files[table.name], newline=""))
            assert [str(row[0]) for row in rows] == [line[0] for line in expected], table.name


def test_each_is_exported_to_the_same_bytes(address: str, sample: SampleDatabase, tmp_path: Path) -> None:
    files = {}
    with tables_of(address) as (_, tables), job_store() as store:
        for number, table in enumerate(tables):
            target = tmp_path / f"{number}.csv"
            spec = ExportSpec(address, all_of(table), str(target), chunk_rows=PAGE_ROWS)
            run_to_end(store, new_job(store, spec))
            files[table.name] = target.read_bytes().decode()
    assert files == sample.files


def _pages(connection: SourceConnection, table: Table) -> Iterator[list[Row]]:
    query = all_of(table)
    if not table.key:
        forward = ForwardRows(connection, table, query)
        for first in count(0, PAGE_ROWS):
            page = forward.read(first, PAGE_ROWS)
            yield page
            if len(page) < PAGE_ROWS:
                return
    ordered, after = OrderedRows(connection, table, query), None
    while page := ordered.read(after, PAGE_ROWS):
        yield page
        after = page[-1][-len(table.key) :]

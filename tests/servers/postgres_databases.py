"""Databases of PostgreSQL made for a test, and exports of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.reading import Consistency
from dataflow_desktop.domain.row_query import RowQuery
from dataflow_desktop.domain.schema import Table
from dataflow_desktop.source.connection import SourceConnection
from dataflow_desktop.source.description import describe_table
from dataflow_desktop.source.opening import open_source
from tests.unit.exports import job_store, new_job, run_to_end

PRODUCTS = """
CREATE TABLE products (
    id integer PRIMARY KEY, name text NOT NULL, category text, price numeric(10, 2), quantity integer,
    seen timestamp with time zone
);
INSERT INTO products
SELECT g, 'Tool ' || g || CASE WHEN g % 7 = 0 THEN ', "fine"' ELSE '' END,
       CASE WHEN g % 5 = 0 THEN NULL WHEN g % 5 = 1 THEN '' ELSE 'category ' || g % 5 END,
       g * 0.37, g % 100, timestamptz '2020-01-01 00:00:00+00' + g * interval '1.5 seconds'
FROM generate_series(1, {rows}) g;
ANALYZE products;
"""


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
) -> ExportSpec:
    """Return the wish for all of a table, or for what `query` leaves of it."""
    source = open_source(url)
    query = query or RowQuery(table, described(url, table).column_names)
    return ExportSpec(source.address, query, str(target), consistency=consistency, chunk_rows=chunk_rows)


def exported(spec: ExportSpec) -> bytes:
    """Return the bytes of the file that an export makes."""
    with job_store() as store:
        run_to_end(store, new_job(store, spec))
    return Path(spec.target).read_bytes()

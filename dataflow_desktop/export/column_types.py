"""The types of a Parquet file's columns, as far as declarations and a few rows tell them."""

from collections.abc import Sequence

from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.file_options import FileFormat
from dataflow_desktop.domain.row_query import RowQuery, Value
from dataflow_desktop.domain.schema import Table
from dataflow_desktop.formats.parquet_types import SAMPLED_KINDS, planned_types
from dataflow_desktop.source.connection import SourceConnection, TextDecoding
from dataflow_desktop.source.statements import select_rows

SAMPLE_ROWS = 200
"""Looked at where the declaration does not tell: one value that is not NULL would do."""

SAMPLE_LENGTH = 64
"""More characters than any time has, and few where a row may hold a megabyte."""


def column_types_for(connection: SourceConnection, table: Table, spec: ExportSpec) -> tuple[str, ...]:
    """Return the type of each column of the file, none for formats without; raises SourceError.

    The table's first rows are looked at, whatever the conditions are: so much is soon read.
    """
    if spec.options.file_format is not FileFormat.PARQUET:
        return ()
    columns = table.columns_named(spec.query.columns)
    samples = _samples(connection, table, [column.name for column in columns if column.kind in SAMPLED_KINDS])
    return tuple(map(str, planned_types(columns, samples, frozenset())))


def _samples(connection: SourceConnection, table: Table, names: Sequence[str]) -> dict[str, list[Value]]:
    """Return the beginnings of values in the columns called `names`; one row stands in memory at a time."""
    samples: dict[str, list[Value]] = {name: [] for name in names}
    if not names:
        return samples
    statement = select_rows(table, RowQuery(table.name, tuple(names))).limit(SAMPLE_ROWS)
    with connection.decoding(TextDecoding.REPLACE), connection.cursor(statement) as cursor:
        while found := cursor.fetch(1):
            for name, value in zip(names, found[0], strict=False):  # behind them stands the key
                samples[name].append(value[:SAMPLE_LENGTH] if isinstance(value, str | bytes) else value)
    return samples

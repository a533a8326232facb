"""Files of each format, read back by readers that are not ours: cell by cell what the database has."""

import csv
import gzip
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]  # it has no types to tell
import pyarrow.parquet  # type: ignore[import-untyped]  # it has no types to tell
import pytest
import zstandard

from dataflow_desktop.domain.file_options import (
    Compression,
    DelimitedOptions,
    FileFormat,
    FileOptions,
)
from dataflow_desktop.domain.row_query import RowQuery
from dataflow_desktop.records.job_store import JobStore
from tests.unit.databases import described
from tests.unit.exports import new_job, run_to_end, spec_for
from tests.unit.kinds import KINDS, REPEATS, kinds_row, make_kinds

ROWS = 7_000
"""More than a frame of a table so wide, and enough for the reader process."""

Cells = list[list[Any]]

KIND_OF_PLACE = ["whole", *(list(KINDS) * REPEATS)]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_kinds(tmp_path_factory.mktemp("kinds") / "kinds.db", ROWS)


def read_delimited(data: bytes, delimiter: str) -> Cells:
    return list(csv.reader(io.StringIO(data.decode(), newline=""), delimiter=delimiter))


def read_json_lines(data: bytes) -> Cells:
    # By line feeds only: a text may hold other ends of lines.
    objects = [json.loads(line) for line in data.decode().split("\n")[:-1]]
    return [list(objects[0]), *(list(found.values()) for found in objects)]


def read_parquet(data: bytes) -> Cells:
    table = pyarrow.parquet.read_table(io.BytesIO(data))
    return [
        table.column_names,
        *map(list, zip(*(column.to_pylist() for column in table.columns), strict=True)),
    ]


def read_workbook(data: bytes) -> Cells:
    sheet = openpyxl.load_workbook(io.BytesIO(data), read_only=True).worksheets[0]
    names, *rows = (list(row) for row in sheet.iter_rows(values_only=True))
    return [
        names,
        *(row + [None] * (len(names) - len(row)) for row in rows),
    ]  # it leaves out the last empty ones


def as_text(kind: str, value: Any) -> Any:  # noqa: ANN401 - any cell
    if value is None:
        return ""
    if kind == "price":
        return f"{value:.2f}"
    return value.hex() if isinstance(value, bytes) else str(value)


def as_json(kind: str, value: Any) -> Any:  # noqa: ANN401 - any cell
    if value is None:
        return None
    if kind == "is_new":
        return bool(value)
    return as_text(kind, value) if kind == "price" or isinstance(value, bytes) else value


def as_typed(kind: str, value: Any) -> Any:  # noqa: ANN401 - any cell
    if value is None:
        return None
    made: dict[str, Callable[[Any], Any]] = {
        "price": lambda price: Decimal(f"{price:.2f}"),
        "born": date.fromisoformat,
        "seen": datetime.fromisoformat,
        "is_new": bool,
    }
    return made.get(kind, lambda same: same)(value)


def as_cell(kind: str, value: Any) -> Any:  # noqa: ANN401 - any cell
    if kind == "born" and value is not None:
        return datetime.fromisoformat(value)
    if kind in {"price", "raw"}:
        return value.hex() if isinstance(value, bytes) else value
    return as_typed(kind, value)


READERS: dict[FileFormat, tuple[Callable[[bytes], Cells], Callable[[str, Any], Any]]] = {
    FileFormat.CSV: (lambda data: read_delimited(data, ","), as_text),
    FileFormat.TSV: (lambda data: read_delimited(data, "\t"), as_text),
    FileFormat.JSONL: (read_json_lines, as_json),
    FileFormat.PARQUET: (read_parquet, as_typed),
    FileFormat.XLSX: (read_workbook, as_cell),
}

UNPACK: dict[Compression, Callable[[bytes], bytes]] = {
    Compression.NONE: lambda data: data,
    Compression.GZIP: gzip.decompress,
    Compression.ZSTD: lambda data: (
        zstandard.ZstdDecompressor().stream_reader(io.BytesIO(data), read_across_frames=True).read()
    ),
}

WAYS = [
    (file_format, compression)
    for file_format in FileFormat
    for compression in Compression
    if file_format is not FileFormat.XLSX or compression is Compression.NONE
]


def options_for(file_format: FileFormat, compression: Compression) -> FileOptions:
    delimited = DelimitedOptions(delimiter="\t" if file_format is FileFormat.TSV else ",")
    return FileOptions(file_format, compression, delimited)


def exported(store: JobStore, source: Path, target: Path, options: FileOptions) -> bytes:
    """Export the table `kinds` and return the bytes of the file."""
    table = described(source, "kinds")
    query = RowQuery(table.name, table.column_names)
    spec = replace(spec_for(source, target, query, chunk_rows=None), options=options)
    run_to_end(store, new_job(store, spec))
    return target.read_bytes()


@pytest.mark.parametrize(("file_format", "compression"), WAYS)
def test_every_cell_is_what_the_database_has(
    store: JobStore, source: Path, tmp_path: Path, file_format: FileFormat, compression: Compression
) -> None:
    options = options_for(file_format, compression)
    data = exported(store, source, tmp_path / "file", options)
    if file_format is not FileFormat.PARQUET:
        data = UNPACK[compression](data)
    read, expected = READERS[file_format]
    names, *rows = read(data)
    assert list(names) == list(described(source, "kinds").column_names)
    assert len(rows) == ROWS
    for key, row in enumerate(rows, 1):
        assert row == expected_row(expected, kinds_row(key))


def expected_row(expected: Callable[[str, Any], Any], values: Sequence[Any]) -> list[Any]:
    return [expected(kind, value) for kind, value in zip(KIND_OF_PLACE, values, strict=True)]

"""Texts that programs stumble over come back from every reader that is lossless itself."""

import csv
import io
import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import duckdb
import pandas as pd  # type: ignore[import-untyped]  # its types are a package of their own
import pyarrow.parquet  # type: ignore[import-untyped]  # it has no types to tell
import pytest

from dataflow_desktop.domain.file_options import (
    DelimitedOptions,
    Encoding,
    FileFormat,
    FileOptions,
    LineEnding,
    Quoting,
)
from dataflow_desktop.domain.row_query import RowQuery
from dataflow_desktop.records.job_store import JobStore
from tests.unit.exports import new_job, run_to_end, spec_for
from tests.unit.naughty_texts import NAUGHTY

REPEATS = 40
"""So often does the list stand in the table: enough for the reader process."""

WAYS = [
    DelimitedOptions(),
    DelimitedOptions(delimiter=";", quoting=Quoting.ALL),
    DelimitedOptions(delimiter="\t", line_ending=LineEnding.CRLF),
    DelimitedOptions(delimiter="|", null_text="NULL"),
    DelimitedOptions(encoding=Encoding.UTF_16),
    DelimitedOptions(has_bom=True, quoting=Quoting.ALL),
]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("naughty") / "naughty.db"
    rows = [(text, str(number)) for number, text in enumerate(NAUGHTY * REPEATS)]
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(
            "CREATE TABLE texts (id INTEGER PRIMARY KEY, text TEXT NOT NULL, behind TEXT NOT NULL)"
        )
        database.executemany("INSERT INTO texts (text, behind) VALUES (?, ?)", rows)
    return path


def exported(store: JobStore, source: Path, target: Path, options: FileOptions) -> Path:
    query = RowQuery("texts", ("text", "behind"))
    spec = replace(spec_for(source, target, query, chunk_rows=None), options=options)
    run_to_end(store, new_job(store, spec))
    return target


def expected() -> list[list[str]]:
    return [[text, str(number)] for number, text in enumerate(NAUGHTY * REPEATS)]


@pytest.mark.parametrize(
    "options", WAYS, ids=lambda options: f"{options.delimiter!a} {options.quoting} {options.encoding}"
)
def test_python_reads_every_text_as_it_is(
    store: JobStore, source: Path, target: Path, options: DelimitedOptions
) -> None:
    exported(store, source, target, FileOptions(FileFormat.CSV, delimited=options))
    text = (
        target.read_bytes().decode(options.encoding.value).removeprefix("\ufeff" if options.has_bom else "")
    )
    names, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=options.delimiter)
    assert names == ["text", "behind"]
    assert rows == expected()


def test_duckdb_reads_every_text_of_csv_as_it_is(store: JobStore, source: Path, target: Path) -> None:
    exported(store, source, target, FileOptions(delimited=DelimitedOptions(quoting=Quoting.ALL)))
    options = "all_varchar=true, header=true, delim=',', quote='\"', escape='\"', allow_quoted_nulls=false"
    read = f"SELECT * FROM read_csv(?, {options})"
    assert [list(row) for row in duckdb.execute(read, [str(target)]).fetchall()] == expected()


def test_pandas_reads_every_text_of_csv_as_it_is(store: JobStore, source: Path, target: Path) -> None:
    exported(store, source, target, FileOptions())
    # Its engine in C ends texts at a NUL.
    frame = pd.read_csv(target, dtype=str, keep_default_na=False, engine="python")
    assert frame.to_numpy().tolist() == expected()


def test_json_lines_hold_every_text_as_it_is(store: JobStore, source: Path, target: Path) -> None:
    exported(store, source, target, FileOptions(FileFormat.JSONL))
    objects = map(json.loads, target.read_bytes().decode().split("\n")[:-1])
    assert [list(found.values()) for found in objects] == expected()


def test_parquet_holds_every_text_as_it_is(store: JobStore, source: Path, target: Path) -> None:
    exported(store, source, target, FileOptions(FileFormat.PARQUET))
    rows = pyarrow.parquet.read_table(target).to_pylist()
    assert [list(row.values()) for row in rows] == expected()
    read = duckdb.execute("SELECT * FROM read_parquet(?)", [str(target)]).fetchall()
    assert [list(row) for row in read] == expected()

"""What an export in each format does with values that do not fit, names, sheets, and no rows at all."""

import csv
import gzip
import io
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]  # it has no types to tell
import pyarrow.parquet  # type: ignore[import-untyped]  # it has no types to tell
import pytest
import zstandard

from dataflow_desktop.domain.file_options import (
    EXCEL,
    Compression,
    DelimitedOptions,
    Encoding,
    FileFormat,
    FileOptions,
)
from dataflow_desktop.domain.job import Job, JobState
from dataflow_desktop.domain.reading import InvalidText
from dataflow_desktop.domain.row_query import Value
from dataflow_desktop.errors import ConfigurationError, Reason, ReasonCode, SourceError
from dataflow_desktop.export import file_checks
from dataflow_desktop.export.ownership import owning
from dataflow_desktop.export.recovery import retyped
from dataflow_desktop.export.relocation import move_export
from dataflow_desktop.pacing import StopRequest
from dataflow_desktop.records.job_store import JobStore
from tests.unit.databases import all_of, described, insert, make_database
from tests.unit.export.small_frames import (
    FRAME_ROWS,
    SHEET_ROWS,
    WAYS,
    make_frames_small,
    name_of,
    read_columnar,
)
from tests.unit.exports import drop_after, new_job, run_to_end, spec_for

ROWS = 2 * SHEET_ROWS + 5
PARQUET = FileOptions(FileFormat.PARQUET)
XLSX = FileOptions(FileFormat.XLSX)
NARROW = FileOptions(delimited=DelimitedOptions(encoding=Encoding.CP1252))

Cells = list[list[Any]]


@pytest.fixture(autouse=True)
def _small_frames(monkeypatch: pytest.MonkeyPatch) -> None:
    make_frames_small(monkeypatch)


@pytest.fixture(params=["exact", "columnar"])
def lane(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """By which lane all rows are read that it can read."""
    if request.param == "columnar":
        read_columnar(monkeypatch)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = make_database(tmp_path / "t.db", "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, v TEXT)")
    insert(path, "t", [(key, 10 * key, f"row {key}") for key in range(1, ROWS + 1)])
    return path


def set_value(source: Path, key: int, column: str, value: Value) -> None:
    """Change one value of the table."""
    with closing(sqlite3.connect(source)) as database, database:
        database.execute(f"UPDATE t SET {column} = ? WHERE id = ?", (value, key))


def job_for(
    store: JobStore,
    source: Path,
    target: Path,
    options: FileOptions,
    invalid_text: InvalidText = InvalidText.FAIL,
) -> Job:
    """Return a new job that exports `t`, with a checkpoint behind every frame."""
    spec = spec_for(source, target, all_of(described(source, "t")))
    return new_job(store, replace(spec, options=options, invalid_text=invalid_text))


def exported(store: JobStore, source: Path, target: Path, options: FileOptions) -> bytes:
    """Return the bytes of an export that nothing disturbs."""
    run_to_end(store, job_for(store, source, target, options))
    return target.read_bytes()


def let_go_at_every_checkpoint(store: JobStore, job: Job) -> list[int]:
    """Run a job to its end, but let go of it at each checkpoint; return how many rows were saved at each."""
    saved: list[int] = []
    while (job := store.job(job.id)).state is not JobState.DONE:
        saved.append(job.durable_rows)
        drop_after(store, job, 2)
    return saved


# What does not fit


@pytest.mark.usefixtures("lane")
def test_a_late_misfit_makes_its_parquet_column_text_with_all_its_values(
    store: JobStore, source: Path, target: Path
) -> None:
    set_value(source, 70, "n", "not a number")
    job = job_for(store, source, target, PARQUET)
    assert job.plan.column_types == ("int64", "int64", "utf8")
    run_to_end(store, job)
    assert store.job(job.id).plan.column_types == ("int64", "utf8", "utf8")
    table = pyarrow.parquet.read_table(target)
    expected = [str(10 * key) for key in range(1, ROWS + 1)]
    expected[69] = "not a number"
    assert table.column("n").to_pylist() == expected
    assert table.column("id").to_pylist() == list(range(1, ROWS + 1))


def test_a_misfit_is_one_however_often_the_export_is_let_go_before_and_after(
    store: JobStore, source: Path, folder: Path
) -> None:
    set_value(source, 70, "n", "not a number")
    undisturbed = exported(store, source, folder / "a.parquet", PARQUET)
    saved = let_go_at_every_checkpoint(store, job_for(store, source, folder / "b.parquet", PARQUET))
    before = list(range(0, 70, FRAME_ROWS))
    assert saved == [*before, *range(0, ROWS, FRAME_ROWS)] + [ROWS] * (ROWS % FRAME_ROWS > 0)
    assert (folder / "b.parquet").read_bytes() == undisturbed


def test_a_misfit_in_a_renamed_column_is_found_by_its_own_name(
    store: JobStore, source: Path, target: Path
) -> None:
    set_value(source, 70, "n", b"\xff")
    data = exported(store, source, target, replace(PARQUET, renames=(("n", "v"), ("v", "n"))))
    table = pyarrow.parquet.read_table(io.BytesIO(data))
    assert table.column_names == ["id", "v", "n"]
    assert table.column("v").to_pylist()[68:70] == ["690", "ff"]


def test_types_are_planned_by_declarations_and_the_first_values(
    store: JobStore, tmp_path: Path, target: Path
) -> None:
    path = make_database(
        tmp_path / "types.db",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a, b, c, s DATETIME, t DATETIME, p DECIMAL(9,2), d DATE)",
    )
    make_database(path, "INSERT INTO t (d) VALUES (CAST(x'ff' AS TEXT))")
    values = (1.5, b"b" * 100, 7, "2024-01-02T03:04:05+00:00", "2024-01-02", 1, "no date")
    insert(path, "t", [(key, *values) for key in (2, 3)])
    job = job_for(store, path, target, PARQUET)
    assert job.plan.column_types == (
        "int64", "double", "binary", "int64", "timestamp_utc", "date", "decimal(18,2)", "date",
    )  # fmt: skip


def test_a_misfit_among_texts_does_not_begin_the_file_again_for_ever(
    store: JobStore, source: Path, target: Path
) -> None:
    job = job_for(store, source, target, PARQUET)
    drop_after(store, job, 2)
    with owning(store, job.id) as (saved, owned), pytest.raises(ValueError, match="v"):
        retyped(owned, saved, {"v"})
    assert store.job(job.id).durable_rows == FRAME_ROWS


@pytest.mark.parametrize(
    ("lane", "compression"),
    [("exact", Compression.NONE), ("exact", Compression.GZIP), ("columnar", Compression.GZIP)],
    indirect=["lane"],
)
@pytest.mark.usefixtures("lane")
def test_a_letter_that_the_encoding_has_not_is_named_by_table_column_and_key(
    store: JobStore, source: Path, target: Path, compression: Compression
) -> None:
    set_value(source, 70, "v", "costs 5 € – or 5 ₽")
    set_value(source, 71, "v", "☃")
    job = job_for(store, source, target, replace(NARROW, compression=compression))
    reason = reason_of_pause(store, job)
    assert reason.code == ReasonCode.LETTER_NOT_IN_ENCODING.name
    facts = {"letter": "₽ (U+20BD)", "encoding": "cp1252", "table": "t", "column": "v", "key": "70"}
    assert facts.items() <= dict(reason.facts).items()
    assert 0 < store.job(job.id).durable_rows < 70
    set_value(source, 70, "v", "costs 5 €")
    set_value(source, 71, "v", "")
    run_to_end(store, job)
    data = target.read_bytes()
    lines = (gzip.decompress(data) if compression is Compression.GZIP else data).decode("cp1252").splitlines()
    assert lines[70:72] == ["70,700,costs 5 €", '71,710,""']
    assert len(lines) == ROWS + 1


@pytest.mark.usefixtures("lane")
def test_a_letter_that_the_encoding_has_not_is_a_question_mark_where_that_was_chosen(
    store: JobStore, source: Path, target: Path
) -> None:
    set_value(source, 70, "v", "5 ₽ ☃")
    run_to_end(store, job_for(store, source, target, NARROW, InvalidText.REPLACE))
    assert target.read_bytes().splitlines()[70] == b"70,700,5 ? ?"


@pytest.mark.parametrize(
    ("lane", "value"),
    [("exact", "😀" * 16_384), ("exact", "x" * 32_768), ("columnar", b"\0" * 16_384)],
    indirect=["lane"],
)
@pytest.mark.usefixtures("lane")
def test_a_text_too_long_for_a_cell_is_named_by_table_column_and_key(
    store: JobStore, source: Path, target: Path, value: Value
) -> None:
    job = job_for(store, source, target, XLSX)
    set_value(source, 70, "v", value)  # after it was looked whether any is too long
    set_value(source, 71, "n", value)
    reason = reason_of_pause(store, job)
    assert reason.code == ReasonCode.CELL_TOO_LONG.name
    facts = {"length": "32,768", "most": "32,767", "table": "t", "column": "v", "key": "70"}
    assert facts.items() <= dict(reason.facts).items()
    assert 0 < store.job(job.id).durable_rows < 70


@pytest.mark.parametrize("value", ["😀" * 16_384, "x" * 32_768, b"\0" * 16_384])
def test_a_text_too_long_for_a_cell_is_refused_before_the_start(
    store: JobStore, source: Path, target: Path, value: Value
) -> None:
    set_value(source, 70, "v", value)
    with pytest.raises(SourceError) as caught:
        job_for(store, source, target, XLSX)
    assert caught.value.reason.code == ReasonCode.CELL_TOO_LONG.name
    assert (caught.value.reason.facts["column"], caught.value.reason.facts["key"]) == ("v", "70")
    assert store.jobs() == []
    assert list(target.parent.iterdir()) == []


def test_the_longest_text_of_a_cell_is_whole(store: JobStore, source: Path, target: Path) -> None:
    longest = "x" + "😀" * 16_383
    set_value(source, 70, "v", longest)
    data = exported(store, source, target, XLSX)
    assert [row for sheet in sheets_of(data) for row in sheet[1:]][69] == [70, 700, longest]


def reason_of_pause(store: JobStore, job: Job) -> Reason:
    """Run a job that a value stops; return the reason, which is stored."""
    with pytest.raises(SourceError) as caught:
        run_to_end(store, job)
    paused = store.job(job.id)
    assert (paused.state, paused.reason) == (JobState.PAUSED, caught.value.reason)
    return caught.value.reason


# Sheets


def sheets_of(data: bytes) -> list[Cells]:
    """Return the cells of all sheets, as a reader that is not ours sees them."""
    with closing(openpyxl.load_workbook(io.BytesIO(data))) as book:
        return [[list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets]


@pytest.mark.usefixtures("lane")
def test_more_rows_than_a_sheet_has_go_on_in_the_next(store: JobStore, source: Path, target: Path) -> None:
    sheets = sheets_of(exported(store, source, target, XLSX))
    header = ["id", "n", "v"]
    assert [sheet[0] for sheet in sheets] == [header] * 3
    assert [len(sheet) - 1 for sheet in sheets] == [SHEET_ROWS, SHEET_ROWS, 5]
    rows = [row for sheet in sheets for row in sheet[1:]]
    assert rows == [[key, 10 * key, f"row {key}"] for key in range(1, ROWS + 1)]


def test_an_export_let_go_where_a_sheet_ends_and_just_behind_has_the_same_sheets(
    store: JobStore, source: Path, folder: Path
) -> None:
    undisturbed = exported(store, source, folder / "a.xlsx", XLSX)
    saved = let_go_at_every_checkpoint(store, job_for(store, source, folder / "b.xlsx", XLSX))
    assert {SHEET_ROWS, SHEET_ROWS + FRAME_ROWS, 2 * SHEET_ROWS} < set(saved)
    assert (folder / "b.xlsx").read_bytes() == undisturbed


def test_rows_that_fill_the_last_sheet_begin_no_other(store: JobStore, source: Path, target: Path) -> None:
    make_database(source, f"DELETE FROM t WHERE id > {2 * SHEET_ROWS}")
    assert [len(sheet) for sheet in sheets_of(exported(store, source, target, XLSX))] == [SHEET_ROWS + 1] * 2


# Names


def first_line(data: bytes) -> list[str]:
    return next(csv.reader([data.decode().splitlines()[0]]))


HEADERS: dict[FileFormat, Callable[[bytes], list[str]]] = {
    FileFormat.CSV: first_line,
    FileFormat.JSONL: lambda data: list(json.loads(data.splitlines()[0])),
    FileFormat.PARQUET: lambda data: list(pyarrow.parquet.read_schema(io.BytesIO(data)).names),
    FileFormat.XLSX: lambda data: sheets_of(data)[0][0],
}


@pytest.mark.parametrize("file_format", HEADERS)
def test_columns_have_the_names_that_were_asked_for(
    store: JobStore, source: Path, target: Path, file_format: FileFormat
) -> None:
    renames = (("id", "n"), ("n", 'Menge, "netto"'))
    data = exported(store, source, target, FileOptions(file_format, renames=renames))
    assert HEADERS[file_format](data) == ["n", 'Menge, "netto"', "v"]


def turned_down(store: JobStore, source: Path, target: Path, options: FileOptions) -> str:
    """Ask for what cannot be; return the code and see that nothing is left."""
    with pytest.raises(ConfigurationError) as caught:
        job_for(store, source, target, options)
    assert store.jobs() == []
    assert list(target.parent.iterdir()) == []
    return caught.value.reason.code


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (FileOptions(renames=(("n", "v"),)), ReasonCode.NAME_TWICE),
        (FileOptions(renames=(("none", "x"),)), ReasonCode.COLUMN_UNKNOWN),
        (replace(NARROW, renames=(("n", "количество"),)), ReasonCode.NAME_NOT_IN_ENCODING),
        (replace(XLSX, compression=Compression.GZIP), ReasonCode.COMPRESSED_ALREADY),
        (FileOptions(delimited=replace(EXCEL, delimiter="ab")), ReasonCode.DELIMITER_WRONG),
    ],
)
def test_a_file_that_cannot_be_written_so_is_turned_down(
    store: JobStore, source: Path, target: Path, options: FileOptions, code: ReasonCode
) -> None:
    assert turned_down(store, source, target, options) == code.name


def test_more_columns_than_a_sheet_has_are_turned_down(
    store: JobStore, source: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_checks, "SHEET_COLUMNS", 2)  # no SQLite table has as many as a real one
    assert turned_down(store, source, target, XLSX) == ReasonCode.TOO_MANY_COLUMNS.name


@pytest.mark.parametrize("name", ["b.csv", "b.csv.zst", "b.xlsx", "b.csv.gz.csv"])
def test_an_export_does_not_move_to_a_name_of_another_format(
    store: JobStore, source: Path, folder: Path, name: str
) -> None:
    job = job_for(store, source, folder / "a.csv.gz", FileOptions(compression=Compression.GZIP))
    drop_after(store, job, 2)
    before = {path: path.read_bytes() for path in folder.iterdir()}
    stopped = store.job(job.id)
    with pytest.raises(ConfigurationError) as caught:
        move_export(store, job.id, folder / name, StopRequest())
    assert caught.value.reason.code == ReasonCode.NAME_MISLEADS.name
    assert {path: path.read_bytes() for path in folder.iterdir()} == before
    assert store.job(job.id).spec == stopped.spec


def test_an_export_moves_to_another_name_of_its_format(store: JobStore, source: Path, folder: Path) -> None:
    options = FileOptions(compression=Compression.GZIP)
    undisturbed = exported(store, source, folder / "a.csv.gz", options)
    job = job_for(store, source, folder / "b.csv.gz", options)
    drop_after(store, job, 3)
    move_export(store, job.id, folder / "c.csv.gz", StopRequest())
    run_to_end(store, job)
    assert (folder / "c.csv.gz").read_bytes() == undisturbed


# No rows


def text_of(data: bytes, compression: Compression) -> str:
    match compression:
        case Compression.NONE:
            return data.decode()
        case Compression.GZIP:
            return gzip.decompress(data).decode()
        case Compression.ZSTD:
            with zstandard.ZstdDecompressor().stream_reader(
                io.BytesIO(data), read_across_frames=True
            ) as file:
                return file.read().decode()


@pytest.mark.parametrize("options", WAYS, ids=name_of)
def test_no_rows_give_a_file_that_says_so(
    store: JobStore, source: Path, target: Path, options: FileOptions
) -> None:
    make_database(source, "DELETE FROM t")
    data = exported(store, source, target, options)
    match options.file_format:
        case FileFormat.PARQUET:
            table = pyarrow.parquet.read_table(io.BytesIO(data))
            assert (table.num_rows, table.column_names) == (0, ["id", "n", "v"])
        case FileFormat.XLSX:
            assert sheets_of(data) == [[["id", "n", "v"]]]
        case FileFormat.JSONL:
            assert text_of(data, options.compression) == ""
        case _:
            assert text_of(data, options.compression) == "id,n,v\n"

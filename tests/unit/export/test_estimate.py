"""How much room an export will need, guessed before anything is written."""

from dataclasses import replace
from pathlib import Path

import pytest

from dataflow_desktop.destination.room import Room
from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.file_options import Compression, FileFormat, FileOptions
from dataflow_desktop.export.estimate import SpaceEstimate, estimate_space
from dataflow_desktop.records.job_store import JobStore
from tests.unit.databases import WIDEST, all_of, connected, described, make_wide_database
from tests.unit.exports import new_job, run_to_end, spec_for

GIGABYTE = 10**9


def estimated(
    path: Path, name: str, target: Path, rows: int, options: FileOptions | None = None
) -> SpaceEstimate:
    table = described(path, name)
    spec = ExportSpec(str(path), all_of(table), str(target), options or FileOptions())
    with connected(path) as connection:
        return estimate_space(connection, table, spec, rows)


def test_the_guess_is_near_what_an_export_writes(store: JobStore, catalogue: Path, target: Path) -> None:
    run_to_end(store, new_job(store, spec_for(catalogue, target, chunk_rows=None)))
    written = target.stat().st_size
    assert estimated(catalogue, "products", target, 1_000).needed == pytest.approx(written, rel=0.1)


@pytest.mark.parametrize("compression", [Compression.GZIP, Compression.ZSTD])
def test_it_counts_with_the_compression(
    store: JobStore, catalogue: Path, target: Path, compression: Compression
) -> None:
    options = FileOptions(compression=compression)
    run_to_end(store, new_job(store, replace(spec_for(catalogue, target, chunk_rows=None), options=options)))
    guess = estimated(catalogue, "products", target, 1_000, options).needed
    assert guess == pytest.approx(target.stat().st_size, rel=0.2)


def test_names_in_every_row_take_room_in_json_lines(catalogue: Path, target: Path) -> None:
    table = described(catalogue, "products")
    marks = {"id": 4, "quantity": 4}  # of numbers: two quotation marks, a colon, a comma or the line's end
    names = sum(len(name) + marks.get(name, 6) for name in table.column_names)
    plain, json_lines = (
        estimated(catalogue, "products", target, 1_000, FileOptions(file_format)).needed
        for file_format in (FileFormat.CSV, FileFormat.JSONL)
    )
    header = len(",".join(table.column_names)) + 1
    assert json_lines == plain - header + 1_000 * (names + 2 - len(table.column_names))


@pytest.mark.parametrize("file_format", [FileFormat.PARQUET, FileFormat.XLSX])
def test_files_for_programs_are_smaller_than_plain_text(
    catalogue: Path, target: Path, file_format: FileFormat
) -> None:
    plain = estimated(catalogue, "products", target, 1_000).needed
    assert 0 < estimated(catalogue, "products", target, 1_000, FileOptions(file_format)).needed < plain


def test_a_table_of_as_many_columns_as_there_can_be_is_estimated(tmp_path: Path) -> None:
    rows = [(key, *[f"text {number}" for number in range(1, WIDEST)]) for key in range(3)]
    path = make_wide_database(tmp_path / "wide.db", rows)
    header = len("id") + sum(len(f",c{number}") for number in range(1, WIDEST)) + 1
    row = len("1") + sum(len(f",text {number}") for number in range(1, WIDEST)) + 1
    assert estimated(path, "t", tmp_path / "out.csv", 3).needed == header + 3 * row


@pytest.mark.parametrize(
    ("room", "is_enough"),
    [
        (Room(free=2 * GIGABYTE, total=4 * GIGABYTE), True),
        (Room(free=GIGABYTE, total=4 * GIGABYTE), False),
        (Room(free=0, total=0), True),
    ],
)
def test_it_is_enough_when_what_is_left_alone_stays_free_or_nobody_knows(room: Room, is_enough: bool) -> None:
    assert SpaceEstimate(GIGABYTE, room).is_enough is is_enough

"""The first lines of a file before it is written."""

from dataclasses import replace
from pathlib import Path
from threading import Timer

import pytest

from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.file_options import (
    Compression,
    DelimitedOptions,
    Encoding,
    FileFormat,
    FileOptions,
)
from dataflow_desktop.domain.file_preview import FilePreview, TablePreview, TextPreview
from dataflow_desktop.domain.row_query import Condition, Operator, RowQuery, SortColumn
from dataflow_desktop.errors import ConfigurationError, ReasonCode, SourceError
from dataflow_desktop.export.preview import (
    LONGEST_LINE,
    MOST_LINES,
    PREVIEW_ROWS,
    preview_of,
    read_first_rows,
)
from dataflow_desktop.pacing import Stopped, StopRequest, StopWish
from dataflow_desktop.records.job_store import JobStore
from tests.unit.databases import all_of, connected, described, insert, make_database
from tests.unit.exports import new_job, run_to_end

NARROW = FileOptions(delimited=DelimitedOptions(encoding=Encoding.CP1252))


def previewed(spec: ExportSpec) -> FilePreview:
    with connected(Path(spec.source)) as connection:
        return preview_of(read_first_rows(connection, spec, StopRequest()), spec)


def sorted_by_price(spec: ExportSpec) -> ExportSpec:
    return replace(spec, query=replace(spec.query, order=(SortColumn("price", is_descending=True),)))


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    return make_database(tmp_path / "notes.db", "CREATE TABLE notes (id INTEGER PRIMARY KEY, note TEXT)")


def spec_of(notes: Path, options: FileOptions | None = None) -> ExportSpec:
    return ExportSpec(
        str(notes), all_of(described(notes, "notes")), str(notes) + ".csv", options or FileOptions()
    )


@pytest.mark.parametrize("is_sorted", [False, True])
def test_the_preview_is_what_the_file_begins_with(
    store: JobStore, spec: ExportSpec, target: Path, is_sorted: bool
) -> None:
    spec = sorted_by_price(spec) if is_sorted else spec
    run_to_end(store, new_job(store, spec))
    lines = target.read_text(encoding="utf-8").splitlines()[: 1 + PREVIEW_ROWS]
    assert previewed(spec) == TextPreview(tuple(lines))
    packed = replace(spec, options=FileOptions(compression=Compression.GZIP))
    assert previewed(packed) == TextPreview(tuple(lines))


def test_only_the_header_is_shown_of_no_rows(spec: ExportSpec) -> None:
    nothing = replace(spec.query, conditions=(Condition("id", Operator.LESS, (0,)),), columns=("id", "name"))
    assert previewed(replace(spec, query=nothing)) == TextPreview(("id,name",))


def test_an_empty_table_has_a_header(notes: Path) -> None:
    assert previewed(spec_of(notes)) == TextPreview(("id,note",))
    assert previewed(spec_of(notes, FileOptions(FileFormat.XLSX))) == TablePreview(("id", "note"), ())


def test_rows_once_read_serve_every_way_to_write_them(spec: ExportSpec) -> None:
    with connected(Path(spec.source)) as connection:
        rows = read_first_rows(connection, spec, StopRequest())
    parquet = replace(spec, options=FileOptions(FileFormat.PARQUET, renames=(("price", "Preis"),)))
    assert rows.are_of(parquet)
    assert not rows.are_of(sorted_by_price(spec))
    table = preview_of(rows, parquet)
    assert isinstance(table, TablePreview)
    assert table.names == ("id", "name", "category", "Preis", "quantity", "status", "created_at")
    assert [row[0] for row in table.rows] == ["1", "2", "3", "4", "5"]


def test_null_stays_apart_from_an_empty_text_in_a_table(notes: Path) -> None:
    insert(notes, "notes", [(1, None), (2, "")])
    table = previewed(spec_of(notes, FileOptions(FileFormat.PARQUET)))
    assert table == TablePreview(("id", "note"), (("1", None), ("2", "")))


def test_what_is_long_is_cut_for_the_eye(notes: Path) -> None:
    insert(notes, "notes", [(1, "x" * 10_000), (2, "\n" * 10_000)])
    preview = previewed(spec_of(notes))
    assert isinstance(preview, TextPreview)
    assert len(preview.lines) == MOST_LINES
    assert preview.lines[1] == "1," + "x" * (LONGEST_LINE - 2) + "…"


def test_reading_is_given_up_when_nobody_wants_the_preview_any_more(tmp_path: Path) -> None:
    numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n WHERE i < 0"
    path = make_database(tmp_path / "endless.db", f"CREATE VIEW endless AS {numbers}")
    spec = ExportSpec(str(path), RowQuery("endless", ("i",)), str(tmp_path / "a.csv"))
    stop = StopRequest()
    with connected(path) as connection:
        connection.obey(stop)
        asking = Timer(0.1, stop.ask, (StopWish.CANCEL,))
        asking.start()
        with pytest.raises(Stopped):
            read_first_rows(connection, spec, stop)
        asking.join()


def test_two_columns_of_one_name_are_refused(spec: ExportSpec) -> None:
    with pytest.raises(ConfigurationError) as error:
        previewed(replace(spec, options=FileOptions(renames=(("price", "name"),))))
    assert error.value.reason.code == ReasonCode.NAME_TWICE.name


@pytest.mark.parametrize(
    ("options", "note", "code"),
    [
        (NARROW, "Ω", ReasonCode.LETTER_NOT_IN_ENCODING),
        (FileOptions(FileFormat.XLSX), "x" * 40_000, ReasonCode.CELL_TOO_LONG),
    ],
)
def test_a_value_that_the_file_cannot_hold_is_named(
    notes: Path, options: FileOptions, note: str, code: ReasonCode
) -> None:
    insert(notes, "notes", [(7, note)])
    with pytest.raises(SourceError) as error:
        previewed(spec_of(notes, options))
    assert error.value.reason.code == code.name
    assert error.value.reason.facts["key"] == "7"

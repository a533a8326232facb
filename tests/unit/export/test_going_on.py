"""Only rows added since the last export of a profile: in a new file, or behind those of the old one."""

import gzip
import io
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import zstandard

from dataflow_desktop.domain.consent import Consent
from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.file_options import (
    EXCEL,
    Compression,
    DelimitedOptions,
    Encoding,
    FileFormat,
    FileOptions,
)
from dataflow_desktop.domain.job import Job, JobState, SourceChanged
from dataflow_desktop.domain.progress import Finished, Paused, Progress, Started
from dataflow_desktop.domain.reading import Consistency, InvalidText
from dataflow_desktop.domain.row_query import Condition, Operator, RowQuery, SortColumn
from dataflow_desktop.errors import DataFlowError, DestinationError, ReasonCode, RefusedError, SourceError
from dataflow_desktop.export import lanes
from dataflow_desktop.export.cancellation import cancel_job
from dataflow_desktop.export.creation import create_job
from dataflow_desktop.export.going_on import unfinished_before
from dataflow_desktop.export.preview import preview_of, read_first_rows
from dataflow_desktop.export.recovery import reading_of
from dataflow_desktop.export.verification import record_of
from dataflow_desktop.pacing import Stopped, StopRequest, StopWish
from dataflow_desktop.records.job_store import JobStore
from tests.duckdb_files import make_duckdb
from tests.unit.databases import all_of, connected, described, fetch, insert, make_database
from tests.unit.exports import drop_after, job_store, new_job, part_of, run_to_end, run_until, spec_for

BEFORE = 40


@pytest.fixture(params=["exact", "columnar"])
def lane(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Let all rows take one lane, however few they are."""
    few = -1 if request.param == "columnar" else 10**9
    monkeypatch.setattr(lanes, "FEW_CELLS", few)
    monkeypatch.setattr(lanes, "VERY_FEW_CELLS", few)
    return str(request.param)


def add_products(source: Path, rows: int) -> None:
    """Add `rows` products that differ from those there are."""
    with closing(sqlite3.connect(source)) as connection, connection:
        (highest,) = connection.execute("SELECT max(id) FROM products").fetchone()
        for number in range(highest + 1, highest + rows + 1):
            connection.execute(
                "INSERT INTO products SELECT ?, 'new ' || ?, category, price + ?, quantity, status, "
                "created_at FROM products WHERE id = 1 + ? % 40",
                (number, number, number, number),
            )


def daily(source: Path, target: Path, query: RowQuery | None = None, **more: object) -> ExportSpec:
    """Return the wish for what is new of a profile called daily."""
    return replace(spec_for(source, target, query), profile="daily", is_since_last=True, **more)  # type: ignore[arg-type]


def exported(store: JobStore, spec: ExportSpec) -> Finished:
    """Run a new job for `spec` to its end."""
    finished = run_to_end(store, new_job(store, spec))[-1]
    assert isinstance(finished, Finished)
    return finished


def whole(source: Path, target: Path, query: RowQuery | None = None, **more: object) -> bytes:
    """Return the bytes of an export of all rows, in a record of its own."""
    spec = replace(spec_for(source, target, query), **more)  # type: ignore[arg-type]
    with job_store() as store:
        job = new_job(store, spec)
        run_to_end(store, job)
        store.forget(job.id)
    data = target.read_bytes()
    target.unlink()
    return data


def refusal(store: JobStore, spec: ExportSpec) -> str:
    """Ask for what is refused; nothing of it may be left."""
    folder = Path(spec.target).parent
    before = {path: path.read_bytes() for path in folder.iterdir()}
    jobs = store.jobs()
    with pytest.raises(DataFlowError) as caught:
        new_job(store, spec)
    assert store.jobs() == jobs
    assert {path: path.read_bytes() for path in folder.iterdir()} == before
    return caught.value.reason.code


def lines_of(path: Path) -> list[str]:
    return path.read_text().splitlines()


def ids_of(path: Path) -> list[int]:
    """Return the first cells of a file's rows."""
    return [int(line.split(",")[0]) for line in lines_of(path)[1:]]


@pytest.mark.usefixtures("lane")
def test_each_export_has_the_rows_since_the_one_before(store: JobStore, source: Path, folder: Path) -> None:
    pieces = []
    for day in range(3):
        target = folder / f"{day}.csv"
        finished = exported(store, daily(source, target))
        assert (finished.since is None) == (day == 0)
        assert finished.new_rows == finished.rows == len(ids_of(target))
        pieces += ids_of(target)
        add_products(source, 25)
    assert pieces == list(range(1, BEFORE + 51))


@pytest.mark.parametrize(
    "order",
    [SortColumn("price", is_descending=True), SortColumn("category"), SortColumn("id", is_descending=True)],
    ids=str,
)
@pytest.mark.usefixtures("lane")
def test_in_another_order_too(store: JobStore, source: Path, folder: Path, order: SortColumn) -> None:
    query = replace(all_of(described(source, "products")), order=(order,))
    exported(store, daily(source, folder / "a.csv", query))
    add_products(source, 30)
    exported(store, daily(source, folder / "b.csv", query))
    by = f"{order.column} {'DESC' if order.is_descending else ''}"
    rows = fetch(source, f"SELECT id FROM products WHERE id > 40 ORDER BY {by}, id")
    assert [(found,) for found in ids_of(folder / "b.csv")] == rows


@pytest.mark.usefixtures("lane")
def test_what_a_filter_leaves_goes_on_by_itself(store: JobStore, source: Path, folder: Path) -> None:
    query = replace(
        all_of(described(source, "products")), conditions=(Condition("id", Operator.NOT_IN, (3, 45)),)
    )
    exported(store, daily(source, folder / "all.csv"))
    exported(store, daily(source, folder / "a.csv", query))
    add_products(source, 10)
    job = new_job(store, daily(source, folder / "b.csv", query))
    assert job.plan.total_rows == 9
    run_to_end(store, job)
    assert ids_of(folder / "b.csv") == [41, 42, 43, 44, *range(46, 51)]


def test_another_filter_profile_or_table_has_no_export_to_go_on_from(
    store: JobStore, source: Path, folder: Path
) -> None:
    make_database(source, "CREATE TABLE other (id INTEGER PRIMARY KEY)")
    spec = daily(source, folder / "a.csv")
    exported(store, spec)
    narrow = replace(spec.query, conditions=(Condition("id", Operator.GREATER, (5,)),))
    for name, other in {
        "b.csv": replace(spec, query=narrow),
        "c.csv": replace(spec, profile="weekly"),
        "d.csv": replace(spec, query=RowQuery("other", ("id",))),
    }.items():
        assert new_job(store, replace(other, target=str(folder / name))).spec.last is None


def test_only_a_finished_export_counts(store: JobStore, source: Path, folder: Path) -> None:
    cancel_job(store, new_job(store, daily(source, folder / "a.csv")).id)
    unfinished = new_job(store, daily(source, folder / "b.csv"))
    job = new_job(store, daily(source, folder / "c.csv"))
    assert job.spec.last is None
    assert unfinished_before(store, job) == unfinished


def test_rows_that_are_added_meanwhile_are_the_next_ones(store: JobStore, source: Path, folder: Path) -> None:
    exported(store, daily(source, folder / "a.csv"))
    add_products(source, 5)
    job = new_job(store, daily(source, folder / "b.csv"))
    add_products(source, 5)
    run_to_end(store, job)
    exported(store, daily(source, folder / "c.csv"))
    assert ids_of(folder / "b.csv") == [41, 42, 43, 44, 45]
    assert ids_of(folder / "c.csv") == [46, 47, 48, 49, 50]


def test_removed_from_the_list_an_export_is_gone_on_from_all_the_same(
    store: JobStore, source: Path, folder: Path
) -> None:
    exported(store, daily(source, folder / "a.csv"))
    add_products(source, 5)
    store.remove_ended([job.id for job in store.jobs()])
    assert store.jobs() == []
    exported(store, daily(source, folder / "b.csv"))
    assert ids_of(folder / "b.csv") == [41, 42, 43, 44, 45]
    assert record_of(store, folder / "a.csv") is not None


@pytest.mark.usefixtures("lane")
def test_stopped_and_resumed_it_has_the_same_rows(store: JobStore, source: Path, folder: Path) -> None:
    exported(store, daily(source, folder / "a.csv"))
    add_products(source, 50)
    undisturbed = replace(daily(source, folder / "b.csv"), chunk_rows=None)
    exported(store, undisturbed)
    store.forget(store.jobs()[0].id)
    job = new_job(store, daily(source, folder / "c.csv"))
    run_until(store, job, lambda report: isinstance(report, Progress) and report.rows >= 20)
    assert 20 <= store.job(job.id).durable_rows < 50
    add_products(source, 3)
    run_to_end(store, job)
    assert (folder / "c.csv").read_bytes() == (folder / "b.csv").read_bytes()


def test_in_the_order_of_the_key_reading_begins_there(store: JobStore, source: Path, folder: Path) -> None:
    # As a condition of each read, a database could take it for the place to begin at, again and again.
    exported(store, daily(source, folder / "a.csv"))
    job = new_job(store, daily(source, folder / "b.csv"))
    reading = reading_of(job)
    assert (reading.after, reading.query.beyond, job.spec.query.beyond) == ((40,), None, (40,))


@pytest.mark.usefixtures("lane")
def test_times_in_the_first_place_of_a_key_tell_what_is_new(
    store: JobStore, tmp_path: Path, folder: Path
) -> None:
    source = make_database(
        tmp_path / "t.db",
        "CREATE TABLE t (seen TIMESTAMP, who TEXT, n INT, PRIMARY KEY (seen, who)) WITHOUT ROWID",
    )
    insert(source, "t", [("2026-11-03 12:04", "b", 1), ("2026-11-02 12:04", "z", 2)])
    query = all_of(described(source, "t"))
    exported(store, daily(source, folder / "a.csv", query))
    insert(source, "t", [("2026-11-03 12:04", "c", 3), ("2026-11-04 00:00", "a", 4)])
    exported(store, daily(source, folder / "b.csv", query))
    assert lines_of(folder / "b.csv") == ["seen,who,n", "2026-11-03 12:04,c,3", "2026-11-04 00:00,a,4"]


@pytest.mark.parametrize(
    ("columns", "is_told"),
    [
        ("id INTEGER PRIMARY KEY", True),
        ("id INT NOT NULL UNIQUE", True),
        ("id DECIMAL(10,0) PRIMARY KEY NOT NULL", True),
        ("id DATE PRIMARY KEY NOT NULL", True),
        ("id TIMESTAMP, b TEXT, PRIMARY KEY (id, b)", True),
        ("id", True),  # by SQLite's own number of a row
        ("id TEXT PRIMARY KEY NOT NULL", False),
        ("id REAL PRIMARY KEY NOT NULL", False),
        ("id DECIMAL(10,2) PRIMARY KEY NOT NULL", False),
        ("id INT, b INT, PRIMARY KEY (id, b)", False),
        ("id DATE, b INT, PRIMARY KEY (id, b)", False),
    ],
)  # fmt: skip
def test_only_a_key_that_goes_on_tells_what_is_new(
    store: JobStore, tmp_path: Path, folder: Path, columns: str, is_told: bool
) -> None:
    is_numbered = columns == "id"
    source = make_database(
        tmp_path / "t.db", f"CREATE TABLE t ({columns}) {'' if is_numbered else 'WITHOUT ROWID'}"
        if "INTEGER" not in columns and "UNIQUE" not in columns else f"CREATE TABLE t ({columns})"
    )  # fmt: skip
    spec = daily(source, folder / "a.csv", all_of(described(source, "t")))
    if is_told:
        assert new_job(store, spec).spec.last is None
    else:
        assert refusal(store, spec) == ReasonCode.NEW_ROWS_NOT_TOLD.name


def test_what_has_no_key_cannot_tell_what_is_new(store: JobStore, source: Path, folder: Path) -> None:
    make_database(source, "CREATE VIEW seen AS SELECT name FROM products")
    spec = daily(source, folder / "a.csv", all_of(described(source, "seen")))
    assert refusal(store, spec) == ReasonCode.NEW_ROWS_NOT_TOLD.name


def test_of_numbered_rows_nothing_is_told_after_a_vacuum(
    store: JobStore, tmp_path: Path, folder: Path
) -> None:
    source = make_database(tmp_path / "t.db", "CREATE TABLE t (name TEXT)")
    insert(source, "t", [("a",), ("b",)])
    query = all_of(described(source, "t"))
    exported(store, daily(source, folder / "a.csv", query))
    insert(source, "t", [("c",)])
    exported(store, daily(source, folder / "b.csv", query))
    assert lines_of(folder / "b.csv") == ["name", "c"]
    with closing(sqlite3.connect(source)) as connection:
        connection.execute("VACUUM")
    assert refusal(store, daily(source, folder / "c.csv", query)) == ReasonCode.LAST_KEY_CHANGED.name


def test_another_key_refuses(store: JobStore, source: Path, folder: Path) -> None:
    exported(store, daily(source, folder / "a.csv"))
    make_database(
        source,
        "ALTER TABLE products RENAME TO old",
        "CREATE TABLE products (number INTEGER PRIMARY KEY, name TEXT)",
    )
    spec = daily(source, folder / "b.csv")
    assert refusal(store, spec) == ReasonCode.LAST_KEY_CHANGED.name


def test_another_column_does_not(store: JobStore, source: Path, folder: Path) -> None:
    spec = daily(source, folder / "a.csv")
    exported(store, spec)
    make_database(source, "ALTER TABLE products ADD COLUMN note TEXT")
    add_products_with_note = "INSERT INTO products SELECT 41, name, category, price, 1, status, created_at, 'x' FROM products WHERE id = 1"  # noqa: E501 - one statement
    make_database(source, add_products_with_note)
    exported(store, replace(spec, target=str(folder / "b.csv")))
    assert ids_of(folder / "b.csv") == [41]


def test_a_fresh_copy_of_the_database_goes_on_and_another_one_does_not(
    store: JobStore, source: Path, folder: Path, tmp_path: Path
) -> None:
    exported(store, daily(source, folder / "a.csv"))
    copy = tmp_path / "copy.db"
    shutil.copyfile(source, copy)
    add_products(copy, 2)
    copy.replace(source)
    exported(store, daily(source, folder / "b.csv"))
    assert ids_of(folder / "b.csv") == [41, 42]
    make_database(copy, "CREATE TABLE products (id INTEGER PRIMARY KEY, name TEXT)")
    insert(copy, "products", [(50, "mine")])
    copy.replace(source)
    assert refusal(store, daily(source, folder / "c.csv")) == ReasonCode.LAST_SOURCE_REPLACED.name


def test_of_any_other_database_too(store: JobStore, tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "other.duckdb"
    url = make_duckdb(
        path,
        "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR)",
        "INSERT INTO t SELECT i, 'old' FROM range(1, 41) r(i)",
    )
    for order in ((), (SortColumn("id", is_descending=True),)):
        query = RowQuery("t", ("id", "name"), order=order)
        spec = replace(daily(path, folder / f"a{len(order)}.csv", query), source=url)
        exported(store, spec)
        make_duckdb(path, "INSERT INTO t SELECT max(id) + 1, 'new' FROM t")
        exported(store, replace(spec, target=str(folder / f"b{len(order)}.csv")))
        assert ids_of(folder / f"b{len(order)}.csv") == [41 + len(order)]


def test_after_an_empty_table_all_rows_are_new(store: JobStore, source: Path, folder: Path) -> None:
    make_database(source, "CREATE TABLE kept AS SELECT * FROM products", "DELETE FROM products")
    exported(store, daily(source, folder / "a.csv"))
    make_database(source, "INSERT INTO products SELECT * FROM kept")
    finished = exported(store, daily(source, folder / "b.csv"))
    assert (finished.new_rows, finished.since is None) == (40, False)


@pytest.mark.usefixtures("lane")
def test_nothing_new_is_a_file_with_its_header(store: JobStore, source: Path, folder: Path) -> None:
    exported(store, daily(source, folder / "a.csv"))
    make_database(source, "DELETE FROM products WHERE id > 35")  # nor do fewer rows lead back
    finished = exported(store, daily(source, folder / "b.csv"))
    assert finished.new_rows == 0
    assert lines_of(folder / "b.csv") == ["id,name,category,price,quantity,status,created_at"]


def test_long_values_of_old_rows_are_nobodys_affair(store: JobStore, source: Path, folder: Path) -> None:
    xlsx = FileOptions(FileFormat.XLSX)
    make_database(source, "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT)")
    insert(source, "t", [(1, "x" * 40_000)])
    query = all_of(described(source, "t"))
    exported(store, daily(source, folder / "a.csv", query))
    insert(source, "t", [(2, "short")])
    assert exported(store, daily(source, folder / "b.xlsx", query, options=xlsx)).rows == 1
    insert(source, "t", [(3, "x" * 40_000)])
    with pytest.raises(SourceError):
        new_job(store, daily(source, folder / "c.xlsx", query, options=xlsx))


def test_the_preview_begins_where_the_export_does(store: JobStore, source: Path, folder: Path) -> None:
    exported(store, daily(source, folder / "a.csv"))
    add_products(source, 3)
    for order in ((), (SortColumn("id", is_descending=True),)):
        spec = daily(source, folder / f"b{len(order)}.csv")
        spec = new_job(store, replace(spec, query=replace(spec.query, order=order))).spec
        with connected(source) as connection:
            preview = preview_of(read_first_rows(connection, spec, StopRequest()), spec)
        found = [line.split(",")[0] for line in preview.lines[1:]]  # type: ignore[union-attr]  # text it is
        assert found == (["43", "42", "41"] if order else ["41", "42", "43"])


WAYS = [
    FileOptions(),
    FileOptions(delimited=EXCEL),
    FileOptions(delimited=DelimitedOptions(encoding=Encoding.UTF_16, has_header=False)),
    FileOptions(FileFormat.TSV),
    FileOptions(FileFormat.JSONL),
    FileOptions(compression=Compression.GZIP),
    FileOptions(FileFormat.JSONL, Compression.ZSTD),
]


def unpacked(data: bytes, compression: Compression) -> bytes:
    match compression:
        case Compression.GZIP:
            return gzip.decompress(data)
        case Compression.ZSTD:
            reader = zstandard.ZstdDecompressor().stream_reader(io.BytesIO(data), read_across_frames=True)
            return reader.read()
        case _:
            return data


@pytest.mark.parametrize("options", WAYS, ids=lambda options: f"{options.file_format} {options.compression}")
def test_behind_those_of_the_old_file_they_make_the_whole_one(
    store: JobStore, source: Path, folder: Path, options: FileOptions
) -> None:
    target = folder / "products"
    for new_rows in (BEFORE, 25, 0, 7):
        spec = daily(source, target, options=options, is_overwrite_allowed=True)
        finished = exported(store, spec)
        assert (finished.new_rows, finished.rows) == (new_rows, len(ids(source)))
        proof = record_of(store, target)
        assert proof is not None
        assert (proof.file.rows, proof.file.sha256) == (finished.rows, finished.sha256)
        expected = whole(source, folder / "whole", options=options)
        assert unpacked(target.read_bytes(), options.compression) == unpacked(expected, options.compression)
        if options.compression is Compression.NONE:
            assert target.read_bytes() == expected
        assert sorted(folder.iterdir()) == [target]
        add_products(source, {BEFORE: 25, 25: 0, 0: 7}.get(new_rows, 0))
    assert {job.source_changed for job in store.jobs()} == {SourceChanged.NO}


def ids(source: Path) -> list[tuple[object, ...]]:
    return fetch(source, "SELECT id FROM products")


def appending(
    store: JobStore, source: Path, target: Path, file_format: FileFormat = FileFormat.CSV
) -> ExportSpec:
    """Export 40 rows, add 30, and return the wish to put them behind."""
    spec = daily(source, target, options=FileOptions(file_format), is_overwrite_allowed=True)
    exported(store, spec)
    add_products(source, 30)
    return spec


def test_a_file_goes_on_from_itself_whatever_came_between(
    store: JobStore, source: Path, folder: Path
) -> None:
    spec = appending(store, source, folder / "kept.csv")
    exported(store, daily(source, folder / "once.csv"))
    exported(store, spec)
    assert ids_of(folder / "once.csv") == list(range(41, 71))
    assert ids_of(folder / "kept.csv") == list(range(1, 71))


def test_another_file_that_may_be_replaced_has_the_new_rows_only(
    store: JobStore, source: Path, folder: Path
) -> None:
    spec = appending(store, source, folder / "a.csv")
    (folder / "b.csv").write_text("mine")
    exported(store, replace(spec, target=str(folder / "b.csv")))
    assert ids_of(folder / "b.csv") == list(range(41, 71))


@pytest.mark.parametrize("harm", ["changed", "longer", "shorter", "gone", "a folder"])
def test_an_old_file_that_is_no_longer_what_was_exported_refuses(
    store: JobStore, source: Path, folder: Path, harm: str
) -> None:
    target = folder / "a.csv"
    spec = appending(store, source, target)
    data = target.read_bytes()
    if harm in {"gone", "a folder"}:
        target.unlink()
    else:
        changed = {"changed": data.replace(b"new", b"old").replace(b"1", b"2"), "longer": data + b"\n"}
        target.write_bytes(changed.get(harm, data[:-1]))
    if harm == "a folder":
        target.mkdir()
        with pytest.raises(DataFlowError):
            new_job(store, spec)
        return
    assert refusal(store, spec) == ReasonCode.OLD_VERSION_CHANGED.name


@pytest.mark.parametrize("file_format", [FileFormat.PARQUET, FileFormat.XLSX])
def test_what_is_no_text_takes_no_new_rows(
    store: JobStore, source: Path, folder: Path, file_format: FileFormat
) -> None:
    spec = appending(store, source, folder / "a", file_format)
    assert refusal(store, spec) == ReasonCode.NOTHING_TO_APPEND_TO.name
    assert exported(store, replace(spec, target=str(folder / "b"))).rows == 30


def test_other_columns_or_options_are_not_put_behind(store: JobStore, source: Path, folder: Path) -> None:
    spec = appending(store, source, folder / "a.csv")
    for other in (
        replace(spec, options=FileOptions(delimited=DelimitedOptions(delimiter=";"))),
        replace(spec, options=FileOptions(renames=(("id", "nr"),))),
        replace(spec, query=replace(spec.query, columns=("name", "id"))),
        replace(spec, invalid_text=InvalidText.REPLACE),
    ):
        assert refusal(store, other) == ReasonCode.WRITTEN_OTHERWISE.name


def test_a_full_disk_is_told_before(
    store: JobStore, source: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = appending(store, source, folder / "a.csv")
    usage = shutil.disk_usage(folder)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1_000))
    assert refusal(store, spec) == ReasonCode.DISK_NEARLY_FULL.name


@pytest.mark.usefixtures("lane")
@pytest.mark.parametrize("reports", range(1, 5))
def test_dropped_anywhere_it_resumes_to_the_same_bytes(
    store: JobStore, source: Path, folder: Path, reports: int
) -> None:
    target = folder / "a.csv"
    job = new_job(store, appending(store, source, target))
    expected = whole(source, folder / "whole.csv")
    before = target.read_bytes()
    found = drop_after(store, job, reports)
    assert found[0] == Started(job.id, 70, 40)
    assert target.read_bytes() == before
    assert store.job(job.id).durable_rows >= 40
    add_products(source, 3)
    (started, *_) = run_to_end(store, job)
    assert isinstance(started, Started)
    assert started.resumed_rows >= 40
    assert target.read_bytes() == expected
    assert sorted(folder.iterdir()) == [target]


def test_of_a_snapshot_too_while_no_new_row_is_saved(store: JobStore, source: Path, folder: Path) -> None:
    target = folder / "a.csv"
    spec = replace(appending(store, source, target), consistency=Consistency.SNAPSHOT, throttle_ms=1)
    job = new_job(store, spec)
    drop_after(store, job, 1)
    assert store.job(job.id).durable_rows == 40
    run_to_end(store, job)
    assert ids_of(target) == list(range(1, 71))
    assert store.job(job.id).source_changed is SourceChanged.NO
    exported_again = new_job(store, spec)
    add_products(source, 30)
    run_to_end(store, exported_again)
    late = new_job(store, spec)
    drop_after(store, late, 3)
    with pytest.raises(RefusedError) as caught:
        run_to_end(store, late)
    assert caught.value.reason.code == ReasonCode.SNAPSHOT_LOST.name


def test_begun_again_it_still_has_the_old_rows(store: JobStore, source: Path, folder: Path) -> None:
    target = folder / "a.csv"
    job = new_job(store, appending(store, source, target))
    drop_after(store, job, 3)
    part_of(job).write_bytes(b"harm")
    with pytest.raises(RefusedError):
        run_to_end(store, job)
    add_products(source, 5)
    run_to_end(store, job, Consent.RESTART)
    assert ids_of(target) == list(range(1, 76))


def test_given_up_it_leaves_the_old_file(store: JobStore, source: Path, folder: Path) -> None:
    target = folder / "a.csv"
    job = new_job(store, appending(store, source, target))
    before = target.read_bytes()
    run_until(store, job, lambda report: isinstance(report, Progress), StopWish.CANCEL)
    assert sorted(folder.iterdir()) == [target]
    assert target.read_bytes() == before


def test_stopped_while_the_old_rows_are_copied_it_begins_anew(
    store: JobStore, source: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = folder / "a.csv"
    job = new_job(store, appending(store, source, target))
    expected = whole(source, folder / "whole.csv")
    stop = StopRequest()
    monkeypatch.setattr("dataflow_desktop.destination.file_reading.READ_BYTES", 100)
    monkeypatch.setattr(
        "dataflow_desktop.export.unfinished_file.check_room",
        lambda *_: stop.ask(StopWish.PAUSE) if part_of(job).stat().st_size > 1_000 else None,
    )
    *_, paused = run_paused(store, job, stop)
    assert isinstance(paused, Paused)
    assert paused.durable_rows == 0
    assert 1_000 < part_of(job).stat().st_size < target.stat().st_size
    monkeypatch.undo()
    run_to_end(store, job)
    assert target.read_bytes() == expected


def test_on_a_full_disk_it_waits_and_then_begins_anew(
    store: JobStore, source: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = folder / "a.csv"
    job = new_job(store, appending(store, source, target))
    before = target.read_bytes()
    usage = shutil.disk_usage(folder)
    with monkeypatch.context() as full:
        full.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1_000))
        with pytest.raises(DestinationError):
            run_to_end(store, job)
    assert store.job(job.id).state is JobState.PAUSED
    assert (store.job(job.id).durable_rows, target.read_bytes()) == (0, before)
    run_to_end(store, job)
    assert ids_of(target) == list(range(1, 71))


def run_paused(store: JobStore, job: Job, stop: StopRequest) -> list[object]:
    from dataflow_desktop.export.engine import run_job

    return list(run_job(store, job.id, stop))


def test_stopped_while_the_old_file_is_looked_at_nothing_is_left(
    store: JobStore, source: Path, folder: Path
) -> None:
    spec = appending(store, source, folder / "a.csv")
    stop = StopRequest()
    stop.ask(StopWish.PAUSE)
    with pytest.raises(Stopped):
        create_job(store, spec, stop)
    assert sorted(folder.iterdir()) == [folder / "a.csv"]


def test_an_old_file_that_changes_before_the_run_refuses(store: JobStore, source: Path, folder: Path) -> None:
    target = folder / "a.csv"
    job = new_job(store, appending(store, source, target))
    target.write_bytes(target.read_bytes().replace(b"active", b"sold!!"))
    before = target.read_bytes()
    with pytest.raises(RefusedError) as caught:
        run_to_end(store, job)
    assert caught.value.reason.code == ReasonCode.OLD_VERSION_CHANGED.name
    assert target.read_bytes() == before
    assert store.job(job.id).state is JobState.FAILED
    assert store.job(job.id).durable_rows == 0


def test_numbered_files_take_no_new_rows(store: JobStore, source: Path, folder: Path) -> None:
    spec = daily(source, folder / "all.csv", options=FileOptions(split_rows=30), is_overwrite_allowed=True)
    exported(store, spec)
    add_products(source, 3)
    assert refusal(store, spec) == "NUMBERED_NOT_APPENDED_TO"
    finished = exported(store, replace(spec, target=str(folder / "new.csv")))
    assert (finished.new_rows, finished.names) == (3, ("new-0001.csv",))

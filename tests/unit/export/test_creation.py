"""From a wish to a job; nothing is left of a wish that cannot be granted."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from dataflow_desktop.destination.part_names import sidecar_of
from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.job import JobState
from dataflow_desktop.domain.row_query import Condition, Operator, RowQuery, Search, SortColumn
from dataflow_desktop.errors import DataFlowError, ReasonCode
from dataflow_desktop.export.creation import create_job
from dataflow_desktop.pacing import Stopped, StopRequest, StopWish
from dataflow_desktop.records.job_store import JobStore
from tests.unit.databases import fetch, make_database
from tests.unit.exports import new_job, part_of, run_to_end, spec_for


def turned_down(store: JobStore, spec: ExportSpec) -> str:
    """Ask for what cannot be; return the code and see that nothing is left."""
    folder = Path(spec.target).parent
    before = sorted(folder.iterdir()) if folder.is_dir() else []
    jobs = store.jobs()
    with pytest.raises(DataFlowError) as caught:
        new_job(store, spec)
    assert store.jobs() == jobs
    assert (sorted(folder.iterdir()) if folder.is_dir() else []) == before
    return caught.value.reason.code


def test_a_new_job_is_counted_bounded_and_frozen(store: JobStore, spec: ExportSpec, folder: Path) -> None:
    job = new_job(store, spec)
    assert (job.state, job.plan.total_rows, job.plan.bound, job.durable_rows) == (
        JobState.PENDING,
        40,
        (40,),
        0,
    )
    assert job.spec == spec
    assert store.jobs() == [job]
    assert sorted(folder.iterdir()) == [part_of(job), sidecar_of(part_of(job))]
    assert part_of(job).stat().st_size == 0


def test_only_matching_rows_are_counted(store: JobStore, source: Path, target: Path) -> None:
    query = RowQuery("products", ("id",), (Condition("id", Operator.LESS_OR_EQUAL, (7,)),))
    job = new_job(store, spec_for(source, target, query))
    assert (job.plan.total_rows, job.plan.bound) == (7, (40,))


def test_an_empty_table_has_no_bound(store: JobStore, source: Path, target: Path) -> None:
    make_database(source, "DELETE FROM products")
    job = new_job(store, spec_for(source, target))
    assert (job.plan.total_rows, job.plan.bound) == (0, None)


def test_the_target_is_kept_by_its_one_name(
    store: JobStore, spec: ExportSpec, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    (folder / "link").symlink_to(".")
    job = new_job(store, replace(spec, target="link/products.csv"))
    assert job.spec.target == str(folder / "products.csv")
    assert turned_down(store, spec) == ReasonCode.TARGET_TAKEN.name


@pytest.mark.parametrize(
    ("query", "code"),
    [
        (RowQuery("nothing", ("id",)), ReasonCode.TABLE_UNKNOWN),
        (RowQuery("products", ("id", "nothing")), ReasonCode.COLUMN_UNKNOWN),
        (
            RowQuery("products", ("id",), (Condition("nothing", Operator.IS_NULL),)),
            ReasonCode.COLUMN_UNKNOWN,
        ),
        (RowQuery("products", ("id",), search=Search("x", "nothing")), ReasonCode.COLUMN_UNKNOWN),
        (RowQuery("products", ("id",), search=Search("x" * 3000)), ReasonCode.SEARCH_TOO_LONG),
        (RowQuery("products", ("id",), order=(SortColumn("nothing"),)), ReasonCode.COLUMN_UNKNOWN),
        (RowQuery("products", ("id",), order=(SortColumn("id"), SortColumn("id"))), ReasonCode.COLUMN_TWICE),
    ],
)
def test_a_query_that_does_not_fit_is_turned_down(
    store: JobStore, source: Path, target: Path, query: RowQuery, code: ReasonCode
) -> None:
    assert turned_down(store, spec_for(source, target, query)) == code.name


def test_an_export_without_columns_is_turned_down(store: JobStore, source: Path, target: Path) -> None:
    turned_down(store, spec_for(source, target, RowQuery("products", ())))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("none/a.csv", ReasonCode.FOLDER_MISSING),
        ("taken.csv", ReasonCode.TARGET_EXISTS),
        ("folder.csv", ReasonCode.TARGET_NOT_A_FILE),
        ("x" * 300, None),
        ("a\0b.csv", None),
    ],
)
def test_a_target_that_cannot_be_is_turned_down(
    store: JobStore, source: Path, folder: Path, name: str, code: ReasonCode | None
) -> None:
    (folder / "taken.csv").write_text("mine")
    (folder / "folder.csv").mkdir()
    found = turned_down(store, spec_for(source, folder / name))
    assert code is None or found == code.name
    assert (folder / "taken.csv").read_text() == "mine"


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder that even root cannot write to")
def test_a_folder_that_cannot_be_written_to_is_turned_down(store: JobStore, spec: ExportSpec) -> None:
    with pytest.raises(DataFlowError) as caught:
        new_job(store, replace(spec, target="/proc/products.csv"))
    assert caught.value.reason.code == ReasonCode.FOLDER_NOT_WRITABLE.name
    assert store.jobs() == []


def test_a_source_that_is_missing_is_turned_down(store: JobStore, spec: ExportSpec, tmp_path: Path) -> None:
    spec = replace(spec, source=str(tmp_path / "none.db"))
    assert turned_down(store, spec) == ReasonCode.SOURCE_MISSING.name


@pytest.mark.parametrize("is_through_a_link", [False, True])
def test_the_source_is_never_the_target_even_when_overwriting_is_allowed(
    store: JobStore, spec: ExportSpec, source: Path, is_through_a_link: bool
) -> None:
    (source.parent / "link").symlink_to(".")
    target = source.parent / "link" / source.name if is_through_a_link else source
    before = source.read_bytes()
    wish = replace(spec, target=str(target), is_overwrite_allowed=True)
    with suppress(DataFlowError):
        run_to_end(store, new_job(store, wish))
    assert source.read_bytes() == before
    assert store.jobs() == []


def test_a_stop_while_the_rows_are_counted_leaves_nothing(
    store: JobStore, source: Path, target: Path, folder: Path
) -> None:
    numbers = "WITH RECURSIVE n (i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 60000)"
    make_database(source, f"INSERT INTO products {numbers} SELECT i, 'n', '', 1, 1, '', '' FROM n")
    stop = StopRequest()
    stop.ask(StopWish.PAUSE)
    with pytest.raises(Stopped):
        # More rows than SQLite passes between two looks at the wish.
        create_job(store, spec_for(source, target), stop)
    assert store.jobs() == []
    assert list(folder.iterdir()) == []


def test_hostile_names_are_only_names(store: JobStore, tmp_path: Path, folder: Path) -> None:
    name = 'a"; DROP TABLE x;--:y %s 😀'
    quoted = '"' + name.replace('"', '""') + '"'
    source = make_database(
        tmp_path / "hostile ?#%41.db",
        "CREATE TABLE x (id INTEGER PRIMARY KEY)",
        f'CREATE TABLE {quoted} ({quoted} INTEGER PRIMARY KEY, {quoted[:-1]}2" TEXT)',
        f"INSERT INTO {quoted} VALUES (1, 'a'), (2, 'b')",
    )
    target = folder / f"{name}.csv"
    query = RowQuery(name, (f"{name}2",), (Condition(name, Operator.GREATER, (1,)),))
    run_to_end(store, new_job(store, spec_for(source, target, query)))
    assert target.read_text(encoding="utf-8").splitlines()[-1] == "b"
    assert fetch(source, "SELECT count(*) FROM x") == [(0,)]

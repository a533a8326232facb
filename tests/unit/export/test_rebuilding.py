"""The job store is lost: an unfinished file and its sidecar are enough to go on."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from dataflow_desktop import locations
from dataflow_desktop.destination.part_names import sidecar_path_for
from dataflow_desktop.destination.sidecar import Sidecar, read_sidecar
from dataflow_desktop.domain.consent import Consent
from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.job import Job, JobState
from dataflow_desktop.domain.progress import Finished, Started
from dataflow_desktop.domain.reading import Consistency
from dataflow_desktop.domain.row_query import Condition, Operator, RowQuery, SortColumn
from dataflow_desktop.errors import ReasonCode, RefusedError
from dataflow_desktop.export.rebuilding import rebuild_job
from dataflow_desktop.export.relocation import locate_part, recover_job
from dataflow_desktop.pacing import StopRequest
from dataflow_desktop.records.job_store import JobStore
from tests.unit.databases import make_database
from tests.unit.exports import drop_after, job_store, new_job, part_of, run_to_end, spec_for


def sidecar_of_job(job: Job) -> Path:
    return sidecar_path_for(Path(job.spec.target), job.id)


@pytest.fixture
def lost(store: JobStore, spec: ExportSpec) -> Job:
    """A job with 30 of 40 rows saved, whose process and whose record are gone."""
    job = new_job(store, spec)
    drop_after(store, job, 4)
    job = store.job(job.id)
    lose(store)
    return job


def lose(store: JobStore) -> None:
    store.close()
    for path in locations.data_folder().glob("jobs.db*"):
        path.unlink()


@pytest.fixture
def fresh(lost: Job) -> Iterator[JobStore]:
    """The store that is begun when the first one is lost."""
    with job_store() as store:
        assert store.jobs() == []
        yield store


def finish(store: JobStore, job: Job, content: bytes, *consents: Consent) -> int:
    """Run a job to its end, see that its target has `content`, and return the rows it began with."""
    started, *_, finished = run_to_end(store, job, *consents)
    assert isinstance(started, Started)
    assert isinstance(finished, Finished)
    target = Path(job.spec.target)
    assert target.read_bytes() == content
    assert list(target.parent.iterdir()) == [target]
    return started.resumed_rows


@pytest.mark.parametrize("name_of", [part_of, sidecar_of_job])
def test_a_job_is_found_again_by_its_part_file_or_its_sidecar_and_resumes(
    undisturbed: bytes, lost: Job, fresh: JobStore, name_of: Callable[[Job], Path]
) -> None:
    job = rebuild_job(fresh, name_of(lost))
    assert (job.id, job.spec, job.plan, job.created_at) == (lost.id, lost.spec, lost.plan, lost.created_at)
    assert (job.state, job.checkpoint) == (JobState.PAUSED, lost.checkpoint)
    assert job.reason is not None
    assert job.reason.code == ReasonCode.RECORD_REBUILT.name
    assert job.can_resume_by_itself
    assert fresh.jobs() == [job]
    assert finish(fresh, job, undisturbed) == 30


def test_a_relative_name_is_enough(
    undisturbed: bytes, lost: Job, fresh: JobStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    job = rebuild_job(fresh, Path(part_of(lost).name))
    assert job.spec == lost.spec
    assert finish(fresh, job, undisturbed) == 30


def test_a_job_that_the_store_knows_stays_as_it_is(store: JobStore, spec: ExportSpec) -> None:
    job = new_job(store, spec)
    drop_after(store, job, 2)
    before = store.jobs()
    assert rebuild_job(store, part_of(job)) == before[0]
    assert store.jobs() == before


@pytest.mark.parametrize("reports", range(6))
def test_whenever_the_process_ended_the_bytes_are_the_same(
    store: JobStore, spec: ExportSpec, undisturbed: bytes, reports: int
) -> None:
    job = new_job(store, spec)
    drop_after(store, job, reports)
    lose(store)
    with job_store() as fresh:
        rebuilt = rebuild_job(fresh, part_of(job))
        assert finish(fresh, rebuilt, undisturbed) == max(0, reports - 1) * 10


@pytest.mark.parametrize(
    "change",
    [
        lambda spec: replace(
            spec,
            query=RowQuery(
                "products",
                ("name", "id"),
                (Condition("id", Operator.GREATER_OR_EQUAL, (3,)),),
                order=(SortColumn("name", is_descending=True),),
            ),
        ),
        lambda spec: replace(spec, chunk_rows=None),
        lambda spec: replace(spec, target=str(Path(spec.target).with_name("ü 😀 " + "x" * 240))),
    ],
)
def test_whatever_was_asked_for_is_asked_for_again(
    store: JobStore, spec: ExportSpec, change: Callable[[ExportSpec], ExportSpec]
) -> None:
    job = new_job(store, change(spec))
    drop_after(store, job, 1)
    lose(store)
    with job_store() as fresh:
        rebuilt = rebuild_job(fresh, part_of(job))
        assert (rebuilt.spec, rebuilt.plan) == (job.spec, job.plan)


def test_lost_in_the_way_of_publishing_it_is_published(
    store: JobStore, spec: ExportSpec, target: Path, undisturbed: bytes
) -> None:
    job = new_job(store, spec)
    target.write_text("in the way")
    with pytest.raises(RefusedError):
        run_to_end(store, job)
    target.unlink()
    lose(store)
    with job_store() as fresh:
        assert finish(fresh, rebuild_job(fresh, part_of(job)), undisturbed) == 40


def test_moved_with_its_folder_the_target_stands_where_the_part_file_is(
    undisturbed: bytes, lost: Job, fresh: JobStore, folder: Path
) -> None:
    moved = folder.rename(folder.with_name("moved"))
    job = rebuild_job(fresh, moved / part_of(lost).name)
    assert job.spec.target == str(moved / "products.csv")
    assert finish(fresh, job, undisturbed) == 30
    assert not folder.exists()


def test_both_moved_to_another_folder_it_goes_on_there(
    undisturbed: bytes, lost: Job, fresh: JobStore, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for path in (part_of(lost), sidecar_of_job(lost)):
        shutil.move(path, elsewhere)
    job = rebuild_job(fresh, elsewhere / part_of(lost).name)
    assert finish(fresh, job, undisturbed) == 30


def test_rebuilt_elsewhere_it_replaces_nothing_there_though_it_was_allowed_to(
    store: JobStore, spec: ExportSpec, tmp_path: Path
) -> None:
    job = new_job(store, replace(spec, is_overwrite_allowed=True))
    drop_after(store, job, 4)
    lose(store)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for path in (part_of(job), sidecar_of_job(job)):
        shutil.move(path, elsewhere)
    (elsewhere / "products.csv").write_text("mine")
    with job_store() as fresh:
        rebuilt = rebuild_job(fresh, elsewhere / part_of(job).name)
        with pytest.raises(RefusedError) as caught:
            run_to_end(fresh, rebuilt)
    assert caught.value.reason.code == ReasonCode.TARGET_APPEARED.name
    assert (elsewhere / "products.csv").read_text() == "mine"


def test_a_renamed_part_file_is_found_by_the_sidecar_and_then_located(
    undisturbed: bytes, lost: Job, fresh: JobStore, folder: Path
) -> None:
    renamed = part_of(lost).rename(folder / "rows so far")
    with pytest.raises(RefusedError):
        rebuild_job(fresh, renamed)
    job = rebuild_job(fresh, sidecar_of_job(lost))
    locate_part(fresh, job.id, renamed, StopRequest())
    renamed.unlink()  # of a file with a name of its own, the rows were copied
    assert finish(fresh, job, undisturbed) == 30


def test_it_can_be_cut_back_for_the_sidecar_tells_older_checkpoints_too(
    undisturbed: bytes, lost: Job, fresh: JobStore
) -> None:
    part = part_of(lost)
    part.write_bytes(b"".join(part.read_bytes().splitlines(keepends=True)[:25]))
    job = rebuild_job(fresh, part)
    with pytest.raises(RefusedError) as caught:
        run_to_end(fresh, job)
    assert caught.value.reason.code == ReasonCode.PART_DAMAGED.name
    assert finish(fresh, job, undisturbed, Consent.CUT_BACK) == 20


@pytest.mark.parametrize("lost_lines", [1, 2, 3])
def test_lines_lost_to_a_power_cut_cost_rows_and_no_byte(
    undisturbed: bytes, lost: Job, fresh: JobStore, lost_lines: int
) -> None:
    sidecar = sidecar_of_job(lost)
    lines = sidecar.read_bytes().splitlines(keepends=True)
    torn = lines[-lost_lines][:-3]
    sidecar.write_bytes(b"".join(lines[:-lost_lines]) + torn)
    job = rebuild_job(fresh, part_of(lost))
    assert finish(fresh, job, undisturbed) == 30 - 10 * lost_lines


def test_a_source_that_was_replaced_is_noticed_without_the_record_too(
    lost: Job, fresh: JobStore, source: Path
) -> None:
    Path(shutil.copy(source, source.with_name("copy.db"))).replace(source)
    with pytest.raises(RefusedError) as caught:
        run_to_end(fresh, rebuild_job(fresh, part_of(lost)))
    assert caught.value.reason.code == ReasonCode.SOURCE_REPLACED.name


def test_a_consent_to_another_source_is_in_the_sidecar(
    store: JobStore, spec: ExportSpec, source: Path, undisturbed: bytes
) -> None:
    job = new_job(store, spec)
    drop_after(store, job, 2)
    Path(shutil.copy(source, source.with_name("copy.db"))).replace(source)
    drop_after(store, job, 2, Consent.SOURCE)
    lose(store)
    with job_store() as fresh:
        assert finish(fresh, rebuild_job(fresh, part_of(job)), undisturbed) == 20


def test_a_lost_snapshot_is_still_one(store: JobStore, spec: ExportSpec) -> None:
    job = new_job(store, replace(spec, consistency=Consistency.SNAPSHOT))
    drop_after(store, job, 2)
    lose(store)
    with job_store() as fresh:
        rebuilt = rebuild_job(fresh, part_of(job))
        with pytest.raises(RefusedError) as caught:
            run_to_end(fresh, rebuilt)
    assert caught.value.reason.code == ReasonCode.SNAPSHOT_LOST.name


def test_many_checkpoints_are_thinned_when_they_are_kept_again(
    store: JobStore, source: Path, target: Path, undisturbed: bytes
) -> None:
    job = new_job(store, spec_for(source, target, chunk_rows=1))
    drop_after(store, job, 36)
    kept = store.take(job.id).checkpoints()
    assert len(read_sidecar(part_of(job))) == 1 + 35
    lose(store)
    with job_store() as fresh:
        rebuilt = rebuild_job(fresh, part_of(job))
        assert fresh.take(rebuilt.id).checkpoints() == kept
        assert finish(fresh, rebuilt, undisturbed) == 35


def test_begun_again_the_sidecar_tells_of_the_new_beginning_only(
    store: JobStore, spec: ExportSpec, source: Path
) -> None:
    job = new_job(store, spec)
    drop_after(store, job, 4)
    make_database(source, "UPDATE products SET name = 'changed since'")
    drop_after(store, job, 2, Consent.RESTART)
    assert len(read_sidecar(part_of(job))) == 1 + 1
    lose(store)
    with job_store() as fresh:
        rebuilt = rebuild_job(fresh, part_of(job))
        run_to_end(fresh, rebuilt)
    assert Path(spec.target).read_text().count("changed since") == 40


@pytest.mark.parametrize("lines", [["no job"], ["{}"], ['{"id": "0123456789ab"}']])
def test_a_sidecar_that_tells_no_job_makes_the_part_file_unknown(
    lost: Job, fresh: JobStore, lines: list[str]
) -> None:
    content = part_of(lost).read_bytes()
    Sidecar.begin(sidecar_of_job(lost), lines).close()
    with pytest.raises(RefusedError) as caught:
        rebuild_job(fresh, part_of(lost))
    assert caught.value.reason.code == ReasonCode.PART_UNKNOWN.name
    assert fresh.jobs() == []
    assert part_of(lost).read_bytes() == content


def test_a_target_that_another_job_is_to_become_by_now_is_refused(
    lost: Job, fresh: JobStore, spec: ExportSpec
) -> None:
    other = new_job(fresh, spec)
    with pytest.raises(RefusedError) as caught:
        rebuild_job(fresh, part_of(lost))
    assert caught.value.reason.code == ReasonCode.TARGET_TAKEN.name
    assert [job.id for job in fresh.jobs()] == [other.id]


def test_ended_a_job_leaves_nothing_to_find_it_by(store: JobStore, spec: ExportSpec, folder: Path) -> None:
    job = new_job(store, spec)
    assert sidecar_of_job(job).exists()
    run_to_end(store, job)
    assert [path.name for path in folder.iterdir()] == ["products.csv"]
    with pytest.raises(RefusedError) as caught:
        rebuild_job(store, part_of(job))
    assert caught.value.reason.code == ReasonCode.PART_UNKNOWN.name


def test_a_damaged_store_and_an_unfinished_file_are_enough(
    store: JobStore, spec: ExportSpec, undisturbed: bytes
) -> None:
    job = new_job(store, spec)
    drop_after(store, job, 3)
    store.close()
    for path in locations.data_folder().glob("jobs.db-*"):
        path.unlink()
    locations.job_store_path().write_bytes(b"garbage" * 1000)
    with closing(JobStore(locations.job_store_path())) as fresh:
        assert fresh.moved_aside is not None
        assert finish(fresh, rebuild_job(fresh, part_of(job)), undisturbed) == 20


def test_the_leftover_of_an_export_that_was_removed_from_the_list_is_known_as_done(
    store: JobStore, spec: ExportSpec
) -> None:
    job = new_job(store, replace(spec, profile="daily"))
    drop_after(store, job, 4)
    part, beside = part_of(job), sidecar_of_job(job)
    kept = {path: path.read_bytes() for path in (part, beside)}
    run_to_end(store, job)
    store.remove_ended([job.id])
    for path, content in kept.items():
        path.write_bytes(content)
    assert rebuild_job(store, part) == recover_job(store, part) == store.job(job.id)
    assert store.job(job.id).state is JobState.DONE
    assert store.jobs() == []

"""An export split into numbered files: each with a header, all of the rows, whatever stops it on the way."""

import hashlib
import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from dataflow_desktop import locations
from dataflow_desktop.destination import part_files
from dataflow_desktop.destination.part_file import PartFile
from dataflow_desktop.destination.part_names import part_path_for, sidecar_path_for
from dataflow_desktop.domain.consent import Consent
from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.file_options import FileFormat, FileOptions
from dataflow_desktop.domain.job import Job, JobState
from dataflow_desktop.domain.progress import Finished, Progress, Report, Started
from dataflow_desktop.domain.verification import Verdict
from dataflow_desktop.errors import (
    ConfigurationError,
    DataFlowError,
    DestinationError,
    ReasonCode,
    RefusedError,
)
from dataflow_desktop.export import unfinished_file
from dataflow_desktop.export.cancellation import cancel_job
from dataflow_desktop.export.rebuilding import rebuild_job
from dataflow_desktop.export.relocation import locate_part, move_export
from dataflow_desktop.export.verification import (
    compare,
    numbered_proofs,
    proof_for,
    proofs_in,
    verdicts_on_export,
)
from dataflow_desktop.pacing import StopRequest, StopWish
from dataflow_desktop.records.job_store import JobStore
from tests.unit.databases import make_database
from tests.unit.exports import drop_after, job_store, new_job, run_to_end, run_until, spec_for

FILE_ROWS = 7
FILES = 6
"""Of 40 rows: five full ones, and one of five rows."""


@pytest.fixture
def spec(source: Path, target: Path) -> ExportSpec:
    """The wish for all 40 products in files of seven, with a checkpoint after each."""
    return replace(spec_for(source, target), options=FileOptions(split_rows=FILE_ROWS))


@pytest.fixture
def stopped(store: JobStore, spec: ExportSpec) -> Job:
    """A job that has saved 21 rows in three files, and whose process is gone."""
    job = new_job(store, spec)
    drop_after(store, job, 4)
    job = store.job(job.id)
    assert (job.durable_rows, job.checkpoint.file_number if job.checkpoint else 0) == (21, 3)
    return job


def folder_of(job: Job) -> Path:
    return part_path_for(Path(job.spec.target), job.id)


def expected_files(undisturbed: bytes, rows: int = FILE_ROWS) -> dict[str, bytes]:
    """Return what the rows of a whole file are when they are split."""
    header, *lines = undisturbed.splitlines(keepends=True)
    pieces = [lines[first : first + rows] for first in range(0, len(lines), rows)]
    return {f"products-{number:04}.csv": b"".join([header, *piece]) for number, piece in enumerate(pieces, 1)}


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def finish(store: JobStore, job: Job, undisturbed: bytes, *consents: Consent) -> Started:
    """Run a job to its end, see that its files and nothing else stand there, and return how it started."""
    started, *_, finished = run_to_end(store, job, *consents)
    assert isinstance(started, Started)
    assert isinstance(finished, Finished)
    assert files_in(Path(job.spec.target).parent) == expected_files(undisturbed)
    assert store.job(job.id).state is JobState.DONE
    return started


def refused(store: JobStore, job: Job, code: ReasonCode, *consents: Consent) -> None:
    before = {path: path.read_bytes() for path in folder_of(job).iterdir()}
    with pytest.raises(RefusedError) as caught:
        run_to_end(store, job, *consents)
    assert caught.value.reason.code == code.name
    assert {path: path.read_bytes() for path in folder_of(job).iterdir()} == before


def test_each_file_has_a_header_and_its_rows(store: JobStore, spec: ExportSpec, undisturbed: bytes) -> None:
    finished = run_to_end(store, new_job(store, spec))[-1]
    assert isinstance(finished, Finished)
    files = files_in(Path(spec.target).parent)
    assert files == expected_files(undisturbed)
    assert (finished.rows, finished.names, finished.file) == (40, tuple(files), spec.target)
    assert finished.bytes == sum(map(len, files.values()))
    listed = "".join(f"{hashlib.sha256(data).hexdigest()}\n" for data in files.values())
    assert finished.sha256 == hashlib.sha256(listed.encode()).hexdigest()


@pytest.mark.parametrize("rows", [1, 39, 40, 41])
def test_a_last_file_is_full_or_not_but_never_empty(
    store: JobStore, spec: ExportSpec, undisturbed: bytes, rows: int
) -> None:
    run_to_end(store, new_job(store, replace(spec, options=FileOptions(split_rows=rows))))
    assert files_in(Path(spec.target).parent) == expected_files(undisturbed, rows)


def test_of_no_rows_there_is_one_file_with_a_header(
    store: JobStore, source: Path, target: Path, undisturbed: bytes
) -> None:
    make_database(source, "DELETE FROM products")
    spec = replace(spec_for(source, target), options=FileOptions(split_rows=FILE_ROWS))
    run_to_end(store, new_job(store, spec))
    assert files_in(target.parent) == {"products-0001.csv": undisturbed.splitlines(keepends=True)[0]}


@pytest.mark.parametrize("size", [1, 100, 700, 1_500, 100_000])
def test_no_file_has_more_bytes_than_it_may_but_for_a_row_that_is_longer(
    store: JobStore, spec: ExportSpec, undisturbed: bytes, size: int
) -> None:
    finished = run_to_end(store, new_job(store, replace(spec, options=FileOptions(split_bytes=size))))[-1]
    assert isinstance(finished, Finished)
    files = list(files_in(Path(spec.target).parent).values())
    header = undisturbed.splitlines(keepends=True)[0]
    assert all(len(file) <= size or len(file.splitlines()) == 2 for file in files)
    assert header + b"".join(file.removeprefix(header) for file in files) == undisturbed
    bare_bytes = len(undisturbed) - len(header)
    assert len(files) <= max(2 * bare_bytes // max(size - len(header), 1), 1) + 1 or len(files) == 40


@pytest.mark.parametrize("reports", range(1, 8))
def test_let_go_of_anywhere_it_ends_in_the_same_files(
    store: JobStore, spec: ExportSpec, undisturbed: bytes, reports: int
) -> None:
    job = new_job(store, spec)
    drop_after(store, job, reports)
    assert not any(path.name.startswith("products") for path in Path(spec.target).parent.iterdir())
    assert finish(store, job, undisturbed).resumed_rows == min(FILE_ROWS * (reports - 1), 40)


def test_paused_in_the_middle_it_goes_on(store: JobStore, spec: ExportSpec, undisturbed: bytes) -> None:
    job = new_job(store, spec)
    run_until(store, job, lambda report: isinstance(report, Progress) and report.rows >= 14)
    assert store.job(job.id).state is JobState.PAUSED
    assert finish(store, job, undisturbed).resumed_rows == 14


def test_what_was_written_beyond_the_checkpoint_is_cut_off(
    store: JobStore, stopped: Job, undisturbed: bytes
) -> None:
    folder = folder_of(stopped)
    (folder / "0004").write_bytes(b"never promised")
    (folder / "0017").write_bytes(b"neither")
    with (folder / "0003").open("ab") as file:
        file.write(b"half a ro")
    with (folder / "0001").open("ab") as file:
        file.write(b"grown")
    finish(store, stopped, undisturbed)


@pytest.mark.parametrize(("name", "kept_rows"), [("0003", 14), ("0002", 7)])
def test_a_damaged_file_is_refused_and_cut_back_before(
    store: JobStore, stopped: Job, undisturbed: bytes, name: str, kept_rows: int
) -> None:
    path = folder_of(stopped) / name
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    refused(store, stopped, ReasonCode.PART_DAMAGED)
    assert finish(store, stopped, undisturbed, Consent.CUT_BACK).resumed_rows == kept_rows


def test_with_the_first_file_gone_it_begins_again(store: JobStore, stopped: Job, undisturbed: bytes) -> None:
    (folder_of(stopped) / "0001").unlink()
    refused(store, stopped, ReasonCode.PART_MISSING)
    assert finish(store, stopped, undisturbed, Consent.RESTART).resumed_rows == 0


def test_a_link_in_the_place_of_the_folder_is_refused(store: JobStore, stopped: Job, tmp_path: Path) -> None:
    folder = folder_of(stopped)
    elsewhere = folder.rename(tmp_path / "elsewhere")
    folder.symlink_to(elsewhere)
    refused(store, stopped, ReasonCode.PART_NOT_A_FILE)


def test_while_one_writes_nobody_else_does(store: JobStore, stopped: Job) -> None:
    place = part_files.part_place_of(stopped)
    with closing(part_files.PartFiles.reopen(place)), pytest.raises(RefusedError) as caught:
        run_to_end(store, stopped)
    assert caught.value.reason.code == ReasonCode.PART_IN_USE.name


@pytest.mark.parametrize("published", range(FILES + 1))
def test_killed_while_files_get_their_names_the_others_get_theirs(
    store: JobStore, spec: ExportSpec, undisturbed: bytes, monkeypatch: pytest.MonkeyPatch, published: int
) -> None:
    job = new_job(store, spec)
    publish = part_files.PartFiles.publish

    def killed(parts: part_files.PartFiles, number: int, path: Path, *, is_overwrite_allowed: bool) -> None:
        if number > published:
            raise KeyboardInterrupt
        publish(parts, number, path, is_overwrite_allowed=is_overwrite_allowed)
        if number == published == FILES:
            raise KeyboardInterrupt

    monkeypatch.setattr(part_files.PartFiles, "publish", killed)
    with pytest.raises(KeyboardInterrupt):
        run_to_end(store, job)
    monkeypatch.undo()
    assert store.job(job.id).state is JobState.FINALIZING
    assert len(list(Path(spec.target).parent.glob("products-*"))) == published
    finish(store, job, undisturbed, *([Consent.RESTART] if published else []))


def killed_while_publishing(
    store: JobStore, job: Job, monkeypatch: pytest.MonkeyPatch, published: int
) -> None:
    """Run a job until so many of its files have their names, and let go of it as a crash would."""
    publish = part_files.PartFiles.publish

    def killed(parts: part_files.PartFiles, number: int, path: Path, *, is_overwrite_allowed: bool) -> None:
        if number > published:
            raise KeyboardInterrupt
        publish(parts, number, path, is_overwrite_allowed=is_overwrite_allowed)

    monkeypatch.setattr(part_files.PartFiles, "publish", killed)
    with pytest.raises(KeyboardInterrupt):
        run_to_end(store, job)
    monkeypatch.undo()


def test_with_some_names_given_it_can_only_go_on(
    store: JobStore, spec: ExportSpec, undisturbed: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = new_job(store, spec)
    killed_while_publishing(store, job, monkeypatch, 3)
    before = files_in(folder_of(job))
    for step in (
        lambda: cancel_job(store, job.id),
        lambda: move_export(store, job.id, Path(spec.target).with_name("other.csv"), StopRequest()),
    ):
        with pytest.raises(RefusedError) as caught:
            step()
        assert caught.value.reason.code == ReasonCode.FILES_HAVE_NAMES.name
    assert files_in(folder_of(job)) == before
    finish(store, job, undisturbed)


@pytest.mark.parametrize("published", [0, 3, 6])
def test_killed_while_publishing_and_the_job_store_lost_the_rest_gets_its_names(
    store: JobStore, spec: ExportSpec, undisturbed: bytes, monkeypatch: pytest.MonkeyPatch, published: int
) -> None:
    job = new_job(store, spec)
    if published < FILES:
        killed_while_publishing(store, job, monkeypatch, published)
    else:
        monkeypatch.setattr("dataflow_desktop.export.engine.publish_manifest", interrupt)
        with pytest.raises(KeyboardInterrupt):
            run_to_end(store, job)
        monkeypatch.undo()
    store.close()
    for path in locations.data_folder().glob("jobs.db*"):
        path.unlink()
    with job_store() as fresh:
        rebuilt = rebuild_job(fresh, sidecar_path_for(Path(spec.target), job.id))
        assert rebuilt.durable_rows == 40
        finish(fresh, rebuilt, undisturbed)


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_choice_counts_although_a_file_before_has_the_same_bytes(
    store: JobStore, spec: ExportSpec, undisturbed: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_to_end(store, new_job(store, spec))
    job = new_job(store, replace(spec, is_overwrite_allowed=True))
    killed_while_publishing(store, job, monkeypatch, 0)
    part = folder_of(job) / "0006"
    part.write_bytes(part.read_bytes()[:-1] + b"?")
    refused(store, job, ReasonCode.PART_DAMAGED)
    finish(store, job, undisturbed, Consent.CUT_BACK)


def test_where_no_file_can_be_made_no_folder_is_left(
    store: JobStore, spec: ExportSpec, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: Path) -> None:
        raise DestinationError(ReasonCode.FOLDER_NOT_WRITABLE, folder=path.parent, reason="no inodes")

    monkeypatch.setattr(PartFile, "create", fail)
    with pytest.raises(DestinationError):
        new_job(store, spec)
    assert (files_in(Path(spec.target).parent), store.jobs()) == ({}, [])


def test_a_whole_file_that_is_gone_before_it_had_its_name_is_refused(
    store: JobStore, spec: ExportSpec, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = new_job(store, spec)
    publish = part_files.PartFiles.publish

    def killed(parts: part_files.PartFiles, number: int, path: Path, *, is_overwrite_allowed: bool) -> None:
        if number == 3:
            raise KeyboardInterrupt
        publish(parts, number, path, is_overwrite_allowed=is_overwrite_allowed)

    monkeypatch.setattr(part_files.PartFiles, "publish", killed)
    with pytest.raises(KeyboardInterrupt):
        run_to_end(store, job)
    monkeypatch.undo()
    (folder_of(job) / "0005").write_bytes(b"another")
    refused(store, job, ReasonCode.PART_TOO_SHORT)
    assert store.job(job.id).state is JobState.FAILED


def test_a_name_that_somebody_took_meanwhile_keeps_all_from_theirs(
    store: JobStore, spec: ExportSpec, undisturbed: bytes
) -> None:
    job = new_job(store, spec)
    foreign = Path(spec.target).with_name("products-0004.csv")
    foreign.write_bytes(b"somebody's")
    with pytest.raises(RefusedError) as caught:
        run_to_end(store, job)
    assert caught.value.reason.code == ReasonCode.TARGET_APPEARED.name
    assert foreign.read_bytes() == b"somebody's"
    assert not foreign.with_name("products-0001.csv").exists()
    foreign.unlink()
    finish(store, job, undisturbed)


@pytest.mark.parametrize("name", ["products-0001.csv", "products-0006.csv"])
def test_files_that_stand_there_are_refused_before_anything_is_written(
    store: JobStore, spec: ExportSpec, name: str
) -> None:
    Path(spec.target).with_name(name).write_bytes(b"somebody's")
    with pytest.raises(RefusedError) as caught:
        new_job(store, spec)
    assert caught.value.reason.facts["target"].endswith(name)
    assert files_in(Path(spec.target).parent) == {name: b"somebody's"}


def test_a_file_of_somebody_whose_number_is_a_year_stays(
    store: JobStore, spec: ExportSpec, undisturbed: bytes
) -> None:
    years = {f"products-{year}.csv": b"mine" for year in (2023, 2024)}
    for name, data in years.items():
        Path(spec.target).with_name(name).write_bytes(data)
    for is_overwrite_allowed in (False, True):
        job = new_job(store, replace(spec, is_overwrite_allowed=is_overwrite_allowed))
        run_to_end(store, job)
        assert files_in(Path(spec.target).parent) == expected_files(undisturbed) | years


@pytest.mark.parametrize("is_recorded", [True, False])
def test_what_is_more_of_an_export_before_is_known_by_its_manifest_too(
    store: JobStore, spec: ExportSpec, undisturbed: bytes, *, is_recorded: bool
) -> None:
    before = new_job(store, replace(spec, options=FileOptions(split_rows=4), has_manifest=True))
    run_to_end(store, before)
    if not is_recorded:
        store.forget(before.id)
    run_to_end(store, new_job(store, replace(spec, is_overwrite_allowed=True, has_manifest=True)))
    names = {path.name for path in Path(spec.target).parent.iterdir()}
    assert names == {*expected_files(undisturbed), "products.csv.manifest.json"}


def test_a_source_that_is_called_like_one_of_its_files_is_not_replaced(
    store: JobStore, source: Path, folder: Path
) -> None:
    clash = source.rename(folder / "products-0002.csv")
    spec = replace(
        spec_for(clash, folder / "products.csv"),
        options=FileOptions(split_rows=FILE_ROWS),
        is_overwrite_allowed=True,
    )
    with pytest.raises(RefusedError) as caught:
        new_job(store, spec)
    assert caught.value.reason.code == ReasonCode.TARGET_IS_SOURCE.name
    assert list(folder.iterdir()) == [clash]


def test_an_export_of_more_files_is_replaced_as_a_whole(
    store: JobStore, spec: ExportSpec, undisturbed: bytes
) -> None:
    folder = Path(spec.target).parent
    run_to_end(store, new_job(store, replace(spec, options=FileOptions(split_rows=3))))
    assert len(files_in(folder)) == 14
    job = new_job(store, replace(spec, is_overwrite_allowed=True))
    changed = folder / "products-0013.csv"
    changed.write_bytes(b"changed since")
    run_to_end(store, job)
    assert files_in(folder) == expected_files(undisturbed) | {changed.name: b"changed since"}


def test_given_up_nothing_is_left(store: JobStore, stopped: Job) -> None:
    assert cancel_job(store, stopped.id)
    assert files_in(Path(stopped.spec.target).parent) == {}


def test_a_cancel_of_a_running_one_leaves_nothing(store: JobStore, spec: ExportSpec) -> None:
    job = new_job(store, spec)

    def is_enough(report: Report) -> bool:
        return isinstance(report, Progress) and report.rows > 20

    run_until(store, job, is_enough, StopWish.CANCEL)
    assert files_in(Path(spec.target).parent) == {}


@pytest.mark.parametrize("is_copied", [False, True])
def test_another_target_is_taken_with_all_files(
    store: JobStore, stopped: Job, undisturbed: bytes, monkeypatch: pytest.MonkeyPatch, *, is_copied: bool
) -> None:
    if is_copied:
        monkeypatch.setattr("dataflow_desktop.export.relocation._can_be_renamed", lambda *_: False)
    elsewhere = Path(stopped.spec.target).parent / "elsewhere"
    elsewhere.mkdir()
    moved = move_export(store, stopped.id, elsewhere / "products.csv", StopRequest())
    assert [path.name for path in elsewhere.parent.iterdir()] == ["elsewhere"]
    assert finish(store, moved, undisturbed).resumed_rows == 21
    assert len({path.stat().st_mode for path in elsewhere.iterdir()}) == 1


@pytest.mark.parametrize("has_own_name", [True, False])
def test_a_folder_that_somebody_moved_is_found_again(
    store: JobStore, stopped: Job, undisturbed: bytes, tmp_path: Path, *, has_own_name: bool
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    folder = folder_of(stopped)
    moved = Path(shutil.move(folder, elsewhere / (folder.name if has_own_name else "a copy of mine")))
    located = locate_part(store, stopped.id, moved, StopRequest())
    if not has_own_name:
        shutil.rmtree(moved)  # the rows were copied, and it stayed as it was
    assert finish(store, located, undisturbed).resumed_rows == 21


def test_the_job_store_lost_the_folder_tells_all(store: JobStore, stopped: Job, undisturbed: bytes) -> None:
    store.close()
    for path in locations.data_folder().glob("jobs.db*"):
        path.unlink()
    with job_store() as fresh:
        job = rebuild_job(fresh, folder_of(stopped))
        assert sidecar_path_for(Path(job.spec.target), job.id).exists()
        assert finish(fresh, job, undisturbed).resumed_rows == 21


def test_every_file_is_verified_by_its_name_and_by_that_of_all(store: JobStore, spec: ExportSpec) -> None:
    run_to_end(store, new_job(store, spec))
    files = [path for path, _ in numbered_proofs(store, Path(spec.target))]
    assert [path.name for path in files] == [f"products-{number:04}.csv" for number in range(1, FILES + 1)]
    files[3].write_bytes(files[3].read_bytes().replace(b",", b";", 1))
    proofs = [proof_for(store, path) for path in files]
    equal = [
        proof is not None and compare(path, proof.file).is_equal
        for path, proof in zip(files, proofs, strict=True)
    ]
    assert equal == [True, True, True, False, True, True]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (FileOptions(split_rows=0), ReasonCode.SPLIT_WRONG),
        (FileOptions(split_bytes=-1), ReasonCode.SPLIT_WRONG),
        (FileOptions(split_rows=1, split_bytes=1), ReasonCode.SPLIT_TWICE),
        (FileOptions(FileFormat.XLSX, split_bytes=1_000_000), ReasonCode.SPLIT_BYTES_OF_SHEETS),
    ],
)
def test_what_cannot_be_is_refused_before(
    store: JobStore, spec: ExportSpec, options: FileOptions, code: ReasonCode
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        new_job(store, replace(spec, options=options))
    assert caught.value.reason.code == code.name
    assert files_in(Path(spec.target).parent) == {}


def test_more_files_than_have_names_in_order_are_refused_before(
    store: JobStore, spec: ExportSpec, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dataflow_desktop.export.file_checks.MOST_FILES", 5)
    with pytest.raises(ConfigurationError) as caught:
        new_job(store, spec)
    assert (caught.value.reason.code, caught.value.reason.facts["at_least"]) == ("SPLIT_TOO_SMALL", "8")
    new_job(store, replace(spec, options=FileOptions(split_rows=8)))


def test_more_files_than_may_be_stop_an_export_by_bytes(
    store: JobStore, spec: ExportSpec, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unfinished_file, "MOST_FILES", 3)
    job = new_job(store, replace(spec, options=FileOptions(split_bytes=500)))
    with pytest.raises(DataFlowError) as caught:
        run_to_end(store, job)
    assert caught.value.reason.code == ReasonCode.TOO_MANY_FILES.name
    assert not store.job(job.id).can_resume_by_itself


def test_each_file_of_an_export_gets_its_verdict(store: JobStore, spec: ExportSpec) -> None:
    job = new_job(store, spec)
    finished = run_to_end(store, job)[-1]
    assert isinstance(finished, Finished)
    read: list[int] = []
    verdicts = list(verdicts_on_export(store, job.id, read.append))
    paths = [Path(spec.file(number)) for number in range(1, len(finished.names) + 1)]
    assert [verdict.path for verdict in verdicts] == paths
    assert all(verdict.is_equal for verdict in verdicts)
    assert (read, read[-1]) == (sorted(read), finished.bytes)
    paths[3].write_bytes(paths[3].read_bytes() + b"x")
    paths[1].unlink()
    verdicts = list(verdicts_on_export(store, job.id, read.append))
    assert [verdict.path for verdict in verdicts if not verdict.is_equal] == [paths[1], paths[3]]
    assert verdicts[1] == Verdict(paths[1], False, proof_for(store, paths[1]))
    assert read[-1] == finished.bytes  # what is missing counts as done


def test_one_name_exported_split_and_whole_has_proofs_of_both(store: JobStore, spec: ExportSpec) -> None:
    target, first = Path(spec.target), Path(spec.file(1))
    for options in (FileOptions(), spec.options):
        run_to_end(store, new_job(store, replace(spec, options=options)))
    for path in (target, first):
        proof = proof_for(store, path)
        assert proof is not None
        assert compare(path, proof.file).is_equal
    assert {path for path, _ in proofs_in(store, target.parent)} == set(target.parent.iterdir())


def test_a_whole_file_beside_the_manifest_of_a_set_is_proved_by_its_record(
    store: JobStore, spec: ExportSpec
) -> None:
    run_to_end(store, new_job(store, replace(spec, has_manifest=True)))
    run_to_end(store, new_job(store, replace(spec, options=FileOptions())))
    proof = proof_for(store, Path(spec.target))
    assert proof is not None
    assert (proof.manifest, proof.file.name) == (None, "products.csv")

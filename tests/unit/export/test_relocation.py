"""An unfinished export goes on elsewhere: with its part file where it was moved to, or as another file."""

import os
import shutil
import stat
from collections import namedtuple
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from dataflow_desktop.destination.part_file import PartFile
from dataflow_desktop.destination.part_names import part_path_for, sidecar_path_for
from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.job import Job, JobState
from dataflow_desktop.domain.progress import Finished, Started
from dataflow_desktop.errors import (
    ConfigurationError,
    DataFlowError,
    DestinationError,
    ReasonCode,
    RefusedError,
)
from dataflow_desktop.export import relocation
from dataflow_desktop.export.ownership import settle_move
from dataflow_desktop.export.relocation import locate_part, move_export
from dataflow_desktop.pacing import Stopped, StopRequest, StopWish
from dataflow_desktop.records.job_store import JobStore
from tests.unit.exports import drop_after, new_job, part_of, run_to_end

Usage = namedtuple("Usage", "total used free")  # noqa: PYI024 - as shutil has it


@pytest.fixture
def stopped(store: JobStore, spec: ExportSpec) -> Job:
    """A job with 30 of 40 rows saved, its process gone."""
    job = new_job(store, spec)
    drop_after(store, job, 4)
    return store.job(job.id)


@pytest.fixture
def whole(store: JobStore, spec: ExportSpec, target: Path) -> Job:
    """A job that has written all and could not be published, for somebody created its target."""
    job = new_job(store, spec)
    target.write_text("mine")
    with pytest.raises(RefusedError):
        run_to_end(store, job)
    return store.job(job.id)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """Another folder, empty."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    return folder


@pytest.fixture
def disks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """On how many disks the two folders are, as far as moving knows."""
    if request.param == 2:
        monkeypatch.setattr(relocation, "_can_be_renamed", lambda *_: False)
    return int(request.param)


def move(store: JobStore, job_id: str, target: Path) -> Job:
    """Let a job become `target`, with nobody to stop it."""
    return move_export(store, job_id, target, StopRequest())


def locate(store: JobStore, job_id: str, part: Path) -> Job:
    """Let a job go on with the file at `part`, with nobody to stop it."""
    return locate_part(store, job_id, part, StopRequest())


def everything(*folders: Path) -> dict[Path, bytes]:
    """Return all files in these folders and what is in them, but for the job store."""
    files = (path for folder in folders if folder.exists() for path in folder.iterdir() if path.is_file())
    return {path: path.read_bytes() for path in files if not path.name.startswith("jobs.db")}


def finish(store: JobStore, job: Job, target: Path, content: bytes) -> int:
    """Run a job to its end, see that `target` has `content`, and return the rows it began with."""
    started, *_, finished = run_to_end(store, job)
    assert isinstance(started, Started)
    assert isinstance(finished, Finished)
    assert finished.file == str(target)
    assert target.read_bytes() == content
    assert list(target.parent.glob(".*")) == []
    return started.resumed_rows


def refused(action: Callable[[JobStore, str, Path], Job], store: JobStore, job: Job, path: Path) -> str:
    """See that a move is refused with nothing touched in the folders of both ends; return the code."""
    folders = {Path(job.spec.target).parent, path.parent}
    before = everything(*folders)
    with pytest.raises(DataFlowError) as caught:
        action(store, job.id, path)
    assert everything(*folders) == before
    now = store.job(job.id)
    assert replace(now, epoch=job.epoch) == job
    return caught.value.reason.code


# The part file was moved.


@pytest.mark.parametrize("is_renamed", [True, False])
@pytest.mark.parametrize("is_sidecar_moved", [True, False])
def test_located_elsewhere_a_part_file_goes_on_there(
    *,
    store: JobStore,
    stopped: Job,
    undisturbed: bytes,
    folder: Path,
    elsewhere: Path,
    is_renamed: bool,
    is_sidecar_moved: bool,
) -> None:
    part = part_of(stopped).rename(elsewhere / ("rows so far" if is_renamed else part_of(stopped).name))
    sidecar = sidecar_path_for(Path(stopped.spec.target), stopped.id)
    if is_sidecar_moved:
        sidecar.rename(elsewhere / sidecar.name)
    locate(store, stopped.id, part)
    moved = store.job(stopped.id)
    assert moved.spec == replace(stopped.spec, target=str(elsewhere / "products.csv"))
    assert moved.checkpoint == stopped.checkpoint
    assert finish(store, stopped, elsewhere / "products.csv", undisturbed) == 30
    assert list(folder.iterdir()) == []


def test_renamed_beside_its_target_a_part_file_is_copied_and_stays(
    store: JobStore, stopped: Job, undisturbed: bytes, target: Path
) -> None:
    renamed = part_of(stopped).rename(target.with_name("rows so far"))
    content = renamed.read_bytes()
    locate(store, stopped.id, renamed)
    assert renamed.read_bytes() == content
    assert store.job(stopped.id).spec == stopped.spec
    assert part_of(stopped).exists()
    assert finish(store, stopped, target, undisturbed) == 30


def test_where_it_always_was_a_part_file_may_be_located_too(
    store: JobStore, stopped: Job, undisturbed: bytes, target: Path
) -> None:
    locate(store, stopped.id, part_of(stopped))
    assert finish(store, stopped, target, undisturbed) == 30


def test_located_in_a_folder_that_was_moved_it_goes_on_there(
    store: JobStore, stopped: Job, undisturbed: bytes, folder: Path
) -> None:
    moved = folder.rename(folder.with_name("moved"))
    locate(store, stopped.id, moved / part_of(stopped).name)
    assert finish(store, stopped, moved / "products.csv", undisturbed) == 30
    assert not folder.exists()


def test_killed_between_renaming_and_the_record_it_is_located_again(
    store: JobStore, stopped: Job, undisturbed: bytes, elsewhere: Path
) -> None:
    part = part_of(stopped).rename(part_path_for(elsewhere / "products.csv", stopped.id))
    locate(store, stopped.id, part)
    assert finish(store, stopped, elsewhere / "products.csv", undisturbed) == 30


def test_a_finished_export_that_begins_alike_stays_whole(
    store: JobStore, stopped: Job, undisturbed: bytes, elsewhere: Path
) -> None:
    finished = elsewhere / "yesterday.csv"
    finished.write_bytes(undisturbed)
    locate(store, stopped.id, finished)
    assert finish(store, stopped, elsewhere / "products.csv", undisturbed) == 30
    assert finished.read_bytes() == undisturbed


def test_the_database_itself_is_no_unfinished_file(
    store: JobStore, spec: ExportSpec, stopped: Job, source: Path
) -> None:
    for database in (source, store.path):
        assert refused(locate, store, stopped, database) == ReasonCode.TARGET_IS_SOURCE.name


@pytest.mark.parametrize("content", [b"", b"somebody's letter\n" * 500, None])
def test_a_file_that_is_not_ours_is_refused(
    store: JobStore, stopped: Job, elsewhere: Path, content: bytes | None
) -> None:
    other = elsewhere / "letter.txt"
    other.write_bytes(part_of(stopped).read_bytes()[::-1] if content is None else content)
    assert refused(locate, store, stopped, other) == ReasonCode.PART_CHANGED.name


@pytest.mark.parametrize("reports", [0, 1])
def test_a_file_that_is_not_ours_is_refused_before_the_first_checkpoint_too(
    store: JobStore, spec: ExportSpec, elsewhere: Path, reports: int
) -> None:
    job = new_job(store, spec)
    drop_after(store, job, reports)
    letter = elsewhere / "letter.txt"
    letter.write_text("somebody's letter")
    refused(locate, store, store.job(job.id), letter)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda path: None, ReasonCode.PART_MISSING),
        (Path.mkdir, ReasonCode.PART_NOT_A_FILE),
        (os.mkfifo, ReasonCode.PART_NOT_A_FILE),
        (lambda path: path.symlink_to("mine"), ReasonCode.PART_NOT_A_FILE),
        (lambda path: path.hardlink_to(path.with_name("mine")), ReasonCode.PART_NOT_A_FILE),
    ],
)
def test_what_is_no_ordinary_file_of_one_name_is_refused(
    store: JobStore, stopped: Job, elsewhere: Path, make: Callable[[Path], None], code: ReasonCode
) -> None:
    shutil.copy(part_of(stopped), elsewhere / "mine")
    make(elsewhere / "part")
    assert refused(locate, store, stopped, elsewhere / "part") == code.name


def test_located_beside_a_file_of_the_targets_name_it_is_refused(
    store: JobStore, stopped: Job, elsewhere: Path
) -> None:
    (elsewhere / "products.csv").write_text("mine")
    part = part_of(stopped).rename(elsewhere / "part")
    assert refused(locate, store, stopped, part) == ReasonCode.TARGET_EXISTS.name


def test_located_where_another_job_is_to_become_the_target_it_is_refused_and_not_renamed(
    store: JobStore, stopped: Job, spec: ExportSpec, elsewhere: Path
) -> None:
    new_job(store, replace(spec, target=str(elsewhere / "products.csv")))
    part = part_of(stopped).rename(elsewhere / "part")
    assert refused(locate, store, stopped, part) == ReasonCode.TARGET_TAKEN.name


# The target is to be another.


@pytest.mark.usefixtures("disks")
@pytest.mark.parametrize("disks", [1, 2], indirect=True)
@pytest.mark.parametrize("name", ["products.csv", "other name.csv", "ü😀" * 30])
def test_moved_to_another_folder_an_export_goes_on_there_and_leaves_nothing_behind(
    store: JobStore, stopped: Job, undisturbed: bytes, folder: Path, elsewhere: Path, name: str
) -> None:
    move(store, stopped.id, elsewhere / name)
    assert list(folder.iterdir()) == []
    moved = store.job(stopped.id)
    assert replace(moved.spec, moved_from=None) == replace(stopped.spec, target=str(elsewhere / name))
    assert stat.S_IMODE(part_of(moved).stat().st_mode) == 0o600
    assert finish(store, stopped, elsewhere / name, undisturbed) == 30


def test_moved_before_the_first_row_it_begins_there(
    store: JobStore, spec: ExportSpec, undisturbed: bytes, folder: Path, elsewhere: Path
) -> None:
    job = new_job(store, spec)
    move(store, job.id, elsewhere / "new.csv")
    assert finish(store, job, elsewhere / "new.csv", undisturbed) == 0
    assert list(folder.iterdir()) == []


def test_moved_to_where_it_is_nothing_happens(
    store: JobStore, stopped: Job, undisturbed: bytes, target: Path
) -> None:
    before = everything(target.parent)
    move(store, stopped.id, target.parent / "." / target.name)
    assert everything(target.parent) == before
    assert finish(store, stopped, target, undisturbed) == 30


@pytest.mark.usefixtures("disks")
@pytest.mark.parametrize("disks", [2], indirect=True)
def test_what_lies_beyond_the_checkpoint_is_not_copied(
    store: JobStore, stopped: Job, undisturbed: bytes, elsewhere: Path
) -> None:
    saved = part_of(stopped).read_bytes()
    with part_of(stopped).open("ab") as part:
        part.write(b"half a row")
    move(store, stopped.id, elsewhere / "new.csv")
    assert part_of(store.job(stopped.id)).read_bytes() == saved
    assert finish(store, stopped, elsewhere / "new.csv", undisturbed) == 30


@pytest.mark.parametrize("left", [b"", b"half a co", b"x" * 100_000])
def test_killed_in_the_middle_of_the_copy_it_is_moved_again(
    store: JobStore, stopped: Job, undisturbed: bytes, folder: Path, elsewhere: Path, left: bytes
) -> None:
    part_path_for(elsewhere / "new.csv", stopped.id).write_bytes(left)
    move(store, stopped.id, elsewhere / "new.csv")
    assert finish(store, stopped, elsewhere / "new.csv", undisturbed) == 30
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("is_renamed", [True, False])
def test_killed_between_the_record_and_the_name_it_goes_on_at_the_new_place(
    store: JobStore,
    stopped: Job,
    undisturbed: bytes,
    folder: Path,
    elsewhere: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    is_renamed: bool,
) -> None:
    def die(job: Job) -> None:
        if is_renamed:
            settle_move(job)
        raise KeyboardInterrupt

    monkeypatch.setattr(relocation, "settle_move", die)
    with pytest.raises(KeyboardInterrupt):
        move(store, stopped.id, elsewhere / "new.csv")
    assert finish(store, stopped, elsewhere / "new.csv", undisturbed) == 30
    assert list(folder.glob("*.part")) == []


@pytest.mark.usefixtures("disks")
@pytest.mark.parametrize("disks", [1, 2], indirect=True)
def test_stopped_in_the_middle_nothing_has_moved(store: JobStore, stopped: Job, elsewhere: Path) -> None:
    stop = StopRequest()
    stop.ask(StopWish.CLOSE)
    before = everything(elsewhere, Path(stopped.spec.target).parent)
    with pytest.raises(Stopped):
        move_export(store, stopped.id, elsewhere / "new.csv", stop)
    assert everything(elsewhere, Path(stopped.spec.target).parent) == before
    assert replace(store.job(stopped.id), epoch=stopped.epoch) == stopped


def test_without_its_rows_it_begins_elsewhere_though_the_old_folder_is_gone(
    store: JobStore, stopped: Job, undisturbed: bytes, folder: Path, elsewhere: Path
) -> None:
    shutil.rmtree(folder)
    assert refused(move, store, stopped, elsewhere / "new.csv") == ReasonCode.FOLDER_MISSING.name
    move_export(store, stopped.id, elsewhere / "new.csv", StopRequest(), is_without_rows=True)
    assert finish(store, stopped, elsewhere / "new.csv", undisturbed) == 0


def test_killed_in_the_middle_of_the_copy_it_may_go_on_where_it_was(
    store: JobStore, stopped: Job, undisturbed: bytes, elsewhere: Path, target: Path
) -> None:
    part_path_for(elsewhere / "new.csv", stopped.id).write_bytes(b"half a co")
    assert finish(store, stopped, target, undisturbed) == 30


@pytest.mark.usefixtures("disks")
@pytest.mark.parametrize("disks", [1, 2], indirect=True)
def test_killed_before_the_old_part_file_was_removed_it_is_moved_all_the_same(
    disks: int,
    store: JobStore,
    stopped: Job,
    undisturbed: bytes,
    elsewhere: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("dataflow_desktop.export.relocation.discard_unfinished", die)
    with pytest.raises(KeyboardInterrupt):
        move(store, stopped.id, elsewhere / "new.csv")
    assert finish(store, stopped, elsewhere / "new.csv", undisturbed) == 30


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda path: path.write_text("mine"), ReasonCode.TARGET_EXISTS),
        (Path.mkdir, ReasonCode.TARGET_NOT_A_FILE),
        (lambda path: path.parent.rmdir(), ReasonCode.FOLDER_MISSING),
    ],
)
def test_what_stands_at_the_new_target_is_not_touched(
    store: JobStore, stopped: Job, elsewhere: Path, make: Callable[[Path], object], code: ReasonCode
) -> None:
    make(elsewhere / "new.csv")
    assert refused(move, store, stopped, elsewhere / "new.csv") == code.name


@pytest.mark.parametrize("suffix", ["", "-wal", "-shm", "-journal"])
def test_moved_to_a_database_in_use_it_is_refused_even_where_overwriting_is_allowed(
    store: JobStore, spec: ExportSpec, source: Path, suffix: str
) -> None:
    job = new_job(store, replace(spec, is_overwrite_allowed=True))
    drop_after(store, job, 4)
    for database in (source, store.path):
        place = database.with_name(database.name + suffix)
        assert refused(move, store, store.job(job.id), place) == ReasonCode.TARGET_IS_SOURCE.name


@pytest.mark.parametrize("action", [locate, move])
def test_that_overwriting_was_allowed_is_not_said_of_what_stands_elsewhere(
    store: JobStore,
    spec: ExportSpec,
    folder: Path,
    elsewhere: Path,
    action: Callable[[JobStore, str, Path], Job],
) -> None:
    job = new_job(store, replace(spec, is_overwrite_allowed=True))
    drop_after(store, job, 4)
    place = elsewhere / Path(spec.target).name
    place.write_text("mine")
    if action is locate:
        place = part_of(job).rename(elsewhere / part_of(job).name)
    assert refused(action, store, store.job(job.id), place) == ReasonCode.TARGET_EXISTS.name


@pytest.mark.parametrize("action", [locate, move])
def test_what_appears_at_the_new_target_afterwards_is_not_touched_either(
    store: JobStore, spec: ExportSpec, elsewhere: Path, action: Callable[[JobStore, str, Path], Job]
) -> None:
    job = new_job(store, replace(spec, is_overwrite_allowed=True))
    drop_after(store, job, 4)
    new = elsewhere / Path(spec.target).name
    action(store, job.id, new if action is move else part_of(job).rename(elsewhere / part_of(job).name))
    new.write_text("mine")
    with pytest.raises(RefusedError) as caught:
        run_to_end(store, job)
    assert caught.value.reason.code == ReasonCode.TARGET_APPEARED.name
    assert new.read_text() == "mine"


def test_a_name_of_another_format_is_refused(store: JobStore, stopped: Job, elsewhere: Path) -> None:
    with pytest.raises(ConfigurationError):
        move(store, stopped.id, elsewhere / "new.xlsx")
    assert list(elsewhere.iterdir()) == []


def test_where_another_job_is_to_become_the_new_target_nothing_is_touched(
    store: JobStore, stopped: Job, spec: ExportSpec, elsewhere: Path
) -> None:
    new_job(store, replace(spec, target=str(elsewhere / "new.csv")))
    assert refused(move, store, stopped, elsewhere / "new.csv") == ReasonCode.TARGET_TAKEN.name


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (lambda part: part.write_bytes(part.read_bytes()[:-1]), ReasonCode.PART_TOO_SHORT),
        (lambda part: part.write_bytes(part.read_bytes().swapcase()), ReasonCode.PART_CHANGED),
        (Path.unlink, ReasonCode.PART_MISSING),
    ],
)
def test_what_is_not_what_was_saved_does_not_move(
    store: JobStore, stopped: Job, elsewhere: Path, damage: Callable[[Path], None], code: ReasonCode
) -> None:
    damage(part_of(stopped))
    assert refused(move, store, stopped, elsewhere / "new.csv") == code.name


@pytest.mark.usefixtures("disks")
@pytest.mark.parametrize("disks", [2], indirect=True)
def test_where_there_is_no_room_nothing_moves(
    store: JobStore, stopped: Job, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10_000, 9_000, 1_000))
    assert refused(move, store, stopped, elsewhere / "new.csv") == ReasonCode.DISK_NEARLY_FULL.name


@pytest.mark.usefixtures("disks")
@pytest.mark.parametrize("disks", [2], indirect=True)
def test_a_copy_that_fails_is_not_left_behind(
    store: JobStore, stopped: Job, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise DestinationError(ReasonCode.DISK_FULL, file="new.csv")

    monkeypatch.setattr(PartFile, "append", fail)
    assert refused(move, store, stopped, elsewhere / "new.csv") == ReasonCode.DISK_FULL.name


def test_a_part_file_that_somebody_writes_to_is_not_moved(
    store: JobStore, stopped: Job, elsewhere: Path
) -> None:
    with closing(PartFile.reopen(part_of(stopped))):
        code = refused(move, store, stopped, elsewhere / "new.csv")
    assert code == ReasonCode.PART_IN_USE.name


# All is written; only the name is missing.


@pytest.mark.parametrize("is_same_folder", [True, False])
def test_a_whole_file_that_could_not_have_its_name_gets_another(
    store: JobStore, whole: Job, undisturbed: bytes, target: Path, elsewhere: Path, is_same_folder: bool
) -> None:
    new = (target.parent if is_same_folder else elsewhere) / "new.csv"
    move(store, whole.id, new)
    assert finish(store, whole, new, undisturbed) == 40
    assert target.read_text() == "mine"
    assert store.job(whole.id).state is JobState.DONE
    assert list(target.parent.glob(".*")) == []


@pytest.mark.parametrize("mask", [0o022, 0o077])
def test_moved_whole_it_has_the_permissions_of_any_new_file(
    store: JobStore, whole: Job, elsewhere: Path, mask: int
) -> None:
    previous = os.umask(mask)
    try:
        move(store, whole.id, elsewhere / "new.csv")
        run_to_end(store, whole)
    finally:
        os.umask(previous)
    assert stat.S_IMODE((elsewhere / "new.csv").stat().st_mode) == 0o666 & ~mask


def test_a_whole_part_file_that_was_moved_is_located_and_published(
    store: JobStore, whole: Job, undisturbed: bytes, elsewhere: Path
) -> None:
    locate(store, whole.id, part_of(whole).rename(elsewhere / "part"))
    assert finish(store, whole, elsewhere / "products.csv", undisturbed) == 40

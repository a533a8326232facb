"""An unfinished export that goes on elsewhere: its part file was moved, or its target is to be another.

What bears the name of the job's part file is taken for it, once it is what was saved. From any other file the
rows are copied, and it stays as it is: it may be an export of its own that begins alike.
"""

import hashlib
import os
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from dataflow_desktop.destination.manifest import places_of
from dataflow_desktop.destination.part_file import rename_part
from dataflow_desktop.destination.part_files import (
    PartFiles,
    PartPlace,
    discard_parts,
    part_place_for,
    part_place_of,
)
from dataflow_desktop.destination.part_names import job_id_in, sidecar_path_of
from dataflow_desktop.destination.room import check_room
from dataflow_desktop.destination.sidecar import discard_sidecar
from dataflow_desktop.destination.target import absolute_target, check_is_not_a_database, check_target
from dataflow_desktop.domain.export_spec import ExportSpec, retargeted
from dataflow_desktop.domain.finished_file import SavedFile
from dataflow_desktop.domain.job import Job
from dataflow_desktop.errors import DataFlowError, DestinationError, ReasonCode, RefusedError
from dataflow_desktop.export.cancellation import discard_unfinished
from dataflow_desktop.export.file_checks import check_name_fits
from dataflow_desktop.export.ownership import owning, settle_move
from dataflow_desktop.export.publication import check_has_no_name
from dataflow_desktop.export.rebuilding import begin_sidecar, rebuild_job
from dataflow_desktop.export.recovery import saved_files
from dataflow_desktop.pacing import Stopped, StopRequest
from dataflow_desktop.records.job_store import JobStore
from dataflow_desktop.records.owned_job import OwnedJob


def recover_job(store: JobStore, part: Path) -> Job:
    """Return the job whose part file, or its sidecar, is at `part`, ready to be resumed from there.

    A job that the store knows is there whether its sidecar is or not. Raises as `rebuild_job` and
    `locate_part` do.
    """
    known = store.find(job_id_in(part.name) or "")
    if known is None:
        return rebuild_job(store, part)
    part = absolute_target(part).with_name(part.name.removesuffix(".job"))
    is_moved = os.path.lexists(part) and not os.path.lexists(part_place_of(known).path)
    if known.has_ended or not is_moved:
        return known
    return locate_part(store, known.id, part, StopRequest())  # by its name it is the job's: nothing is copied


def locate_part(store: JobStore, job_id: str, part: Path, stop: StopRequest) -> Job:
    """Let a job go on with its part file where somebody moved it to; its target will stand beside it.

    Returns the job as it is then; raises Stopped when `stop` was asked while rows were copied, RefusedError,
    with nothing touched, when the file is not what was saved.
    """
    with owning(store, job_id) as (job, owned):
        part = absolute_target(part)
        spec = retargeted(job.spec, str(part.with_name(Path(job.spec.target).name)))
        _check(store, owned, job, spec)
        _check_is_no_database(store, job, part)
        if job_id_in(part.name) == job.id:
            _take_over(owned, job, part, spec)
        else:
            _take_copy(owned, job, part, spec, stop)
        located = replace(job, spec=spec)
        _begin_sidecar(owned, located)
        if spec.target != job.spec.target:
            with suppress(DestinationError):  # the folder may be gone
                discard_sidecar(sidecar_path_of(job))
        return store.job(job.id)


def move_export(
    store: JobStore, job_id: str, target: Path, stop: StopRequest, *, is_without_rows: bool = False
) -> Job:
    """Let a job become `target` instead: what is saved is verified, brought there and made durable.

    The old part file goes after that. `is_without_rows` gives up what is saved, where it cannot be had any
    more. Returns the job as it is then; raises Stopped when `stop` was asked meanwhile, RefusedError when the
    part file is not what was saved or `target` may not be written, else DestinationError; the job stands
    where it stood then.
    """
    with owning(store, job_id) as (job, owned):
        target = absolute_target(target)
        if str(target) == job.spec.target and not is_without_rows:
            return job
        check_has_no_name(owned, job)
        spec = retargeted(job.spec, str(target))
        _check(store, owned, job, spec)
        if is_without_rows:
            owned.start_over(job.plan)
        saved = saved_files(owned, job)
        if is_without_rows or not saved:
            owned.retarget(spec)
        elif _can_be_renamed(part_place_of(job).path, part_place_for(target, job).path):
            _rename(owned, job, saved, spec, stop)
        else:
            _copy(owned, job, saved, spec, stop)
        _begin_sidecar(owned, replace(job, spec=spec))
        if spec.target != job.spec.target:
            with suppress(DestinationError):  # the folder may be gone: that is why the job moves
                discard_unfinished(job)
        return store.job(job.id)


def _check(store: JobStore, owned: OwnedJob, job: Job, spec: ExportSpec) -> None:
    check_name_fits(job.spec, spec.target)
    for place in places_of(spec):
        _check_is_no_database(store, job, place)
        check_target(place, is_overwrite_allowed=spec.is_overwrite_allowed)
    owned.check_target_is_free(spec.target)


def _check_is_no_database(store: JobStore, job: Job, path: Path) -> None:
    for database in (Path(job.spec.source), store.path):
        check_is_not_a_database(path, database)


def _take_over(owned: OwnedJob, job: Job, part: Path, spec: ExportSpec) -> None:
    """Let what stands at `part`, which bears the job's name, be its part file or folder."""
    with closing(PartFiles.reopen(_place_at(part, job))) as found:
        if saved_files(owned, job):
            _intact_in(found, owned, job)
    own = part_place_for(Path(spec.target), job)
    if part != own.path:
        rename_part(part, own.path)
    owned.retarget(spec)


def _take_copy(owned: OwnedJob, job: Job, path: Path, spec: ExportSpec, stop: StopRequest) -> None:
    """Let the rows that the file, or the files in the folder, at `path` begin with be those of the job."""
    own = part_place_for(Path(spec.target), job)
    with closing(PartFiles.reopen(_place_at(path, job))) as found:
        saved = _intact_in(found, owned, job)
        if os.path.lexists(own.path):
            raise RefusedError(ReasonCode.TARGET_EXISTS, target=own.path)
        _copy_rows(found, saved, own, owned, spec, stop)


def _place_at(path: Path, job: Job) -> PartPlace:
    return replace(part_place_of(job), path=path)


def _intact_in(parts: PartFiles, owned: OwnedJob, job: Job) -> tuple[SavedFile, ...]:
    """Return the most that was saved of `job` and `parts` still begin with; raises RefusedError."""
    saved, finished = saved_files(owned, job), owned.files()
    states = [*([saved] if saved else []), *(found.saved_files(finished) for found in owned.checkpoints())]
    newest = parts.newest_intact(states)
    if newest is None:
        raise RefusedError(ReasonCode.PART_CHANGED, part=parts.place.path)
    return states[newest]


def _can_be_renamed(part: Path, new: Path) -> bool:
    if os.path.lexists(new):
        return False  # left by a copy that was cut off
    try:
        return part.stat().st_dev == new.parent.stat().st_dev
    except OSError:
        return False  # what is wrong, opening it will say


def _rename(
    owned: OwnedJob, job: Job, saved: Sequence[SavedFile], spec: ExportSpec, stop: StopRequest
) -> None:
    with closing(PartFiles.reopen(part_place_of(job))) as parts:
        deque(_blocks(parts, saved, stop), maxlen=0)  # only verified
    moved = replace(spec, moved_from=job.spec.target)
    owned.retarget(moved)
    try:
        settle_move(replace(job, spec=moved))
    except DataFlowError:
        owned.retarget(job.spec)
        raise


def _copy(owned: OwnedJob, job: Job, saved: Sequence[SavedFile], spec: ExportSpec, stop: StopRequest) -> None:
    with closing(PartFiles.reopen(part_place_of(job))) as parts:
        _copy_rows(parts, saved, part_place_for(Path(spec.target), job), owned, spec, stop)


def _copy_rows(
    source: PartFiles,
    saved: Sequence[SavedFile],
    place: PartPlace,
    owned: OwnedJob,
    spec: ExportSpec,
    stop: StopRequest,
) -> None:
    check_room(place.path.parent, sum(file.bytes for file in saved))
    with _new_parts(place) as copy:
        for number, block in _blocks(source, saved, stop):
            while copy.number < number:
                copy.current.make_public()
                copy.current.make_durable()
                copy.begin_next()
            copy.current.append(block)
        copy.current.make_durable()
        owned.retarget(spec)


def _blocks(parts: PartFiles, saved: Sequence[SavedFile], stop: StopRequest) -> Iterator[tuple[int, bytes]]:
    """Yield what was saved piece by piece, each with the number of its file.

    Raises RefusedError, at the latest at the end of a file, when that is not what was saved.
    """
    for number, file in enumerate(saved, 1):
        with parts.opened(number) as part:
            part.check_size(file.bytes)
            digest = hashlib.sha256()
            for block in part.blocks(file.bytes):
                if stop.is_asked():
                    raise Stopped
                digest.update(block)
                yield number, block
            if digest.hexdigest() != file.digest:
                raise RefusedError(ReasonCode.PART_CHANGED, part=part.path)


@contextmanager
def _new_parts(place: PartPlace) -> Iterator[PartFiles]:
    """Yield an empty part file, or folder of one, at `place`, which goes again when the caller fails."""
    parts = _emptied(place)
    try:
        yield parts
    except BaseException:
        parts.close()
        with suppress(DestinationError):
            discard_parts(place)
        raise
    parts.close()


def _emptied(place: PartPlace) -> PartFiles:
    """Return what stands at `place`, emptied: an earlier copy may have been cut off in the middle."""
    if not os.path.lexists(place.path):
        return PartFiles.create(place)
    parts = PartFiles.reopen(place)
    parts.start_over()
    return parts


def _begin_sidecar(owned: OwnedJob, job: Job) -> None:
    with suppress(DestinationError):  # the next run begins one too
        begin_sidecar(job, reversed(owned.checkpoints()), owned.files()).close()

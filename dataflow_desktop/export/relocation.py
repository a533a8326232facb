"""An unfinished export that goes on elsewhere: its part file was moved, or its target is to be another.

What bears the name of the job's part file is taken for it, once it is what was saved. From any other file the
rows are copied, and it stays as it is: it may be an export of its own that begins alike.
"""

import hashlib
import os
from collections import deque
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from dataflow_desktop.destination.manifest import places_of
from dataflow_desktop.destination.part_file import PartFile, discard_part, rename_part
from dataflow_desktop.destination.part_names import (
    job_id_in,
    part_path_for,
    part_path_of,
    sidecar_path_of,
)
from dataflow_desktop.destination.room import check_room
from dataflow_desktop.destination.sidecar import discard_sidecar
from dataflow_desktop.destination.target import absolute_target, check_is_not_a_database, check_target
from dataflow_desktop.domain.checkpoint import Checkpoint
from dataflow_desktop.domain.export_spec import ExportSpec, retargeted
from dataflow_desktop.domain.job import Job
from dataflow_desktop.errors import DataFlowError, DestinationError, ReasonCode, RefusedError
from dataflow_desktop.export.cancellation import discard_unfinished
from dataflow_desktop.export.file_checks import check_name_fits
from dataflow_desktop.export.ownership import owning, settle_move
from dataflow_desktop.export.rebuilding import begin_sidecar, rebuild_job
from dataflow_desktop.pacing import Stopped, StopRequest
from dataflow_desktop.records.job_store import JobStore
from dataflow_desktop.records.owned_job import OwnedJob


def recover_job(store: JobStore, part: Path) -> Job:
    """Return the job whose part file, or its sidecar, is at `part`, ready to be resumed from there.

    A job that the store knows is there whether its sidecar is or not. Raises as `rebuild_job` and
    `locate_part` do.
    """
    known = next((job for job in store.jobs() if job.id == job_id_in(part.name)), None)
    if known is None:
        return rebuild_job(store, part)
    part = absolute_target(part).with_name(part.name.removesuffix(".job"))
    is_moved = os.path.lexists(part) and not os.path.lexists(part_path_of(known))
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
        spec = retargeted(job.spec, str(target))
        _check(store, owned, job, spec)
        if is_without_rows:
            owned.start_over(job.plan)
        if is_without_rows or job.saved is None:
            owned.retarget(spec)
        elif _can_be_renamed(part_path_of(job), part_path_for(target, job.id)):
            _rename(owned, job, job.saved, spec, stop)
        else:
            _copy(owned, job, job.saved, spec, stop)
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
    """Let the file at `part`, which bears the job's name, be its part file."""
    with closing(PartFile.reopen(part)) as found:
        if job.saved is not None:
            _intact_in(found, owned, job)
    own = part_path_for(Path(spec.target), job.id)
    if part != own:
        rename_part(part, own)
    owned.retarget(spec)


def _take_copy(owned: OwnedJob, job: Job, path: Path, spec: ExportSpec, stop: StopRequest) -> None:
    """Let the rows that the file at `path` begins with be those of the job."""
    own = part_path_for(Path(spec.target), job.id)
    with closing(PartFile.reopen(path)) as found:
        saved = _intact_in(found, owned, job)
        if os.path.lexists(own):
            raise RefusedError(ReasonCode.TARGET_EXISTS, target=own)
        _copy_rows(found, saved, own, owned, spec, stop)


def _intact_in(part: PartFile, owned: OwnedJob, job: Job) -> Checkpoint:
    """Return the most that was saved of `job` and `part` still begins with; raises RefusedError."""
    saved = [job.saved] if job.saved is not None else []
    intact = part.newest_intact([*saved, *owned.checkpoints()])
    if intact is None:
        raise RefusedError(ReasonCode.PART_CHANGED, part=part.path)
    return intact


def _can_be_renamed(part: Path, new: Path) -> bool:
    if os.path.lexists(new):
        return False  # left by a copy that was cut off
    try:
        return part.stat().st_dev == new.parent.stat().st_dev
    except OSError:
        return False  # what is wrong, opening it will say


def _rename(owned: OwnedJob, job: Job, saved: Checkpoint, spec: ExportSpec, stop: StopRequest) -> None:
    with closing(PartFile.reopen(part_path_of(job))) as part:
        deque(_blocks(part, saved, stop), maxlen=0)  # only verified
    moved = replace(spec, moved_from=job.spec.target)
    owned.retarget(moved)
    try:
        settle_move(replace(job, spec=moved))
    except DataFlowError:
        owned.retarget(job.spec)
        raise


def _copy(owned: OwnedJob, job: Job, saved: Checkpoint, spec: ExportSpec, stop: StopRequest) -> None:
    with closing(PartFile.reopen(part_path_of(job))) as part:
        _copy_rows(part, saved, part_path_for(Path(spec.target), job.id), owned, spec, stop)


def _copy_rows(
    source: PartFile, saved: Checkpoint, path: Path, owned: OwnedJob, spec: ExportSpec, stop: StopRequest
) -> None:
    check_room(path.parent, saved.bytes)
    with _new_part(path) as copy:
        for block in _blocks(source, saved, stop):
            copy.append(block)
        copy.make_durable()
        owned.retarget(spec)


def _blocks(part: PartFile, saved: Checkpoint, stop: StopRequest) -> Iterator[bytes]:
    """Yield what was saved piece by piece; raises RefusedError at the latest at its end, when it is not."""
    part.check_size(saved.bytes)
    digest = hashlib.sha256()
    for block in part.blocks(saved.bytes):
        if stop.is_asked():
            raise Stopped
        digest.update(block)
        yield block
    if digest.hexdigest() != saved.digest:
        raise RefusedError(ReasonCode.PART_CHANGED, part=part.path)


@contextmanager
def _new_part(path: Path) -> Iterator[PartFile]:
    """Yield an empty part file at `path`, which goes again when the caller fails."""
    part = _emptied(path)
    try:
        yield part
    except BaseException:
        part.close()
        with suppress(DestinationError):
            discard_part(path)
        raise
    part.close()


def _emptied(path: Path) -> PartFile:
    """Return the part file at `path`, empty: an earlier copy may have been cut off in the middle."""
    if not os.path.lexists(path):
        return PartFile.create(path)
    part = PartFile.reopen(path)
    part.start_over()
    return part


def _begin_sidecar(owned: OwnedJob, job: Job) -> None:
    with suppress(DestinationError):  # the next run begins one too
        begin_sidecar(job, reversed(owned.checkpoints())).close()

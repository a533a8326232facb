"""An unfinished export that goes on elsewhere: its part file was moved, or its target is to be another."""

from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

from dataflow_desktop.destination.part_file import PartFile, rename_part
from dataflow_desktop.destination.part_names import part_path_for, part_path_of, sidecar_path_of
from dataflow_desktop.destination.room import check_room
from dataflow_desktop.destination.sidecar import discard_sidecar
from dataflow_desktop.destination.target import absolute_target, check_is_not_a_database, check_target
from dataflow_desktop.domain.checkpoint import Checkpoint
from dataflow_desktop.domain.export_spec import check_format
from dataflow_desktop.domain.job import Job
from dataflow_desktop.errors import DestinationError, ReasonCode, RefusedError
from dataflow_desktop.export.cancellation import discard_unfinished
from dataflow_desktop.export.ownership import owning
from dataflow_desktop.pacing import Stopped, StopRequest
from dataflow_desktop.records.job_store import JobStore
from dataflow_desktop.records.owned_job import OwnedJob


def locate_part(store: JobStore, job_id: str, part: Path) -> Job:
    """Let a job go on with its part file where somebody moved it to; its target will stand beside it.

    Returns the job as it is then.

    Raises RefusedError, with nothing touched, when the file is not what was saved.
    """
    with owning(store, job_id) as (job, owned):
        part = absolute_target(part)
        target = part.with_name(Path(job.spec.target).name)
        _check(store, job, target)
        with closing(PartFile.reopen(part)) as found:
            if found.newest_intact(_saved(owned, job)) is None and job.durable_rows:
                raise RefusedError(ReasonCode.PART_CHANGED, part=part)
        own_name = part_path_for(target, job.id)
        if part != own_name:
            rename_part(part, own_name)
        owned.retarget(replace(job.spec, target=str(target)))
        if Path(job.spec.target) != target:
            with suppress(DestinationError):  # the folder may be gone
                discard_sidecar(sidecar_path_of(job))
        return store.job(job.id)


def move_export(
    store: JobStore, job_id: str, target: Path, stop: StopRequest, *, is_without_rows: bool = False
) -> Job:
    """Let a job become `target` instead: what is saved is copied there, verified and made durable.

    The old part file goes after that. Returns the job as it is then; raises Stopped when `stop` was asked
    during the copy, RefusedError when it is not what was saved or `target` may not
    be written, else DestinationError; the job stands where it stood then.
    """
    with owning(store, job_id) as (job, owned):
        target = absolute_target(target)
        if target == Path(job.spec.target):
            return job
        _check(store, job, target)
        saved = next(iter(_saved(owned, job)), None)
        if is_without_rows:
            owned.start_over(job.plan)
        elif saved is not None:
            _copy(job, saved, target, stop)
        owned.retarget(replace(job.spec, target=str(target)))
        with suppress(DestinationError):  # the folder may be gone: that is why the job moves
            discard_unfinished(job)
        return store.job(job.id)


def _check(store: JobStore, job: Job, target: Path) -> None:
    check_format(str(target))
    check_target(target, is_overwrite_allowed=job.spec.is_overwrite_allowed)
    for database in (Path(job.spec.source), store.path):
        check_is_not_a_database(target, database)


def _saved(owned: OwnedJob, job: Job) -> list[Checkpoint]:
    """Return what the part file must begin with, the most first."""
    checkpoints = owned.checkpoints()
    whole = job.whole_file
    if whole is None:
        return checkpoints
    return [Checkpoint(None, whole.rows, whole.bytes, whole.sha256, job.plan.fingerprint), *checkpoints]


def _copy(job: Job, saved: Checkpoint, target: Path, stop: StopRequest) -> None:
    check_room(target.parent, saved.bytes)
    with closing(PartFile.reopen(part_path_of(job))) as source:
        source.verify(saved.bytes, saved.digest)
        with closing(_emptied(part_path_for(target, job.id))) as copy:
            for block in source.blocks(saved.bytes):
                if stop.is_asked():
                    raise Stopped
                copy.append(block)
            if copy.digest != saved.digest:
                raise RefusedError(ReasonCode.PART_CHANGED, part=source.path)
            copy.make_durable()


def _emptied(path: Path) -> PartFile:
    """Return the part file at `path`, empty: an earlier copy may have been cut off in the middle."""
    try:
        return PartFile.create(path)
    except DestinationError:
        part = PartFile.reopen(path)
        part.start_over()
        return part

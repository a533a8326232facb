"""A job and its checkpoints as lines of a sidecar, and back: when the job store is lost, the file tells."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from dataflow_desktop.destination.part_names import sidecar_path_of
from dataflow_desktop.destination.sidecar import Sidecar, read_sidecar
from dataflow_desktop.domain.checkpoint import Checkpoint, is_kept
from dataflow_desktop.domain.export_spec import retargeted
from dataflow_desktop.domain.finished_file import FinishedFile, WholeFile
from dataflow_desktop.domain.job import Job, JobState
from dataflow_desktop.errors import Reason, ReasonCode, RefusedError
from dataflow_desktop.records.job_store import JobStore
from dataflow_desktop.records.stored_form import UNREADABLE, from_json, to_json

_REBUILT = Reason("asked", ReasonCode.RECORD_REBUILT.name, {})


@dataclass(frozen=True)
class _Whole:
    """What the line of a sidecar says whose files have their last byte."""

    whole: WholeFile


def whole_line(whole: WholeFile) -> str:
    """Return the line of a sidecar for files that are whole."""
    return to_json(_Whole(whole))


def begin_sidecar(
    job: Job, checkpoints: Iterable[Checkpoint] = (), finished: Iterable[FinishedFile] = ()
) -> Sidecar:
    """Return the open sidecar of `job`: its `checkpoints`, oldest first, and the files that are finished.

    Raises DestinationError.
    """
    whole = [whole_line(job.whole_file)] if job.whole_file is not None else []
    head = replace(
        job, state=JobState.PAUSED, checkpoint=None, whole_file=None, reason=_REBUILT, queue_place=None
    )
    return Sidecar.begin(sidecar_path_of(job), [*map(to_json, (head, *finished, *checkpoints)), *whole])


_SAVED: Any = Checkpoint | FinishedFile | _Whole
"""What the lines behind the first are, told apart by the names of their fields."""


def rebuild_job(store: JobStore, part: Path) -> Job:
    """Return the job whose part file `part` is, kept in the store again when it is not there.

    Its target stands beside the part file; elsewhere than before, it may replace nothing there. Raises
    RefusedError when the sidecar does not tell the job, or another job is to become that target, else
    DestinationError.
    """
    head, *lines = read_sidecar(part)
    try:
        job = from_json(head, Job)
        saved = [from_json(line, _SAVED) for line in lines]
    except UNREADABLE as error:  # another version wrote it
        raise RefusedError(ReasonCode.PART_UNKNOWN, part=part) from error
    checkpoints = [one for one in saved if isinstance(one, Checkpoint)]
    whole = next((one.whole for one in saved if isinstance(one, _Whole)), None)
    newest = checkpoints[-1].file_number if checkpoints else 1
    finished = [one for one in saved if isinstance(one, FinishedFile)]
    if whole is None:
        finished = finished[: newest - 1]
    known = store.find(job.id)
    if known is not None:
        return known
    target = part.absolute().parent.resolve() / Path(job.spec.target).name
    # The sidecar has the epoch from before its owner, and only an owner saves checkpoints.
    epoch = job.epoch + 1 if checkpoints or whole is not None else job.epoch
    job = replace(job, spec=retargeted(job.spec, str(target)), epoch=epoch, whole_file=whole)
    kept = [found for ordinal, found in enumerate(checkpoints, 1) if is_kept(ordinal, len(checkpoints))]
    store.add(job, kept, finished)
    return store.job(job.id)

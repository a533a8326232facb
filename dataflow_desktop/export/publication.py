"""Whole files get the names that a person chose: all of them, and nobody else's file is touched."""

import os
from collections.abc import Sequence
from pathlib import Path

from dataflow_desktop.destination.part_files import PartFiles
from dataflow_desktop.destination.publishing import is_file_with
from dataflow_desktop.destination.target import discard_replaced, stamp_of
from dataflow_desktop.domain.file_names import number_in
from dataflow_desktop.domain.file_stamp import FileStamp
from dataflow_desktop.domain.finished_file import FinishedFile
from dataflow_desktop.domain.job import Job
from dataflow_desktop.errors import ReasonCode, RefusedError
from dataflow_desktop.records.owned_job import OwnedJob


def is_published(owned: OwnedJob, job: Job) -> bool:
    """Whether a file of `job` has its name already; raises DestinationError."""
    files = owned.files() if job.whole_file is not None else ()
    return len(unpublished(job, files)) < len(files)


def unpublished(job: Job, files: Sequence[FinishedFile]) -> list[int]:
    """Return the numbers of those of `files` that do not have their names; raises DestinationError."""
    return [
        number
        for number, file in enumerate(files, 1)
        if not is_file_with(Path(job.spec.file(number)), file.bytes, file.sha256)
    ]


def publish_files(owned: OwnedJob, job: Job, parts: PartFiles, numbers: Sequence[int]) -> None:
    """Give those files of `parts`, which are whole and durable, their names, as the owner of the job.

    Replaces only the very files that stood there when the job was made. Raises RefusedError for another one,
    before any of them has its name, or when somebody took the job over; else as `PartFile.publish` does.
    """
    replaceable = {number: _may_replace(job, Path(job.spec.file(number))) for number in numbers}
    for number, may_replace in replaceable.items():
        target = Path(job.spec.file(number))
        if len(numbers) > 1 and os.path.lexists(target) and not may_replace:
            raise RefusedError(ReasonCode.TARGET_APPEARED, target=target, part=parts.place.file(number))
    owned.check()
    for number, may_replace in replaceable.items():
        parts.publish(number, Path(job.spec.file(number)), is_overwrite_allowed=may_replace)


def discard_surplus(owned: OwnedJob, job: Job, files: int) -> None:
    """Remove numbered files of the export before, where it had more: they would pass for some of this one."""
    if not job.spec.is_overwrite_allowed:
        return
    owned.check()
    for name, stamp in job.plan.replaced_numbered:
        number = number_in(job.spec.target, name)
        if number is not None and number > files:
            discard_replaced(Path(job.spec.target).with_name(name), stamp)


def _may_replace(job: Job, target: Path) -> bool:
    replaced = _replaced(job).get(target.name)
    return job.spec.is_overwrite_allowed and replaced is not None and stamp_of(target) == replaced


def _replaced(job: Job) -> dict[str, FileStamp]:
    """Return what stood there when the job was made and may be replaced, by its name."""
    if job.spec.options.is_split:
        return dict(job.plan.replaced_numbered)
    stamp = job.plan.replaced_file
    return {Path(job.spec.target).name: stamp} if stamp is not None else {}

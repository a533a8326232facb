"""Whole files get the names that a person chose: all of them, and nobody else's file is touched."""

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from dataflow_desktop.destination.manifest import manifest_path_for, read_manifest
from dataflow_desktop.destination.part_files import PartFiles, part_place_of
from dataflow_desktop.destination.publishing import is_file_with
from dataflow_desktop.destination.target import discard_exported, numbered_files, stamp_of
from dataflow_desktop.domain.file_stamp import FileStamp
from dataflow_desktop.domain.finished_file import FinishedFile
from dataflow_desktop.domain.job import Job
from dataflow_desktop.errors import DataFlowError, ReasonCode, RefusedError
from dataflow_desktop.records.owned_job import OwnedJob


def is_published(owned: OwnedJob, job: Job) -> bool:
    """Whether a file of `job` has its name already; raises DestinationError."""
    return _named_count(owned, job) > 0


def unpublished(job: Job, files: Sequence[FinishedFile]) -> list[int]:
    """Return the numbers of those of `files` that do not have their names; raises DestinationError."""
    return [number for number, file in enumerate(files, 1) if not _is_named(job, number, file)]


def check_has_no_name(owned: OwnedJob, job: Job) -> None:
    """Raise RefusedError when some numbered files of `job` have their names: it must go on then."""
    named = _named_count(owned, job) if job.spec.options.is_split else 0
    if named and job.whole_file is not None:
        count = f"{job.whole_file.files:,}"
        raise RefusedError(ReasonCode.FILES_HAVE_NAMES, named=f"{named:,}", count=count, file=job.spec.file())


def _named_count(owned: OwnedJob, job: Job) -> int:
    """Return how many files of `job` have their names; none, while it is not whole."""
    files = owned.files() if job.whole_file is not None else ()
    return len(files) - len(unpublished(job, files))


def _is_named(job: Job, number: int, file: FinishedFile) -> bool:
    target, part = Path(job.spec.file(number)), part_place_of(job).file(number)
    if not is_file_with(target, file.bytes, file.sha256):
        return False
    # A numbered file of the export before may have the same bytes; one that was being named, both names.
    return not (job.spec.options.is_split and part.exists() and not part.samefile(target))


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
    """Remove numbered files of an export before, where it had more: they would pass for some of this one.

    Only those that a record or the manifest there proves to be an export's: 2023 is a number too.
    """
    if not job.spec.is_overwrite_allowed or not job.spec.options.is_split:
        return
    owned.check()
    standing = numbered_files(Path(job.spec.target))
    surplus = [path for number, path in standing.items() if number > files]
    known = _exported_before(owned, job) if surplus else set()
    for path in surplus:
        if any(is_file_with(path, size, digest) for size, digest in known):
            discard_exported(path)


def _exported_before(owned: OwnedJob, job: Job) -> set[tuple[int, str]]:
    """Return bytes and SHA-256 of all files that exports are known to have made there."""
    known = {(file.bytes, file.sha256) for file in owned.files_before(job.spec.target)}
    with suppress(DataFlowError):  # there is none, or none that can be understood
        manifest = read_manifest(manifest_path_for(Path(job.spec.target)))
        known |= {(file.bytes, file.sha256) for file in manifest.files}
    return known


def _may_replace(job: Job, target: Path) -> bool:
    replaced = _replaced(job).get(target.name)
    return job.spec.is_overwrite_allowed and replaced is not None and stamp_of(target) == replaced


def _replaced(job: Job) -> dict[str, FileStamp]:
    """Return what stood there when the job was made and may be replaced, by its name."""
    if job.spec.options.is_split:
        return dict(job.plan.replaced_numbered)
    stamp = job.plan.replaced_file
    return {Path(job.spec.target).name: stamp} if stamp is not None else {}

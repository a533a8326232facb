"""The names of what stands beside an unfinished target: part file, sidecar, draft of a manifest."""

import re
from pathlib import Path

from dataflow_desktop.domain.job import Job

MOST_NAME_BYTES = 255
"""The longest name that the usual file systems take."""

_NAME = re.compile(r"\.([0-9a-f]+)\.part(\.job)?$")


def part_path_for(target: Path, job_id: str) -> Path:
    """Return where the part file of a job stands: beside its target, so that publishing is only a rename."""
    return _beside(target, f".{job_id}.part")


def sidecar_path_for(target: Path, job_id: str) -> Path:
    """Return where the sidecar of that part file stands."""
    return _beside(target, f".{job_id}.part.job")


def sidecar_path_of(job: Job) -> Path:
    """Return where the sidecar of `job` stands now."""
    return sidecar_path_for(Path(job.spec.target), job.id)


def manifest_draft_of(job: Job) -> Path:
    """Return where the manifest of `job` is written before it gets its name."""
    return _beside(Path(job.spec.target), f".{job.id}.part.manifest")


def job_id_in(name: str) -> str | None:
    """Return the id of the job whose part file or sidecar has that name, None where it is neither."""
    found = _NAME.search(name)
    return found[1] if found is not None else None


def sidecar_of(path: Path) -> Path | None:
    """Return the sidecar of a part file, which may be given itself; None where there is none.

    Raises OSError.
    """
    found = _NAME.search(path.name)
    if found is None:
        return None
    if found[2]:
        return path
    # Not by the whole name: of a very long one the two have different parts.
    return next(path.parent.glob(f".*.{found[1]}.part.job"), None)


def _beside(target: Path, suffix: str) -> Path:
    # The end of a very long name is left out, for ours must not be too long for the folder.
    kept = target.name.encode()[: MOST_NAME_BYTES - len(suffix) - 1].decode(errors="ignore")
    return target.with_name(f".{kept}{suffix}")

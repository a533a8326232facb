"""The manifest of a job: what its record says, put together."""

from collections.abc import Sequence
from pathlib import Path

from dataflow_desktop import __version__
from dataflow_desktop.destination.manifest import put_manifest
from dataflow_desktop.destination.part_names import manifest_draft_of
from dataflow_desktop.domain.finished_file import FinishedFile
from dataflow_desktop.domain.job import Job
from dataflow_desktop.domain.manifest import ExportedColumn, ExportedFile, Manifest
from dataflow_desktop.export.creation import writing_for
from dataflow_desktop.records.owned_job import OwnedJob


def publish_manifest(owned: OwnedJob) -> None:
    """Let the manifest of a job stand beside its target, which has its name already, if it is to have one.

    Durable on return. Raises as `put_manifest` does; done again after a kill it comes to the same.
    """
    job = owned.job()
    if not job.spec.has_manifest:
        return
    manifest = manifest_of(job, owned.files())
    replaced = job.plan.replaced_manifest if job.spec.is_overwrite_allowed else None
    owned.check()
    put_manifest(manifest, manifest_draft_of(job), replaced)


def manifest_of(job: Job, files: Sequence[FinishedFile]) -> Manifest:
    """Return the manifest of `job`, whose `files` are whole."""
    plan = job.plan
    return Manifest(
        program=f"dataflow-desktop {__version__}",
        encoder=plan.encoder_version,
        spec=job.spec,
        columns=_columns_of(job),
        files=exported_files(job, files),
        started=job.created_at,
        finished=job.finished_at,
        resumes=max(job.epoch - 1, 0),
        source_changed=job.source_changed,
    )


def exported_files(job: Job, files: Sequence[FinishedFile]) -> tuple[ExportedFile, ...]:
    """Return the `files` that `job` made, with their names."""
    return tuple(
        ExportedFile(Path(job.spec.file(number)).name, file.rows, file.bytes, file.sha256, file.pieces)
        for number, file in enumerate(files, 1)
    )


def _columns_of(job: Job) -> tuple[ExportedColumn, ...]:
    writing = writing_for(job.spec, job.plan.table, job.plan.column_types)
    types = writing.column_types or (None,) * len(writing.columns)
    return tuple(map(ExportedColumn, writing.columns, writing.names, types))

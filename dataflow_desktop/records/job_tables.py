"""The tables of the job store, and their version."""

from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from dataflow_desktop.domain.checkpoint import Checkpoint
from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.finished_file import FinishedFile, PieceDigests, WholeFile
from dataflow_desktop.domain.job import Job, JobState, Plan, SourceChanged
from dataflow_desktop.domain.keyset import Keyset
from dataflow_desktop.errors import Reason
from dataflow_desktop.records.stored_form import from_json, to_json

SCHEMA_VERSION = 7
"""Stands in the file as PRAGMA user_version; a change of these tables raises it and brings its migration."""


class Base(DeclarativeBase):
    """All tables of the job store."""


MIGRATIONS = {
    1: ("ALTER TABLE jobs ADD COLUMN source_changed VARCHAR NOT NULL DEFAULT 'unknown'",),
    2: (
        "ALTER TABLE checkpoints RENAME TO newest_checkpoints",
        """CREATE TABLE checkpoints (
        job_id VARCHAR NOT NULL, ordinal INTEGER NOT NULL, epoch INTEGER NOT NULL,
        keyset VARCHAR NOT NULL, rows INTEGER NOT NULL, bytes INTEGER NOT NULL, digest VARCHAR NOT NULL,
        fingerprint VARCHAR NOT NULL, PRIMARY KEY (job_id, ordinal))""",
        """INSERT INTO checkpoints SELECT job_id, 1, epoch, keyset, rows, bytes, digest, fingerprint
        FROM newest_checkpoints""",
        "DROP TABLE newest_checkpoints",
    ),
    3: ("ALTER TABLE jobs ADD COLUMN piece_digests VARCHAR",),
    4: ("ALTER TABLE jobs ADD COLUMN queue_place INTEGER",),
    5: (
        "ALTER TABLE checkpoints ADD COLUMN file_number INTEGER NOT NULL DEFAULT 1",
        """CREATE TABLE files (
        job_id VARCHAR NOT NULL, number INTEGER NOT NULL, rows INTEGER NOT NULL, bytes INTEGER NOT NULL,
        sha256 VARCHAR NOT NULL, pieces VARCHAR, PRIMARY KEY (job_id, number))""",
        """INSERT INTO files SELECT id, 1, whole_rows, whole_bytes, whole_sha256, piece_digests
        FROM jobs WHERE whole_sha256 IS NOT NULL""",
        "ALTER TABLE jobs DROP COLUMN piece_digests",
    ),
    6: (
        "ALTER TABLE jobs ADD COLUMN is_hidden BOOLEAN NOT NULL DEFAULT 0",
        "ALTER TABLE jobs ADD COLUMN whole_files INTEGER",
        """UPDATE jobs SET whole_files = (SELECT count(*) FROM files WHERE job_id = id)
        WHERE whole_sha256 IS NOT NULL""",
    ),
}
"""The statements that make of a file of that version one of the next."""


class JobRow(Base):
    """One job. Spec, plan and reason are JSON text; times are ISO 8601 in UTC.

    One that `is_hidden` was removed from the list, but the next export of its profile goes on from it.
    """

    __tablename__ = "jobs"

    id: Mapped[str] = mapped_column(primary_key=True)
    created_at: Mapped[str] = mapped_column(index=True)
    state: Mapped[str]
    epoch: Mapped[int] = mapped_column(default=0)
    target: Mapped[str] = mapped_column(index=True)
    spec: Mapped[str]
    plan: Mapped[str]
    reason: Mapped[str | None]
    is_cancel_wished: Mapped[bool] = mapped_column(default=False)
    whole_rows: Mapped[int | None]
    whole_bytes: Mapped[int | None]
    whole_sha256: Mapped[str | None]
    whole_files: Mapped[int | None]
    finished_at: Mapped[str | None]
    source_changed: Mapped[str] = mapped_column(default=SourceChanged.UNKNOWN.value, server_default="unknown")
    queue_place: Mapped[int | None]
    is_hidden: Mapped[bool] = mapped_column(default=False, server_default="0")

    @property
    def is_gone_on_from(self) -> bool:
        """Whether another export may ask what was added since this one."""
        return self.state == JobState.DONE.value and bool(from_json(self.spec, ExportSpec).profile)

    def to_job(self, checkpoint: "CheckpointRow | None") -> Job:
        """Return the row as a snapshot for the rest of the program."""
        return Job(
            id=self.id,
            spec=from_json(self.spec, ExportSpec),
            plan=from_json(self.plan, Plan),
            state=JobState(self.state),
            epoch=self.epoch,
            created_at=self.created_at,
            checkpoint=checkpoint.to_checkpoint() if checkpoint is not None else None,
            whole_file=self._whole_file(),
            reason=from_json(self.reason, Reason) if self.reason is not None else None,
            finished_at=self.finished_at,
            source_changed=SourceChanged(self.source_changed),
            queue_place=self.queue_place,
        )

    def _whole_file(self) -> WholeFile | None:
        if self.whole_rows is None or self.whole_bytes is None or self.whole_sha256 is None:
            return None
        return WholeFile(self.whole_rows, self.whole_bytes, self.whole_sha256, self.whole_files or 1)


def whole_values(whole: WholeFile) -> dict[str, object]:
    """Return the columns of a job's row that say what it is in all."""
    return {
        "whole_rows": whole.rows,
        "whole_bytes": whole.bytes,
        "whole_sha256": whole.sha256,
        "whole_files": whole.files,
    }


class CheckpointRow(Base):
    """A checkpoint of a job, committed after its bytes were durable. The newest has the highest ordinal."""

    __tablename__ = "checkpoints"

    job_id: Mapped[str] = mapped_column(primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    epoch: Mapped[int]
    keyset: Mapped[str]
    rows: Mapped[int]
    bytes: Mapped[int]
    digest: Mapped[str]
    fingerprint: Mapped[str]
    file_number: Mapped[int] = mapped_column(default=1, server_default="1")

    @classmethod
    def of(cls, job_id: str, ordinal: int, epoch: int, checkpoint: Checkpoint) -> "CheckpointRow":
        """Return the row that keeps `checkpoint`."""
        return cls(
            job_id=job_id,
            ordinal=ordinal,
            epoch=epoch,
            keyset=to_json(checkpoint.keyset, Keyset | None),
            rows=checkpoint.rows,
            bytes=checkpoint.bytes,
            digest=checkpoint.digest,
            fingerprint=checkpoint.fingerprint,
            file_number=checkpoint.file_number,
        )

    def to_checkpoint(self) -> Checkpoint:
        """Return the checkpoint this row keeps."""
        keyset: Keyset | None = from_json(self.keyset, Keyset | None)  # type: ignore[arg-type]  # an alias, no class
        return Checkpoint(keyset, self.rows, self.bytes, self.digest, self.fingerprint, self.file_number)


class FileRow(Base):
    """A file of a job that has its last byte; of an export that is not split the only one, when it is whole.

    Apart from the jobs: of a large export the digests of its pieces, JSON text, are more than all the rest.
    """

    __tablename__ = "files"

    job_id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    rows: Mapped[int]
    bytes: Mapped[int]
    sha256: Mapped[str]
    pieces: Mapped[str | None]

    @classmethod
    def of(cls, job_id: str, number: int, file: FinishedFile) -> "FileRow":
        """Return the row that keeps `file`, the one of that number, from 1."""
        pieces = to_json(file.pieces) if file.pieces is not None else None
        return cls(
            job_id=job_id, number=number, rows=file.rows, bytes=file.bytes, sha256=file.sha256, pieces=pieces
        )

    def to_file(self) -> FinishedFile:
        """Return the file this row keeps."""
        pieces = from_json(self.pieces, PieceDigests) if self.pieces is not None else None
        return FinishedFile(self.rows, self.bytes, self.sha256, pieces)

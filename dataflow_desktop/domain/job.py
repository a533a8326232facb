"""One export from wish to end, as the job store keeps it."""

from dataclasses import dataclass, field
from enum import StrEnum

from dataflow_desktop.domain.checkpoint import Checkpoint
from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.file_stamp import FileStamp
from dataflow_desktop.domain.finished_file import WholeFile
from dataflow_desktop.domain.keyset import Keyset
from dataflow_desktop.domain.schema import Table
from dataflow_desktop.domain.source_identity import SourceIdentity
from dataflow_desktop.errors import Reason, ReasonCode


class JobState(StrEnum):
    """Where a job stands. INTERRUPTED is never stored: it is worked out from a lock nobody holds."""

    PENDING = "PENDING"
    PROCESSING = "PROCESSING"
    FINALIZING = "FINALIZING"
    DONE = "DONE"
    PAUSED = "PAUSED"
    INTERRUPTED = "INTERRUPTED"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"


class SourceChanged(StrEnum):
    """Whether anybody changed the source while an export read it; across a restart nobody can know."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


ENDED = frozenset({JobState.DONE, JobState.CANCELLED})
RUNNING = frozenset({JobState.PROCESSING, JobState.FINALIZING})

NOT_RESUMABLE = frozenset(
    code.name
    for code in (
        ReasonCode.PART_MISSING,
        ReasonCode.PART_NOT_A_FILE,
        ReasonCode.PART_TOO_SHORT,
        ReasonCode.PART_CHANGED,
        ReasonCode.PART_DAMAGED,
        ReasonCode.SOURCE_REPLACED,
        ReasonCode.TABLE_CHANGED,
        ReasonCode.JOB_FORMAT_UNKNOWN,
        ReasonCode.SNAPSHOT_LOST,
        ReasonCode.ROWS_RENUMBERED,
        ReasonCode.TOO_MANY_FILES,
    )
)
"""Reasons that only a person can remove: what was saved is not there any more, or not usable."""


@dataclass(frozen=True)
class Plan:
    """What creation froze: the table as it was, the bound (None: no rows), the count, the fingerprint.

    `column_types` are those of a Parquet file. `schema_version` is SQLite's own number for the state of the
    whole schema. `replaced_file` and `replaced_manifest` are what stood at target and manifest where they
    may be replaced; `replaced_numbered` are numbered files there, by their names. `is_source_replaced` and
    `is_snapshot_lost` are what a person agreed to since: that rows come from another database, that they come
    from after the snapshot.
    """

    table: Table
    bound: Keyset | None
    total_rows: int
    encoder_version: str
    fingerprint: str
    column_types: tuple[str, ...] = ()
    schema_version: int = 0
    source_identity: SourceIdentity = field(default_factory=SourceIdentity)
    replaced_file: FileStamp | None = None
    is_source_replaced: bool = False
    is_snapshot_lost: bool = False
    replaced_manifest: FileStamp | None = None
    replaced_numbered: tuple[tuple[str, FileStamp], ...] = ()


@dataclass(frozen=True)
class Job:
    """A snapshot of one job. Times are ISO 8601 in UTC; `epoch` counts its owners so far.

    `finished_at` is when its file was whole, or when it was given up. `queue_place` says where it stands
    among those that run or wait for their turn, lowest first; None when it is not to run.
    """

    id: str
    spec: ExportSpec
    plan: Plan
    state: JobState
    epoch: int
    created_at: str
    checkpoint: Checkpoint | None = None
    whole_file: WholeFile | None = None
    reason: Reason | None = None
    finished_at: str | None = None
    source_changed: SourceChanged = SourceChanged.UNKNOWN
    queue_place: int | None = None

    @property
    def position(self) -> Keyset | None:
        """Where reading goes on; None while no row that was read is saved."""
        return self.checkpoint.keyset if self.checkpoint is not None else None

    @property
    def durable_rows(self) -> int:
        """Rows that a crash cannot take away any more."""
        saved = self.whole_file or self.checkpoint
        return saved.rows if saved is not None else 0

    @property
    def file_count(self) -> int:
        """How many files it makes; 1 as long as that is not known."""
        return self.whole_file.files if self.whole_file is not None else 1

    @property
    def has_ended(self) -> bool:
        """Whether nothing more will happen to the job."""
        return self.state in ENDED

    @property
    def turn(self) -> tuple[bool, int, str]:
        """What puts jobs in turn: those in the queue by their place, then the others, oldest first."""
        return self.queue_place is None, self.queue_place or 0, self.created_at

    @property
    def can_resume_by_itself(self) -> bool:
        """Whether `resume --all` may take it: unfinished, without an owner, and not waiting for a person."""
        if self.state is JobState.FAILED:
            return self.reason is None or self.reason.code not in NOT_RESUMABLE
        return not self.has_ended and self.state not in RUNNING

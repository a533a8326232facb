"""What the window may ask of the export engine, and what comes back besides its reports."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dataflow_desktop.domain.consent import Consent
from dataflow_desktop.domain.excel_changes import ExcelChange
from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.file_preview import FilePreview
from dataflow_desktop.domain.job import Job
from dataflow_desktop.errors import Reason
from dataflow_desktop.pacing import StopRequest

if TYPE_CHECKING:
    from dataflow_desktop.export.preview import PreviewRows


@dataclass(frozen=True)
class CreateWish:
    """Make a job; `stop` gives up counting."""

    spec: ExportSpec
    stop: StopRequest = field(default_factory=StopRequest, compare=False)


@dataclass(frozen=True)
class RunWish:
    """Run a job from where it stands; `stop` is where its wishes to stop go, from any thread.

    `source` is the database it reads, of which few jobs run at once.
    """

    job_id: str
    source: str
    consents: frozenset[Consent] = frozenset()
    stop: StopRequest = field(default_factory=StopRequest, compare=False)


@dataclass(frozen=True)
class ListWish:
    """Every job, newest first."""


@dataclass(frozen=True)
class CancelWish:
    """Give up a job that does not run here."""

    job_id: str


@dataclass(frozen=True)
class QueueWish:
    """Keep which jobs run or wait for their turn, in `order`, and which have `left` the queue."""

    order: tuple[str, ...]
    left: frozenset[str] = frozenset()


@dataclass(frozen=True)
class RemoveWish:
    """Take jobs that have ended from the list; their files stay."""

    job_ids: frozenset[str]


@dataclass(frozen=True)
class LocateWish:
    """Let a job go on with its part file, which somebody moved to `part`; `stop` gives up a copy of it."""

    job_id: str
    part: str
    stop: StopRequest = field(default_factory=StopRequest, compare=False)


@dataclass(frozen=True)
class MoveWish:
    """Let a job become the file `target` instead; `stop` gives up the copy of what is saved.

    `is_without_rows` gives up what is saved, where it cannot be had any more.
    """

    job_id: str
    target: str
    is_without_rows: bool = False
    stop: StopRequest = field(default_factory=StopRequest, compare=False)


@dataclass(frozen=True)
class RebuildWish:
    """Find out which job the file `part` belongs to, and keep it again."""

    part: str


@dataclass(frozen=True)
class LookWish:
    """Look whether what a job waits for is there again."""

    job: Job


@dataclass(frozen=True)
class EstimateWish:
    """Guess how much room an export of so many rows needs."""

    spec: ExportSpec
    rows: int


@dataclass(frozen=True)
class LastExportWish:
    """Since when rows would be new for `spec`, and how many are; `stop` gives up counting."""

    spec: ExportSpec
    stop: StopRequest = field(default_factory=StopRequest, compare=False)


@dataclass(frozen=True)
class ExcelLookWish:
    """Which values of the export Excel would change; `stop` gives up looking."""

    spec: ExportSpec
    stop: StopRequest = field(default_factory=StopRequest, compare=False)


@dataclass(frozen=True)
class PreviewWish:
    """The first lines of the file; `known` are the rows of an earlier preview, `stop` gives up reading."""

    spec: ExportSpec
    known: "PreviewRows | None" = None
    stop: StopRequest = field(default_factory=StopRequest, compare=False)


Wish = (
    CreateWish
    | RunWish
    | ListWish
    | CancelWish
    | QueueWish
    | RemoveWish
    | LocateWish
    | MoveWish
    | RebuildWish
    | LookWish
    | EstimateWish
    | LastExportWish
    | ExcelLookWish
    | PreviewWish
)

StoppableWish = CreateWish | LocateWish | MoveWish | LastExportWish | ExcelLookWish | PreviewWish
"""Those that can be cut short before they are fulfilled; a run, which keeps what it has, ends otherwise."""


@dataclass(frozen=True)
class JobCreated:
    """The job is frozen and recorded; nothing of it has run."""

    wish: CreateWish
    job: Job


@dataclass(frozen=True)
class JobsListed:
    """Every job, newest first; `notice` says what became of a damaged record of them."""

    jobs: tuple[Job, ...]
    notice: Reason | None = None


@dataclass(frozen=True)
class RunEnded:
    """The engine let go of the job; `reason` when an error ended it, None when its last report says how.

    `job` is as it is recorded now, None when the record cannot be read.
    """

    job_id: str
    reason: Reason | None
    job: Job | None


@dataclass(frozen=True)
class JobCancelled:
    """The job was given up, or whoever runs it was asked to."""

    job_id: str


@dataclass(frozen=True)
class QueueKept:
    """The order of the queue is durable."""


@dataclass(frozen=True)
class JobsRemoved:
    """What was to be forgotten and has ended is in no list any more."""


@dataclass(frozen=True)
class JobFound:
    """The job as it is now: its file was found, moved, or told which job it is."""

    wish: LocateWish | MoveWish | RebuildWish
    job: Job


@dataclass(frozen=True)
class JobLookedAt:
    """Whether it is worth trying to go on."""

    job_id: str
    is_worth_trying: bool


@dataclass(frozen=True)
class SpaceEstimated:
    """About how many bytes are needed, how many are free (None: nobody knows), and whether that is enough."""

    wish: EstimateWish
    needed: int
    free: int | None
    is_enough: bool


@dataclass(frozen=True)
class LastExportFound:
    """The wish as it goes on from the last export, if there was one, and how many rows it has."""

    wish: LastExportWish
    going_on: ExportSpec
    rows: int


@dataclass(frozen=True)
class ExcelChangesFound:
    """An example from each column with such values."""

    wish: ExcelLookWish
    changes: tuple[ExcelChange, ...]


@dataclass(frozen=True)
class PreviewMade:
    """What the first rows look like in the file, and these rows, for the next preview of them."""

    wish: PreviewWish
    preview: FilePreview
    rows: "PreviewRows"


@dataclass(frozen=True)
class WishStopped:
    """Nothing came of a wish because it was asked to stop; everything is as it was before."""

    wish: StoppableWish


@dataclass(frozen=True)
class WishFailed:
    """Why nothing came of a wish that is no run."""

    wish: Wish
    reason: Reason


Answer = (
    JobCreated
    | JobsListed
    | RunEnded
    | JobCancelled
    | QueueKept
    | JobsRemoved
    | JobFound
    | JobLookedAt
    | SpaceEstimated
    | LastExportFound
    | ExcelChangesFound
    | PreviewMade
    | WishStopped
    | WishFailed
)

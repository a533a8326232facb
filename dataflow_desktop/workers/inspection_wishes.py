"""What the window may ask about what an export left behind, and the answers."""

from dataclasses import dataclass, field

from dataflow_desktop.domain.job import Job
from dataflow_desktop.domain.verification import Verdict
from dataflow_desktop.errors import Reason
from dataflow_desktop.pacing import StopRequest


@dataclass(frozen=True)
class VerifyWish:
    """Compare the files of a job with what that job wrote; `stop` gives up."""

    job_id: str
    stop: StopRequest = field(default_factory=StopRequest, compare=False)


@dataclass(frozen=True)
class PlaceWish:
    """Whether there is anything at `path`, which is a job's file or, with `is_folder`, the folder of that."""

    job_id: str
    path: str
    is_folder: bool


@dataclass(frozen=True)
class TracesWish:
    """What is left of an export: its file, its manifest, its lines in the log."""

    job: Job


InspectionWish = VerifyWish | PlaceWish | TracesWish


@dataclass(frozen=True)
class FileRead:
    """How many bytes of all files were compared so far."""

    job_id: str
    bytes: int


@dataclass(frozen=True)
class FileVerified:
    """Whether each file of the export is what was exported, in their order."""

    wish: VerifyWish
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True)
class PlaceLookedAt:
    """Whether there is anything."""

    wish: PlaceWish
    is_there: bool


@dataclass(frozen=True)
class TracesFound:
    """What is left: so many of its files, and the oldest line of the log first."""

    wish: TracesWish
    files_there: int
    has_manifest: bool
    log_lines: tuple[str, ...]


@dataclass(frozen=True)
class InspectionStopped:
    """Nothing came of a wish because it was asked to stop."""

    wish: VerifyWish


@dataclass(frozen=True)
class InspectionFailed:
    """Why nothing came of a wish."""

    wish: InspectionWish
    reason: Reason


InspectionAnswer = FileVerified | PlaceLookedAt | TracesFound | InspectionStopped | InspectionFailed

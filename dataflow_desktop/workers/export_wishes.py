"""What the window may ask of the export engine, and what comes back besides its reports."""

from dataclasses import dataclass, field

from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.job import Job
from dataflow_desktop.errors import Reason
from dataflow_desktop.pacing import StopRequest


@dataclass(frozen=True)
class CreateWish:
    """Make a job; `stop` gives up counting."""

    spec: ExportSpec
    stop: StopRequest = field(default_factory=StopRequest, compare=False)


@dataclass(frozen=True)
class RunWish:
    """Run a job from where it stands; `stop` is where its wishes to stop go, from any thread."""

    job_id: str
    stop: StopRequest = field(default_factory=StopRequest, compare=False)


@dataclass(frozen=True)
class ListWish:
    """Every job, newest first."""


@dataclass(frozen=True)
class CancelWish:
    """Give up a job that does not run here."""

    job_id: str


Wish = CreateWish | RunWish | ListWish | CancelWish


@dataclass(frozen=True)
class JobCreated:
    """The job is frozen and recorded; nothing of it has run."""

    wish: CreateWish
    job: Job


@dataclass(frozen=True)
class JobsListed:
    """Every job, newest first."""

    jobs: tuple[Job, ...]


@dataclass(frozen=True)
class RunEnded:
    """The engine let go of the job; `reason` when an error ended it, None when its last report says how."""

    job_id: str
    reason: Reason | None


@dataclass(frozen=True)
class JobCancelled:
    """The job was given up, or whoever runs it was asked to."""

    job_id: str


@dataclass(frozen=True)
class WishFailed:
    """Why a job was not made, listed or given up."""

    wish: Wish
    reason: Reason


Answer = JobCreated | JobsListed | RunEnded | JobCancelled | WishFailed

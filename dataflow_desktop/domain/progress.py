"""What a running export reports, in order: Started, any number of Progress, then one of the three ends."""

from dataclasses import dataclass

from dataflow_desktop.errors import Reason


@dataclass(frozen=True)
class Started:
    """The job has an owner and its part file is ready; `resumed_rows` were saved before."""

    job_id: str
    total_rows: int
    resumed_rows: int


@dataclass(frozen=True)
class Progress:
    """Rows written and rows durable so far; `eta_seconds` is None while nothing tells it.

    `bytes_per_second` is how fast the file grows.
    """

    job_id: str
    rows: int
    durable_rows: int
    total_rows: int
    bytes: int
    rows_per_second: float
    eta_seconds: float | None
    bytes_per_second: float = 0.0


@dataclass(frozen=True)
class Finished:
    """The target is whole, durable and has its name; of one that is split `names` are those of its files.

    `new_rows` are those that this export read; with `since` they were added since then (ISO 8601 in UTC).
    """

    job_id: str
    rows: int
    bytes: int
    sha256: str
    file: str
    new_rows: int
    since: str | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paused:
    """The job stopped at a checkpoint and can resume."""

    job_id: str
    durable_rows: int
    reason: Reason


@dataclass(frozen=True)
class Cancelled:
    """The job was given up; its part file is gone."""

    job_id: str


Report = Started | Progress | Finished | Paused | Cancelled

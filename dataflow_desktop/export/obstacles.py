"""Whether what an export waits for is there again: room on a disk, a folder, a database."""

from collections.abc import Callable, Mapping
from pathlib import Path

from dataflow_desktop.destination.room import room_in
from dataflow_desktop.domain.job import Job
from dataflow_desktop.errors import DataFlowError, ReasonCode
from dataflow_desktop.source.opening import open_source


def is_worth_trying(job: Job) -> bool:
    """Return whether the obstacle for which `job` paused seems to be gone; any thread may ask."""
    look = _LOOKS.get(job.reason.code) if job.reason is not None else None
    try:
        return look is not None and look(job)
    except DataFlowError:
        return False


def _has_room(job: Job) -> bool:
    # Twice what is left alone: or else an export would go on for a few rows only.
    room = room_in(Path(job.spec.target).parent)
    return room.is_enough_for(room.reserved)


def _has_folder(job: Job) -> bool:
    return Path(job.spec.target).parent.is_dir()


def _has_source(job: Job) -> bool:
    open_source(job.spec.source).connect().close()
    return True


_LOOKS: Mapping[str, Callable[[Job], bool]] = {
    ReasonCode.DISK_FULL.name: _has_room,
    ReasonCode.DISK_NEARLY_FULL.name: _has_room,
    ReasonCode.FOLDER_MISSING.name: _has_folder,
    ReasonCode.SOURCE_MISSING.name: _has_source,
    ReasonCode.SOURCE_BUSY.name: _has_source,
    ReasonCode.SOURCE_FAILED.name: _has_source,
    ReasonCode.SOURCE_UNREADABLE.name: _has_source,
    ReasonCode.SERVER_UNREACHABLE.name: _has_source,
    ReasonCode.CONNECTION_LOST.name: _has_source,
}

"""Looks in a thread at what exports left behind: a file is read whole, and a disk may be slow or away."""

from pathlib import Path
from time import monotonic

from PySide6.QtCore import Signal

from dataflow_desktop import locations
from dataflow_desktop.errors import Reason
from dataflow_desktop.logs import lines_of_job
from dataflow_desktop.pacing import Stopped, StopRequest
from dataflow_desktop.source.sqlalchemy_loading import load_sqlalchemy
from dataflow_desktop.workers.inspection_wishes import (
    FileRead,
    FileVerified,
    InspectionAnswer,
    InspectionFailed,
    InspectionStopped,
    InspectionWish,
    PlaceLookedAt,
    PlaceWish,
    TracesFound,
    TracesWish,
    VerifyWish,
)
from dataflow_desktop.workers.worker_thread import StoppableWorker

SECONDS_BETWEEN_REPORTS = 0.2
"""A percentage that changes more often cannot be read."""


class InspectionWorker(StoppableWorker[InspectionWish, InspectionAnswer]):
    """Fulfils one wish after the other; `answered` brings an InspectionAnswer, `reported` a FileRead.

    A wish to verify is stopped by its own StopRequest, which works at once, and also before its turn.
    """

    reported = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._next_report = 0.0

    def _answer(self, wish: InspectionWish) -> InspectionAnswer:
        match wish:
            case VerifyWish():
                return self._verified(wish)
            case PlaceWish(path=path):
                return PlaceLookedAt(wish, Path(path).exists())
            case TracesWish():
                return _traces(wish)

    def _stopped(self, wish: InspectionWish) -> InspectionAnswer:
        if not isinstance(wish, VerifyWish):
            raise TypeError(wish)
        return InspectionStopped(wish)

    def _failure(self, wish: InspectionWish, reason: Reason) -> InspectionAnswer:
        return InspectionFailed(wish, reason)

    def _stop_of(self, wish: InspectionWish) -> StopRequest | None:
        return wish.stop if isinstance(wish, VerifyWish) else None

    def _verified(self, wish: VerifyWish) -> FileVerified:
        # SQLAlchemy is imported here, in the worker's thread: the window paints meanwhile.
        load_sqlalchemy()
        from dataflow_desktop.export.verification import verdicts_on_export
        from dataflow_desktop.records.job_store import JobStore

        def watch(read: int) -> None:
            if wish.stop.is_asked():
                raise Stopped
            if monotonic() >= self._next_report:
                self._next_report = monotonic() + SECONDS_BETWEEN_REPORTS
                self.reported.emit(FileRead(wish.job_id, read))

        store = JobStore(locations.job_store_path())
        try:
            watch(0)
            return FileVerified(wish, tuple(verdicts_on_export(store, wish.job_id, watch)))
        finally:
            store.close()


def _traces(wish: TracesWish) -> TracesFound:
    from dataflow_desktop.destination.manifest import manifest_path_for

    job = wish.job
    files_there = sum(Path(job.spec.file(number)).exists() for number in range(1, job.file_count + 1))
    has_manifest = manifest_path_for(Path(job.spec.target)).exists()
    return TracesFound(wish, files_there, has_manifest, tuple(lines_of_job(job.id)))

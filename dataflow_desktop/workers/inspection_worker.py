"""Looks in a thread at what exports left behind: a file is read whole, and a disk may be slow or away."""

from pathlib import Path
from time import monotonic

from PySide6.QtCore import Qt, Signal

from dataflow_desktop import locations
from dataflow_desktop.logs import lines_of_job
from dataflow_desktop.pacing import Stopped, StopWish
from dataflow_desktop.source.sqlalchemy_loading import load_sqlalchemy
from dataflow_desktop.workers.edge import reason_for
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
from dataflow_desktop.workers.worker_thread import Worker

SECONDS_BETWEEN_REPORTS = 0.2
"""A percentage that changes more often cannot be read."""


class InspectionWorker(Worker):
    """Fulfils one wish after the other; `answered` brings an InspectionAnswer, `reported` a FileRead.

    A wish to verify is stopped by its own StopRequest, which works at once, and also before its turn.
    """

    answered = Signal(object)
    reported = Signal(object)
    _asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._current: InspectionWish | None = None
        self._is_ending = False
        self._next_report = 0.0
        self._asked.connect(self._on_asked, Qt.ConnectionType.QueuedConnection)

    def ask(self, wish: InspectionWish) -> None:
        """Fulfil `wish` after those before it; from any thread."""
        self._asked.emit(wish)

    def ask_to_stop(self) -> None:
        """Cut a comparison short, and drop what waits."""
        self._is_ending = True
        current = self._current
        if isinstance(current, VerifyWish):
            current.stop.ask(StopWish.CLOSE)

    def _on_asked(self, wish: InspectionWish) -> None:
        # In this order: `ask_to_stop`, in another thread, sets the one before it looks at the other.
        self._current = wish
        if self._is_ending:
            return
        self.answered.emit(self._answer(wish))
        self._current = None

    def _answer(self, wish: InspectionWish) -> InspectionAnswer:
        try:
            match wish:
                case VerifyWish():
                    return self._verified(wish)
                case PlaceWish(path=path):
                    return PlaceLookedAt(wish, Path(path).exists())
                case TracesWish():
                    return _traces(wish)
        except Exception as error:  # noqa: BLE001 - the worker's edge
            return InspectionFailed(wish, reason_for(error))

    def _verified(self, wish: VerifyWish) -> FileVerified | InspectionStopped:
        # SQLAlchemy is imported here, in the worker's thread: the window paints meanwhile.
        load_sqlalchemy()
        from dataflow_desktop.export.verification import verdict_on_export
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
            return FileVerified(wish, verdict_on_export(store, wish.job_id, watch))
        except Stopped:
            return InspectionStopped(wish)
        finally:
            store.close()


def _traces(wish: TracesWish) -> TracesFound:
    from dataflow_desktop.destination.manifest import manifest_path_for

    spec = wish.job.spec
    has_manifest = manifest_path_for(Path(spec.target)).exists()
    return TracesFound(wish, Path(spec.file()).exists(), has_manifest, tuple(lines_of_job(wish.job.id)))

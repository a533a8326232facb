"""Who answers which wish: what takes long never stands before what is quick."""

from collections.abc import Mapping
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from dataflow_desktop.workers.export_wishes import (
    CancelWish,
    CreateWish,
    EstimateWish,
    ExcelLookWish,
    LastExportWish,
    ListWish,
    LocateWish,
    LookWish,
    MoveWish,
    PreviewWish,
    QueueWish,
    RebuildWish,
    RemoveWish,
    Wish,
)
from dataflow_desktop.workers.export_worker import ExportWorker
from dataflow_desktop.workers.worker_thread import WorkerThread


class _Lane(StrEnum):
    """A thread's work and name."""

    RECORDS = "records"
    CREATION = "creation"
    RELOCATION = "relocation"
    LOOKS = "looks"
    ESTIMATES = "estimates"
    PREVIEWS = "previews"
    LAST_EXPORTS = "last exports"
    EXCEL_LOOKS = "looks for Excel"


_LANE_OF: Mapping[type[Wish], _Lane] = {
    ListWish: _Lane.RECORDS,
    CancelWish: _Lane.RECORDS,
    QueueWish: _Lane.RECORDS,
    RemoveWish: _Lane.RECORDS,
    CreateWish: _Lane.CREATION,
    MoveWish: _Lane.RELOCATION,
    LocateWish: _Lane.RELOCATION,
    RebuildWish: _Lane.RELOCATION,
    LookWish: _Lane.LOOKS,
    EstimateWish: _Lane.ESTIMATES,
    PreviewWish: _Lane.PREVIEWS,
    LastExportWish: _Lane.LAST_EXPORTS,
    ExcelLookWish: _Lane.EXCEL_LOOKS,
}


class WishLanes(QObject):
    """Answers every wish but a run; `answered` brings an Answer. Lives in the window's thread.

    Counting the rows of a new export and copying what is saved of another take minutes: each has a lane of
    its own, and so has reading the record of exports, which the panel waits for. A look and an estimate are
    quick as a rule, but a look at a share that does not answer is not, nor an estimate in a large database
    without an index, nor a preview of rows to be sorted first, nor a count of what was added: none is to hold
    up the others or the panel, so each has its own lane too. A thread begins with its first wish.
    """

    answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workers = {lane: ExportWorker() for lane in _Lane}
        self._threads = {lane: WorkerThread(worker, lane) for lane, worker in self._workers.items()}
        for worker in self._workers.values():
            worker.answered.connect(self.answered)

    @property
    def threads(self) -> list[WorkerThread]:
        """All threads, to be joined at the end."""
        return list(self._threads.values())

    def ask(self, wish: Wish) -> None:
        """Do `wish` after those of its lane that were asked before."""
        lane = _LANE_OF[type(wish)]
        self._threads[lane].start()
        self._workers[lane].ask(wish)

"""Tries whether a source opens, on a lane of its own, and lets go of it again."""

from PySide6.QtCore import QObject, Signal

from dataflow_desktop.workers.query_wishes import (
    Answer,
    HeldUp,
    OpenedSource,
    QueryFailed,
    TablesListed,
    TablesWish,
)
from dataflow_desktop.workers.query_worker import QueryWorker
from dataflow_desktop.workers.worker_thread import WorkerThread


class Trial(QObject):
    """`succeeded` carries the number of tables, `failed` a Reason; neither comes once it is given up.

    Lives in the window's thread. Each trial has a lane of its own, for one that was given up may still wait
    for its server.
    """

    succeeded = Signal(int)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._trials = 0
        self._wish: TablesWish | None = None
        self._lanes: list[tuple[QueryWorker, WorkerThread]] = []

    @property
    def threads(self) -> list[WorkerThread]:
        """All threads that may still run, to be joined at the end."""
        return [thread for _, thread in self._lanes]

    def begin(self, address: str) -> None:
        """Try to open the source at `address`; one that was under way is given up."""
        self.give_up()
        self._lanes = [(worker, thread) for worker, thread in self._lanes if thread.is_running]
        self._trials += 1
        self._wish = TablesWish(OpenedSource(address, self._trials))
        worker = QueryWorker()
        thread = WorkerThread(worker, "trial")
        worker.answered.connect(self._on_answered)
        self._lanes.append((worker, thread))
        thread.start()
        worker.ask(self._wish)

    def give_up(self) -> None:
        """Wait no longer; the lane ends by itself as soon as its server lets it."""
        self._wish = None
        for _, thread in self._lanes:
            thread.ask_to_stop()

    def _on_answered(self, answer: Answer) -> None:
        if self._wish is None or answer.wish != self._wish:
            return
        self.give_up()
        match answer:
            case TablesListed(tables=tables):
                self.succeeded.emit(len(tables))
            case HeldUp(reason=reason) | QueryFailed(reason=reason):
                self.failed.emit(reason)

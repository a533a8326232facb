"""Whether somebody changed the database since its rows were read."""

from PySide6.QtCore import QObject, QTimer, Signal

from dataflow_desktop.workers.query_wishes import Answer, OpenedSource, VersionRead, VersionWish
from dataflow_desktop.workers.query_worker import QueryWorker
from dataflow_desktop.workers.worker_thread import WorkerThread

LOOK_MS = 3_000
"""A look costs SQLite a fraction of a millisecond; oftener, nobody would notice the difference."""


class ChangeWatch(QObject):
    """Looks now and then; `changed` once after each `begin`. Lives in the window's thread.

    On a connection of its own: SQLite counts the changes that others made as each connection saw them.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._worker = QueryWorker()
        self.thread_of_looks = WorkerThread(self._worker, "changes")
        self._worker.answered.connect(self._on_answered)
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._source: OpenedSource | None = None
        self._begun = 0
        self._version: int | None = None

    def begin(self, source: OpenedSource) -> None:
        """Watch from now on for changes of the source, whose rows are being read."""
        self.thread_of_looks.start()
        self._source = source
        self._begun += 1
        self._version = None
        self._look()
        self._timer.start()

    def end(self) -> None:
        """Watch no longer."""
        self._timer.stop()
        self._worker.forget()
        self._begun += 1

    def _look(self) -> None:
        if self._source is not None:
            self._worker.ask(VersionWish(self._source, self._begun))

    def _on_answered(self, answer: Answer) -> None:
        if not isinstance(answer, VersionRead) or answer.wish.generation != self._begun:
            return  # what keeps it from being read keeps the rows too, and those say it
        if self._version is None:
            self._version = answer.version
        elif answer.version != self._version:
            self._timer.stop()
            self.changed.emit()

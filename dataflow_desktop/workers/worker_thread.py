"""Owns one QThread and the worker that lives in it: start, ask to stop, join."""

from PySide6.QtCore import QObject, Qt, QThread

JOIN_SECONDS = 30


class Worker(QObject):
    """Something that works in a thread of its own, on wishes that arrive from the window's thread."""

    def ask_to_stop(self) -> None:
        """Cut short what is running and drop what waits; called from any thread."""

    def close(self) -> None:
        """Let go of connections; called in the worker's own thread when it ends."""


class WorkerThread:
    """Runs `worker` in a thread of its own; keep both until `join` has returned."""

    def __init__(self, worker: Worker, name: str) -> None:
        self._worker = worker
        self._thread = QThread()
        self._thread.setObjectName(name)
        self._is_ending = False
        worker.moveToThread(self._thread)
        # Direct: `finished` is emitted in the ending thread, the only one that may close its connections.
        self._thread.finished.connect(worker.close, Qt.ConnectionType.DirectConnection)

    def start(self) -> None:
        """Start the thread; asked twice, it runs once, and asked to stop, never again."""
        if not self._is_ending and not self._thread.isRunning():
            self._thread.start()

    def ask_to_stop(self) -> None:
        """Ask worker and thread to end, without waiting."""
        self._is_ending = True
        self._worker.ask_to_stop()
        self._thread.quit()

    def join(self, seconds: float = JOIN_SECONDS) -> bool:
        """Wait until the thread has ended; False when it still runs after `seconds`."""
        return self._thread.wait(int(seconds * 1000))

    @property
    def is_running(self) -> bool:
        """Whether the thread runs."""
        return self._thread.isRunning()

"""Owns one QThread and the worker that lives in it: start, ask to stop, join."""

from collections.abc import Iterable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Qt, QThread, Signal

from dataflow_desktop.errors import Reason
from dataflow_desktop.pacing import Stopped, StopRequest, StopWish
from dataflow_desktop.workers.edge import reason_for

JOIN_SECONDS = 30

WishType = TypeVar("WishType")
AnswerType = TypeVar("AnswerType")


class Worker(QObject):
    """Something that works in a thread of its own, on wishes that arrive from the window's thread."""

    def ask_to_stop(self) -> None:
        """Cut short what is running and drop what waits; called from any thread."""

    def close(self) -> None:
        """Let go of connections; called in the worker's own thread when it ends."""


class WishWorker(Worker, Generic[WishType, AnswerType]):
    """Fulfils one wish after the other; `answered` brings what came of each. Those who derive say how."""

    answered = Signal(object)
    _asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._asked.connect(self._on_asked, Qt.ConnectionType.QueuedConnection)

    def ask(self, wish: WishType) -> None:
        """Fulfil `wish` after those before it; from any thread."""
        self._asked.emit(wish)

    def _on_asked(self, wish: WishType) -> None:
        try:
            for answer in self._answers(wish):
                self.answered.emit(answer)
        except Exception as error:  # noqa: BLE001 - the worker's edge
            self.answered.emit(self._failure(wish, reason_for(error)))

    def _answers(self, wish: WishType) -> Iterable[AnswerType]:
        """Fulfil `wish`, and return or yield its answers."""
        raise NotImplementedError

    def _failure(self, wish: WishType, reason: Reason) -> AnswerType:
        """Return the answer that nothing came of `wish`."""
        raise NotImplementedError


class StoppableWorker(WishWorker[WishType, AnswerType]):
    """Gives one answer to each wish; asked to stop, it cuts one short and drops those that wait."""

    def __init__(self) -> None:
        super().__init__()
        self._current: WishType | None = None
        self._is_ending = False

    def ask_to_stop(self) -> None:
        """Cut short what can be cut short, and drop what waits."""
        self._is_ending = True
        current = self._current
        stop = self._stop_of(current) if current is not None else None
        if stop is not None:
            stop.ask(StopWish.CLOSE)

    def _answers(self, wish: WishType) -> Iterable[AnswerType]:
        # In this order: `ask_to_stop`, in another thread, sets the one before it looks at the other.
        self._current = wish
        if self._is_ending:
            return ()
        try:
            return (self._answer(wish),)
        except Stopped:
            return (self._stopped(wish),)
        finally:
            self._current = None

    def _answer(self, wish: WishType) -> AnswerType:
        """Fulfil `wish`; raises Stopped once its StopRequest was asked."""
        raise NotImplementedError

    def _stopped(self, wish: WishType) -> AnswerType:
        """Return the answer that `wish` was stopped."""
        raise NotImplementedError

    def _stop_of(self, wish: WishType) -> StopRequest | None:
        """Return what cuts `wish` short; None where nothing can."""
        raise NotImplementedError


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

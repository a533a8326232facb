"""Answers what the window asks of a source: the newest wish of each kind, older ones are forgotten."""

import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from dataflow_desktop.pacing import Stopped, StopRequest, StopWish
from dataflow_desktop.source.sqlalchemy_loading import load_sqlalchemy
from dataflow_desktop.workers.edge import reason_for
from dataflow_desktop.workers.query_wishes import Answer, QueryFailed, Wish
from dataflow_desktop.workers.worker_thread import Worker

if TYPE_CHECKING:
    from dataflow_desktop.workers.held_source import HeldSource
    from dataflow_desktop.workers.source_reading import SourceReading


class QueryWorker(Worker):
    """One lane of queries, with a connection of its own; `answered` brings an Answer.

    `ask` and `forget` may be called from any thread. A running wish that a newer one of its kind and another
    generation replaces is cut short; one of the same generation may finish, so that a steady stream of wishes
    cannot starve the table.
    """

    answered = Signal(object)
    _woken = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._waiting: dict[type[Wish], Wish] = {}
        self._running: Wish | None = None
        self._stop = StopRequest()
        self._held: HeldSource | None = None
        self._reading: SourceReading | None = None
        self._woken.connect(self._on_woken, Qt.ConnectionType.QueuedConnection)

    def ask(self, wish: Wish) -> None:
        """Want `wish` answered next among its kind."""
        with self._lock:
            self._waiting[type(wish)] = wish
            if self._running is not None and _replaces(wish, self._running):
                self._stop.ask(StopWish.CANCEL)
        self._woken.emit()

    def forget(self) -> None:
        """Drop every wish, running or waiting; an answer already on its way may still arrive."""
        with self._lock:
            self._waiting.clear()
            self._stop.ask(StopWish.CANCEL)

    def ask_to_stop(self) -> None:
        """Drop every wish."""
        self.forget()

    def close(self) -> None:
        """Close the connection to the source."""
        if self._held is not None:
            self._held.close()

    def _on_woken(self) -> None:
        taken = self._take()
        if taken is None:
            return
        wish, stop = taken
        try:
            self._answer(wish, stop)
        except Stopped:
            pass
        except Exception as error:  # noqa: BLE001 - the worker's edge
            if not stop.is_asked():
                self.answered.emit(QueryFailed(wish, reason_for(error)))
        finally:
            with self._lock:
                self._running = None

    def _take(self) -> tuple[Wish, StopRequest] | None:
        with self._lock:
            if not self._waiting:
                return None
            wish = self._waiting.pop(next(iter(self._waiting)))
            self._running, self._stop = wish, StopRequest()
            return wish, self._stop

    def _answer(self, wish: Wish, stop: StopRequest) -> None:
        for answer in self._answers(wish, stop):
            if stop.is_asked():
                return
            self.answered.emit(answer)

    def _answers(self, wish: Wish, stop: StopRequest) -> Iterator[Answer]:
        # What reads sources is imported here, in the worker's thread: the window paints meanwhile.
        from dataflow_desktop.workers.first_reading import can_answer, first_answers
        from dataflow_desktop.workers.held_source import HeldSource

        if self._held is None:
            self._held = HeldSource(self.answered.emit)
        if self._reading is None:
            if can_answer(wish):
                return first_answers(self._held, wish, stop)
            load_sqlalchemy()
            from dataflow_desktop.workers.source_reading import SourceReading

            self._reading = SourceReading(self._held)
        return self._reading.answers(wish, stop)


def _replaces(newer: Wish, older: Wish) -> bool:
    return type(newer) is type(older) and newer.generation != older.generation

"""Garbage is looked for in the window's thread only: Qt's objects must be destroyed where they live."""

import gc
import time

from PySide6.QtCore import QObject, QTimer

LOOK_MS = 200
"""How often to look whether enough was made to be worth it."""

FULL_SECONDS = 60.0
"""Between two looks at everything there is, for which a frame is late."""

_OLDEST = 2


class Collecting(QObject):
    """Takes over from Python's collector, which runs in whatever thread happens to make the next object.

    A worker's thread that so destroys an object of Qt's waits for Python's lock while it holds one of Qt's;
    the window's thread, which connects a signal at that moment, waits the other way round, for ever.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._next_full = time.monotonic() + FULL_SECONDS
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._on_timeout)
        self._timer.start()

    def stop(self) -> None:
        """Leave it to Python again; the other threads have ended."""
        self._timer.stop()
        gc.enable()

    def _on_timeout(self) -> None:
        counts, thresholds = gc.get_count(), gc.get_threshold()
        full = [_OLDEST] if time.monotonic() >= self._next_full else []
        for generation in (*full, 1, 0):
            if counts[generation] > thresholds[generation]:
                gc.collect(generation)
                if generation == _OLDEST:
                    self._next_full = time.monotonic() + FULL_SECONDS
                return

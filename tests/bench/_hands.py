"""A person at the window: scrolls without a pause, types, and notes how long the window lets them wait."""

import threading
import time
from collections import deque
from itertools import cycle
from types import TracebackType
from typing import Self

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QInputDevice, QKeyEvent

from dataflow_desktop.ui.main_window import MainWindow
from dataflow_desktop.ui.row_table_model import NOT_HERE_TEXT

TURN_MS = 4
"""Due again before a frame is painted, yet after the view's own timers of 0 ms, which must not starve."""

ROWS_A_TURN = 3
SECONDS_BETWEEN_LETTERS = 0.15
"""A quick typist; too quick for the search to begin, for what is measured is the field."""

_WORD = "ultra tool"
_KEYS = [(0, letter) for letter in _WORD] + [(Qt.Key.Key_Backspace.value, "")] * len(_WORD)


class Hands(QObject):
    """At work while it is open; then the field is as it was.

    `frame_gaps` are the seconds between two paints of the table, `letter_delays` those from a key on its way
    to the paint of the field with its letter, `blank_share` is how often the first row was still to come.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self.letter_delays: list[float] = []
        self._view = window.row_view
        self._field = window.filter_bar.search_field
        self._frames: list[float] = []
        self._turns = self._blank_turns = 0
        self._pressed: deque[float] = deque()
        self._typed: list[float] = []
        self._scrolling = QTimer(self, interval=TURN_MS, timerType=Qt.TimerType.PreciseTimer)
        self._scrolling.timeout.connect(self._on_turn)
        QInputDevice.primaryKeyboard()  # Qt makes it for the first key, and only this thread may
        self._has_ended = threading.Event()
        self._typing = threading.Thread(target=self._type)

    @property
    def frame_gaps(self) -> list[float]:
        """Seconds from each paint of the table to the next."""
        return [later - earlier for earlier, later in zip(self._frames, self._frames[1:], strict=False)]

    @property
    def blank_share(self) -> float:
        """How often the first row shown was still to come."""
        return self._blank_turns / max(self._turns, 1)

    def __enter__(self) -> Self:
        self._view.viewport().installEventFilter(self)
        self._field.installEventFilter(self)
        self._field.textEdited.connect(self._on_text_edited)
        self._field.setFocus()
        self._scrolling.start()
        self._typing.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._scrolling.stop()
        self._has_ended.set()
        self._typing.join()
        QCoreApplication.sendPostedEvents(self._field)
        self._view.viewport().removeEventFilter(self)
        self._field.removeEventFilter(self)
        self._field.textEdited.disconnect(self._on_text_edited)
        self._field.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note the paints of table and field."""
        if event.type() == QEvent.Type.Paint:
            now = time.perf_counter()
            if watched is self._field:
                self.letter_delays += [now - pressed for pressed in self._typed]
                self._typed.clear()
            else:
                self._frames.append(now)
        return False

    def _on_turn(self) -> None:
        bar = self._view.verticalScrollBar()
        bar.setValue(bar.value() + ROWS_A_TURN if bar.value() < bar.maximum() else 0)
        self._view.viewport().update()
        self._turns += 1
        first = self._view.model().index(bar.value(), 0)
        self._blank_turns += first.data() == NOT_HERE_TEXT

    def _type(self) -> None:
        keys = cycle(_KEYS)
        while not self._has_ended.wait(SECONDS_BETWEEN_LETTERS):
            key, text = next(keys)
            press = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text)
            self._pressed.append(time.perf_counter())
            QCoreApplication.postEvent(self._field, press)

    def _on_text_edited(self) -> None:
        self._typed.append(self._pressed.popleft())

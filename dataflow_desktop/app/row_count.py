"""What the window says about the number of rows while they are counted, sorted, and after."""

import time

from PySide6.QtCore import QObject, QTimer

from dataflow_desktop.app.browsing_words import (
    count_words,
    estimate_words,
    forward_words,
    locked_words,
    sorting_words,
)
from dataflow_desktop.browse.row_window import RowWindow
from dataflow_desktop.ui.main_window import MainWindow

TICK_MS = 1_000


class RowCount(QObject):
    """Knows how many rows the table has in all, and whether anybody still counts. In the window's thread."""

    def __init__(self, window: MainWindow, rows: RowWindow) -> None:
        super().__init__(window)
        self._bar = window.filter_bar
        self._rows = rows
        self._is_filtered = False
        self._total_rows: int | None = None
        self._forward_rows: int | None = None
        self._sorted_rows = 0
        self._begun = 0.0
        self.is_wanted = False
        self.is_locked = False
        self._is_away = False
        self._ticking = QTimer(self, interval=TICK_MS)
        self._ticking.timeout.connect(self.show)

    @property
    def is_running(self) -> bool:
        """Whether rows are being counted or sorted."""
        return self.is_wanted and not self._is_known

    def forget_total(self) -> None:
        """The table is another one, or may have other rows by now."""
        self._total_rows = None

    def begin(self, *, is_filtered: bool) -> None:
        """Rows of another query are being counted."""
        self._is_filtered = is_filtered
        self._forward_rows = None
        self._sorted_rows = 0
        self._begun = time.monotonic()
        self.is_wanted = True
        self._ticking.start()
        self.show()

    def follow_sorting(self, rows: int) -> None:
        """So many rows are sorted."""
        self._sorted_rows = rows
        self.show()

    def end(self, rows: int) -> None:
        """There are just so many rows; `show` says it."""
        if not self._is_filtered:
            self._total_rows = rows
        if self._rows.reads_forward:
            self._forward_rows = rows

    def show_lock(self, *, is_locked: bool, is_away: bool = False) -> None:
        """Another program keeps the database locked, or its server is away; or that is over."""
        self.is_locked = is_locked
        self._is_away = is_away
        self.show()

    def give_up(self) -> None:
        """Nobody counts any more."""
        self.is_wanted = False
        self.show()

    def clear(self) -> None:
        """Say nothing."""
        self.is_wanted = self.is_locked = False
        self._ticking.stop()
        self._bar.show_count("")

    def show(self) -> None:
        """Say what is known now."""
        self._bar.show_count(self._words())
        if not self.is_running:
            self._ticking.stop()

    @property
    def _is_known(self) -> bool:
        return self._forward_rows is not None or self._rows.is_count_known

    def _words(self) -> str:
        if self.is_locked:
            return locked_words(is_locked=not self._is_away)
        if self._rows.reads_forward:
            return forward_words(self._forward_rows, is_counting=self.is_wanted)
        if self.is_running and self._rows.is_being_sorted:
            return sorting_words(self._sorted_rows, time.monotonic() - self._begun)
        if self.is_running and self._rows.is_estimated:
            return estimate_words(self._rows.row_count)
        is_known = self._rows.is_count_known and not self._rows.is_waiting
        rows = self._rows.row_count if is_known else None
        total = self._total_rows if self._is_filtered else None
        return count_words(rows, total, is_counting=self.is_wanted)

"""When the window was painted and showed rows: told to a benchmark that asks for it, else to nobody."""

import os
import time
from pathlib import Path

from PySide6.QtCore import QObject

from dataflow_desktop.ui.main_window import MainWindow

VARIABLE = "DATAFLOW_START_TIMES"
"""Names the file to write: a line for each moment, its `time.monotonic()` and the CPU seconds until then."""

PAINTED, ROWS = "painted", "rows"


class StartTimes(QObject):
    """Lives in the window's thread. A moment has come when the loop turns again after the paint."""

    def __init__(self, window: MainWindow, path: Path) -> None:
        super().__init__(window)
        self._window = window
        self._path = path
        window.first_painted.connect(self._on_painted)

    @classmethod
    def if_wanted(cls, window: MainWindow) -> "StartTimes | None":
        """Watch `window` where the environment asks for it."""
        path = os.environ.get(VARIABLE)
        return cls(window, Path(path)) if path else None

    def watch_rows(self) -> None:
        """Wait for the first rows; the window has its table now."""
        self._window.row_view.first_rows_painted.connect(self._on_rows)

    def _on_painted(self) -> None:
        self._note(PAINTED)

    def _on_rows(self) -> None:
        self._note(ROWS)

    def _note(self, moment: str) -> None:
        with self._path.open("a", encoding="utf-8") as file:
            file.write(f"{moment} {time.monotonic()} {time.process_time()}\n")

"""The least window there is: what every program with PySide6 waits for. Notes when it is painted."""

import os
import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow


class _Bare(QMainWindow):
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        QTimer.singleShot(0, self._on_painted)

    def _on_painted(self) -> None:
        Path(os.environ["DATAFLOW_START_TIMES"]).write_text(
            f"painted {time.monotonic()} {time.process_time()}\n", encoding="utf-8"
        )
        QApplication.quit()


if __name__ == "__main__":
    application = QApplication(sys.argv)
    window = _Bare()
    window.show()
    application.exec()

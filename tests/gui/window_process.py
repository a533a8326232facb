"""A window in a process of its own, with the program's arguments, that says what it shows.

Each change is a line of JSON on standard output. With $FAILS_WITH it raises that text in a slot, five times,
and in a thread; with $CATALOGUE_ROWS its catalogue has so many rows. It quits when its standard input ends.
"""

import json
import os
import sys
import threading

from PySide6.QtCore import QObject, QSocketNotifier, QTimer

from dataflow_desktop import __main__
from dataflow_desktop.app import first_rows, program
from dataflow_desktop.app.first_rows import FirstRows
from dataflow_desktop.app.frame import Frame

POLL_MS = 20


class Onlooker(QObject):
    """Looks at the window, and says what is new."""

    def __init__(self, shown: program.Program) -> None:
        super().__init__(shown)
        self.program = shown
        self.said = ""
        self.opened = [shown.browsing.source.address] if shown.browsing.source.address else []
        shown.browsing.source_opened.connect(self.opened.append)
        self.timer = QTimer(self, interval=POLL_MS)
        self.timer.timeout.connect(self.look)
        self.timer.start()
        self.ending = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self.ending.activated.connect(self.on_input_ended)

    def look(self) -> None:
        window, trouble = self.program.window, self.program.trouble
        dialog, bar = trouble.dialog, trouble.crash_bar
        state = {
            "opened": self.opened,
            "title": window.windowTitle(),
            "minimized": window.isMinimized(),
            "error": dialog.summary_label.text() if dialog is not None and dialog.isVisible() else None,
            "times": dialog.times_label.text() if dialog is not None else None,
            "crash": bar.text_label.text() if bar is not None and bar.isVisible() else None,
        }
        line = json.dumps(state)
        if line != self.said:
            self.said = line
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()

    def on_input_ended(self) -> None:
        self.ending.setEnabled(False)
        if self.program.trouble.dialog is not None:
            self.program.trouble.dialog.quit_button.click()
        else:
            self.program.window.close()


class WatchedProgram(program.Program):
    """The program, with somebody who looks on, and who may do something wrong."""

    def __init__(self, arguments: list[str], *, begun: FirstRows) -> None:
        super().__init__(arguments, begun=begun)
        Onlooker(self)
        if "MINIMIZED" in os.environ:
            self.window.showMinimized()
        if words := os.environ.get("FAILS_WITH"):
            QTimer.singleShot(0, lambda: fail_in_thread(words))
            for _ in range(5):
                QTimer.singleShot(0, lambda: fail(words))


def fail_in_thread(words: str) -> None:
    thread = threading.Thread(target=fail, args=[words], name="a thread")
    thread.start()
    thread.join()


def fail(words: str) -> None:
    raise ValueError(words)


def slow_first_rows(frame: Frame) -> FirstRows:
    """Return the first rows of a window whose catalogue takes seconds to be made."""
    return FirstRows(frame, int(os.environ["CATALOGUE_ROWS"]))


if __name__ == "__main__":
    if "CATALOGUE_ROWS" in os.environ:
        vars(first_rows)["FirstRows"] = slow_first_rows
    vars(program)["Program"] = WatchedProgram
    sys.exit(__main__.main())

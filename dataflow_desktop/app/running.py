"""Runs the window from its first paint until it is closed.

The empty window is painted first. Then the table is imported and built, and rows are read in the thread of a
worker; when they are painted comes all the rest, and what only exports and filters need of databases.
"""

import gc
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from dataflow_desktop.app.frame import Frame
from dataflow_desktop.app.window_place import WindowPlace
from dataflow_desktop.crash_traces import ProcessKind, watch_for_crashes
from dataflow_desktop.domain.source_address import is_path
from dataflow_desktop.ui.desktop import has_screen
from dataflow_desktop.ui.start_times import StartTimes

if TYPE_CHECKING:
    from dataflow_desktop.app.first_rows import FirstRows
    from dataflow_desktop.app.program import Program
    from dataflow_desktop.unexpected import UnexpectedError

MOST_WAITING_MS = 1000
"""How long the table waits for a first paint that does not come, and the rest of the window for rows."""

LISTEN_AFTER_MS = 500
"""When later starts are answered: the window is complete. What is asked before waits for it."""

SWITCH_SECONDS = 0.001
"""How long another thread may keep the interpreter from the window: a fifth of Python's default."""

CANNOT_OPEN = 1
NO_SCREEN = """There is no screen to open a window on: neither DISPLAY nor WAYLAND_DISPLAY is set.
Nothing was changed. Start the program from a desktop, or see dataflow-desktop --help for its commands.
"""

log = logging.getLogger(__name__)


class _Start(QObject):
    """Fills the window when it has been painted for the first time, in two steps. Lives in its thread."""

    def __init__(
        self, frame: Frame, place: WindowPlace, source_address: str | None, table_name: str | None
    ) -> None:
        super().__init__()
        self.program: Program | None = None
        self._begun: FirstRows | None = None
        self._has_failed = False
        self._untold: list[UnexpectedError] = []
        self._frame, self._place = frame, place
        self._address, self._table_name = source_address, table_name
        self._times = StartTimes.if_wanted(frame.window)
        frame.window.first_painted.connect(self._fill)
        frame.window.close_wished.connect(self._on_close_wished)
        frame.application.file_wished.connect(self._on_file_wished)
        QTimer.singleShot(MOST_WAITING_MS, self._fill)

    def _fill(self) -> None:
        """Make the table, and read the first rows; once."""
        if self._begun is not None or self._has_failed:
            return
        self._keep_traces()
        with self._giving_up():
            self._make_table()

    def _make_table(self) -> None:
        from dataflow_desktop.app.first_rows import FirstRows

        self._begun = FirstRows(self._frame)
        self._frame.window.database_chosen.connect(self._on_file_wished)  # dropped onto it
        gc.freeze()  # what is loaded by now stays to the end: nobody need look there for garbage
        if self._times is not None:
            self._times.watch_rows()
        self._begun.browsing.first_rows_painted.connect(self._complete)
        QTimer.singleShot(MOST_WAITING_MS, self._complete)
        if self._address is None:
            self._begun.show_catalogue()
        elif is_path(self._address):
            self._begun.browsing.open(self._address, self._table_name)
        else:
            self._complete()

    def _complete(self) -> None:
        """Make the rest of the program; once."""
        if self.program is None and self._begun is not None and not self._has_failed:
            with self._giving_up():
                self._make_program(self._begun)

    def _make_program(self, begun: "FirstRows") -> None:
        from dataflow_desktop.app.program import Program

        self.program = Program(sys.argv[:1], begun=begun)
        gc.freeze()
        self.program.exporting.start()
        self.program.trouble.look_back()
        for error in self._untold:
            self.program.trouble.tell(error)
        if self._address is not None and not is_path(self._address):  # it may hold a password, or want one
            self.program.connecting.open(self._address, self._table_name)
        if self._place.is_first:
            QTimer.singleShot(LISTEN_AFTER_MS, self._listen)

    def _listen(self) -> None:
        if self.program is not None and not self.program.listen():
            self._place.leave()  # nobody need wait for an answer that never comes

    def _on_close_wished(self) -> None:
        if self._has_failed:
            QCoreApplication.exit(CANNOT_OPEN)
        elif self.program is None:  # which else answers
            self._fill()
            self._complete()
            QTimer.singleShot(0, self._frame.window.close)

    def _on_file_wished(self, path: str) -> None:
        """Open a file that was double-clicked, until there is a program that does."""
        if self._begun is None:
            self._address, self._table_name = path, None
        elif self.program is None:
            self._begun.browsing.open(path)

    def _keep_traces(self) -> None:
        """Let the log have what goes wrong from now on; the first paint did not wait for that."""
        from dataflow_desktop.app.qt_messages import log_qt_messages
        from dataflow_desktop.logs import log_to_file
        from dataflow_desktop.unexpected import watch_uncaught

        log_to_file()
        log_qt_messages()
        watch_uncaught(self._tell)

    def _tell(self, error: "UnexpectedError") -> None:
        if self.program is not None:
            self.program.trouble.tell(error)
        else:
            self._untold.append(error)

    @contextmanager
    def _giving_up(self) -> Iterator[None]:
        """Say so, and end, when a part of the window cannot be made."""
        try:
            yield
        except Exception as error:
            log.exception("the window cannot be made")
            self._has_failed = True
            _tell_of_failed_start(error)
            QCoreApplication.exit(CANNOT_OPEN)

    def shut_down(self) -> None:
        """End what was begun."""
        if self.program is not None:
            self.program.shut_down()
        elif self._begun is not None:
            self._begun.shut_down()
        from dataflow_desktop.app.qt_messages import leave_qt_messages

        leave_qt_messages()


def run_window(place: WindowPlace, source_address: str | None, table_name: str | None) -> int:
    """Run the window until it is closed and return the exit code."""
    if not has_screen():
        sys.stderr.write(NO_SCREEN)
        return CANNOT_OPEN
    watch_for_crashes(ProcessKind.WINDOW)
    sys.setswitchinterval(SWITCH_SECONDS)
    try:
        frame = Frame(sys.argv[:1])
        start = _Start(frame, place, source_address, table_name)
        frame.window.show()
    except Exception as error:
        log.exception("the window cannot be opened")
        _tell_of_failed_start(error)
        return CANNOT_OPEN
    try:
        return frame.application.exec()
    finally:
        start.shut_down()


def _tell_of_failed_start(error: Exception) -> None:
    from dataflow_desktop.app.trouble import tell_of_failed_start

    tell_of_failed_start(error)

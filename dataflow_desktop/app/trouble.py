"""What a person is told when something went wrong that nobody foresaw, now or last time."""

import sys
from time import monotonic

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from dataflow_desktop import locations
from dataflow_desktop.app.trouble_report import trouble_report
from dataflow_desktop.crash_traces import ProcessKind, last_traces, take_traces
from dataflow_desktop.ui.crash_bar import CrashBar
from dataflow_desktop.ui.desktop import create_application, open_path, set_clipboard
from dataflow_desktop.ui.main_window import MainWindow
from dataflow_desktop.ui.unexpected_dialog import UnexpectedDialog
from dataflow_desktop.unexpected import UnexpectedError, unexpected_error

QUIET_SECONDS = 60.0
"""A person who went on is not told of the same error again so soon: it may come with each paint."""


class Trouble(QObject):
    """One dialog at a time, a bar after a crash, and the entries of the help menu. Nothing is sent anywhere.

    `tell` may be called in any thread, the rest in the window's.
    """

    _noticed = Signal(object)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._latest: UnexpectedError | None = None
        self._told: dict[str, float] = {}
        self.dialog: UnexpectedDialog | None = None
        self.crash_bar: CrashBar | None = None
        # Queued: it may have happened in the middle of a paint, which is no time for a dialog.
        self._noticed.connect(self._on_noticed, Qt.ConnectionType.QueuedConnection)
        window.menus.report_wished.connect(self._on_report_wished)
        window.menus.log_folder_wished.connect(self._on_folder_wished)

    def tell(self, error: UnexpectedError) -> None:
        """Tell of `error` as soon as the window has time."""
        self._noticed.emit(error)

    def look_back(self) -> None:
        """Tell, once, of a window that crashed."""
        traces = take_traces(ProcessKind.WINDOW)
        if not traces:
            return
        bar = self.crash_bar = CrashBar(lambda: trouble_report(traces))
        bar.folder_wished.connect(self._on_folder_wished)
        self._window.put_on_top(bar)

    def _on_noticed(self, error: UnexpectedError) -> None:
        self._latest = error
        if not self._window.isVisible():
            return
        now = monotonic()
        if self.dialog is not None:
            self.dialog.count()
        elif now - self._told.get(error.place, -QUIET_SECONDS) >= QUIET_SECONDS:
            self._open(error)
        self._told[error.place] = now

    def _open(self, error: UnexpectedError) -> None:
        # Above another dialog, for that one lets no sibling have the keys.
        parent = QApplication.activeModalWidget() or self._window
        dialog = self.dialog = UnexpectedDialog(error.summary, lambda: trouble_report(error.trace), parent)
        dialog.folder_wished.connect(self._on_folder_wished)
        dialog.quit_wished.connect(self._window.close)
        dialog.destroyed.connect(self._on_dialog_gone)
        dialog.open()

    def _on_dialog_gone(self) -> None:
        self.dialog = None

    def _on_report_wished(self) -> None:
        crashes = "\n".join(
            f"{kind} crashed\n{trace}" for kind in ProcessKind if (trace := last_traces(kind))
        )
        set_clipboard(trouble_report(self._latest.trace if self._latest is not None else crashes))
        self._window.show_note(self.tr("The report is on the clipboard. Nothing was sent anywhere."))

    def _on_folder_wished(self) -> None:
        folder = str(locations.log_folder())
        if not open_path(folder):
            self._window.show_note(self.tr("The log is in {folder}").format(folder=folder))


def tell_of_failed_start(error: Exception) -> None:
    """Tell of an error that leaves no window to go on with, and wait until it is read."""
    create_application(sys.argv[:1])
    unexpected = unexpected_error(error)
    dialog = UnexpectedDialog(
        unexpected.summary, lambda: trouble_report(unexpected.trace), None, can_go_on=False
    )
    dialog.folder_wished.connect(lambda: open_path(str(locations.log_folder())))
    dialog.exec()

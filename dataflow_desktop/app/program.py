"""Builds every part of the window once, joins them, and takes them down in order."""

import logging
import sys

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from dataflow_desktop import locations
from dataflow_desktop.app.browsing import Browsing
from dataflow_desktop.app.browsing_words import catalogue_state
from dataflow_desktop.app.collecting import Collecting
from dataflow_desktop.app.column_glance import ColumnGlance
from dataflow_desktop.app.connecting import Connecting
from dataflow_desktop.app.end_notices import EndNotices
from dataflow_desktop.app.exporting import Exporting
from dataflow_desktop.app.later_starts import LaterStarts
from dataflow_desktop.app.own_queries import OwnQueries
from dataflow_desktop.app.qt_messages import leave_qt_messages, log_qt_messages
from dataflow_desktop.app.row_work import ChosenRows, RowWork
from dataflow_desktop.app.trouble import Trouble
from dataflow_desktop.app.trouble_report import trouble_report
from dataflow_desktop.app.window_place import WindowPlace, WindowWish
from dataflow_desktop.browse.row_window import RowWindow
from dataflow_desktop.crash_traces import ProcessKind, watch_for_crashes
from dataflow_desktop.domain.file_names import usable_stem
from dataflow_desktop.logs import log_to_file
from dataflow_desktop.ui.desktop import (
    Appearance,
    Desktop,
    create_application,
    has_screen,
    open_path,
    open_settings,
)
from dataflow_desktop.ui.export_offer import ExportOffer
from dataflow_desktop.ui.figures import permille
from dataflow_desktop.ui.job_words import closing_words
from dataflow_desktop.ui.main_window import MainWindow
from dataflow_desktop.ui.notification import Notifier
from dataflow_desktop.ui.unexpected_dialog import UnexpectedDialog
from dataflow_desktop.unexpected import unexpected_error, watch_uncaught
from dataflow_desktop.workers.catalogue_worker import (
    CatalogueFailed,
    CatalogueMade,
    CatalogueProgress,
    CatalogueWorker,
)
from dataflow_desktop.workers.process_signals import ProcessSignals
from dataflow_desktop.workers.worker_thread import WorkerThread

CATALOGUE_ROWS = 100_000

SESSION_SECONDS = 5
"""How long the end of the desktop session is held up for a checkpoint."""

LISTEN_AFTER_MS = 500
"""When later starts are answered: the first rows are there. What is asked before waits for it."""

SWITCH_SECONDS = 0.001
"""How long another thread may keep the interpreter from the window: a fifth of Python's default."""

CANNOT_OPEN = 1
NO_SCREEN = """There is no screen to open a window on: neither DISPLAY nor WAYLAND_DISPLAY is set.
Nothing was changed. Start the program from a desktop, or see dataflow-desktop --help for its commands.
"""

log = logging.getLogger(__name__)


class Program(QObject):
    """The window and all behind it. `start` once the window is shown, `shut_down` when the loop has ended."""

    def __init__(self, arguments: list[str], catalogue_rows: int = CATALOGUE_ROWS) -> None:
        super().__init__()
        self.application = create_application(arguments)
        self._collecting = Collecting(self)
        self._settings = open_settings()
        self.desktop = Desktop(self.application, self._settings, self)
        self._row_window = RowWindow()
        self.window = MainWindow(self._settings, self._row_window)
        self.browsing = Browsing(self.window, self._row_window, self)
        self.connecting = Connecting(self.window, self.browsing, self._settings)
        self.row_work = RowWork(self.window, self.browsing)
        self.own_queries = OwnQueries(self.window, self.browsing)
        self.column_glance = ColumnGlance(self.window, self.browsing)
        self.exporting = Exporting(self.window, self.desktop, self)
        self.end_notices = EndNotices(self.desktop, self)
        self.notifier = Notifier(self)
        self.trouble = Trouble(self.window)
        self.later_starts = LaterStarts(self)
        self._catalogue = CatalogueWorker(catalogue_rows)
        self._catalogue_thread = WorkerThread(self._catalogue, "catalogue")
        self._signals = ProcessSignals(self)
        self._is_closing = False
        self.has_ended = False
        self._join()

    def _join(self) -> None:
        window = self.window
        window.close_wished.connect(self._on_close_wished)
        window.menus.export_wished.connect(self.ask_export)
        window.menus.stop_wished.connect(self._on_stop_wished)
        self.browsing.running_changed.connect(self._follow_running)
        self.row_work.running_changed.connect(self._follow_running)
        self.column_glance.running_changed.connect(self._follow_running)
        self.row_work.rows_chosen.connect(self._on_rows_chosen)
        window.menus.appearance_chosen.connect(self._on_appearance_chosen)
        window.menus.show_appearance(self.desktop.appearance)
        self.exporting.all_stopped.connect(self._on_all_stopped)
        self.exporting.reported.connect(self.end_notices.on_reported)
        self.exporting.job_ended.connect(self.end_notices.on_job_ended)
        self.end_notices.notice_wished.connect(self.notifier.show_notice)
        self.notifier.chosen.connect(window.come_to_front)
        self._catalogue.reported.connect(self._on_catalogue_reported)
        self._signals.end_asked.connect(window.close)
        self.desktop.session_ends.connect(self._on_session_ends)
        self.later_starts.wished.connect(self._on_later_start)
        self.application.file_wished.connect(self._on_file_wished)

    def start(self, address: str | None, table_name: str | None = None) -> None:
        """Show a source, the product catalogue when none is named; and the exports there are."""
        self.exporting.start()
        if address is not None:
            self.connecting.open(address, table_name)
        elif not self._has_source:  # macOS names a file without arguments, maybe before this
            self._show_catalogue()

    @property
    def _has_source(self) -> bool:
        return bool(self.browsing.source.address)

    def _show_catalogue(self) -> None:
        self.window.table_states.show_state(catalogue_state(0, self._catalogue.rows), 0)
        self._catalogue_thread.start()
        self._catalogue.make(locations.catalogue_path())

    def listen(self) -> None:
        """Answer later starts from now on, unless the window is closing."""
        if not self._is_closing:
            self.later_starts.listen()

    def shut_down(self) -> None:
        """End every thread and give the process's signals back; no window is shown any more."""
        threads = [
            *self.exporting.threads,
            *self.connecting.threads,
            *self.browsing.threads,
            *self.row_work.threads,
            self.own_queries.thread_of_queries,
            self.column_glance.thread_of_profiles,
            self._catalogue_thread,
        ]
        for thread in threads:
            thread.ask_to_stop()
        for thread in threads:
            if not thread.join():
                log.error("a worker thread did not end in time")
        self.later_starts.close()
        self._collecting.stop()
        self._signals.close()
        self._settings.sync()
        self.has_ended = True

    def _on_catalogue_reported(self, report: CatalogueProgress | CatalogueMade | CatalogueFailed) -> None:
        if self._has_source:  # somebody opened another one meanwhile
            return
        match report:
            case CatalogueProgress(rows, total_rows):
                self.window.table_states.show_state(
                    catalogue_state(rows, total_rows), permille(rows, total_rows)
                )
            case CatalogueMade(path):
                self.browsing.open(str(path))
            case CatalogueFailed(_, reason):
                self.browsing.show_failure(reason, self._make_catalogue)

    def _make_catalogue(self) -> None:
        self._catalogue.make(locations.catalogue_path())

    def ask_export(self) -> None:
        """Ask which file the rows shown are to become; does nothing while no rows are shown."""
        self.window.filter_bar.apply()
        self.row_work.choose_all()

    def _on_rows_chosen(self, chosen: ChosenRows) -> None:
        target = self.desktop.export_folder() / f"{usable_stem(chosen.query.table)}.csv"
        columns = self.window.row_view.shown_columns
        offer = ExportOffer(
            chosen.address, chosen.query, chosen.rows, target, columns, chosen.own_query, chosen.table
        )
        self.exporting.open_dialog(offer)

    def _on_later_start(self, wish: WindowWish) -> None:
        wish.use_activation()
        self.window.come_to_front()
        if wish.address is not None:
            self.connecting.open(wish.address, wish.table)

    def _on_file_wished(self, path: str) -> None:
        self.window.come_to_front()
        self.connecting.open(path)

    def _on_stop_wished(self) -> None:
        """Stop one thing at a time, what was begun last most likely first."""
        for work in (self.row_work, self.browsing, self.column_glance):
            if work.is_running:
                work.stop()
                return

    def _follow_running(self) -> None:
        works = (self.row_work, self.browsing, self.column_glance)
        self.window.menus.action("stop_wished").setEnabled(any(work.is_running for work in works))

    def _on_appearance_chosen(self, appearance: Appearance) -> None:
        self.desktop.wear(appearance)

    def _on_close_wished(self) -> None:
        if self._is_closing:
            return
        self._is_closing = True
        self.later_starts.close()
        running = self.exporting.stop_all()
        if running:
            self.window.offer_bar.announce(closing_words(running))
        else:
            self._on_all_stopped()

    def _on_all_stopped(self) -> None:
        if self._is_closing:
            self.window.allow_closing()
            QCoreApplication.quit()

    def _on_session_ends(self) -> None:
        self.exporting.stop_all()
        self.exporting.wait_stopped(SESSION_SECONDS)
        if not self._is_closing:
            # The session may go on after all: a person thinks again, another program refuses. Nobody is told
            # then; when it does end, the window is closed as by a person, and whatever runs is paused again.
            self.exporting.open_again()


def run_window(source_address: str | None, table_name: str | None, place: WindowPlace) -> int:
    """Run the window until it is closed and return the exit code."""
    if not has_screen():
        sys.stderr.write(NO_SCREEN)
        return CANNOT_OPEN
    log_to_file()
    watch_for_crashes(ProcessKind.WINDOW)
    log_qt_messages()
    sys.setswitchinterval(SWITCH_SECONDS)
    try:
        program = Program(sys.argv[:1])
        watch_uncaught(program.trouble.tell)
        program.window.show()
    except Exception as error:
        log.exception("the window cannot be built")
        return _tell_of_failed_start(error)

    def go_on() -> None:
        program.start(source_address, table_name)
        program.trouble.look_back()
        if place.is_first:
            QTimer.singleShot(LISTEN_AFTER_MS, program.listen)

    # After the first paint: what comes now imports the database libraries, in the workers' threads.
    QTimer.singleShot(0, go_on)
    try:
        return program.application.exec()
    finally:
        program.shut_down()
        leave_qt_messages()


def _tell_of_failed_start(error: Exception) -> int:
    unexpected = unexpected_error(error)
    create_application(sys.argv[:1])
    dialog = UnexpectedDialog(
        unexpected.summary, lambda: trouble_report(unexpected.trace), None, can_go_on=False
    )
    dialog.folder_wished.connect(lambda: open_path(str(locations.log_folder())))
    dialog.exec()
    leave_qt_messages()
    return CANNOT_OPEN

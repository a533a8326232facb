"""Builds every part of the window once, joins them, and takes them down in order."""

from PySide6.QtCore import QCoreApplication, QObject

from dataflow_desktop.app.column_glance import ColumnGlance
from dataflow_desktop.app.connecting import Connecting
from dataflow_desktop.app.end_notices import EndNotices
from dataflow_desktop.app.exporting import Exporting
from dataflow_desktop.app.first_rows import CATALOGUE_ROWS, FirstRows
from dataflow_desktop.app.frame import Frame
from dataflow_desktop.app.later_starts import LaterStarts
from dataflow_desktop.app.own_queries import OwnQueries
from dataflow_desktop.app.row_work import ChosenRows, RowWork
from dataflow_desktop.app.trouble import Trouble
from dataflow_desktop.app.window_place import WindowWish
from dataflow_desktop.domain.file_names import usable_stem
from dataflow_desktop.ui.desktop import Appearance
from dataflow_desktop.ui.export_offer import ExportOffer
from dataflow_desktop.ui.icons import app_icon
from dataflow_desktop.ui.job_words import closing_words
from dataflow_desktop.ui.notification import Notifier

SESSION_SECONDS = 5
"""How long the end of the desktop session is held up for a checkpoint."""


class Program(QObject):
    """The window and all behind it. `start` once the window is shown, `shut_down` when the loop has ended."""

    def __init__(
        self, arguments: list[str], catalogue_rows: int = CATALOGUE_ROWS, begun: FirstRows | None = None
    ) -> None:
        """Add all the rest to what has `begun`, and may be on the screen already; else make it all."""
        super().__init__()
        self._begun = begun = begun or FirstRows(Frame(arguments), catalogue_rows)
        frame = begun.frame
        self.application, self.window, self.desktop = frame.application, frame.window, frame.desktop
        self.browsing = begun.browsing
        self.application.setWindowIcon(app_icon())
        self.window.complete()
        self.connecting = Connecting(self.window, self.browsing, frame.settings)
        self.row_work = RowWork(self.window, self.browsing)
        self.own_queries = OwnQueries(self.window, self.browsing)
        self.column_glance = ColumnGlance(self.window, self.browsing)
        self.exporting = Exporting(self.window, self.desktop, self)
        self.end_notices = EndNotices(self.desktop, self)
        self.notifier = Notifier(self)
        self.trouble = Trouble(self.window)
        self.later_starts = LaterStarts(self)
        self._is_closing = False
        self.has_ended = False
        self._join()
        self.browsing.tell_again()

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
        window.menus.language_chosen.connect(self.desktop.remember_language)
        window.menus.show_language(self.desktop.language)
        self.exporting.all_stopped.connect(self._on_all_stopped)
        self.exporting.reported.connect(self.end_notices.on_reported)
        self.exporting.job_ended.connect(self.end_notices.on_job_ended)
        self.end_notices.notice_wished.connect(self.notifier.show_notice)
        self.notifier.chosen.connect(window.come_to_front)
        self.desktop.session_ends.connect(self._on_session_ends)
        self.later_starts.wished.connect(self._on_later_start)
        self.application.file_wished.connect(self._on_file_wished)

    def start(self, address: str | None, table_name: str | None = None) -> None:
        """Show a source, the product catalogue when none is named; and the exports there are."""
        self.exporting.start()
        if address is not None:
            self.connecting.open(address, table_name)
        elif not self.browsing.source.address:  # macOS names a file without arguments, maybe before this
            self._begun.show_catalogue()

    def listen(self) -> bool:
        """Answer later starts from now on, unless the window is closing; False when that cannot be."""
        return self._is_closing or self.later_starts.listen()

    def shut_down(self) -> None:
        """End every thread and give the process's signals back; no window is shown any more."""
        self.later_starts.close()
        self._begun.shut_down(
            [
                *self.exporting.threads,
                *self.connecting.threads,
                *self.row_work.threads,
                self.own_queries.thread_of_queries,
                self.column_glance.thread_of_profiles,
            ]
        )
        self.has_ended = True

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

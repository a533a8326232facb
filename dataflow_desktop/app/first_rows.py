"""The window with its table, and the product catalogue in it: what a start needs to show rows."""

import logging
from collections.abc import Sequence

from PySide6.QtCore import QObject

from dataflow_desktop import locations
from dataflow_desktop.app.browsing import Browsing
from dataflow_desktop.app.browsing_words import catalogue_state
from dataflow_desktop.app.collecting import Collecting
from dataflow_desktop.app.frame import Frame
from dataflow_desktop.browse.row_window import RowWindow
from dataflow_desktop.ui.figures import permille
from dataflow_desktop.workers.catalogue_worker import (
    CatalogueFailed,
    CatalogueMade,
    CatalogueProgress,
    CatalogueWorker,
)
from dataflow_desktop.workers.worker_thread import WorkerThread

CATALOGUE_ROWS = 100_000

log = logging.getLogger(__name__)


class FirstRows(QObject):
    """Fills the window of a frame as far as rows need it; `Program` makes the rest. Lives in its thread."""

    def __init__(self, frame: Frame, catalogue_rows: int = CATALOGUE_ROWS) -> None:
        super().__init__()
        self.frame = frame
        self._collecting = Collecting(self)
        self._window = frame.window
        rows = RowWindow()
        self._window.fill(rows)
        self.browsing = Browsing(self._window, rows, self)
        self._catalogue = CatalogueWorker(catalogue_rows)
        self._catalogue_thread = WorkerThread(self._catalogue, "catalogue")
        self._catalogue.reported.connect(self._on_catalogue_reported)

    def shut_down(self, further_threads: Sequence[WorkerThread] = ()) -> None:
        """End `further_threads` and those of this part, all at once, and give back what the frame holds."""
        threads = [*further_threads, *self.browsing.threads, self._catalogue_thread]
        for thread in threads:
            thread.ask_to_stop()
        for thread in threads:
            if not thread.join():
                log.error("a worker thread did not end in time")
        self._collecting.stop()
        self.frame.signals.close()
        self.frame.settings.sync()

    def show_catalogue(self) -> None:
        """Show the product catalogue, which is made at the first start."""
        self._window.table_states.show_state(catalogue_state(0, self._catalogue.rows), 0)
        self._catalogue_thread.start()
        self._make_catalogue()

    def _make_catalogue(self) -> None:
        self._catalogue.make(locations.catalogue_path())

    def _on_catalogue_reported(self, report: CatalogueProgress | CatalogueMade | CatalogueFailed) -> None:
        if self.browsing.source.address:  # somebody opened another one meanwhile
            return
        match report:
            case CatalogueProgress(rows, total_rows):
                state = catalogue_state(rows, total_rows)
                self._window.table_states.show_state(state, permille(rows, total_rows))
            case CatalogueMade(path):
                self.browsing.open(str(path))
            case CatalogueFailed(_, reason):
                self.browsing.show_failure(reason, self._make_catalogue)

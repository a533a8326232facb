"""Copying rows to the clipboard in the background: however many they are, the window answers."""

from PySide6.QtCore import QObject, Signal

from dataflow_desktop.app.browsing_words import locked_note
from dataflow_desktop.ui.desktop import set_clipboard
from dataflow_desktop.ui.error_texts import describe
from dataflow_desktop.ui.figures import percent_text, rows_text
from dataflow_desktop.ui.main_window import MainWindow
from dataflow_desktop.workers.query_wishes import Answer, CopyWish, HeldUp, QueryFailed, RowsCopied, TextReady
from dataflow_desktop.workers.query_worker import QueryWorker
from dataflow_desktop.workers.worker_thread import WorkerThread

MOST_CELLS_COPIED = 2_000_000
"""More than this no spreadsheet likes to be pasted; an export does it better."""

CELLS_COPIED_AT_ONCE = 100_000
"""A copy of more says how far it is, and can be stopped."""


class Copying(QObject):
    """One copy at a time, on a lane of its own; `changed` when `is_running` is another.

    Lives in the window's thread.
    """

    changed = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._worker = QueryWorker()
        self.thread_of_copies = WorkerThread(self._worker, "copying")
        self._worker.answered.connect(self._on_answered)
        self._wish: CopyWish | None = None

    @property
    def is_running(self) -> bool:
        """Whether a copy is under way."""
        return self._wish is not None

    def begin(self, wish: CopyWish) -> None:
        """Copy what is wished instead of what is being copied now."""
        rows = wish.read.span.count
        if rows * len(wish.shown.query.columns) > MOST_CELLS_COPIED:
            text = self.tr("{rows} are too many to copy. Export them with Ctrl+E.")
            self._window.show_note(text.format(rows=rows_text(rows)))
            return
        self.thread_of_copies.start()
        self._worker.forget()
        self._wish = wish
        self._worker.ask(wish)
        self.changed.emit()

    def stop(self) -> None:
        """Give the copy up; the clipboard stays as it is."""
        if self._wish is not None:
            self._worker.forget()
            self._end()
            self._window.show_note(self.tr("Nothing was copied."))

    def _on_answered(self, answer: Answer) -> None:
        if answer.wish is not self._wish:
            return
        match answer:
            case RowsCopied():
                self._show_progress(answer)
            case TextReady():
                self._end()
                set_clipboard(answer.text)
                rows = rows_text(answer.wish.read.span.count)
                self._window.show_note(self.tr("Copied {rows}.").format(rows=rows))
            case HeldUp():
                self._window.show_note(locked_note(describe(answer.reason)))
            case QueryFailed():
                self._end()
                self._window.show_note(describe(answer.reason).whole)

    def _show_progress(self, copied: RowsCopied) -> None:
        rows = copied.wish.read.span.count
        if rows * len(copied.wish.shown.query.columns) > CELLS_COPIED_AT_ONCE:
            percent = percent_text(copied.rows, rows)
            self._window.show_note(self.tr("Copying… {percent}. Esc stops it.").format(percent=percent))

    def _end(self) -> None:
        self._wish = None
        self.changed.emit()

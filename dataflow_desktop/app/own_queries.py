"""Queries of a person's own in the window: written, changed, deleted, each for the source that is open."""

from PySide6.QtCore import QObject

from dataflow_desktop.app.browsing import Browsing
from dataflow_desktop.domain.own_query import OwnQuery
from dataflow_desktop.errors import Reason
from dataflow_desktop.ui.error_texts import describe
from dataflow_desktop.ui.main_window import MainWindow
from dataflow_desktop.ui.query_dialog import QueryDialog
from dataflow_desktop.ui.question import make_question
from dataflow_desktop.workers.query_wishes import (
    Answer,
    DeleteQueryWish,
    HeldUp,
    LookAtQueryWish,
    OpenedSource,
    QueryDeleted,
    QueryFailed,
    QueryLooked,
    QuerySaved,
    SaveQueryWish,
)
from dataflow_desktop.workers.query_worker import QueryWorker
from dataflow_desktop.workers.worker_thread import WorkerThread


class OwnQueries(QObject):
    """Joins the dialog to a lane of its own. Lives in the window's thread."""

    def __init__(self, window: MainWindow, browsing: Browsing) -> None:
        super().__init__(window)
        self._window = window
        self._browsing = browsing
        self._dialog: QueryDialog | None = None
        self._asked = 0
        self._worker = QueryWorker()
        self.thread_of_queries = WorkerThread(self._worker, "queries")
        self._worker.answered.connect(self._on_answered)
        menus = window.menus
        menus.new_query_wished.connect(self.write)
        menus.change_query_wished.connect(self._on_change_wished)
        menus.delete_query_wished.connect(self._on_delete_wished)
        browsing.shown_changed.connect(self._follow)
        browsing.source_opened.connect(self._follow)

    @property
    def dialog(self) -> QueryDialog | None:
        """The dialog while it is open."""
        return self._dialog

    def write(self, query: OwnQuery | None = None) -> None:
        """Let a person write a query, or change this one; one dialog at a time."""
        if self._dialog is not None:
            self._dialog.raise_()
            return
        self._dialog = dialog = QueryDialog(query or None, self._window)
        dialog.look_wished.connect(self._on_look_wished)
        dialog.save_wished.connect(self._on_save_wished)
        dialog.stop_wished.connect(self._worker.forget)
        dialog.finished.connect(self._on_dialog_finished)
        dialog.open()

    def _follow(self) -> None:
        self._window.menus.enable_queries(
            has_source=bool(self._browsing.source.address), is_query=self._shown_query() is not None
        )

    def _shown_query(self) -> OwnQuery | None:
        shown = self._browsing.shown
        return shown.table.own_query if shown is not None else None

    def _on_change_wished(self) -> None:
        self.write(self._shown_query())

    def _on_delete_wished(self) -> None:
        query = self._shown_query()
        if query is None:
            return
        box, yes = make_question(
            self._window,
            self.tr("Delete a query"),
            self.tr("Delete the query {name}?").format(name=query.name),
            self.tr("Files that were exported from it stay, and so does all that is in the database."),
            self.tr("&Delete"),
        )
        yes.clicked.connect(lambda: self._ask(DeleteQueryWish(*self._next(), query)))
        box.open()

    def _on_look_wished(self, query: OwnQuery) -> None:
        self._ask(LookAtQueryWish(*self._next(), query))

    def _on_save_wished(self, query: OwnQuery) -> None:
        replaced = self._dialog.begun if self._dialog is not None else None
        self._ask(SaveQueryWish(*self._next(), query, replaced))

    def _next(self) -> tuple[OpenedSource, int]:
        self._asked += 1
        return self._browsing.source, self._asked

    def _ask(self, wish: LookAtQueryWish | SaveQueryWish | DeleteQueryWish) -> None:
        self.thread_of_queries.start()
        self._worker.ask(wish)

    def _on_dialog_finished(self) -> None:
        self._dialog = None

    def _on_answered(self, answer: Answer) -> None:
        match answer:
            case QueryLooked(wish=wish) if wish.generation == self._asked and self._dialog is not None:
                columns = [column.name for column in answer.columns]
                self._dialog.show_look(answer.parameters, columns, answer.problem)
            case QuerySaved(wish=wish):
                if self._dialog is not None:
                    self._dialog.accept()
                self._browsing.open(wish.source.address, wish.query.name)
            case QueryDeleted(wish=wish):
                self._browsing.open(wish.source.address)
            case HeldUp(reason=reason) | QueryFailed(reason=reason):
                self._say(reason)
            case _:
                pass

    def _say(self, reason: Reason) -> None:
        if self._dialog is not None:
            self._dialog.show_failure(reason)
        else:
            self._window.show_note(describe(reason).whole)

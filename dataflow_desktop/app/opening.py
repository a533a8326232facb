"""The way to a table: address → list of tables → the one to show; and again, when it is refreshed."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from dataflow_desktop.app.browsing_words import loading_state, no_tables_state
from dataflow_desktop.app.table_place import TablePlace
from dataflow_desktop.domain.schema import KeyKind, Table, TableSummary
from dataflow_desktop.domain.source_address import name_of, without_options, without_secrets
from dataflow_desktop.errors import ConfigurationError, Reason, ReasonCode
from dataflow_desktop.ui.main_window import MainWindow
from dataflow_desktop.workers.query_wishes import (
    Answer,
    HeldUp,
    OpenedSource,
    QueryFailed,
    TablesListed,
    TablesWish,
)
from dataflow_desktop.workers.query_worker import QueryWorker
from dataflow_desktop.workers.worker_thread import WorkerThread

_NEED_LOGIN = frozenset({ReasonCode.LOGIN_REFUSED.name, ReasonCode.PASSWORD_NEEDED.name})


@dataclass(frozen=True)
class LoginNeeded:
    """A server that did not let us in: for want of a password, or because it refused the one it got."""

    address: str
    reason: Reason


@dataclass(frozen=True)
class OpenedTable:
    """A table to show; `estimated_rows` where its rows can be read anywhere by their share of the key."""

    source: OpenedSource
    table: Table
    estimated_rows: int | None


class Opening(QObject):
    """Opens a source and finds its tables, on a lane of its own.

    Lives in the window's thread. `left` when what was shown is no more, `table_opened` brings an OpenedTable,
    `held_up` a Reason while another program has the database locked, and `settled` says that it is over.
    `source_opened` brings the address of a source that opened, which `opened_address` keeps, `login_needed`
    a LoginNeeded.
    """

    left = Signal()
    table_opened = Signal(object)
    held_up = Signal(object)
    settled = Signal()
    source_opened = Signal(str)
    login_needed = Signal(object)

    def __init__(self, window: MainWindow, place: TablePlace) -> None:
        super().__init__(window)
        self._window = window
        self._place = place
        self._worker = QueryWorker()
        self.thread_of_tables = WorkerThread(self._worker, "tables")
        self._worker.answered.connect(self._on_answered)
        self._source = OpenedSource("", 0)
        self.opened_address = ""
        self._wished_table: str | None = None
        self._listed: tuple[TableSummary, ...] = ()
        self._tables: dict[str, Table] = {}
        self._estimates: dict[str, int | None] = {}
        window.table_chosen.connect(self._on_table_chosen)

    @property
    def source(self) -> OpenedSource:
        """The source that is open, or is to be opened; its address is empty before there was any."""
        return self._source

    def open(self, address: str, table_name: str | None = None) -> None:
        """Open another source; its first table with a key when none is named."""
        self.left.emit()
        self._wished_table = table_name
        self._window.forget_tables()
        self._window.show_source("", without_options(address))
        self._place.say(loading_state(without_options(address)), self.look_again)
        self._ask(address)

    def try_again(self) -> None:
        """Open what could not be opened, and say meanwhile that this is being done."""
        self._place.say(loading_state(without_options(self._source.address)), self.look_again)
        self.look_again()

    def look_again(self) -> None:
        """Open the same source and table again: what they are may have changed."""
        self._ask(self._source.address)

    def _ask(self, address: str) -> None:
        self.thread_of_tables.start()
        self._source = OpenedSource(address, self._source.opening + 1)
        self._worker.ask(TablesWish(self._source))

    def stop(self) -> None:
        """Wait no longer for what is being opened."""
        self._worker.forget()
        self._source = OpenedSource(self._source.address, self._source.opening + 1)

    def _on_answered(self, answer: Answer) -> None:
        match answer:
            case TablesListed(wish=TablesWish(source=source)) if source == self._source:
                self._on_listed(answer)
            case HeldUp(wish=TablesWish(source=source), reason=reason) if source == self._source:
                self.held_up.emit(reason)
            case QueryFailed(wish=TablesWish(source=source), reason=reason) if source == self._source:
                self.settled.emit()
                self._place.fail(reason, self.look_again)
                if reason.code in _NEED_LOGIN:
                    self.login_needed.emit(LoginNeeded(source.address, reason))

    def _on_listed(self, listed: TablesListed) -> None:
        self.settled.emit()
        self._source = OpenedSource(listed.address, self._source.opening)
        self.opened_address = listed.address
        self.source_opened.emit(listed.address)
        self._listed = listed.tables
        self._tables = {summary.table.name: summary.table for summary in listed.tables}
        self._estimates = {
            summary.table.name: summary.estimated_rows
            for summary in listed.tables
            if summary.table.has_integer_key and summary.table.key_kind is not KeyKind.ROWID
        }
        self._window.show_source(name_of(listed.address), without_options(listed.address))
        if not self._tables and self._wished_table is None:
            self.left.emit()
            self._window.show_tables((), "")
            self._place.say(no_tables_state(), self._window.menus.open_wished.emit)
        elif self._wished_table is not None and self._wished_table not in self._tables:
            self._say_unknown(self._wished_table)
        else:
            self._show(self._wished_table or self._first_table())

    def _say_unknown(self, name: str) -> None:
        self.left.emit()
        self._window.show_tables(self._listed, "")
        shown = without_secrets(self._source.address)
        error = ConfigurationError(
            ReasonCode.TABLE_UNKNOWN, table=name, source=shown, known=", ".join(self._tables) or "–"
        )
        self._place.fail(error.reason, self.look_again)

    def _first_table(self) -> str:
        return next((name for name, table in self._tables.items() if table.key), next(iter(self._tables)))

    def _show(self, name: str) -> None:
        self._wished_table = name
        self._window.show_tables(self._listed, name)
        self.table_opened.emit(OpenedTable(self._source, self._tables[name], self._estimates.get(name)))

    def _on_table_chosen(self, name: str) -> None:
        if name != self._wished_table:
            self._show(name)

"""The ways to a source: a file, a server, one of those opened last; and the passwords that servers want."""

from PySide6.QtCore import QObject, QSettings

from dataflow_desktop import locations
from dataflow_desktop.app.browsing import Browsing
from dataflow_desktop.app.opening import LoginNeeded
from dataflow_desktop.app.trial import Trial
from dataflow_desktop.domain.saved_connection import SavedConnection, ServerLogin
from dataflow_desktop.errors import Reason, ReasonCode
from dataflow_desktop.passwords import remember, unlearn, without_password
from dataflow_desktop.ui.connect_dialog import ConnectDialog, SaveChoice
from dataflow_desktop.ui.error_texts import describe
from dataflow_desktop.ui.keep_password_box import not_kept_words
from dataflow_desktop.ui.main_window import MainWindow
from dataflow_desktop.ui.password_dialog import PasswordDialog
from dataflow_desktop.ui.recent_sources import RecentSources
from dataflow_desktop.workers.connection_wishes import (
    ConnectionAnswer,
    ConnectionsFailed,
    ConnectionsKnown,
    DeleteWish,
    KeepWish,
    KeyringLooked,
    LookWish,
    PasswordNotKept,
    SaveWish,
)
from dataflow_desktop.workers.connection_worker import ConnectionWorker
from dataflow_desktop.workers.worker_thread import WorkerThread


class Connecting(QObject):
    """Joins dialogs, recent list and drops to what opens sources. Lives in the window's thread.

    Passwords typed are known at once; those kept go to the keyring by the worker, which may have to wait.
    """

    def __init__(self, window: MainWindow, browsing: Browsing, settings: QSettings) -> None:
        super().__init__(window)
        self._window = window
        self._browsing = browsing
        self._recent = RecentSources(settings)
        self._dialog: ConnectDialog | None = None
        self._password_dialog: PasswordDialog | None = None
        self._trial = Trial(self)
        self._tried: ServerLogin | None = None
        self._worker = ConnectionWorker(locations.connections_path())
        self._thread = WorkerThread(self._worker, "connections")
        self._join()
        window.menus.recent.show_sources(self._recent.addresses)

    def _join(self) -> None:
        menus = self._window.menus
        menus.connect_wished.connect(self.ask_server)
        menus.recent.source_chosen.connect(self.open)
        menus.recent.clear_wished.connect(self._on_clear_wished)
        self._window.database_chosen.connect(self.open)
        self._browsing.source_opened.connect(self._on_source_opened)
        self._browsing.login_needed.connect(self._on_login_needed)
        self._trial.succeeded.connect(self._on_trial_succeeded)
        self._trial.failed.connect(self._on_trial_failed)
        self._worker.answered.connect(self._on_answered)

    @property
    def threads(self) -> list[WorkerThread]:
        """All threads of connecting, to be joined at the end."""
        return [self._thread, *self._trial.threads]

    @property
    def dialog(self) -> ConnectDialog | None:
        """The dialog while it is open."""
        return self._dialog

    def open(self, address: str, table_name: str | None = None) -> None:
        """Open a source; a password in its address is used, and goes no further."""
        bare, password = without_password(address)
        if password is not None:
            remember(bare, password, is_kept=False)
        self._browsing.open(bare, table_name)

    def ask_server(self) -> None:
        """Ask which server to connect to; one dialog at a time."""
        if self._dialog is not None:
            self._dialog.raise_()
            return
        self._dialog = dialog = ConnectDialog(self._window)
        dialog.connect_wished.connect(self._on_connect_wished)
        dialog.test_wished.connect(self._on_test_wished)
        dialog.test_given_up.connect(self._trial.give_up)
        dialog.save_wished.connect(self._on_save_wished)
        dialog.delete_wished.connect(self._on_delete_wished)
        dialog.finished.connect(self._on_dialog_finished)
        dialog.open()
        self._look()

    def _look(self) -> None:
        self._thread.start()
        self._worker.ask(LookWish())

    def _use(self, login: ServerLogin) -> None:
        """Let the source find the password, and the keyring have it where that is wished."""
        if login.password is not None:
            remember(login.address, login.password, is_kept=False)
        if login.keeps_password:
            self._thread.start()
            self._worker.ask(KeepWish(login))

    def _on_connect_wished(self, login: ServerLogin) -> None:
        self._use(login)
        self.open(login.address)

    def _on_test_wished(self, login: ServerLogin) -> None:
        if login.password is not None:
            remember(login.address, login.password, is_kept=False)
        self._tried = login
        self._trial.begin(login.address)

    def _on_trial_succeeded(self, tables: int) -> None:
        if self._dialog is not None:
            self._dialog.show_test_done(tables)

    def _on_trial_failed(self, reason: Reason) -> None:
        tried = self._tried
        if tried is not None and tried.password is not None and reason.code == ReasonCode.LOGIN_REFUSED.name:
            unlearn(tried.address)  # it would stand before a right one in the keyring
        if self._dialog is not None:
            self._dialog.show_failure(reason)

    def _on_save_wished(self, choice: SaveChoice) -> None:
        self._worker.ask(SaveWish(choice.connection, choice.password))

    def _on_delete_wished(self, connection: SavedConnection) -> None:
        self._worker.ask(DeleteWish(connection))

    def _on_dialog_finished(self) -> None:
        self._dialog = None

    def _on_answered(self, answer: ConnectionAnswer) -> None:
        match answer:
            case KeyringLooked(is_there=is_there):
                self._show_keyring(is_there=is_there)
            case ConnectionsKnown():
                self._on_known(answer)
            case PasswordNotKept():
                self._on_not_kept()
            case ConnectionsFailed(reason=reason):
                self._on_failed(reason)

    def _show_keyring(self, *, is_there: bool) -> None:
        if self._dialog is not None:
            self._dialog.show_keyring(is_there=is_there)
        if self._password_dialog is not None:
            self._password_dialog.keep_box.show_keyring(is_there=is_there)

    def _on_known(self, known: ConnectionsKnown) -> None:
        if self._dialog is None:
            return
        self._dialog.show_connections(known.connections)
        if known.notice is not None:
            self._dialog.show_failure(known.notice)
        elif isinstance(known.wish, SaveWish):
            self._dialog.show_saved(known.wish.connection.name)

    def _on_not_kept(self) -> None:
        if self._dialog is not None:
            self._dialog.show_not_kept()
        else:
            self._window.show_note(not_kept_words())

    def _on_failed(self, reason: Reason) -> None:
        if self._dialog is not None:
            self._dialog.show_failure(reason)
        else:
            self._window.show_note(describe(reason).message)

    def _on_login_needed(self, needed: LoginNeeded) -> None:
        if self._password_dialog is not None:
            self._password_dialog.raise_()
            return
        self._password_dialog = PasswordDialog(needed.address, needed.reason, self._window)
        self._password_dialog.login_wished.connect(self._on_login_wished)
        self._password_dialog.finished.connect(self._on_password_finished)
        self._password_dialog.open()
        self._look()

    def _on_login_wished(self, login: ServerLogin) -> None:
        self._use(login)
        self._browsing.try_again()

    def _on_password_finished(self) -> None:
        self._password_dialog = None

    def _on_source_opened(self, address: str) -> None:
        self._recent.add(address)
        self._window.menus.recent.show_sources(self._recent.addresses)

    def _on_clear_wished(self) -> None:
        self._recent.clear()
        self._window.menus.recent.show_sources([])

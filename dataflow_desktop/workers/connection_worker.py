"""Keeps saved connections and their passwords; a keyring may let it wait for a person."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from dataflow_desktop import passwords
from dataflow_desktop.errors import Reason
from dataflow_desktop.workers.connection_wishes import (
    ConnectionAnswer,
    ConnectionsFailed,
    ConnectionsKnown,
    ConnectionWish,
    DeleteWish,
    KeepWish,
    KeyringLooked,
    LookWish,
    PasswordNotKept,
    SaveWish,
)
from dataflow_desktop.workers.worker_thread import WishWorker

if TYPE_CHECKING:
    from dataflow_desktop.records.connections import ConnectionStore


class ConnectionWorker(WishWorker[ConnectionWish, ConnectionAnswer]):
    """Fulfils one wish after the other; `answered` brings a ConnectionAnswer."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._known_store: ConnectionStore | None = None

    def _answers(self, wish: ConnectionWish) -> Iterator[ConnectionAnswer]:
        is_kept = True
        match wish:
            case LookWish():
                yield KeyringLooked(wish, passwords.has_keyring())
            case SaveWish(connection, password):
                self._store.save(connection)
                is_kept = _keep(connection.address, password, is_wanted=connection.keeps_password)
            case DeleteWish(connection):
                self._store.delete(connection)
                passwords.forget(connection.address)
            case KeepWish(login):
                is_kept = _keep(login.address, login.password, is_wanted=login.keeps_password)
        yield ConnectionsKnown(wish, tuple(self._store.connections()), self._store.notice)
        if not is_kept:
            yield PasswordNotKept(wish)

    def _failure(self, wish: ConnectionWish, reason: Reason) -> ConnectionAnswer:
        return ConnectionsFailed(wish, reason)

    @property
    def _store(self) -> "ConnectionStore":
        if self._known_store is None:
            # Not before anybody asks: what stores need is slow to import.
            from dataflow_desktop.records.connections import ConnectionStore

            self._known_store = ConnectionStore(self._path)
        return self._known_store


def _keep(address: str, password: str | None, *, is_wanted: bool) -> bool:
    """Keep the password, or the one known already, or take it out of the keyring; False when that failed."""
    if password is None:
        password = passwords.password_for(address)
    if not is_wanted:
        passwords.forget(address)
    return password is None or passwords.remember(address, password, is_kept=is_wanted)

"""The statement that a session runs now: cancelled when nobody wants it, given up with a lost server."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from os import dup
from typing import Any

import psycopg

CANCEL_SECONDS = 0.12
"""How long a server has to obey a cancel before its session is given up: people wait no longer than this."""

ASKING_SECONDS = 5
"""How long one tries to bring a cancel to the server."""

SILENT_SECONDS = 20.0
"""After which it is asked, on another session, whether the server still works on the statement."""

LOOK_SECONDS = 0.5


class Statement:
    """A statement on its way."""

    def __init__(self, session: psycopg.Connection[Any]) -> None:
        self.session = session
        self.looked_at = time.monotonic()
        self.is_cancelled = False
        self.ended = threading.Event()


class RunningStatements:
    """What one connection runs, one statement at a time. Any thread may cancel it."""

    def __init__(self, open_session: Callable[[], psycopg.Connection[Any]]) -> None:
        """`open_session` reaches the same server."""
        self._open_session = open_session
        self._lock = threading.Lock()
        self._now: Statement | None = None
        self._spoilt: psycopg.Connection[Any] | None = None
        self._closed = threading.Event()
        self._watching: threading.Thread | None = None

    @contextmanager
    def one(self, session: psycopg.Connection[Any]) -> Iterator[Statement]:
        """Let what runs inside be a statement of `session`."""
        statement = Statement(session)
        with self._lock:
            self._now = statement
            if self._watching is None:
                self._watching = threading.Thread(target=self._watch, name="watching", daemon=True)
                self._watching.start()
        try:
            yield statement
        finally:
            statement.ended.set()
            with self._lock:
                self._now = None

    def is_spoilt(self, session: psycopg.Connection[Any]) -> bool:
        """Whether a cancel may still be on its way to the session, and hit another statement."""
        return session is self._spoilt

    def cancel(self) -> None:
        """Ask the server to end the statement, and give up the session if it does not obey at once."""
        with self._lock:
            statement = self._now
            if statement is None or statement.is_cancelled:
                return
            statement.is_cancelled = True
            self._spoilt = statement.session
        for work in (_ask_to_cancel, _give_up_later):
            threading.Thread(target=work, args=[statement], name="cancelling", daemon=True).start()

    def close(self) -> None:
        """Watch no longer."""
        self._closed.set()

    def _watch(self) -> None:
        while not self._closed.wait(LOOK_SECONDS):
            with self._lock:
                statement = self._now
            if statement is not None and time.monotonic() - statement.looked_at > SILENT_SECONDS:
                if not self._is_worked_on(statement) and not statement.ended.is_set():
                    _give_up(statement.session)
                statement.looked_at = time.monotonic()

    def _is_worked_on(self, statement: Statement) -> bool:
        """Whether the server has a session that works on it; not if the server itself cannot be reached."""
        try:
            with self._open_session() as asking:
                found = asking.execute(
                    "SELECT state FROM pg_stat_activity WHERE pid = %s", [statement.session.info.backend_pid]
                ).fetchone()
        except psycopg.OperationalError:
            return False
        except psycopg.Error:
            return True  # it only speaks PostgreSQL, and does not tell
        # Of other people's sessions one is told nothing; behind a balancer this may be another server.
        return found is None or not str(found[0]).startswith("idle")


def _ask_to_cancel(statement: Statement) -> None:
    with suppress(psycopg.Error):
        statement.session.cancel_safe(timeout=ASKING_SECONDS)


def _give_up_later(statement: Statement) -> None:
    if not statement.ended.wait(CANCEL_SECONDS):
        _give_up(statement.session)


def _give_up(session: psycopg.Connection[Any]) -> None:
    """Let whoever waits for the session hear at once that it is lost; psycopg then closes it."""
    with suppress(OSError, psycopg.Error):
        end = socket.socket(fileno=dup(session.fileno()))
        try:
            end.shutdown(socket.SHUT_RDWR)
        finally:
            end.close()

"""The statement that a session runs now: cancelled when nobody wants it, given up with a lost server."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from os import dup
from typing import Generic, Protocol, TypeVar

CANCEL_SECONDS = 0.12
"""How long a server has to obey a cancel before its session is given up: people wait no longer than this."""

ASKING_SECONDS = 5
"""How long one tries to bring a cancel to the server."""

SILENT_SECONDS = 20.0
"""After which it is asked, on another session, whether the server still works on the statement."""

LOOK_SECONDS = 0.5

Session = TypeVar("Session")
Session_contra = TypeVar("Session_contra", contravariant=True)


class Server(Protocol[Session_contra]):
    """What a server's driver can do about a session that another thread waits for; none of it raises."""

    def cancel_running(self, session: Session_contra) -> None:
        """Ask the server to end what the session runs, by another way than the session itself."""

    def is_worked_on(self, session: Session_contra) -> bool:
        """Whether the server works on what the session runs; not if the server itself cannot be reached."""

    def give_up(self, session: Session_contra) -> None:
        """Let whoever waits for the session hear at once that it is lost."""


class Statement(Generic[Session]):
    """A statement on its way."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.looked_at = time.monotonic()
        self.is_cancelled = False
        self.ended = threading.Event()


class RunningStatements(Generic[Session]):
    """What one connection runs, one statement at a time. Any thread may cancel it."""

    def __init__(self, server: Server[Session]) -> None:
        self._server = server
        self._lock = threading.Lock()
        self._now: Statement[Session] | None = None
        self._spoilt: Session | None = None
        self._closed = threading.Event()
        self._watching: threading.Thread | None = None

    @contextmanager
    def one(self, session: Session) -> Iterator[Statement[Session]]:
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

    def is_spoilt(self, session: Session) -> bool:
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
        for work in (self._ask_to_cancel, self._give_up_later):
            threading.Thread(target=work, args=[statement], name="cancelling", daemon=True).start()

    def close(self) -> None:
        """Watch no longer."""
        self._closed.set()

    def _watch(self) -> None:
        while not self._closed.wait(LOOK_SECONDS):
            with self._lock:
                statement = self._now
            if statement is not None and time.monotonic() - statement.looked_at > SILENT_SECONDS:
                if not self._server.is_worked_on(statement.session) and not statement.ended.is_set():
                    self._server.give_up(statement.session)
                statement.looked_at = time.monotonic()

    def _ask_to_cancel(self, statement: Statement[Session]) -> None:
        self._server.cancel_running(statement.session)

    def _give_up_later(self, statement: Statement[Session]) -> None:
        if not statement.ended.wait(CANCEL_SECONDS):
            self._server.give_up(statement.session)


def shut_down(file_number: int) -> None:
    """Let whoever reads from a socket hear at once that it is at its end; raises OSError."""
    end = socket.socket(fileno=dup(file_number))
    try:
        end.shutdown(socket.SHUT_RDWR)
    finally:
        end.close()

"""Sessions of a database server: opened with a password, opened anew when they are lost, cut short on wish.

Nothing here takes the server to be alone or near: it may be one of many that speak its protocol, behind a
balancer, and it may be gone at any moment. A statement outside a transaction is asked again on a new session.
"""

import threading
from abc import abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import ClassVar, Generic, TypeVar

import sqlalchemy as sa

from dataflow_desktop.errors import ReasonCode, SourceError
from dataflow_desktop.pacing import Stopped, StopRequest
from dataflow_desktop.passwords import known_password, password_for, remember, without_password
from dataflow_desktop.phrases import Phrase
from dataflow_desktop.source.connection import Source, SourceConnection, TextDecoding
from dataflow_desktop.source.running import RunningStatements

LOOK_SECONDS = 0.05
"""How often whoever waits for a new session looks whether it is still wanted."""

Session = TypeVar("Session")


class ServerSource(Source, Generic[Session]):
    """One database of a server; also the `running.Server` of its sessions."""

    driver_error: ClassVar[type[Exception]]
    """What the driver raises."""

    def __init__(self, url: sa.URL, otherwise_called: str) -> None:
        address, password = without_password(url.render_as_string(hide_password=False))
        super().__init__(address, url.database or url.host or otherwise_called)
        if password is not None:
            remember(address, password, is_kept=False)
        self.url = sa.make_url(address)
        self.retry_seconds = seconds_of(self.url.query.get("retry_seconds"), self.retry_seconds)

    def new_session(self, stop: StopRequest | None) -> Session:
        """Return a new session; raises SourceError, Stopped."""
        opening = _Opening(self)
        opening.start()
        while not opening.is_done(LOOK_SECONDS):
            if stop is not None and stop.is_asked():
                opening.abandon()
                raise Stopped
        with self.turning_errors(is_connecting=True):
            return opening.result()

    def open_session(self) -> Session:
        """Return a new session however long it takes; raises what the driver does, SourceError."""
        try:
            session = self._opened(known_password(self.address))
        except self.driver_error as error:
            # Only now, for to wake a keyring takes longer than to open a session.
            password = password_for(self.address) if self._asks_for_password(error) else None
            if password is None:
                raise
            session = self._opened(password)
        try:
            with self.turning_errors():  # whoever let us in was reached: what is cut now is worth another try
                self._pin_settings(session)
        except BaseException:
            self.close_session(session)
            raise
        return session

    def close(self) -> None:
        """Nothing is held open here."""

    @abstractmethod
    def turning_errors(self, *, is_connecting: bool = False) -> AbstractContextManager[None]:
        """Turn what the driver raises inside into SourceError; `is_connecting` without a session yet."""

    @abstractmethod
    def close_session(self, session: Session) -> None:
        """Close a session, which may be lost already."""

    @abstractmethod
    def is_closed(self, session: Session) -> bool:
        """Whether a session is closed, or known to be lost."""

    @abstractmethod
    def cancel_running(self, session: Session) -> None:
        """Ask the server to end what the session runs; see `running.Server`."""

    @abstractmethod
    def is_worked_on(self, session: Session) -> bool:
        """Whether the server works on what the session runs."""

    @abstractmethod
    def give_up(self, session: Session) -> None:
        """Let whoever waits for the session hear at once that it is lost."""

    @abstractmethod
    def _opened(self, password: str | None) -> Session:
        """Return a new session as the driver opens it; raises what the driver does."""

    @abstractmethod
    def _asks_for_password(self, error: Exception) -> bool:
        """Whether `error` says that a password is wanted, or another one."""

    @abstractmethod
    def _pin_settings(self, session: Session) -> None:
        """Give a new session its settings; raises what the driver does."""


def seconds_of(option: str | tuple[str, ...] | None, otherwise: float) -> float:
    """Return the seconds that an option of a URL says, `otherwise` where it says none."""
    try:
        return float(str(option)) if option is not None else otherwise
    except ValueError:
        return otherwise


class _Opening(threading.Thread, Generic[Session]):
    """Opens a session in a thread of its own, for nothing cuts short a server that does not answer."""

    def __init__(self, source: ServerSource[Session]) -> None:
        super().__init__(name="opening a session", daemon=True)
        self._source = source
        self._done = threading.Event()
        self._lock = threading.Lock()
        self._is_abandoned = False
        self._session: Session | None = None
        self._error: Exception | None = None

    def run(self) -> None:
        try:
            session = self._source.open_session()
        except Exception as error:  # noqa: BLE001 - raised again in the thread that waits
            self._error = error
        else:
            with self._lock:
                self._session = session
                if self._is_abandoned:
                    self._source.close_session(session)
        self._done.set()

    def is_done(self, seconds: float) -> bool:
        return self._done.wait(seconds)

    def abandon(self) -> None:
        """Let a session that nobody wants any more be closed when it comes."""
        with self._lock:
            self._is_abandoned = True
            if self._session is not None:
                self._source.close_session(self._session)

    def result(self) -> Session:
        if self._session is None:
            raise self._error or TypeError
        return self._session


class ServerConnection(SourceConnection, Generic[Session]):
    """A read-only session; another one takes its place when it is lost."""

    source: ServerSource[Session]

    def __init__(self, source: ServerSource[Session], session: Session, stop: StopRequest | None) -> None:
        super().__init__(source)
        self._session = session
        self._stop = stop
        self._running = RunningStatements(source)
        self._is_in_transaction = False

    @abstractmethod
    def _begin(self, words: str) -> None:
        """Begin a transaction; raises what the driver does."""

    @abstractmethod
    def _roll_back(self) -> None:
        """End the transaction; a lost session has none to end."""

    def data_version(self) -> int:
        """Return always the same, where the server does not count what was written."""
        return 0

    @property
    def tells_all_changes(self) -> bool:
        """No server does: statistics come late, and a crash loses them, where there are any."""
        return False

    @contextmanager
    def decoding(self, decoding: TextDecoding) -> Iterator[None]:  # noqa: ARG002 - of a kind with SQLite's
        """Do nothing: a server or its driver gives texts, or an error."""
        yield

    def schema_version(self) -> int:
        """Return always the same: rows without a key have no numbers here that could change."""
        return 0

    def obey(self, stop: StopRequest) -> None:
        """Let a wish in `stop` cut short whatever this connection is reading, then or later."""
        self._stop = stop

    def interrupt(self) -> None:
        """Cut short the statement running now, from any thread; its reader gets Stopped."""
        self._running.cancel()

    def close(self) -> None:
        """Close the session."""
        self._running.close()
        self.source.close_session(self._session)

    def hold_up(self, error: SourceError) -> None:
        """Wait a little before what `error` ended is tried again; a transaction is lost with its session."""
        if self._is_in_transaction:
            raise error
        super().hold_up(error)

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        self._begun(lambda: self._begin(begin))
        self._is_in_transaction = True
        try:
            yield
        finally:
            self._is_in_transaction = False
            self._roll_back()

    @contextmanager
    def _turning_errors(self) -> Iterator[None]:
        stop = self._stop
        if stop is not None and stop.is_asked():
            raise Stopped
        with self._running.one(self._session) as statement:
            calling = stop.calling(self.interrupt) if stop is not None else nullcontext()
            try:
                with calling, self.source.turning_errors():
                    yield
            except SourceError as error:
                if statement.is_cancelled:
                    raise Stopped from error
                raise

    def _reconnect(self) -> None:
        if not self.source.is_closed(self._session) and not self._running.is_spoilt(self._session):
            return
        if self._is_in_transaction:  # another session would see another state
            raise SourceError(
                ReasonCode.CONNECTION_LOST, source=self.source.address, reason=Phrase.IN_A_SNAPSHOT
            )
        self.source.close_session(self._session)
        self._session = self.source.new_session(self._stop)

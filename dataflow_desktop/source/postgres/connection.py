"""Sessions of a PostgreSQL server: read-only, all with the same settings, opened anew when they are lost.

Nothing here takes the server to be alone or near: it may be one of many that speak PostgreSQL, behind a
balancer, and it may be gone at any moment. A statement outside a transaction is asked again on a new session.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from functools import cached_property

import psycopg
import sqlalchemy as sa
from psycopg.conninfo import make_conninfo

from dataflow_desktop.domain.schema import DatabaseSystem
from dataflow_desktop.domain.source_identity import DatabaseIdentity
from dataflow_desktop.errors import ReasonCode, SourceError
from dataflow_desktop.pacing import Stopped, StopRequest
from dataflow_desktop.passwords import known_password, password_for, remember, without_password
from dataflow_desktop.source.connection import Fetching, Row, Source, SourceConnection, TextDecoding
from dataflow_desktop.source.dialects import sqlalchemy_dialect
from dataflow_desktop.source.postgres.errors import asks_for_password, turned_errors
from dataflow_desktop.source.postgres.running import RunningStatements
from dataflow_desktop.source.prepared import Filled, compiled

CONNECT_SECONDS = 10
"""For each of a server's addresses, where the URL says nothing else (`connect_timeout`)."""

LOOK_SECONDS = 0.05
"""How often whoever waits for a new session looks whether it is still wanted."""

_SETTINGS = {
    # What makes the text of values, and so the bytes of a file.
    "TimeZone": "UTC",
    "DateStyle": "ISO, YMD",
    "IntervalStyle": "iso_8601",
    "extra_float_digits": "1",
    # What keeps the source as it is.
    "default_transaction_read_only": "on",
    # What lets the server notice that its client is gone, and end the statement.
    "client_connection_check_interval": "2s",
}

_MUST_BE_SET = frozenset({"TimeZone", "DateStyle", "IntervalStyle", "default_transaction_read_only"})

_KEEPING_ALIVE = {
    # Half a minute without an answer of the network is a lost connection:
    # https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-KEEPALIVES
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "4",
    "tcp_user_timeout": "30000",
}

_OURS = frozenset({"retry_seconds"})
"""Options of a URL that are the program's and not libpq's."""

_SYSTEM = sa.text("SELECT system_identifier::text FROM pg_control_system()")
_DATABASE = sa.text("SELECT oid::bigint FROM pg_database WHERE datname = current_database()")
_ENCODING = sa.text("SHOW server_encoding")
_EXPORT = sa.text("SELECT pg_export_snapshot()")
_WRITTEN = sa.text(
    "SELECT COALESCE(SUM(n_tup_ins + n_tup_upd + n_tup_del), 0)::bigint FROM pg_stat_user_tables"
)


class PostgresSource(Source):
    """One database of a server."""

    system = DatabaseSystem.POSTGRESQL

    def __init__(self, url: sa.URL) -> None:
        address, password = without_password(url.render_as_string(hide_password=False))
        super().__init__(address, url.database or url.host or "postgresql")
        if password is not None:
            remember(address, password, is_kept=False)
        url = sa.make_url(address)
        options = {name: value for name, value in url.query.items() if name not in _OURS}
        self.retry_seconds = _seconds(url.query.get("retry_seconds"), self.retry_seconds)
        dialect = sqlalchemy_dialect(DatabaseSystem.POSTGRESQL)
        _, self._arguments = dialect.create_connect_args(url.set(query=options))
        for name, value in _KEEPING_ALIVE.items():
            self._arguments.setdefault(name, value)
        self._arguments.setdefault("connect_timeout", str(CONNECT_SECONDS))
        self._arguments.setdefault("application_name", "DataFlow Desktop")
        self._arguments.setdefault("client_encoding", "UTF8")

    def connect(self, stop: StopRequest | None = None) -> "PostgresConnection":
        """Open a session, unless `stop` is asked meanwhile; raises SourceError, Stopped."""
        return PostgresConnection(self, self.new_session(stop), stop)

    def new_session(self, stop: StopRequest | None) -> psycopg.Connection[Row]:
        """Return a new session; raises SourceError, Stopped."""
        opening = _Opening(self)
        opening.start()
        while not opening.is_done(LOOK_SECONDS):
            if stop is not None and stop.is_asked():
                opening.abandon()
                raise Stopped
        with turned_errors(self.address, is_connecting=True):
            return opening.result()

    def open_session(self) -> psycopg.Connection[Row]:
        """Return a new session however long it takes; raises what psycopg does."""
        try:
            session = self._opened(known_password(self.address))
        except psycopg.OperationalError as error:
            # Only now, for to wake a keyring takes longer than to open a session.
            password = password_for(self.address) if asks_for_password(error) else None
            if password is None:
                raise
            session = self._opened(password)
        try:
            _pin_settings(session)
        except BaseException:
            session.close()
            raise
        return session

    def _opened(self, password: str | None) -> psycopg.Connection[Row]:
        # Each statement is a short read of its own. Prepared ones would be lost behind a pool of sessions.
        return psycopg.connect(self._connection_text(password), autocommit=True, prepare_threshold=None)

    def _connection_text(self, password: str | None) -> str:
        return make_conninfo(**self._arguments, **({} if password is None else {"password": password}))

    def connection_text(self) -> str:
        """Return what another library of PostgreSQL's connects by; the password is in it."""
        return self._connection_text(known_password(self.address))

    def pinning_statements(self) -> list[str]:
        """Return what gives another session the settings that make the text of values."""
        return [_set(name) for name in sorted(_MUST_BE_SET)]

    def close(self) -> None:
        """Nothing is held open here."""


def _seconds(option: str | tuple[str, ...] | None, otherwise: float) -> float:
    try:
        return float(str(option)) if option is not None else otherwise
    except ValueError:
        return otherwise


def _pin_settings(session: psycopg.Connection[Row]) -> None:
    """Give a new session its settings; servers that only speak PostgreSQL may lack some."""
    try:
        session.execute("; ".join(map(_set, _SETTINGS)).encode())
    except psycopg.ProgrammingError:
        for name in _SETTINGS:
            with nullcontext() if name in _MUST_BE_SET else suppress(psycopg.ProgrammingError):
                session.execute(_set(name).encode())


def _set(name: str) -> str:
    return f"SET {name} TO '{_SETTINGS[name]}'"


class _Opening(threading.Thread):
    """Opens a session in a thread of its own, for nothing cuts short a server that does not answer."""

    def __init__(self, source: PostgresSource) -> None:
        super().__init__(name="opening a session", daemon=True)
        self._source = source
        self._done = threading.Event()
        self._lock = threading.Lock()
        self._is_abandoned = False
        self._session: psycopg.Connection[Row] | None = None
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
                    session.close()
        self._done.set()

    def is_done(self, seconds: float) -> bool:
        return self._done.wait(seconds)

    def abandon(self) -> None:
        """Let a session that nobody wants any more be closed when it comes."""
        with self._lock:
            self._is_abandoned = True
            if self._session is not None:
                self._session.close()

    def result(self) -> psycopg.Connection[Row]:
        if self._session is None:
            raise self._error or TypeError
        return self._session


class PostgresConnection(SourceConnection):
    """A read-only session; another one takes its place when it is lost."""

    source: PostgresSource

    def __init__(
        self, source: PostgresSource, session: psycopg.Connection[Row], stop: StopRequest | None
    ) -> None:
        super().__init__(source)
        self._session = session
        self._stop = stop
        self._running = RunningStatements(source.open_session)
        self._is_in_transaction = False

    @cached_property
    def _identity(self) -> DatabaseIdentity:
        try:
            system, database = self.scalar(_SYSTEM), self.scalar(_DATABASE)
        except SourceError as error:
            if error.reason.code not in {ReasonCode.QUERY_FAILED.name, ReasonCode.PERMISSION_DENIED.name}:
                raise
            return DatabaseIdentity()  # it only speaks PostgreSQL, or tells such things to few
        return DatabaseIdentity(server=f"{system!s}/{database!s}")

    def identity(self) -> DatabaseIdentity:
        """Return which database of which cluster it is; raises SourceError."""
        return self._identity

    def data_version(self) -> int:
        """Return how many rows were written in the database, as its statistics know; raises SourceError."""
        try:
            return int(self.scalar(_WRITTEN) or 0)
        except SourceError as error:
            if error.reason.code != ReasonCode.QUERY_FAILED.name:
                raise
            return 0

    @property
    def tells_all_changes(self) -> bool:
        """Statistics come late, and a crash loses them."""
        return False

    def schema_version(self) -> int:
        """Return always the same: rows without a key have no numbers here that could change."""
        return 0

    def is_utf8(self) -> bool:
        """Whether the server has looked at its texts, which it then gives as UTF-8; raises SourceError."""
        return self.scalar(_ENCODING) != "SQL_ASCII"

    @contextmanager
    def one_state(self) -> Iterator[None]:
        """Let all reads inside see one state of the database; writers do not wait."""
        with self._transaction("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"):
            yield

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        self._begun(lambda: self._session.execute(begin.encode()))
        self._is_in_transaction = True
        try:
            yield
        finally:
            self._is_in_transaction = False
            with suppress(psycopg.Error):  # a lost session has no transaction to end
                self._session.rollback()

    @contextmanager
    def decoding(self, decoding: TextDecoding) -> Iterator[None]:  # noqa: ARG002 - of a kind with the others
        """Do nothing: the server takes in no text that is not valid."""
        yield

    def obey(self, stop: StopRequest) -> None:
        """Let a wish in `stop` cut short whatever this connection is reading, then or later."""
        self._stop = stop

    def row(self, statement: Filled) -> Row | None:
        """Return the only row of `statement`, None without one; raises SourceError, Stopped."""
        rows = self.run(statement)
        return rows[0] if rows else None

    def exported_snapshot(self) -> str:
        """Return by which name other sessions see the state that this one sees; inside `one_state` only."""
        return str(self.scalar(_EXPORT))

    def writer(self) -> Callable[[Filled], str]:
        """Return what writes a statement with its values into one text, for COPY takes no parameters.

        The driver quotes the values. Each thread needs one of its own; nothing is asked of the server.
        """
        cursor = psycopg.ClientCursor(self._session)
        return lambda filled: cursor.mogrify(filled.text.encode(), filled.values)

    def interrupt(self) -> None:
        """Cut short the statement running now, from any thread; its reader gets Stopped."""
        self._running.cancel()

    def close(self) -> None:
        """Close the session."""
        self._running.close()
        with suppress(psycopg.Error):
            self._session.close()

    @contextmanager
    def _turning_errors(self) -> Iterator[None]:
        stop = self._stop
        if stop is not None and stop.is_asked():
            raise Stopped
        with self._running.one(self._session) as statement:
            calling = stop.calling(self.interrupt) if stop is not None else nullcontext()
            try:
                with calling, turned_errors(self.source.address):
                    yield
            except SourceError as error:
                if statement.is_cancelled:
                    raise Stopped from error
                raise

    def _reconnect(self) -> None:
        if not self._session.closed and not self._running.is_spoilt(self._session):
            return
        if self._is_in_transaction:  # another session would see another state
            raise SourceError(
                ReasonCode.CONNECTION_LOST, source=self.source.address, reason="in the middle of a snapshot"
            )
        with suppress(psycopg.Error):
            self._session.close()
        self._session = self.source.new_session(self._stop)

    def hold_up(self, error: SourceError) -> None:
        """Wait a little before what `error` ended is tried again; a transaction is lost with its session."""
        if self._is_in_transaction:
            raise error
        super().hold_up(error)

    def _executed(self, statement: sa.Executable) -> list[Row]:
        text, values = compiled(statement, DatabaseSystem.POSTGRESQL)
        return self._session.execute(text.encode(), values).fetchall()  # one by one takes half as long again

    @contextmanager
    def _streaming(self, statement: sa.Executable) -> Iterator[Fetching]:
        # Outside a transaction a cursor of the server's would have to hold all rows first.
        begin = nullcontext() if self._is_in_transaction else self._transaction("BEGIN READ ONLY")
        text, values = compiled(statement, DatabaseSystem.POSTGRESQL)
        with begin, self._session.cursor("rows") as cursor:
            with self._turning_errors():
                cursor.execute(text.encode(), values)
            yield cursor

    def _run(self, filled: Filled) -> Iterator[Row]:
        return iter(self._session.execute(filled.text.encode(), filled.values))

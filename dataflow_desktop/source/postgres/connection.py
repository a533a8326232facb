"""Sessions of a PostgreSQL server: read-only, all with the same settings."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from functools import cached_property
from typing import Any

import psycopg
import sqlalchemy as sa
from psycopg.conninfo import make_conninfo
from psycopg.pq import TransactionStatus

from dataflow_desktop.domain.schema import DatabaseSystem
from dataflow_desktop.domain.server_address import CONNECT_SECONDS
from dataflow_desktop.domain.source_identity import DatabaseIdentity
from dataflow_desktop.errors import ReasonCode, SourceError
from dataflow_desktop.pacing import StopRequest
from dataflow_desktop.passwords import known_password
from dataflow_desktop.source.connection import Fetching, Row
from dataflow_desktop.source.dialects import sqlalchemy_dialect
from dataflow_desktop.source.filled import Filled
from dataflow_desktop.source.postgres.errors import asks_for_password, turned_errors
from dataflow_desktop.source.prepared import compiled
from dataflow_desktop.source.running import ASKING_SECONDS, shut_down
from dataflow_desktop.source.server_connection import ServerConnection, ServerSource

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

_NOT_IDLE = frozenset({TransactionStatus.ACTIVE, TransactionStatus.UNKNOWN})
"""Where a cut leaves a session that libpq does not call bad yet: it would refuse each further statement."""


class PostgresSource(ServerSource[psycopg.Connection[Row]]):
    """One database of a server."""

    system = DatabaseSystem.POSTGRESQL
    driver_error = psycopg.Error

    def __init__(self, url: sa.URL) -> None:
        super().__init__(url, "postgresql")
        options = {name: value for name, value in self.url.query.items() if name not in _OURS}
        dialect = sqlalchemy_dialect(DatabaseSystem.POSTGRESQL)
        _, self._arguments = dialect.create_connect_args(self.url.set(query=options))
        for name, value in _KEEPING_ALIVE.items():
            self._arguments.setdefault(name, value)
        self._arguments.setdefault("connect_timeout", str(CONNECT_SECONDS))
        self._arguments.setdefault("application_name", "DataFlow Desktop")
        self._arguments.setdefault("client_encoding", "UTF8")

    def connect(self, stop: StopRequest | None = None) -> "PostgresConnection":
        """Open a session, unless `stop` is asked meanwhile; raises SourceError, Stopped."""
        return PostgresConnection(self, self.new_session(stop), stop)

    def turning_errors(self, *, is_connecting: bool = False) -> AbstractContextManager[None]:
        """Turn what psycopg raises inside into SourceError."""
        return turned_errors(self.address, is_connecting=is_connecting)

    def close_session(self, session: psycopg.Connection[Row]) -> None:
        """Close a session, which may be lost already."""
        with suppress(psycopg.Error):
            session.close()

    def is_closed(self, session: psycopg.Connection[Row]) -> bool:
        """Whether a session is closed, or known to be lost; asked between statements, when it has none."""
        return session.closed or session.info.transaction_status in _NOT_IDLE

    def cancel_running(self, session: psycopg.Connection[Row]) -> None:
        """Send a cancel request, as the protocol has it."""
        with suppress(psycopg.Error):
            session.cancel_safe(timeout=ASKING_SECONDS)

    def is_worked_on(self, session: psycopg.Connection[Row]) -> bool:
        """Whether the server has a session that works on it; not if the server itself cannot be reached."""
        try:
            with self.open_session() as asking:
                found = asking.execute(
                    "SELECT state FROM pg_stat_activity WHERE pid = %s", [session.info.backend_pid]
                ).fetchone()
        except psycopg.OperationalError:
            return False
        except psycopg.Error:
            return True  # it only speaks PostgreSQL, and does not tell
        # Of other people's sessions one is told nothing; behind a balancer this may be another server.
        return found is None or not str(found[0]).startswith("idle")

    def give_up(self, session: psycopg.Connection[Row]) -> None:
        """Let whoever waits for the session hear at once that it is lost; psycopg then closes it."""
        with suppress(OSError, psycopg.Error):
            shut_down(session.fileno())

    def connection_text(self) -> str:
        """Return what another library of PostgreSQL's connects by; the password is in it."""
        return self._connection_text(known_password(self.address))

    def pinning_statements(self) -> list[str]:
        """Return what gives another session the settings that make the text of values."""
        return [_set(name) for name in sorted(_MUST_BE_SET)]

    def _opened(self, password: str | None) -> psycopg.Connection[Row]:
        # Each statement is a short read of its own. Prepared ones would be lost behind a pool of sessions.
        return psycopg.connect(self._connection_text(password), autocommit=True, prepare_threshold=None)

    def _connection_text(self, password: str | None) -> str:
        return make_conninfo(**self._arguments, **({} if password is None else {"password": password}))

    def _asks_for_password(self, error: Exception) -> bool:
        return isinstance(error, psycopg.OperationalError) and asks_for_password(error)

    def _pin_settings(self, session: psycopg.Connection[Row]) -> None:
        _pin_settings(session)


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


class PostgresConnection(ServerConnection[psycopg.Connection[Row]]):
    """A read-only session; another one takes its place when it is lost."""

    source: PostgresSource

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

    def can_read_columns(self) -> bool:
        """Whether the server has looked at its texts, which it then gives as UTF-8; raises SourceError."""
        return self.scalar(_ENCODING) != "SQL_ASCII"

    @contextmanager
    def one_state(self) -> Iterator[None]:
        """Let all reads inside see one state of the database; writers do not wait."""
        with self._transaction("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"):
            yield

    def _begin(self, words: str) -> None:
        self._session.execute(words.encode())

    def _roll_back(self) -> None:
        with suppress(psycopg.Error):
            self._session.rollback()

    def row(self, statement: Filled) -> Row | None:
        """Return the only row of `statement`, None without one; raises SourceError, Stopped."""
        rows = self.run(statement)
        return rows[0] if rows else None

    def fields_of(self, statement: sa.Select[Any]) -> list[tuple[str, int, int]]:
        """Return name, type and modifier of its type of each column of the result; raises SourceError."""
        text, values = compiled(statement, DatabaseSystem.POSTGRESQL)

        def fields() -> list[tuple[str, int, int]]:
            result = self._session.execute(text.encode(), values).pgresult
            if result is None:
                raise TypeError(statement)
            encoding = self._session.info.encoding
            return [
                ((result.fname(place) or b"").decode(encoding), result.ftype(place), result.fmod(place))
                for place in range(result.nfields)
            ]

        return self._begun(fields)

    def exported_snapshot(self) -> str:
        """Return by which name other sessions see the state that this one sees; inside `one_state` only."""
        return str(self.scalar(_EXPORT))

    def writer(self) -> Callable[[Filled], str]:
        """Return what writes a statement with its values into one text, for COPY takes no parameters.

        The driver quotes the values. Each thread needs one of its own; nothing is asked of the server.
        """
        cursor = psycopg.ClientCursor(self._session)
        return lambda filled: cursor.mogrify(filled.text.encode(), filled.values)

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

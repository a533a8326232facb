"""Sessions of a MySQL or MariaDB server: read-only, all with the same settings."""

import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from functools import cached_property
from typing import Any

import pymysql  # type: ignore[import-untyped]  # it has no types to tell
import sqlalchemy as sa

from dataflow_desktop.domain.row_query import Value
from dataflow_desktop.domain.schema import DatabaseSystem
from dataflow_desktop.domain.server_address import CONNECT_SECONDS
from dataflow_desktop.domain.source_identity import DatabaseIdentity
from dataflow_desktop.errors import ReasonCode, SourceError
from dataflow_desktop.pacing import StopRequest
from dataflow_desktop.passwords import known_password
from dataflow_desktop.source.connection import Fetching, Row
from dataflow_desktop.source.filled import Filled
from dataflow_desktop.source.mysql.errors import NO_ENCRYPTION, asks_for_password, code_of, turned_errors
from dataflow_desktop.source.mysql.session import MysqlSession, ResultField
from dataflow_desktop.source.prepared import compiled
from dataflow_desktop.source.server_connection import (
    ServerConnection,
    ServerSource,
    seconds_of,
)

_MUST_BE_SET = {
    # TIMESTAMP is a moment, and leaves in UTC.
    "time_zone": "'+00:00'",
    # Without ANSI_QUOTES and NO_BACKSLASH_ESCAPES, for names and values are quoted in the default way; and
    # what a column holds can be compared with, be it the 31st of February.
    "sql_mode": "'ALLOW_INVALID_DATES'",
    # Values that are equal so far are equal to ORDER BY, and not to a comparison: see `mysql.dialect`.
    "max_sort_length": "16384",
    # A server can be told to give only so many rows of whatever is asked for.
    "sql_select_limit": "18446744073709551615",
}

_MAY_BE_SET = {
    # "IS NULL" would find the row inserted last.
    "sql_auto_is_null": "0",
    "sql_big_selects": "1",
    # Whoever reads rows one by one may rest in between.
    "net_write_timeout": "3600",
    "wait_timeout": "28800",
    # A table that somebody changes is a lock that one hears of, and not a day of waiting.
    "lock_wait_timeout": "10",
}

_READ_ONLY = "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"

_SNAPSHOT = "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY"

LEAVING_SECONDS = 0.5
"""How long one waits until the server knows that nobody wants its rows any more; later it hears of it too."""

_SERVERS = ("@@server_uuid", "@@server_uid")
"""How MySQL and newer servers of MariaDB call what no other server has."""


class MysqlSource(ServerSource[MysqlSession]):
    """One database of a server."""

    system = DatabaseSystem.MYSQL
    driver_error = pymysql.Error

    def __init__(self, url: sa.URL) -> None:
        super().__init__(url, "mysql")
        options = self.url.query
        self._is_encryption_required = "ssl" in options or "ssl_ca" in options
        self._arguments: dict[str, Any] = {
            "host": self.url.host or "localhost",
            "port": self.url.port or 3306,
            "user": self.url.username or "",
            "database": self.url.database or None,
            "unix_socket": _option(self.url, "unix_socket"),
            "connect_timeout": max(1.0, seconds_of(options.get("connect_timeout"), CONNECT_SECONDS)),
            "charset": "utf8mb4",
            "collation": "utf8mb4_bin",  # of what is worked out; a column has its own
            "autocommit": True,
            "program_name": "DataFlow Desktop",
        }

    def connect(self, stop: StopRequest | None = None) -> "MysqlConnection":
        """Open a session, unless `stop` is asked meanwhile; raises SourceError, Stopped."""
        return MysqlConnection(self, self.new_session(stop), stop)

    def turning_errors(self, *, is_connecting: bool = False) -> AbstractContextManager[None]:
        """Turn what PyMySQL raises inside into SourceError."""
        return turned_errors(self.address, is_connecting=is_connecting)

    def close_session(self, session: MysqlSession) -> None:
        """Close a session, which may be lost already."""
        session.close()

    def is_closed(self, session: MysqlSession) -> bool:
        """Whether a session is closed, or known to be lost."""
        return session.is_closed

    def cancel_running(self, session: MysqlSession) -> None:
        """End what the session runs, by another session."""
        with suppress(pymysql.Error, OSError, RuntimeError):
            asking = self._opened(known_password(self.address))
            try:
                asking.rows(f"KILL QUERY {session.number:d}")
            finally:
                asking.close()

    def is_worked_on(self, session: MysqlSession) -> bool:
        """Whether the server works on what the session runs; not if the server itself cannot be reached."""
        try:
            asking = self._opened(known_password(self.address))
        except (pymysql.Error, OSError, RuntimeError):
            return False
        try:
            state = "SELECT command FROM information_schema.processlist WHERE id = %s"
            found = asking.rows(state, [session.number])
        except pymysql.Error as error:
            return code_of(error) is not ReasonCode.CONNECTION_LOST
        finally:
            asking.close()
        # Behind a balancer this may be another server, which knows nothing of it.
        return not found or str(found[0][0]) != "Sleep"

    def give_up(self, session: MysqlSession) -> None:
        """Let whoever waits for the session hear at once that it is lost."""
        session.give_up()

    def _opened(self, password: str | None) -> MysqlSession:
        arguments = self._arguments
        if self._is_encryption_required:
            arguments = {**arguments, "ssl": _encryption(self.url)}
        # As bytes, for the driver would write it in Latin-1.
        session = MysqlSession({**arguments, "password": (password or "").encode()})
        if self._is_encryption_required and not session.is_encrypted:
            session.close()
            raise pymysql.OperationalError(NO_ENCRYPTION, "the server offers no encryption")
        return session

    def _asks_for_password(self, error: Exception) -> bool:
        return asks_for_password(error)

    def _pin_settings(self, session: MysqlSession) -> None:
        try:
            session.rows(_setting(_MUST_BE_SET | _MAY_BE_SET))
        except pymysql.Error as error:
            if code_of(error) is not ReasonCode.QUERY_FAILED:
                raise
            session.rows(_setting(_MUST_BE_SET))
            for name, value in _MAY_BE_SET.items():  # servers that only speak MySQL may lack some
                with suppress(pymysql.ProgrammingError, pymysql.OperationalError):
                    session.rows(_setting({name: value}))
        session.rows(_READ_ONLY)
        session.wait_for_answers()


def _setting(settings: dict[str, str]) -> str:
    return "SET " + ", ".join(f"SESSION {name} = {value}" for name, value in settings.items())


def _option(url: sa.URL, name: str) -> str | None:
    value = url.query.get(name)
    return value if isinstance(value, str) else None


def _encryption(url: sa.URL) -> ssl.SSLContext:
    """Return how to encrypt; whom to trust is only asked where the URL says so: see `server_address`."""
    ca_file = _option(url, "ssl_ca")
    is_verified = ca_file is not None or _option(url, "ssl") == "verified"
    try:
        context = ssl.create_default_context(cafile=ca_file)
    except OSError as error:
        raise pymysql.OperationalError(NO_ENCRYPTION, f"{ca_file}: {error}") from error
    if not is_verified:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


class MysqlConnection(ServerConnection[MysqlSession]):
    """A read-only session; another one takes its place when it is lost."""

    source: MysqlSource

    @cached_property
    def _identity(self) -> DatabaseIdentity:
        # A server that has no such name is known by its rows only: its host's changes with each container.
        server = next(filter(None, map(self._fact, _SERVERS)), "")
        return DatabaseIdentity(server=f"{server}/{self.scalar(sa.text('SELECT DATABASE()'))!s}")

    def _fact(self, expression: str) -> str:
        try:
            return str(self.scalar(sa.text(f"SELECT {expression}")) or "")
        except SourceError as error:
            if error.reason.code not in {ReasonCode.QUERY_FAILED.name, ReasonCode.PERMISSION_DENIED.name}:
                raise
            return ""

    def identity(self) -> DatabaseIdentity:
        """Return which database of which server it is; raises SourceError."""
        return self._identity

    def can_read_columns(self) -> bool:
        """Return no: there is no driver that reads columns without holding Python's lock."""
        return False

    @contextmanager
    def one_state(self) -> Iterator[None]:
        """Let all reads inside see one state of the database; writers do not wait.

        Of tables that know no transactions (MyISAM) each read sees its own.
        """
        with self._transaction(_SNAPSHOT):
            yield

    def _begin(self, words: str) -> None:
        self._session.rows(words)

    def _roll_back(self) -> None:
        if not self._session.is_closed:
            with suppress(pymysql.Error):
                self._session.rows("ROLLBACK")

    def fields_of(self, statement: sa.Select[Any]) -> list[ResultField]:
        """Return the columns of the result; raises SourceError."""
        return self._begun(lambda: self._session.fields(*compiled(statement, DatabaseSystem.MYSQL)))

    def _executed(self, statement: sa.Executable) -> list[Row]:
        return self._session.rows(*compiled(statement, DatabaseSystem.MYSQL))

    @contextmanager
    def _streaming(self, statement: sa.Executable) -> Iterator[Fetching]:
        text, values = compiled(statement, DatabaseSystem.MYSQL)
        with ExitStack() as stack:
            yield self._begun(lambda: stack.enter_context(self._streamed(text, values)))

    @contextmanager
    def _streamed(self, text: str, values: Sequence[Value]) -> Iterator[Fetching]:
        session = self._session
        with session.stream(text, values) as rows:
            try:
                yield rows
            finally:
                if session.has_rows_to_come:
                    self._leave(session)

    def _leave(self, session: MysqlSession) -> None:
        """Let the server end a statement: by itself it notices a closed session only when it sends a row."""
        asking = threading.Thread(
            target=self.source.cancel_running, args=[session], name="leaving", daemon=True
        )
        asking.start()
        asking.join(LEAVING_SECONDS)

    def _run(self, filled: Filled) -> Iterator[Row]:
        return iter(self._session.rows(filled.text, filled.values))

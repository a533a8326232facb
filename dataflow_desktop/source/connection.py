"""The only place that opens a source: read-only connections, and database errors turned into ours."""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import NullPool

from dataflow_desktop.domain.row_query import Value
from dataflow_desktop.errors import ConfigurationError, DataFlowError, ReasonCode, SourceError
from dataflow_desktop.pacing import Stopped, StopRequest

Row = tuple[Value, ...]

BUSY_SECONDS = 1.0
"""How long SQLite itself waits for a lock; whoever waits longer asks again and can be stopped in between."""

STEPS_BETWEEN_LOOKS = 100_000
"""SQLite steps between two looks at a wish to stop: one to five milliseconds of work."""

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+_.-]*://")


class Source:
    """One database. It holds nothing open itself; each thread opens a connection of its own."""

    def __init__(self, path: Path) -> None:
        self.address = str(path)
        self.name = path.name
        self._path = path
        self._engine = sa.create_engine("sqlite://", creator=self._open, poolclass=NullPool)

    def connect(self) -> "SourceConnection":
        """Open a read-only connection; raises SourceError when the database does not answer as one."""
        with turned_errors(self.address):
            connection = self._engine.connect()
            try:
                connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema")
            except DBAPIError:
                connection.close()
                raise
        return SourceConnection(self, connection)

    def close(self) -> None:
        """Forget the database; connections already open stay open."""
        self._engine.dispose()

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"{self._path.as_uri()}?mode=ro",
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,  # each statement is a short read of its own
            check_same_thread=False,  # interrupt() comes from another thread
        )
        connection.execute("PRAGMA query_only = ON")
        return connection


class SourceConnection:
    """A read-only connection for one thread at a time; every error it raises is one of ours."""

    def __init__(self, source: Source, connection: sa.Connection) -> None:
        self.source = source
        self._connection = connection

    def rows(self, statement: sa.Select[*tuple[Value, ...]]) -> Sequence[Row]:
        """Return all rows of `statement`; raises SourceError, or Stopped when interrupted."""
        with turned_errors(self.source.address):
            return [tuple(row) for row in self._connection.execute(statement)]

    def scalar(self, statement: sa.Select[*tuple[Value, ...]]) -> Value:
        """Return the first value of the first row of `statement`, None where there is none."""
        rows = self.rows(statement)
        return rows[0][0] if rows else None

    def obey(self, stop: StopRequest) -> None:
        """Let a wish in `stop` cut short whatever this connection is reading, then or later."""
        self._driver.set_progress_handler(stop.is_asked, STEPS_BETWEEN_LOOKS)

    def interrupt(self) -> None:
        """Cut short the statement running now, from any thread; its reader gets Stopped."""
        self._driver.interrupt()

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def _driver(self) -> sqlite3.Connection:
        driver = self._connection.connection.driver_connection
        if not isinstance(driver, sqlite3.Connection):
            raise TypeError(driver)
        return driver


def open_source(address: str) -> Source:
    """Return the source at `address`, the path of a SQLite file or its SQLAlchemy URL, after a look into it.

    Raises SourceError where there is no readable database, ConfigurationError for kinds not built yet.
    """
    path = _path_of(address)
    try:
        path = path.expanduser().absolute()
        is_file, is_folder = path.is_file(), path.is_dir()
    except (OSError, RuntimeError, ValueError) as error:
        raise SourceError(ReasonCode.SOURCE_UNREADABLE, source=path, reason=error) from error
    if is_folder:
        raise SourceError(ReasonCode.SOURCE_UNREADABLE, source=path, reason="it is a folder")
    if not is_file:
        raise SourceError(ReasonCode.SOURCE_MISSING, source=path)
    source = Source(path)
    source.connect().close()
    return source


def _path_of(address: str) -> Path:
    if not _URL.match(address):
        return Path(address)
    try:
        url = sa.make_url(address)
    except (ArgumentError, ValueError) as error:
        raise ConfigurationError(
            ReasonCode.ARGUMENTS_WRONG,
            problem="The source is not a database URL.",
            command="dataflow-desktop",
        ) from error
    if url.get_backend_name() != "sqlite" or not url.database:
        raise ConfigurationError(ReasonCode.SOURCE_KIND_NOT_BUILT, dialect=url.get_backend_name())
    return Path(url.database)


@contextmanager
def turned_errors(address: str) -> Iterator[None]:
    """Turn what SQLAlchemy and its driver raise inside into SourceError or Stopped."""
    try:
        yield
    except DBAPIError as error:
        raise _turned(error.orig, address) from error
    except sqlite3.Error as error:
        raise _turned(error, address) from error


# By primary result code: https://www.sqlite.org/rescode.html
_REASONS = {
    sqlite3.SQLITE_BUSY: ReasonCode.SOURCE_BUSY,
    sqlite3.SQLITE_LOCKED: ReasonCode.SOURCE_BUSY,
    sqlite3.SQLITE_CORRUPT: ReasonCode.SOURCE_DAMAGED,
    sqlite3.SQLITE_NOTADB: ReasonCode.SOURCE_NOT_A_DATABASE,
    sqlite3.SQLITE_CANTOPEN: ReasonCode.SOURCE_UNREADABLE,
    sqlite3.SQLITE_PERM: ReasonCode.SOURCE_UNREADABLE,
    sqlite3.SQLITE_AUTH: ReasonCode.SOURCE_UNREADABLE,
}


def _turned(error: BaseException | None, address: str) -> DataFlowError | Stopped:
    if "decode to UTF-8" in str(error):  # Python's own error, without a result code of SQLite's
        return SourceError(ReasonCode.TEXT_INVALID, source=address, reason=error)
    primary_code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if primary_code == sqlite3.SQLITE_INTERRUPT:
        return Stopped()
    code = _REASONS.get(primary_code, ReasonCode.SOURCE_FAILED)
    return SourceError(code, source=address, reason=error)

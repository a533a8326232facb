"""The only place that opens a source: read-only connections, and database errors turned into ours."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import NullPool

from dataflow_desktop.domain.row_query import Value
from dataflow_desktop.domain.source_identity import FileIdentity
from dataflow_desktop.errors import ConfigurationError, DataFlowError, ReasonCode, SourceError
from dataflow_desktop.pacing import Stopped, StopRequest
from dataflow_desktop.source.file_identity import identify
from dataflow_desktop.source.prepared import Filled

Row = tuple[Value, ...]
Made = TypeVar("Made")

BUSY_SECONDS = 1.0
"""How long SQLite itself waits for a lock; whoever waits longer asks again and can be stopped in between."""

STEPS_BETWEEN_LOOKS = 100_000
"""SQLite steps between two looks at a wish to stop: one to five milliseconds of work."""


class TextDecoding(Enum):
    """What becomes of bytes that are not valid UTF-8: an error, U+FFFD, or a lone surrogate each."""

    STRICT = "strict"
    REPLACE = "replace"
    ESCAPE = "surrogateescape"


_TEXT_FACTORIES: dict[TextDecoding, Any] = {
    TextDecoding.STRICT: str,
    TextDecoding.REPLACE: lambda raw: raw.decode(errors="replace"),
    TextDecoding.ESCAPE: lambda raw: raw.decode(errors="surrogateescape"),
}

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+_.-]*://")


class Source:
    """One database. It holds nothing open itself; each thread opens a connection of its own."""

    def __init__(self, path: Path) -> None:
        self.address = str(path)
        self.name = path.name
        self._path = path
        self._identity = identify(path)
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

    def file_identity(self) -> FileIdentity:
        """Return which file it is now; raises SourceError when it is gone."""
        identity = identify(self._path)
        if identity is None:
            raise SourceError(ReasonCode.SOURCE_MISSING, source=self.address)
        return identity

    def is_same_file(self) -> bool:
        """Whether the file that has the name now is the one that this source began with."""
        identity = identify(self._path)
        return identity is not None and self._identity is not None and identity.may_be(self._identity)

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
        self._hold_up: Callable[[SourceError], None] | None = None

    def rows(self, statement: sa.Executable) -> list[Row]:
        """Return all rows of `statement`; raises SourceError, or Stopped when interrupted."""
        return self._begun(lambda: [tuple(row) for row in self._connection.execute(statement)])

    def run(self, filled: Filled) -> list[Row]:
        """Return all rows of a statement compiled before; raises SourceError, or Stopped when interrupted."""
        return self._begun(lambda: self._driver.execute(filled.text, filled.values).fetchall())

    def run_as(self, filled: Filled, make: Callable[[Row], Made]) -> list[Made]:
        """Return what `make` makes of each row; no two rows are held whole at once, however large they are.

        Raises SourceError, Stopped when interrupted, and what `make` raises.
        """
        begun = self._begun(lambda: self._driver.execute(filled.text, filled.values))
        with turned_errors(self.source.address):
            return [make(row) for row in begun]

    def scalar(self, statement: sa.Select[*tuple[Value, ...]]) -> Value:
        """Return the first value of the first row of `statement`, None where there is none."""
        rows = self.rows(statement)
        return rows[0][0] if rows else None

    @contextmanager
    def cursor(self, statement: sa.Select[Any]) -> Iterator["SourceCursor"]:
        """Run `statement` for rows piece by piece; it stays open meanwhile, and holds up writers."""
        result = self._begun(lambda: self._connection.execute(statement))
        try:
            yield SourceCursor(self.source.address, result)
        finally:
            result.close()

    @contextmanager
    def one_state(self) -> Iterator[None]:
        """Let all reads inside see one state of the database; in rollback mode, writers wait for the end."""
        with turned_errors(self.source.address):
            self._connection.exec_driver_sql("BEGIN")
        try:
            yield
        finally:
            with suppress(sqlite3.Error):  # SQLite ends it by itself after some errors
                self._driver.execute("ROLLBACK")

    @contextmanager
    def decoding(self, decoding: TextDecoding) -> Iterator[None]:
        """Let texts read inside be decoded so."""
        driver = self._driver
        driver.text_factory = _TEXT_FACTORIES[decoding]
        try:
            yield
        finally:
            driver.text_factory = str

    def is_utf8(self) -> bool:
        """Whether the database holds its texts as UTF-8; raises SourceError."""
        return str(self._pragma("encoding")) == "UTF-8"

    def data_version(self) -> int:
        """Return a number that stays the same while nobody else changes the database; raises SourceError.

        Another one, too, once the file is gone or another has its name, which this connection does not see.
        It means something to this connection only: https://www.sqlite.org/pragma.html#pragma_data_version.
        """
        return int(self._pragma("data_version")) if self.source.is_same_file() else -1

    def schema_version(self) -> int:
        """Return a number that grows with each change of the schema, and with VACUUM; raises SourceError."""
        return int(self._pragma("schema_version"))

    def _pragma(self, name: str) -> Any:  # noqa: ANN401 - each has its own type
        return self._begun(lambda: self._driver.execute(f"PRAGMA {name}").fetchone()[0])

    def _begun(self, run: Callable[[], Made]) -> Made:
        """Return what `run` returns; try again while a lock keeps it from beginning, if that is wanted."""
        while True:
            try:
                with turned_errors(self.source.address):
                    return run()
            except SourceError as error:
                if self._hold_up is None or error.reason.code != ReasonCode.SOURCE_BUSY.name:
                    raise
                self._hold_up(error)

    def obey(self, stop: StopRequest) -> None:
        """Let a wish in `stop` cut short whatever this connection is reading, then or later."""
        self._driver.set_progress_handler(stop.is_asked, STEPS_BETWEEN_LOOKS)

    def wait_for_locks(self, hold_up: Callable[[SourceError], None]) -> None:
        """Try each statement again that another program's lock keeps from beginning.

        `hold_up` is called before, to wait a little; what it raises ends the trying.
        """
        self._hold_up = hold_up

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


class SourceCursor:
    """The rows of one open statement."""

    def __init__(self, address: str, result: sa.CursorResult[Any]) -> None:
        self._address = address
        self._result = result

    def fetch(self, rows: int) -> list[Row]:
        """Return the next `rows` rows, fewer at the end; raises SourceError, or Stopped when interrupted."""
        with turned_errors(self._address):
            return [tuple(row) for row in self._result.fetchmany(rows)]


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
    sqlite3.SQLITE_ERROR: ReasonCode.QUERY_FAILED,
}


def _turned(error: BaseException | None, address: str) -> DataFlowError | Stopped:
    if "decode to UTF-8" in str(error):  # Python's own error, without a result code of SQLite's
        return SourceError(ReasonCode.TEXT_INVALID, source=address, reason=error)
    primary_code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if primary_code == sqlite3.SQLITE_INTERRUPT:
        return Stopped()
    code = _REASONS.get(primary_code, ReasonCode.SOURCE_FAILED)
    return SourceError(code, source=address, reason=error)

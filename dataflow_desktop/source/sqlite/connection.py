"""SQLite files opened read-only, and the errors of SQLite turned into ours."""

import math
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dataflow_desktop.domain.schema import DatabaseSystem
from dataflow_desktop.domain.source_identity import DatabaseIdentity
from dataflow_desktop.errors import DataFlowError, ReasonCode, SourceError
from dataflow_desktop.pacing import Stopped, StopRequest
from dataflow_desktop.source.connection import Row, Source, SourceConnection, TextDecoding
from dataflow_desktop.source.filled import Filled, Widen
from dataflow_desktop.source.sqlite.file_identity import identify
from dataflow_desktop.source.sqlite.opening_uri import read_only_uri

if TYPE_CHECKING:  # whoever reads the first rows does without it
    import sqlalchemy as sa

BUSY_SECONDS = 1.0
"""How long SQLite itself waits for a lock; whoever waits longer asks again and can be stopped in between."""

STEPS_BETWEEN_LOOKS = 100_000
"""SQLite steps between two looks at a wish to stop: one to five milliseconds of work."""

_TEXT_FACTORIES: dict[TextDecoding, Any] = {
    TextDecoding.STRICT: str,
    TextDecoding.REPLACE: lambda raw: raw.decode(errors="replace"),
    TextDecoding.ESCAPE: lambda raw: raw.decode(errors="surrogateescape"),
}


def _matches(pattern: str, text: str | None) -> bool | None:
    return None if text is None else re.search(pattern, text) is not None


_FUNCTIONS: dict[str, tuple[int, Callable[..., float | None]]] = {
    "regexp": (2, _matches),
    "floor": (1, math.floor),
}
"""Those that SQLAlchemy gives a connection: views may want them, on whichever way their rows are read."""


class SqliteSource(Source):
    """One SQLite file."""

    system = DatabaseSystem.SQLITE

    def __init__(self, path: Path) -> None:
        super().__init__(str(path), path.name)
        self._path = path
        self._identity = identify(path)

    def connect(self, stop: StopRequest | None = None) -> "SqliteConnection":  # noqa: ARG002 - opened at once
        """Open a read-only connection; raises SourceError when the file does not answer as a database."""
        with turned_errors(self.address):
            driver = self._open()
            try:
                driver.execute("SELECT count(*) FROM sqlite_schema")
            except sqlite3.Error:
                driver.close()
                raise
        return SqliteConnection(self, driver)

    def identity(self) -> DatabaseIdentity:
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
        """Nothing is held open."""

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            read_only_uri(self._path),
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,  # each statement is a short read of its own
            check_same_thread=False,  # interrupt() comes from another thread
        )
        connection.execute("PRAGMA query_only = ON")
        for name, (count, function) in _FUNCTIONS.items():
            connection.create_function(name, count, function, deterministic=True)
        return connection


class SqliteConnection(SourceConnection):
    """A read-only connection to a SQLite file; SQLAlchemy is there for whoever brings a statement of its."""

    source: SqliteSource
    may_hold_invalid_text = True

    def __init__(self, source: SqliteSource, driver: sqlite3.Connection) -> None:
        super().__init__(source)
        self._driver = driver

    @cached_property
    def _connection(self) -> "sa.Connection":
        """SQLAlchemy's own, over the driver's; it rolls back once it has looked at what it is given."""
        import sqlalchemy as sa
        from sqlalchemy.pool import NullPool

        return sa.create_engine("sqlite://", creator=lambda: self._driver, poolclass=NullPool).connect()

    @contextmanager
    def one_state(self) -> Iterator[None]:
        """Let all reads inside see one state of the database; in rollback mode, writers wait for the end."""
        with turned_errors(self.source.address):
            _ = self._connection  # now, for what it does when it is made would end the state
            self._driver.execute("BEGIN")
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

    def can_read_columns(self) -> bool:
        """Whether the database holds its texts as UTF-8; raises SourceError."""
        return str(self._pragma("encoding")) == "UTF-8"

    def identity(self) -> DatabaseIdentity:
        """Return which file it is now; raises SourceError when it is gone."""
        return self.source.identity()

    def data_version(self) -> int:
        """Return a number that stays the same while nobody else changes the database; raises SourceError.

        Another one, too, once the file is gone or another has its name, which this connection does not see.
        It means something to this connection only: https://www.sqlite.org/pragma.html#pragma_data_version.
        """
        return int(self._pragma("data_version")) if self.source.is_same_file() else -1

    @contextmanager
    def temporarily(self, create: "sa.Executable", drop: "sa.Executable") -> Iterator[None]:
        """Let what `create` makes be there, for this connection only; raises SourceError.

        It stands beside the database, whose file is open for reading only all the while.
        """
        self._begun(lambda: self._driver.execute("PRAGMA query_only = OFF"))
        try:
            self._begun(lambda: self._executed(create))
            try:
                yield
            finally:
                self._begun(lambda: self._executed(drop))
        finally:
            self._begun(lambda: self._driver.execute("PRAGMA query_only = ON"))

    @property
    def tells_all_changes(self) -> bool:
        """SQLite tells them all."""
        return True

    def schema_version(self) -> int:
        """Return a number that grows with each change of the schema, and with VACUUM; raises SourceError."""
        return int(self._pragma("schema_version"))

    def _pragma(self, name: str) -> Any:  # noqa: ANN401 - each has its own type
        return self._begun(lambda: self._driver.execute(f"PRAGMA {name}").fetchone()[0])

    def obey(self, stop: StopRequest) -> None:
        """Let a wish in `stop` cut short whatever this connection is reading, then or later."""
        self._driver.set_progress_handler(stop.is_asked, STEPS_BETWEEN_LOOKS)

    def interrupt(self) -> None:
        """Cut short the statement running now, from any thread; its reader gets Stopped."""
        self._driver.interrupt()

    def close(self) -> None:
        """Close the connection."""
        if "_connection" in vars(self):
            self._connection.close()  # and the driver's with it
        else:
            self._driver.close()

    @contextmanager
    def _turning_errors(self) -> Iterator[None]:
        with turned_errors(self.source.address):
            yield

    def _reconnect(self) -> None:
        pass  # a file is never lost: it is there, locked, or another one

    def _executed(self, statement: "sa.Executable") -> "_Rows":
        import sqlalchemy as sa

        from dataflow_desktop.source.wide_results import narrowed

        widen = None
        if isinstance(statement, sa.Select):
            statement, widen = narrowed(statement)
        return _Rows(self._connection.execute(statement), widen)

    @contextmanager
    def _streaming(self, statement: "sa.Executable") -> Iterator["_Rows"]:
        rows = self._begun(lambda: self._executed(statement))  # SQLite works rows out one by one anyway
        try:
            yield rows
        finally:
            rows.close()

    def _run(self, filled: Filled) -> Iterator[Row]:
        rows = self._driver.execute(filled.text, filled.values)
        return rows if filled.widen is None else map(filled.widen, rows)


class _Rows:
    """The rows of a statement, made as wide as they were asked for."""

    def __init__(self, result: "sa.CursorResult[Any]", widen: Widen | None) -> None:
        self._result = result
        self._widen = widen

    def __iter__(self) -> Iterator[Row]:
        return iter(self._result) if self._widen is None else map(self._widen, self._result)

    def fetchmany(self, size: int) -> Sequence[Row]:
        """Return the next rows."""
        rows = self._result.fetchmany(size)
        return rows if self._widen is None else [self._widen(row) for row in rows]

    def close(self) -> None:
        """Read no further."""
        self._result.close()


@contextmanager
def turned_errors(address: str) -> Iterator[None]:
    """Turn what SQLAlchemy and its driver raise inside into SourceError or Stopped."""
    try:
        yield
    except Exception as error:
        cause = getattr(error, "orig", error)  # of SQLAlchemy's errors, what the driver raised
        if not isinstance(cause, sqlite3.Error):
            raise
        raise _turned(cause, address) from error


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
_EXTENDED_REASONS = {
    sqlite3.SQLITE_READONLY_ROLLBACK: ReasonCode.SOURCE_UNFINISHED,
    sqlite3.SQLITE_READONLY_RECOVERY: ReasonCode.SOURCE_UNFINISHED,
    sqlite3.SQLITE_READONLY_DIRECTORY: ReasonCode.SOURCE_FOLDER_CLOSED,
    sqlite3.SQLITE_READONLY_CANTINIT: ReasonCode.SOURCE_FOLDER_CLOSED,
    sqlite3.SQLITE_READONLY_CANTLOCK: ReasonCode.SOURCE_FOLDER_CLOSED,
}
"""By the whole result code."""


def _turned(error: sqlite3.Error, address: str) -> DataFlowError | Stopped:
    if "decode to UTF-8" in str(error):  # Python's own error, without a result code of SQLite's
        return SourceError(ReasonCode.TEXT_INVALID, source=address, reason=error)
    whole_code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    primary_code = whole_code & 0xFF
    if primary_code == sqlite3.SQLITE_INTERRUPT:
        return Stopped()
    code = _EXTENDED_REASONS.get(whole_code) or _REASONS.get(primary_code, ReasonCode.SOURCE_FAILED)
    return SourceError(code, source=address, reason=error)

"""The file of the job store: opened, brought to this version, put aside when damaged, its errors turned."""

import errno
import itertools
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from dataflow_desktop.errors import DestinationError, ReasonCode, RefusedError
from dataflow_desktop.file_lock import locked
from dataflow_desktop.records.job_tables import MIGRATIONS, SCHEMA_VERSION, Base

BUSY_SECONDS = 30.0
"""Writes here take milliseconds; whoever waits longer than this waits for a broken program."""

SIDE_FILES = ("", "-wal", "-shm")
"""What SQLite adds to the name of a database in WAL mode: https://www.sqlite.org/tempfiles.html."""


class JobFile:
    """Sessions on the file at `path`; a write is durable when it ends, and any thread may open one."""

    def __init__(self, path: Path, *folders: Path) -> None:
        """Open the file, made when missing, and put aside first when it is damaged.

        `folders` are made too. Raises DestinationError when it cannot be used, RefusedError when it is of a
        newer program.
        """
        self.path = path
        self.moved_aside: Path | None = None
        with _turned_errors(path):
            for folder in (path.parent, *folders):
                folder.mkdir(parents=True, exist_ok=True)
            # One at a time: of two that find it damaged, the second would put aside what the first made.
            with locked(path.with_name(f"{path.name}.lock"), BUSY_SECONDS):
                self._open()

    def _open(self) -> None:
        self._engine = self._new_engine()
        try:
            self._make_tables()
        except DestinationError as error:
            self._engine.dispose()
            if error.reason.code != ReasonCode.RECORDS_DAMAGED.name:
                raise
            self.moved_aside = _move_aside(self.path)
            self._engine = self._new_engine()
            self._make_tables()

    def close(self) -> None:
        """Close all connections to the file."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Yield a session that sees one state of the file; raises DestinationError."""
        with _turned_errors(self.path), Session(self._engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Yield a session that is one transaction, durable at its end; raises DestinationError."""
        engine = self._engine.execution_options(is_writing=True)
        with _turned_errors(self.path), Session(engine) as session, session.begin():
            yield session

    def _new_engine(self) -> sa.Engine:
        engine = sa.create_engine(
            sa.URL.create("sqlite", database=str(self.path)),
            connect_args={"timeout": BUSY_SECONDS, "isolation_level": None},
        )
        sa.event.listen(engine, "connect", _configure)
        sa.event.listen(engine, "begin", _begin)
        return engine

    def _make_tables(self) -> None:
        with _turned_errors(self.path), self._engine.connect() as connection:
            version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
            verdict = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
        if verdict != "ok":
            raise DestinationError(ReasonCode.RECORDS_DAMAGED, file=self.path, reason=verdict)
        if version > SCHEMA_VERSION:
            raise RefusedError(ReasonCode.RECORDS_NEWER, file=self.path)
        if version < SCHEMA_VERSION:
            with self.writing() as session:
                _upgrade(session.connection())


def _upgrade(connection: sa.Connection) -> None:
    # Asked again inside the transaction: another process may have been faster.
    version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    for older in range(max(version, 1), SCHEMA_VERSION if version else 1):
        for statement in MIGRATIONS[older]:
            connection.exec_driver_sql(statement)
    Base.metadata.create_all(connection)
    connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _configure(connection: sqlite3.Connection, _: object) -> None:
    # SQLite does not wait by itself while another program makes the same change.
    end = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            break
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() >= end:
                raise
            time.sleep(0.01)
    connection.execute("PRAGMA synchronous = FULL")


def _begin(connection: sa.Connection) -> None:
    # A transaction that will write says so at once: one that finds out later cannot wait for another writer.
    is_writing = connection.get_execution_options().get("is_writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")


def _move_aside(path: Path) -> Path:
    """Give a damaged file another name, which nothing has yet, and return it."""
    aside = _unused(path.with_name(f"{path.name}.damaged-{datetime.now():%Y%m%d-%H%M%S}"))  # noqa: DTZ005 - for people
    for suffix in SIDE_FILES:
        with suppress(FileNotFoundError):
            path.with_name(path.name + suffix).replace(aside.with_name(aside.name + suffix))
    return aside


def _unused(path: Path) -> Path:
    numbered = (path.with_name(f"{path.name}-{number}") for number in itertools.count(2))
    return next(found for found in itertools.chain([path], numbered) if not found.exists())


# By primary result code: https://www.sqlite.org/rescode.html
_CODES = {
    sqlite3.SQLITE_CORRUPT: ReasonCode.RECORDS_DAMAGED,
    sqlite3.SQLITE_NOTADB: ReasonCode.RECORDS_DAMAGED,
    sqlite3.SQLITE_BUSY: ReasonCode.RECORDS_BUSY,
    sqlite3.SQLITE_LOCKED: ReasonCode.RECORDS_BUSY,
    sqlite3.SQLITE_FULL: ReasonCode.RECORDS_FULL,
    sqlite3.SQLITE_READONLY: ReasonCode.RECORDS_READ_ONLY,
    sqlite3.SQLITE_PERM: ReasonCode.RECORDS_READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: ReasonCode.RECORDS_READ_ONLY,
}

_SYSTEM_CODES = {
    errno.ENOSPC: ReasonCode.RECORDS_FULL,
    errno.EDQUOT: ReasonCode.RECORDS_FULL,
    errno.EROFS: ReasonCode.RECORDS_READ_ONLY,
    errno.EACCES: ReasonCode.RECORDS_READ_ONLY,
    errno.EPERM: ReasonCode.RECORDS_READ_ONLY,
    errno.ETIMEDOUT: ReasonCode.RECORDS_BUSY,
}


@contextmanager
def _turned_errors(path: Path) -> Iterator[None]:
    """Turn what SQLAlchemy, its driver and the system raise inside into DestinationError."""
    try:
        yield
    except DBAPIError as error:
        raise _turned(error.orig, path) from error
    except (sqlite3.Error, OSError) as error:
        raise _turned(error, path) from error


def _turned(error: BaseException | None, path: Path) -> DestinationError:
    if isinstance(error, OSError):
        code = _SYSTEM_CODES.get(error.errno or 0, ReasonCode.RECORDS_UNUSABLE)
        return DestinationError(code, file=path, reason=error.strerror)
    primary_code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    return DestinationError(_CODES.get(primary_code, ReasonCode.RECORDS_UNUSABLE), file=path, reason=error)

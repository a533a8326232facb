"""The file of the job store: opened, brought to this version, put aside when damaged, its errors turned."""

import errno
import itertools
import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from dataflow_desktop.errors import DestinationError, ReasonCode, RefusedError
from dataflow_desktop.file_lock import FileLock
from dataflow_desktop.records.job_tables import MIGRATIONS, SCHEMA_VERSION, Base

BUSY_SECONDS = 30.0
"""Writes here take milliseconds; whoever waits longer than this waits for a broken program."""

LOOK_SECONDS = 0.01
"""Between two looks whether another program has opened the file: it takes a few milliseconds."""

SIDE_SUFFIXES = ("-wal", "-shm")
"""What SQLite adds to the name of a database in WAL mode: https://www.sqlite.org/tempfiles.html."""


class JobFile:
    """Sessions on the file at `path`; a write is durable when it ends, and any thread may open one."""

    def __init__(self, path: Path, *folders: Path) -> None:
        """Open the file, made when missing, and put aside first when it is damaged.

        `folders` are made too. Raises DestinationError when it cannot be used, RefusedError when it is of a
        newer program.
        """
        self.path = path
        with _turned_errors(path):
            for folder in (path.parent, *folders):
                folder.mkdir(parents=True, exist_ok=True)
        self._engine = self._new_engine()
        with ExitStack() as when_it_fails:
            when_it_fails.callback(self._engine.dispose)
            with _opened_by_nobody_else(path):
                self.moved_aside = self._make_usable()
            when_it_fails.pop_all()

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

    def _make_usable(self) -> Path | None:
        """Bring the file to this version, or put it aside for a new one; return where it went then."""
        try:
            self._make_tables()
        except DestinationError as error:
            self._engine.dispose()  # the file is closed then, and what is opened next is the new one
            if error.reason.code != ReasonCode.RECORDS_DAMAGED.name:
                raise
        else:
            return None
        moved_aside = _move_aside(self.path)
        self._make_tables()
        return moved_aside

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
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")


def _begin(connection: sa.Connection) -> None:
    # A transaction that will write says so at once: one that finds out later cannot wait for another writer.
    is_writing = connection.get_execution_options().get("is_writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")


@contextmanager
def _opened_by_nobody_else(path: Path) -> Iterator[None]:
    """Keep other programs from opening the file meanwhile; raises DestinationError.

    Two of them would each put aside what they take for the damaged file, and the second would take the new
    one of the first. SQLite's own locks are of no use for that: they are on the file that moves.
    """
    # Not ".lock": so SQLite calls a folder of its own where a file system has no locks.
    beside = path.with_name(f"{path.name}.opening")
    with _turned_errors(path):
        lock = FileLock.acquire(beside, max(1, round(BUSY_SECONDS / LOOK_SECONDS)), LOOK_SECONDS)
    if lock is None:
        raise DestinationError(ReasonCode.RECORDS_BUSY, file=path)
    try:
        yield
    finally:
        lock.release()


def _move_aside(path: Path) -> Path:
    """Give a damaged file, and what SQLite keeps beside it, a name that nobody has; return that name."""
    with _turned_errors(path):
        aside = _free_name(path)
        # The file itself goes last: killed before, the next start finds it damaged again. Without it, SQLite
        # would take what is beside it for a leftover and delete it.
        for suffix in (*SIDE_SUFFIXES, ""):
            with suppress(FileNotFoundError):
                _with_suffix(path, suffix).rename(_with_suffix(aside, suffix))
    return aside


def _free_name(path: Path) -> Path:
    first = path.with_name(f"{path.name}.damaged-{datetime.now():%Y%m%d-%H%M%S}")  # noqa: DTZ005 - for people
    others = (_with_suffix(first, f"-{number}") for number in itertools.count(2))
    return next(name for name in itertools.chain([first], others) if not _is_taken(name))


def _is_taken(name: Path) -> bool:
    return any(os.path.lexists(_with_suffix(name, suffix)) for suffix in ("", *SIDE_SUFFIXES))


def _with_suffix(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


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

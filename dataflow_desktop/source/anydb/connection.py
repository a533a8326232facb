"""Sessions of any database that SQLAlchemy can connect to: read, rolled back, and never committed."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar, cast

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool
from sqlalchemy.sql.visitors import cloned_traverse

from dataflow_desktop.domain.row_query import Value
from dataflow_desktop.domain.schema import DatabaseSystem
from dataflow_desktop.domain.source_identity import DatabaseIdentity
from dataflow_desktop.errors import ReasonCode, SourceError
from dataflow_desktop.pacing import StopRequest
from dataflow_desktop.passwords import known_password
from dataflow_desktop.source.anydb.values import UnknownValueError
from dataflow_desktop.source.connection import Fetching, Row
from dataflow_desktop.source.filled import Filled
from dataflow_desktop.source.server_connection import ServerConnection, ServerSource
from dataflow_desktop.source.sqlite.file_identity import identify
from dataflow_desktop.source.values import Given

_READ_ONLY: dict[str, dict[str, Any]] = {"duckdb": {"read_only": True}}
"""What drivers that can open a database read-only want to be told. In others nothing is ever committed."""

_OURS = frozenset({"retry_seconds"})
"""Options of a URL that are the program's and not the driver's."""

_ABOUT_LOGIN = re.compile(r"passw|login|logon|authenti|credential", re.IGNORECASE)
"""Drivers have no common word for it, but these are in what all of them say."""

# What follows one another by bytes; SQLAlchemy binds each.
_BY_BYTES = ("", " ", "A", "A ", "B", "a", "a ", "b", "e", "z", "é", "日")

Told = TypeVar("Told")


class AnySource(ServerSource[sa.Connection]):
    """One database."""

    system = DatabaseSystem.OTHER
    driver_error = SQLAlchemyError

    def __init__(self, url: sa.URL) -> None:
        super().__init__(_with_whole_path(url), url.get_backend_name())

    def connect(self, stop: StopRequest | None = None) -> "AnyConnection":
        """Open a session, unless `stop` is asked meanwhile; raises SourceError, Stopped."""
        return AnyConnection(self, self.new_session(stop), stop)

    def identity(self) -> DatabaseIdentity:
        """Return which file it is, where it is one: nothing else tells databases of any kind apart."""
        path = _file_of(self.url)
        return (identify(path) if path is not None else None) or DatabaseIdentity()

    @contextmanager
    def turning_errors(self, *, is_connecting: bool = False) -> Iterator[None]:
        """Turn what SQLAlchemy, the driver and our reading of values raise inside into SourceError."""
        try:
            yield
        except (SQLAlchemyError, UnknownValueError, NotImplementedError) as error:
            code = self._code_of(error, is_connecting=is_connecting)
            raise SourceError(code, source=self.address, reason=_words(error)) from error

    def close_session(self, session: sa.Connection) -> None:
        """Close a session, which may be lost already."""
        with suppress(Exception):  # a driver may raise anything about a connection that is gone
            session.close()
        session.engine.dispose()

    def is_closed(self, session: sa.Connection) -> bool:
        """Whether a session is closed, or known to be lost."""
        return session.closed or session.invalidated

    def cancel_running(self, session: sa.Connection) -> None:
        """Ask the driver, where it can be asked; there is no common way to ask the database."""
        with suppress(Exception):  # as above
            driver = session.connection.driver_connection
            for name in ("interrupt", "cancel"):
                if callable(ask := getattr(driver, name, None)):
                    ask()
                    return

    def is_worked_on(self, session: sa.Connection) -> bool:  # noqa: ARG002 - nobody tells
        """Return yes: nobody tells."""
        return True

    def give_up(self, session: sa.Connection) -> None:
        """Do nothing: what a driver waits for cannot be taken from it."""

    def _opened(self, password: str | None) -> sa.Connection:
        options = {name: value for name, value in self.url.query.items() if name not in _OURS}
        url = self.url.set(query=options)
        engine = sa.create_engine(
            url if password is None else url.set(password=password),
            poolclass=NullPool,
            connect_args=_READ_ONLY.get(url.get_backend_name(), {}),
        )
        return engine.connect()

    def _asks_for_password(self, error: Exception) -> bool:
        return _ABOUT_LOGIN.search(str(error)) is not None

    def _pin_settings(self, session: sa.Connection) -> None:
        session.rollback()

    def _code_of(self, error: Exception, *, is_connecting: bool) -> ReasonCode:
        if isinstance(error, DBAPIError) and error.connection_invalidated:
            return ReasonCode.CONNECTION_LOST
        if not is_connecting:
            return ReasonCode.QUERY_FAILED
        if not self._asks_for_password(error):
            return ReasonCode.SERVER_UNREACHABLE
        is_known = known_password(self.address) is not None
        return ReasonCode.LOGIN_REFUSED if is_known else ReasonCode.PASSWORD_NEEDED


def _with_whole_path(url: sa.URL) -> sa.URL:
    """Return the URL of a file by its whole path, for an export may be resumed from another folder."""
    path = _file_of(url)
    return url if path is None else url.set(database=str(path.absolute()))


def _file_of(url: sa.URL) -> Path | None:
    try:
        is_file = url.host is None and url.database is not None and Path(url.database).is_file()
    except (OSError, ValueError):
        return None
    return Path(str(url.database)) if is_file else None


def _words(error: Exception) -> str:
    told = error.orig if isinstance(error, DBAPIError) else error
    lines = str(told or error).strip().splitlines()
    return (lines[0] if lines else type(error).__name__).strip().rstrip(".")


class AnyConnection(ServerConnection[sa.Connection]):
    """A session that is rolled back after each statement; another one takes its place when it is lost."""

    source: AnySource

    def ask(self, ask: Callable[[sa.Connection], Told]) -> Told:
        """Return what `ask` finds out by the session; raises SourceError, Stopped."""

        def told() -> Told:
            try:
                return ask(self._session)
            finally:
                self._end_read()

        return self._begun(told)

    @cached_property
    def is_ordered_by_bytes(self) -> bool:
        """Whether the database tells and orders texts by their bytes, as far as a few of them show it."""
        texts = [sa.literal(text, sa.Unicode()) for text in _BY_BYTES]
        pairs = [lower < higher for lower, higher in pairwise(texts)]
        shown = sa.case((sa.and_(*pairs), sa.literal_column("1")), else_=sa.literal_column("0"))
        try:
            return self.ask(lambda session: session.scalar(sa.select(shown))) == 1
        except SourceError as error:
            if error.reason.code != ReasonCode.QUERY_FAILED.name:
                raise
            return False

    @property
    def has_snapshots(self) -> bool:
        """Whether what a transaction sees is known to stay as it is."""
        return self.source.url.get_backend_name() in _READ_ONLY

    def identity(self) -> DatabaseIdentity:
        """Return which file it is, where it is one."""
        return self.source.identity()

    def can_read_columns(self) -> bool:
        """Return no: the exact lane reads what any driver gives."""
        return False

    def one_state(self) -> AbstractContextManager[None]:
        """Let all reads inside be of one transaction, which sees what the database lets it see."""
        return self._transaction("")

    def _begin(self, words: str) -> None:
        """Do nothing: SQLAlchemy begins by itself."""

    def _roll_back(self) -> None:
        with suppress(SQLAlchemyError):
            self._session.rollback()

    def _end_read(self) -> None:
        if not self._is_in_transaction:
            self._roll_back()

    def _executed(self, statement: sa.Executable) -> list[Row]:
        try:
            return [tuple(row) for row in self._session.execute(statement)]
        finally:
            self._end_read()

    @contextmanager
    def _streaming(self, statement: sa.Executable) -> Iterator[Fetching]:
        options = {"stream_results": True}
        result = self._begun(lambda: self._session.execute(statement, execution_options=options))
        try:
            yield cast("Fetching", result)
        finally:
            with suppress(Exception):  # as in `close_session`
                result.close()
            self._end_read()

    def _run(self, filled: Filled) -> Iterator[Row]:
        if filled.statement is None:
            raise TypeError(filled)
        return iter(self._executed(_completed(filled.statement, dict(filled.given))))


def _completed(statement: sa.Select[Any], given: dict[str, Value]) -> sa.Select[Any]:
    """Return the statement with its values in their places."""

    def fill(bound: Any) -> None:  # noqa: ANN401 - a bind parameter, whose value may be of any type
        if isinstance(bound.value, Given):
            bound.value = given[bound.value.name]

    return cloned_traverse(statement, {}, {"bindparam": fill})

"""From an address to its source: the path of a SQLite file, or the URL of a database."""

from pathlib import Path
from typing import TYPE_CHECKING

from dataflow_desktop.domain.source_address import is_path
from dataflow_desktop.errors import ConfigurationError, ReasonCode, SourceError
from dataflow_desktop.pacing import StopRequest
from dataflow_desktop.phrases import Phrase
from dataflow_desktop.source.connection import Source, SourceConnection
from dataflow_desktop.source.retrying import Retrying
from dataflow_desktop.source.sqlalchemy_loading import (
    load_driver,
    load_mysql,
    load_postgres,
)
from dataflow_desktop.source.sqlite.connection import SqliteSource

if TYPE_CHECKING:  # whoever reads the first rows of a file does without it
    import sqlalchemy as sa


def is_file(address: str) -> bool:
    """Whether `address` names a SQLite file, and no server."""
    return is_path(address) or address.startswith("sqlite:")


def open_source(address: str) -> Source:
    """Return the source at `address`, the path of a SQLite file or a SQLAlchemy URL.

    A file is looked into; a server is only asked when somebody connects. Raises SourceError where there is
    no readable database, ConfigurationError for a kind whose dialect
    or driver is not installed.
    """
    return _opened_file(Path(address)) if is_path(address) else _opened_url(address)


def _opened_url(address: str) -> Source:
    import sqlalchemy as sa
    from sqlalchemy.exc import ArgumentError

    try:
        url = sa.make_url(address)
    except (ArgumentError, ValueError) as error:
        raise ConfigurationError(
            ReasonCode.ARGUMENTS_WRONG,
            problem=Phrase.NO_URL,
            command="dataflow-desktop",
        ) from error
    match url.get_backend_name():
        case "sqlite" if url.database:
            return _opened_file(Path(url.database))
        case "postgresql":
            load_postgres()
            from dataflow_desktop.source.postgres.connection import PostgresSource

            return PostgresSource(url)
        case "mysql" | "mariadb":
            load_mysql()
            from dataflow_desktop.source.mysql.connection import MysqlSource

            return MysqlSource(url)
        case _:
            return _opened_by_any_driver(url)


def _opened_by_any_driver(url: "sa.URL") -> Source:
    load_driver(url)
    from dataflow_desktop.source.anydb.connection import AnySource

    return AnySource(url)


def connected(source: Source, stop: StopRequest, retrying: Retrying) -> SourceConnection:
    """Return a connection to `source`, tried again where one was cut while it was made.

    Who refuses connections is asked no second time. Raises SourceError, Stopped.
    """
    while True:
        try:
            return source.connect(stop)
        except SourceError as error:
            if error.reason.code != ReasonCode.CONNECTION_LOST.name:
                raise
            retrying.hold_up(error)


def _opened_file(path: Path) -> SqliteSource:
    try:
        path = path.expanduser().absolute()
        is_file, is_folder = path.is_file(), path.is_dir()
    except (OSError, RuntimeError, ValueError) as error:
        raise SourceError(ReasonCode.SOURCE_UNREADABLE, source=path, reason=error) from error
    if is_folder:
        raise SourceError(ReasonCode.SOURCE_UNREADABLE, source=path, reason=Phrase.IS_FOLDER)
    if not is_file:
        raise SourceError(ReasonCode.SOURCE_MISSING, source=path)
    source = SqliteSource(path)
    source.connect().close()
    return source

"""SQLAlchemy and drivers loaded whole by the first thread that needs them, while the others wait.

Their modules import each other in circles. Python lets two threads that import different ones at the same
time go on with half of a module rather than wait for each other for ever: seen at a start under load as
"partially initialized module 'sqlalchemy.orm.exc'".
"""

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlalchemy as sa

_LOADING = threading.Lock()


def load_sqlalchemy() -> None:
    """Return when what every source needs of SQLAlchemy is loaded; any thread may ask, again and again."""
    with _LOADING:
        import sqlalchemy.dialects.sqlite
        import sqlalchemy.orm  # noqa: F401 - to have it loaded


def load_postgres() -> None:
    """Return when what a PostgreSQL server needs is loaded: who reads a file need not wait for it.

    Its ORM is not, which takes as long as all the rest, and which no source needs.
    """
    with _LOADING:
        import psycopg  # noqa: F401 - to have it loaded
        import sqlalchemy.dialects.postgresql.psycopg  # noqa: F401 - to have it loaded


def load_mysql() -> None:
    """Return when what a MySQL or MariaDB server needs is loaded too."""
    load_sqlalchemy()
    with _LOADING:
        import pymysql  # type: ignore[import-untyped]  # noqa: F401 - it has no types to tell; to have it loaded
        import sqlalchemy.dialects.mysql.pymysql  # noqa: F401 - to have it loaded


def load_driver(url: "sa.URL") -> None:
    """Return when the dialect and driver of any other `url` are loaded; raises ConfigurationError."""
    load_sqlalchemy()
    with _LOADING:
        from dataflow_desktop.source.anydb.drivers import require_driver

        require_driver(url)

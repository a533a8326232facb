"""SQLAlchemy loaded whole by the first thread that needs it, while the others wait.

Its modules import each other in circles. Python lets two threads that import different ones at the same time
go on with half of a module rather than wait for each other for ever: seen at a start under load as
"partially initialized module 'sqlalchemy.orm.exc'".
"""

import threading

_LOADING = threading.Lock()


def load_sqlalchemy() -> None:
    """Return when all of SQLAlchemy that this program uses is loaded; any thread may ask, again and again."""
    with _LOADING:
        import sqlalchemy.dialects.sqlite
        import sqlalchemy.orm  # noqa: F401 - to have it loaded

"""The report that a person may copy for whoever helps them: what runs here, what went wrong, the log's end.

In English, for it is read by who wrote the program; without secrets, and with ~ for the person's home.
"""

import platform
import sys
from importlib import metadata

from PySide6.QtCore import QSysInfo, qVersion

from dataflow_desktop import __version__
from dataflow_desktop.logs import last_lines
from dataflow_desktop.redaction import redacted, without_home

LOG_LINES = 100

LONGEST_TRACE = 30_000
"""Characters: of a recursion without end, its last calls tell enough."""

_PACKAGES = {
    "PySide6-Essentials": "PySide6",
    "SQLAlchemy": "sqlalchemy",
    "polars": "polars",
    "adbc-driver-manager": "adbc_driver_manager",
    "psycopg": "psycopg",
    "PyMySQL": "pymysql",
}
"""The names of packages and of their modules."""


def trouble_report(trace: str) -> str:
    """Return a report of what left `trace`, which is empty when nothing special happened."""
    parts = [_about()]
    if trace:
        parts.append(f"What happened\n{trace.strip()[-LONGEST_TRACE:]}")
    parts.append("\n".join(["The end of the log", *last_lines(LOG_LINES)]))
    return without_home(redacted("\n\n".join(parts))) + "\n"


def _about() -> str:
    packages = ", ".join(f"{package} {_version(package, module)}" for package, module in _PACKAGES.items())
    build = "executable" if getattr(sys, "frozen", False) else "source"
    return (
        f"DataFlow Desktop {__version__} ({build})\n"
        f"Python {platform.python_version()}, Qt {qVersion()}, {packages}\n"
        f"{QSysInfo.prettyProductName()}, {platform.platform()}"
    )


def _version(package: str, module: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return str(getattr(sys.modules.get(module), "__version__", "?"))

"""Where the program keeps its own files: the platform's user folders, or all below $DATAFLOW_HOME.

Nothing is created here; whoever writes into a folder makes it.
"""

import os
from pathlib import Path

import platformdirs

APP_NAME = "DataFlow Desktop"

APP_ID = "io.github.dataflow_desktop.DataFlow"
"""By which a desktop knows the program: the name of its desktop file, of its icon, of its bundle."""

HOME_VARIABLE = "DATAFLOW_HOME"


def data_folder() -> Path:
    """Return the folder of jobs and the product catalogue."""
    return _home_or(platformdirs.user_data_path(APP_NAME, appauthor=False))


def settings_folder() -> Path:
    """Return the folder of settings."""
    return _home_or(platformdirs.user_config_path(APP_NAME, appauthor=False))


def connections_path() -> Path:
    """Return where the saved connections stand."""
    return settings_folder() / "connections.json"


def queries_path() -> Path:
    """Return where the saved queries stand."""
    return settings_folder() / "queries.json"


def profiles_path() -> Path:
    """Return where the saved profiles of exports stand."""
    return settings_folder() / "profiles.json"


def log_folder() -> Path:
    """Return the folder of logs."""
    return _home_or(platformdirs.user_log_path(APP_NAME, appauthor=False), "logs")


def log_path() -> Path:
    """Return where the log stands."""
    return log_folder() / "dataflow-desktop.log"


def crash_path(kind: str) -> Path:
    """Return where a crash of that kind of process leaves its trace."""
    return log_folder() / f"crash-{kind}.log"


def window_lock_path() -> Path:
    """Return the file that the first window has locked."""
    return data_folder() / "window.lock"


def window_socket_path() -> Path:
    """Return where the first window listens for later starts of the program."""
    return data_folder() / "window.socket"


def job_store_path() -> Path:
    """Return where the job store stands."""
    return data_folder() / "jobs.db"


def catalogue_path() -> Path:
    """Return where the embedded product catalogue stands."""
    return data_folder() / "products.db"


def resource_path(name: str) -> Path:
    """Return an icon, style or translation that comes with the program."""
    package = Path(__file__).resolve().parent
    installed = package / "resources"
    return (installed if installed.is_dir() else package.parent / "resources") / name


def _home_or(platform_folder: Path, below_home: str = "") -> Path:
    home = os.environ.get(HOME_VARIABLE)
    return Path(home).expanduser().absolute() / below_home if home else platform_folder

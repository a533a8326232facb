"""The log: one file that rotates, in the user's log folder. What a person need not read goes there."""

import logging
import logging.handlers

from dataflow_desktop import locations

LOG_BYTES = 1_000_000
OLDER_LOGS = 3


def log_to_file() -> None:
    """Send all messages of the program to its log file; without a log folder they are dropped."""
    handler: logging.Handler
    try:
        locations.log_folder().mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            locations.log_path(), maxBytes=LOG_BYTES, backupCount=OLDER_LOGS, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger("dataflow_desktop")
    for former in root.handlers[:]:
        root.removeHandler(former)
        former.close()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    root.propagate = False
    # A log that cannot be written must not break what it is to tell of.
    logging.raiseExceptions = False

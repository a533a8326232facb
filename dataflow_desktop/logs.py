"""The log: one file that rotates, in the user's log folder. What a person need not read goes there.

No secret does: they are taken out of each line and traceback on the way, see `redaction`.
A line that was logged during the run of a job has the job's id in brackets, by which `lines_of_job` finds it.
"""

import logging
import logging.handlers
import re
from collections import deque
from collections.abc import Generator, Iterator
from contextlib import suppress
from contextvars import ContextVar, copy_context
from pathlib import Path
from typing import TypeVar

from dataflow_desktop import locations
from dataflow_desktop.redaction import redacted

LOG_BYTES = 1_000_000
OLDER_LOGS = 3

MOST_LINES = 500
"""Of one job's log: more than anybody reads, and a long pause for a source that is away has hundreds."""

LONGEST_LINE = 2_000
"""Characters; what is longer is read, and shown, as several lines."""

_BEGIN = re.compile(
    r"(?P<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d),\d{3} \d+ (?P<level>[A-Z]+) [\w.]+( \[(?P<job>\w+)\])?: "
)

_job_id: ContextVar[str] = ContextVar("job_id", default="")

Step = TypeVar("Step")


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
    handler.setFormatter(
        _RedactingFormatter("%(asctime)s %(process)d %(levelname)s %(name)s%(job)s: %(message)s")
    )
    handler.addFilter(_name_job)
    root = logging.getLogger("dataflow_desktop")
    for former in root.handlers[:]:
        root.removeHandler(former)
        former.close()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    root.propagate = False
    # A log that cannot be written must not break what it is to tell of.
    logging.raiseExceptions = False


class _RedactingFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        """Return the lines of a record, its traceback among them, without secrets."""
        return redacted(super().format(record))


def in_log_of(job_id: str, steps: Generator[Step, None, None]) -> Generator[Step, None, None]:
    """Pass `steps` on; what is logged while one of them is made, or `steps` are closed, belongs to that job.

    What the caller logs in between does not, nor what other threads do.
    """
    context = copy_context()
    context.run(_job_id.set, job_id)
    try:
        while True:
            try:
                step = context.run(next, steps)
            except StopIteration:
                return
            yield step
    finally:
        context.run(steps.close)


def lines_of_job(job_id: str, most: int = MOST_LINES) -> list[str]:
    """Return the last lines of the log that belong to a job, the oldest first: time, level and message.

    The lines of a traceback are as they are.
    """
    lines: deque[str] = deque(maxlen=most)
    for path in _files_oldest_first():
        is_of_job = False
        for line in _lines_in(path):
            begin = _BEGIN.match(line)
            if begin is not None:
                is_of_job = begin["job"] == job_id
            if is_of_job:
                line = line.rstrip("\n")  # noqa: PLW2901 - the same line
                lines.append(
                    line if begin is None else f"{begin['time']} {begin['level']} {line[begin.end() :]}"
                )
    return list(lines)


def last_lines(most: int) -> list[str]:
    """Return the last lines of the log, the oldest first."""
    lines: deque[str] = deque(maxlen=most)
    for path in list(_files_oldest_first())[-2:]:
        lines.extend(line.rstrip("\n") for line in _lines_in(path))
    return list(lines)


def _name_job(record: logging.LogRecord) -> bool:
    job_id = _job_id.get()
    record.job = f" [{job_id}]" if job_id else ""
    return True


def _files_oldest_first() -> Iterator[Path]:
    path = locations.log_path()
    for number in range(OLDER_LOGS, 0, -1):
        yield path.with_name(f"{path.name}.{number}")
    yield path


def _lines_in(path: Path) -> Iterator[str]:
    with suppress(OSError), path.open(encoding="utf-8", errors="replace") as file:
        while line := file.readline(LONGEST_LINE):
            yield line

"""What Excel would change in a file that was asked for in its way, said before the file is written."""

from contextlib import suppress
from pathlib import Path
from threading import Timer

from dataflow_desktop.cli.output import say
from dataflow_desktop.domain.excel_changes import ExcelChange
from dataflow_desktop.domain.file_names import with_format
from dataflow_desktop.domain.file_options import Compression, FileFormat
from dataflow_desktop.domain.job import Job
from dataflow_desktop.errors import DataFlowError
from dataflow_desktop.pacing import Stopped, StopRequest, StopWish
from dataflow_desktop.source.connection import SourceConnection
from dataflow_desktop.source.excel_look import excel_changes

LOOK_SECONDS = 1.0
"""A filter that leaves few of many rows finds them late, and the export is not to wait for that."""


def warn_of_excel(job: Job, connection: SourceConnection, stop: StopRequest) -> None:
    """Say which values of `job` Excel would change when it opens the file, and what keeps them."""
    if not job.spec.options.is_for_excel:
        return
    changes = _changes(job, connection, stop)
    if changes:
        name = with_format(Path(job.spec.target).name, FileFormat.XLSX, Compression.NONE)
        kind = job.spec.options.file_format.value.upper()
        say(f"Excel changes values when it opens a {kind} file: {', '.join(map(_words, changes))}.")
        say(f"An XLSX file keeps them: -o {name}, without the options for text.")


def _changes(job: Job, connection: SourceConnection, stop: StopRequest) -> tuple[ExcelChange, ...]:
    """Return what is found in a second at most, nothing where it cannot be looked for."""
    looking = StopRequest()
    timer = Timer(LOOK_SECONDS, looking.ask, [StopWish.PAUSE])
    timer.daemon = True
    timer.start()
    connection.obey(looking)
    try:
        with suppress(DataFlowError, Stopped), looking.calling(connection.interrupt):
            return excel_changes(connection, job.plan.table, job.spec.query)
    finally:
        timer.cancel()
        connection.obey(stop)
    return ()


def _words(change: ExcelChange) -> str:
    return f"{change.value} in column {change.column} becomes {change.becomes}"

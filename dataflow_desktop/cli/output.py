"""Lists on standard output, and messages for people on standard error."""

import io
import json
import os
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime

from dataflow_desktop.domain.job import Job
from dataflow_desktop.domain.remedies import Remedy, remedies_for
from dataflow_desktop.domain.schema import TableSummary
from dataflow_desktop.domain.voice import Voice
from dataflow_desktop.errors import Reason

FLAGS = {
    Remedy.ACCEPT_LIVE: "--accept-live",
    Remedy.ACCEPT_SOURCE: "--accept-source",
    Remedy.CUT_BACK: "--cut-back",
    Remedy.RESTART: "--restart",
    Remedy.LOCATE: "--part FILE",
    Remedy.MOVE: "--to FILE",
}
"""The options of `resume` that stand for what a person can do."""


def say(text: str) -> None:
    """Print a message for people, on standard error."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def print_reason(reason: Reason) -> None:
    """Tell a person what happened, what is safe and what to do."""
    say(f"{reason.message}\n{reason.hint}")


def print_remedies(reason: Reason) -> None:
    """Name the options of `resume` by which a person can answer, if there are any."""
    flags = [FLAGS[remedy] for remedy in remedies_for(reason)]
    if flags:
        say(f"With resume: {', '.join(flags)}")


def readable_time(stored: str | None) -> str:
    """Return a stored time, ISO 8601 in UTC, in the person's own time and without fractions."""
    if stored is None:
        return "an unknown time"
    return datetime.fromisoformat(stored).astimezone().strftime("%Y-%m-%d %H:%M:%S")


VOICE = Voice(readable_time)
"""What the window says too is said here in English, with times as this computer writes them."""


def print_json(thing: object) -> None:
    """Print `thing` as one line of JSON on standard output."""
    _put(json.dumps(thing))


def print_lines(lines: Iterable[str]) -> None:
    """Print lines on standard output."""
    for line in lines:
        _put(line)


def print_jobs(jobs: Sequence[Job], *, as_json: bool) -> None:
    """List jobs on standard output."""
    if as_json:
        print_json([_job_entry(job) for job in jobs])
        return
    lines = [
        (
            job.id,
            job.state.value,
            f"{job.durable_rows:,} of {job.plan.total_rows:,}",
            job.spec.target,
            job.reason.message if job.reason is not None else "",
        )
        for job in jobs
    ]
    print_columns(("ID", "STATE", "ROWS SAVED", "FILE", "REASON"), lines)


def print_tables(summaries: Sequence[TableSummary], *, as_json: bool) -> None:
    """List tables and views on standard output."""
    if as_json:
        print_json([_table_entry(summary) for summary in summaries])
        return
    lines = [
        (
            summary.table.name,
            summary.table.kind.value,
            "?" if summary.estimated_rows is None else f"~{summary.estimated_rows:,}",
            ", ".join(summary.table.key) or "none",
        )
        for summary in summaries
    ]
    print_columns(("NAME", "KIND", "ROWS", "KEY"), lines)


def _job_entry(job: Job) -> dict[str, object]:
    return {
        "id": job.id,
        "state": job.state.value,
        "rows": job.durable_rows,
        "durable_rows": job.durable_rows,
        "total_rows": job.plan.total_rows,
        "file": job.spec.target,
        "created_at": job.created_at,
        "reason": job.reason.message if job.reason is not None else None,
    }


def _table_entry(summary: TableSummary) -> dict[str, object]:
    return {
        "name": summary.table.name,
        "kind": summary.table.kind.value,
        "estimated_rows": summary.estimated_rows,
        "key_columns": list(summary.table.key),
    }


def print_columns(header: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    """Print a table of texts on standard output."""
    table = [header, *lines]
    widths = [max(len(line[column]) for line in table) for column in range(len(header))]
    for line in table:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        _put("  ".join(cells).rstrip())


def print_any_letter() -> None:
    """Let a letter that the terminal does not know be spelled instead of ending the command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def mute_output() -> None:
    """Drop all further output: whoever read it has gone, and Python would complain once more at the end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _put(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()

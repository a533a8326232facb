"""What an export reports, printed: events as JSON, a bar that moves, or one line at the end."""

import sys
import time
from pathlib import Path
from typing import Protocol

from dataflow_desktop.cli.output import VOICE, print_json, print_reason, readable_time, say
from dataflow_desktop.domain.file_words import files_in_words
from dataflow_desktop.domain.progress import Cancelled, Finished, Paused, Progress, Report, Started
from dataflow_desktop.errors import DataFlowError

PRINT_SECONDS = 0.1
"""A person and a script want no more than ten lines of progress in a second."""

BAR_WIDTH = 30

EVENT_KINDS = frozenset({"source", "destination", "refused"})
"""Errors of an export; wrong arguments are no event."""

_CLEAR_LINE = "\r\033[K"


class ProgressPrinter(Protocol):
    """Prints what an export reports."""

    def show(self, report: Report) -> None:
        """Print one report, or keep silent about it."""

    def show_error(self, error: DataFlowError) -> None:
        """Print an error that ended the export."""


def progress_printer(kind: str | None) -> ProgressPrinter:
    """Return the printer for `--progress kind`; None is a bar on a terminal."""
    if kind == "json":
        return JsonEvents()
    is_bar = kind == "bar" or (kind is None and sys.stderr.isatty())
    return Bar() if is_bar else Summary()


class JsonEvents:
    """One JSON object a line on standard output."""

    def __init__(self) -> None:
        self._next_time = 0.0

    def show(self, report: Report) -> None:
        """Print the report's event; progress at most every PRINT_SECONDS."""
        if isinstance(report, Progress):
            if time.monotonic() < self._next_time:
                return
            self._next_time = time.monotonic() + PRINT_SECONDS
        print_json(_event(report))
        if isinstance(report, Paused | Cancelled):
            Summary().show(report)

    def show_error(self, error: DataFlowError) -> None:
        """Print the error's event, and for people the same on standard error."""
        reason = error.reason
        if reason.kind in EVENT_KINDS:
            print_json(
                {"event": "error", "kind": reason.kind, "message": reason.message, "hint": reason.hint}
            )
        print_reason(reason)


class Summary:
    """A line or two on standard error when an export ends."""

    def show(self, report: Report) -> None:
        """Print how the export ended."""
        match report:
            case Finished():
                say(f"Done: {report.rows:,} rows, {report.bytes:,} bytes in {_place(report)}")
                if report.since is not None:
                    say(_added(report.new_rows, readable_time(report.since)))
                say(f"sha256 {report.sha256}")
            case Paused():
                say(f"{report.reason.message} {report.durable_rows:,} rows are saved. {report.reason.hint}")
                say(f"Resume with: dataflow-desktop resume {report.job_id}")
            case Cancelled():
                say("Cancelled. The unfinished file is gone.")
            case Started() | Progress():
                pass

    def show_error(self, error: DataFlowError) -> None:
        """Print the error for people."""
        print_reason(error.reason)


class Bar(Summary):
    """A line on standard error that is drawn again and again, then the summary."""

    def __init__(self) -> None:
        self._next_time = 0.0

    def show(self, report: Report) -> None:
        """Draw the bar anew; progress at most every PRINT_SECONDS."""
        if not isinstance(report, Progress):
            _draw("")
            super().show(report)
        elif time.monotonic() >= self._next_time:
            self._next_time = time.monotonic() + PRINT_SECONDS
            _draw(_bar(report))

    def show_error(self, error: DataFlowError) -> None:
        """Print the error for people in place of the bar."""
        _draw("")
        super().show_error(error)


def _draw(line: str) -> None:
    sys.stderr.write(_CLEAR_LINE + line)
    sys.stderr.flush()


def _event(report: Report) -> dict[str, object]:
    match report:
        case Started():
            return {
                "event": "started",
                "job": report.job_id,
                "total_rows": report.total_rows,
                "resumed_rows": report.resumed_rows,
            }
        case Progress():
            return {
                "event": "progress",
                "rows": report.rows,
                "durable_rows": report.durable_rows,
                "total_rows": report.total_rows,
                "bytes": report.bytes,
                "rows_per_second": round(report.rows_per_second),
                "eta_seconds": _rounded(report.eta_seconds),
            }
        case Finished():
            return {
                "event": "done",
                "rows": report.rows,
                "bytes": report.bytes,
                "sha256": report.sha256,
                "file": report.file,
                **({"files": list(report.names)} if report.names else {}),
                **({} if report.since is None else {"new_rows": report.new_rows, "since": report.since}),
            }
        case Paused():
            return {
                "event": "paused",
                "durable_rows": report.durable_rows,
                "reason": report.reason.message,
            }
        case Cancelled():
            return {"event": "cancelled"}


def _place(report: Finished) -> str:
    if not report.names:
        return report.file
    first = str(Path(report.file).with_name(report.names[0]))
    return files_in_words(first, report.names[-1], len(report.names), VOICE)


def _added(rows: int, since: str) -> str:
    if not rows:
        return f"No rows were added since {since}."
    return f"Rows added since {since}: {rows:,}"


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 1)


def _bar(progress: Progress) -> str:
    share = min(progress.rows / progress.total_rows, 1.0) if progress.total_rows else 1.0
    filled = "█" * round(share * BAR_WIDTH)
    left = "" if progress.eta_seconds is None else f" · {progress.eta_seconds:,.0f} s left"
    return (
        f"{filled:░<{BAR_WIDTH}} {share:4.0%} · {progress.rows:,} of {progress.total_rows:,} rows"
        f" · {progress.rows_per_second:,.0f} rows/s{left}"
    )

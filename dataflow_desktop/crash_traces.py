"""Traces of crashes: where each thread was when a native library, or Qt, ended the process.

One file for each kind of process, empty unless one crashed. They name files and functions, no values.
"""

import faulthandler
import os
import re
from contextlib import suppress
from enum import StrEnum

from dataflow_desktop import locations

MOST_BYTES = 200_000
"""A trace has a few thousand; a file that nobody took the traces from begins anew beyond that."""

_CRASH = re.compile(rb"Fatal Python error|Windows fatal exception: (?!code 0x)")
"""On Windows `faulthandler` also writes down exceptions, by their codes, that their programs handle later."""


class ProcessKind(StrEnum):
    """What a process is for."""

    WINDOW = "window"
    COMMAND = "command"
    READER = "reader"


def watch_for_crashes(kind: ProcessKind) -> None:
    """Let a crash of this process leave its trace; it leaves none where the log cannot be written."""
    path = locations.crash_path(kind)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        # Append: processes of a kind share the file, and `take_traces` may empty it under them.
        descriptor = os.open(
            path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_CLOEXEC", 0), 0o600
        )
        if os.fstat(descriptor).st_size > MOST_BYTES:
            os.ftruncate(descriptor, 0)
        faulthandler.enable(descriptor)  # which is open as long as the process lives


def take_traces(kind: ProcessKind) -> str:
    """Return what crashed processes left behind, and empty the file: the next one who asks hears nothing.

    What was taken last is kept beside it, as `.last`.
    """
    path = locations.crash_path(kind)
    with suppress(OSError):
        traces = path.read_bytes()[-MOST_BYTES:]
        is_crash = _CRASH.search(traces) is not None
        if is_crash:
            path.with_name(f"{path.name}.last").write_bytes(traces)
        if traces:
            os.truncate(path, 0)
        if is_crash:
            return traces.decode(errors="replace")
    return ""


def last_traces(kind: ProcessKind) -> str:
    """Return what was taken last."""
    path = locations.crash_path(kind)
    with suppress(OSError):
        return path.with_name(f"{path.name}.last").read_text(encoding="utf-8", errors="replace")
    return ""

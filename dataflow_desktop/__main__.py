"""Turns the arguments of the process into the window or into a command."""

import gc
import os
import signal
import sys
from collections.abc import Sequence

from dataflow_desktop.export.reader_protocol import READER_ARGUMENT

COMMANDS = frozenset(
    {"export", "resume", "jobs", "cancel", "tables", "query", "profile", "profiles", "verify", "demo"}
)
MOST_WINDOW_ARGUMENTS = 2
STOPPED = 6


def main() -> int:
    """Run what the arguments ask for and return the exit code."""
    _have_streams()
    try:
        # Ctrl+C and SIGTERM end a command alike, also while its modules are being imported.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        return _run(sys.argv[1:])
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        return STOPPED


def _have_streams() -> None:
    """Make up for standard output and error, which the window's executable on Windows starts without."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123 - to the end


def _run(arguments: Sequence[str]) -> int:
    if arguments[:1] == [READER_ARGUMENT]:
        from dataflow_desktop.crash_traces import ProcessKind, watch_for_crashes

        watch_for_crashes(ProcessKind.READER)
        gc.disable()  # until all is loaded, see `cli.main`
        from dataflow_desktop.export.reader_main import main as serve

        return serve(arguments[1:])
    if arguments == ["--smoke-test"]:
        from dataflow_desktop.app.smoke import smoke_test

        return smoke_test()
    if _is_window(arguments):
        return _run_window(*[*arguments, None, None][:MOST_WINDOW_ARGUMENTS])
    from dataflow_desktop.cli import main as run_command

    return run_command(arguments, when_begun=_watch_command)


def _run_window(source_address: str | None, table_name: str | None) -> int:
    """Run the window; where one of the same home runs already, that one opens the source."""
    gc.disable()  # for good: see `app.collecting`
    # Nothing is open yet, and Qt's imports swallow a KeyboardInterrupt. See `workers.process_signals`.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    from dataflow_desktop.app.window_place import WindowWish, take_place

    place = take_place(WindowWish.from_here(source_address, table_name))
    if place.is_handed_over:
        return 0
    from dataflow_desktop.app.running import run_window

    return run_window(place, source_address, table_name)


def _watch_command() -> None:
    from dataflow_desktop.crash_traces import ProcessKind, watch_for_crashes
    from dataflow_desktop.unexpected import watch_uncaught

    watch_for_crashes(ProcessKind.COMMAND)
    watch_uncaught()


def _is_window(arguments: Sequence[str]) -> bool:
    if len(arguments) > MOST_WINDOW_ARGUMENTS or any(argument.startswith("-") for argument in arguments):
        return False
    return not arguments or arguments[0] not in COMMANDS


if __name__ == "__main__":
    sys.exit(main())

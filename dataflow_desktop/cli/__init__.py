"""The command line: the same engine as the window, without Qt."""

import gc
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext

from dataflow_desktop.export.reader_process import ReaderProcess, is_large, reads_columns


def main(arguments: Sequence[str], when_begun: Callable[[], None] | None = None) -> int:
    """Run the command that `arguments` name and return its exit code.

    `when_begun` is called when nothing waits for it any more: the reader process is under way.
    """
    with _started_reader(arguments) as reader:
        if when_begun is not None:
            when_begun()
        # Half a second of imports, here and in the reader process at the same time.
        gc.disable()  # nothing of it is garbage, and to look for some takes an eighth of the time
        from dataflow_desktop.cli.commands import main as run

        gc.enable()
        return run(arguments, reader)


def _started_reader(arguments: Sequence[str]) -> AbstractContextManager[ReaderProcess | None]:
    # A guess before anything is parsed: a wrong one costs a process that ends unused, or starts later.
    match arguments:
        case ["export", source, *_] if is_large(source) or reads_columns(source):
            return ReaderProcess(source)
        case _:
            return nullcontext()

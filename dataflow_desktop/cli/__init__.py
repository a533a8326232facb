"""The command line: the same engine as the window, without Qt."""

from collections.abc import Sequence
from contextlib import nullcontext

from dataflow_desktop.export.reader_process import ReaderProcess, is_large


def main(arguments: Sequence[str]) -> int:
    """Run the command that `arguments` name and return its exit code."""
    with ReaderProcess() if _is_large_export(arguments) else nullcontext() as reader:
        # Half a second of imports, here and in the reader process at the same time.
        from dataflow_desktop.cli.commands import main as run

        return run(arguments, reader)


def _is_large_export(arguments: Sequence[str]) -> bool:
    # A guess before anything is parsed: a wrong one costs a process that ends unused, or starts later.
    match arguments:
        case ["export", source, *_]:
            return is_large(source)
        case _:
            return False

"""The command line: the same engine as the window, without Qt."""

from dataflow_desktop.cli.commands import main

__all__ = ["main"]

"""The window's front: builds every part once, joins their signals, shuts down in order."""

from dataflow_desktop.app.program import run_window
from dataflow_desktop.app.smoke import smoke_test

__all__ = ["run_window", "smoke_test"]

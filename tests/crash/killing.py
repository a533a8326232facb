"""Exports that are slow enough to be killed at a place of the test's choice."""

import json
import signal

from tests.program import Program

SLOWLY = ("--chunk-rows", "2000", "--throttle-ms", "30", "--checkpoint-seconds", "0.05")

IN_SMALL_STEPS = ("--chunk-rows", "500")
"""So few rows are written too fast else to be killed in the middle."""


def kill_when_saved(program: Program, rows: float, *arguments: str) -> None:
    """Start the program, and kill it when it says that so many rows are saved."""
    process = program.start(*arguments)
    assert process.stdout is not None
    for line in process.stdout:
        if json.loads(line).get("durable_rows", 0) >= rows:
            process.send_signal(signal.SIGKILL)
            break
    process.communicate()
    assert process.returncode == -signal.SIGKILL

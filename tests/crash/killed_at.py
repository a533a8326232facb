"""Runs the program and kills it at one step: `python -m tests.crash.killed_at STEP NUMBER ARGUMENTS...`.

The kill is SIGKILL to the process itself, just before or just after a function's call of that number, so that
every step of engine and publishing can be the last one.
"""

import errno
import importlib
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

PUBLISHING = "dataflow_desktop.destination.publishing"

STEPS = {
    "job kept": "dataflow_desktop.records.job_store:JobStore.add",
    "part created": "dataflow_desktop.destination.part_file:PartFile.create",
    "epoch begun": "dataflow_desktop.records.job_store:JobStore.take",
    "state entered": "dataflow_desktop.records.job_store:OwnedJob.enter",
    "prefix verified": "dataflow_desktop.destination.part_file:PartFile.cut_back",
    "system write": "os:write",
    "chunk appended": "dataflow_desktop.destination.part_file:PartFile.append",
    "part made durable": "dataflow_desktop.destination.part_file:PartFile.make_durable",
    "checkpoint saved": "dataflow_desktop.records.job_store:OwnedJob.save",
    "part made public": "dataflow_desktop.destination.part_file:PartFile.make_public",
    "finalizing saved": "dataflow_desktop.records.job_store:OwnedJob.finalize",
    "target named": f"{PUBLISHING}:_rename_exclusively",
    "target linked": "os:link",
    "part unlinked": "pathlib:Path.unlink",
    "target replaced": "pathlib:Path.replace",
    "manifest drafted": "dataflow_desktop.destination.manifest:write_durably",
    "manifest named": "dataflow_desktop.destination.manifest:publish",
    "folder synced": f"{PUBLISHING}:sync_folder",
}

OF_TWO_NAMES = {"target linked", "part unlinked"}
"""Steps of publishing where the file system has links, but no exclusive rename."""


def kill_now(*_: object) -> None:
    """End this process as a power switch would."""
    os.kill(os.getpid(), signal.SIGKILL)


def write_half_and_die(write: Callable[[int, bytes], int]) -> Callable[[int, bytes], int]:
    """Return a write that leaves half of its data behind."""

    def half(descriptor: int, data: bytes) -> int:
        write(descriptor, bytes(data)[: len(data) // 2])
        kill_now()
        return 0

    return half


def have_no_exclusive_rename(*_: object) -> None:
    """Answer as NFS does."""
    raise OSError(errno.EINVAL, "no exclusive rename")


def arm(step: str, moment: str, number: int) -> None:
    """Let the call `number` (1 is the first) of the function behind `step` be the last."""
    module_name, _, path = STEPS[step].partition(":")
    owner: Any = importlib.import_module(module_name)
    *outer, name = path.split(".")
    for part in outer:
        owner = getattr(owner, part)
    original = getattr(owner, name)
    calls = 0

    def deadly(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - stands in for any function
        nonlocal calls
        calls += 1
        if calls != number:
            return original(*arguments, **named)
        if moment == "halfway":
            return write_half_and_die(original)(*arguments)
        if moment == "after":
            original(*arguments, **named)
        kill_now()
        return None

    setattr(owner, name, staticmethod(deadly) if isinstance(owner, type) and _is_bound(original) else deadly)


def _is_bound(function: object) -> bool:
    return hasattr(function, "__self__")


def main() -> int:
    """Arm the step and run the program."""
    step, moment, number, *arguments = sys.argv[1:]
    # All modules are there before a name in one of them is changed.
    import dataflow_desktop.cli.commands

    if step in OF_TWO_NAMES:
        vars(importlib.import_module(PUBLISHING))["_rename_exclusively"] = have_no_exclusive_rename
    arm(step, moment, int(number))
    return dataflow_desktop.cli.commands.main(arguments)


if __name__ == "__main__":
    sys.exit(main())

"""Runs the program and cuts the power at one step.

By hand: `python -m tests.crash.power_cut STEP MOMENT NUMBER DISKS ARGUMENTS...`. DISKS are the folders of
ext4 file systems (see `cut_disk`), joined like a PATH; the arguments are the program's own. Before, halfway
through or after the call NUMBER of a step, these file systems are shut down without a flush and the process
is killed: only what had been synced is there after the next mount. Without DISKS it is a kill alone. At the
moment `unplugged` the disks go just before the call, and the process lives on.

The step `NOWHERE` lets the program run to its own end. The step `ANYWHERE` cuts NUMBER milliseconds after the
job's run began: also inside a commit of SQLite or a sync, where no call of Python is. The program may see an
error of the disk for the moment until the kill.

Most steps are calls to the system, told apart by the file they are about, for those stay the same however the
program is built.
"""

import importlib
import os
import signal
import stat
import struct
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from dataflow_desktop.domain.job import JobState

NOWHERE = "nowhere"
ANYWHERE = "anywhere"

_SHUT_DOWN = 0x8004587D
"""EXT4_IOC_SHUTDOWN, from linux/ext4.h: _IOR('X', 125, __u32)."""

_WITHOUT_FLUSH = struct.pack("I", 2)
"""EXT4_GOING_FLAGS_NOLOGFLUSH: not even the journal in memory goes to the disk."""

_open_folder = os.open
"""Kept from before any hook: the cut itself is no step."""


class Cut(NamedTuple):
    """Where the power goes: a step, a moment of it and the number of the call (1 is the first)."""

    step: str
    moment: str
    number: int


class Step(NamedTuple):
    """A function, and which of its calls count."""

    where: str
    is_meant: Callable[..., bool]


def _always(*_: object) -> bool:
    return True


def is_part(descriptor: int) -> bool:
    """Whether `descriptor` is open on a part file (asked of Linux)."""
    return _is_regular(descriptor) and Path(f"/proc/self/fd/{descriptor}").readlink().suffix == ".part"


def is_folder(descriptor: int) -> bool:
    """Whether `descriptor` is open on a folder."""
    return stat.S_ISDIR(os.fstat(descriptor).st_mode)


def _is_published(descriptor: int) -> bool:
    """Whether `descriptor` is open on a folder where the target has come, and its part file has gone."""
    suffixes = {Path(name).suffix for name in os.listdir(descriptor)} if is_folder(descriptor) else set()
    return ".csv" in suffixes and ".part" not in suffixes


def _is_regular(descriptor: int) -> bool:
    return stat.S_ISREG(os.fstat(descriptor).st_mode)


def _writes_part(descriptor: int, *_: object) -> bool:
    return is_part(descriptor)


def _names_part(path: "int | str | os.PathLike[str]", *_: object) -> bool:
    return not isinstance(path, int) and os.fspath(path).endswith(".part")


def _creates_part(path: "str | os.PathLike[str]", flags: int, *_: object) -> bool:
    return _names_part(path) and bool(flags & os.O_CREAT)


def _ends_well(_: object, state: JobState, *__: object) -> bool:
    return state is JobState.DONE


_STORE = "dataflow_desktop.records.job_store:JobStore"
_OWNED = "dataflow_desktop.records.owned_job:OwnedJob"

STEPS = {
    "job kept": Step(f"{_STORE}.add", _always),
    "part created": Step("os:open", _creates_part),
    "folder synced": Step("os:fsync", is_folder),
    "epoch begun": Step(f"{_STORE}.take", _always),
    "state entered": Step(f"{_OWNED}.enter", _always),
    "part cut back": Step("os:ftruncate", _writes_part),
    "part written": Step("os:write", _writes_part),
    "part synced": Step("os:fsync", is_part),
    "checkpoint saved": Step(f"{_OWNED}.save", _always),
    "finalizing saved": Step(f"{_OWNED}.finalize", _always),
    "done saved": Step(f"{_OWNED}.enter", _ends_well),
    "target named": Step("dataflow_desktop.destination.publishing:_rename_exclusively", _names_part),
    "target replaced": Step("os:replace", _names_part),
    "target synced": Step("os:fsync", _is_published),
}


def arm(cut: Cut, disks: list[Path]) -> None:
    """Let the call that `cut` names be the last of this process, and of `disks`."""
    step = STEPS[cut.step]
    owner, name = _found(step.where)
    original = getattr(owner, name)
    calls = 0

    def deadly(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - stands in for any function
        nonlocal calls
        calls += bool(step.is_meant(*arguments))
        if calls != cut.number or not step.is_meant(*arguments):
            return original(*arguments, **named)
        if cut.moment == "unplugged":
            shut_down(disks)
            return original(*arguments, **named)
        if cut.moment == "halfway":
            descriptor, data = arguments
            original(descriptor, bytes(data)[: len(data) // 2])
        if cut.moment == "after":
            original(*arguments, **named)
        cut_power(disks)
        return None

    setattr(owner, name, deadly)


def arm_timer(milliseconds: int, disks: list[Path]) -> None:
    """Let the power go so long after the job's run began."""
    owner, name = _found(STEPS["epoch begun"].where)
    original = getattr(owner, name)

    def begun(*arguments: Any) -> Any:  # noqa: ANN401 - stands in for any function
        timer = threading.Timer(milliseconds / 1000, cut_power, [disks])
        timer.daemon = True  # whoever ends before must not be held up
        timer.start()
        return original(*arguments)

    setattr(owner, name, begun)


def shut_down(disks: list[Path]) -> None:
    """Let `disks` answer every call with an error from now on, and forget what is not durable."""
    import fcntl  # here, for this module is imported on Windows too

    for disk in disks:
        descriptor = _open_folder(disk, os.O_RDONLY)
        fcntl.ioctl(descriptor, _SHUT_DOWN, _WITHOUT_FLUSH)
        os.close(descriptor)


def cut_power(disks: list[Path]) -> None:
    """Shut `disks` down and end this process, with nothing in between that could tidy up."""
    shut_down(disks)
    os.kill(os.getpid(), signal.SIGKILL)


def run(cut: Cut, disks: list[Path], arguments: list[str]) -> int:
    """Arm `cut`, run the program with `arguments` and return its exit code, should it come to one."""
    # All modules are there before a name in one of them is changed.
    import dataflow_desktop.cli.commands

    if cut.step == ANYWHERE:
        arm_timer(cut.number, disks)
    elif cut.step != NOWHERE:
        arm(cut, disks)
    return dataflow_desktop.cli.commands.main(arguments)


def run_by_hand(arguments: list[str]) -> int:
    """Run what a person typed: step, moment, number, disks and the arguments of the program."""
    step, moment, number, disks, *rest = arguments
    folders = [Path(disk) for disk in disks.split(os.pathsep) if disk]
    return run(Cut(step, moment, int(number)), folders, rest)


def _found(where: str) -> tuple[Any, str]:
    module_name, _, path = where.partition(":")
    owner: Any = importlib.import_module(module_name)
    *outer, name = path.split(".")
    for part in outer:
        owner = getattr(owner, part)
    return owner, name


if __name__ == "__main__":
    sys.exit(run_by_hand(sys.argv[1:]))

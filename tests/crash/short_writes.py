"""Runs the program where no write is complete: `python -m tests.crash.short_writes SEED DEADLY ARGUMENTS...`.

Each `os.write` really writes only the first bytes of what it is given, as many as chance will have it, and
says so, as it may on a full disk, a network folder, a pipe. The call numbered DEADLY, where there is one, is
the last: SIGKILL to the process itself. Exit code 99: everything was written at once, and nothing was tried.
"""

import os
import random
import signal
import sys

UNTRIED = 99

_write = os.write


class ShortWrites:
    """Stands in for `os.write`."""

    def __init__(self, chance: random.Random, deadly: int) -> None:
        self._chance = chance
        self._deadly = deadly
        self._calls = 0
        self.has_cut = False

    def __call__(self, descriptor: int, data: bytes | bytearray | memoryview) -> int:
        """Write some of `data`, at least one byte, and return how many."""
        self._calls += 1
        size = len(data) if len(data) < 2 else self._some(len(data))
        self.has_cut |= size < len(data)
        written = _write(descriptor, data[:size])
        if self._calls == self._deadly:
            os.kill(os.getpid(), signal.SIGKILL)
        return written

    def _some(self, size: int) -> int:
        """Choose a number of bytes: one, all, or any; few as likely as many."""
        few, any_number = self._chance.randint(1, min(size, 100)), self._chance.randint(1, size)
        return self._chance.choice((1, few, any_number, size))


def main() -> int:
    """Shorten all writes and run the program."""
    seed, deadly, *arguments = sys.argv[1:]
    import dataflow_desktop.cli.commands

    writes = ShortWrites(random.Random(int(seed)), int(deadly))
    setattr(os, "write", writes)  # noqa: B010 - mypy lets no object take the place of a function
    code = dataflow_desktop.cli.commands.main(arguments)
    return code if writes.has_cut else UNTRIED


if __name__ == "__main__":
    sys.exit(main())

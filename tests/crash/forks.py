"""Real processes of the program, forked off one that has imported all: a tenth of a second each, not one.

`python -m tests.crash.forks` answers each request, a line of JSON on standard input, with a line on standard
output, when the process that it forked for it has ended.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, NamedTuple

from tests.crash.mutants import mutate
from tests.crash.power_cut import Cut, run

ENDING_SECONDS = 60
"""A process that has not ended by then is killed by the alarm, and its test fails."""


@dataclass(frozen=True)
class Request:
    """What to run: the program with `arguments`, without the safeguard `mutant`, until `cut` hits `disks`."""

    home: str
    mutant: str
    cut: Cut
    disks: list[str]
    arguments: list[str]


class Ended(NamedTuple):
    """How a process ended: exit code (or minus the signal), standard output, standard error."""

    code: int
    output: str
    errors: str


class Forks:
    """Runs processes, one after the other."""

    def __init__(self, server: "subprocess.Popen[str]") -> None:
        self._server = server

    def run(self, request: Request) -> Ended:
        """Run one process to its end."""
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        self._server.stdin.write(json.dumps(asdict(request)) + "\n")
        self._server.stdin.flush()
        return Ended(*json.loads(self._server.stdout.readline()))


@contextmanager
def forks_ready() -> Iterator[Forks]:
    """Keep the process ready that all others are forked from."""
    command = [sys.executable, "-m", "tests.crash.forks"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        yield Forks(server)
        server.communicate()


def main() -> int:
    """Answer requests until there are no more."""
    import dataflow_desktop.cli.commands  # noqa: F401 - once for all

    for line in sys.stdin:
        asked = json.loads(line)
        answer = _forked(Request(**{**asked, "cut": Cut(*asked["cut"])}))
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
    return 0


def _forked(request: Request) -> Ended:
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
        child = os.fork()
        if not child:
            _become(request, output, errors)
        _, status = os.waitpid(child, 0)
        return Ended(os.waitstatus_to_exitcode(status), _text(output), _text(errors))


def _become(request: Request, output: IO[str], errors: IO[str]) -> None:
    """Be the program in this process, to its end."""
    signal.alarm(ENDING_SECONDS)
    for stream, number in ((output, 1), (errors, 2)):
        os.dup2(stream.fileno(), number)
    os.environ["DATAFLOW_HOME"] = request.home
    code = 1
    try:
        mutate(request.mutant)
        code = run(request.cut, [Path(disk) for disk in request.disks], request.arguments)
        sys.stdout.flush()
    except BaseException:  # noqa: BLE001 - nothing may go on as the server's second self
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(code)


def _text(file: IO[str]) -> str:
    file.seek(0)
    return file.read()


if __name__ == "__main__":
    sys.exit(main())

"""Real processes of the program, forked off one that has imported it: a tenth of a second each, not one.

For tests that start the program many times and are not about its start. What runs in a fork is what
`python -m MODULE ARGUMENTS` would run, and all but the imports is still before it.

`python -m tests.crash.forks SOCKET` is the process that the others are forked from. It answers one request
after the other on the socket of that number, each a JSON object with a number of its own, which the answer
repeats. `start` with a module, its arguments and its environment, and with descriptors for standard output,
standard error and, should it wait, a gate, is answered with the new process's number; `reap` with such a
number is answered with the exit code, as Popen has it, once that process has ended.
"""

import atexit
import gc
import json
import os
import runpy
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from select import select
from threading import Thread
from typing import IO, Any

from tests.program import PROGRAM, Program, note_started

MOST_BYTES = 1 << 17
"""Of a request or an answer."""

MOST_DESCRIPTORS = 3


class Fork(subprocess.Popen[str]):
    """A process that another one forked for us, to be handled as one that we started ourselves."""

    # Popen's own beginning starts a process, and its ends expect a child: neither is wanted here.
    def __init__(self, forks: "Forks", pid: int, output: IO[str], errors: IO[str]) -> None:
        self.args = ()
        self.pid = pid
        self.stdin = None
        self.stdout = output
        self.stderr = errors
        self.returncode: int | Any = None
        self._forks = forks
        self._end = os.pidfd_open(pid)
        self._printed: list[str] = []

    def poll(self) -> int | None:
        """Return the exit code, None as long as it runs."""
        return self._ended_within(0)

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end and return the exit code."""
        code = self._ended_within(timeout)
        if code is None:
            raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
        return code

    def communicate(
        self,
        input: str | None = None,  # noqa: A002 - Popen's name
        timeout: float | None = None,
    ) -> tuple[str, str]:
        """Wait for its end and return what it printed; it has no standard input."""
        reading = Thread(target=self._read_output, daemon=True)
        reading.start()
        reading.join(timeout)
        if reading.is_alive():
            raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
        self.wait(timeout)
        return "".join(self._printed), self._errors()

    def _ended_within(self, seconds: float | None) -> int | None:
        if self.returncode is None and select([self._end], [], [], seconds)[0]:
            os.close(self._end)
            self.returncode = self._forks.reap(self.pid)
        return self.returncode

    def _read_output(self) -> None:
        assert self.stdout is not None
        if not self.stdout.closed:
            with self.stdout:
                self._printed.append(self.stdout.read())

    def _errors(self) -> str:
        assert self.stderr is not None
        if self.stderr.closed:
            return ""
        with self.stderr:
            self.stderr.seek(0)
            return self.stderr.read()


class Forks:
    """Starts processes."""

    def __init__(self, server: socket.socket) -> None:
        self._server = server
        self._asked = 0

    def start(
        self, module: str, arguments: Sequence[str], environment: dict[str, str], gate: int | None = None
    ) -> Fork:
        """Start a process that runs `module`, as soon as `gate` is open."""
        printing, printed = os.pipe()
        errors = tempfile.TemporaryFile("w+", errors="backslashreplace")  # noqa: SIM115 - the process outlives us
        descriptors = [printed, errors.fileno(), *([] if gate is None else [gate])]
        request = {"start": module, "arguments": arguments, "environment": environment}
        pid = self._answer(request, descriptors)
        os.close(printed)
        return Fork(self, pid, os.fdopen(printing, errors="backslashreplace"), errors)

    def reap(self, pid: int) -> int:
        """Return the exit code of a process that has ended; once."""
        return self._answer({"reap": pid})

    def _answer(self, request: Mapping[str, object], descriptors: Sequence[int] = ()) -> int:
        self._asked += 1
        numbered = {**request, "number": self._asked}
        socket.send_fds(self._server, [json.dumps(numbered).encode()], descriptors)
        while True:
            number, answer = json.loads(self._server.recv(MOST_BYTES))
            if number == self._asked:  # another is what a test that was broken off no longer waited for
                return int(answer)


@contextmanager
def forks_ready() -> Iterator[Forks]:
    """Keep the process ready that all others are forked from."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    command = [sys.executable, "-m", __name__, str(theirs.fileno())]
    with subprocess.Popen(command, pass_fds=[theirs.fileno()]), ours:  # whose end is the server's too
        theirs.close()
        yield Forks(ours)


@contextmanager
def closed_gate() -> Iterator[int]:
    """Hold up the processes that are started with this gate, until the block ends."""
    gate, opening = os.pipe()
    try:
        yield gate
    finally:
        os.close(gate)
        os.close(opening)


@dataclass(frozen=True)
class ForkedProgram(Program):
    """The program with a home of its own, each start of it a fork."""

    forks: Forks

    def start(
        self, *arguments: str, launcher: Sequence[str] = PROGRAM, gate: int | None = None
    ) -> "subprocess.Popen[str]":
        """Start a process that runs `arguments`, as soon as `gate` is open."""
        option, module, *more = launcher
        assert option == "-m", "a fork runs a module"
        process = self.forks.start(module, [*more, *arguments], self.environment, gate)
        note_started(process)
        return process


def main() -> None:
    """Answer requests until there are no more; in a fork: run what was asked for."""
    codes = [1]  # of an exception that nobody catches, unless told otherwise
    atexit.register(_end_at_once, codes)  # the first that is registered is the last that is called
    _prepare()
    with socket.socket(fileno=int(sys.argv[1])) as client:
        module = _module_to_run(client)
    if module is not None:
        _run(module, codes)


def _run(module: str, codes: list[int]) -> None:
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except SystemExit as ending:
        codes[:] = [int(ending.code or 0)]
        raise


def _end_at_once(codes: Sequence[int]) -> None:
    """Leave out the last act of an interpreter, to take all modules apart: it takes longer than the rest."""
    sys.stdout.flush()
    os._exit(codes[0])


def _prepare() -> None:
    """Do once what each fork would have to; nothing that starts a thread or opens a database."""
    import sqlalchemy.dialects.sqlite
    import sqlalchemy.orm

    import dataflow_desktop.cli.commands  # noqa: F401 - that it is imported is all

    sqlalchemy.orm.configure_mappers()
    gc.freeze()  # else the forks would look through, and so copy, all that they share


def _module_to_run(client: socket.socket) -> str | None:
    """Answer all requests and return None; return in each fork too, ready for the module named."""
    while True:
        message, descriptors, _, _ = socket.recv_fds(client, MOST_BYTES, MOST_DESCRIPTORS)
        if not message:
            return None
        request = json.loads(message)
        if "reap" in request:
            _, status = os.waitpid(request["reap"], 0)
            answer = os.waitstatus_to_exitcode(status)
        elif not (answer := os.fork()):
            _become(request, *descriptors)
            return str(request["start"])
        for descriptor in descriptors:
            os.close(descriptor)
        client.send(json.dumps([request["number"], answer]).encode())


def _become(request: dict[str, Any], output: int, errors: int, gate: int | None = None) -> None:
    """Take the arguments, environment and streams of the request, and wait at the gate."""
    sys.argv[1:] = request["arguments"]
    os.environ.clear()
    os.environ.update(request["environment"])
    for source, stream in ((os.open(os.devnull, os.O_RDONLY), 0), (output, 1), (errors, 2)):
        os.dup2(source, stream)
        os.close(source)
    # The old ones remember what sort of file it was that they wrote to.
    sys.stdout = os.fdopen(1, "w")
    sys.stderr = os.fdopen(2, "w", buffering=1, errors="backslashreplace")
    if gate is not None:
        os.read(gate, 1)
        os.close(gate)


if __name__ == "__main__":
    main()

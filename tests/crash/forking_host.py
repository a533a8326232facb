"""Hosts runs of the command line that strace lays hands on: `python -m tests.crash.forking_host`.

Importing the program takes much longer than a small export does, and there are hundreds of system calls to
let fail, each in a run of its own. So the program is imported once; every run is a fork, a process of its own
with everything but its imports still before it, and strace has it before it begins.

Each line on standard input is a request, a JSON object:
    arguments   of the command line
    home        the folder for DATAFLOW_HOME
    output      the folder for `stdout`, `stderr` and strace's `trace`
    strace      options of strace; without any the run is not traced
Each is answered with a line that holds the exit code, as `os.waitstatus_to_exitcode` gives it.
"""

import gc
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any


def main() -> int:
    """Answer requests until there are none; in a fork: run the program."""
    _prepare()
    for line in sys.stdin:
        request = json.loads(line)
        gate, opening = os.pipe()
        child = os.fork()
        if not child:
            os.close(opening)
            return _run(request, gate)
        os.close(gate)
        sys.stdout.write(f"{_ended(child, opening, request)}\n")
        sys.stdout.flush()
    return 0


def _prepare() -> None:
    """Do once what each fork would have to; nothing that starts a thread or opens a database."""
    import sqlalchemy.dialects.sqlite
    import sqlalchemy.orm

    import dataflow_desktop.cli.commands  # noqa: F401 - that it is imported is all

    sqlalchemy.orm.configure_mappers()
    gc.freeze()  # else the forks would look through, and so copy, all that they share


def _run(request: dict[str, Any], gate: int) -> int:
    os.read(gate, 1)
    os.close(gate)
    os.environ["DATAFLOW_HOME"] = request["home"]
    os.dup2(os.open(os.devnull, os.O_RDONLY), sys.stdin.fileno())
    for stream in (sys.stdout, sys.stderr):
        output = Path(request["output"]) / stream.name.strip("<>")
        os.dup2(os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), stream.fileno())
    sys.argv[1:] = request["arguments"]
    from dataflow_desktop.__main__ import main as run

    return run()


def _ended(child: int, opening: int, request: dict[str, Any]) -> int:
    """Let the fork go, once strace has it, and return its exit code when both have ended."""
    tracer = _attached(child, request) if request["strace"] else None
    os.close(opening)
    _, status = os.waitpid(child, 0)
    if tracer is not None:
        tracer.communicate()  # all is in the trace only now
    return os.waitstatus_to_exitcode(status)


def _attached(child: int, request: dict[str, Any]) -> "subprocess.Popen[str]":
    trace = str(Path(request["output"]) / "trace")
    command = ["strace", "-f", "-y", "-o", trace, *request["strace"], "-p", str(child)]
    tracer = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if tracer.stderr is None:
        raise TypeError
    said = tracer.stderr.readline()
    if "attached" not in said:
        raise RuntimeError(said)
    return tracer


if __name__ == "__main__":
    sys.exit(main())

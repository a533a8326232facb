"""Runs of the command line in which system calls fail, and what strace saw of them."""

import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.crash.forks import ForkedProgram, Forks, closed_gate
from tests.program import ENDING_SECONDS

# Names without a question mark must exist; which of the others do depends on the processor.
CALLS = {
    "write": "write",
    "pwrite": "pwrite64",
    "fsync": "fsync",
    "fdatasync": "fdatasync",
    "truncate": "ftruncate",
    "exclusive rename": "renameat2",
    "link": "?link,linkat",
    "rename": "?rename,?renameat",
    "unlink": "?unlink,unlinkat",
}
"""What strace calls the system calls that change files."""

_CALL = re.compile(r"(?P<pid>\d+) +(?P<name>\w+)\((?P<arguments>.*)")
_RESUMED = re.compile(r"(?P<pid>\d+) +<\.\.\. \w+ resumed>(?P<rest>.*)")
_DESCRIPTOR = re.compile(r"\d+<(?P<path>[^>]*)>")
_NAME = re.compile(r'"(?P<path>[^"]*)"')


@dataclass(frozen=True)
class Call:
    """A system call as strace saw it."""

    name: str
    text: str

    @property
    def path(self) -> str:
        """The file, or the first of two, that it was about."""
        found = _DESCRIPTOR.match(self.text) or _NAME.search(self.text)
        return found["path"] if found is not None else ""

    @property
    def is_injected(self) -> bool:
        """Whether it did not happen: strace gave an error for it."""
        return self.text.endswith("(INJECTED)")

    @property
    def size(self) -> int:
        """The length that an ftruncate gives its file."""
        return int(self.text.rpartition(")")[0].split(", ")[1])

    def __str__(self) -> str:
        return f"{self.name}({self.text}"


@dataclass(frozen=True)
class Run:
    """A run that has ended."""

    code: int
    output: str
    errors: str
    trace: str

    @cached_property
    def calls(self) -> list[Call]:
        """All calls that were traced, in the order in which they began."""
        return list(_calls(self.trace))

    @property
    def injected(self) -> list[Call]:
        """The calls that were made to fail."""
        return [call for call in self.calls if call.is_injected]


@dataclass(frozen=True)
class Injection:
    """Calls of one kind that end in `error`; `when` is strace's: 3 is the third, 1+2 each second one."""

    call: str
    error: str
    when: str | int

    @property
    def option(self) -> str:
        """What strace is told."""
        outcome = "signal=KILL" if self.error == "SIGKILL" else f"error={self.error}"
        return f"inject={CALLS[self.call]}:{outcome}:when={self.when}"


@dataclass(frozen=True)
class Host:
    """Runs the command line; `trace` is the file for what strace sees."""

    forks: Forks
    trace: Path

    def run(self, home: Path, *arguments: str) -> Run:
        """Run the command line to its end, without strace: that is twice as fast."""
        process = ForkedProgram(home, self.forks).start(*arguments)
        output, errors = process.communicate(timeout=ENDING_SECONDS)
        return Run(process.returncode, output, errors, "")

    def traced(self, home: Path, *arguments: str, injections: Sequence[Injection] = ()) -> Run:
        """Run the command line to its end under strace, with the `injections`."""
        options = [f"--trace={','.join(CALLS.values())}"]
        for injection in injections:
            options += ["-e", injection.option]
        with closed_gate() as gate:
            process = ForkedProgram(home, self.forks).start(*arguments, gate=gate)
            tracer = self._attached(process.pid, options)
        output, errors = process.communicate(timeout=ENDING_SECONDS)
        tracer.communicate()  # all is in the trace only now
        return Run(process.returncode, output, errors, self.trace.read_text(errors="backslashreplace"))

    def _attached(self, pid: int, options: Sequence[str]) -> "subprocess.Popen[str]":
        command = ["strace", "-f", "-y", "-o", str(self.trace), *options, "-p", str(pid)]
        tracer = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        assert tracer.stderr is not None
        said = tracer.stderr.readline()
        assert "attached" in said, said
        return tracer


def _calls(trace: str) -> Iterator[Call]:
    # A call of one thread during which another one's is told stands in two lines.
    rests: dict[str, list[str]] = {}
    lines = trace.splitlines()
    for line in reversed(lines):
        if resumed := _RESUMED.match(line):
            rests.setdefault(resumed["pid"], []).append(resumed["rest"])
    for line in lines:
        if call := _CALL.match(line):
            begun, is_unfinished, _ = call["arguments"].partition("<unfinished ...>")
            rest = rests[call["pid"]].pop() if is_unfinished and rests.get(call["pid"]) else ""
            yield Call(call["name"], (begun + rest).strip())

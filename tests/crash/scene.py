"""One export that is cut off, and how it ends when the machine is back."""

import json
import os
import signal
from contextlib import closing
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import NamedTuple

from dataflow_desktop.records.job_store import JobStore
from tests.crash.cut_disk import CutDisk
from tests.crash.forks import ForkedProgram, Forks
from tests.crash.mutants import UNMUTATED
from tests.crash.power_cut import ANYWHERE, NOWHERE, Cut
from tests.program import ENDING_SECONDS

DESTINATION, REFUSED = 4, 5
"""Exit codes: the file or its disk; a person must decide."""

_RUN_THROUGH = Cut(NOWHERE, "after", 0)


class Outcome(Enum):
    """What became of the promise."""

    IDENTICAL = auto()
    REFUSED = auto()
    BROKEN = auto()


class Ended(NamedTuple):
    """How a process ended: exit code (or minus the signal), standard output, standard error."""

    code: int
    output: str
    errors: str


class Ending(NamedTuple):
    """An outcome, what speaks for it, and how many saved rows the resume began with (None without a job)."""

    outcome: Outcome
    why: str
    resumed_rows: int | None = None


@dataclass(frozen=True)
class Scene:
    """An export from `catalogue` to `target`, on a machine whose power cut hits `disks`.

    `before` is what stands at the target until the export is whole. `mutant` names the safeguard that the
    program lacks, see `mutants`.
    """

    forks: Forks
    home: Path
    catalogue: Path
    target: Path
    reference: bytes
    disks: tuple[CutDisk, ...] = ()
    before: bytes | None = None
    mutant: str = UNMUTATED

    def export_until(self, cut: Cut, *more: str) -> None:
        """Begin the export, with `more` options, and lose the power at `cut`."""
        self._lose_power(cut, *self._export_arguments(), *more)

    def export_unplugged(self, cut: Cut) -> str:
        """Begin the export, lose the disks at `cut` and return what the program, still alive, tells."""
        code, _, told = self._run(cut, *self._export_arguments())
        assert code == DESTINATION, f"{cut}: exit code {code}: {told}"
        self._bring_disks_back()
        return told

    def resume_until(self, cut: Cut) -> None:
        """Resume, and lose the power again at `cut`."""
        self._lose_power(cut, "resume", "--all")

    @property
    def part(self) -> Path:
        """The part file."""
        (part,) = self._parts()
        return part

    def ending(self) -> Ending:
        """Resume what can be resumed, and judge what came of it."""
        if self._content() not in {self.before, self.reference}:
            return Ending(Outcome.BROKEN, "after the cut, other bytes have the target's name")
        code, output, errors = self._run(_RUN_THROUGH, "resume", "--all", "--progress", "json")
        outcome, why = self._judged(code, errors)
        return Ending(outcome, why, _resumed_rows(output))

    def _judged(self, code: int, errors: str) -> tuple[Outcome, str]:
        states = self._states()
        content = self._content()
        if not states:
            return Outcome.BROKEN, "the job is lost"
        if states == ["DONE"] and content != self.reference:
            return Outcome.BROKEN, f"DONE, but the target is {_described(content)}"
        if content not in {self.before, self.reference}:
            return Outcome.BROKEN, f"{states}: the target is {_described(content)}"
        if code == REFUSED and states != ["DONE"] and errors.strip() and "Traceback" not in errors:
            return Outcome.REFUSED, errors
        if code or states != ["DONE"] or self._parts():
            return Outcome.BROKEN, f"exit code {code}, {states}, {self._parts()}: {errors}"
        return Outcome.IDENTICAL, "the reference bytes"

    def _export_arguments(self) -> list[str]:
        self._prepare_target()
        arguments = ["export", str(self.catalogue), "products", "-o", str(self.target)]
        arguments += ["--chunk-rows", "500", "--checkpoint-seconds", "0"]
        if self.before is not None:
            arguments.append("--overwrite")
        return arguments

    def _prepare_target(self) -> None:
        """Make what was there long before the export, and is durable therefore."""
        folder = self.target.parent
        folder.mkdir(parents=True, exist_ok=True)
        if self.before is not None:
            self.target.write_bytes(self.before)
            _sync(self.target)
        _sync(folder)
        _sync(folder.parent)

    def _lose_power(self, cut: Cut, *arguments: str) -> None:
        code, _, errors = self._run(cut, *arguments)
        # A cut at no step may let the program see its disk fail, for the moment until the kill.
        expected = {-signal.SIGKILL, DESTINATION} if cut.step == ANYWHERE else {-signal.SIGKILL}
        assert code in expected, f"{cut} was never reached: exit code {code}: {errors}"
        self._bring_disks_back()

    def _bring_disks_back(self) -> None:
        for disk in self.disks:
            disk.come_back()

    def _run(self, cut: Cut, *arguments: str) -> Ended:
        disks = os.pathsep.join(str(disk.folder) for disk in self.disks)
        launcher = ("-m", "tests.crash.mutants", self.mutant, cut.step, cut.moment, str(cut.number), disks)
        process = ForkedProgram(self.home, self.forks).start(*arguments, launcher=launcher)
        output, errors = process.communicate(timeout=ENDING_SECONDS)
        return Ended(process.returncode, output, errors)

    def _states(self) -> list[str]:
        with closing(JobStore(self.home / "jobs.db")) as store:
            return [job.state.value for job in store.jobs()]

    def _parts(self) -> list[Path]:
        return sorted(self.target.parent.glob(".*.part"))

    def _content(self) -> bytes | None:
        return self.target.read_bytes() if self.target.exists() else None


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


def _described(content: bytes | None) -> str:
    return "missing" if content is None else f"{len(content)} other bytes"


def _resumed_rows(output: str) -> int | None:
    for line in output.splitlines():
        event = json.loads(line)
        if event["event"] == "started":
            rows: int = event["resumed_rows"]
            return rows
    return None

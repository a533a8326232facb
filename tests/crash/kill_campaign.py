"""SIGKILL at moments and steps nobody chose, up to five in one export, and what must hold after each.

A run is one export. Its processes are real ones: forks of the command line, now and then a window. What a run
does follows from the campaign's seed and the run's number alone, so that one run can be repeated without the
others; only the exact moment at which a kill by the clock arrives is the machine's.
"""

import random
import shutil
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from dataflow_desktop.domain.job import Job, JobState
from dataflow_desktop.export.job_list import list_jobs
from dataflow_desktop.locations import HOME_VARIABLE
from dataflow_desktop.records.job_store import JobStore
from tests.crash.campaign_wishes import WINDOW, WINDOW_WISH, WISHES, Reference, Sources, Wish, read_line
from tests.crash.forks import ForkedProgram, Forks
from tests.crash.killed_at import STEPS
from tests.program import ENDING_SECONDS, Program, end_what_was_started, parts_in

MOST_KILLS = 5
WINDOW_SHARE = 0.1
OVERWRITE_SHARE = 0.3
STEP_SHARE = 0.4
REPEATED_STEPS = frozenset(
    {"state entered", "system write", "chunk appended", "part made durable", "checkpoint saved"}
)
NUMBERS = (1, 1, 1, 2, 2, 3, 4, 6)
"""Which call of a repeated step is the last: early ones more often, for not all of them come that often."""

BEFOREHAND = b"what stood there before"
ORPHAN_SECONDS = 10.0
"""A reader that is still being imported when its owner dies sees it only afterwards."""

RESUME = ("resume", "--all", "--progress", "json")


_STEPS = [step for step in STEPS if not step.startswith("manifest")]
"""Those that each export takes: none here has a manifest."""


class Place(Enum):
    """Where a kill met the process, by what it had done to the part file since its own start."""

    BEFORE = "before it wrote"
    DURING = "while it wrote"
    AFTER = "when all was written"


@dataclass(frozen=True)
class Kill:
    """How one process is to die: at a step of the engine, else by the clock.

    `share` of the expected time passes before: of the whole run's, or of the writing's alone.
    """

    share: float
    is_while_writing: bool
    step: tuple[str, str, str] | None


@dataclass(frozen=True)
class RunPlan:
    """All that chance decides of a run."""

    wish: Wish
    is_overwriting: bool
    kills: tuple[Kill, ...]


@dataclass
class Outcome:
    """What came of a run; `broken` says which promise was broken, empty when all were kept."""

    number: int
    plan: RunPlan
    kills: Counter[Place] = field(default_factory=Counter)
    orphans: int = 0
    broken: str = ""


class PromiseBrokenError(Exception):
    """What must hold did not."""


class Campaign:
    """Runs by number; the databases and their references are made once and kept in `folder`."""

    def __init__(self, folder: Path, seed: int, forks: Forks) -> None:
        self._folder = folder
        self._seed = seed
        self._forks = forks
        self._sources = Sources(folder / "sources", forks)

    def run(self, number: int) -> Outcome:
        """Run an export by the plan of that number; the run's folder stays only when a promise was broken."""
        plan = plan_of(self._seed, number)
        folder = self._folder / f"run {number}"
        outcome = Outcome(number, plan)
        run = _Run(ForkedProgram(folder / "home", self._forks), plan, self._sources, outcome)
        try:
            run.go_through()
        except (PromiseBrokenError, subprocess.TimeoutExpired) as error:
            outcome.broken = self._told(outcome, run.diary, error)
            end_what_was_started()  # so that it does not disturb the next run
        else:
            shutil.rmtree(folder)
        return outcome

    def _told(self, outcome: Outcome, diary: Sequence[str], error: Exception) -> str:
        return "\n  ".join(
            [
                f"seed {self._seed}, run {outcome.number}: {error}",
                f"{outcome.plan.wish}, overwriting: {outcome.plan.is_overwriting}",
                *diary,
                f"python3 dev.py bench kills --seed {self._seed} --only {outcome.number}",
            ]
        )


def plan_of(seed: int, number: int) -> RunPlan:
    """Return what chance decides of a run, the same for the same seed and number."""
    chance = random.Random(f"{seed}/{number}")
    is_by_window = chance.random() < WINDOW_SHARE
    wish = WINDOW_WISH if is_by_window else chance.choice(WISHES)
    is_overwriting = chance.random() < OVERWRITE_SHARE and not is_by_window
    kills = tuple(_kill_by(chance) for _ in range(chance.randint(1, MOST_KILLS)))
    return RunPlan(wish, is_overwriting, kills)


def _kill_by(chance: random.Random) -> Kill:
    is_at_step = chance.random() < STEP_SHARE
    name = chance.choice(_STEPS)
    moments = ("before", "after", "halfway") if name == "system write" else ("before", "after")
    number = chance.choice(NUMBERS)
    step = (name, chance.choice(moments), str(number if name in REPEATED_STEPS else 1))
    return Kill(chance.random(), chance.random() < 0.5, step if is_at_step else None)


class _Run:
    """One export from its first process to the last."""

    def __init__(self, program: Program, plan: RunPlan, sources: Sources, outcome: Outcome) -> None:
        self._plan = plan
        self._source = sources.path(plan.wish)
        self._reference = sources.reference(plan.wish)
        self._outcome = outcome
        self._program = program
        self._target = program.home.parent / "out" / "all.csv"
        self._target.parent.mkdir(parents=True)
        if plan.is_overwriting:
            self._target.write_bytes(BEFOREHAND)
        self.diary: list[str] = []

    def go_through(self) -> None:
        """Kill and resume by the plan, then resume undisturbed; raises PromiseBrokenError."""
        jobs: list[Job] = []
        for kill in self._plan.kills:
            before = self._part_stamp()
            process = self._start(kill, jobs)
            if not self._has_killed(process, kill, jobs):
                break
            jobs = self._see_promise_kept()
            self._count(before, jobs)
        self._finish(jobs)

    def _start(self, kill: Kill, jobs: Sequence[Job]) -> "subprocess.Popen[str]":
        """Start what comes next: the export when nothing of it was kept, else its resume."""
        if not jobs and self._plan.wish.is_by_window:
            self.diary.append(f"window, {kill}")
            window = Program(self._program.home)
            return window.start(str(self._source), str(self._target), launcher=WINDOW)
        arguments = self._next_arguments(jobs)
        self.diary.append(f"{arguments[0]}, {kill}")
        if kill.step is None:
            return self._program.start(*arguments)
        return self._program.start(*arguments, launcher=("-m", "tests.crash.killed_at", *kill.step))

    def _next_arguments(self, jobs: Sequence[Job]) -> Sequence[str]:
        if jobs:
            return RESUME
        overwriting = ("--overwrite",) if self._plan.is_overwriting else ()
        return [*self._plan.wish.arguments(self._source, self._target), *overwriting]

    def _has_killed(self, process: "subprocess.Popen[str]", kill: Kill, jobs: Sequence[Job]) -> bool:
        """Let the process die; whether it did, or was faster or never came to the step, and ended well."""
        is_window = not jobs and self._plan.wish.is_by_window
        if kill.step is None or is_window:  # killed_at knows the command line only
            if kill.is_while_writing:
                read_line(process)
            # The random moment itself: nothing is waited for.
            time.sleep(kill.share * _expected_seconds(self._reference, kill, jobs))
            process.kill()
        return self._has_died(process)

    def _has_died(self, process: "subprocess.Popen[str]") -> bool:
        _, errors = process.communicate(timeout=ENDING_SECONDS)
        self.diary.append(f"ended with {process.returncode}: {errors.strip()}")
        self._see_readers_end()
        if process.returncode == -signal.SIGKILL:
            return True
        self._expect(process.returncode == 0, "a process that was not killed did not end well")
        return False

    def _see_readers_end(self) -> None:
        """A reader process must not outlive its owner, however that died."""
        left = list(_processes_of(self._program.home))
        self._outcome.orphans += len(left)
        _, alive = psutil.wait_procs(left, timeout=ORPHAN_SECONDS)
        for process in alive:  # so that it does not disturb the next run
            process.kill()
        self._expect(not alive, f"{len(alive)} processes went on without their owner")

    def _see_promise_kept(self) -> list[Job]:
        """After a kill: no half file has the target's name, and no job calls itself done when it is not."""
        is_whole = self._is_whole()
        self._expect(is_whole or self._is_as_before(), "the target is neither whole nor as it was")
        jobs = _jobs_found(self._program.home)
        self._expect(len(jobs) <= 1, "one export became several jobs")
        for job in jobs:
            may_stand = {JobState.PENDING, JobState.INTERRUPTED} | ({JobState.DONE} if is_whole else set())
            self._expect(job.state in may_stand, f"killed, the job is {job.state}")
        return jobs

    def _is_whole(self) -> bool:
        return self._target.exists() and self._target.read_bytes() == self._reference.data

    def _is_as_before(self) -> bool:
        if not self._plan.is_overwriting:
            return not self._target.exists()
        return self._target.read_bytes() == BEFOREHAND

    def _part_stamp(self) -> Sequence[tuple[int, int]]:
        """Return what changes when somebody writes to the part file; a file without a byte is none."""
        stamps = [path.stat() for path in parts_in(self._target.parent) if path.suffix == ".part"]
        return [(stamp.st_size, stamp.st_mtime_ns) for stamp in stamps if stamp.st_size]

    def _count(self, before: Sequence[tuple[int, int]], jobs: Sequence[Job]) -> None:
        place = Place.BEFORE if self._part_stamp() == before else Place.DURING
        if any(job.whole_file is not None for job in jobs):
            place = Place.AFTER
        self._outcome.kills[place] += 1
        self.diary.append(f"killed {place.value}")

    def _finish(self, jobs: Sequence[Job]) -> None:
        """Let nobody disturb the last process, and see that all is as if nobody ever had."""
        process = self._program.start(*self._next_arguments(jobs or _jobs_found(self._program.home)))
        self._expect(not self._has_died(process), "the last process died")
        self._expect(self._is_whole(), "the file differs from that of an undisturbed export")
        self._expect(not parts_in(self._target.parent), "a part file is left")
        states = [job.state for job in _jobs_found(self._program.home)]
        self._expect(states == [JobState.DONE], f"the jobs in the end: {states}")

    @staticmethod
    def _expect(is_so: bool, otherwise: str) -> None:
        if not is_so:
            raise PromiseBrokenError(otherwise)


def _expected_seconds(reference: Reference, kill: Kill, jobs: Sequence[Job]) -> float:
    """Return how long the process is expected to write, and unless it does so already, to start before."""
    left = 1.0
    for job in jobs:
        left -= job.durable_rows / max(job.plan.total_rows, 1)
    starting = 0.0 if kill.is_while_writing else reference.starting_seconds
    return starting + left * reference.writing_seconds


def _jobs_found(home: Path) -> list[Job]:
    """Return the jobs in the store of a dead process.

    They are looked up in a copy: whoever opens the store recovers it, and that is the next process's to do.
    """
    with TemporaryDirectory() as name:
        copy = Path(name)
        for file in ("jobs.db", "jobs.db-wal", "jobs.db-journal"):
            if (home / file).exists():
                shutil.copy(home / file, copy)
        with closing(JobStore(copy / "jobs.db")) as store:
            return list_jobs(store)


def _processes_of(home: Path) -> Iterator[psutil.Process]:
    """Yield all processes that keep their files in `home`, whoever their parent is by now."""
    for process in psutil.process_iter():
        try:
            if process.environ().get(HOME_VARIABLE) == str(home):
                yield process
        except (psutil.Error, OSError):  # another user's, or it has just ended
            continue

"""The promise, whatever happens in whatever order: stops, cuts, harm to files, consents, a lost record."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from dataflow_desktop.destination import job_lock
from dataflow_desktop.destination.job_lock import JobLock
from dataflow_desktop.domain.consent import Consent
from dataflow_desktop.domain.job import Job, JobState
from dataflow_desktop.domain.progress import Finished, Report
from dataflow_desktop.errors import DataFlowError, ReasonCode
from dataflow_desktop.export import unfinished_file
from dataflow_desktop.export.engine import run_job
from dataflow_desktop.export.rebuilding import rebuild_job
from dataflow_desktop.pacing import StopRequest, StopWish
from dataflow_desktop.records.job_store import JobStore
from dataflow_desktop.source.product_catalogue import make_catalogue
from tests.campaign import examples
from tests.unit.exports import new_job, part_of, run_to_end, spec_for

pytestmark = pytest.mark.timeout(600)  # 90 s alone: a busy machine takes several times that

ROWS = 300
"""Thirty chunks, more than most examples get to."""

GARBAGE = st.sampled_from([b"", b"?", b"garbage\n" * 5_000])
"""The longest is longer than the whole file."""

SHARES = st.floats(0, 1, exclude_max=True)
CONSENTS = st.frozensets(st.sampled_from([Consent.CUT_BACK, Consent.SOURCE]))


def is_unfinished(machine: "PromiseMachine") -> bool:
    return machine.job.state is not JobState.DONE


def has_part(machine: "PromiseMachine") -> bool:
    return is_unfinished(machine) and machine.part.exists()


class PromiseMachine(RuleBasedStateMachine):
    """One export that a person, other programs and the power company work on.

    `harms` is what keeps it from going on as it is, each with how to undo it.
    """

    def __init__(self) -> None:
        super().__init__()
        self._place = TemporaryDirectory()
        place = Path(self._place.name)
        self.source = place / "few.db"
        make_catalogue(self.source, ROWS)
        self.target = place / "out" / "products.csv"
        self.target.parent.mkdir()
        self.store_path = place / "home" / "jobs.db"
        self.store = JobStore(self.store_path)
        self.reference = self._reference(place / "reference.csv")
        self.job_id = new_job(self.store, spec_for(self.source, self.target)).id
        self.part = part_of(self.job)
        self.harms: dict[str, Callable[[], object]] = {}

    def _reference(self, path: Path) -> bytes:
        run_to_end(self.store, new_job(self.store, spec_for(self.source, path)))
        return path.read_bytes()

    @property
    def job(self) -> Job:
        return self.store.job(self.job_id)

    def run(self, reports: int, wish: StopWish | None, consents: frozenset[Consent]) -> Report | None:
        """Run for so many reports, then stop as `wish` says, or as a crash does; return the last report."""
        stop = StopRequest()
        running = run_job(self.store, self.job_id, stop, consents=consents)
        last = None
        with closing(running):  # type: ignore[type-var]  # a generator, which only the engine need know
            for number, report in enumerate(running, 1):
                last = report
                if number == reports:
                    if wish is None:
                        break
                    stop.ask(wish)
        return last

    @precondition(is_unfinished)
    @rule(reports=st.integers(1, 6), wish=st.sampled_from([None, StopWish.PAUSE]), consents=CONSENTS)
    def advance(self, reports: int, wish: StopWish | None, consents: frozenset[Consent]) -> None:
        is_agreed = set(self.harms) <= {str(consent) for consent in consents}
        try:
            last = self.run(reports, wish, consents)
        except DataFlowError:
            assert self.harms
            return
        assert not self.harms or is_agreed or last is None
        self.harms.clear()
        if isinstance(last, Finished):
            assert self.target.read_bytes() == self.reference

    @precondition(has_part)
    @rule(share=SHARES, garbage=GARBAGE)
    def cut_power(self, share: float, garbage: bytes) -> None:
        """Lose what was not durable, or find something else in its place."""
        if "part" in self.harms:
            return
        durable = self.job.checkpoint.bytes if self.job.checkpoint is not None else 0
        content = self.part.read_bytes()
        kept = durable + int(share * max(len(content) - durable, 0))
        self.part.write_bytes(content[:kept] + garbage)

    @precondition(has_part)
    @rule(share=SHARES, is_cut=st.booleans())
    def harm_part(self, share: float, is_cut: bool) -> None:
        checkpoint = self.job.checkpoint
        if checkpoint is None or self.harms:
            return
        before = self.part.read_bytes()
        at = int(share * checkpoint.bytes)
        after = before[:at] if is_cut else before[:at] + bytes([before[at] ^ 1]) + before[at + 1 :]
        self.part.write_bytes(after)
        with self.part.open("rb") as file:
            is_mendable = bool(file) and at >= self._oldest_size()
        name = str(Consent.CUT_BACK) if is_mendable else "part"
        self.harms[name] = lambda: self.part.write_bytes(before)

    def _oldest_size(self) -> int:
        query = "SELECT min(bytes) FROM checkpoints WHERE job_id = ?"
        with closing(sqlite3.connect(self.store_path)) as connection:
            size: int = connection.execute(query, (self.job_id,)).fetchone()[0]
        return size

    @precondition(has_part)
    @rule()
    def take_part_away(self) -> None:
        if self.harms or self.job.checkpoint is None:
            return
        away = self.part.rename(self.part.with_name("away"))
        self.harms["part"] = lambda: away.rename(self.part)

    @precondition(is_unfinished)
    @rule()
    def replace_source(self) -> None:
        if self.harms:
            return
        before = self.source.rename(self.source.with_name("before.db"))
        shutil.copy(before, self.source)
        self.harms[str(Consent.SOURCE)] = lambda: before.replace(self.source)

    @precondition(is_unfinished)
    @rule()
    def change_table(self) -> None:
        if self.harms:
            return
        self._alter("ADD COLUMN added TEXT")
        self.harms["table"] = lambda: self._alter("DROP COLUMN added")

    def _alter(self, change: str) -> None:
        with closing(sqlite3.connect(self.source)) as connection, connection:
            connection.execute(f"ALTER TABLE products {change}")

    @precondition(lambda machine: bool(machine.harms))
    @rule()
    def undo_harm(self) -> None:
        _, undo = self.harms.popitem()
        undo()

    @precondition(is_unfinished)
    @rule(reports=st.integers(1, 6))
    def fill_disk(self, reports: int) -> None:
        before = self.job.durable_rows
        with (
            patch.object(unfinished_file, "check_room", _no_room),
        ):
            try:
                last = self.run(reports, None, frozenset())
            except DataFlowError:
                last = None
        assert self.job.durable_rows >= before
        if isinstance(last, Finished):  # nothing was left to be written
            assert self.target.read_bytes() == self.reference

    @precondition(is_unfinished)
    @rule()
    def meet_another_owner(self) -> None:
        before = self.job
        lock = JobLock.acquire(self.store.lock_folder, self.job_id)
        assert lock is not None
        with pytest.raises(DataFlowError) as caught:
            self.run(1, None, frozenset(Consent))
        lock.release()
        assert caught.value.reason.code == ReasonCode.JOB_OWNED.name
        assert self.job == before

    @precondition(has_part)
    @rule()
    def lose_record(self) -> None:
        """Lose the job store with all its jobs; the file tells which job it is of."""
        if self.job.whole_file is not None:
            return
        checkpoint = self.job.checkpoint
        self.store.close()
        for path in self.store_path.parent.glob("jobs.db*"):
            path.unlink()
        self.store = JobStore(self.store_path)
        rebuild_job(self.store, self.part)
        assert self.job.checkpoint == checkpoint

    @precondition(lambda machine: not is_unfinished(machine))
    @rule()
    def run_what_is_done(self) -> None:
        with pytest.raises(DataFlowError) as caught:
            self.run(1, None, frozenset(Consent))
        assert caught.value.reason.code == ReasonCode.JOB_ENDED.name

    @invariant()
    def target_is_whole_or_not_there(self) -> None:
        if self.target.exists():
            assert self.target.read_bytes() == self.reference
        assert is_unfinished(self) or self.target.exists()

    def teardown(self) -> None:
        """Without any harm left it always ends in the same bytes."""
        for undo in self.harms.values():
            undo()
        try:
            if is_unfinished(self):
                self.run(10_000, None, frozenset())
            assert self.target.read_bytes() == self.reference
            assert [path.name for path in self.target.parent.iterdir()] == [self.target.name]
        finally:
            self.store.close()
            self._place.cleanup()


def _no_room(folder: Path, _: int) -> None:
    raise DataFlowError(ReasonCode.DISK_NEARLY_FULL, folder=folder, free="0", reserved="1")


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job_lock, "TRIES", 1)


TestPromise = PromiseMachine.TestCase
TestPromise.settings = settings(max_examples=examples(25), stateful_step_count=15, deadline=None)

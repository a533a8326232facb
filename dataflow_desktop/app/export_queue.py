"""Which export begins next: the order of those that wait, and how many of one database run at once."""

from collections import Counter
from collections.abc import Iterable

from dataflow_desktop.workers.export_wishes import RunWish

MOST_AT_ONCE = 4
"""In all, of whatever databases: more would only take turns at the interpreter and the disk."""


class ExportQueue:
    """The runs that wait for their turn; `at_once` is how many of one database may run."""

    def __init__(self) -> None:
        self.at_once = 1
        self._waiting: list[RunWish] = []
        self._urgent: set[str] = set()

    @property
    def job_ids(self) -> tuple[str, ...]:
        """The jobs that wait, the next one first."""
        return tuple(run.job_id for run in self._waiting)

    def add(self, run: RunWish) -> None:
        """Let `run` wait behind all others."""
        self._waiting.append(run)

    def drop(self, job_id: str) -> None:
        """Let a job wait no longer."""
        self._waiting = [run for run in self._waiting if run.job_id != job_id]
        self._urgent.discard(job_id)

    def clear(self) -> None:
        """Let nothing wait any longer."""
        self._waiting.clear()
        self._urgent.clear()

    def move(self, job_id: str, places: int) -> None:
        """Let a job that waits begin so many places later, or earlier when negative."""
        for place, run in enumerate(self._waiting):
            if run.job_id == job_id:
                del self._waiting[place]
                self._waiting.insert(max(place + places, 0), run)
                return

    def hurry(self, job_id: str) -> None:
        """Let a job that waits begin next, however many of its database run."""
        self.move(job_id, -len(self._waiting))
        self._urgent.add(job_id)

    def take_next(self, running: Iterable[RunWish]) -> RunWish | None:
        """Return the first run that may begin beside those `running`, and let it wait no longer."""
        of_source = Counter(run.source for run in running)
        if of_source.total() >= MOST_AT_ONCE:
            return None
        for run in self._waiting:
            if of_source[run.source] < self.at_once or run.job_id in self._urgent:
                self.drop(run.job_id)
                return run
        return None

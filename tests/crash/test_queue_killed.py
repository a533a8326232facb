"""Ten exports wait in the queue of a window that is killed twice: all end right, each once."""

import os
import random
import signal
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from dataflow_desktop.domain.job import JobState
from dataflow_desktop.export.job_list import list_jobs
from dataflow_desktop.records.job_store import JobStore
from tests.crash.queue_of_ten import COUNT, queries
from tests.program import ENDING_SECONDS, note_started
from tests.unit.databases import make_database
from tests.unit.exports import job_store, new_job, run_to_end, spec_for

ROWS = 3_000
MOST_REPORTS = 60
"""A killed window has reported so often at most: twice that is less than half of what ten exports report."""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    rows = f"WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < {ROWS})"
    tables = [
        statement
        for number in range(COUNT)
        for statement in (
            f"CREATE TABLE t{number} (id INTEGER PRIMARY KEY, name TEXT, n INTEGER)",
            f"INSERT INTO t{number} {rows} SELECT i, '{number} of ' || i, i * 7 % 100 FROM r",
        )
    ]
    return make_database(tmp_path / "ten.db", *tables)


@pytest.fixture
def undisturbed(database: Path, tmp_path: Path) -> dict[str, bytes]:
    """What each file holds when nobody disturbs its export."""
    folder = tmp_path / "undisturbed"
    folder.mkdir()
    with job_store() as store:
        for name, query in queries():
            run_to_end(store, new_job(store, spec_for(database, folder / name, query, chunk_rows=None)))
    return {path.name: path.read_bytes() for path in folder.iterdir()}


class Window:
    """Starts the window again and again with one home, and keeps what all of its processes said."""

    def __init__(self, database: Path, folder: Path, home: Path) -> None:
        self.command = [sys.executable, "-m", "tests.crash.queue_of_ten", str(database), str(folder)]
        self.environment = {**os.environ, "DATAFLOW_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
        self.finished: Counter[str] = Counter()
        self.queued: list[str] = []

    def run(self, *, reports: int | None = None) -> None:
        """Run until all is done, or kill the process after so many reports."""
        process = subprocess.Popen(self.command, env=self.environment, stdout=subprocess.PIPE, text=True)
        note_started(process)
        assert process.stdout is not None
        for line in process.stdout:
            kind, *words = line.split()
            match kind:
                case "Queued":
                    self.queued = words
                case "Finished":
                    self.finished[words[0]] += 1
                case _ if self.queued and reports is not None:
                    reports -= 1
                    if reports == 0:
                        process.kill()
        process.stdout.close()
        assert process.wait(ENDING_SECONDS) == (0 if reports is None else -signal.SIGKILL)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_ten_queued_exports_of_a_window_killed_twice_all_end_right(
    database: Path, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    folder, home = tmp_path / "out", tmp_path / "window"
    folder.mkdir()
    kills = [random.randint(1, MOST_REPORTS) for _ in range(2)]
    print(f"killed after {kills} reports")  # noqa: T201 - shown when it fails
    window = Window(database, folder, home)
    for reports in kills:
        window.run(reports=reports)
        assert set(folder.glob("*.csv")) < {folder / name for name in undisturbed}
    assert window.queued.index("9") < window.queued.index("8")
    window.run()
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == undisturbed
    with closing(JobStore(home / "jobs.db")) as store:
        jobs = list_jobs(store)
    assert [job.state for job in jobs] == [JobState.DONE] * COUNT
    assert {job.queue_place for job in jobs} == {None}
    assert max(window.finished.values()) == 1
    assert sum(job.epoch for job in jobs) > COUNT  # exports were met in their middle
    ended = [Path(job.spec.target).stem for job in sorted(jobs, key=lambda job: job.finished_at or "")]
    ended = [name for name in ended if name in window.queued]
    for place, name in enumerate(window.queued):  # two run at once: who begins later may end a little earlier
        assert abs(ended.index(name) - place) <= 2, (window.queued, ended)

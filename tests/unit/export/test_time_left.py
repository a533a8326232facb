"""At half of the rows, the time left is told within a fifth of what it then takes."""

import time
from pathlib import Path

import pytest

from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.progress import Progress
from dataflow_desktop.domain.row_query import Condition, Operator, RowQuery
from dataflow_desktop.export import lanes
from dataflow_desktop.export.engine import run_job
from dataflow_desktop.pacing import StopRequest
from dataflow_desktop.records.job_store import JobStore
from tests.unit.databases import make_database
from tests.unit.exports import new_job

ROWS = 12_000
REST_MS = 60
"""The pace is that of the rests, of 25 of them: reading a chunk takes a millisecond or two."""

EVEN = (50,) * 8
CLUSTERED = (100, 5, 60, 5, 5, 5, 5, 40)
"""How many rows in a hundred match, in each eighth of the key: here half of them lie in a quarter of it."""

EVERY = (Condition("id", Operator.GREATER, (0,)),)
MATCHING = (Condition("matches", Operator.EQUAL, (1,)),)


def make_rows(path: Path, densities: tuple[int, ...]) -> Path:
    """Make a table of ROWS rows that match as often as `densities` say."""
    cases = " ".join(f"WHEN {eighth} THEN {density}" for eighth, density in enumerate(densities))
    return make_database(
        path,
        "CREATE TABLE t (id INTEGER PRIMARY KEY, matches INTEGER)",
        f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {ROWS})"
        f" INSERT INTO t SELECT i, i * 37 % 100 < CASE (i - 1) * 8 / {ROWS} {cases} END FROM n",
    )


def at_half(store: JobStore, spec: ExportSpec) -> tuple[Progress, float]:
    """Run an export and return what it said at half of its rows, and the seconds from there to the end."""
    job = new_job(store, spec)
    told = [
        (report, time.monotonic())
        for report in run_job(store, job.id, StopRequest())
        if isinstance(report, Progress)
    ]
    half, since = next((report, at) for report, at in told if report.rows >= report.total_rows / 2)
    return half, told[-1][1] - since


@pytest.mark.parametrize("is_columnar", [False, True], ids=["exact", "columnar"])
@pytest.mark.parametrize(
    ("densities", "conditions"),
    [(EVEN, ()), (EVEN, EVERY), (EVEN, MATCHING), (CLUSTERED, MATCHING)],
    ids=["all rows", "all rows match", "evenly", "clustered"],
)
def test_the_time_left_at_half_of_the_rows_is_right_within_a_fifth(
    store: JobStore,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    densities: tuple[int, ...],
    conditions: tuple[Condition, ...],
    *,
    is_columnar: bool,
) -> None:
    source = make_rows(tmp_path / "rows.db", densities)
    matching = ROWS if conditions is not MATCHING else ROWS * sum(densities) // 800
    if is_columnar:
        monkeypatch.setattr(lanes, "FEW_CELLS", 0)
    query = RowQuery("t", ("id", "matches"), conditions)
    # One lane reads so many rows of the table at a time, the other so many of those that match.
    chunk_rows = (ROWS if is_columnar else matching) // 25
    spec = ExportSpec(
        str(source), query, str(tmp_path / "rows.csv"), chunk_rows=chunk_rows, throttle_ms=REST_MS
    )
    half, taken = at_half(store, spec)
    assert half.eta_seconds == pytest.approx(taken, rel=0.2)
    assert half.bytes_per_second == pytest.approx(half.rows_per_second * half.bytes / half.rows, rel=0.1)

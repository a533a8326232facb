"""Jobs and checkpoints as the job store keeps them, with nothing behind them."""

from dataflow_desktop.domain.checkpoint import Checkpoint
from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.job import Job, JobState, Plan
from dataflow_desktop.domain.row_query import RowQuery
from dataflow_desktop.domain.schema import Column, ColumnKind
from tests.unit.databases import table_of

PLAN = Plan(table_of(Column("id", "INTEGER", ColumnKind.INTEGER)), (9,), 9, "1", "fingerprint")


def job_called(job_id: str, target: str = "", created_at: str = "2026-01-01T00:00:00+00:00") -> Job:
    """Return a new job of that id."""
    return Job(
        id=job_id,
        spec=ExportSpec("/s.db", RowQuery("t", ("id",)), target or f"/{job_id}.csv"),
        plan=PLAN,
        state=JobState.PENDING,
        epoch=0,
        created_at=created_at,
    )


def checkpoint_at(rows: int) -> Checkpoint:
    """Return a checkpoint after so many rows of ten bytes each."""
    return Checkpoint((rows,), rows, rows * 10, f"digest {rows}", "fingerprint")

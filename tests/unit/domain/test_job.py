"""What a job's state says about going on."""

from dataclasses import replace

import pytest

from dataflow_desktop.domain.checkpoint import Checkpoint
from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.finished_file import WholeFile
from dataflow_desktop.domain.job import Job, JobState, Plan
from dataflow_desktop.domain.row_query import RowQuery
from dataflow_desktop.domain.schema import Column, ColumnKind
from dataflow_desktop.errors import Reason, ReasonCode
from tests.unit.databases import table_of

TABLE = table_of(Column("id", "INTEGER", ColumnKind.INTEGER))
JOB = Job(
    id="0123456789ab",
    spec=ExportSpec("/s.db", RowQuery("t", ("id",)), "/o.csv"),
    plan=Plan(TABLE, (9,), 9, "1", "fingerprint"),
    state=JobState.PENDING,
    epoch=0,
    created_at="2026-01-01T00:00:00+00:00",
)


@pytest.mark.parametrize(
    ("state", "can_resume"),
    [
        (JobState.PENDING, True),
        (JobState.PROCESSING, False),
        (JobState.FINALIZING, False),
        (JobState.DONE, False),
        (JobState.PAUSED, True),
        (JobState.INTERRUPTED, True),
        (JobState.FAILED, True),
        (JobState.CANCELLED, False),
    ],
)
def test_only_unfinished_jobs_nobody_runs_resume_by_themselves(state: JobState, can_resume: bool) -> None:
    assert replace(JOB, state=state).can_resume_by_itself is can_resume


@pytest.mark.parametrize(
    ("code", "can_resume"),
    [
        (ReasonCode.PART_MISSING, False),
        (ReasonCode.PART_NOT_A_FILE, False),
        (ReasonCode.PART_TOO_SHORT, False),
        (ReasonCode.PART_CHANGED, False),
        (ReasonCode.TABLE_CHANGED, False),
        (ReasonCode.JOB_FORMAT_UNKNOWN, False),
        (ReasonCode.TARGET_APPEARED, True),
        (ReasonCode.UNEXPECTED, True),
    ],
)
def test_a_failed_job_that_waits_for_a_person_does_not_resume_by_itself(
    code: ReasonCode, can_resume: bool
) -> None:
    job = replace(JOB, state=JobState.FAILED, reason=Reason("refused", code.name, {}))
    assert job.can_resume_by_itself is can_resume


def test_durable_rows_are_those_of_the_checkpoint_then_of_the_whole_file() -> None:
    saved = replace(JOB, checkpoint=Checkpoint((5,), 5, 50, "digest", "fingerprint"))
    whole = replace(saved, whole_file=WholeFile(9, 90, "sha256"))
    assert [JOB.durable_rows, saved.durable_rows, whole.durable_rows] == [0, 5, 9]


def test_only_done_and_cancelled_have_ended() -> None:
    ended = {state for state in JobState if replace(JOB, state=state).has_ended}
    assert ended == {JobState.DONE, JobState.CANCELLED}

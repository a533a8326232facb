"""What the panel shows of many jobs, and how it says where they stand."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from dataflow_desktop.domain.checkpoint import Checkpoint
from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.job import Job, JobState, Plan
from dataflow_desktop.domain.progress import Progress
from dataflow_desktop.domain.row_query import RowQuery
from dataflow_desktop.domain.schema import Table, TableKind
from dataflow_desktop.errors import Reason, ReasonCode
from dataflow_desktop.ui.error_texts import describe
from dataflow_desktop.ui.exports_panel import FIRST_CARDS, ExportsPanel
from dataflow_desktop.ui.job_words import (
    JobView,
    Situation,
    figures_words,
    offer_words,
    speed_words,
    state_words,
)

JOB = Job(
    id="0",
    spec=ExportSpec("/s.db", RowQuery("t", ("id",)), "/folder/file.csv"),
    plan=Plan(Table("t", TableKind.TABLE, (), ("id",)), (100_000,), 100_000, "1", ""),
    state=JobState.PAUSED,
    epoch=1,
    created_at="2026-01-01T00:00:00+00:00",
    checkpoint=Checkpoint((45_000,), 45_000, 1_000, "", ""),
)


def test_of_a_thousand_jobs_the_newest_and_all_unfinished_ones_are_shown(qtbot: QtBot) -> None:
    panel = ExportsPanel()
    qtbot.addWidget(panel)
    done = [JobView(replace(JOB, id=str(number), state=JobState.DONE)) for number in range(1_000)]
    old_unfinished = JobView(replace(JOB, id="old"))
    panel.show_views([*done, old_unfinished])
    assert len(panel.cards) == FIRST_CARDS
    assert panel.card("old").view is old_unfinished
    assert panel.card("0").view.job.state is JobState.DONE
    panel.show_views(done[:2])
    assert {card.view.job.id for card in panel.cards} == {"0", "1"}


def test_a_running_job_says_rows_percent_speed_and_time_left() -> None:
    progress = Progress("0", 45_000, 40_000, 100_000, 3_660_000, 910_000.0, 2.2, 73_400_000.0)
    view = JobView(JOB, Situation.RUNNING, progress)
    assert figures_words(view) == "45,000 of 100,000 rows · 45 % · 2 s left"
    assert speed_words(view) == "910,000 rows/s · 73.4 MB/s · 40,000 rows saved"
    assert view.permille == 450


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.2, "less than a second"), (75, "1 min 15 s"), (4_000, "1 h 6 min")]
)
def test_time_left_is_told_in_the_unit_that_fits(seconds: float, text: str) -> None:
    progress = Progress("0", 1, 1, 100_000, 1, 1.0, seconds)
    assert text in figures_words(JobView(JOB, Situation.RUNNING, progress))


@pytest.mark.parametrize("state", JobState)
def test_every_state_has_words_and_offers_what_fits_it(qtbot: QtBot, state: JobState) -> None:
    view = JobView(replace(JOB, state=state))
    assert state_words(view)
    panel = ExportsPanel()
    qtbot.addWidget(panel)
    panel.show_views([view])
    card = panel.card("0")
    ended = state in (JobState.DONE, JobState.CANCELLED)
    assert card.cancel_button.isVisibleTo(panel) is not ended
    stands_still = state in (JobState.PENDING, JobState.PAUSED, JobState.INTERRUPTED, JobState.FAILED)
    assert card.resume_button.isVisibleTo(panel) is stands_still


def test_the_offer_says_how_far_one_export_was_or_how_many_there_are() -> None:
    assert offer_words([JOB]) == "1 export was interrupted at 45 %: file.csv."
    assert offer_words([JOB, JOB]) == "2 exports were interrupted."


@pytest.mark.parametrize("code", ReasonCode)
def test_every_reason_can_be_said_even_when_its_facts_are_missing(code: ReasonCode) -> None:
    text = describe(Reason("source", code.name, {}))
    assert text.message
    assert text.hint

"""What a screen reader says of exports while nobody looks at their cards."""

from dataflow_desktop.ui.figures import percent_text
from dataflow_desktop.ui.job_words import RUNS_HERE, JobView, file_name, reason_words, state_words

STEP_PERMILLE = 250
LEAST_SECONDS_LEFT = 2.0
"""Of an export that is nearly done, its end is told and nothing before it: words take longer."""


def step_words(before: JobView, now: JobView) -> str:
    """Return what is said of an export that goes on: at each quarter of its way; else nothing."""
    progress = now.progress
    if progress is None or before.permille // STEP_PERMILLE == now.permille // STEP_PERMILLE:
        return ""
    is_nearly_done = progress.eta_seconds is None or progress.eta_seconds < LEAST_SECONDS_LEFT
    if is_nearly_done or now.permille < STEP_PERMILLE:
        return ""
    return f"{file_name(now.job)}: {percent_text(progress.rows, progress.total_rows)}"


def end_words(before: JobView | None, now: JobView) -> str:
    """Return what is said of an export that ran here and runs no longer: where it stands, and why."""
    if before is None or before.situation not in RUNS_HERE or now.situation in RUNS_HERE:
        return ""
    return " ".join(filter(None, [f"{file_name(now.job)}: {state_words(now)}.", reason_words(now)]))

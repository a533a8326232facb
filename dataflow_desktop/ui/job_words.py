"""Says in words where a job stands, and which steps it offers."""

from dataclasses import dataclass
from enum import Enum
from pathlib import PurePath

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QPalette

from dataflow_desktop.domain.file_words import job_files_in_words
from dataflow_desktop.domain.job import ENDED, RUNNING, Job, JobState
from dataflow_desktop.domain.progress import Progress
from dataflow_desktop.domain.remedies import Remedy, remedies_for
from dataflow_desktop.domain.source_address import without_secrets
from dataflow_desktop.ui.error_texts import ErrorText, describe
from dataflow_desktop.ui.figures import (
    number,
    percent_text,
    permille,
    plural,
    rows_of_text,
    rows_text,
    size_text,
    speed_text,
    time_left_text,
    time_text,
)
from dataflow_desktop.ui.job_state_words import stored_state_words
from dataflow_desktop.ui.window_voice import window_voice


class Situation(Enum):
    """How a job relates to this window, which its state alone does not say."""

    ELSEWHERE = "as its state says; if it runs, another program runs it"
    WAITING = "waits here for its turn"
    RUNNING = "runs here"
    STOPPING = "runs here and was asked to stop"
    MOVING = "what is saved of it is copied to where it goes on"
    HELD_UP = "goes on here by itself once what it needs is there"


RUNS_HERE = frozenset({Situation.RUNNING, Situation.STOPPING})

FREE = frozenset({Situation.ELSEWHERE, Situation.HELD_UP})
"""Situations in which nothing of this window works on a job."""


@dataclass(frozen=True)
class Turn:
    """Which of those that wait here a job is, from 1."""

    number: int
    count: int

    @property
    def is_first(self) -> bool:
        """Whether nothing begins before it."""
        return self.number == 1

    @property
    def is_last(self) -> bool:
        """Whether all others begin before it."""
        return self.number == self.count


@dataclass(frozen=True)
class JobView:
    """One job as the panel shows it; `progress` is the newest report of a run here, `turn` while it waits."""

    job: Job
    situation: Situation = Situation.ELSEWHERE
    progress: Progress | None = None
    turn: Turn | None = None

    @property
    def can_pause(self) -> bool:
        """Whether this window works on it, or would, and nobody asked it to stop."""
        return self.situation not in (Situation.ELSEWHERE, Situation.STOPPING)

    @property
    def can_resume(self) -> bool:
        """Whether it stands still and has not ended."""
        return self.stands_still and self.job.state not in ENDED

    @property
    def stands_still(self) -> bool:
        """Whether nobody works on it now."""
        return self.situation in FREE and self.job.state not in RUNNING

    @property
    def can_begin_again(self) -> bool:
        """Whether there is something saved that can be thrown away, and no whole file yet."""
        return self.can_resume and self.job.checkpoint is not None and self.job.whole_file is None

    @property
    def is_stopped_by_error(self) -> bool:
        """Whether it stands still because of an error, and not because somebody wished it."""
        return self.can_resume and (self.job.state is JobState.FAILED or is_paused_by_error(self.job))

    @property
    def remedies(self) -> tuple[Remedy, ...]:
        """What a person can do about the reason for which it stands still."""
        reason = self.job.reason
        return remedies_for(reason) if reason is not None and self.can_resume else ()

    @property
    def can_cancel(self) -> bool:
        """Whether there is something to give up."""
        return self.job.state not in ENDED and self.situation is not Situation.STOPPING

    @property
    def rows(self) -> int:
        """Rows written, or saved when nothing runs."""
        return self.progress.rows if self.progress is not None else self.job.durable_rows

    @property
    def permille(self) -> int:
        """How far it is, 0 to 1000."""
        return 1000 if self.job.state is JobState.DONE else permille(self.rows, self.job.plan.total_rows)


def file_name(job: Job) -> str:
    """Return what the export is called: the name of its file, from which those of numbered ones are made."""
    return PurePath(job.spec.target).name


def state_words(view: JobView) -> str:
    """Return where the job stands, in one or two words."""
    match view.situation:
        case Situation.WAITING:
            return _waiting_words(view.turn)
        case Situation.STOPPING:
            return _tr("Stopping…")
        case Situation.RUNNING:
            return _tr("Exporting")
        case Situation.MOVING:
            return _tr("Being copied…")
        case Situation.HELD_UP:
            is_source = view.job.reason is not None and view.job.reason.kind == "source"
            return _tr("Waiting for the database") if is_source else _tr("Waiting for the disk")
        case Situation.ELSEWHERE:
            return (
                _tr("Paused by an error")
                if is_paused_by_error(view.job)
                else stored_state_words(view.job.state)
            )


def _waiting_words(turn: Turn | None) -> str:
    if turn is None or turn.count == 1:
        return _tr("Waiting for its turn")
    words = _tr("Waiting for its turn: {number} of {count}")
    return words.format(number=number(turn.number), count=number(turn.count))


def is_paused_by_error(job: Job) -> bool:
    """Whether the job waits because something must be mended first."""
    return job.state is JobState.PAUSED and job.reason is not None and job.reason.kind != "asked"


def state_icon(view: JobView) -> tuple[str, QPalette.ColorRole]:
    """Return icon and colour of the state; the words beside it say the same."""
    if view.situation is Situation.WAITING:
        return "waiting", QPalette.ColorRole.PlaceholderText
    if view.situation is Situation.HELD_UP:
        return "waiting", QPalette.ColorRole.BrightText
    if view.situation is not Situation.ELSEWHERE or view.job.state in RUNNING:
        return "running", QPalette.ColorRole.Accent
    if is_paused_by_error(view.job):
        return "warning", QPalette.ColorRole.BrightText
    icons = {
        JobState.DONE: ("done", QPalette.ColorRole.Accent),
        JobState.FAILED: ("warning", QPalette.ColorRole.BrightText),
        JobState.INTERRUPTED: ("waiting", QPalette.ColorRole.BrightText),
        JobState.CANCELLED: ("cancelled", QPalette.ColorRole.PlaceholderText),
    }
    return icons.get(view.job.state, ("paused", QPalette.ColorRole.PlaceholderText))


def figures_words(view: JobView) -> str:
    """Return rows, percent and time left, or what came out and when."""
    job, progress = view.job, view.progress
    if job.whole_file is not None and job.state is JobState.DONE:
        came_out = [
            rows_text(job.whole_file.rows),
            size_text(job.whole_file.bytes),
            time_text(job.finished_at),
        ]
        return " · ".join(filter(None, [*came_out, added_words(job)]))
    total = job.plan.total_rows
    parts = [
        rows_of_text(view.rows, total),
        percent_text(view.rows, total),
    ]
    left = progress.eta_seconds if progress is not None else None
    if left is not None and view.situation is Situation.RUNNING:
        parts.append(time_left_text(left))
    return " · ".join(parts)


def speed_words(view: JobView) -> str:
    """Return how fast it runs and what a crash could not take away; empty while it does not run here."""
    progress = view.progress
    if progress is None or view.situation is not Situation.RUNNING:
        return ""
    parts = [
        _tr("{rows} rows/s").format(rows=number(progress.rows_per_second)),
        speed_text(progress.bytes_per_second),
        _tr("{rows} saved").format(rows=rows_text(progress.durable_rows)),
    ]
    return " · ".join(parts)


def added_words(job: Job) -> str:
    """Return how many rows are new, and since when, of an export of only these; else nothing."""
    if job.spec.last is None:
        return ""
    rows = job.whole_file.rows if job.whole_file is not None else job.plan.total_rows
    new_rows = rows - job.spec.old_rows
    words = _tr("{rows} added since {time}") if new_rows else _tr("no rows were added since {time}")
    return words.format(rows=rows_text(new_rows), time=time_text(job.spec.last.time))


def reason_words(view: JobView) -> str:
    """Return what happened, what is safe and what to do, for a job that stopped."""
    job = view.job
    if job.reason is None or not view.stands_still or job.has_ended:
        return ""
    return describe(job.reason).whole


def remedy_words(remedy: Remedy) -> str:
    """Return what the button says that does it."""
    words = {
        Remedy.CUT_BACK: _tr("Go on from the intact rows"),
        Remedy.ACCEPT_SOURCE: _tr("Go on with this database"),
        Remedy.ACCEPT_LIVE: _tr("Go on without the snapshot"),
        Remedy.LOCATE: _tr("Find the file…"),
        Remedy.MOVE: _tr("Save elsewhere…"),
        Remedy.RESTART: _tr("Begin again…"),
    }
    return words[remedy]


def details_words(view: JobView) -> str:
    """Return what does not fit into the line: the whole path and the SHA-256."""
    job = view.job
    source = without_secrets(job.spec.source)
    lines = [
        place_words(job),
        _tr("from {table} in {source}").format(table=job.spec.query.table, source=source),
    ]
    if job.whole_file is not None:
        lines.append(f"{digest_name(job)}: {job.whole_file.sha256}")
    return "\n".join(lines)


def place_words(job: Job) -> str:
    """Return where the file of a job stands, or its numbered files."""
    return job_files_in_words(job, window_voice())


def digest_name(job: Job) -> str:
    """Return what the SHA-256 of a job is called: that of numbered files is of the list of theirs."""
    return _tr("SHA-256 of the list") if job.spec.options.is_split else _tr("SHA-256")


def ended_text(job: Job) -> ErrorText:
    """Return why a job that has ended cannot go on."""
    if job.state is JobState.DONE:
        return ErrorText(
            _tr("This export is done already."),
            _tr("All its rows are in {target}.").format(target=place_words(job)),
        )
    return ErrorText(
        _tr("The export to {target} was given up.").format(target=place_words(job)),
        _tr("It cannot be resumed. Start a new export."),
    )


def busy_text(job: Job) -> ErrorText:
    """Return why nothing is to be done for a job that this window works on."""
    message = _tr("The export to {file} is under way here already.").format(file=file_name(job))
    return ErrorText(message, _tr("Nothing was changed."))


def offer_words(jobs: list[Job]) -> str:
    """Return what was interrupted, in one line."""
    if len(jobs) > 1:
        return _tr("{count} exports were interrupted.").format(count=number(len(jobs)))
    job = jobs[0]
    percent = percent_text(job.durable_rows, job.plan.total_rows)
    return _tr("1 export was interrupted at {percent}: {file}.").format(percent=percent, file=file_name(job))


def closing_words(count: int) -> str:
    """Return what the window does before it closes, in one line."""
    return _counted("Pausing {count} export(s)…", count).format(count=number(count))


def _tr(text: str) -> str:
    return QCoreApplication.translate("JobWords", text)


def _counted(text: str, count: int) -> str:
    return QCoreApplication.translate("JobWords", text, None, plural(count))

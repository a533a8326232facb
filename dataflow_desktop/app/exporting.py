"""The way of exporting: new job → run → reports → panel; and what to resume after a restart."""

from operator import attrgetter

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal

from dataflow_desktop.app.creating import Creating
from dataflow_desktop.app.end_notices import JobEnded
from dataflow_desktop.app.export_lanes import ExportLanes
from dataflow_desktop.app.finished_files import FinishedFiles
from dataflow_desktop.app.queueing import Queueing
from dataflow_desktop.app.remedying import GoOn, Remedying
from dataflow_desktop.app.removing import Removing
from dataflow_desktop.app.wish_lanes import WishLanes
from dataflow_desktop.domain.job import RUNNING, Job, JobState
from dataflow_desktop.domain.progress import Progress, Report
from dataflow_desktop.errors import Reason, ReasonCode
from dataflow_desktop.pacing import StopWish
from dataflow_desktop.ui.desktop import Desktop
from dataflow_desktop.ui.error_texts import ErrorText, describe
from dataflow_desktop.ui.export_dialog import ExportDialog
from dataflow_desktop.ui.export_offer import ExportOffer
from dataflow_desktop.ui.job_words import FREE, RUNS_HERE, JobView, Situation, busy_text, offer_words
from dataflow_desktop.ui.main_window import MainWindow
from dataflow_desktop.workers.export_wishes import (
    Answer,
    CancelWish,
    JobCancelled,
    JobsListed,
    JobsRemoved,
    ListWish,
    QueueWish,
    RemoveWish,
    RunEnded,
    WishFailed,
)
from dataflow_desktop.workers.worker_thread import WorkerThread

LOOK_MS = 2000
"""How often to look at exports that another program runs, or may have taken in hand."""

_OFFERED = frozenset({JobState.INTERRUPTED, JobState.PENDING})

_MENDABLE = frozenset({"source", "destination"})
"""Kinds of errors that may be gone at the next start: a database is back, a disk has room."""


class Exporting(QObject):
    """Joins the panel to the lanes that run, list and cancel jobs.

    Lives in the window's thread. `all_stopped` when the last run or copy has ended after `stop_all`;
    `reported` passes the engine's Reports on; `job_ended` carries a JobEnded after the last one of a run.
    """

    all_stopped = Signal()
    reported = Signal(object)
    job_ended = Signal(object)

    def __init__(self, window: MainWindow, desktop: Desktop, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._jobs: tuple[Job, ...] = ()
        self._progress: dict[str, Progress] = {}
        self._failed_runs: dict[str, Reason] = {}
        self._told: ErrorText | None = None
        self._notice: Reason | None = None
        self._lists_under_way = 0
        self._has_offered = False
        self._is_closing = False
        self._runs = ExportLanes(self)
        self._lanes = WishLanes(self)
        self._looking = QTimer(self, singleShot=True, interval=LOOK_MS)
        self._looking.timeout.connect(self._list)
        self._creating = Creating(window, desktop, self._lanes)
        self._remedying = Remedying(window, self._lanes)
        self._files = FinishedFiles(window.exports_panel, self)
        self._queueing = Queueing(window, desktop, self._runs, self._lanes)
        self._removing = Removing(window, self._lanes)
        self._join()

    def _join(self) -> None:
        self._lanes.answered.connect(self._on_answered)
        self._runs.reported.connect(self._on_reported)
        self._runs.reported.connect(self.reported)
        self._runs.run_ended.connect(self._on_run_ended)
        panel = self._window.exports_panel
        panel.pause_wished.connect(self.pause)
        panel.resume_wished.connect(self.resume)
        panel.cancel_wished.connect(self.cancel)
        self._window.offer_bar.accepted.connect(self._on_offer_accepted)
        self._creating.created.connect(self._on_created)
        self._remedying.can_go_on.connect(self._on_can_go_on)
        self._remedying.job_found.connect(self._keep)
        self._remedying.told.connect(self._tell)
        self._remedying.step_begun.connect(self._take_back)
        self._remedying.changed.connect(self._on_remedying_changed)
        self._queueing.changed.connect(self._show_queue)

    @property
    def threads(self) -> list[WorkerThread]:
        """All threads of exports, to be joined at the end."""
        return [
            *self._lanes.threads,
            *self._runs.threads,
            *self._files.threads,
            self._creating.thread_of_profiles,
        ]

    @property
    def running_count(self) -> int:
        """How many jobs are run or copied here now."""
        return self._runs.running_count + self._remedying.moving_count

    @property
    def dialog(self) -> ExportDialog | None:
        """The dialog while it is open."""
        return self._creating.dialog

    def start(self) -> None:
        """Show every job, and offer once to resume what was interrupted; nothing starts by itself."""
        self._list()

    def open_dialog(self, offer: ExportOffer) -> None:
        """Ask what to write where; one dialog at a time."""
        self._creating.open_dialog(offer)

    def pause(self, job_id: str) -> None:
        """Stop a job at its next checkpoint and keep what is saved; of a job being copied, stop the copy."""
        if not self._remedying.stop_moving(job_id, StopWish.PAUSE):
            self._remedying.stop_waiting(job_id)
            self._runs.ask_stop(job_id, StopWish.PAUSE)
        self._show_queue()

    def resume(self, *job_ids: str) -> None:
        """Go on with jobs from their last checkpoints, in this order."""
        self._take_back()
        for job_id in job_ids:
            self._remedying.stop_waiting(job_id)
            self._begin(GoOn(job_id))
        self._show_queue()

    def _begin(self, wish: GoOn) -> None:
        job = self._job(wish.job_id)
        if job is None or self._is_closing or self._situation(wish.job_id) not in FREE:
            return
        self._failed_runs.pop(wish.job_id, None)
        self._progress.pop(wish.job_id, None)
        self._runs.run(job, wish.consents)

    def _on_can_go_on(self, wish: GoOn) -> None:
        job = self._job(wish.job_id)
        if job is not None and self._situation(job.id) not in FREE:
            self._tell(busy_text(job))
        self._begin(wish)
        self._show_queue()

    def cancel(self, job_id: str) -> None:
        """Give a job up, wherever it runs; the question came before."""
        self._take_back()
        self._remedying.stop_waiting(job_id)
        is_moving = self._remedying.stop_moving(job_id, StopWish.CANCEL)
        if not is_moving and not self._runs.ask_stop(job_id, StopWish.CANCEL):
            self._lanes.ask(CancelWish(job_id))
        self._show_queue()

    def stop_all(self) -> int:
        """Ask every job that is run or copied to stop because the program closes; return how many."""
        self._is_closing = True
        self._remedying.rest()
        self._creating.stop()
        self._queueing.leave_as_kept()
        self._runs.stop_all(StopWish.CLOSE)
        self._show_views()
        return self.running_count

    def wait_stopped(self, seconds: float) -> None:
        """Return when no job runs any more, or after `seconds`; the window does not answer meanwhile."""
        loop = QEventLoop()
        self.all_stopped.connect(loop.quit)
        QTimer.singleShot(int(seconds * 1000), loop.quit)
        if self.running_count:
            loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    def open_again(self) -> None:
        """Let jobs run again after `stop_all`, wait for what was waited for, and offer what was paused."""
        self._is_closing = False
        self._has_offered = False
        self._remedying.wake()
        self._list()

    def _list(self) -> None:
        self._lists_under_way += 1
        self._lanes.ask(ListWish())

    def _on_answered(self, answer: Answer) -> None:
        match answer:
            case JobsListed():
                self._on_list_ended(answer)
            case JobCancelled() | JobsRemoved():
                self._list()
            case WishFailed(wish=ListWish()):
                self._on_list_ended(answer)
            case WishFailed(wish=CancelWish()):
                self._on_not_cancelled(answer.reason)
            case WishFailed(wish=QueueWish() | RemoveWish()):
                self._tell(describe(answer.reason))
            case _:
                pass  # runs have their own signal; `Creating` and `Remedying` listen too

    def _on_not_cancelled(self, reason: Reason) -> None:
        if reason.code != ReasonCode.JOB_ENDED.name:  # else it was done before the question was answered
            self._tell(describe(reason))
        self._list()

    def _on_list_ended(self, answer: JobsListed | WishFailed) -> None:
        self._lists_under_way -= 1
        if self._lists_under_way:
            return  # a newer one is under way: this one does not know of what happened since
        if isinstance(answer, JobsListed):
            self._notice = answer.notice
            self._on_jobs_listed(answer.jobs)
        else:
            self._notice = answer.reason
        self._show_error()
        self._show_views()
        if self._remedying.is_waiting or any(map(self._runs_elsewhere, self._jobs)):
            self._looking.start()

    def _on_jobs_listed(self, jobs: tuple[Job, ...]) -> None:
        self._jobs = jobs
        self._removing.show_jobs(jobs)
        self._remedying.wait_only_for(jobs)
        if self._is_closing:
            return
        self._take_failed_runs()
        offered = self._offered_jobs()
        if offered and not self._has_offered:
            self._window.offer_bar.offer(offer_words(offered))
        self._has_offered = True

    def _take_failed_runs(self) -> None:
        """Wait for what is to be waited for; what a job's record cannot say, the panel says."""
        standing = {job.id: job for job in self._jobs}
        failed_runs, self._failed_runs = self._failed_runs, {}
        for job_id, reason in failed_runs.items():
            job = standing.get(job_id)
            if job is not None and job.reason == reason:
                self._remedying.wait_if_it_helps(job)
            elif job is None or not job.has_ended:
                self._tell(describe(reason))

    def _offered_jobs(self) -> list[Job]:
        free = [job for job in self._jobs if self._situation(job.id) is Situation.ELSEWHERE]
        return [job for job in free if job.state in _OFFERED or _may_go_on(job)]

    def _on_offer_accepted(self) -> None:
        self.resume(*(job.id for job in sorted(self._offered_jobs(), key=attrgetter("turn"))))

    def _keep(self, job: Job) -> None:
        """Show `job` as it is now, in its place, before the record of exports is read again."""
        self._put(job)
        self._list()
        self._show_views()

    def _put(self, job: Job) -> None:
        others = [other for other in self._jobs if other.id != job.id]
        self._jobs = tuple(sorted([job, *others], key=_age_key, reverse=True))

    def _job(self, job_id: str) -> Job | None:
        return next((job for job in self._jobs if job.id == job_id), None)

    def _situation(self, job_id: str) -> Situation:
        situation = self._runs.situation(job_id)
        if situation is Situation.ELSEWHERE:
            return self._remedying.situation(job_id) or situation
        return situation

    def _runs_elsewhere(self, job: Job) -> bool:
        return job.state in RUNNING and self._situation(job.id) is Situation.ELSEWHERE

    def _views(self) -> list[JobView]:
        """Return what runs and what waits in turn, and below it all others, the newest first."""
        places = {job_id: place for place, job_id in enumerate(self._runs.job_ids)}
        jobs = sorted(self._jobs, key=lambda job: places.get(job.id, len(places)))
        return [self._view(job) for job in jobs]

    def _view(self, job: Job) -> JobView:
        situation = self._situation(job.id)
        progress = self._progress.get(job.id) if situation in RUNS_HERE else None
        return JobView(job, situation, progress, self._runs.turn(job.id))

    def _show_queue(self) -> None:
        if not self._is_closing:
            self._queueing.keep()
        self._show_views()

    def _show_views(self) -> None:
        self._window.exports_panel.show_views(self._views())

    def _tell(self, text: ErrorText) -> None:
        """Say what cannot be, until the next step that a person takes."""
        self._told = text
        self._show_error()

    def _take_back(self) -> None:
        self._told = None
        self._show_error()

    def _show_error(self) -> None:
        notice = describe(self._notice) if self._notice is not None else None
        self._window.exports_panel.show_error(self._told or notice)

    def _on_reported(self, report: Report) -> None:
        if isinstance(report, Progress):
            self._progress[report.job_id] = report
            self._window.exports_panel.show_progress(report)

    def _on_run_ended(self, ended: RunEnded) -> None:
        self._progress.pop(ended.job_id, None)
        if ended.job is not None:
            self._put(ended.job)  # else the card would say for a moment where the job stood before
        if ended.reason is not None:
            self._failed_runs[ended.job_id] = ended.reason
        if not self._is_closing:
            self._take_failed_runs()
        if (job := self._job(ended.job_id)) is not None:
            self.job_ended.emit(JobEnded(job, ended.reason))
        self._show_queue()
        self._list()
        self._tell_when_all_stopped()

    def _on_remedying_changed(self) -> None:
        self._show_views()
        self._tell_when_all_stopped()

    def _tell_when_all_stopped(self) -> None:
        if self._is_closing and not self.running_count:
            self.all_stopped.emit()

    def _on_created(self, job: Job) -> None:
        self._keep(job)
        self.resume(job.id)


def _may_go_on(job: Job) -> bool:
    """Whether it waited for its turn, or was paused by an error or the program's end, not by a person."""
    if job.queue_place is not None:
        return job.can_resume_by_itself
    if job.state is not JobState.PAUSED or job.reason is None:
        return False
    return job.reason.code == ReasonCode.PROGRAM_CLOSED.name or job.reason.kind in _MENDABLE


def _age_key(job: Job) -> str:
    return job.created_at

"""The way of exporting: dialog → job → run → reports → panel; and what to resume after a restart."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal

from dataflow_desktop.app.export_lanes import ExportLanes
from dataflow_desktop.app.remedying import GoOn, Remedying
from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.job import RUNNING, Job, JobState
from dataflow_desktop.domain.progress import Progress, Report
from dataflow_desktop.errors import Reason, ReasonCode
from dataflow_desktop.pacing import StopWish
from dataflow_desktop.ui.desktop import Desktop, show_folder
from dataflow_desktop.ui.error_texts import describe
from dataflow_desktop.ui.export_dialog import ExportDialog, ExportOffer
from dataflow_desktop.ui.job_words import JobView, Situation, offer_words
from dataflow_desktop.ui.main_window import MainWindow
from dataflow_desktop.workers.export_wishes import (
    Answer,
    CancelWish,
    CreateWish,
    EstimateWish,
    JobCancelled,
    JobCreated,
    JobsListed,
    ListWish,
    RunEnded,
    SpaceEstimated,
    WishFailed,
)
from dataflow_desktop.workers.export_worker import ExportWorker
from dataflow_desktop.workers.worker_thread import WorkerThread

LOOK_MS = 2000
"""How often to look at exports that another program runs."""

_OFFERED = frozenset({JobState.INTERRUPTED, JobState.PENDING})

_MENDABLE = frozenset({"source", "destination"})
"""Kinds of errors that may be gone at the next start: a database is back, a disk has room."""


class Exporting(QObject):
    """Joins dialog and panel to the lanes that make, run, list and cancel jobs.

    Lives in the window's thread. `all_stopped` when the last run has ended after `stop_all`; `reported`
    passes the engine's Reports on.
    """

    all_stopped = Signal()
    reported = Signal(object)

    def __init__(self, window: MainWindow, desktop: Desktop, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._desktop = desktop
        self._jobs: tuple[Job, ...] = ()
        self._progress: dict[str, Progress] = {}
        self._reasons: dict[str, Reason] = {}
        self._creation: CreateWish | None = None
        self._dialog: ExportDialog | None = None
        self._estimated: ExportSpec | None = None
        self._has_offered = False
        self._is_closing = False
        self._lanes = ExportLanes(self)
        self._recording, self._creating = ExportWorker(), ExportWorker()
        self._threads = [WorkerThread(self._recording, "records"), WorkerThread(self._creating, "creation")]
        self._looking = QTimer(self, singleShot=True, interval=LOOK_MS)
        self._looking.timeout.connect(self._list)
        self._remedying = Remedying(window, self._creating, self._recording)
        self._failure: Reason | None = None
        self._join()

    def _join(self) -> None:
        for worker in (self._recording, self._creating):
            worker.answered.connect(self._on_answered)
        self._lanes.reported.connect(self._on_reported)
        self._lanes.reported.connect(self.reported)
        self._lanes.run_ended.connect(self._on_run_ended)
        panel = self._window.exports_panel
        panel.pause_wished.connect(self.pause)
        panel.resume_wished.connect(self.resume)
        panel.cancel_wished.connect(self.cancel)
        panel.folder_wished.connect(show_folder)
        self._window.offer_bar.accepted.connect(self._on_offer_accepted)
        self._remedying.can_go_on.connect(self._on_can_go_on)
        self._remedying.failed.connect(self._on_failed)

    @property
    def threads(self) -> list[WorkerThread]:
        """All threads of exports, to be joined at the end."""
        return [*self._threads, *self._lanes.threads]

    @property
    def running_count(self) -> int:
        """How many jobs run here now."""
        return self._lanes.running_count

    @property
    def dialog(self) -> ExportDialog | None:
        """The dialog while it is open."""
        return self._dialog

    def start(self) -> None:
        """Show every job, and offer once to resume what was interrupted; nothing starts by itself."""
        for thread in self._threads:
            thread.start()
        self._list()

    def open_dialog(self, offer: ExportOffer) -> None:
        """Ask what to write where; one dialog at a time."""
        if self._dialog is not None:
            self._dialog.raise_()
            return
        self._dialog = ExportDialog(offer, self._window)
        self._dialog.export_requested.connect(self._on_export_requested)
        self._dialog.estimate_wished.connect(self._on_estimate_wished)
        self._dialog.finished.connect(self._on_dialog_finished)
        self._dialog.open()
        self._dialog.ask_estimate()

    def pause(self, job_id: str) -> None:
        """Stop a job at its next checkpoint and keep what is saved."""
        self._remedying.stop_waiting(job_id)
        self._lanes.ask_stop(job_id, StopWish.PAUSE)
        self._show_views()

    def resume(self, job_id: str) -> None:
        """Go on with a job from its last checkpoint."""
        self._remedying.stop_waiting(job_id)
        self._go_on(GoOn(job_id))

    def _go_on(self, wish: GoOn) -> None:
        self._failure = None
        self._reasons.pop(wish.job_id, None)
        self._progress.pop(wish.job_id, None)
        self._lanes.run(wish.job_id, wish.consents)
        self._show_views()

    def _on_can_go_on(self, wish: GoOn) -> None:
        if not self._is_closing:
            self._go_on(wish)

    def _on_failed(self, reason: Reason) -> None:
        self._failure = reason
        self._window.exports_panel.show_error(describe(reason))

    def cancel(self, job_id: str) -> None:
        """Give a job up, wherever it runs; the question came before."""
        self._remedying.stop_waiting(job_id)
        if not self._lanes.ask_stop(job_id, StopWish.CANCEL):
            self._recording.ask(CancelWish(job_id))
        self._show_views()

    def stop_all(self) -> int:
        """Ask every running job to pause because the program closes; return how many there are."""
        self._is_closing = True
        self._remedying.stop_all()
        if self._creation is not None:
            self._creation.stop.ask(StopWish.CLOSE)
        self._lanes.stop_all(StopWish.CLOSE)
        self._show_views()
        return self.running_count

    def wait_stopped(self, seconds: float) -> None:
        """Return when no job runs any more, or after `seconds`; the window does not answer meanwhile."""
        loop = QEventLoop()
        self.all_stopped.connect(loop.quit)
        QTimer.singleShot(int(seconds * 1000), loop.quit)
        if self.running_count:
            loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    def _list(self) -> None:
        self._recording.ask(ListWish())

    def _on_answered(self, answer: Answer) -> None:
        match answer:
            case JobsListed():
                self._on_jobs_listed(answer)
            case JobCreated():
                self._on_created(answer)
            case JobCancelled():
                self._list()
            case SpaceEstimated():
                self._on_space_estimated(answer)
            case WishFailed():
                self._on_wish_failed(answer)
            case _:
                pass  # runs have their own signal, and `Remedying` listens too

    def _on_wish_failed(self, failed: WishFailed) -> None:
        match failed.wish:
            case CreateWish():
                self._on_not_created(failed)
            case CancelWish() if failed.reason.code == ReasonCode.JOB_ENDED.name:
                self._list()  # it was done before the question was answered: nothing went wrong
            case CancelWish() | ListWish():
                self._window.exports_panel.show_error(describe(failed.reason))
            case _:
                pass  # without an estimate the export itself will say what is wrong

    def _on_jobs_listed(self, listed: JobsListed) -> None:
        self._jobs = listed.jobs
        error = self._failure or listed.notice
        self._window.exports_panel.show_error(describe(error) if error is not None else None)
        self._show_views()
        if not self._has_offered:
            self._has_offered = True
            offered = self._offered_jobs()
            if offered:
                self._window.offer_bar.offer(offer_words(offered))
        if any(view.job.state in RUNNING and view.situation is Situation.ELSEWHERE for view in self._views()):
            self._looking.start()

    def _offered_jobs(self) -> list[Job]:
        return [job for job in self._jobs if job.state in _OFFERED or _may_go_on(job)]

    def _on_offer_accepted(self) -> None:
        for job in reversed(self._offered_jobs()):
            self.resume(job.id)

    def _views(self) -> list[JobView]:
        return [self._view(job) for job in self._jobs]

    def _view(self, job: Job) -> JobView:
        situation = self._lanes.situation(job.id)
        if situation is Situation.ELSEWHERE and self._remedying.is_waiting(job.id):
            situation = Situation.HELD_UP
        if job.reason is None and job.id in self._reasons:
            job = replace(job, reason=self._reasons[job.id])
        is_here = situation in (Situation.RUNNING, Situation.STOPPING)
        return JobView(job, situation, self._progress.get(job.id) if is_here else None)

    def _show_views(self) -> None:
        self._window.exports_panel.show_views(self._views())

    def _on_reported(self, report: Report) -> None:
        if isinstance(report, Progress):
            self._progress[report.job_id] = report
            self._window.exports_panel.show_progress(report)

    def _on_run_ended(self, ended: RunEnded) -> None:
        has_begun = self._progress.pop(ended.job_id, None) is not None
        if ended.reason is not None:
            self._on_run_failed(ended.job_id, ended.reason, has_begun=has_begun)
        self._list()
        if self._is_closing and not self.running_count:
            self.all_stopped.emit()

    def _on_run_failed(self, job_id: str, reason: Reason, *, has_begun: bool) -> None:
        self._reasons[job_id] = reason
        if has_begun:
            self._remedying.stop_waiting(job_id)  # it got further: what comes now is a new obstacle
        for job in self._jobs:
            if job.id == job_id and not self._is_closing:
                self._remedying.wait_if_it_helps(job, reason)

    def _on_estimate_wished(self, spec: ExportSpec) -> None:
        rows = self._dialog.rows if self._dialog is not None else None
        self._estimated = spec
        if rows is not None:
            self._creating.ask(EstimateWish(spec, rows))

    def _on_space_estimated(self, estimated: SpaceEstimated) -> None:
        free = estimated.free
        if self._dialog is not None and free is not None and estimated.wish.spec == self._estimated:
            self._dialog.show_space(estimated.needed, free, is_enough=estimated.is_enough)

    def _on_export_requested(self, spec: ExportSpec) -> None:
        self._creation = CreateWish(spec)
        self._creating.ask(self._creation)

    def _on_created(self, created: JobCreated) -> None:
        if self._is_closing:
            return
        job = created.job
        if created.wish is not self._creation or created.wish.stop.is_asked():
            # The dialog was closed in the very moment the job came to be.
            self._recording.ask(CancelWish(job.id))
            return
        self._creation = None
        self._desktop.remember_export_folder(Path(job.spec.target).parent)
        self._jobs = (job, *self._jobs)
        self.resume(job.id)
        if self._dialog is not None:
            self._dialog.accept()

    def _on_not_created(self, failed: WishFailed) -> None:
        if failed.wish is self._creation:
            self._creation = None
            if self._dialog is not None:
                self._dialog.show_failure(failed.reason)

    def _on_dialog_finished(self) -> None:
        self._dialog = None
        if self._creation is not None:
            self._creation.stop.ask(StopWish.CANCEL)


def _may_go_on(job: Job) -> bool:
    """Whether it was paused by the program's end or by an error, and not by a person."""
    if job.state is not JobState.PAUSED or job.reason is None:
        return False
    return job.reason.code == ReasonCode.PROGRAM_CLOSED.name or job.reason.kind in _MENDABLE

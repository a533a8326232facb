"""Tells a person who looks at another window that a long export has ended."""

from dataclasses import dataclass
from time import monotonic

from PySide6.QtCore import QObject, Signal

from dataflow_desktop.domain.job import Job
from dataflow_desktop.domain.progress import Finished, Report, Started
from dataflow_desktop.errors import Reason
from dataflow_desktop.ui.desktop import Desktop
from dataflow_desktop.ui.notification import done_notice, error_notice

LONG_SECONDS = 10.0
"""Nobody turns away from a shorter one."""


@dataclass(frozen=True)
class JobEnded:
    """Nothing of `job` runs here any more; `reason` when an error ended the run."""

    job: Job
    reason: Reason | None


class EndNotices(QObject):
    """Takes the engine's Reports and each JobEnded behind them; `notice_wished` carries a Notice.

    Lives in the window's thread.
    """

    notice_wished = Signal(object)

    def __init__(self, desktop: Desktop, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desktop = desktop
        self._begun: dict[str, float] = {}
        self._finished: dict[str, Finished] = {}

    def on_reported(self, report: Report) -> None:
        """Note when a run began, and that it reached its end."""
        match report:
            case Started():
                self._begun.setdefault(report.job_id, monotonic())
            case Finished():
                self._finished[report.job_id] = report
            case _:
                pass

    def on_job_ended(self, ended: JobEnded) -> None:
        """Wish for a notice when the run was long, nobody looks, and no person ended it."""
        now = monotonic()
        is_long = now - self._begun.pop(ended.job.id, now) > LONG_SECONDS
        finished = self._finished.pop(ended.job.id, None)
        if not is_long or self._desktop.is_in_front:
            return
        if ended.reason is not None:
            self.notice_wished.emit(error_notice(ended.job, ended.reason))
        elif finished is not None:
            self.notice_wished.emit(done_notice(finished))

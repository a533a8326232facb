"""Verifying a finished file: in a thread, stopped when asked, the answer on its card until it is read."""

from PySide6.QtCore import QCoreApplication, QObject

from dataflow_desktop.domain.job import Job
from dataflow_desktop.domain.verdict_words import verdicts_words
from dataflow_desktop.pacing import StopWish
from dataflow_desktop.ui.card_note import CardNote, NoteKind
from dataflow_desktop.ui.error_texts import describe
from dataflow_desktop.ui.exports_panel import ExportsPanel
from dataflow_desktop.ui.figures import percent_text
from dataflow_desktop.ui.window_voice import window_voice
from dataflow_desktop.workers.inspection_wishes import (
    FileRead,
    FileVerified,
    InspectionAnswer,
    InspectionFailed,
    InspectionStopped,
    VerifyWish,
)
from dataflow_desktop.workers.inspection_worker import InspectionWorker
from dataflow_desktop.workers.worker_thread import WorkerThread


class Verifying(QObject):
    """One export after the other, in a lane of its own. Lives in the window's thread."""

    def __init__(self, panel: ExportsPanel, parent: QObject) -> None:
        super().__init__(parent)
        self._panel = panel
        self._under_way: dict[str, tuple[VerifyWish, int]] = {}  # with the bytes that are to be read
        self._worker = InspectionWorker()
        self.thread_of_files = WorkerThread(self._worker, "verifying")
        self._worker.answered.connect(self._on_answered)
        self._worker.reported.connect(self._on_read)

    def verify(self, job: Job) -> None:
        """Compare the files of a job with what the job wrote; one that is being compared already goes on."""
        if job.whole_file is None or job.id in self._under_way:
            return
        wish = VerifyWish(job.id)
        self._under_way[job.id] = wish, job.whole_file.bytes
        self._say(job.id, _tr("Verifying…"), NoteKind.RUNNING)
        self.thread_of_files.start()
        self._worker.ask(wish)

    def stop(self, job_id: str) -> None:
        """Give up comparing the files of a job."""
        if job_id in self._under_way:
            wish, _ = self._under_way[job_id]
            wish.stop.ask(StopWish.CANCEL)

    def _on_read(self, read: FileRead) -> None:
        if read.bytes:
            _, size = self._under_way[read.job_id]
            percent = percent_text(read.bytes, size)
            words = _tr("Verifying… {percent}").format(percent=percent)
            self._say(read.job_id, words, NoteKind.RUNNING)

    def _on_answered(self, answer: InspectionAnswer) -> None:
        match answer:
            case FileVerified(wish=wish, verdicts=verdicts):
                self._forget(wish)
                words = verdicts_words(verdicts, window_voice())
                is_equal = all(verdict.is_equal for verdict in verdicts)
                self._say(wish.job_id, words, NoteKind.GOOD if is_equal else NoteKind.BAD)
            case InspectionFailed(wish=VerifyWish() as wish, reason=reason):
                self._forget(wish)
                self._say(wish.job_id, describe(reason).whole, NoteKind.BAD)
            case InspectionStopped(wish=wish):
                self._forget(wish)
                self._panel.show_note(wish.job_id, None)
            case _:
                raise TypeError(answer)

    def _forget(self, wish: VerifyWish) -> None:
        del self._under_way[wish.job_id]

    def _say(self, job_id: str, words: str, kind: NoteKind) -> None:
        self._panel.show_note(job_id, CardNote(words, kind))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Verifying", text)

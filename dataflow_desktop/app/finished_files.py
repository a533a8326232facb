"""What a person does with the file of an export: open, find, verify it, and read all about it."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject

from dataflow_desktop.app.verifying import Verifying
from dataflow_desktop.domain.job import Job
from dataflow_desktop.ui.card_note import CardNote, NoteKind
from dataflow_desktop.ui.desktop import open_path, set_clipboard
from dataflow_desktop.ui.error_texts import describe
from dataflow_desktop.ui.exports_panel import ExportsPanel
from dataflow_desktop.ui.job_details import JobTraces
from dataflow_desktop.ui.job_menu import FileStep, FileWish
from dataflow_desktop.workers.inspection_wishes import (
    InspectionAnswer,
    InspectionFailed,
    PlaceLookedAt,
    PlaceWish,
    TracesFound,
    TracesWish,
)
from dataflow_desktop.workers.inspection_worker import InspectionWorker
from dataflow_desktop.workers.worker_thread import WorkerThread


class FinishedFiles(QObject):
    """Joins the cards' steps to two lanes: a look at a disk does not wait until a file is compared.

    Lives in the window's thread.
    """

    def __init__(self, panel: ExportsPanel, parent: QObject) -> None:
        super().__init__(parent)
        self._panel = panel
        self._verifying = Verifying(panel, self)
        self._worker = InspectionWorker()
        self._thread = WorkerThread(self._worker, "looks at files")
        self._worker.answered.connect(self._on_answered)
        panel.file_wished.connect(self._on_file_wished)
        panel.traces_wished.connect(self._on_traces_wished)

    @property
    def threads(self) -> list[WorkerThread]:
        """Both threads, to be joined at the end."""
        return [self._verifying.thread_of_files, self._thread]

    def _ask(self, wish: PlaceWish | TracesWish) -> None:
        self._thread.start()
        self._worker.ask(wish)

    def _on_file_wished(self, wish: FileWish) -> None:
        job = wish.job
        match wish.step:
            case FileStep.OPEN:
                self._ask(PlaceWish(job.id, job.spec.file(), is_folder=False))
            case FileStep.SHOW_FOLDER:
                self._ask(PlaceWish(job.id, str(Path(job.spec.target).parent), is_folder=True))
            case FileStep.COPY_PATH:
                set_clipboard(job.spec.file())
            case FileStep.VERIFY:
                self._verifying.verify(job)
            case FileStep.STOP_VERIFYING:
                self._verifying.stop(job.id)
            case FileStep.SHOW_DETAILS:
                pass  # the panel's own

    def _on_traces_wished(self, job: Job) -> None:
        self._ask(TracesWish(job))

    def _on_answered(self, answer: InspectionAnswer) -> None:
        match answer:
            case PlaceLookedAt():
                self._on_looked(answer)
            case TracesFound(wish=wish):
                traces = JobTraces(answer.files_there, answer.has_manifest, answer.log_lines)
                self._panel.show_traces(wish.job.id, traces)
            case InspectionFailed(wish=PlaceWish() as wish, reason=reason):
                self._say(wish.job_id, describe(reason).whole)
            case _:
                pass  # of what is left, nothing can be told

    def _on_looked(self, looked: PlaceLookedAt) -> None:
        wish = looked.wish
        if not looked.is_there:
            self._say(wish.job_id, _gone_words(wish))
        elif not open_path(wish.path):
            words = _tr("No program of this computer opens {path}. The file was not changed.")
            self._say(wish.job_id, words.format(path=wish.path))

    def _say(self, job_id: str, words: str) -> None:
        self._panel.show_note(job_id, CardNote(words, NoteKind.BAD))


def _gone_words(wish: PlaceWish) -> str:
    if wish.is_folder:
        words = _tr("There is no folder {path} any more. Nothing was changed.")
    else:
        words = _tr(
            "There is no file {path} any more: it was moved or deleted. Export it again if you need it."
        )
    return words.format(path=wish.path)


def _tr(text: str) -> str:
    return QCoreApplication.translate("FinishedFiles", text)

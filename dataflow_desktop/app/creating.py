"""From the dialog to a new job: what a person asks for, and counting its rows."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from dataflow_desktop.app.asking import Asking
from dataflow_desktop.app.profiles import Profiles
from dataflow_desktop.app.wish_lanes import WishLanes
from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.pacing import StopWish
from dataflow_desktop.ui.desktop import Desktop
from dataflow_desktop.ui.export_dialog import ExportDialog
from dataflow_desktop.ui.export_offer import ExportOffer
from dataflow_desktop.ui.main_window import MainWindow
from dataflow_desktop.workers.export_wishes import (
    Answer,
    CancelWish,
    CreateWish,
    JobCreated,
    WishFailed,
    WishStopped,
)
from dataflow_desktop.workers.worker_thread import WorkerThread


class Creating(QObject):
    """Joins the dialog to the lanes; `created` carries the new Job. Lives in the window's thread."""

    created = Signal(object)

    def __init__(self, window: MainWindow, desktop: Desktop, lanes: WishLanes) -> None:
        super().__init__(window)
        self._window = window
        self._desktop = desktop
        self._lanes = lanes
        self._dialog: ExportDialog | None = None
        self._creation: CreateWish | None = None
        self._asking = Asking(lanes, self)
        self._profiles = Profiles(self)
        lanes.answered.connect(self._on_answered)

    @property
    def thread_of_profiles(self) -> WorkerThread:
        """To be joined at the end."""
        return self._profiles.thread_of_profiles

    @property
    def dialog(self) -> ExportDialog | None:
        """The dialog while it is open."""
        return self._dialog

    def open_dialog(self, offer: ExportOffer) -> None:
        """Ask what to write where; one dialog at a time."""
        if self._dialog is not None:
            self._dialog.raise_()
            return
        self._dialog = ExportDialog(offer, self._desktop.export_choices, self._window)
        self._dialog.export_requested.connect(self._on_export_requested)
        self._dialog.finished.connect(self._on_dialog_finished)
        self._asking.serve(self._dialog)
        self._profiles.serve(self._dialog)
        self._dialog.open()
        self._dialog.ask_estimate()
        self._dialog.ask_preview()

    def stop(self) -> None:
        """Give up counting: the program closes."""
        if self._creation is not None:
            self._creation.stop.ask(StopWish.CLOSE)

    def _on_answered(self, answer: Answer) -> None:
        match answer:
            case JobCreated():
                self._on_created(answer)
            case WishFailed(wish=CreateWish()) | WishStopped(wish=CreateWish()):
                self._on_not_created(answer)
            case _:
                pass  # `Exporting` listens too

    def _on_export_requested(self, spec: ExportSpec) -> None:
        self._creation = CreateWish(spec)
        self._lanes.ask(self._creation)

    def _on_created(self, created: JobCreated) -> None:
        job = created.job
        if created.wish is not self._creation or created.wish.stop.wish is StopWish.CANCEL:
            # The dialog was closed in the very moment the job came to be.
            self._lanes.ask(CancelWish(job.id))
            return
        self._creation = None
        self._desktop.remember_export_folder(Path(job.spec.target).parent)
        self._desktop.export_choices.remember(job.spec.options)
        self.created.emit(job)
        if self._dialog is not None:
            self._dialog.accept()

    def _on_not_created(self, answer: WishFailed | WishStopped) -> None:
        if answer.wish is not self._creation:
            return
        self._creation = None
        if self._dialog is not None:
            self._dialog.show_failure(answer.reason if isinstance(answer, WishFailed) else None)

    def _on_dialog_finished(self) -> None:
        self._dialog = None
        if self._creation is not None:
            self._creation.stop.ask(StopWish.CANCEL)

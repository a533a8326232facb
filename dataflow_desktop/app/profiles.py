"""Profiles in the export dialog: listed, saved, deleted, read from files and written into them."""

from PySide6.QtCore import QObject

from dataflow_desktop import locations
from dataflow_desktop.ui.export_dialog import ExportDialog
from dataflow_desktop.workers.profile_wishes import (
    DeleteProfileWish,
    ListProfilesWish,
    ProfileAnswer,
    ProfileRead,
    ProfilesFailed,
    ProfilesKnown,
    ProfileWish,
    ReadProfileWish,
    SaveProfileWish,
    WriteProfileWish,
)
from dataflow_desktop.workers.profile_worker import ProfileWorker
from dataflow_desktop.workers.worker_thread import WorkerThread


class Profiles(QObject):
    """Joins a dialog's profiles to a lane of their own. Lives in the window's thread."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._dialog: ExportDialog | None = None
        self._worker = ProfileWorker(locations.profiles_path())
        self.thread_of_profiles = WorkerThread(self._worker, "profiles")
        self._worker.answered.connect(self._on_answered)

    def serve(self, dialog: ExportDialog) -> None:
        """Let `dialog` know the profiles, and do with them what it wishes, until it is closed."""
        self._dialog = dialog
        part = dialog.profile_part
        part.save_wished.connect(lambda profile: self._ask(SaveProfileWish(profile)))
        part.delete_wished.connect(lambda profile: self._ask(DeleteProfileWish(profile)))
        part.import_wished.connect(lambda path: self._ask(ReadProfileWish(path)))
        part.export_wished.connect(lambda profile, path: self._ask(WriteProfileWish(profile, path)))
        dialog.finished.connect(self._on_finished)
        self._ask(ListProfilesWish())

    def _ask(self, wish: ProfileWish) -> None:
        self.thread_of_profiles.start()
        self._worker.ask(wish)

    def _on_finished(self) -> None:
        self._dialog = None

    def _on_answered(self, answer: ProfileAnswer) -> None:
        if self._dialog is None:
            return
        part = self._dialog.profile_part
        match answer:
            case ProfilesKnown(wish=SaveProfileWish(profile)):
                part.show_profiles(answer.profiles, answer.notice)
                part.choose(profile.name)
            case ProfilesKnown():
                part.show_profiles(answer.profiles, answer.notice)
            case ProfileRead(profile=profile):
                part.take(profile)
            case ProfilesFailed(reason=reason):
                part.show_failure(reason)

"""Keeps profiles of exports, and reads and writes those that are files of their own."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal

from dataflow_desktop.workers.edge import reason_for
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
from dataflow_desktop.workers.worker_thread import Worker


class ProfileWorker(Worker):
    """Fulfils one wish after the other; `answered` brings a ProfileAnswer."""

    answered = Signal(object)
    _asked = Signal(object)

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._asked.connect(self._on_asked, Qt.ConnectionType.QueuedConnection)

    def ask(self, wish: ProfileWish) -> None:
        """Fulfil `wish` after those before it; from any thread."""
        self._asked.emit(wish)

    def _on_asked(self, wish: ProfileWish) -> None:
        try:
            self.answered.emit(self._answer(wish))
        except Exception as error:  # noqa: BLE001 - the worker's edge
            self.answered.emit(ProfilesFailed(wish, reason_for(error)))

    def _answer(self, wish: ProfileWish) -> ProfileAnswer:
        # Not before anybody asks: what stores need is slow to import.
        from dataflow_desktop.records.profiles import ProfileStore, read_profile, write_profile

        store = ProfileStore(self._path)
        match wish:
            case ReadProfileWish(path):
                return ProfileRead(wish, read_profile(path))
            case SaveProfileWish(profile):
                store.save(profile)
            case DeleteProfileWish(profile):
                store.delete(profile)
            case WriteProfileWish(profile, path):
                write_profile(path, profile, is_overwrite_allowed=True)
            case ListProfilesWish():
                pass
        return ProfilesKnown(wish, tuple(store.profiles()), store.notice)

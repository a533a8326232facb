"""Keeps profiles of exports, and reads and writes those that are files of their own."""

from collections.abc import Iterator
from pathlib import Path

from dataflow_desktop.errors import Reason
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
from dataflow_desktop.workers.worker_thread import WishWorker


class ProfileWorker(WishWorker[ProfileWish, ProfileAnswer]):
    """Fulfils one wish after the other; `answered` brings a ProfileAnswer."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def _answers(self, wish: ProfileWish) -> Iterator[ProfileAnswer]:
        # Not before anybody asks: what stores need is slow to import.
        from dataflow_desktop.records.profiles import ProfileStore, read_profile, write_profile

        store = ProfileStore(self._path)
        match wish:
            case ReadProfileWish(path):
                yield ProfileRead(wish, read_profile(path))
                return
            case SaveProfileWish(profile):
                store.save(profile)
            case DeleteProfileWish(profile):
                store.delete(profile)
            case WriteProfileWish(profile, path):
                write_profile(path, profile, is_overwrite_allowed=True)
            case ListProfilesWish():
                pass
        yield ProfilesKnown(wish, tuple(store.profiles()), store.notice)

    def _failure(self, wish: ProfileWish, reason: Reason) -> ProfileAnswer:
        return ProfilesFailed(wish, reason)

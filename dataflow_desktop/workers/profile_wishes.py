"""What the window may ask about profiles of exports, and the answers."""

from dataclasses import dataclass
from pathlib import Path

from dataflow_desktop.domain.export_profile import ExportProfile
from dataflow_desktop.errors import Reason


@dataclass(frozen=True)
class ListProfilesWish:
    """Every saved profile."""


@dataclass(frozen=True)
class SaveProfileWish:
    """Save a profile, in the place of the one of its name."""

    profile: ExportProfile


@dataclass(frozen=True)
class DeleteProfileWish:
    """Forget the profile of this name."""

    profile: ExportProfile


@dataclass(frozen=True)
class ReadProfileWish:
    """The profile in a file; nothing is saved."""

    path: Path


@dataclass(frozen=True)
class WriteProfileWish:
    """Write a profile into a file, which a person agreed to replace if there was one."""

    profile: ExportProfile
    path: Path


ProfileWish = ListProfilesWish | SaveProfileWish | DeleteProfileWish | ReadProfileWish | WriteProfileWish


@dataclass(frozen=True)
class ProfilesKnown:
    """All saved profiles as they are now; `notice` is what a person must be told of their file."""

    wish: ProfileWish
    profiles: tuple[ExportProfile, ...]
    notice: Reason | None


@dataclass(frozen=True)
class ProfileRead:
    """What was in the file."""

    wish: ReadProfileWish
    profile: ExportProfile


@dataclass(frozen=True)
class ProfilesFailed:
    """Why nothing came of a wish."""

    wish: ProfileWish
    reason: Reason


ProfileAnswer = ProfilesKnown | ProfileRead | ProfilesFailed

"""The saved profiles of exports, and a profile as a file of its own, to be given to somebody else."""

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from dataflow_desktop.domain.export_profile import ExportProfile
from dataflow_desktop.domain.file_options import DELIMITED, check_delimited
from dataflow_desktop.errors import ConfigurationError, DestinationError, ReasonCode, RefusedError
from dataflow_desktop.phrases import Phrase
from dataflow_desktop.records.settings_list import SettingsList
from dataflow_desktop.records.stored_form import UNREADABLE, from_json, to_json

FILE_VERSION = 1
_MARK = "dataflow_profile"

MOST_CHARACTERS = 10_000_000
"""No profile is as long, and of what somebody chose by mistake no more is read."""


@dataclass(frozen=True)
class _Stored:
    version: int
    profiles: tuple[ExportProfile, ...]

    def __post_init__(self) -> None:
        for profile in self.profiles:
            _check(profile)


@dataclass(frozen=True)
class _File:
    dataflow_profile: int
    profile: ExportProfile

    def __post_init__(self) -> None:
        _check(self.profile)


class ProfileStore(SettingsList[ExportProfile]):
    """The saved profiles; no two have one name."""

    title = Phrase.PROFILES
    _stored_kind = _Stored

    def profiles(self) -> list[ExportProfile]:
        """Return all of them, by name."""
        return sorted(self.all(), key=lambda profile: profile.name.casefold())

    def profile(self, name: str) -> ExportProfile:
        """Return the one of that name; raises ConfigurationError where there is none."""
        saved = {profile.name: profile for profile in self.profiles()}
        if name not in saved:
            known = ", ".join(saved) or "none"
            raise ConfigurationError(ReasonCode.PROFILE_UNKNOWN, name=name, known=known)
        return saved[name]

    def save(self, thing: ExportProfile) -> None:
        """Save `thing`, in the place of the one of its name; raises ConfigurationError, DestinationError."""
        _check_options(thing)
        super().save(thing)

    def _things(self, stored: _Stored) -> Sequence[ExportProfile]:
        return stored.profiles

    def _is_same(self, one: ExportProfile, other: ExportProfile) -> bool:
        return one.name == other.name


def write_profile(path: Path, profile: ExportProfile, *, is_overwrite_allowed: bool = False) -> None:
    """Write `profile` into a file of its own; raises RefusedError, DestinationError.

    A file that may be replaced is there until the new one is whole.
    """
    stored = json.loads(to_json(_File(FILE_VERSION, profile)))
    text = json.dumps(stored, indent=2, ensure_ascii=False) + "\n"
    new = path.with_name(f".{path.name}.{os.getpid()}.new") if is_overwrite_allowed else path
    with _turned_errors(path):
        with new.open("x", encoding="utf-8", newline="\n", errors="surrogatepass") as file:
            try:
                file.write(text)
            except OSError:
                with suppress(OSError):
                    new.unlink()
                raise
        if new != path:
            new.replace(path)


def read_profile(path: Path) -> ExportProfile:
    """Return the profile in a file; raises ConfigurationError for a file that is none, DestinationError."""
    with _turned_errors(path), path.open(encoding="utf-8", errors="surrogatepass") as file:
        try:
            text = file.read(MOST_CHARACTERS)
            stored = json.loads(text)
        except (ValueError, RecursionError):
            stored = text = ""
    version = stored.get(_MARK) if isinstance(stored, dict) else None
    if isinstance(version, int) and version > FILE_VERSION:
        raise ConfigurationError(ReasonCode.PROFILE_FILE_NEWER, file=path)
    try:
        if version == FILE_VERSION:
            return from_json(text, _File).profile
    except UNREADABLE as error:
        raise ConfigurationError(ReasonCode.PROFILE_FILE_WRONG, file=path) from error
    raise ConfigurationError(ReasonCode.PROFILE_FILE_WRONG, file=path)


def _check(profile: ExportProfile) -> None:
    """Raise ValueError for a profile without a name, or whose options nobody can follow."""
    if not profile.name.strip():
        raise ValueError(profile.name)
    try:
        _check_options(profile)
    except ConfigurationError as error:
        raise ValueError(error.reason.message) from error


def _check_options(profile: ExportProfile) -> None:
    if profile.options.file_format in DELIMITED:
        check_delimited(profile.options.delimited)


@contextmanager
def _turned_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except FileExistsError as error:
        raise RefusedError(ReasonCode.TARGET_EXISTS, target=path) from error
    except OSError as error:
        reason = error.strerror or error
        raise DestinationError(
            ReasonCode.SETTINGS_UNUSABLE, title=Phrase.PROFILE, file=path, reason=reason
        ) from error

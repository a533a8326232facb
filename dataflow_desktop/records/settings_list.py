"""A list of things that a person saved: a small file of JSON among the settings."""

import itertools
import os
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar

from dataflow_desktop.errors import DestinationError, Reason, ReasonCode
from dataflow_desktop.records.stored_form import UNREADABLE, from_json, to_json

VERSION = 1
OWN_EYES_ONLY = 0o600

Saved = TypeVar("Saved")


class SettingsList(ABC, Generic[Saved]):
    """The things saved at `path`; each change is durable when its method returns.

    Every method raises DestinationError when the file cannot be used. What is no list of ours, or a newer
    program's, is put aside under a name that says so.
    """

    title: ClassVar[str]
    """What a person calls them, in the plural."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._moved_aside: Path | None = None

    @property
    def notice(self) -> Reason | None:
        """What a person must be told: where the file went that could not be read; None when all was well."""
        if self._moved_aside is None:
            return None
        facts = {"title": str(self.title), "file": str(self._moved_aside)}
        return Reason("destination", ReasonCode.SETTINGS_MOVED_ASIDE.name, facts)

    @property
    @abstractmethod
    def _stored_kind(self) -> type[Any]:
        """A frozen dataclass of `version` and the things."""

    @abstractmethod
    def _things(self, stored: Any) -> Sequence[Saved]:  # noqa: ANN401 - of `_stored_kind`
        """Return the things in what was stored."""

    @abstractmethod
    def _is_same(self, one: Saved, other: Saved) -> bool:
        """Whether one takes the place of the other."""

    def all(self) -> list[Saved]:
        """Return all of them, in the order in which they were saved."""
        with self._turned_errors():
            return list(self._read())

    def save(self, thing: Saved) -> None:
        """Save `thing`, in the place of the one it is the same as."""
        with self._turned_errors():
            self._write([*self._others(thing), thing])

    def delete(self, thing: Saved) -> None:
        """Delete what `thing` is the same as, if it is there."""
        with self._turned_errors():
            self._write(self._others(thing))

    def _others(self, thing: Saved) -> list[Saved]:
        return [other for other in self._read() if not self._is_same(other, thing)]

    def _read(self) -> Sequence[Saved]:
        try:
            stored = from_json(self._path.read_text(encoding="utf-8"), self._stored_kind)
        except FileNotFoundError:
            return ()
        except UNREADABLE:
            stored = None
        if stored is None or stored.version != VERSION:
            self._move_aside("unreadable" if stored is None else f"version-{stored.version}")
            return ()
        return self._things(stored)

    def _move_aside(self, why: str) -> None:
        first = self._path.with_name(f"{self._path.name}.{why}-{datetime.now():%Y%m%d-%H%M%S}")  # noqa: DTZ005 - for people
        others = (first.with_name(f"{first.name}-{number}") for number in itertools.count(2))
        aside = next(name for name in itertools.chain([first], others) if not os.path.lexists(name))
        self._path.rename(aside)
        self._moved_aside = aside

    def _write(self, things: Sequence[Saved]) -> None:
        """Put a whole new file in the place of the old one, so that there is always one of the two."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        new = self._path.with_name(f".{self._path.name}.{os.getpid()}.new")
        try:
            _write_synced(new, to_json(self._stored_kind(VERSION, tuple(things))).encode())
            new.replace(self._path)
        finally:
            new.unlink(missing_ok=True)
        _sync_folder(self._path.parent)

    @contextmanager
    def _turned_errors(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise DestinationError(
                ReasonCode.SETTINGS_UNUSABLE,
                title=self.title,
                file=self._path,
                reason=error.strerror or error,
            ) from error


def _write_synced(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWN_EYES_ONLY)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(descriptor)


def _sync_folder(folder: Path) -> None:
    with suppress(AttributeError, OSError):  # Windows opens no folders, and some file systems sync none
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

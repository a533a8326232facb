"""The saved connections: a small file of JSON among the settings, without any password."""

import itertools
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dataflow_desktop.domain.saved_connection import SavedConnection
from dataflow_desktop.errors import DestinationError, Reason, ReasonCode
from dataflow_desktop.records.stored_form import UNREADABLE, from_json, to_json

VERSION = 1
OWN_EYES_ONLY = 0o600


@dataclass(frozen=True)
class _Stored:
    version: int
    connections: tuple[SavedConnection, ...]


class ConnectionStore:
    """The connections saved at `path`; each change is durable when its method returns.

    Every method raises DestinationError when the file cannot be used. What is no list of ours, or a newer
    program's, is put aside under a name that says so.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._moved_aside: Path | None = None

    @property
    def notice(self) -> Reason | None:
        """What a person must be told: where the file went that could not be read; None when all was well."""
        if self._moved_aside is None:
            return None
        facts = {"file": str(self._moved_aside)}
        return Reason("destination", ReasonCode.CONNECTIONS_MOVED_ASIDE.name, facts)

    def connections(self) -> list[SavedConnection]:
        """Return all of them, by name."""
        with _turned_errors(self._path):
            return sorted(self._read(), key=lambda connection: connection.name.casefold())

    def save(self, connection: SavedConnection) -> None:
        """Save `connection`, in the place of the one that has its name."""
        with _turned_errors(self._path):
            others = [other for other in self._read() if other.name != connection.name]
            self._write([*others, connection])

    def delete(self, name: str) -> None:
        """Delete the connection of this name, if there is one."""
        with _turned_errors(self._path):
            self._write([other for other in self._read() if other.name != name])

    def _read(self) -> Sequence[SavedConnection]:
        try:
            stored = from_json(self._path.read_text(encoding="utf-8"), _Stored)
        except FileNotFoundError:
            return ()
        except UNREADABLE:
            stored = None
        if stored is None or stored.version != VERSION:
            self._move_aside("unreadable" if stored is None else f"version-{stored.version}")
            return ()
        return stored.connections

    def _move_aside(self, why: str) -> None:
        first = self._path.with_name(f"{self._path.name}.{why}-{datetime.now():%Y%m%d-%H%M%S}")  # noqa: DTZ005 - for people
        others = (first.with_name(f"{first.name}-{number}") for number in itertools.count(2))
        aside = next(name for name in itertools.chain([first], others) if not os.path.lexists(name))
        self._path.rename(aside)
        self._moved_aside = aside

    def _write(self, connections: Sequence[SavedConnection]) -> None:
        """Put a whole new file in the place of the old one, so that there is always one of the two."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        new = self._path.with_name(f".{self._path.name}.{os.getpid()}.new")
        try:
            _write_synced(new, to_json(_Stored(VERSION, tuple(connections))).encode())
            new.replace(self._path)
        finally:
            new.unlink(missing_ok=True)
        _sync_folder(self._path.parent)


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


@contextmanager
def _turned_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or error
        raise DestinationError(ReasonCode.CONNECTIONS_UNUSABLE, file=path, reason=reason) from error

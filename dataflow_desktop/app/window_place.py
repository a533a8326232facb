"""The place of the one window of a home: who has it listens; who comes later hands its wish over.

The lock on `locations.window_lock_path` says who was first. They talk over a socket of the user's own:

second → first    a WindowWish as a line of JSON
first → second    ANSWER, from the loop of its window: who hangs does not answer
"""

import json
import os
import sys
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from enum import Enum, auto
from pathlib import Path
from typing import Self

from dataflow_desktop import locations
from dataflow_desktop.domain.source_address import absolute_address
from dataflow_desktop.file_lock import FileLock

ANSWER = b"taken\n"

ANSWER_SECONDS = 2.0
"""Who does not answer in that time hangs: then there is a second window."""

START_SECONDS = 5.0
"""How long one that has the place but does not listen is waited for: it is starting, or ending."""

LONGEST_WISH = 1_000_000

_PAUSE_SECONDS = 0.05
_ACTIVATION = "XDG_ACTIVATION_TOKEN"

_LONGEST_PATH = 80
"""Bytes; the system takes 104 or 108 for a socket, and Qt needs some for a name of its own meanwhile."""


@dataclass(frozen=True)
class WindowWish:
    """What a start of the program is to show; `activation` lets a Wayland desktop bring it to front."""

    address: str | None
    table: str | None
    activation: str = ""

    @classmethod
    def from_here(cls, address: str | None, table: str | None) -> Self:
        """Return the wish of this process; paths count from its working folder."""
        with suppress(OSError):  # the folder is gone: an address that needs none is as good as before
            address = absolute_address(address, Path.cwd()) if address is not None else None
        return cls(address, table, os.environ.get(_ACTIVATION, ""))

    def to_line(self) -> bytes:
        """Return the wish as it is handed over."""
        return json.dumps(asdict(self)).encode() + b"\n"

    @classmethod
    def from_line(cls, line: bytes) -> Self:
        """Return the wish that was handed over; raises ValueError, TypeError when it is none."""
        wish = cls(**json.loads(line))
        if not all(isinstance(said, str | None) for said in (wish.address, wish.table, wish.activation)):
            raise TypeError(wish)
        return wish

    def use_activation(self) -> None:
        """Let Qt show the desktop that a person wants this window in front."""
        if self.activation:
            os.environ[_ACTIVATION] = self.activation


@dataclass(frozen=True)
class WindowPlace:
    """Where this process stands: first, with the lock; handed over; or beside one that does not answer."""

    lock: FileLock | None = None
    is_handed_over: bool = False

    @property
    def is_first(self) -> bool:
        """Whether later starts are ours to answer."""
        return self.lock is not None

    def leave(self) -> None:
        """Give the place up."""
        if self.lock is not None:
            self.lock.release()


class _Reply(Enum):
    TAKEN = auto()
    SILENCE = auto()
    NOBODY = auto()


def take_place(wish: WindowWish) -> WindowPlace:
    """Take the place when it is free, else hand `wish` over; without a lock or an answer, do neither."""
    path = locations.window_lock_path()
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            lock = FileLock.acquire(path, 1, 0)
        except OSError:
            return WindowPlace()
        if lock is not None:
            return WindowPlace(lock)
        match _hand_over(wish):
            case _Reply.TAKEN:
                return WindowPlace(is_handed_over=True)
            case _Reply.SILENCE:
                return WindowPlace()
            case _Reply.NOBODY if time.monotonic() > end:
                return WindowPlace()
        time.sleep(_PAUSE_SECONDS)


def socket_name() -> str:
    """Return where the first window listens, as QLocalServer takes it."""
    path = locations.window_socket_path()
    if sys.platform == "win32":
        return _short_name(path)
    if len(os.fsencode(path)) <= _LONGEST_PATH:
        return str(path)
    import tempfile

    return str(Path(tempfile.gettempdir()) / f"{_short_name(path)}.socket")


def _short_name(path: Path) -> str:
    import hashlib  # 10 ms, which most starts can do without

    owner = os.getuid() if hasattr(os, "getuid") else os.environ.get("USERNAME", "")
    return f"dataflow-{hashlib.sha256(f'{owner} {path}'.encode()).hexdigest()[:16]}"


def _is_ours(name: str) -> bool:
    """Whether nobody else listens there: in a folder for all, another user may have been first."""
    if sys.platform == "win32":
        return True
    try:
        return Path(name).stat().st_uid == os.getuid()
    except OSError:
        return False


def _hand_over(wish: WindowWish) -> _Reply:
    from PySide6.QtNetwork import QLocalSocket

    name = socket_name()
    if not _is_ours(name):
        return _Reply.NOBODY
    wait_ms = int(ANSWER_SECONDS * 1000)
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(wait_ms):
        return _Reply.NOBODY
    _let_come_to_front()
    socket.write(wish.to_line())
    end = time.monotonic() + ANSWER_SECONDS
    while not socket.canReadLine():
        left_ms = int((end - time.monotonic()) * 1000)
        if left_ms > 0 and socket.waitForReadyRead(left_ms):
            continue
        # Who left without an answer is ending, and its place will be free.
        is_gone = socket.state() == QLocalSocket.LocalSocketState.UnconnectedState
        return _Reply.NOBODY if is_gone else _Reply.SILENCE
    return _Reply.TAKEN if socket.readLine().data() == ANSWER else _Reply.SILENCE


def _let_come_to_front() -> None:
    """Let the first window take the front: on Windows only the program in front may give that away."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(-1)

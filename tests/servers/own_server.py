"""A database server that the tests start for themselves, in a folder and on a port of its own."""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, ClassVar, Self

import psutil

from dev import PROGRAM_FOLDERS

HOST = "127.0.0.1"

ANSWER_SECONDS = 60.0
"""A server starts in about one second alone; a busy machine takes several times that."""

LOOK_SECONDS = 0.02

FIRST_PORT, PORTS = 20_000, 12_000
"""Below the ports that outgoing connections get: ours is still free when a server comes back."""

Rows = list[tuple[object, ...]]


class OwnServer(ABC):
    """The processes of one server, from an empty folder on; a context that ends with all of it gone.

    As root it runs under one of `users`, for database servers refuse to be root.
    """

    users: ClassVar[Sequence[str]] = ("nobody",)

    def __init__(self, name: str) -> None:
        self._user = _first_known(self.users) if os.geteuid() == 0 else None
        self.port = free_port()
        self.folder = Path(tempfile.mkdtemp(prefix=f"{name}-"))
        self.data = self.folder / "data"
        self.log = self.folder / "server.log"
        self._process: subprocess.Popen[str] | None = None
        self.give_away(self.folder)

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *reason: object) -> None:
        self.close()

    @property
    def process(self) -> "subprocess.Popen[str]":
        """The server's first process."""
        assert self._process is not None, "the server was not started, or is stopped"
        return self._process

    def start(self) -> None:
        """Start it, made first when it is new, and wait until it answers."""
        if not self.data.exists():
            self.make()
        with self.log.open("a") as log:
            self._process = self._spawn(self.command(), log)
        wait_until(self._answers)

    def stop(self, *, immediate: bool = False) -> None:
        """End its connections and write out what it holds; `immediate` leaves that to the next start."""
        self.process.send_signal(self.stop_signal(immediate=immediate))
        self.thaw()
        self.process.wait(ANSWER_SECONDS)
        self._process = None

    def restart(self) -> None:
        """Stop it and start it again, on the same port."""
        self.stop()
        self.start()

    def kill(self) -> None:
        """Kill all its processes; the next `start` has to recover."""
        self.freeze()  # so that none is born meanwhile
        children = self._children()
        self.process.kill()
        for child in children:
            child.kill()
        self.process.wait(ANSWER_SECONDS)
        wait_until(lambda: not any(_is_alive(child) for child in children))
        self._process = None

    def freeze(self) -> None:
        """Halt all its processes: connections stay and the system takes new ones, but nothing is answered."""
        first = psutil.Process(self.process.pid)
        first.suspend()
        wait_until(lambda: first.status() == psutil.STATUS_STOPPED)
        for child in self._children():
            with suppress(psutil.NoSuchProcess):
                child.suspend()

    def thaw(self) -> None:
        """Let all its processes go on."""
        for child in self._children():
            with suppress(psutil.NoSuchProcess):
                child.resume()
        self.process.send_signal(signal.SIGCONT)

    def close(self) -> None:
        """Take it off this machine, in whatever state a failed test left it."""
        if self._process is not None and self._process.poll() is None:
            self.kill()
        shutil.rmtree(self.folder)

    @abstractmethod
    def make(self) -> None:
        """Fill the data folder."""

    @abstractmethod
    def command(self) -> list[str]:
        """Return what runs the server in the foreground."""

    @abstractmethod
    def stop_signal(self, *, immediate: bool) -> signal.Signals:
        """Return what makes the server end."""

    @abstractmethod
    def can_connect(self) -> bool:
        """Whether a connection is answered."""

    def run(self, command: Sequence[str]) -> None:
        """Run a program of the server's to a good end."""
        process = self._spawn(command, subprocess.PIPE)
        output, _ = process.communicate(timeout=ANSWER_SECONDS)
        assert process.returncode == 0, output

    def give_away(self, path: Path) -> None:
        """Let the server have a file or folder."""
        if self._user is not None:
            os.chown(path, self._user.pw_uid, self._user.pw_gid)

    def _spawn(self, command: Sequence[str], output: "IO[str] | int") -> "subprocess.Popen[str]":
        user = self._user
        return subprocess.Popen(
            [program_path(command[0]), *command[1:]],
            cwd=self.folder,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C", "TZ": "UTC", "TMPDIR": str(self.folder)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,  # Ctrl+C is for the tests: they end the server in order
            user=user and user.pw_uid,
            group=user and user.pw_gid,
            extra_groups=user and [],
        )

    def _answers(self) -> bool:
        assert self.process.poll() is None, self.log.read_text(errors="replace")[-4_000:]
        return self.can_connect()

    def _children(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)


def program_path(name: str) -> str:
    """Find a program where dev.py looks for it."""
    path = shutil.which(name, path=os.pathsep.join([os.environ["PATH"], *PROGRAM_FOLDERS]))
    assert path is not None, f"{name} is not installed: python3 dev.py test --all brings it"
    return path


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    while True:
        port = FIRST_PORT + secrets.randbelow(PORTS)
        with socket.socket() as probe, suppress(OSError):
            probe.bind((HOST, port))
            return port


def wait_until(is_so: Callable[[], bool], seconds: float = ANSWER_SECONDS) -> None:
    """Look again and again until it is so; `AssertionError` when it does not become so."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, f"it did not become so within {seconds} seconds"
        time.sleep(LOOK_SECONDS)


def _first_known(users: Sequence[str]) -> pwd.struct_passwd:
    known = {user.pw_name: user for user in pwd.getpwall()}
    return next(known[name] for name in users if name in known)


def _is_alive(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False

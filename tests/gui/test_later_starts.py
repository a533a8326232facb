"""A second start of the program hands what it was to open to the window that runs; in real processes."""

import os
import shutil
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from dataflow_desktop.app import window_place
from dataflow_desktop.app.later_starts import LaterStarts
from dataflow_desktop.app.window_place import WindowWish, socket_name, take_place
from tests.gui.driving import wait_until
from tests.gui.watched_window import Shown, WatchedWindow, start_second, window_of

HANGING_SECONDS = window_place.ANSWER_SECONDS + 30

unix = pytest.mark.skipif(sys.platform == "win32", reason="signals and sockets of Unix")


@pytest.fixture
def other(tmp_path: Path) -> Path:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    path = folder / "other.db"
    connection = sqlite3.connect(path)
    connection.executescript(
        "CREATE TABLE first (id INTEGER PRIMARY KEY); CREATE TABLE second (id INTEGER PRIMARY KEY)"
    )
    connection.close()
    return path


def shows(path: Path | str) -> Callable[[Shown], bool]:
    return lambda shown: shown["opened"][-1:] == [str(path)]


def test_a_second_start_opens_its_file_in_the_first_window(home: Path, catalogue: Path, other: Path) -> None:
    with window_of(home, str(catalogue), MINIMIZED="1") as first:
        first.wait(lambda shown: shown["opened"] == [str(catalogue)] and shown["minimized"])
        code, _ = start_second(home, other.name, "second", folder=other.parent)
        assert code == 0
        shown = first.wait(lambda shown: "second" in shown["title"])
        assert shown["opened"] == [str(catalogue), str(other)]
        assert not shown["minimized"]


def test_a_second_start_without_a_file_opens_nothing(home: Path, catalogue: Path) -> None:
    with window_of(home, str(catalogue), MINIMIZED="1") as first:
        first.wait(lambda shown: shown["opened"] == [str(catalogue)] and shown["minimized"])
        assert start_second(home)[0] == 0
        assert first.wait(lambda shown: not shown["minimized"])["opened"] == [str(catalogue)]


def test_a_file_handed_over_while_the_catalogue_is_made_stays_open(
    qtbot: QtBot, home: Path, other: Path
) -> None:
    with window_of(home, CATALOGUE_ROWS="500000") as first:
        first.wait(lambda shown: not shown["opened"])  # it has begun
        assert start_second(home, str(other))[0] == 0
        first.wait(shows(other))
        wait_until(qtbot, (home / "products.db").is_file)
        assert start_second(home)[0] == 0
    assert first.states[-1]["opened"] == [str(other)]


@unix
def test_a_start_after_kill_9_has_the_place_again(home: Path, catalogue: Path, other: Path) -> None:
    killed = WatchedWindow(home, str(catalogue))
    killed.wait(shows(catalogue))
    assert start_second(home, str(catalogue))[0] == 0
    killed.die(signal.SIGKILL)
    assert stat.S_ISSOCK(Path(socket_name()).stat().st_mode)
    with window_of(home, str(catalogue)) as first:
        first.wait(shows(catalogue))
        assert start_second(home, str(other))[0] == 0
        first.wait(shows(other))


@unix
def test_a_first_window_that_hangs_is_not_waited_for(home: Path, catalogue: Path, other: Path) -> None:
    hanging = WatchedWindow(home, str(catalogue))
    hanging.wait(shows(catalogue))
    assert start_second(home, str(catalogue))[0] == 0
    hanging.process.send_signal(signal.SIGSTOP)
    try:
        with window_of(home, str(other)) as second:
            second.wait(shows(other))
    finally:
        hanging.process.send_signal(signal.SIGCONT)
    assert hanging.quit() == 0


def test_windows_of_two_homes_know_nothing_of_each_other(home: Path, catalogue: Path, other: Path) -> None:
    with window_of(home, str(catalogue)) as first:
        first.wait(shows(catalogue))
        with window_of(home.with_name("home of somebody else"), str(other)) as second:
            second.wait(shows(other))
    assert first.states[-1]["opened"] == [str(catalogue)]


def test_the_place_is_free_again_when_the_window_has_closed(home: Path, catalogue: Path) -> None:
    with window_of(home, str(catalogue)) as first:
        first.wait(shows(catalogue))
    place = take_place(WindowWish(None, None))
    assert place.lock is not None
    place.lock.release()
    assert not Path(socket_name()).exists()


@unix
def test_only_the_user_may_talk_to_the_window(home: Path, catalogue: Path) -> None:
    with window_of(home, str(catalogue)) as first:
        first.wait(shows(catalogue))
        assert start_second(home, str(catalogue))[0] == 0  # it listens
        assert stat.S_IMODE(Path(socket_name()).stat().st_mode) & 0o077 == 0


@unix
def test_what_is_no_wish_changes_nothing(home: Path, catalogue: Path) -> None:
    with window_of(home, str(catalogue)) as first:
        first.wait(shows(catalogue))
        assert start_second(home)[0] == 0
        for line in (b"hello\n", b"[1, 2]\n", b'{"address": 1, "table": null, "activation": ""}\n', b"\n"):
            with socket.socket(socket.AF_UNIX) as caller:
                caller.connect(socket_name())
                caller.sendall(line)
                assert caller.recv(100) == b""
        assert start_second(home)[0] == 0
    assert first.states[-1]["opened"] == [str(catalogue)]


@unix
def test_a_home_with_a_long_path_listens_among_temporary_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, catalogue: Path, other: Path
) -> None:
    home = tmp_path / ("long " * 30)
    monkeypatch.setenv("DATAFLOW_HOME", str(home))
    assert not Path(socket_name()).is_relative_to(home)
    with window_of(home, str(catalogue)) as first:
        first.wait(shows(catalogue))
        assert start_second(home, str(other))[0] == 0
        first.wait(shows(other))


@unix
def test_nothing_is_handed_to_a_socket_of_somebody_else(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window_place, "START_SECONDS", 0.2)
    first = take_place(WindowWish(None, None))
    assert first.lock is not None
    listener = LaterStarts()
    listener.listen()
    try:
        another = os.getuid() + 1
        name = socket_name()
        monkeypatch.setattr(window_place, "socket_name", lambda: name)
        monkeypatch.setattr(os, "getuid", lambda: another)
        monkeypatch.setattr(
            window_place.WindowWish, "to_line", lambda self: pytest.fail("it was handed over")
        )
        assert take_place(WindowWish("postgresql://ada:secret@host/shop", None)) == window_place.WindowPlace()
    finally:
        listener.close()
        first.lock.release()


@unix
def test_a_home_that_cannot_be_written_still_opens_a_window(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.write_text("no folder")
    assert take_place(WindowWish(None, None)) == window_place.WindowPlace()


def test_a_wish_survives_the_way() -> None:
    wish = WindowWish("postgresql://ada:p%40ß@host/shop", "table\nwith a break", "token")
    line = wish.to_line()
    assert line.count(b"\n") == 1
    assert WindowWish.from_line(line) == wish


def test_copied_homes_listen_in_places_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = set()
    for name in ("a" * 200, "b" * 200, "short"):
        monkeypatch.setenv("DATAFLOW_HOME", str(tmp_path / name))
        names.add(socket_name())
    assert len(names) == 3
    shutil.rmtree(tmp_path / "short", ignore_errors=True)


@unix
def test_a_window_that_ends_while_it_is_asked_is_no_hanging_one(home: Path) -> None:
    home.mkdir(exist_ok=True)
    with socket.socket(socket.AF_UNIX) as ending:
        ending.bind(socket_name())
        ending.listen()
        leave = "import socket, sys; socket.socket(fileno=int(sys.argv[1])).accept()[0].close()"
        command = [sys.executable, "-c", leave, str(ending.fileno())]
        with subprocess.Popen(command, pass_fds=[ending.fileno()]):
            assert window_place._hand_over(WindowWish(None, None)) is window_place._Reply.NOBODY


@unix
def test_who_has_called_a_closing_window_is_not_told_that_it_opens_the_file(qtbot: QtBot, home: Path) -> None:
    home.mkdir(exist_ok=True)
    listener = LaterStarts()
    wishes: list[WindowWish] = []
    listener.wished.connect(wishes.append)
    assert listener.listen()
    with socket.socket(socket.AF_UNIX) as caller:
        caller.connect(socket_name())
        wait_until(qtbot, lambda: bool(listener._callers))
        listener.close()
        with suppress(BrokenPipeError):
            caller.sendall(WindowWish("a.db", None).to_line())
        qtbot.wait(50)
        with suppress(ConnectionResetError):
            assert caller.recv(100) == b""
    assert wishes == []


def test_a_wish_in_a_folder_that_is_gone_is_the_address_as_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert WindowWish.from_here("postgresql://ada@host/shop", None).address == "postgresql://ada@host/shop"

"""Sleep is held off while an export runs, over a real message bus; without one, nothing is felt of it."""

import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from queue import Queue

import pytest
from jeepney import (  # type: ignore[import-untyped]  # jeepney has no types
    DBusAddress,
    HeaderFields,
    MessageType,
    new_method_call,
    new_method_return,
)
from jeepney.bus_messages import message_bus  # type: ignore[import-untyped]  # the same
from jeepney.io.blocking import (  # type: ignore[import-untyped]  # the same
    DBusConnection,
    open_dbus_connection,
)

from dataflow_desktop import awake
from dataflow_desktop.awake import kept_awake
from dataflow_desktop.domain.progress import Finished, Paused, Progress
from dataflow_desktop.pacing import StopWish
from tests.program import Program
from tests.unit.exports import job_store, new_job, run_to_end, run_until, spec_for

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has the message bus")

ANSWER_SECONDS = 20
COOKIE = 7
"""What the session manager gives to whoever holds sleep off, and gets back from who does no longer."""


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hold sleep off from the first moment on."""
    monkeypatch.setattr(awake, "SECONDS_BEFORE_HOLD", 0)


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Run a message bus of our own, which programs take for that of the desktop; yield its address."""
    daemon = shutil.which("dbus-daemon")
    if daemon is None:
        pytest.skip("there is no dbus-daemon")
    command = [daemon, "--session", "--nofork", "--print-address"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield address
        process.terminate()


@pytest.fixture
def asked(bus: str) -> Iterator["Queue[str]"]:
    """Answer at the bus as a desktop's session manager does; yield what it is asked, in order."""
    asked: Queue[str] = Queue()
    with closing(open_dbus_connection(bus)) as connection:
        connection.send_and_get_reply(message_bus.RequestName("org.gnome.SessionManager"))
        manager = threading.Thread(target=_manage, args=(connection, asked))
        manager.start()
        yield asked
        with closing(open_dbus_connection(bus)) as other:
            other.send(new_method_call(DBusAddress("/", connection.unique_name), "End"))
        manager.join()


def _manage(connection: DBusConnection, asked: "Queue[str]") -> None:
    while True:
        message = connection.receive()
        if message.header.message_type is not MessageType.method_call:
            continue
        member = message.header.fields[HeaderFields.member]
        if member == "End":
            return
        asked.put(member)
        answer = ("u", (COOKIE,)) if member == "Inhibit" else ("", ())
        connection.send(new_method_return(message, *answer))


def test_sleep_is_held_off_until_an_export_ends(asked: "Queue[str]", catalogue: Path, tmp_path: Path) -> None:
    with job_store() as store:
        job = new_job(store, spec_for(catalogue, tmp_path / "out.csv"))

        def is_enough(report: object) -> bool:
            if isinstance(report, Progress) and not seen:
                seen.append(asked.get(timeout=ANSWER_SECONDS))  # the export waits here, and still runs
            return bool(seen)

        seen: list[str] = []
        reports = run_until(store, job, is_enough, StopWish.PAUSE)
    assert isinstance(reports[-1], Paused)
    assert seen == ["Inhibit"]
    assert asked.get(timeout=ANSWER_SECONDS) == "Uninhibit"


def test_a_short_export_asks_nobody(
    monkeypatch: pytest.MonkeyPatch, asked: "Queue[str]", catalogue: Path, tmp_path: Path
) -> None:
    monkeypatch.setattr(awake, "SECONDS_BEFORE_HOLD", ANSWER_SECONDS)
    with job_store() as store:
        run_to_end(store, new_job(store, spec_for(catalogue, tmp_path / "out.csv")))
    _wait_for_holds()
    assert asked.empty()


def test_the_command_line_holds_sleep_off_too(
    asked: "Queue[str]", catalogue: Path, home: Path, tmp_path: Path
) -> None:
    wish = ("export", str(catalogue), "products", "-o", str(tmp_path / "out.csv"))
    process = Program(home).start(*wish, "--chunk-rows", "1", "--throttle-ms", "100")
    assert asked.get(timeout=ANSWER_SECONDS) == "Inhibit"
    process.terminate()
    _, errors = process.communicate(timeout=ANSWER_SECONDS)
    assert process.returncode == 6, errors


def test_without_a_desktop_an_export_says_nothing_of_it(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, catalogue: Path, tmp_path: Path
) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    with job_store() as store:
        reports = run_to_end(store, new_job(store, spec_for(catalogue, tmp_path / "out.csv")))
    assert isinstance(reports[-1], Finished)
    _wait_for_holds()
    assert "warning" not in caplog.text.lower()


def test_a_desktop_that_does_not_answer_holds_nothing_up(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(tmp_path / "bus"))
        silent.listen()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'bus'}")
        with kept_awake():
            called, _ = silent.accept()
        # The block has ended, and who asked still waits for an answer.
        assert _holds()
        called.close()
    _wait_for_holds()


def _holds() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "awake"]


def _wait_for_holds() -> None:
    for thread in _holds():
        thread.join(ANSWER_SECONDS)
    assert not _holds()

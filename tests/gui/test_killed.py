"""A window's process is killed in the middle of an export; a second one finishes it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from dataflow_desktop.domain.job import JobState
from tests.gui.conftest import StartProgram
from tests.gui.driving import expected_csv, wait_for_state, wait_until

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(sys.platform == "win32", reason="SIGTERM ends a process there like SIGKILL")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_an_export_of_a_killed_window_is_finished_by_the_next_one(
    qtbot: QtBot, start: StartProgram, large_table: Path, tmp_path: Path, number: signal.Signals
) -> None:
    target = tmp_path / "all.csv"
    export_until_killed(large_table, target, number)
    assert not target.exists()

    program = start(large_table)
    wait_until(qtbot, program.window.offer_bar.isVisible)
    (card,) = program.window.exports_panel.cards
    expected_state = JobState.INTERRUPTED if number is signal.SIGKILL else JobState.PAUSED
    assert card.view.job.state is expected_state
    assert card.view.job.durable_rows > 0
    program.window.offer_bar.resume_button.click()
    wait_for_state(qtbot, program, card.view.job.id, JobState.DONE)
    assert target.read_bytes() == expected_csv(large_table, "SELECT * FROM numbers ORDER BY id")


def export_until_killed(database: Path, target: Path, number: signal.Signals) -> None:
    """Run a window that exports, and send it a signal when its first rows are durable."""
    command = [sys.executable, "-m", "tests.gui.exporting_process", str(database), str(target)]
    with subprocess.Popen(command, cwd=ROOT, env=os.environ, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            first_durable = next(line for line in process.stdout if int(line) > 0)
            assert int(first_durable) < 1_000_000
            process.send_signal(number)
            process.stdout.read()
            process.wait()
        finally:
            process.kill()  # leaving Popen waits for its end, however the test ended
    if number is signal.SIGTERM:
        assert process.returncode == 0

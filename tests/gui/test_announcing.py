"""What changes by itself is said to a screen reader: at sensible steps, once, and errors at once."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dataflow_desktop.app.program import Program
from dataflow_desktop.domain.job import JobState
from dataflow_desktop.domain.progress import Progress
from dataflow_desktop.errors import Reason, ReasonCode
from dataflow_desktop.ui.card_note import CardNote, NoteKind
from dataflow_desktop.ui.crash_bar import CrashBar
from dataflow_desktop.ui.error_label import ErrorLabel
from dataflow_desktop.ui.exports_panel import ExportsPanel
from dataflow_desktop.ui.job_words import JobView, Situation
from tests.gui.conftest import SMALL_ROWS
from tests.gui.driving import choose, counted, facet, start_export, wait_for_rows, wait_for_state
from tests.gui.test_exports_panel import JOB

RUNNING = replace(JOB, state=JobState.PROCESSING)
URGENT = QAccessible.AnnouncementPoliteness.Assertive


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a screen reader is told to say; what is urgent begins with "!"."""
    words: list[str] = []

    def hear(event: QAccessibleEvent) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            words.append(("!" if event.politeness() is URGENT else "") + event.message())

    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    return words


@pytest.fixture
def panel(qtbot: QtBot) -> ExportsPanel:
    panel = ExportsPanel()
    qtbot.addWidget(panel)
    panel.show()
    panel.show_views([JobView(RUNNING, Situation.RUNNING)])
    return panel


def report(panel: ExportsPanel, rows: int, seconds_left: float | None = 60.0) -> None:
    panel.show_progress(Progress(JOB.id, rows, rows, 100_000, rows, 1_000.0, seconds_left))


def test_an_export_tells_each_quarter_of_its_way_once(panel: ExportsPanel, heard: list[str]) -> None:
    for rows in range(1_000, 100_000, 1_000):
        report(panel, rows)
    assert heard == ["file.csv: 25 %", "file.csv: 50 %", "file.csv: 75 %"]


def test_a_short_export_tells_its_end_only(panel: ExportsPanel, heard: list[str]) -> None:
    for rows in range(10_000, 100_000, 10_000):
        report(panel, rows, seconds_left=1.0)
    assert heard == []
    panel.show_views([JobView(replace(JOB, state=JobState.DONE))])
    panel.show_views([JobView(replace(JOB, state=JobState.DONE))])
    assert heard == ["file.csv: Done."]


def test_an_export_that_stops_says_why(panel: ExportsPanel, heard: list[str]) -> None:
    reason = Reason("destination", ReasonCode.DISK_FULL.name, {"file": "file.csv"})
    panel.show_views([JobView(replace(JOB, state=JobState.PAUSED, reason=reason))])
    (words,) = heard
    assert words.startswith("file.csv: Paused by an error. ")
    assert "room" in words


def test_the_end_of_a_verification_is_told_and_its_course_is_not(
    panel: ExportsPanel, heard: list[str]
) -> None:
    panel.show_note(JOB.id, CardNote("Verifying: 40 %", NoteKind.RUNNING))
    panel.show_note(JOB.id, CardNote("The file is whole.", NoteKind.GOOD))
    assert heard == ["file.csv: The file is whole."]


def test_an_error_beside_a_field_is_told_at_once(qtbot: QtBot, heard: list[str]) -> None:
    label = ErrorLabel()
    qtbot.addWidget(label)
    label.say("This folder does not exist.")
    label.say("")
    assert heard == ["!This folder does not exist."]


def test_the_rows_found_are_told_once_they_are_counted(
    qtbot: QtBot, shown: Program, heard: list[str], catalogue: Path
) -> None:
    rows = counted(catalogue, "status = 'active'")
    choose(facet(shown, "status"), "active")
    wait_for_rows(qtbot, shown, rows)
    assert heard == [f"{rows:,} of {SMALL_ROWS:,} rows"]


def test_what_stands_in_the_place_of_rows_is_told(qtbot: QtBot, shown: Program, heard: list[str]) -> None:
    shown.window.filter_bar.search_field.setText("no such thing")
    shown.window.filter_bar.apply()
    qtbot.waitUntil(lambda: any(words.startswith("No row matches.") for words in heard))


def test_what_is_said_in_passing_is_told(shown: Program, heard: list[str]) -> None:
    shown.window.show_note("The log is in /logs")
    assert heard == ["The log is in /logs"]


def test_a_crash_is_told_once_its_bar_is_seen(shown: Program, heard: list[str]) -> None:
    bar = CrashBar(lambda: "report")
    assert heard == []
    shown.window.put_on_top(bar)
    QApplication.processEvents()
    assert heard == [bar.text_label.text()]


def test_an_export_by_the_window_is_heard_to_end(
    qtbot: QtBot, shown: Program, heard: list[str], target: Path
) -> None:
    card = start_export(qtbot, shown, target)
    wait_for_state(qtbot, shown, card.view.job.id, JobState.DONE)
    assert f"{target.name}: Done." in heard

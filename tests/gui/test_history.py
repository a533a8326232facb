"""The panel with many exports: what stands first, how one is found, and how few cards are made."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from dataflow_desktop.domain.checkpoint import Checkpoint
from dataflow_desktop.domain.finished_file import WholeFile
from dataflow_desktop.domain.job import Job, JobState
from dataflow_desktop.domain.progress import Progress
from dataflow_desktop.domain.remedies import Remedy
from dataflow_desktop.domain.row_query import RowQuery
from dataflow_desktop.errors import Reason, ReasonCode
from dataflow_desktop.ui import job_details
from dataflow_desktop.ui.card_note import CardNote, NoteKind
from dataflow_desktop.ui.exports_panel import FIRST_CARDS, MORE_CARDS, ExportsPanel
from dataflow_desktop.ui.job_card import JobCard
from dataflow_desktop.ui.job_menu import FileStep, FileWish, JobMenu
from dataflow_desktop.ui.job_words import JobView, Situation
from tests.gui.test_exports_panel import JOB

WHOLE = WholeFile(100_000, 5_000_000, "ab" * 32)


def done(number: int, target: str = "", table: str = "t", source: str = "/s.db") -> Job:
    spec = replace(
        JOB.spec,
        source=source,
        query=RowQuery(table, ("id",)),
        target=target or f"/folder/file {number}.csv",
    )
    finished_at = "2026-01-01T00:00:00+00:00"
    return replace(
        JOB, id=str(number), spec=spec, state=JobState.DONE, whole_file=WHOLE, finished_at=finished_at
    )


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[ExportsPanel]:
    panel = ExportsPanel()
    panel.resize(900, 500)
    qtbot.addWidget(panel)
    panel.show()
    qtbot.waitExposed(panel)
    yield panel
    if panel.details is not None:
        panel.details.close()


@pytest.fixture
def wishes(panel: ExportsPanel) -> list[FileWish]:
    found: list[FileWish] = []
    panel.file_wished.connect(found.append)
    return found


def shown_ids(panel: ExportsPanel) -> list[str]:
    """The jobs of the cards, from top to bottom."""
    return [card.view.job.id for card in sorted(visible_cards(panel), key=lambda card: card.y())]


def visible_cards(panel: ExportsPanel) -> list[JobCard]:
    return [card for card in panel.findChildren(JobCard) if card.isVisible()]


def fill(panel: ExportsPanel, *views: JobView) -> None:
    panel.show_views(views)
    QApplication.processEvents()


def menu_of(panel: ExportsPanel) -> JobMenu:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, JobMenu)
    return menu


def entries(menu: JobMenu) -> list[str]:
    return [action.text().replace("&", "") for action in menu.actions() if not action.isSeparator()]


def test_what_is_unfinished_stands_before_what_has_ended(panel: ExportsPanel) -> None:
    jobs = [done(1), replace(JOB, id="failed", state=JobState.FAILED), done(2), replace(JOB, id="paused")]
    fill(panel, *map(JobView, jobs))
    assert shown_ids(panel) == ["failed", "paused", "1", "2"]
    fill(panel, *(JobView(done(1) if job.id == "failed" else job) for job in jobs[1:]), JobView(done(7)))
    assert shown_ids(panel) == ["paused", "1", "2", "7"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("umsatz", ["1"]),
        ("ORDERS", ["2"]),
        ("shop", ["1", "2"]),
        ("paused", ["0"]),
        ("done shop uMSATZ", ["1"]),
        ("secret", []),
        (" ", ["0", "1", "2"]),
    ],
)
def test_a_search_looks_into_name_table_source_and_state(
    panel: ExportsPanel, text: str, found: list[str]
) -> None:
    shop = "postgresql://me:secret@shop/db"
    jobs = [JOB, done(1, "/a/Umsatz.csv", source=shop), done(2, table="orders", source=shop)]
    fill(panel, *map(JobView, jobs))
    QTest.keyClicks(panel.search_field, text)
    QApplication.processEvents()
    assert shown_ids(panel) == found


def test_without_a_result_the_panel_says_how_to_see_all_again(panel: ExportsPanel) -> None:
    assert "press Ctrl+E" in panel.empty_text
    assert not panel.search_field.isVisible()
    fill(panel, JobView(JOB), JobView(done(1)))
    assert panel.empty_text == ""
    QTest.keyClicks(panel.search_field, "nowhere")
    assert panel.empty_text == "No export matches “nowhere”. Esc in the field shows all 2 again."
    assert visible_cards(panel) == []
    QTest.keyClick(panel.search_field, Qt.Key.Key_Escape)
    assert shown_ids(panel) == ["0", "1"]


def test_of_a_thousand_jobs_few_cards_are_made_and_more_when_they_are_wished_for(panel: ExportsPanel) -> None:
    fill(panel, *(JobView(done(number)) for number in range(1_000)))
    assert shown_ids(panel) == [str(number) for number in range(FIRST_CARDS)]
    assert panel.more_button.text().replace("&", "") == "Show 20 more of 985"
    panel.more_button.click()
    QApplication.processEvents()
    assert len(visible_cards(panel)) == FIRST_CARDS + MORE_CARDS
    assert panel.focusWidget() is panel.card(str(FIRST_CARDS))
    for text in ("file 9", "file 99", "file 999", "nowhere", "file"):
        panel.search_field.setText(text)
        QApplication.sendPostedEvents(None, 0)
    QApplication.processEvents()
    assert len(panel.findChildren(JobCard)) <= FIRST_CARDS + MORE_CARDS
    assert shown_ids(panel) == [str(number) for number in range(FIRST_CARDS)]


def test_a_found_job_beyond_the_first_is_shown_and_nothing_more_is_offered(panel: ExportsPanel) -> None:
    fill(panel, *(JobView(done(number)) for number in range(1_000)))
    panel.search_field.setText("file 770")
    QApplication.processEvents()
    assert shown_ids(panel) == ["770"]
    assert not panel.more_button.isVisible()


def test_a_progress_of_a_job_that_is_not_shown_makes_no_card(panel: ExportsPanel) -> None:
    running = JobView(replace(JOB, id="running"), Situation.RUNNING)
    fill(panel, running, JobView(done(1)))
    panel.search_field.setText("file 1")
    panel.show_progress(Progress("running", 10, 10, 100, 10, 1.0, None))
    assert set(shown_ids(panel)) == {"1"}
    panel.search_field.clear()
    assert panel.card("running").view.rows == 10
    assert len(panel.card("running").sparkline.samples) == 1


def test_down_in_the_field_leads_to_the_first_card_and_return_there_to_its_details(
    panel: ExportsPanel,
) -> None:
    fill(panel, JobView(done(1)), JobView(done(2)))
    panel.search_field.setFocus()
    QTest.keyClick(panel.search_field, Qt.Key.Key_Down)
    assert panel.focusWidget() is panel.card("1")
    QTest.keyClick(panel.card("1"), Qt.Key.Key_Return)
    assert panel.details is not None
    assert panel.details.job.id == "1"
    QTest.mouseDClick(panel.card("2"), Qt.MouseButton.LeftButton)
    assert panel.details.job.id == "2"


def test_a_right_click_and_the_last_button_offer_the_same(
    panel: ExportsPanel, wishes: list[FileWish]
) -> None:
    fill(panel, JobView(done(1)), JobView(replace(JOB, id="2")))
    card = panel.card("1")
    card.menu_button.setFocus()
    QTest.keyClick(card.menu_button, Qt.Key.Key_Space)
    by_button = menu_of(panel)
    assert entries(by_button) == [
        "Open",
        "Show in folder",
        "Copy path",
        "Verify",
        "Remove from the list",
        "Details…",
    ]
    by_button.close()
    place = QPoint(20, 20)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, card.mapToGlobal(place))
    QApplication.sendEvent(card, event)
    assert entries(menu_of(panel)) == [
        "Open",
        "Show in folder",
        "Copy path",
        "Verify",
        "Remove from the list",
        "Details…",
    ]
    QTest.keyClick(menu_of(panel), Qt.Key.Key_V)
    assert [(wish.job.id, wish.step) for wish in wishes] == [("1", FileStep.VERIFY)]
    panel.card("2").menu_button.click()
    assert entries(menu_of(panel)) == ["Show in folder", "Copy path", "Begin again…", "Details…"]
    menu_of(panel).close()


def test_what_is_chosen_in_a_menu_is_done_with_the_job_it_was_opened_for(
    panel: ExportsPanel, wishes: list[FileWish]
) -> None:
    fill(panel, JobView(done(1)))
    panel.card("1").menu_button.click()
    menu = menu_of(panel)
    fill(panel, JobView(done(2)))  # the card of the first job shows the second now
    assert shown_ids(panel) == ["2"]
    next(action for action in menu.actions() if action.text() == "Copy &path").trigger()
    menu.close()
    assert [wish.job.id for wish in wishes] == ["1"]


def test_what_is_said_of_a_file_stays_with_its_job_until_it_is_closed(panel: ExportsPanel) -> None:
    fill(panel, JobView(done(1)), JobView(done(2)))
    panel.show_note("1", CardNote("just what was exported", NoteKind.GOOD))
    panel.search_field.setText("file 2")
    assert [card.note for card in visible_cards(panel)] == [None]
    panel.search_field.clear()
    fill(panel, JobView(done(1)), JobView(done(3)))
    panel.search_field.setText("file 3")
    fill(panel, JobView(done(1)), JobView(done(3)), JobView(done(30)))  # in the card that was the first one's
    assert [card.note for card in visible_cards(panel)] == [None, None]
    panel.search_field.clear()
    card = panel.card("1")
    assert card.note_line.label.text() == "just what was exported"
    assert card.note_line.isVisible()
    assert panel.card("3").note is None
    card.note_line.close_button.click()
    assert not card.note_line.isVisible()
    fill(panel, JobView(done(1)))
    assert panel.card("1").note is None


def test_the_tab_key_goes_from_the_field_through_the_cards_as_they_stand(panel: ExportsPanel) -> None:
    fill(panel, JobView(done(2)))
    fill(panel, JobView(done(1)), JobView(done(2)))
    panel.search_field.setFocus()
    stops = []
    for _ in range(8):
        QTest.keyClick(panel.focusWidget(), Qt.Key.Key_Tab)
        focused = panel.focusWidget()
        assert focused is not None
        stops.append(focused.accessibleName())
    names = [name.replace("file 1.csv", "F").replace("file 2.csv", "G") for name in stops]
    assert [name.split(":")[0] for name in names] == [
        "F", "Open F", "Open the folder of F", "More for F",
        "G", "Open G", "Open the folder of G", "More for G",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("pressed", "after", "heir"),
    [
        ("pause_button", JobView(JOB, Situation.STOPPING), ""),
        ("pause_button", JobView(JOB), "resume_button"),
        ("resume_button", JobView(JOB, Situation.RUNNING), "pause_button"),
        ("cancel_button", JobView(JOB, Situation.STOPPING), ""),
    ],
)
def test_a_step_that_is_gone_leads_to_its_opposite_or_to_the_card(
    panel: ExportsPanel, pressed: str, after: JobView, heir: str
) -> None:
    before = JobView(JOB) if pressed == "resume_button" else JobView(JOB, Situation.RUNNING)
    fill(panel, before)
    card = panel.card(JOB.id)
    getattr(card, pressed).setFocus()
    fill(panel, after)
    assert panel.focusWidget() is (getattr(card, heir) if heir else card)


def test_a_step_that_stays_keeps_the_focus(panel: ExportsPanel) -> None:
    fill(panel, JobView(JOB, Situation.RUNNING))
    card = panel.card(JOB.id)
    card.folder_button.setFocus()
    fill(panel, JobView(JOB))
    assert panel.focusWidget() is card.folder_button


def test_a_remedy_that_is_gone_leads_to_the_card(panel: ExportsPanel) -> None:
    reason = Reason("destination", ReasonCode.FOLDER_NOT_WRITABLE.name, {"folder": "/folder", "reason": "no"})
    fill(panel, JobView(replace(JOB, reason=reason)))
    card = panel.card(JOB.id)
    assert list(card.remedy_buttons) == [Remedy.MOVE]
    card.remedy_buttons[Remedy.MOVE].setFocus()
    fill(panel, JobView(JOB, Situation.MOVING))
    assert panel.focusWidget() is card


def test_details_of_a_removed_export_are_closed(panel: ExportsPanel) -> None:
    fill(panel, JobView(done(1)), JobView(done(2)))
    QTest.keyClick(panel.card("1"), Qt.Key.Key_Return)
    fill(panel, JobView(done(1)))
    assert panel.details is not None
    fill(panel, JobView(done(2)))
    assert panel.details is None


def test_details_are_not_larger_than_the_screen(panel: ExportsPanel, monkeypatch: pytest.MonkeyPatch) -> None:
    small = QSize(600, 360)
    monkeypatch.setattr(job_details, "room_on_screen", lambda _: small)
    fill(panel, JobView(done(1)))
    QTest.keyClick(panel.card("1"), Qt.Key.Key_Return)
    assert panel.details is not None
    assert panel.details.size() == small


@pytest.mark.parametrize(
    ("rows", "loss"),
    [
        (0, "No row was written so far."),
        (1, "The row written so far is thrown away."),
        (2, "The 2 rows written so far are thrown away."),
    ],
)
def test_what_giving_up_throws_away_is_counted(panel: ExportsPanel, rows: int, loss: str) -> None:
    checkpoint = Checkpoint((rows,), rows, 10, "", "") if rows else None
    fill(panel, JobView(replace(JOB, checkpoint=checkpoint)))
    panel.card(JOB.id).cancel_button.click()
    (box,) = panel.findChildren(QMessageBox)
    assert box.informativeText() == f"{loss} It cannot be resumed."
    box.close()

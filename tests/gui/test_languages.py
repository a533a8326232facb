"""The window in German: chosen, whole and readable; and what it writes is the same in every language."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialogButtonBox,
    QLabel,
    QMenu,
    QMenuBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from dataflow_desktop.domain.command_line import export_command, shell_line
from dataflow_desktop.domain.job import Job, JobState
from dataflow_desktop.domain.row_query import Operator
from dataflow_desktop.errors import ConfigurationError, DestinationError, ReasonCode
from dataflow_desktop.ui import languages
from dataflow_desktop.ui.desktop import open_settings
from dataflow_desktop.ui.elided_label import ElidedLabel
from dataflow_desktop.ui.error_texts import describe
from dataflow_desktop.ui.figures import plural, rows_of_text, rows_text
from dataflow_desktop.ui.languages import (
    Language,
    choose_language,
    chosen_language,
    locale_of,
    speak,
    spoken_language,
)
from tests.gui.conftest import SMALL_ROWS, StartProgram
from tests.gui.driving import close, expected_csv, start_export, wait_for_rows, wait_for_state
from tests.gui.tour import Tour, begin
from tests.gui.watched_window import ROOT
from tests.unit.exports import job_store

AWidget = TypeVar("AWidget", bound=QWidget)


@pytest.fixture(autouse=True)
def english_again(application: QApplication) -> Iterator[None]:
    yield
    speak(application, Language.ENGLISH)


@pytest.fixture
def german(application: QApplication) -> None:
    choose_language(open_settings(), Language.GERMAN)
    speak(application, Language.GERMAN)


@pytest.fixture
def tour(german: None, qtbot: QtBot, start: StartProgram, catalogue: Path) -> Tour:
    return begin(qtbot, start, catalogue)


# The choice


@pytest.mark.parametrize(
    ("chosen", "system_languages", "spoken"),
    [
        (Language.SYSTEM, ["de-AT", "de", "en"], Language.GERMAN),
        (Language.SYSTEM, ["fr-FR", "fr", "de_DE", "en"], Language.GERMAN),
        (Language.SYSTEM, ["en-GB", "de"], Language.ENGLISH),
        (Language.SYSTEM, ["ja-JP"], Language.ENGLISH),
        (Language.SYSTEM, ["C"], Language.ENGLISH),
        (Language.ENGLISH, ["de-DE"], Language.ENGLISH),
        (Language.GERMAN, [], Language.GERMAN),
    ],
)
def test_the_person_is_answered_in_their_own_language(
    chosen: Language, system_languages: list[str], spoken: Language
) -> None:
    assert spoken_language(chosen, system_languages) is spoken


@pytest.mark.parametrize(
    ("chosen", "system", "figures"),
    [
        (Language.SYSTEM, "de_AT", "de_AT"),
        (Language.SYSTEM, "fr_FR", "fr_FR"),  # with English words: they are figures of that country
        (Language.SYSTEM, "C", "en_US"),
        (Language.GERMAN, "de_CH", "de_CH"),
        (Language.GERMAN, "en_GB", "de_DE"),
        (Language.ENGLISH, "de_DE", "en_US"),
    ],
)
def test_numbers_follow_the_language(chosen: Language, system: str, figures: str) -> None:
    spoken = spoken_language(chosen, [system])
    assert locale_of(chosen, spoken, QLocale(system)).name() == figures


def test_a_language_is_chosen_in_the_menu_and_spoken_at_the_next_start(
    qtbot: QtBot, start: StartProgram, catalogue: Path
) -> None:
    program = start(catalogue)
    wait_for_rows(qtbot, program, SMALL_ROWS)
    assert program.window.menus.action("language system").isChecked()
    program.window.menus.action("language de").trigger()
    assert program.window.filter_bar.count_label.text() == "3,000 rows"
    assert chosen_language(open_settings()) is Language.GERMAN
    close(qtbot, program)
    again = start(catalogue)
    wait_for_rows(qtbot, again, SMALL_ROWS)
    assert again.window.menus.action("language de").isChecked()
    assert again.window.filter_bar.count_label.text() == "3.000 Zeilen"
    assert again.window.menuBar().actions()[0].text() == "&Datei"
    again.window.menus.action("language system").trigger()
    close(qtbot, again)
    assert start(catalogue).window.menuBar().actions()[0].text() == "&File"


def test_a_language_that_nobody_knows_any_more_is_as_if_none_was_chosen() -> None:
    settings = open_settings()
    settings.setValue("language", "tlh")
    assert chosen_language(settings) is Language.SYSTEM


# What is said


def test_figures_have_the_form_and_the_marks_of_the_language(application: QApplication) -> None:
    said = {}
    for language in (Language.ENGLISH, Language.GERMAN):
        speak(application, language)
        said[language] = [rows_text(1), rows_text(0), rows_text(1234567), rows_of_text(1, 1)]
    assert said[Language.ENGLISH] == ["1 row", "0 rows", "1,234,567 rows", "1 of 1 row"]
    assert said[Language.GERMAN] == ["1 Zeile", "0 Zeilen", "1.234.567 Zeilen", "1 von 1 Zeile"]


@pytest.mark.parametrize(
    ("count", "number"), [(0, 0), (1, 1), (3_000_000_001, 1_000_000_001), (2**40, 1_000_000_776)]
)
def test_more_things_than_qt_can_count_have_a_plural_too(count: int, number: int) -> None:
    assert plural(count) == number
    assert rows_text(count).endswith("rows") == (count != 1)


def test_qt_itself_speaks_german(german: None, qtbot: QtBot) -> None:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text() == "Abbrechen"


def test_a_reason_is_said_in_german_with_its_facts(german: None) -> None:
    full = DestinationError(ReasonCode.DISK_NEARLY_FULL, folder="/x", free="1,234,567", reserved="9").reason
    assert "1.234.567 Bytes sind frei, und 9 " in describe(full).message
    wrong = ConfigurationError(ReasonCode.OWN_QUERY_WRONG, name="1,234", problem="a ) closes nothing.").reason
    assert describe(wrong).message == "Die Abfrage 1,234 ist nicht verwendbar: eine ) schließt nichts."
    size = ConfigurationError(
        ReasonCode.VALUE_COUNT_WRONG,
        operator=Operator.BETWEEN,
        column="size",
        expected="two values",
        given="5",
    ).reason
    assert describe(size).message == "„liegt zwischen“ auf der Spalte size braucht zwei Werte, nicht 5."
    ended = ConfigurationError(ReasonCode.JOB_ENDED, job="1", state=JobState.CANCELLED).reason
    assert describe(ended).message == "Der Export 1 ist beendet: Abgebrochen."
    assert wrong.message == "The query 1,234 cannot be used: a ) closes nothing."


# What is written


@pytest.mark.parametrize("locale", ["en_US", "de_DE", "ar_EG", "hi_IN"])
def test_a_file_is_the_same_whatever_language_the_window_speaks(
    locale: str,
    qtbot: QtBot,
    start: StartProgram,
    small_catalogue: Path,
    target: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    choose_language(open_settings(), Language.GERMAN)
    monkeypatch.setattr(languages, "locale_of", lambda *_: QLocale(locale))
    program = start(small_catalogue)
    wait_for_rows(qtbot, program, SMALL_ROWS)
    card = start_export(qtbot, program, target)
    job = wait_for_state(qtbot, program, card.view.job.id, JobState.DONE)
    assert QLocale().name() == locale
    assert target.read_bytes() == expected_csv(small_catalogue, "SELECT * FROM products ORDER BY id")
    assert command_of(job).isascii()
    with job_store() as store:
        (stored,) = store.jobs()
    assert stored == job
    assert shell_line(export_command(stored.spec, stored.plan.table)) == command_of(job)


def command_of(job: Job) -> str:
    return shell_line(export_command(job.spec, job.plan.table))


# What is seen

WALKS: dict[str, Callable[[Tour], Iterator[str]]] = {
    "parts": Tour.parts,
    "bars": Tour.bars,
    "dialogs": Tour.dialogs,
    "servers": Tour.servers,
    "queries": Tour.queries,
    "export dialog": Tour.export_dialog,
}


@pytest.mark.parametrize("walk", WALKS)
def test_every_letter_to_press_is_there_once_and_no_text_is_cut(walk: str, tour: Tour) -> None:
    found = {place: what for place in WALKS[walk](tour) if (what := [*letters_used_twice(), *cut_texts()])}
    assert found == {}


def test_every_letter_of_a_menu_is_there_once(tour: Tour, target: Path) -> None:
    for walk in (tour.menus(), tour.exports(target)):
        found = {place: what for place in walk if (what := letters_used_twice())}
        assert found == {}


def test_letters_of_an_export_that_cannot_go_on(paused: Job, tour: Tour) -> None:
    found = {
        place: what for place in tour.ways_out(paused) if (what := [*letters_used_twice(), *cut_texts()])
    }
    assert found == {}


def letters_used_twice() -> list[str]:
    """Return the letters that stand for two things in one menu, dialog or window on the screen."""
    found = []
    for window in shown_windows():
        if isinstance(window, QMenu | QMenuBar):
            texts = [action.text() for action in window.actions()]
        else:
            texts = [label.text() for label in shown(window, QLabel) if label.buddy() is not None]
            texts += [button.text() for button in shown(window, QAbstractButton)]
            texts += [action.text() for bar in shown(window, QMenuBar) for action in bar.actions()]
        letters = Counter(text[text.index("&") + 1].lower() for text in plain(texts))
        found += [f"{type(window).__name__}: {letter}" for letter, count in letters.items() if count > 1]
    return found


def plain(texts: list[str]) -> Iterator[str]:
    """Yield those of `texts` that have a letter to press."""
    for text in texts:
        without = text.replace("&&", "")
        if "&" in without:
            yield without


def cut_texts() -> list[str]:
    """Return the texts of buttons and labels that have less room than they need."""
    QApplication.processEvents()  # what was said just now is given its room then
    widgets: list[QAbstractButton | QLabel] = []
    for window in shown_windows():
        widgets += [*shown(window, QAbstractButton), *shown(window, QLabel)]
    cut = [widget for widget in widgets if not isinstance(widget, ElidedLabel) and is_cut(widget)]
    return [f"{type(widget).__name__}: {widget.text()}" for widget in cut]


def is_cut(widget: QAbstractButton | QLabel) -> bool:
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.height() < widget.heightForWidth(widget.width())
    return bool(widget.text()) and widget.width() < widget.minimumSizeHint().width()


def shown_windows() -> list[QWidget]:
    return [window for window in QApplication.topLevelWidgets() if window.isVisible()]


def shown(window: QWidget, kind: type[AWidget]) -> list[AWidget]:
    return [
        widget for widget in window.findChildren(kind) if widget.isVisible() and widget.window() is window
    ]


def test_what_the_system_says_stays_as_it_is_in_records_and_logs(home: Path) -> None:
    code = (
        "import locale; from dataflow_desktop.ui.desktop import create_application; create_application([]);"
        "print(locale.setlocale(locale.LC_MESSAGES), locale.setlocale(locale.LC_NUMERIC))"
    )
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "de", "DATAFLOW_HOME": str(home)}
    said = subprocess.check_output([sys.executable, "-c", code], env=environment, text=True, cwd=ROOT)
    assert said.split() == ["C", "C"]

"""Nothing that the window says goes past the translators: it is walked through in a language of marks."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from dataflow_desktop.domain.job import Job
from dataflow_desktop.errors import Reason, ReasonCode
from dataflow_desktop.phrases import Phrase
from dataflow_desktop.ui import desktop
from dataflow_desktop.ui.error_texts import describe
from dataflow_desktop.ui.languages import Language, speak
from tests.gui.conftest import StartProgram
from tests.gui.pseudo_language import forgotten, speak_pseudo_language, untranslated
from tests.gui.tour import Tour, begin

PRODUCT_NAMES = {"DataFlow", "Desktop", "SQLite", "PostgreSQL", "Parquet", "Zstandard", "gzip"}
FORMAT_NAMES = {
    "CSV",
    "TSV",
    "UTF-8",
    "UTF-16",
    "Windows-1252",
    "CRLF",
    "LF",
    "NULL",
    "INTEGER",
    "TEXT",
    "REAL",
}
LANGUAGE_NAMES = {"English", "Deutsch"}
UNITS = {"MB", "kB", "bytes", "AM", "PM"}
"""What Qt's own figures have: it says them in the language of the locale."""

DATA = {"products", "daily", "dear", "least", "localhost"}
NAMES = PRODUCT_NAMES | FORMAT_NAMES | LANGUAGE_NAMES | UNITS | DATA


@pytest.fixture(scope="module")
def data(small_catalogue: Path) -> set[str]:
    """All that the catalogue has: its columns, their types and their values."""
    with closing(sqlite3.connect(small_catalogue)) as connection:
        rows = connection.execute("SELECT * FROM products")
        names = {column[0] for column in rows.description}
        values = {str(value) for row in rows for value in row}
        types = connection.execute("SELECT type FROM pragma_table_info('products')").fetchall()
    return names | values | {text for (text,) in types}


@pytest.fixture
def pseudo_language(application: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(desktop, "speak", speak_pseudo_language)
    speak_pseudo_language(application, Language.SYSTEM)
    yield
    speak(application, Language.ENGLISH)


@pytest.fixture
def tour(pseudo_language: None, qtbot: QtBot, start: StartProgram, catalogue: Path) -> Tour:
    return begin(qtbot, start, catalogue)


def check(walk: Iterator[str], data: set[str]) -> None:
    found = {said: place for place in walk for said in forgotten(NAMES | data)}
    assert found == {}, "\n".join(f"{place}: {said}" for said, place in found.items())


def test_the_window(tour: Tour, data: set[str]) -> None:
    check(tour.parts(), data)


def test_the_menus(tour: Tour, data: set[str]) -> None:
    check(tour.menus(), data)


def test_the_dialogs(tour: Tour, data: set[str]) -> None:
    check(tour.dialogs(), data)


def test_the_servers(tour: Tour, data: set[str]) -> None:
    check(tour.servers(), data)


def test_the_queries(tour: Tour, data: set[str]) -> None:
    check(tour.queries(), data)


def test_the_export_dialog(tour: Tour, data: set[str]) -> None:
    check(tour.export_dialog(), data)


def test_the_exports(tour: Tour, target: Path, data: set[str]) -> None:
    check(tour.exports(target), data)


def test_an_export_that_cannot_go_on(paused: Job, tour: Tour, tmp_path: Path, data: set[str]) -> None:
    check(tour.ways_out(paused), data)


def test_other_sources(tour: Tour, tmp_path: Path, data: set[str]) -> None:
    check(tour.other_sources(tmp_path), data)


def test_a_forgotten_text_is_found(tour: Tour, data: set[str], qtbot: QtBot) -> None:
    label = QLabel("⟦3 rows⟧ of products in products.csv")
    qtbot.addWidget(label)
    label.show()
    assert forgotten(NAMES | data) == {("QLabel", "text", "⟦3 rows⟧ of products in products.csv")}


@pytest.mark.parametrize("code", ReasonCode, ids=lambda code: code.name)
def test_every_reason_is_translated_with_what_it_says(code: ReasonCode, pseudo_language: None) -> None:
    facts = {"problem": Phrase.NO_NAME, "expected": Phrase.NUMBER, "title": Phrase.QUERIES}
    facts |= {"what": Phrase.SORTING, "given": Phrase.NOTHING, "reason": Phrase.IS_FOLDER}
    text = describe(Reason("x", code.name, {name: str(phrase) for name, phrase in facts.items()}))
    assert untranslated(text.whole, NAMES) == []
    assert "no name" not in text.whole or "⟦it has no name.⟧" in text.whole

"""Times in the words of the user's country."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from PySide6.QtCore import QLocale

from dataflow_desktop.ui.figures import moment_text, time_text

THIS_YEAR = datetime.now().astimezone().year


@pytest.fixture(autouse=True)
def own_locale() -> Iterator[None]:
    before = QLocale()
    yield
    QLocale.setDefault(before)


def stored(year: int) -> str:
    return datetime(year, 11, 3, 12, 4).astimezone().isoformat()


@pytest.mark.parametrize(
    ("country", "words"),
    [
        ("en_GB", "3 November, 12:04"),
        ("en_US", "November 3, 12:04 PM"),
        ("de_DE", "3. November, 12:04"),
        ("es_ES", "3 de noviembre, 12:04"),
        ("ja_JP", "11月3日, 12:04"),
    ],
)
def test_a_moment_is_said_as_in_the_users_country(country: str, words: str) -> None:
    QLocale.setDefault(QLocale(country))
    assert moment_text(stored(THIS_YEAR)).replace("\N{NARROW NO-BREAK SPACE}", " ") == words


def test_a_moment_of_another_year_has_the_whole_date() -> None:
    QLocale.setDefault(QLocale("de_DE"))
    assert moment_text(stored(2001)) == "03.11.01, 12:04"
    assert time_text(stored(2001)) == "03.11.01 12:04"

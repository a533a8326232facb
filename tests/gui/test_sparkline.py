"""The small line of how fast an export ran: what is kept for it, where it goes, in which colours."""

import pytest
from PySide6.QtGui import QColor, QPalette
from pytestqt.qtbot import QtBot

from dataflow_desktop.ui import speed_history
from dataflow_desktop.ui.palettes import make_palette
from dataflow_desktop.ui.sparkline import Sparkline
from dataflow_desktop.ui.speed_history import SAMPLE_SECONDS, SPAN_SECONDS, SpeedHistory, SpeedSample


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def monotonic(self) -> float:
        return self.seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(speed_history, "time", clock)
    return clock


def test_a_minute_is_kept_and_no_more_however_often_a_speed_is_told(clock: Clock) -> None:
    history = SpeedHistory()
    for tenth in range(10_000):
        clock.seconds = tenth / 10
        history.note(float(tenth))
    samples = history.samples
    assert len(samples) <= 2 * SPAN_SECONDS / SAMPLE_SECONDS
    assert samples[-1] == SpeedSample(0, 9_999)
    assert SPAN_SECONDS - 1 < samples[0].age_seconds <= SPAN_SECONDS
    ages = [sample.age_seconds for sample in samples]
    assert ages == sorted(ages, reverse=True)


def test_after_a_long_silence_only_the_newest_speed_is_left(clock: Clock) -> None:
    history = SpeedHistory()
    history.note(1.0)
    clock.seconds = 1_000.0
    history.note(2.0)
    assert history.samples == (SpeedSample(0, 2.0),)


def make_line(qtbot: QtBot, *speeds: float, step_seconds: float = 10.0) -> Sparkline:
    line = Sparkline()
    qtbot.addWidget(line)
    line.resize(150, 34)
    count = len(speeds)
    line.show_samples(
        [SpeedSample((count - 1 - place) * step_seconds, speed) for place, speed in enumerate(speeds)]
    )
    return line


def test_the_line_says_itself_in_words(qtbot: QtBot) -> None:
    line = make_line(qtbot, 9_000, 15_000, 12_000)
    assert line.accessibleDescription() == "In the last 20 s between 9,000 and 15,000 rows/s, now 12,000."
    assert make_line(qtbot, 5.0).accessibleDescription() == "Not known yet."


def test_the_newest_speed_is_at_the_right_and_faster_is_higher(qtbot: QtBot) -> None:
    points = make_line(qtbot, 0, 1_000, 500).points()
    assert [point.x() for point in points] == sorted(point.x() for point in points)
    assert points[0].x() < 2
    assert points[-1].x() > 147
    assert points[1].y() < points[2].y() < points[0].y() <= 34
    assert all(point.y() >= 0 for point in points)


def test_a_run_that_has_just_begun_fills_only_the_right(qtbot: QtBot) -> None:
    points = make_line(qtbot, 10, 20, step_seconds=2.0).points()
    assert points[0].x() > 100


def test_a_run_that_stands_still_is_a_line_on_the_floor(qtbot: QtBot) -> None:
    assert {round(point.y()) for point in make_line(qtbot, 0, 0, 0).points()} == {32}


@pytest.mark.parametrize("is_dark", [False, True])
def test_it_is_drawn_in_the_colours_of_the_palette(qtbot: QtBot, is_dark: bool) -> None:
    line = make_line(qtbot, 1_000, 1_000)
    line.setPalette(make_palette(is_dark=is_dark))
    picture = line.grab().toImage()
    accent = line.palette().color(QPalette.ColorRole.Accent)
    column = [picture.pixelColor(picture.width() // 2, y) for y in range(picture.height())]
    assert any(_is_near(colour, accent) for colour in column)
    assert column[-1] == line.palette().color(QPalette.ColorRole.Mid)


def _is_near(one: QColor, other: QColor) -> bool:
    differences = (one.red() - other.red(), one.green() - other.green(), one.blue() - other.blue())
    return max(map(abs, differences)) < 60

"""The window from right to left: lines begin at the right, and paths still read from the left."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from dataflow_desktop.ui.elided_label import ElidedLabel, begins_right_to_left
from dataflow_desktop.ui.text_label import TextLabel

WIDTH = 400


@pytest.fixture
def mirrored(application: QApplication) -> Iterator[None]:
    application.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    application.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def inked(widget: QWidget) -> QRect:
    """Where there are letters in the picture of a widget."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    ground = image.pixel(0, 0)
    places = [
        (x, y) for x in range(image.width()) for y in range(image.height()) if image.pixel(x, y) != ground
    ]
    xs = [x for x, _ in places]
    return QRect(min(xs), 0, max(xs) - min(xs) + 1, image.height())


@pytest.mark.usefixtures("mirrored")
def test_a_wrapped_text_begins_at_the_right(qtbot: QtBot) -> None:
    label = TextLabel("The program ended.")
    label.setWordWrap(True)
    qtbot.addWidget(label)
    label.resize(WIDTH, 40)
    assert inked(label).right() > WIDTH - 8


def test_it_begins_at_the_left_in_other_windows(qtbot: QtBot) -> None:
    label = TextLabel("The program ended.")
    qtbot.addWidget(label)
    label.resize(WIDTH, 40)
    assert inked(label).left() < 8


@pytest.mark.usefixtures("mirrored")
def test_a_path_reads_as_everywhere_and_stands_at_the_right(qtbot: QtBot) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.setText("//////////M")
    label.resize(WIDTH, 20)
    place = inked(label)
    assert place.right() > WIDTH - 8
    picture = label.grab(place).toImage()
    half = picture.width() // 2
    assert darkness(picture, range(half, picture.width())) > darkness(picture, range(half))


def darkness(picture: QImage, columns: range) -> int:
    """How much ink is in some columns of a picture."""
    return sum(255 - picture.pixelColor(x, y).lightness() for x in columns for y in range(picture.height()))


@pytest.mark.parametrize(
    ("text", "is_from_right"), [("/a.db", False), ("62 %", False), ("12 שלום", True), ("مرحبا.db", True)]
)
def test_the_first_letter_tells_the_direction(text: str, is_from_right: bool) -> None:
    assert begins_right_to_left(text) is is_from_right

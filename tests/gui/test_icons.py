"""Icons are sharp on every screen, and greyer where a control is disabled."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage, QPalette
from pytestqt.qtbot import QtBot

from dataflow_desktop import locations
from dataflow_desktop.ui.icons import IconLabel, make_icon, palette_icon
from dataflow_desktop.ui.palettes import make_palette

NAMES = sorted(path.stem for path in (locations.resource_path("icons")).glob("*.svg"))
PIXELS = 16
LARGE = 64


def colours(image: QImage) -> set[str]:
    """The colours of what is drawn in full."""
    places = ((x, y) for x in range(image.width()) for y in range(image.height()))
    pixels = (image.pixelColor(x, y) for x, y in places)
    return {pixel.name() for pixel in pixels if pixel.alpha() == 255}


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0, 3.0])
def test_an_icon_is_drawn_for_the_pixels_of_the_screen(scale: float) -> None:
    """Not drawn for another screen and stretched."""
    icon = make_icon("table", QColor("#123456"))
    shown = icon.pixmap(QSize(PIXELS, PIXELS), scale)
    assert shown.width() == PIXELS * scale
    at_once = icon.pixmap(QSize(round(PIXELS * scale), round(PIXELS * scale)), 1.0)
    assert shown.toImage().constBits() == at_once.toImage().constBits()


@pytest.mark.parametrize("is_dark", [False, True])
def test_a_disabled_icon_has_the_colour_of_disabled_texts(is_dark: bool) -> None:
    palette = make_palette(is_dark=is_dark)
    icon = palette_icon("pause", palette)
    for mode, group in (
        (QIcon.Mode.Normal, QPalette.ColorGroup.Active),
        (QIcon.Mode.Disabled, QPalette.ColorGroup.Disabled),
    ):
        drawn = icon.pixmap(QSize(LARGE, LARGE), 1.0, mode).toImage()
        assert colours(drawn) == {palette.color(group, QPalette.ColorRole.ButtonText).name()}


def test_an_icon_beside_a_text_follows_the_colours_and_is_greyer_when_disabled(qtbot: QtBot) -> None:
    label = IconLabel("pause", PIXELS, QPalette.ColorRole.ButtonText)
    qtbot.addWidget(label)
    label.setPalette(make_palette(is_dark=False))
    pictures = [label.grab().toImage()]
    label.setPalette(make_palette(is_dark=True))
    pictures.append(label.grab().toImage())
    label.setEnabled(False)
    pictures.append(label.grab().toImage())
    assert pictures[0] != pictures[1] != pictures[2]


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_can_be_drawn(name: str) -> None:
    assert colours(make_icon(name, QColor("#123456")).pixmap(LARGE, LARGE).toImage())

"""The colours can be told apart, by the rules of WCAG 2.2, and follow the person or the system."""

from collections.abc import Iterator
from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessibilityHints, QColor, QGuiApplication, QPalette

from dataflow_desktop.app.program import Program
from dataflow_desktop.ui.desktop import Appearance
from dataflow_desktop.ui.palettes import make_palette

_ROLE = QPalette.ColorRole
_KINDS = tuple(product((False, True), repeat=2))

SURFACES = (_ROLE.Window, _ROLE.Base, _ROLE.AlternateBase)
TEXTS = (
    *product((_ROLE.WindowText, _ROLE.Text, _ROLE.PlaceholderText, _ROLE.BrightText, _ROLE.Link), SURFACES),
    *product((_ROLE.LinkVisited,), SURFACES),
    (_ROLE.ButtonText, _ROLE.Button),
    (_ROLE.ButtonText, _ROLE.Midlight),  # a button held down, the table chosen in the explorer
    (_ROLE.HighlightedText, _ROLE.Highlight),
    (_ROLE.PlaceholderText, _ROLE.Button),
    (_ROLE.ToolTipText, _ROLE.ToolTipBase),
)
OUTLINES = (
    *product((_ROLE.Dark, _ROLE.Accent), (*SURFACES, _ROLE.Button)),
    (_ROLE.Highlight, _ROLE.Base),
    (_ROLE.HighlightedText, _ROLE.Highlight),  # the tick of a box
    (_ROLE.Accent, _ROLE.Midlight),  # what is done of a bar, and what is not
)


def luminance(colour: QColor) -> float:
    """How bright a colour is, as WCAG counts it."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(palette: QPalette, one: QPalette.ColorRole, other: QPalette.ColorRole) -> float:
    darker, brighter = sorted(luminance(palette.color(role)) for role in (one, other))
    return (brighter + 0.05) / (darker + 0.05)


def too_weak(palette: QPalette, pairs: tuple[tuple[_ROLE, _ROLE], ...], least: float) -> dict[str, float]:
    found = {f"{one.name} on {other.name}": contrast(palette, one, other) for one, other in pairs}
    return {pair: round(ratio, 2) for pair, ratio in found.items() if ratio < least}


@pytest.mark.parametrize(("is_dark", "is_contrast"), _KINDS)
def test_text_stands_out_from_what_is_behind_it(is_dark: bool, is_contrast: bool) -> None:
    palette = make_palette(is_dark=is_dark, is_contrast=is_contrast)
    assert too_weak(palette, TEXTS, 7.0 if is_contrast else 4.5) == {}


@pytest.mark.parametrize(("is_dark", "is_contrast"), _KINDS)
def test_controls_and_the_ring_of_the_focus_stand_out(is_dark: bool, is_contrast: bool) -> None:
    palette = make_palette(is_dark=is_dark, is_contrast=is_contrast)
    assert too_weak(palette, OUTLINES, 4.5 if is_contrast else 3.0) == {}


@pytest.mark.parametrize(("is_dark", "is_contrast"), _KINDS)
def test_what_is_disabled_can_still_be_read(is_dark: bool, is_contrast: bool) -> None:
    palette = make_palette(is_dark=is_dark, is_contrast=is_contrast)
    palette.setCurrentColorGroup(QPalette.ColorGroup.Disabled)
    pairs = ((_ROLE.Text, _ROLE.Base), (_ROLE.ButtonText, _ROLE.Window), (_ROLE.WindowText, _ROLE.Window))
    assert too_weak(palette, pairs, 4.5 if is_contrast else 2.4) == {}


@pytest.fixture
def worn(shown: Program) -> Iterator[Program]:
    """The window, which gives its colours back: all tests share them."""
    yield shown
    shown.desktop.wear(Appearance.LIGHT)


@pytest.mark.parametrize(
    ("appearance", "window"),
    [
        (Appearance.LIGHT, make_palette(is_dark=False)),
        (Appearance.DARK, make_palette(is_dark=True)),
        (Appearance.CONTRAST_LIGHT, make_palette(is_dark=False, is_contrast=True)),
        (Appearance.CONTRAST_DARK, make_palette(is_dark=True, is_contrast=True)),
    ],
)
def test_the_view_menu_offers_every_appearance(
    worn: Program, appearance: Appearance, window: QPalette
) -> None:
    worn.window.menus.action(f"appearance {appearance}").trigger()
    assert worn.desktop.appearance is appearance
    assert QGuiApplication.palette().color(_ROLE.Window) == window.color(_ROLE.Window)


def test_the_wish_of_the_system_for_contrast_is_followed(
    worn: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    worn.desktop.wear(Appearance.SYSTEM)
    high = Qt.ContrastPreference.HighContrast
    monkeypatch.setattr(QAccessibilityHints, "contrastPreference", lambda _: high)
    worn.desktop._hints.accessibility().contrastPreferenceChanged.emit(high)
    assert QGuiApplication.palette().color(_ROLE.Dark) in (QColor("#000000"), QColor("#ffffff"))
    worn.desktop.wear(Appearance.LIGHT)  # who chose colours has chosen
    assert QGuiApplication.palette().color(_ROLE.Dark) not in (QColor("#000000"), QColor("#ffffff"))

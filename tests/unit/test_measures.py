"""One design: all distances in the window are of one scale, and the style sheet names no colour."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
SCALE = {0, 2, 4, 6, 8, 12, 16, 24}
DISTANCES = re.compile(
    r"(?:setSpacing|setContentsMargins|addSpacing|setHorizontalSpacing|setVerticalSpacing)\(([\d, ]+)\)"
)
COLOURS = re.compile(r"#[0-9a-fA-F]{3,8}\b|rgba?\(")


def test_distances_are_of_one_scale() -> None:
    sources = sorted((ROOT / "dataflow_desktop" / "ui").glob("*.py"))
    found = [
        (path.name, int(number))
        for path in sources
        for numbers in DISTANCES.findall(path.read_text(encoding="utf-8"))
        for number in numbers.split(",")
    ]
    assert len(found) > 100
    assert [(name, number) for name, number in found if number not in SCALE] == []


def test_the_style_sheet_takes_every_colour_from_the_palette() -> None:
    style = (ROOT / "resources" / "style.qss").read_text(encoding="utf-8")
    assert "palette(accent)" in style
    assert COLOURS.findall(style) == []

"""The program's icon for Windows and macOS, read back by Qt."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImageReader

from resources.packaging.app_icons import write_icns, write_ico

BLUE = QColor("#1468c7")


@pytest.mark.parametrize(
    ("write", "name", "sizes"),
    [
        (write_ico, "app.ico", {16, 20, 24, 32, 40, 48, 64, 256}),
        (write_icns, "app.icns", {32, 64, 128, 256, 512, 1024}),
    ],
)
def test_an_icon_has_every_size_and_our_blue(
    tmp_path: Path, write: Callable[[Path], None], name: str, sizes: set[int]
) -> None:
    write(tmp_path / name)
    reader = QImageReader(str(tmp_path / name))
    images = []
    for number in range(reader.imageCount()):
        reader.jumpToImage(number)
        images.append(reader.read())
    assert {image.width() for image in images} == sizes
    colours = {image.pixelColor(image.width() // 2, image.height() // 12).name() for image in images}
    assert colours == {BLUE.name()}

"""The program's icon in the form of each system, drawn from icons/app.svg."""

import struct
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgRenderer

SOURCE = Path(__file__).resolve().parents[1] / "icons" / "app.svg"

HICOLOR_SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
ICO_SIZES = (16, 20, 24, 32, 40, 48, 64, 256)
ICNS_SIZES = {
    b"ic11": 32,
    b"ic12": 64,
    b"ic07": 128,
    b"ic13": 256,
    b"ic08": 256,
    b"ic14": 512,
    b"ic09": 512,
    b"ic10": 1024,
}
"""https://en.wikipedia.org/wiki/Apple_Icon_Image_format#Icon_types"""


def png(size: int) -> bytes:
    """Return the icon as a PNG of `size` pixels each way."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(SOURCE)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    return bytes(kept.data())


def write_hicolor(folder: Path, name: str) -> None:
    """Write the icon theme of a Linux desktop, the drawing itself included, into `folder`."""
    for size in HICOLOR_SIZES:
        _write(folder / f"{size}x{size}" / "apps" / f"{name}.png", png(size))
    _write(folder / "scalable" / "apps" / f"{name}.svg", SOURCE.read_bytes())


def write_ico(path: Path) -> None:
    """Write the icon of a Windows program: a table of places, then a PNG of each size."""
    pictures = [png(size) for size in ICO_SIZES]
    place = 6 + 16 * len(pictures)
    table = struct.pack("<HHH", 0, 1, len(pictures))
    for size, picture in zip(ICO_SIZES, pictures, strict=True):
        # A byte for each edge: 0 stands for 256.
        table += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), place)
        place += len(picture)
    _write(path, table + b"".join(pictures))


def write_icns(path: Path) -> None:
    """Write the icon of a macOS bundle: each PNG behind its kind and length."""
    entries = b"".join(
        kind + struct.pack(">I", 8 + len(picture)) + picture
        for kind, picture in ((kind, png(size)) for kind, size in ICNS_SIZES.items())
    )
    _write(path, b"icns" + struct.pack(">I", 8 + len(entries)) + entries)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)

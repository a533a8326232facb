"""Our own icons, drawn in the palette's colours and sharp at every scale."""

from functools import cache

from PySide6.QtCore import QByteArray, QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPalette, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QLabel, QToolButton, QWidget

from dataflow_desktop import locations

_SIZES = (16, 20, 24, 32, 40, 48, 64, 96)
_BUTTON_PIXELS = 16
_GROUPS = (QPalette.ColorGroup.Active, QPalette.ColorGroup.Disabled)
_LEAST_TARGET = 24
"""What a finger or a trembling hand still meets (WCAG 2.2, 2.5.8)."""


def make_icon(name: str, colour: QColor, disabled: QColor | None = None) -> QIcon:
    """Return the icon called `name` in `colour`, at every size that screens ask for."""
    icon = QIcon()
    for size in _SIZES:
        icon.addPixmap(_drawn(name, colour.name(), size))
        if disabled is not None:
            icon.addPixmap(_drawn(name, disabled.name(), size), QIcon.Mode.Disabled)
    return icon


def app_icon() -> QIcon:
    """Return the program's own icon, which keeps its colours."""
    return make_icon("app", QColor("white"))


class IconButton(QToolButton):
    """A flat button with one of our icons; what it does is its tooltip and its accessible name."""

    def __init__(self, icon_name: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self.setAutoRaise(True)
        self.setIconSize(QSize(_BUTTON_PIXELS, _BUTTON_PIXELS))
        self.setMinimumSize(_LEAST_TARGET, _LEAST_TARGET)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.say(text)
        self._draw()

    def say(self, text: str) -> None:
        """Set what the button does, for the eye and for a screen reader."""
        self.setToolTip(text)
        self.setAccessibleName(text)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon anew when the colours change."""
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)

    def _draw(self) -> None:
        self.setIcon(palette_icon(self._icon_name, self.palette()))


class IconLabel(QLabel):
    """One of our icons beside a text that says the same, so that a screen reader passes over it."""

    def __init__(
        self, icon_name: str, pixels: int, role: QPalette.ColorRole, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._shown = (icon_name, role)
        self.setFixedSize(pixels, pixels)
        self._draw()

    def show_icon(self, icon_name: str, role: QPalette.ColorRole) -> None:
        """Show another icon, in the colour of `role`."""
        if self._shown != (icon_name, role):
            self._shown = (icon_name, role)
            self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon anew when the colours change."""
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the icon as sharp as the screen is that the window stands on now."""
        painter = QPainter(self)
        mode = QIcon.Mode.Normal if self.isEnabled() else QIcon.Mode.Disabled
        self._icon.paint(painter, self.rect(), mode=mode)
        painter.end()

    def _draw(self) -> None:
        name, role = self._shown
        colours = (self.palette().color(group, role) for group in _GROUPS)
        self._icon = make_icon(name, *colours)
        self.update()


def palette_icon(name: str, palette: QPalette) -> QIcon:
    """Return the icon in the colour of the palette's texts."""
    return make_icon(name, *(palette.color(group, QPalette.ColorRole.ButtonText) for group in _GROUPS))


def _drawn(name: str, colour: str, size: int) -> QPixmap:
    # A panel full of exports has hundreds of buttons with the same few icons.
    key = f"{name} {colour} {size}"
    known = QPixmap()
    if QPixmapCache.find(key, known):
        return known
    pixmap = _rendered(name, colour, size)
    QPixmapCache.insert(key, pixmap)
    return pixmap


def _rendered(name: str, colour: str, size: int) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


@cache
def _source(name: str) -> str:
    return (locations.resource_path("icons") / f"{name}.svg").read_text(encoding="utf-8")

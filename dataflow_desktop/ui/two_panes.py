"""Two panes beside each other and one below, as large as the screen allows."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from dataflow_desktop.ui.screen_room import room_on_screen

FIRST_WIDTH = 880
NARROW_WIDTH = 700
"""Below it the panes stand one above the other: as on a small screen whose letters are twice as large."""

LEFT_SHARE, RIGHT_SHARE = 2, 3


class TwoPanes(QScrollArea):
    """The layouts `left`, `right` and `below` take what is to be shown; it scrolls where all is too much."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._width = FIRST_WIDTH
        self.left, self.right, self.below = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        for layout in (self.left, self.right, self.below):
            layout.setSpacing(6)
        self._panes = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._panes.setSpacing(24)
        self._panes.addLayout(self.left, LEFT_SHARE)
        self._panes.addLayout(self.right, RIGHT_SHARE)
        self._content = QWidget()
        self._layout = QVBoxLayout(self._content)
        self._layout.setContentsMargins(16, 12, 16, 4)
        self._layout.setSpacing(8)
        self._layout.addLayout(self._panes)
        self._layout.addLayout(self.below, 1)
        self.setWidget(self._content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def make_room(self) -> None:
        """Let the window grow until everything is seen, but not beyond the screen; it never shrinks."""
        layout = self._window.layout()
        if layout is None:
            return
        for widget in self._content.findChildren(QWidget):
            widget.ensurePolished()  # the style's borders count, also before the first show
        room = room_on_screen(self._window)
        shown = self._window.size() if self._window.isVisible() else QSize(FIRST_WIDTH, 0)
        self._width = min(shown.width(), room.width())
        self._turn(self._width)
        self._layout.activate()
        self.updateGeometry()
        layout.activate()
        height = min(layout.totalSizeHint().height(), room.height())
        self._window.resize(self._width, max(height, shown.height()))

    def sizeHint(self) -> QSize:
        """Return the size at which nothing scrolls."""
        return QSize(self._width, self._layout.totalHeightForWidth(self._width))

    def bring_into_view(self, widget: QWidget) -> None:
        """Scroll until `widget` is seen."""
        self._layout.activate()
        self.ensureWidgetVisible(widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the panes beside each other where there is room."""
        self._turn(self.width())
        super().resizeEvent(event)

    def _turn(self, width: int) -> None:
        is_narrow = width < NARROW_WIDTH
        directions = QBoxLayout.Direction
        self._panes.setDirection(directions.TopToBottom if is_narrow else directions.LeftToRight)

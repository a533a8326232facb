"""How large a window can be on the screen it is on."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

FRAME_ROOM = 48
"""What the system's frame and the edge of the screen take, which nobody knows before a window is shown."""


def room_on_screen(window: QWidget) -> QSize:
    """Return the largest size with which all of `window` is seen."""
    return window.screen().availableSize() - QSize(FRAME_ROOM // 2, FRAME_ROOM)

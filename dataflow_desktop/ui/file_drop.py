"""Files that are dropped onto a window."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True)
class DroppedFiles:
    """The path of the first file, and how many more there were."""

    first: str
    ignored: int


class FileDrop(QObject):
    """Lets `window` take files; `dropped` carries DroppedFiles. Nothing looks into them here."""

    dropped = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what holds a file, and nothing else."""
        if not isinstance(event, QDropEvent):
            return super().eventFilter(watched, event)
        paths = _paths(event.mimeData())
        if paths:
            event.acceptProposedAction()
        if paths and event.type() == QEvent.Type.Drop:
            self.dropped.emit(DroppedFiles(paths[0], len(paths) - 1))
        return True


def _paths(data: QMimeData) -> list[str]:
    return [url.toLocalFile() for url in data.urls() if url.isLocalFile()]

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
    """Takes files dropped onto the widgets it watches; `dropped` carries DroppedFiles.

    Nothing looks into them here.
    """

    dropped = Signal(object)

    def watch(self, widget: QWidget) -> None:
        """Take files from `widget`, also where it would take their names as text."""
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what holds a file; anything else is the widget's own."""
        paths = _paths(event.mimeData()) if isinstance(event, QDropEvent) else []
        if not isinstance(event, QDropEvent) or not paths:
            return super().eventFilter(watched, event)
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self.dropped.emit(DroppedFiles(paths[0], len(paths) - 1))
        return True


def _paths(data: QMimeData) -> list[str]:
    return [url.toLocalFile() for url in data.urls() if url.isLocalFile()]

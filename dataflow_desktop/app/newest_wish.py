"""One question of a dialog at a time: the newest is answered, an older one given up."""

from PySide6.QtCore import QObject, Signal

from dataflow_desktop.app.wish_lanes import WishLanes
from dataflow_desktop.pacing import StopWish
from dataflow_desktop.workers.export_wishes import (
    Answer,
    ExcelChangesFound,
    ExcelLookWish,
    LastExportFound,
    LastExportWish,
    WishFailed,
    WishStopped,
)


class NewestWish(QObject):
    """`answered` brings the Answer to the wish that was asked last. Lives in the window's thread."""

    answered = Signal(object)

    def __init__(self, lanes: WishLanes, parent: QObject) -> None:
        super().__init__(parent)
        self._lanes = lanes
        self._asked: LastExportWish | ExcelLookWish | None = None
        self._wanted: LastExportWish | ExcelLookWish | None = None
        lanes.answered.connect(self._on_answered)

    def ask(self, wish: LastExportWish | ExcelLookWish | None) -> None:
        """Do `wish`, and nothing for those before any more; with None nobody wants to know."""
        self._wanted = wish
        if self._asked is not None:
            self._asked.stop.ask(StopWish.CANCEL)
        else:
            self._ask()

    def _ask(self) -> None:
        if self._wanted is not None:
            self._asked, self._wanted = self._wanted, None
            self._lanes.ask(self._asked)

    def _on_answered(self, answer: Answer) -> None:
        if not isinstance(answer, LastExportFound | ExcelChangesFound | WishFailed | WishStopped):
            return
        asked = self._asked
        if asked is None or answer.wish is not asked:
            return
        self._asked = None
        if not asked.stop.is_asked():
            self.answered.emit(answer)
        self._ask()

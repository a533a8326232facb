"""One question of a dialog at a time: the newest is answered, an older one given up."""

from PySide6.QtCore import QObject, Signal

from dataflow_desktop.app.wish_lanes import WishLanes
from dataflow_desktop.pacing import StopWish
from dataflow_desktop.workers.export_wishes import (
    Answer,
    EstimateWish,
    ExcelChangesFound,
    ExcelLookWish,
    LastExportFound,
    LastExportWish,
    PreviewMade,
    PreviewWish,
    SpaceEstimated,
    StoppableWish,
    WishFailed,
    WishStopped,
)

Question = LastExportWish | ExcelLookWish | PreviewWish | EstimateWish


class NewestWish(QObject):
    """`answered` brings the Answer to the wish that was asked last. Lives in the window's thread."""

    answered = Signal(object)

    def __init__(self, lanes: WishLanes, parent: QObject) -> None:
        super().__init__(parent)
        self._lanes = lanes
        self._asked: Question | None = None
        self._is_old = False
        self._wanted: Question | None = None
        lanes.answered.connect(self._on_answered)

    def ask(self, wish: Question | None) -> None:
        """Do `wish`, and nothing for those before any more; with None nobody wants to know."""
        self._wanted = wish
        if self._asked is None:
            self._ask()
            return
        self._is_old = True
        if isinstance(self._asked, StoppableWish):  # a look at the room is quick as a rule
            self._asked.stop.ask(StopWish.CANCEL)

    def _ask(self) -> None:
        if self._wanted is not None:
            self._asked, self._wanted, self._is_old = self._wanted, None, False
            self._lanes.ask(self._asked)

    def _on_answered(self, answer: Answer) -> None:
        match answer:
            case (
                LastExportFound()
                | ExcelChangesFound()
                | PreviewMade()
                | SpaceEstimated()
                | WishFailed()
                | WishStopped()
            ):
                self._take(answer, answer.wish)
            case _:
                pass  # others listen too

    def _take(self, answer: Answer, wish: object) -> None:
        if self._asked is None or wish is not self._asked:
            return
        self._asked = None
        if not self._is_old:
            self.answered.emit(answer)
        self._ask()

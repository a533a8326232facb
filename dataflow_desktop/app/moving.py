"""Saving an export elsewhere, or finding its rows in another file: these are copied, which may take long."""

from PySide6.QtCore import QObject, Signal

from dataflow_desktop.app.wish_lanes import WishLanes
from dataflow_desktop.pacing import StopWish
from dataflow_desktop.ui.job_words import Situation
from dataflow_desktop.workers.export_wishes import (
    Answer,
    CancelWish,
    JobFound,
    LocateWish,
    MoveWish,
    WishFailed,
    WishStopped,
)

Move = MoveWish | LocateWish


class Moving(QObject):
    """Knows which jobs are being copied; lives in the window's thread.

    `began` and `ended` carry a job's id; after `ended` the job stands where it stood, or has moved.
    """

    began = Signal(str)
    ended = Signal(str)

    def __init__(self, lanes: WishLanes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes = lanes
        self._moves: dict[str, Move] = {}

    @property
    def count(self) -> int:
        """How many jobs are being copied, or wait for that."""
        return len(self._moves)

    def situation(self, job_id: str) -> Situation | None:
        """Return how far a copy is, None while there is none."""
        move = self._moves.get(job_id)
        if move is None:
            return None
        return Situation.STOPPING if move.stop.is_asked() else Situation.MOVING

    def begin(self, wish: Move) -> None:
        """Do `wish` after those before; a job that is being copied already is left to that."""
        if wish.job_id not in self._moves:
            self._moves[wish.job_id] = wish
            self._lanes.ask(wish)
            self.began.emit(wish.job_id)

    def ask_stop(self, job_id: str, wish: StopWish) -> bool:
        """Ask for the end of a job's copy; False when there is none."""
        move = self._moves.get(job_id)
        if move is not None:
            move.stop.ask(wish)
        return move is not None

    def stop_all(self) -> None:
        """Ask for the end of every copy: the program closes."""
        for move in self._moves.values():
            move.stop.ask(StopWish.CLOSE)

    def on_answered(self, answer: Answer) -> bool:
        """Take the end of a copy; True when a person wished for it, so that the job does not go on."""
        job_id = _moved_job_id(answer)
        move = self._moves.pop(job_id, None) if job_id is not None else None
        if move is None:
            return False
        if move.stop.wish is StopWish.CANCEL:
            # Only now: while it was copied, the job had an owner.
            self._lanes.ask(CancelWish(move.job_id))
        self.ended.emit(move.job_id)
        return move.stop.is_asked()


def _moved_job_id(answer: Answer) -> str | None:
    match answer:
        case JobFound(wish=wish) | WishStopped(wish=wish) | WishFailed(wish=wish) if isinstance(wish, Move):
            return wish.job_id
        case _:
            return None

"""The order in which exports take their turn: changed by a person, kept over the program's end."""

from PySide6.QtCore import QObject, Signal

from dataflow_desktop.app.export_lanes import ExportLanes
from dataflow_desktop.app.wish_lanes import WishLanes
from dataflow_desktop.ui.desktop import Desktop
from dataflow_desktop.ui.job_menu import JobStep, StepWish
from dataflow_desktop.ui.main_window import MainWindow
from dataflow_desktop.workers.export_wishes import QueueWish


class Queueing(QObject):
    """Joins the cards' steps and the menu to the lanes that run exports. Lives in the window's thread.

    `changed` when a person changed what runs or waits.
    """

    changed = Signal()

    def __init__(self, window: MainWindow, desktop: Desktop, runs: ExportLanes, lanes: WishLanes) -> None:
        super().__init__(window)
        self._desktop = desktop
        self._runs = runs
        self._lanes = lanes
        self._kept: tuple[str, ...] = ()
        self._runs.run_at_once(desktop.exports_at_once)
        window.menus.show_at_once(desktop.exports_at_once)
        window.menus.at_once_chosen.connect(self._on_at_once_chosen)
        window.exports_panel.step_wished.connect(self._on_step_wished)

    def keep(self) -> None:
        """Keep in the record of exports what runs or waits now, and in which order."""
        order = self._runs.job_ids
        if order != self._kept:
            self._lanes.ask(QueueWish(order, frozenset(self._kept) - frozenset(order)))
            self._kept = order

    def leave_as_kept(self) -> None:
        """Let the record of exports say what it says: the program closes, and they go on another time."""
        self._kept = ()

    def _on_at_once_chosen(self, at_once: int) -> None:
        self._desktop.remember_exports_at_once(at_once)
        self._runs.run_at_once(at_once)
        self.changed.emit()

    def _on_step_wished(self, wish: StepWish) -> None:
        job_id = wish.view.job.id
        match wish.step:
            case JobStep.NOW:
                self._runs.hurry(job_id)
            case JobStep.FIRST:
                self._runs.move(job_id, -len(self._runs.job_ids))
            case JobStep.EARLIER:
                self._runs.move(job_id, -1)
            case JobStep.LATER:
                self._runs.move(job_id, 1)
            case _:
                return  # `Remedying` and `Removing` listen too
        self.changed.emit()

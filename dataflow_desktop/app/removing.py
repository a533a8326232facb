"""Exports that have ended leave the list; their files stay."""

from collections.abc import Iterable

from PySide6.QtCore import QObject

from dataflow_desktop.app.wish_lanes import WishLanes
from dataflow_desktop.domain.job import Job
from dataflow_desktop.ui.figures import number, plural
from dataflow_desktop.ui.job_menu import JobStep, StepWish
from dataflow_desktop.ui.main_window import MainWindow
from dataflow_desktop.ui.question import make_question
from dataflow_desktop.workers.export_wishes import RemoveWish


class Removing(QObject):
    """Joins the cards' steps and the menu to the record of exports. Lives in the window's thread."""

    def __init__(self, window: MainWindow, lanes: WishLanes) -> None:
        super().__init__(window)
        self._window = window
        self._lanes = lanes
        self._ended: frozenset[str] = frozenset()
        window.exports_panel.step_wished.connect(self._on_step_wished)
        window.menus.remove_ended_wished.connect(self._on_remove_ended_wished)
        self.show_jobs(())

    def show_jobs(self, jobs: Iterable[Job]) -> None:
        """Offer to remove those of `jobs` that have ended."""
        self._ended = frozenset(job.id for job in jobs if job.has_ended)
        self._window.menus.action("remove_ended_wished").setEnabled(bool(self._ended))

    def _on_step_wished(self, wish: StepWish) -> None:
        if wish.step is JobStep.REMOVE:
            self._remove(frozenset({wish.view.job.id}))

    def _on_remove_ended_wished(self) -> None:
        ended = self._ended  # those that are counted, whatever ends until the question is answered
        box, yes = make_question(
            self._window,
            self.tr("Remove ended exports"),
            *self._words(len(ended)),
            self.tr("&Remove"),
        )
        yes.clicked.connect(lambda: self._remove(ended))
        box.open()

    def _words(self, count: int) -> tuple[str, str]:
        question = self.tr("Remove {count} ended export(s) from the list?", "", plural(count))
        stays = self.tr(
            "(Its file stays|Their files stay). The list no longer knows what is in (it|them).",
            "",
            plural(count),
        )
        since = self.tr("A profile still knows where its next export of only new rows begins.")
        return question.format(count=number(count)), f"{stays} {since}"

    def _remove(self, job_ids: frozenset[str]) -> None:
        self._lanes.ask(RemoveWish(job_ids))

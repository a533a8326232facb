"""The real window as one person's desktop shows it, with what happened in it before a picture is taken."""

import gc
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QWidget

from dataflow_desktop.app.program import Program
from dataflow_desktop.domain.export_spec import ExportSpec
from dataflow_desktop.domain.job import Job, JobState
from dataflow_desktop.domain.reading import ReadingTask
from dataflow_desktop.domain.row_query import RowQuery
from dataflow_desktop.export import engine
from dataflow_desktop.export.recovery import reading_of
from dataflow_desktop.source.product_catalogue import make_catalogue
from dataflow_desktop.ui.desktop import Appearance, create_application
from dataflow_desktop.ui.export_dialog import ExportDialog
from dataflow_desktop.ui.job_card import JobCard
from dataflow_desktop.ui.job_words import RUNS_HERE
from tests.unit.databases import described
from tests.unit.exports import drop_after, job_store, new_job

ROWS = 100_000
CHUNK_ROWS = 2_000
PATIENCE_MS = 60_000
LOOK_MS = 20
OFFERED_FOLDER = Path("/home")
"""Where an export would go: a name that stands for anybody's."""

SETTLING_MS = 350
"""Long enough for a menu or a drop-down to have opened, and for what was typed to be painted."""

Kind = TypeVar("Kind", bound=QDialog)


class Stage:
    """Shows the product catalogue in a window as large as the screen; `tidy` between two pictures."""

    def __init__(self, folder: Path, theme: str, direction: str, size: tuple[int, int]) -> None:
        self.folder = folder
        self.theme = Appearance(theme)
        is_mirrored = direction == "rtl"
        create_application(sys.argv[:1]).setLayoutDirection(
            Qt.LayoutDirection.RightToLeft if is_mirrored else Qt.LayoutDirection.LeftToRight
        )
        self.catalogue = folder / "products.db"
        make_catalogue(self.catalogue, ROWS)
        vars(engine)["reading_of"] = _slow_reading_of
        self._leave_interrupted()
        self.program = Program(sys.argv[:1])
        self.window = self.program.window
        self.wear(self.theme)
        self.window.resize(*size)
        self.window.show()
        if OFFERED_FOLDER.is_dir():
            self.program.desktop.remember_export_folder(OFFERED_FOLDER)
        self.program.start(str(self.catalogue), "products")
        self.wait(lambda: self.is_counted and bool(self.window.filter_bar.facet_columns))

    def wear(self, appearance: Appearance) -> None:
        """Choose the colours as a person does."""
        self.window.menus.appearance_chosen.emit(appearance)

    @property
    def is_counted(self) -> bool:
        """Whether the rows shown are all known."""
        text = self.window.filter_bar.count_label.text()
        return bool(text) and "…" not in text and not self.program.browsing.is_waiting

    def wait(self, is_so: Callable[[], bool]) -> None:
        """Let the event loop turn until it `is_so`: other threads work meanwhile."""
        loop, looking, ending = QEventLoop(), QTimer(interval=LOOK_MS), QTimer(singleShot=True)
        looking.timeout.connect(lambda: loop.quit() if is_so() else None)
        ending.timeout.connect(loop.quit)
        looking.start()
        ending.start(PATIENCE_MS)
        loop.exec()
        if not is_so():
            raise TimeoutError("the window did not come to show what the picture is of")

    def settle(self) -> None:
        """Let everything be painted that is due."""
        loop = QEventLoop()
        QTimer.singleShot(SETTLING_MS, loop.quit)
        loop.exec()

    def dialog(self, kind: type[Kind]) -> Kind:
        """Wait for a dialog and return it."""
        self.wait(lambda: any(dialog.isVisible() for dialog in self.window.findChildren(kind)))
        return next(dialog for dialog in self.window.findChildren(kind) if dialog.isVisible())

    def picture_of(self, widget: QWidget) -> QPixmap:
        """Return what a person sees of `widget`."""
        label = self.window.source_label
        label.setText(Path(label.text()).name)  # the only thing that is not as it is: a temporary folder
        widget.activateWindow()
        self.settle()
        return widget.grab()

    def card(self, state: JobState) -> JobCard:
        """Return the card of an export that stands there."""
        return next(card for card in self.window.exports_panel.cards if card.view.job.state is state)

    def has_card(self, state: JobState) -> bool:
        """Whether an export stands there."""
        return any(card.view.job.state is state for card in self.window.exports_panel.cards)

    @property
    def running_cards(self) -> list[JobCard]:
        """The cards of exports that run here."""
        return [card for card in self.window.exports_panel.cards if card.view.situation in RUNS_HERE]

    def export_to(self, name: str) -> None:
        """Export what is shown, by the dialog."""
        self.window.menus.action("export_wished").trigger()
        dialog = self.dialog(ExportDialog)
        dialog.path_field.setText(str(self.folder / name))
        dialog.export_button.click()
        self.wait(lambda: not self.window.findChildren(ExportDialog))

    def open_damaged(self) -> None:
        """Open a file that is no database."""
        damaged = self.folder / "damaged.db"
        damaged.write_bytes(b"no database" * 1_000)
        self.window.database_chosen.emit(str(damaged))
        self.wait(lambda: damaged.name in self.window.table_states.state_text)

    def open_catalogue(self) -> None:
        """Go back to the product catalogue."""
        self.window.database_chosen.emit(str(self.catalogue))
        self.wait(lambda: self.window.table_states.is_table_shown and self.is_counted)

    def tidy(self) -> None:
        """Close dialogs and take back what was asked for."""
        for dialog in self.window.findChildren(QDialog):
            dialog.close()
        self.window.filter_bar.clear()
        self.window.offer_bar.hide()
        self.settle()
        self.wait(lambda: self.is_counted)

    def close(self) -> None:
        """End the program as closing its window does."""
        self.program.exporting.stop_all()
        self.program.exporting.wait_stopped(PATIENCE_MS / 1000)
        self.program.shut_down()
        self.window.deleteLater()
        self.program.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()

    def _leave_interrupted(self) -> None:
        """Leave an export behind as a crash does, after 62 % of its rows."""
        with job_store() as store:
            job = new_job(store, self.spec_for("autumn-prices.csv"))
            drop_after(store, job, round(ROWS / CHUNK_ROWS * 0.62) + 1)

    def spec_for(self, name: str) -> ExportSpec:
        """Return the wish for all products in a file called `name`, of many chunks."""
        table = described(self.catalogue, "products")
        query = RowQuery(table.name, table.column_names)
        target = str(self.folder / name)
        return ExportSpec(str(self.catalogue), query, target, chunk_rows=CHUNK_ROWS, checkpoint_seconds=0)


def _slow_reading_of(job: Job) -> ReadingTask:
    """Return the task with rests: else an export ends before a picture is taken."""
    return replace(reading_of(job), chunk_rows=CHUNK_ROWS, throttle_ms=60)

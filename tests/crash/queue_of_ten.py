"""A window in a process of its own with ten exports in its queue: DATABASE FOLDER.

The first time it queues them and moves the last one to the front; after that it accepts the offer to go on.
It says on standard output in which order they stand once that is kept, and what the engine reports; it ends
when all ten are done.
"""

import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QTimer

from dataflow_desktop import locations
from dataflow_desktop.app.program import Program
from dataflow_desktop.domain.job import Job, JobState
from dataflow_desktop.domain.progress import Finished, Progress
from dataflow_desktop.domain.reading import ReadingTask
from dataflow_desktop.domain.row_query import Condition, Operator, RowQuery
from dataflow_desktop.export import engine
from dataflow_desktop.export.recovery import reading_of
from dataflow_desktop.records.job_store import JobStore
from dataflow_desktop.ui.export_offer import ExportOffer
from dataflow_desktop.ui.job_menu import JobStep, StepWish

COUNT = 10
COLUMNS = ("id", "name", "n")
CHUNK_ROWS, REST_MS = 40, 50
"""So that an export of 3,000 rows takes four seconds, with checkpoints on its way."""


def queries() -> Iterator[tuple[str, RowQuery]]:
    """Yield the name of each file and the rows that it is to hold: all of one table, half of the next."""
    half = (Condition("n", Operator.GREATER_OR_EQUAL, (50,)),)
    for number in range(COUNT):
        yield f"{number}.csv", RowQuery(f"t{number}", COLUMNS, half if number % 2 else ())


class Person:
    """Looks now and then at what there is to do."""

    def __init__(self, program: Program, database: str, folder: Path) -> None:
        self.program = program
        self.database = database
        self.folder = folder
        self.to_queue = list(queries())
        self.moved_job = ""
        self.timer = QTimer(interval=10)
        self.timer.timeout.connect(self.look)
        self.timer.start()
        program.exporting.reported.connect(say)

    def look(self) -> None:
        bar = self.program.window.offer_bar
        views = [card.view for card in self.program.window.exports_panel.cards]
        if bar.isVisible():
            self.to_queue.clear()
            bar.resume_button.click()
        elif self.to_queue:
            self.queue_next(len(views))
        elif self.moved_job:
            self.say_order_when_kept()
        elif len(views) == COUNT and all(view.job.state is JobState.DONE for view in views):
            self.program.window.close()

    def queue_next(self, queued: int) -> None:
        is_last_queued = queued == COUNT - len(self.to_queue)
        has_dialog = self.program.exporting.dialog is not None
        if not is_last_queued or has_dialog or self.program.browsing.shown is None:
            return
        name, query = self.to_queue.pop(0)
        offer = ExportOffer(self.database, query, None, self.folder / name, COLUMNS)
        self.program.exporting.open_dialog(offer)
        dialog = self.program.exporting.dialog
        assert dialog is not None
        dialog.export_button.click()
        if not self.to_queue:
            dialog.finished.connect(self.move_last_to_front)

    def move_last_to_front(self) -> None:
        panel = self.program.window.exports_panel
        last = max((card.view for card in panel.cards), key=lambda view: view.job.created_at)
        panel.step_wished.emit(StepWish(last, JobStep.FIRST))
        self.moved_job = last.job.id

    def say_order_when_kept(self) -> None:
        with closing(JobStore(locations.job_store_path())) as store:
            queued = [job for job in sorted(store.jobs(), key=lambda job: job.turn) if job.queue_place]
        if self.moved_job in [job.id for job in queued[:-1]]:
            self.moved_job = ""
            write("Queued", *(Path(job.spec.target).stem for job in queued))


def say(report: object) -> None:
    if isinstance(report, Progress | Finished):
        write(type(report).__name__, report.job_id)


def write(*words: str) -> None:
    sys.stdout.write(f"{' '.join(words)}\n")
    sys.stdout.flush()


def slow_reading_of(job: Job) -> ReadingTask:
    """Return the task with rests, so that whoever kills the process meets exports in their middle."""
    return replace(reading_of(job), chunk_rows=CHUNK_ROWS, throttle_ms=REST_MS)


def main() -> None:
    vars(engine)["reading_of"] = slow_reading_of
    database, folder = sys.argv[1:]
    program = Program(sys.argv[:1])
    person = Person(program, database, Path(folder))
    program.window.show()
    program.start(database)
    program.window.menus.action("at once 2").trigger()
    program.application.exec()
    program.shut_down()
    del person


if __name__ == "__main__":
    main()

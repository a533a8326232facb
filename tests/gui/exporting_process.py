"""A window in a process of its own that exports until it is killed: DATABASE TARGET."""

import sys
from dataclasses import replace

from PySide6.QtCore import QTimer

from dataflow_desktop.app.program import Program
from dataflow_desktop.domain.job import Job
from dataflow_desktop.domain.progress import Progress
from dataflow_desktop.domain.reading import ReadingTask
from dataflow_desktop.export import engine
from dataflow_desktop.export.recovery import reading_of


class Person:
    """Exports as soon as rows are shown, and says each durable row count on standard output."""

    def __init__(self, program: Program, target: str) -> None:
        self.program = program
        self.target = target
        self.timer = QTimer(interval=10)
        self.timer.timeout.connect(self.export_when_shown)
        self.timer.start()

    def export_when_shown(self) -> None:
        if not self.program.window.row_model.rowCount():
            return
        self.timer.stop()
        self.program.ask_export()
        dialog = self.program.exporting.dialog
        assert dialog is not None
        dialog.path_field.setText(self.target)
        dialog.export_button.click()


def slow_reading_of(job: Job) -> ReadingTask:
    """Return the task with rests: without them all rows are there before the first checkpoint."""
    return replace(reading_of(job), chunk_rows=20_000, throttle_ms=200)


def main() -> None:
    vars(engine)["reading_of"] = slow_reading_of
    program = Program(sys.argv[:1])
    person = Person(program, sys.argv[2])
    program.exporting.reported.connect(say_durable_rows)
    program.window.show()
    program.start(sys.argv[1])
    program.application.exec()
    program.shut_down()
    del person


def say_durable_rows(report: object) -> None:
    if isinstance(report, Progress):
        sys.stdout.write(f"{report.durable_rows}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

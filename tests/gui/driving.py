"""Steps that a person at the window takes, and what they wait for."""

import csv
import io
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from dataflow_desktop.app.program import Program
from dataflow_desktop.domain.job import Job, JobState
from dataflow_desktop.ui.export_dialog import ExportDialog
from dataflow_desktop.ui.facet_choice import FacetChoice
from dataflow_desktop.ui.job_card import JobCard
from dataflow_desktop.workers import export_answers

WAIT_MS = 20_000

Window = tuple[Program, JobCard]
"""A window that shows one export, and that export's card."""


def close(qtbot: QtBot, program: Program) -> None:
    """Close the window as a person would, and wait until the program has ended; once is enough."""
    if program.has_ended:
        return
    program.window.close()
    qtbot.waitUntil(lambda: not program.window.isVisible(), timeout=WAIT_MS)
    program.shut_down()
    program.window.deleteLater()
    program.deleteLater()


def rows_shown(program: Program) -> int:
    """The rows the table has told its view, 0 while another query is under way."""
    return 0 if program.browsing.is_waiting else program.window.row_model.rowCount()


def check_model(program: Program) -> None:
    """Hold the table's model to the rules of its kind; each change then costs a look at every cell of it."""
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    # With a parent: nobody else keeps it, and without it nothing would be checked.
    QAbstractItemModelTester(program.window.row_model, fatal, program.window.row_model)


def wait_for_rows(qtbot: QtBot, program: Program, rows: int) -> None:
    """Wait until exactly so many rows are counted and the first of them is shown."""
    bar = program.window.filter_bar

    def is_there() -> bool:
        return rows_shown(program) == rows and "…" not in bar.count_label.text()

    qtbot.waitUntil(is_there, timeout=WAIT_MS)


def counted(database: Path, condition: str) -> int:
    """Return how many products of a database fulfil a condition of SQL."""
    connection = sqlite3.connect(database)
    (count,) = connection.execute(f"SELECT count(*) FROM products WHERE {condition}").fetchone()
    connection.close()
    assert isinstance(count, int)
    return count


def texts_of_row(program: Program, row: int) -> list[str]:
    """One row as the table shows it."""
    model = program.window.row_model
    return [str(model.index(row, column).data()) for column in range(model.columnCount())]


def wait_until(qtbot: QtBot, is_so: Callable[[], bool]) -> None:
    qtbot.waitUntil(is_so, timeout=WAIT_MS)


def facet(program: Program, column: str) -> FacetChoice:
    """The drop-down of a column, which must have been found."""
    found = program.window.filter_bar.findChildren(FacetChoice)
    return next(choice for choice in found if column in choice.box.accessibleName())


def choose(choice: FacetChoice, text: str) -> None:
    """Choose one value of a drop-down."""
    index = choice.box.findText(text)
    assert index >= 0, text
    choice.box.setCurrentIndex(index)
    choice.box.activated.emit(index)


def choose_table(program: Program, name: str) -> None:
    """Click on a table in the explorer, which must show it."""
    explorer = program.window.explorer
    index = explorer.model.index_of(name)
    assert index.isValid(), name
    explorer.tree.scrollTo(index)
    place = explorer.tree.visualRect(index).center()
    QTest.mouseClick(explorer.tree.viewport(), Qt.MouseButton.LeftButton, pos=place)


def tables_listed(program: Program) -> list[str]:
    """The lines of the explorer from top to bottom, whether they are in a folder or not, as it shows them."""
    model = program.window.explorer.model
    tops = [model.index(row, 0) for row in range(model.rowCount())]
    lines = [[top, *(model.index(row, 0, top) for row in range(model.rowCount(top)))] for top in tops]
    return [str(index.data()) for group in lines for index in group]


def open_dialog(qtbot: QtBot, program: Program, wish: str = "export_wished") -> ExportDialog:
    """Wish for an export and return the dialog."""
    program.window.menus.action(wish).trigger()
    wait_until(qtbot, lambda: bool(program.window.findChildren(ExportDialog)))
    return program.window.findChildren(ExportDialog)[-1]


def start_export(qtbot: QtBot, program: Program, target: Path, wish: str = "export_wished") -> JobCard:
    """Export what is wished for to `target` and return the job's card, as soon as there is one."""
    known = {card.view.job.id for card in program.window.exports_panel.cards}
    dialog = open_dialog(qtbot, program, wish)
    dialog.path_field.setText(str(target))
    dialog.export_button.click()

    def new_cards() -> list[JobCard]:
        return [card for card in program.window.exports_panel.cards if card.view.job.id not in known]

    wait_until(qtbot, lambda: bool(new_cards()))
    return new_cards()[0]


def wait_for_state(qtbot: QtBot, program: Program, job_id: str, state: JobState) -> Job:
    """Wait until the panel shows the job in `state` and nothing of it runs here."""

    def is_there() -> bool:
        view = program.window.exports_panel.card(job_id).view
        return view.job.state is state and program.exporting.running_count == 0

    wait_until(qtbot, is_there)
    return program.window.exports_panel.card(job_id).view.job


def expected_csv(
    database: Path, query: str, *, decimals: frozenset[str] = frozenset({"price", "amount"})
) -> bytes:
    """What the rows of `query` are as CSV, made by Python's own reader and writer."""
    connection = sqlite3.connect(database)
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    for row in cursor:
        writer.writerow(
            [f"{value:.2f}" if name in decimals else value for name, value in zip(names, row, strict=True)]
        )
    connection.close()
    return out.getvalue().encode()


def resume_in_vain(qtbot: QtBot, window: Window) -> None:
    """Resume an export that cannot go on, and wait until its card offers what to do."""
    program, card = window
    card.resume_button.click()
    wait_until(qtbot, lambda: bool(card.remedy_buttons) and program.exporting.running_count == 0)


def dialog_of(qtbot: QtBot, program: Program, kind: type[QDialog]) -> QDialog:
    """Wait for a dialog of this kind and return it."""

    def visible() -> list[QDialog]:
        return [dialog for dialog in program.window.findChildren(kind) if dialog.isVisible()]

    wait_until(qtbot, lambda: bool(visible()))
    return visible()[0]


def choose_file(qtbot: QtBot, program: Program, path: Path) -> None:
    """Choose a file in the dialog that asks for one."""
    chooser = dialog_of(qtbot, program, QFileDialog)
    assert isinstance(chooser, QFileDialog)
    chooser.fileSelected.emit(str(path))
    chooser.reject()


def answer(qtbot: QtBot, program: Program, role: QMessageBox.ButtonRole) -> str:
    """Answer the question that is asked, and return all its text."""
    box = dialog_of(qtbot, program, QMessageBox)
    assert isinstance(box, QMessageBox)
    text = f"{box.text()} {box.informativeText()}"
    next(button for button in box.buttons() if box.buttonRole(button) is role).click()
    wait_until(qtbot, lambda: not program.window.findChildren(QMessageBox))
    return text


@contextmanager
def held(monkeypatch: pytest.MonkeyPatch, step: str) -> Iterator[None]:
    """Let one step of the engine, by its name in `export_answers`, wait until the block ends."""
    is_over = Event()
    real = getattr(export_answers, step)

    def held_step(*arguments: object) -> object:
        is_over.wait(2 * WAIT_MS / 1000)  # longer than any test waits for what must not stand behind it
        return real(*arguments)

    monkeypatch.setattr(export_answers, step, held_step)
    try:
        yield
    finally:
        is_over.set()

"""The window in a test: a home of its own, a real catalogue, and no thread left running."""

import gc
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QThread, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dataflow_desktop import locations
from dataflow_desktop.app.program import Program
from dataflow_desktop.domain.job import Job
from dataflow_desktop.domain.progress import Progress
from dataflow_desktop.source.product_catalogue import make_catalogue
from dataflow_desktop.ui.desktop import create_application
from dataflow_desktop.ui.languages import Language, speak
from tests.gui.driving import Window, close, expected_csv, wait_for_rows, wait_until
from tests.unit.exports import job_store, new_job, run_until, spec_for

# Before the first QApplication: the tests need no screen, and take none.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# They read English, whatever the system speaks.
os.environ.update(LC_ALL="C.UTF-8", LANGUAGE="en")

SMALL_ROWS = 3_000
ROWS_SAVED = 1_000

StartProgram = Callable[..., Program]
OpenWindow = Callable[[], Window]


class Opener(QObject):
    """Stands in for the programs of the system that open files and folders."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def on_url(self, url: QUrl) -> None:
        self.opened.append(url.toLocalFile())


@pytest.fixture
def opener() -> Iterator[Opener]:
    opener = Opener()
    # PySide6 says that it takes bytes, and takes only str.
    QDesktopServices.setUrlHandler("file", opener, "on_url")  # type: ignore[arg-type]
    yield opener
    QDesktopServices.unsetUrlHandler("file")


@pytest.fixture(scope="session", autouse=True)
def application() -> QApplication:
    """The application as the program makes it: whichever test comes first, figures are grouped alike."""
    application = create_application(sys.argv[:1])
    speak(application, Language.ENGLISH)  # whatever language is chosen on this computer
    return application


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    monkeypatch.setenv(locations.HOME_VARIABLE, str(folder))
    return folder


@pytest.fixture(autouse=True)
def no_thread_left_running() -> Iterator[None]:
    yield
    running = [thing for thing in gc.get_objects() if isinstance(thing, QThread) and _is_running(thing)]
    names = [thread.objectName() for thread in running]
    for thread in running:
        thread.quit()
        thread.wait(5_000)
    assert not names, f"threads left running: {names}"


@pytest.fixture(scope="session")
def small_catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("catalogue") / "small.db"
    make_catalogue(path, rows=SMALL_ROWS)
    return path


@pytest.fixture(scope="session")
def large_table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A million narrow rows, written by SQLite itself."""
    path = tmp_path_factory.mktemp("large") / "large.db"
    connection = sqlite3.connect(path)
    connection.execute(
        "CREATE TABLE numbers (id INTEGER PRIMARY KEY, name TEXT, amount DECIMAL(10,2), kind TEXT)"
    )
    connection.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000)"
        " INSERT INTO numbers SELECT i, 'name ' || i, i / 4.0, CASE i % 3 WHEN 0 THEN 'a' ELSE 'b' END FROM n"
    )
    connection.commit()
    connection.close()
    return path


@pytest.fixture
def catalogue(small_catalogue: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return Path(shutil.copy(small_catalogue, tmp_path / "products.db"))


@pytest.fixture
def start(qtbot: QtBot) -> Iterator[StartProgram]:
    """Start the program's window; whatever still runs at the end is closed as a person would close it."""
    programs: list[Program] = []

    def start_program(
        address: Path | str | None, table: str | None = None, catalogue_rows: int = 500
    ) -> Program:
        program = Program(["dataflow-desktop"], catalogue_rows)
        programs.append(program)
        program.window.show()
        program.start(str(address) if address is not None else None, table)
        return program

    yield start_program
    for program in programs:
        close(qtbot, program)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder / "products.csv"


@pytest.fixture
def paused(catalogue: Path, target: Path) -> Job:
    """An export that stands still after a third of its rows, with many checkpoints."""

    def is_enough(report: object) -> bool:
        return isinstance(report, Progress) and report.rows >= ROWS_SAVED

    with job_store() as store:
        job = new_job(store, spec_for(catalogue, target, chunk_rows=100))
        run_until(store, job, is_enough)
        return store.job(job.id)


@pytest.fixture
def whole(small_catalogue: Path) -> bytes:
    return expected_csv(small_catalogue, "SELECT * FROM products ORDER BY id")


@pytest.fixture
def open_window(qtbot: QtBot, start: StartProgram, catalogue: Path) -> OpenWindow:
    def opened() -> Window:
        program = start(catalogue)
        wait_for_rows(qtbot, program, SMALL_ROWS)
        wait_until(qtbot, lambda: len(program.window.exports_panel.cards) == 1)
        return program, program.window.exports_panel.cards[0]

    return opened


def _is_running(thread: QThread) -> bool:
    try:
        return thread.isRunning()
    except RuntimeError:  # its C++ side is gone already
        return False


@pytest.fixture
def shown(qtbot: QtBot, start: StartProgram, catalogue: Path) -> Program:
    """The catalogue in a window, counted, with its drop-downs."""
    program = start(catalogue)
    wait_for_rows(qtbot, program, SMALL_ROWS)
    wait_until(qtbot, lambda: program.window.filter_bar.facet_columns == ("category", "status"))
    return program

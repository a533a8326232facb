"""Tables that are wide, huge, empty, gone or locked: the window stays alive and says what is going on.

Locks are held for some seconds. With DATAFLOW_CAMPAIGN=full in the environment it is half a minute.
"""

import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import QItemSelectionModel, QTimer
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from dataflow_desktop.app.program import Program
from dataflow_desktop.browse.clipboard import ClipboardForm
from dataflow_desktop.browse.whole_value import MOST_CHARACTERS
from dataflow_desktop.errors import ConfigurationError
from dataflow_desktop.workers.copy_allowance import CopyAllowance
from tests.campaign import IS_FULL
from tests.gui.conftest import StartProgram
from tests.gui.driving import (
    check_model,
    choose_table,
    close,
    rows_shown,
    tables_listed,
    texts_of_row,
    wait_for_rows,
    wait_until,
)
from tests.gui.test_sorting import click_header
from tests.program import note_started

LONGEST_GAP_SECONDS = 2.0
"""On a busy machine the looks at every cell of the model alone take up to one; a freeze takes more."""

TICK_MS = 20
LOCK_SECONDS = 30 if IS_FULL else 3
WIDE_ROWS, WIDE_COLUMNS = 3_000, 200
HUGE = 100 * 2**20
SMALL_BESIDE_HUGE = 300
MOST_MEMORY = 1.2 * 2**30

HOLD = """
import sqlite3, sys

connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
open(sys.argv[2], "w").close()
sys.stdin.readline()
"""

Watched = Callable[..., Program]


class Pulse:
    """Notes how long the window's loop stood still at most."""

    def __init__(self) -> None:
        self._last = time.monotonic()
        self.longest_gap = 0.0
        self.most_memory = 0
        self._timer = QTimer(interval=TICK_MS)
        self._timer.timeout.connect(self._on_tick)
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _on_tick(self) -> None:
        now = time.monotonic()
        self.longest_gap = max(self.longest_gap, now - self._last)
        self.most_memory = max(self.most_memory, memory())
        self._last = now


def memory() -> int:
    return psutil.Process().memory_info().rss


@pytest.fixture
def pulse(qtbot: QtBot) -> Iterator[Pulse]:
    """Watch the window's loop over the whole test."""
    pulse = Pulse()
    yield pulse
    pulse.stop()
    assert pulse.longest_gap < LONGEST_GAP_SECONDS


@pytest.fixture
def watched(start: StartProgram, pulse: Pulse) -> Watched:
    """Start a window whose loop is watched, and whose model is held to the rules of its kind.

    Unless the table is so large that looking at every cell of it takes longer than what is watched.
    """

    def started(address: Path, table: str | None = None, *, is_checked: bool = True) -> Program:
        program = start(address, table)
        if is_checked:
            check_model(program)
        program.browsing._changes._timer.setInterval(100)
        return program

    return started


@contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    """What another program changes."""
    with closing(sqlite3.connect(path)) as connection, connection:
        yield connection


@contextmanager
def locked(qtbot: QtBot, path: Path) -> Iterator[None]:
    """Let another process hold the database until the block ends; the window's loop turns meanwhile."""
    sign = path.with_name("locked")
    sign.unlink(missing_ok=True)
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path), str(sign)], stdin=subprocess.PIPE, text=True
    )
    note_started(process)
    wait_until(qtbot, sign.exists)
    try:
        yield
    finally:
        assert process.stdin is not None
        process.stdin.close()
    wait_until(qtbot, lambda: process.poll() is not None)


def run_for(qtbot: QtBot, seconds: float) -> None:
    """Let the loop turn so long: nothing is waited for but that nothing happens."""
    end = time.monotonic() + seconds
    qtbot.waitUntil(lambda: time.monotonic() >= end, timeout=round(seconds * 1000) + 5_000)


def search(program: Program, text: str) -> None:
    program.window.filter_bar.search_field.setText(text)
    program.window.filter_bar.apply()


def said(program: Program) -> str:
    return program.window.table_states.state_text


def counted(program: Program) -> str:
    return program.window.filter_bar.count_label.text()


def copied(qtbot: QtBot, program: Program) -> str:
    program.window.row_view.copy(ClipboardForm.TSV)
    wait_until(qtbot, lambda: "Copied" in program.window.statusBar().currentMessage())
    text = QGuiApplication.clipboard().text()
    program.window.show_note("")
    return text


def select(program: Program, row: int, column: int) -> None:
    index = program.window.row_model.index(row, column)
    program.window.row_view.selectionModel().select(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("wide") / "wide.db"
    write_wide(path, WIDE_ROWS)
    return path


def write_wide(path: Path, rows: int) -> None:
    """Write columns of numbers and texts by turns."""
    kinds = [f"c{number} {'TEXT' if number % 2 else 'INTEGER'}" for number in range(1, WIDE_COLUMNS)]
    with writing(path) as connection:
        connection.execute(f"CREATE TABLE wide (id INTEGER PRIMARY KEY, {', '.join(kinds)})")
        connection.executemany(
            f"INSERT INTO wide VALUES ({', '.join('?' * WIDE_COLUMNS)})",
            (
                [row, *(f"text {row * n % 1000}" if n % 2 else row * n % 97 for n in range(1, WIDE_COLUMNS))]
                for row in range(1, rows + 1)
            ),
        )


@pytest.fixture(scope="module")
def huge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two rows with a text and bytes of 100 MB each, and many small ones."""
    path = tmp_path_factory.mktemp("huge") / "huge.db"
    with writing(path) as connection:
        connection.execute("CREATE TABLE huge (id INTEGER PRIMARY KEY, t TEXT, b BLOB)")
        for row in (1, 2):
            text = f"huge {row} " + "lorem ipsum " * (HUGE // 12)
            connection.execute("INSERT INTO huge VALUES (?, ?, zeroblob(?))", (row, text, HUGE))
        connection.executemany(
            "INSERT INTO huge VALUES (?, ?, x'00ff')",
            ((row, f"small {row}") for row in range(3, SMALL_BESIDE_HUGE + 1)),
        )
    return path


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """A table of many rows, and another one."""
    path = tmp_path / "two.db"
    with writing(path) as connection:
        connection.execute('CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT, "In stock" INTEGER)')
        connection.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
            " INSERT INTO items SELECT i, 'item ' || i, i % 7 FROM n"
        )
        connection.execute("CREATE TABLE others (id INTEGER PRIMARY KEY, note TEXT)")
        connection.execute("INSERT INTO others (note) VALUES ('one')")
    return path


@pytest.fixture
def items(qtbot: QtBot, watched: Watched, two: Path) -> Program:
    """The larger table in a window, at its middle."""
    program = watched(two, "items")
    wait_for_rows(qtbot, program, 3_000)
    program.window.row_view.scroll_to_row(1_500)
    wait_until(qtbot, lambda: texts_of_row(program, 1_500)[0] == "1501")
    return program


def test_a_table_of_200_columns_is_gone_through_to_its_last_cell(
    qtbot: QtBot, watched: Watched, wide: Path
) -> None:
    program = watched(wide, is_checked=False)
    view, last = program.window.row_view, WIDE_COLUMNS - 1
    wait_for_rows(qtbot, program, WIDE_ROWS)
    view.scroll_to_row(WIDE_ROWS - 1)
    wait_until(qtbot, lambda: texts_of_row(program, WIDE_ROWS - 1)[0] == str(WIDE_ROWS))
    bar = view.horizontalScrollBar()
    bar.setValue(bar.maximum())
    assert view.columnAt(view.viewport().width() - 1) in {last, -1}
    click_header(program, last)
    wait_for_rows(qtbot, program, WIDE_ROWS)
    wait_until(qtbot, lambda: texts_of_row(program, 0)[last] == "text 0")
    search(program, "text 777")
    wait_until(qtbot, lambda: 0 < rows_shown(program) < WIDE_ROWS and "of" in counted(program))


def test_the_model_of_200_columns_keeps_the_rules_of_its_kind(
    qtbot: QtBot, watched: Watched, tmp_path: Path
) -> None:
    write_wide(tmp_path / "wide.db", 40)
    program = watched(tmp_path / "wide.db")
    wait_for_rows(qtbot, program, 40)
    click_header(program, 3)
    wait_for_rows(qtbot, program, 40)
    search(program, "text 777")
    wait_until(qtbot, lambda: 0 < rows_shown(program) < 40)


def test_200_columns_are_selected_hidden_looked_at_and_copied(
    qtbot: QtBot, watched: Watched, wide: Path
) -> None:
    program = watched(wide, is_checked=False)
    view = program.window.row_view
    wait_for_rows(qtbot, program, WIDE_ROWS)
    view.selectAll()
    lines = copied(qtbot, program).splitlines()
    assert (len(lines), lines[-1].count("\t")) == (WIDE_ROWS, WIDE_COLUMNS - 1)
    program.window.menus.action("details_wished").setChecked(True)
    view.go_to_row(5)
    wait_until(qtbot, lambda: program.window.details_pane.fields.rowCount() == WIDE_COLUMNS)
    view.show_columns(["id", "c199"])
    view.selectRow(5)
    assert copied(qtbot, program) == "6\ttext 194"


def test_cells_of_100_mb_are_cut_beside_rows_that_can_be_read(
    qtbot: QtBot, watched: Watched, huge: Path, pulse: Pulse
) -> None:
    before = memory()
    program = watched(huge)
    wait_for_rows(qtbot, program, SMALL_BESIDE_HUGE)
    text, data = texts_of_row(program, 0)[1:]
    assert text.startswith("huge 1 lorem")
    assert len(text) < 400
    assert data.endswith(f"({HUGE} B)")
    assert texts_of_row(program, 2) == ["3", "small 3", "00ff"]
    search(program, "small")
    wait_for_rows(qtbot, program, SMALL_BESIDE_HUGE - 2)
    search(program, "huge")
    wait_for_rows(qtbot, program, 2)
    click_header(program, 1)
    wait_for_rows(qtbot, program, 2)
    assert pulse.most_memory - before < MOST_MEMORY
    assert memory() - before < HUGE


def test_a_value_of_100_mb_is_looked_at_and_copied(
    qtbot: QtBot, watched: Watched, huge: Path, pulse: Pulse
) -> None:
    before = memory()
    program = watched(huge)
    pane = program.window.details_pane
    wait_for_rows(qtbot, program, SMALL_BESIDE_HUGE)
    program.window.menus.action("details_wished").setChecked(True)
    program.window.row_view.go_to_row(0)
    wait_until(qtbot, lambda: pane.fields.rowCount() == 3)
    pane.choose_column(1)
    assert len(pane.whole.toPlainText()) == MOST_CHARACTERS
    assert "more characters" in pane._note.text()
    pane.choose_column(2)
    assert f"{HUGE - 2**16:,} more bytes" in pane._note.text()
    select(program, 1, 1)
    assert len(copied(qtbot, program)) > HUGE
    select(program, 1, 2)
    assert len(copied(qtbot, program)) == 2 * HUGE
    QGuiApplication.clipboard().clear()
    program.window.row_view.go_to_row(5)
    wait_until(qtbot, lambda: pane._title.text() == "Row 6")
    assert pulse.most_memory - before < MOST_MEMORY


def test_more_than_the_clipboard_takes_is_refused_and_not_half_copied(
    qtbot: QtBot, watched: Watched, huge: Path
) -> None:
    program = watched(huge)
    wait_for_rows(qtbot, program, SMALL_BESIDE_HUGE)
    QGuiApplication.clipboard().setText("before")
    program.window.row_view.selectAll()
    program.window.row_view.copy(ClipboardForm.TSV)
    wait_until(qtbot, lambda: "more than 250 MB" in program.window.statusBar().currentMessage())
    assert QGuiApplication.clipboard().text() == "before"


def test_a_copy_is_weighed_over_all_its_rows() -> None:
    allowance = CopyAllowance(megabytes=1)
    row = ("x" * 400_000, None, 7, b"\0" * 50_000)
    assert allowance.weighed(row) is row
    assert allowance.weighed(row) is row
    with pytest.raises(ConfigurationError, match="more than 1 MB"):
        allowance.weighed(row)


def test_a_sort_of_huge_cells_ends_at_once_when_the_window_closes(
    qtbot: QtBot, watched: Watched, huge: Path, pulse: Pulse
) -> None:
    program = watched(huge)
    wait_for_rows(qtbot, program, SMALL_BESIDE_HUGE)
    click_header(program, 2)
    pulse.stop()  # the loop has ended before the threads are waited for
    begin = time.monotonic()
    close(qtbot, program)
    assert time.monotonic() - begin < 10  # uninterrupted, many times that


def test_a_cell_too_long_for_a_list_is_no_choice(qtbot: QtBot, watched: Watched, tmp_path: Path) -> None:
    path = tmp_path / "long.db"
    with writing(path) as connection:
        connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, kind TEXT, text TEXT)")
        connection.executemany(
            "INSERT INTO t (kind, text) VALUES (?, ?)", [("a", "x" * 2_000), ("b", "")] * 5
        )
    program = watched(path)
    wait_until(qtbot, lambda: program.window.filter_bar.facet_columns == ("kind",))


def test_an_empty_table_says_so_and_shows_rows_once_there_are_some(
    qtbot: QtBot, watched: Watched, tmp_path: Path
) -> None:
    path = tmp_path / "empty.db"
    with writing(path) as connection:
        connection.execute("CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT)")
    program = watched(path)
    window = program.window
    wait_until(qtbot, lambda: "This table is empty" in said(program))
    assert window.table_states.step_button.text() == "&Refresh"
    assert counted(program) == "0 rows"
    search(program, "lamp")
    wait_until(qtbot, lambda: "No row matches" in said(program))
    window.filter_bar.clear()
    wait_until(qtbot, lambda: "This table is empty" in said(program))
    with writing(path) as connection:
        connection.execute("INSERT INTO things (name) VALUES ('lamp')")
    wait_until(qtbot, window.filter_bar.changed_button.isVisible)
    window.filter_bar.changed_button.click()
    wait_for_rows(qtbot, program, 1)
    assert window.table_states.is_table_shown
    assert texts_of_row(program, 0) == ["1", "lamp"]


def test_one_row_is_shown_sorted_searched_and_copied(qtbot: QtBot, watched: Watched, two: Path) -> None:
    program = watched(two, "others")
    wait_for_rows(qtbot, program, 1)
    assert counted(program) == "1 row"
    click_header(program, 1)
    wait_for_rows(qtbot, program, 1)
    search(program, "one")
    wait_for_rows(qtbot, program, 1)
    program.window.row_view.selectAll()
    assert copied(qtbot, program) == "1\tone"


def scroll(program: Program) -> None:
    program.window.row_view.scroll_to_row(2_900)


def refresh(program: Program) -> None:
    program.window.menus.action("refresh_wished").trigger()


def sort(program: Program) -> None:
    click_header(program, 1)


def filter_(program: Program) -> None:
    search(program, "item 7")


@pytest.mark.parametrize("act", [scroll, refresh, sort, filter_])
def test_a_table_dropped_while_it_is_shown_is_missed_by_its_name_and_another_can_be_chosen(
    qtbot: QtBot, items: Program, two: Path, act: Callable[[Program], None]
) -> None:
    with writing(two) as connection:
        connection.execute("DROP TABLE items")
    act(items)
    wait_until(qtbot, lambda: "There is no table items" in said(items))
    assert "The tables there: others" in said(items)
    assert items.window.table_states.step_button.isVisible()
    assert tables_listed(items) == ["others"]
    assert not items.window.explorer.tree.currentIndex().isValid()
    choose_table(items, "others")
    wait_for_rows(qtbot, items, 1)
    assert texts_of_row(items, 0) == ["1", "one"]


def test_a_dropped_table_that_comes_back_is_shown_when_tried_again(
    qtbot: QtBot, items: Program, two: Path
) -> None:
    with writing(two) as connection:
        connection.execute("ALTER TABLE items RENAME TO away")
    refresh(items)
    wait_until(qtbot, lambda: "There is no table items" in said(items))
    with writing(two) as connection:
        connection.execute("ALTER TABLE away RENAME TO items")
    items.window.table_states.step_button.click()
    wait_for_rows(qtbot, items, 3_000)


@pytest.mark.parametrize("act", [scroll, refresh, sort])
@pytest.mark.parametrize(
    ("changes", "columns"),
    [
        (["DROP TABLE items", "CREATE TABLE items (code TEXT PRIMARY KEY, colour TEXT)"], 2),
        (['ALTER TABLE items DROP COLUMN "In stock"'], 2),
        (["ALTER TABLE items ADD COLUMN price REAL"], 4),
    ],
    ids=["made anew", "column dropped", "column added"],
)
def test_a_table_with_other_columns_is_shown_as_it_is_now(
    qtbot: QtBot, items: Program, two: Path, act: Callable[[Program], None], changes: list[str], columns: int
) -> None:
    with writing(two) as connection:
        for change in changes:
            connection.execute(change)
    if act is not refresh and columns > 3:
        wait_until(qtbot, items.window.filter_bar.changed_button.isVisible)
        items.window.filter_bar.changed_button.click()
    else:
        act(items)
    wait_until(qtbot, lambda: items.window.row_model.columnCount() == columns)
    assert "changed by another program" in items.window.statusBar().currentMessage()
    wait_until(qtbot, lambda: not items.browsing.is_waiting)
    assert "cannot answer" not in said(items)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows deletes no file that is open")
@pytest.mark.parametrize("is_replaced", [False, True])
def test_a_database_deleted_or_replaced_is_noticed_and_refreshing_says_so(
    qtbot: QtBot, items: Program, two: Path, *, is_replaced: bool
) -> None:
    new = two.with_name("new.db")
    with writing(new) as connection:
        connection.execute("CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT)")
        connection.execute("INSERT INTO items (name) VALUES ('new')")
    two.unlink()
    if is_replaced:
        new.rename(two)
    button = items.window.filter_bar.changed_button
    wait_until(qtbot, button.isVisible)
    scroll(items)  # what was begun with the old file goes on with it
    wait_until(qtbot, lambda: texts_of_row(items, 2_900)[0] == "2901")
    button.click()
    if is_replaced:
        wait_for_rows(qtbot, items, 1)
        assert texts_of_row(items, 0) == ["1", "new"]
        return
    wait_until(qtbot, lambda: "There is no file" in said(items))
    new.rename(two)
    items.window.table_states.step_button.click()
    wait_for_rows(qtbot, items, 1)


def test_a_database_locked_at_opening_is_said_and_opened_once_it_is_free(
    qtbot: QtBot, watched: Watched, two: Path
) -> None:
    with locked(qtbot, two):
        program = watched(two, "items")
        wait_until(qtbot, lambda: "locked by another program" in said(program))
        assert "tried again by itself" in said(program)
        run_for(qtbot, LOCK_SECONDS)
        assert "locked by another program" in said(program)
        assert program.window.table_states.step_button.isVisible()
    wait_for_rows(qtbot, program, 3_000)
    assert program.window.table_states.is_table_shown


@pytest.mark.parametrize("act", [scroll, refresh])
def test_a_database_locked_while_it_is_shown_keeps_rows_and_place(
    qtbot: QtBot, items: Program, two: Path, act: Callable[[Program], None]
) -> None:
    with locked(qtbot, two):
        act(items)
        place = items.window.row_view.first_row_shown
        wait_until(qtbot, lambda: counted(items).startswith("locked"))
        assert "locked by another program" in items.window.statusBar().currentMessage()
        run_for(qtbot, LOCK_SECONDS)
        assert counted(items).startswith("locked")
        assert items.window.table_states.is_table_shown
        assert items.window.row_view.first_row_shown == place
    wait_for_rows(qtbot, items, 3_000)
    wait_until(qtbot, lambda: texts_of_row(items, place)[0] == str(place + 1))
    assert items.window.statusBar().currentMessage() == ""
    assert items.window.row_view.first_row_shown == place


def test_a_sort_and_a_filter_asked_for_under_a_lock_are_done_once_it_is_free(
    qtbot: QtBot, items: Program, two: Path
) -> None:
    with locked(qtbot, two):
        sort(items)
        filter_(items)
        wait_until(qtbot, lambda: counted(items).startswith("locked"))
    wait_until(qtbot, lambda: "of 3,000 rows" in counted(items))
    assert texts_of_row(items, 0)[1] == "item 7"
    assert texts_of_row(items, 1)[1] == "item 70"


def test_a_lock_in_the_middle_of_the_count_is_waited_for(
    qtbot: QtBot, watched: Watched, large_table: Path
) -> None:
    program = watched(large_table, is_checked=False)
    wait_until(qtbot, lambda: program.browsing._rows.row_count > 0)
    with locked(qtbot, large_table):
        refresh(program)
        wait_until(qtbot, lambda: counted(program).startswith("locked"))
    wait_for_rows(qtbot, program, 1_000_000)


def test_another_table_chosen_under_a_lock_comes_once_it_is_free(
    qtbot: QtBot, items: Program, two: Path
) -> None:
    with locked(qtbot, two):
        choose_table(items, "others")
        wait_until(qtbot, lambda: "locked by another program" in said(items))
    wait_for_rows(qtbot, items, 1)
    assert items.window.table_states.is_table_shown


def test_the_details_of_a_row_wait_for_the_lock_in_their_own_place(
    qtbot: QtBot, items: Program, two: Path
) -> None:
    pane = items.window.details_pane
    items.window.menus.action("details_wished").setChecked(True)
    with locked(qtbot, two):
        items.window.row_view.go_to_row(1_503)
        wait_until(qtbot, lambda: "locked by another program" in pane.whole.toPlainText())
        assert (pane._title.text(), pane.fields.rowCount()) == ("This row could not be read.", 0)
    wait_until(qtbot, lambda: pane._title.text() == "Row 1,504")


def test_escape_ends_the_waiting_and_a_refresh_begins_it_again(
    qtbot: QtBot, items: Program, two: Path
) -> None:
    stop = items.window.menus.action("stop_wished")
    with locked(qtbot, two):
        refresh(items)
        wait_until(qtbot, lambda: counted(items).startswith("locked"))
        place = items.window.row_view.first_row_shown
        assert stop.isEnabled()
        stop.trigger()
        assert counted(items) == "3,000 rows"  # as they were counted before
        assert not stop.isEnabled()
        run_for(qtbot, 2)
        assert counted(items) == "3,000 rows"
        assert items.window.table_states.is_table_shown
    refresh(items)
    wait_for_rows(qtbot, items, 3_000)
    assert items.window.row_view.first_row_shown == place


def test_escape_while_a_locked_database_is_opened_says_so_and_offers_to_try_again(
    qtbot: QtBot, watched: Watched, two: Path
) -> None:
    with locked(qtbot, two):
        program = watched(two, "items")
        wait_until(qtbot, lambda: "locked by another program" in said(program))
        program.window.menus.action("stop_wished").trigger()
        run_for(qtbot, 2)
        assert "Stopped" in said(program)
    program.window.table_states.step_button.click()
    wait_for_rows(qtbot, program, 3_000)


@pytest.mark.parametrize("is_open", [False, True])
def test_the_window_closes_at_once_while_it_waits_for_a_lock(
    qtbot: QtBot, watched: Watched, two: Path, pulse: Pulse, *, is_open: bool
) -> None:
    program = watched(two, "items") if is_open else None
    if program is not None:
        wait_for_rows(qtbot, program, 3_000)
    with locked(qtbot, two):
        if program is None:
            program = watched(two, "items")
            wait_until(qtbot, lambda: "locked" in said(program))
        else:
            refresh(program)
            wait_until(qtbot, lambda: counted(program).startswith("locked"))
        pulse.stop()  # the loop has ended before the threads are waited for
        begin = time.monotonic()
        program.window.close()
        assert not program.window.isVisible()
        close(qtbot, program)
        assert time.monotonic() - begin < 10  # uninterrupted, many times that

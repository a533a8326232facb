"""How soon any row of a large table is on the screen, and what that costs.

The real window without a screen shows product catalogues of several sizes. For each: the first rows, the row
index beside COUNT(*) of the same filter, jumps to random rows of all, of those a filter leaves, and of those
sorted by a column without index; what a person does while the window must answer; and the longest turn of
the event loop while the scroll bar is dragged with the index still growing. Without a screen a paint is a
grab of the table.

50,000,000 rows are measured with --rows 1000000 50000000; their catalogue is made in five minutes (4 GB).
"""

import argparse
import os
import random
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import psutil
from PySide6.QtCore import QElapsedTimer, QEventLoop, QTimer
from PySide6.QtTest import QTest

from dataflow_desktop.app.program import Program
from dataflow_desktop.app.running import SWITCH_SECONDS
from dataflow_desktop.browse.row_index import RowIndex
from dataflow_desktop.domain.row_query import Condition, Operator, RowQuery, SortColumn
from dataflow_desktop.source.description import describe_table
from dataflow_desktop.source.opening import open_source
from dataflow_desktop.source.ordered_rows import OrderedRows, count_rows
from dataflow_desktop.source.row_index import index_rows
from dataflow_desktop.ui.row_table_model import NOT_HERE_TEXT
from tests.bench import _data
from tests.bench._figures import Figure, machine, print_figures
from tests.bench._window import percentile_ms, shown, turn_until, wait, wait_until_counted

SIZES = (1_000_000, 10_000_000)
BARRED_ROWS = 10_000_000
"""Tables of so many rows, and larger ones, must keep to the bars."""
JUMPS = 100
MANY_JUMPS = 10_000
RUNS = 5
DRAG_SECONDS = 10.0
ACT_SECONDS = 1.0
PATIENCE_MS = 10_000
LOOK_SECONDS = 0.25
TYPING_MS = 60
PRICE = 3
PAGE_ROWS = 256
FILTER = Condition("price", Operator.GREATER, (1_000,))


def main() -> None:
    """Measure, print the table, and write the figures where --json says."""
    arguments = _arguments()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.setswitchinterval(SWITCH_SECONDS)  # as the program's own start does
    figures: list[Figure] = []
    medians = {}
    for rows in arguments.rows:
        sys.stderr.write(f"{rows:,} rows: {machine()}\n")
        database = _data.products(rows)
        _data.bring_into_cache(database)
        figures += _source_figures(database, rows)
        with TemporaryDirectory(dir=_data.FOLDER) as folder, shown(Path(folder), database) as program:
            found, medians[rows] = _window_figures(program, database, rows, arguments.jumps)
            figures += found
    if len(medians) > 1:
        ratio = medians[max(medians)] / medians[min(medians)]
        name = f"jump in {max(medians):,} rows against {min(medians):,}, ratio of p50"
        figures.append(Figure(name, ratio, "×", 1.2, at_most=True))
    print_figures(figures, arguments.json)


def _source_figures(database: Path, rows: int) -> list[Figure]:
    """Measure the queries alone, without a window."""
    with closing(open_source(str(database)).connect()) as connection:
        table = describe_table(connection, "products")
        all_rows = RowQuery(table.name, table.column_names)
        filtered = RowQuery(table.name, table.column_names, (FILTER,))
        ratios = []
        index = RowIndex()
        for _ in range(RUNS):
            begin = time.perf_counter()
            count_rows(connection, table, filtered)
            counted = time.perf_counter()
            index = _indexed(OrderedRows(connection, table, filtered))
            ratios.append((time.perf_counter() - counted) / (counted - begin))
        filtered_reads = _reads(OrderedRows(connection, table, filtered), index)
        ordered = OrderedRows(connection, table, all_rows)
        reads = _reads(ordered, _indexed(ordered))
    size = _Size(rows)
    return [
        size.at_most("index against COUNT(*), filtered", median(ratios), "×", 1.5),
        size.at_most("query of a jump, p50", percentile_ms(reads, 50), "ms"),
        size.at_most("query of a jump, p99", percentile_ms(reads, 99), "ms", 5),
        size.at_most("query of a jump, filtered, p99", percentile_ms(filtered_reads, 99), "ms"),
    ]


@dataclass(frozen=True)
class _Size:
    """The figures of one table; small ones have no bars."""

    rows: int

    def at_most(self, words: str, value: float, unit: str, bar: float | None = None) -> Figure:
        name = f"{self.rows:,} rows: {words}"
        return Figure(name, value, unit, bar if self.rows >= BARRED_ROWS else None, at_most=True)


def _indexed(ordered: OrderedRows) -> RowIndex:
    index = RowIndex()
    for part in index_rows(ordered):
        index.grow(part.anchors)
        if part.is_last:
            index.complete(part.rows)
    return index


def _reads(ordered: OrderedRows, index: RowIndex) -> list[float]:
    seconds = []
    for row in _random_rows(index.count or 1, JUMPS):
        begin = time.perf_counter()
        anchor = index.anchor_for(row)
        ordered.read(anchor.keyset, PAGE_ROWS, skipped=row - anchor.row)
        seconds.append(time.perf_counter() - begin)
    return seconds


def _random_rows(rows: int, count: int) -> list[int]:
    draw = random.Random(7)
    return [draw.randrange(rows) for _ in range(count)]


def _window_figures(program: Program, database: Path, rows: int, jumps: int) -> tuple[list[Figure], float]:
    """Return the figures, and the median of the jumps in ms."""
    empty = _memory_when_empty(program)
    first = median(_first_rows(program, database) for _ in range(RUNS))
    longest = _longest_turn_while_dragging(program, database)
    wait_until_counted(program)
    plain = _jumps(program, _random_rows(rows, JUMPS))
    for row in _random_rows(rows, jumps):
        _jump(program, row)
    growth = (psutil.Process().memory_info().rss - empty) / 1e6
    size = _Size(rows)
    figures = [
        size.at_most("first rows after opening", first * 1000, "ms", 100),
        size.at_most("jump, p50", percentile_ms(plain, 50), "ms", 40),
        size.at_most("jump, p99", percentile_ms(plain, 99), "ms", 80),
        size.at_most("longest turn while dragging", longest, "ms", 100),
        size.at_most(f"memory above an empty window, {jumps:,} jumps", growth, "MB", 150),
        *(
            size.at_most(f"until the window answers: {words}", _longest_turn_after(act), "ms", 150)
            for words, act in _acts(program)
        ),
        size.at_most("typing 10 letters: queries", _queries_while_typing(program), "", 1),
        *_filtered_and_sorted(program, size),
    ]
    return figures, percentile_ms(plain, 50)


def _memory_when_empty(program: Program) -> int:
    """Return the bytes of the process when the window shows the smallest of tables."""
    _open(program, _data.products(1))
    return int(psutil.Process().memory_info().rss)


def _open(program: Program, database: Path) -> None:
    program.browsing.open(str(database), "products")
    wait("the first rows are there", lambda: program.window.table_states.is_table_shown)
    wait_until_counted(program)


def _acts(program: Program) -> list[tuple[str, Callable[[], None]]]:
    window = program.window
    header = window.row_view.horizontalHeader()

    def filter_rows() -> None:
        window.filter_bar.add_condition(FILTER)

    return [
        ("Ctrl+A", window.row_view.selectAll),
        ("a header is clicked: sort", lambda: header.sectionClicked.emit(PRICE)),
        ("a filter", filter_rows),
        ("no filter again", window.filter_bar.clear),
        ("sorted no more", lambda: window.row_view.order_wished.emit(())),
    ]


def _longest_turn_after(act: Callable[[], None]) -> float:
    """Return the longest gap between two turns of the loop, in ms, from `act` on."""
    gaps: list[int] = []
    clock = QElapsedTimer()
    timer = QTimer(interval=2)
    timer.timeout.connect(lambda: gaps.append(clock.restart()))
    QTimer.singleShot(50, act)
    clock.start()
    timer.start()
    turn_until(lambda: False, ACT_SECONDS)
    timer.stop()
    return float(max(gaps))


def _queries_while_typing(program: Program) -> int:
    """Return how many row queries begin because of ten letters, typed as people type."""
    wait_until_counted(program)
    before = program.browsing.generation
    field = program.window.filter_bar.search_field
    QTest.keyClicks(field, "ultra lamp", delay=TYPING_MS)
    wait("the letters are searched for", lambda: program.browsing.generation > before)
    wait_until_counted(program)
    begun = program.browsing.generation - before
    program.window.filter_bar.clear()
    return begun


def _filtered_and_sorted(program: Program, size: "_Size") -> list[Figure]:
    """Measure jumps under a filter, and in an order that no index has."""
    wait_until_counted(program)
    program.window.filter_bar.add_condition(FILTER)
    wait_until_counted(program)
    filtered = _jumps(program, _random_rows(program.window.row_model.all_rows, JUMPS))
    program.window.filter_bar.clear()
    wait_until_counted(program)
    begin = time.perf_counter()
    program.window.row_view.order_wished.emit((SortColumn("price"),))
    wait_until_counted(program)
    sort_seconds = time.perf_counter() - begin
    ordered = _jumps(program, _random_rows(size.rows, JUMPS))
    program.window.row_view.order_wished.emit(())
    return [
        size.at_most("jump, filtered, p50", percentile_ms(filtered, 50), "ms", 40),
        size.at_most("jump, filtered, p99", percentile_ms(filtered, 99), "ms", 80),
        size.at_most("jump, sorted without index, p50", percentile_ms(ordered, 50), "ms", 40),
        size.at_most("jump, sorted without index, p99", percentile_ms(ordered, 99), "ms", 80),
        size.at_most("all rows sorted without index", sort_seconds, "s"),
    ]


def _first_rows(program: Program, database: Path) -> float:
    """Return the seconds from the wish to open the database to its first rows in the table."""
    program.window.row_model.set_columns(())
    begin = time.perf_counter()
    program.browsing.open(str(database), "products")
    wait_for = program.window.row_model
    if not turn_until(lambda: wait_for.rowCount() > 0, 10, look_ms=1):
        sys.exit("not in time: the first rows")
    seconds = time.perf_counter() - begin
    wait_until_counted(program)
    return seconds


def _longest_turn_while_dragging(program: Program, database: Path) -> float:
    """Return the longest gap between two turns of the loop, in ms, while the bar is dragged up and down."""
    program.browsing.open(str(database), "products")
    wait("the first rows are there", lambda: program.window.row_model.rowCount() > 0)
    bar = program.window.row_view.verticalScrollBar()
    gaps: list[int] = []
    clock = QElapsedTimer()
    clock.start()
    begin = time.perf_counter()

    def turn() -> None:
        gaps.append(clock.restart())
        share = (time.perf_counter() - begin) / DRAG_SECONDS
        bar.setValue(round(bar.maximum() * (1 - abs(2 * share - 1))))
        program.window.row_view.viewport().update()

    timer = QTimer(interval=4)
    timer.timeout.connect(turn)
    timer.start()
    turn_until(lambda: False, DRAG_SECONDS)
    timer.stop()
    return float(max(gaps))


def _jumps(program: Program, rows: Sequence[int]) -> list[float]:
    """Jump as a person does, who looks at the rows before the next jump."""
    seconds = []
    for row in rows:
        turn_until(lambda: False, LOOK_SECONDS)
        seconds.append(_jump(program, row))
    return seconds


def _jump(program: Program, row: int) -> float:
    """Return the seconds from a wish for a row to its paint."""
    view, model = program.window.row_view, program.window.row_model
    loop = QEventLoop()

    def is_there() -> bool:
        return bool(model.index(row - model.base, 0).data() != NOT_HERE_TEXT)

    def look() -> None:
        if is_there():
            loop.quit()

    model.dataChanged.connect(look)
    begin = time.perf_counter()
    view.go_to_row(row)
    if not is_there():
        QTimer.singleShot(PATIENCE_MS, loop.quit)
        loop.exec()
    model.dataChanged.disconnect(look)
    if not is_there():
        sys.exit(f"not in time: row {row:,}")
    view.viewport().grab()
    return time.perf_counter() - begin


class Arguments(argparse.Namespace):
    """What was asked for."""

    json: Path | None
    rows: Sequence[int]
    jumps: int


def _arguments() -> Arguments:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures that have a bar")
    parser.add_argument(
        "--rows", type=int, nargs="+", default=SIZES, metavar="N", help="of the tables (1 and 10 million)"
    )
    parser.add_argument(
        "--jumps",
        type=int,
        default=MANY_JUMPS,
        metavar="N",
        help="until memory is looked at (%(default)s)",
    )
    return parser.parse_args(namespace=Arguments())


if __name__ == "__main__":
    main()
